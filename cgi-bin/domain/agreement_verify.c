/* SPDX-License-Identifier: Apache-2.0 */
/* Is what is kept of agreements as they say?  For ententectl check. */
#include <string.h>

#include "base/buf.h"
#include "crypt/token.h"
#include "base/text.h"
#include "domain/access.h"
#include "domain/agreement_store.h"
#include "domain/derived.h"

enum sql {
	SQL_VERSIONS,
	SQL_MISSING,
	SQL_EXTRA,
	SQL_UNSIGNED,
	SQL_UNFORCED,
	SQL__MAX
};

/* clang-format off */
/* What should be open at $1, and what is. */
#define SHOULD \
	"SELECT a.id, p.organisation, k.circle, k.max_label" \
	" FROM agreement a" \
	" JOIN agreement_party p ON p.agreement = a.id" \
	" AND p.suspended_at IS NULL" \
	" AND (p.leaves_at IS NULL OR p.leaves_at > $1)" \
	" JOIN organisation o ON o.id = p.organisation" \
	" AND o.state = 'admitted'" \
	" JOIN agreement_circle k ON k.agreement = a.id" \
	" WHERE " AGREEMENT_IS_OPEN("a", "$1") " AND a.from_at <= $1"
#define IS \
	"SELECT g.agreement, g.organisation, g.circle, g.max_label" \
	" FROM access_grant g WHERE " ACCESS_GRANT_VALID("g", "$1")

static const char *const sql[SQL__MAX] = {
	[SQL_VERSIONS] =
	    "SELECT a.id, a.ref, a.kind, a.version, v.number"
	    " FROM agreement a JOIN agreement_version v"
	    " ON v.agreement = a.id AND v.number IS NOT NULL"
	    " ORDER BY v.id",
	[SQL_MISSING] = "SELECT COUNT(*) FROM (" SHOULD " EXCEPT " IS ") AS x",
	[SQL_EXTRA] = "SELECT COUNT(*) FROM (" IS " EXCEPT " SHOULD ") AS x",
	[SQL_UNSIGNED] =
	    "SELECT COUNT(*) FROM agreement a"
	    " JOIN agreement_version v ON v.agreement = a.id"
	    " AND v.number = a.version"
	    " JOIN agreement_version_party n ON n.version = v.id"
	    " WHERE a.state = 'signed' AND NOT EXISTS ("
	    "SELECT 1 FROM agreement_signature s WHERE s.version = v.id"
	    " AND s.organisation = n.organisation AND s.digest = v.digest)",
	[SQL_UNFORCED] =
	    "SELECT COUNT(*) FROM agreement a"
	    " JOIN agreement_version v ON v.agreement = a.id"
	    " AND v.number = a.version"
	    " WHERE a.state = 'proposed' AND NOT EXISTS ("
	    "SELECT 1 FROM agreement_version_party n WHERE n.version = v.id"
	    " AND NOT EXISTS (SELECT 1 FROM agreement_signature s"
	    " WHERE s.version = v.id AND s.organisation = n.organisation))",
};
/* clang-format on */

static const struct derived_check checks[] = {
	{ SQL_MISSING, "grants are missing", true },
	{ SQL_EXTRA, "grants should not be open", true },
	{ SQL_UNSIGNED, "signatures are missing", false },
	{ SQL_UNFORCED, "were signed by all to no effect", false },
	{ 0, NULL, false },
};

/* False with ERR_OK: it gives another digest. */
static enum err
digest_holds(
    struct ctx *ctx, const struct agreement *a, int number, bool *holds)
{
	char digest[DIGEST_TEXT];
	uint8_t hash[DIGEST_BYTES];
	struct agreement_version *v;
	struct buf bytes;
	enum err rc;

	*holds = false;
	if ((rc = agreement_version_read(ctx, a, number, 0, &v)) != ERR_OK)
		return rc;
	if ((rc = agreement_version_bytes(ctx, a, v, &bytes)) == ERR_OK) {
		digest_sha256(bytes.data, bytes.len, hash);
		digest_hex(hash, digest);
		*holds = strcmp(digest, v->digest) == 0;
	}
	buf_free(&bytes);
	return rc;
}

static enum err
verify_versions(struct ctx *ctx, int64_t *checked, char **problem)
{
	struct ctx one = *ctx;
	struct db_rows *rows;
	enum err rc = ERR_OK, done;
	bool holds = true;

	/* Texts of all versions together would be too much. */
	one.arena = arena_new(64 << 20);
	rows = db_query(ctx->db, sql[SQL_VERSIONS], DB_NONE);
	while (rc == ERR_OK && *problem == NULL && db_next(rows)) {
		struct agreement a = { .id = db_col_int(rows, 0),
			.version = (int)db_col_int(rows, 3) };
		int number = (int)db_col_int(rows, 4);

		a.ref = db_col_text(rows, 1, one.arena);
		a.kind = (enum agreement_kind)agreement_word(
		    rows, 2, agreement_kinds, AGREEMENT_OTHER);
		rc = digest_holds(&one, &a, number, &holds);
		if (rc == ERR_OK && !holds)
			*problem = arena_printf(ctx->arena,
			    "%s version %d is not what its digest says", a.ref,
			    number);
		++*checked;
		arena_reset(one.arena);
	}
	done = db_done(rows);
	arena_free(one.arena);
	return rc != ERR_OK ? rc : done;
}

enum err
agreement_verify(struct ctx *ctx, int64_t *checked, char **problem)
{
	enum err rc;

	*checked = 0;
	*problem = NULL;
	rc = verify_versions(ctx, checked, problem);
	if (rc != ERR_OK || *problem != NULL)
		return rc;
	return derived_verify(ctx, sql, checks, "Agreements", problem);
}
