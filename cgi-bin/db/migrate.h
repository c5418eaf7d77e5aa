/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Migrations: schema/portal/NNNN_name.sql and schema/auth/NNNN_name.sql,
 * numbered from 0001 without a gap, append-only.  Each runs in one
 * transaction that also notes its number, name and SHA-256 in the table
 * `migration`; a file that changed after it ran is refused.  Only ententectl
 * migrates; a worker refuses to start on another schema.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "base/err.h"

struct arena;
struct db;

/* Versions this build was written for. */
enum { SCHEMA_PORTAL = 9, SCHEMA_AUTH = 2 };

struct migration_result {
	int from, to;
};

/*
 * Brings the database to the newest file in `dir`, after a backup copy
 * beside it when it is not empty.  *problem is one sentence (in the arena)
 * when the result is not ERR_OK.
 */
enum err migrate(struct db *, const char *dir, const char *backup_path,
    struct arena *, struct migration_result *, char **problem);

#endif
