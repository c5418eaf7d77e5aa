/* SPDX-License-Identifier: Apache-2.0 */
/* Documents from elsewhere, published at once. */
#include <string.h>

#include "base/text.h"
#include "domain/advisory_store.h"
#include "domain/csaf.h"

enum { SQL_FIND, SQL_MOVE_DRAFT, SQL_MOVE_REVISION, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_FIND] = "SELECT a.id, a.ref, a.state, a.revision, a.draft,"
		     " v.foreign_version FROM advisory a"
		     " LEFT JOIN advisory_revision v ON v.advisory = a.id"
		     " AND v.number = a.revision"
		     " WHERE a.organisation = $1 AND a.foreign_id = $2",
	/* Its next save finds another edit: somebody is told. */
	[SQL_MOVE_REVISION] = "UPDATE advisory_revision"
			      " SET number = number + 1, edit = edit + 1"
			      " WHERE advisory = $1 AND number = $2"
			      " AND published_at IS NULL",
	[SQL_MOVE_DRAFT] = "UPDATE advisory SET draft = draft + 1"
			   " WHERE id = $1 AND draft = $2",
};

/* The one that is there. */
struct known {
	int64_t id;
	char *ref;
	enum advisory_state state;
	int revision, draft;
	char *version;
};

static enum err
find(struct ctx *ctx, const char *foreign_id, struct known *k)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_FIND],
	    DB_ARGS(db_i(ctx->actor.organisation), db_t(foreign_id)));

	memset(k, 0, sizeof(*k));
	if (db_next(rows)) {
		k->id = db_col_int(rows, 0);
		k->ref = db_col_text(rows, 1, ctx->arena);
		k->state = advisory_state_of(db_col_peek(rows, 2, NULL));
		k->revision = (int)db_col_int(rows, 3);
		k->draft = (int)db_col_int(rows, 4);
		k->version = db_col_text(rows, 5, ctx->arena);
	}
	return db_done(rows);
}

static bool
is_newer(const struct known *k, const char *version)
{
	if (k->state == ADVISORY_WITHDRAWN)
		return false;
	return k->version == NULL ||
	    csaf_version_compare(version, k->version) > 0;
}

/* Times as they are told, but nothing is published tomorrow. */
static int64_t
not_later(int64_t at, int64_t now_at)
{
	return at == 0 || at > now_at ? now_at : at;
}

static bool
part_is_text(const struct advisory_part *p)
{
	const char *const texts[] = { p->kind, p->name, p->title, p->text,
		p->url };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i] != NULL &&
		    !text_ok(texts[i], strlen(texts[i]), TEXT_PROSE))
			return false;
	return p->kind != NULL && *p->kind != '\0' && p->depth >= 0;
}

/* The document around its draft. */
static enum err
check(const struct advisory_imported *doc, struct fault *fault)
{
	memset(fault, 0, sizeof(*fault));
	if (doc->foreign_id == NULL || *doc->foreign_id == '\0')
		fault->field = "foreign_id";
	else if (doc->foreign_version == NULL ||
	    !csaf_version_ok(doc->foreign_version))
		fault->field = "foreign_version";
	for (size_t i = 0; fault->field == NULL && i < doc->part_count; i++)
		if (!part_is_text(&doc->parts[i]))
			fault->field = "parts";
	if (fault->field == NULL)
		return ERR_OK;
	fault->error = "Wrong";
	return ERR_INVALID;
}

/* Somebody is writing what would have been the next one. */
static enum err
move_draft(struct ctx *ctx, const struct known *k)
{
	enum err rc;

	if (k->draft == 0)
		return ERR_OK;
	rc = db_exec_one(ctx->db, sql[SQL_MOVE_REVISION],
	    DB_ARGS(db_i(k->id), db_i(k->draft)));
	if (rc == ERR_OK)
		rc = db_exec_one(ctx->db, sql[SQL_MOVE_DRAFT],
		    DB_ARGS(db_i(k->id), db_i(k->draft)));
	return rc;
}

static enum err
store(struct ctx *ctx, const struct advisory_imported *doc, struct known *k,
    const struct draft_content *content)
{
	struct revision_new new = {
		.number = k->revision + 1,
		.foreign_version = doc->foreign_version,
		.source = doc->source,
	};
	struct publication p = {
		.at = not_later(doc->published_at, ctx->now_at),
		.first_at = not_later(doc->first_published_at != 0
			? doc->first_published_at
			: doc->published_at,
		    ctx->now_at),
	};
	enum err rc;

	rc = k->id == 0 ? advisory_add(ctx, doc->foreign_id, &k->id, &k->ref)
			: move_draft(ctx, k);
	new.advisory = k->id;
	if (rc == ERR_OK)
		rc = advisory_add_revision(ctx, &new, content, &p.revision);
	if (rc == ERR_OK)
		rc = advisory_add_parts(
		    ctx, p.revision, doc->parts, doc->part_count);
	return rc == ERR_OK ? advisory_go_public(ctx, &p) : rc;
}

enum err
advisory_import(struct ctx *ctx, const struct advisory_imported *doc,
    char **ref, enum advisory_import_result *result, struct fault *fault)
{
	struct draft_content content;
	struct known k;
	enum err rc;

	*ref = NULL;
	*result = ADVISORY_IMPORT_SKIPPED;
	if (ctx->actor.organisation == 0)
		return ERR_FORBIDDEN;
	if ((rc = check(doc, fault)) != ERR_OK ||
	    (rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = find(ctx, doc->foreign_id, &k)) != ERR_OK ||
	    (k.id != 0 && !is_newer(&k, doc->foreign_version)))
		goto out;
	rc = advisory_check(
	    ctx, &doc->draft, DRAFT_IMPORTED, k.revision + 1, &content, fault);
	if (rc != ERR_OK)
		goto out;
	*result = k.id == 0 ? ADVISORY_IMPORT_CREATED : ADVISORY_IMPORT_REVISED;
	rc = store(ctx, doc, &k, &content);
out:
	rc = db_end(ctx->db, rc);
	if (rc == ERR_OK)
		*ref = k.ref;
	return rc;
}
