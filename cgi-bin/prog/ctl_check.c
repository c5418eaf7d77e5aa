/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl.h"

#include "domain/access.h"
#include "domain/advisory.h"
#include "domain/agreement.h"
#include "domain/blob.h"
#include "domain/blob_orphan.h"
#include "domain/document.h"
#include "domain/log_verify.h"
#include "domain/record.h"

enum sql {
	SQL_ADVISORY_INDEX,
	SQL_DOCUMENT_INDEX,
	SQL_DOCUMENT_HEAD_INDEX,
	SQL_GRANTS,
	SQL_ENDED,
	SQL__MAX
};

static const char *const sql[SQL__MAX] = {
	/* Change nothing; fail when the index is not what its rows say. */
	[SQL_ADVISORY_INDEX] = "INSERT INTO advisory_fts (advisory_fts) VALUES "
			       "('integrity-check')",
	[SQL_DOCUMENT_INDEX] = "INSERT INTO document_fts (document_fts) VALUES "
			       "('integrity-check')",
	[SQL_DOCUMENT_HEAD_INDEX] =
	    "INSERT INTO document_head_fts (document_head_fts) VALUES "
	    "('integrity-check')",
	[SQL_GRANTS] = "SELECT COUNT(*) FROM access_grant g"
		       " JOIN organisation o ON o.id = g.organisation"
		       " WHERE o.state = 'suspended'"
		       " AND " ACCESS_GRANT_VALID("g", "$1"),
	[SQL_ENDED] = "SELECT COUNT(*) FROM organisation"
		      " WHERE state = 'suspended'",
};

/* ---- one result ------------------------------------------------------ */

struct report {
	struct ctl *ctl;
	json_t *list;
	bool is_sound;
};

/* `problem` NULL: all is well, and `count` says of how many. */
static void
tell(struct report *r, const char *what, int64_t count, const char *problem)
{
	json_t *row =
	    json_pack("{s:s, s:b}", "what", what, "ok", problem == NULL);

	if (problem == NULL) {
		ctl_say(r->ctl, "ok   %s: %lld", what, (long long)count);
		json_object_set_new(row, "count", json_integer(count));
	} else {
		ctl_say(r->ctl, "BAD  %s: %s", what, problem);
		json_object_set_new(row, "problem", json_string(problem));
		r->is_sound = false;
	}
	json_array_append_new(r->list, row);
}

/* ---- what is looked at ----------------------------------------------- */

static void
check_database(struct report *r, const char *what, struct db *db)
{
	char *problem;
	enum err rc;

	rc = db_check(db, r->ctl->ctx.arena, &problem);
	tell(r, what, 1, rc == ERR_OK ? NULL : problem);
}

static void
check_each(struct report *r, const char *what,
    enum err (*verify)(struct ctx *, int64_t *, char **))
{
	char *problem = NULL;
	int64_t count;
	enum err rc;

	rc = verify(&r->ctl->ctx, &count, &problem);
	if (rc != ERR_OK && problem == NULL)
		tell(r, what, 0, ctl_reason(rc));
	else
		tell(r, what, count, problem);
}

/* Nobody who is suspended has a door open. */
static enum err
grants_verify(struct ctx *ctx, int64_t *checked, char **problem)
{
	int64_t open = 0;
	enum err rc;

	*problem = NULL;
	rc = db_one_int(ctx->db, sql[SQL_ENDED], DB_NONE, checked);
	if (rc == ERR_OK)
		rc = db_one_int(ctx->db, sql[SQL_GRANTS],
		    DB_ARGS(db_i(ctx->now_at)), &open);
	if (rc == ERR_OK && open > 0)
		*problem = arena_printf(ctx->arena,
		    "%lld of their grants are still open", (long long)open);
	return rc;
}

static void
check_text_index(struct report *r, const char *what, enum sql statement)
{
	struct db *db = r->ctl->ctx.db;
	enum err rc;

	if ((rc = db_begin(db)) == ERR_OK)
		rc = db_end(db, db_exec(db, sql[statement], DB_NONE));
	tell(r, what, 1, rc == ERR_OK ? NULL : "it is not what its rows say");
}

/* Everything but the databases and files, as of one moment. */
static void
check_rows(struct report *r)
{
	struct ctx *ctx = &r->ctl->ctx;
	enum err rc;

	if ((rc = db_read(ctx->db)) != ERR_OK) {
		tell(r, "portal.db", 0, ctl_reason(rc));
		return;
	}
	check_each(r, "records", record_verify);
	check_each(r, "advisories and their lists", advisory_verify);
	check_each(r, "documents and their lists", document_verify);
	check_each(r, "suspended organisations", grants_verify);
	check_each(r, "agreements and their grants", agreement_verify);
	db_read_end(ctx->db);
}

/* They harm nobody, so this is told and no more. */
static void
look_for_orphans(struct report *r)
{
	struct ctx *ctx = &r->ctl->ctx;
	struct blob_orphans o;
	enum err rc;

	rc = blob_orphans_find(ctx, ctx->now_at - CTL_LEFT_OVER, &o);
	if (rc != ERR_OK) {
		tell(r, "files that no document has", 0, ctl_reason(rc));
		return;
	}
	tell(r, "files that no document has", o.count, NULL);
	if (o.count > 0)
		ctl_say(r->ctl,
		    "     They take %lld bytes; ententectl tidy removes them.",
		    (long long)o.bytes);
}

enum ctl_exit
ctl_check(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	struct report r = { .ctl = ctl, .is_sound = true };
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 0, 0, &n);
	if (rc != CTL_DONE)
		return rc;
	r.list = json_array();
	check_database(&r, "portal.db", ctl->ctx.db);
	check_database(&r, "auth.db", ctl->ctx.auth);
	check_text_index(&r, "full text of advisories", SQL_ADVISORY_INDEX);
	check_text_index(&r, "full text of documents", SQL_DOCUMENT_INDEX);
	check_text_index(&r, "titles of documents", SQL_DOCUMENT_HEAD_INDEX);
	check_rows(&r);
	check_each(&r, "records in the published log", log_verify);
	check_each(&r, "files of documents", blob_verify);
	look_for_orphans(&r);
	return ctl_found(ctl, json_pack("{s:o}", "checks", r.list), r.is_sound);
}
