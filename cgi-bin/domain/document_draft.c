/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a document, or its next version, before anybody else reads it. */
#include "domain/document_store.h"

enum { SQL_START, SQL_END, SQL_DROP, SQL_DRAFTS, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_START] = "UPDATE document SET draft = version + 1"
		      " WHERE id = $1 AND organisation = $2"
		      " AND draft IS NULL AND state = 'published'",
	[SQL_END] = "UPDATE document SET draft = NULL"
		    " WHERE id = $1 AND organisation = $2 AND draft = $3"
		    " AND version > 0",
	[SQL_DROP] = "DELETE FROM document WHERE id = $1"
		     " AND organisation = $2 AND state = 'draft'",
	[SQL_DRAFTS] = "SELECT COUNT(*) FROM document"
		       " WHERE organisation = $1 AND draft IS NOT NULL",
};

enum err
document_own(struct ctx *ctx, const char *ref, enum document_act act,
    struct document **out)
{
	enum err rc = document_load(ctx, ref, out);

	if (rc != ERR_OK)
		return rc;
	if (!document_is_own(ctx, *out))
		return ERR_NOT_FOUND;
	return document_may(*out, act) ? ERR_OK : ERR_STATE;
}

static enum err
own_draft(struct ctx *ctx, const char *ref, struct document **out)
{
	struct document *d;
	enum err rc = document_load_draft(ctx, ref, out);

	if (rc != ERR_NOT_FOUND)
		return rc;
	/* Somebody published it meanwhile: that is not "not there". */
	if ((rc = document_load(ctx, ref, &d)) != ERR_OK)
		return rc;
	return document_is_own(ctx, d) ? ERR_STATE : ERR_NOT_FOUND;
}

enum err
document_own_draft(struct ctx *ctx, const char *ref, enum document_act act,
    int edit, struct document **out)
{
	enum err rc = own_draft(ctx, ref, out);

	if (rc != ERR_OK)
		return rc;
	if (!document_may(*out, act))
		return ERR_STATE;
	return (*out)->edit == edit ? ERR_OK : ERR_STALE;
}

/* The disk is everybody's. */
static enum err
check_room(struct ctx *ctx)
{
	int64_t n;
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_DRAFTS],
	    DB_ARGS(db_i(ctx->actor.organisation)), &n);
	return rc == ERR_OK && n >= DOCUMENT_DRAFTS_MAX ? ERR_QUOTA : rc;
}

static enum err
create(struct ctx *ctx, const struct document_content *content,
    const struct document_file *file, char **ref)
{
	int64_t id, version;
	enum err rc;

	rc = document_add(ctx, &id, ref);
	if (rc == ERR_OK)
		rc = document_add_version(ctx, id, 1, content, file, &version);
	if (rc == ERR_OK)
		rc = document_index_rows(ctx, id);
	return rc;
}

enum err
document_create(struct ctx *ctx, const struct document_draft *draft,
    const struct document_file *file, char **ref, struct fault *fault)
{
	const struct document_stage stage = { .number = 1 };
	struct document_content content;
	enum err rc;

	*ref = NULL;
	if (ctx->actor.organisation == 0)
		return ERR_FORBIDDEN;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = check_room(ctx)) == ERR_OK)
		rc = document_check(ctx, draft, &stage, &content, fault);
	if (rc == ERR_OK)
		rc = create(ctx, &content, file, ref);
	if ((rc = db_end(ctx->db, rc)) != ERR_OK)
		*ref = NULL;
	return rc;
}

enum err
document_save(struct ctx *ctx, const char *ref, int edit,
    const struct document_draft *draft, const struct document_file *file,
    struct fault *fault)
{
	struct document_stage stage = { 0 };
	struct document_content content;
	struct document *d;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	/* Stale before what is wrong: the other's text comes first. */
	rc = document_own_draft(ctx, ref, DOCUMENT_EDIT, edit, &d);
	if (rc != ERR_OK)
		goto out;
	stage.id = d->id;
	stage.number = d->number;
	rc = document_check(ctx, draft, &stage, &content, fault);
	if (rc == ERR_OK)
		rc = document_replace_version(
		    ctx, d->version_id, edit, &content, file);
	if (rc == ERR_OK && d->version == 0)
		rc = document_index_rows(ctx, d->id);
out:
	return db_end(ctx->db, rc);
}

static enum err
revise(struct ctx *ctx, const struct document *d)
{
	int64_t version;
	enum err rc;

	if ((rc = check_room(ctx)) != ERR_OK)
		return rc;
	rc = db_exec_one(ctx->db, sql[SQL_START],
	    DB_ARGS(db_i(d->id), db_i(ctx->actor.organisation)));
	return rc == ERR_OK ? document_copy_version(ctx, d, &version) : rc;
}

enum err
document_revise(struct ctx *ctx, const char *ref)
{
	struct document *d;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = document_own(ctx, ref, DOCUMENT_REVISE, &d);
	if (rc == ERR_OK)
		rc = revise(ctx, d);
	return db_end(ctx->db, rc);
}

static enum err
discard_all(struct ctx *ctx, const struct document *d)
{
	enum err rc;

	rc = document_index_drop(ctx, d->id);
	if (rc == ERR_OK)
		rc = document_remove_version(ctx, d->version_id);
	if (rc == ERR_OK)
		rc = db_exec_one(ctx->db, sql[SQL_DROP],
		    DB_ARGS(db_i(d->id), db_i(ctx->actor.organisation)));
	return rc;
}

enum err
document_discard(struct ctx *ctx, const char *ref)
{
	struct document *d;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = own_draft(ctx, ref, &d)) != ERR_OK)
		goto out;
	if (d->version == 0) {
		rc = discard_all(ctx, d);
		goto out;
	}
	rc = db_exec_one(ctx->db, sql[SQL_END],
	    DB_ARGS(
		db_i(d->id), db_i(ctx->actor.organisation), db_i(d->number)));
	if (rc == ERR_OK)
		rc = document_remove_version(ctx, d->version_id);
out:
	return db_end(ctx->db, rc);
}
