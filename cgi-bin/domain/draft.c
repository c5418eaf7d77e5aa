/* SPDX-License-Identifier: Apache-2.0 */
/* Writing an advisory, or its next revision, before anybody else reads it. */
#include "domain/advisory_store.h"

enum { SQL_START, SQL_END, SQL_NAME, SQL_DROP, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_START] = "UPDATE advisory SET draft = revision + 1"
		      " WHERE id = $1 AND organisation = $2"
		      " AND draft IS NULL AND state = 'published'",
	[SQL_END] = "UPDATE advisory SET draft = NULL"
		    " WHERE id = $1 AND organisation = $2 AND draft = $3"
		    " AND revision > 0",
	[SQL_NAME] = "INSERT INTO revision_person (revision, person)"
		     " VALUES ($1, $2) ON CONFLICT DO NOTHING",
	[SQL_DROP] = "DELETE FROM advisory WHERE id = $1"
		     " AND organisation = $2 AND state = 'draft'",
};

enum err
advisory_own(struct ctx *ctx, const char *ref, enum advisory_act act,
    struct advisory **out)
{
	enum err rc = advisory_load(ctx, ref, out);

	if (rc != ERR_OK)
		return rc;
	if (!advisory_is_own(ctx, *out))
		return ERR_NOT_FOUND;
	return advisory_may(*out, act) ? ERR_OK : ERR_STATE;
}

static enum err
own_draft(struct ctx *ctx, const char *ref, struct advisory **out)
{
	struct advisory *a;
	enum err rc = advisory_load_draft(ctx, ref, out);

	if (rc != ERR_NOT_FOUND)
		return rc;
	/* Somebody published it meanwhile: that is not "not there". */
	if ((rc = advisory_load(ctx, ref, &a)) != ERR_OK)
		return rc;
	return advisory_is_own(ctx, a) ? ERR_STATE : ERR_NOT_FOUND;
}

enum err
advisory_own_draft(struct ctx *ctx, const char *ref, enum advisory_act act,
    int edit, struct advisory **out)
{
	enum err rc = own_draft(ctx, ref, out);

	if (rc != ERR_OK)
		return rc;
	if (!advisory_may(*out, act))
		return ERR_STATE;
	return (*out)->edit == edit ? ERR_OK : ERR_STALE;
}

static enum err
create(struct ctx *ctx, const struct draft_content *content, char **ref)
{
	struct revision_new new = { .number = 1 };
	int64_t revision;
	enum err rc;

	rc = advisory_add(ctx, NULL, &new.advisory, ref);
	if (rc == ERR_OK)
		rc = advisory_add_revision(ctx, &new, content, &revision);
	if (rc == ERR_OK)
		rc = advisory_index_rows(ctx, new.advisory);
	return rc;
}

enum err
advisory_create(struct ctx *ctx, const struct advisory_draft *draft, char **ref,
    struct fault *fault)
{
	struct draft_content content;
	enum err rc;

	*ref = NULL;
	if (ctx->actor.organisation == 0)
		return ERR_FORBIDDEN;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = advisory_check(ctx, draft, DRAFT_SAVED, 1, &content, fault);
	if (rc == ERR_OK)
		rc = create(ctx, &content, ref);
	if ((rc = db_end(ctx->db, rc)) != ERR_OK)
		*ref = NULL;
	return rc;
}

enum err
advisory_fits(struct ctx *ctx, const struct advisory_draft *draft, int number,
    struct fault *fault)
{
	struct draft_content unused;

	return advisory_check(ctx, draft, DRAFT_SAVED, number, &unused, fault);
}

enum err
advisory_save(struct ctx *ctx, const char *ref, int edit,
    const struct advisory_draft *draft, struct fault *fault)
{
	struct draft_content content;
	struct advisory *a;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	/* Stale before what is wrong: the other's text comes first. */
	rc = advisory_own_draft(ctx, ref, ADVISORY_EDIT, edit, &a);
	if (rc != ERR_OK)
		goto out;
	rc =
	    advisory_check(ctx, draft, DRAFT_SAVED, a->number, &content, fault);
	if (rc == ERR_OK)
		rc = advisory_replace_revision(
		    ctx, a->revision_id, edit, &content);
	if (rc == ERR_OK && a->revision == 0)
		rc = advisory_index_rows(ctx, a->id);
out:
	return db_end(ctx->db, rc);
}

static enum err
revise(struct ctx *ctx, const struct advisory *a)
{
	int64_t revision;
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_START],
	    DB_ARGS(db_i(a->id), db_i(ctx->actor.organisation)));
	if (rc == ERR_OK)
		rc = advisory_copy_revision(ctx, a, &revision);
	if (rc == ERR_OK && a->label == TLP_RED && ctx->actor.person != 0)
		rc = db_exec(ctx->db, sql[SQL_NAME],
		    DB_ARGS(db_i(revision), db_i(ctx->actor.person)));
	return rc;
}

enum err
advisory_revise(struct ctx *ctx, const char *ref)
{
	struct advisory *a;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = advisory_own(ctx, ref, ADVISORY_REVISE, &a);
	if (rc == ERR_OK)
		rc = revise(ctx, a);
	return db_end(ctx->db, rc);
}

static enum err
discard_all(struct ctx *ctx, const struct advisory *a)
{
	enum err rc;

	rc = advisory_index_drop(ctx, a->id);
	if (rc == ERR_OK)
		rc = advisory_remove_revision(ctx, a->revision_id);
	if (rc == ERR_OK)
		rc = db_exec_one(ctx->db, sql[SQL_DROP],
		    DB_ARGS(db_i(a->id), db_i(ctx->actor.organisation)));
	return rc;
}

enum err
advisory_discard(struct ctx *ctx, const char *ref)
{
	struct advisory *a;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = own_draft(ctx, ref, &a)) != ERR_OK)
		goto out;
	if (a->revision == 0) {
		rc = discard_all(ctx, a);
		goto out;
	}
	rc = db_exec_one(ctx->db, sql[SQL_END],
	    DB_ARGS(
		db_i(a->id), db_i(ctx->actor.organisation), db_i(a->number)));
	if (rc == ERR_OK)
		rc = advisory_remove_revision(ctx, a->revision_id);
out:
	return db_end(ctx->db, rc);
}
