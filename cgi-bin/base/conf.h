/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The configuration file: "key value" a line, '#' starts a comment line.
 * Every key is in one table with its default; an unknown or repeated key is
 * refused with its line number.  Only `origin` may stand several times.
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { CONF_ORIGINS = 4 };

/*
 * Below data_dir: the database of what proves who people are has a folder of
 * its own, which the user of login.fcgi alone may enter.
 */
#define CONF_AUTH_DIR "auth"
#define CONF_AUTH_DB CONF_AUTH_DIR "/auth.db"
/*
 * Uploads on their way in.  Inside of blobs/, so that a file that is moved to
 * its place there has the owner, the group and the access list of the others.
 */
#define CONF_UPLOAD_DIR "blobs/new"

struct conf {
	char *data_dir; /* portal.db, auth/, locks, blobs/ */
	char *template_dir;
	char *schema_dir;
	char *origin[CONF_ORIGINS + 1]; /* "https://host[:port]", NULL ends;
					   http:// for localhost alone */
	char *portal_name;		/* shown in mails and TOTP apps */
	bool has_signin_links; /* one-time links are taken: demonstration */
	int session_idle_s;
	int session_max_s;
	int reauth_s; /* how long a proof of presence stays fresh */
	int invitation_s;
	char *scan_program;   /* entente-scan, which looks at uploads */
	char *signer_socket;  /* of signer, which alone has the log's keys */
	char *clamd_socket;   /* of an antivirus daemon; NULL: none is asked */
	int document_max_mib; /* MiB of one uploaded document */
	char *witness_file;   /* who cosigns the log; need not be there */
};

/*
 * The file named by `path`, else by the environment's ENTENTE_CONF, else
 * /etc/entente/entente.conf.  On failure *error is one sentence with file,
 * line and what to do (malloc'ed); on success it is NULL.  ERR_NOT_FOUND no
 * such file, ERR_INVALID what it says is wrong, ERR_TOO_LARGE, ERR_INTERNAL.
 */
enum err conf_load(const char *path, struct conf **, char **error);
void conf_free(struct conf *);

/* The origin of the configuration that is this one, or NULL. */
const char *conf_origin(const struct conf *, const char *origin);

#endif
