/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing and withdrawing advisories. */
#include <jansson.h>
#include <string.h>

#include "base/text.h"
#include "crypt/token.h"
#include "domain/advisory_store.h"
#include "domain/audience.h"
#include "domain/blob.h"
#include "domain/record.h"

enum {
	CONTENT_BYTES = 32 * 1024 * 1024 /* of a revision, as JSON */
};

enum { SQL_POSITION, SQL_REVISION, SQL_PUBLISH, SQL_WITHDRAW, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_POSITION] = "SELECT position FROM advisory WHERE id = $1",
	[SQL_REVISION] = "UPDATE advisory_revision SET published_at = $1"
			 " WHERE id = $2 AND edit = $3"
			 " AND published_at IS NULL",
	[SQL_PUBLISH] = "UPDATE advisory SET state = 'published',"
			" revision = $1, draft = NULLIF(draft, $1),"
			" position = $2,"
			" published_at = COALESCE(published_at, $3)"
			" WHERE id = $4 AND organisation = $5"
			" AND revision < $1 AND state <> 'withdrawn'",
	[SQL_WITHDRAW] = "UPDATE advisory SET state = 'withdrawn',"
			 " withdrawn_at = $1, withdrawn_why = $2"
			 " WHERE id = $3 AND organisation = $4"
			 " AND state = 'published'",
};

/* ---- the record ------------------------------------------------------- */

static json_t *
parts_json(const struct advisory_part *parts, size_t n)
{
	json_t *all = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(all,
		    json_pack("{s:s, s:i, s:s, s:s, s:s, s:s}", "kind",
			parts[i].kind, "depth", parts[i].depth, "name",
			parts[i].name, "title", parts[i].title, "text",
			parts[i].text, "url", parts[i].url));
	return all;
}

static json_t *
circles_json(const struct advisory *a)
{
	json_t *refs = json_array();

	for (size_t i = 0; i < a->circle_count; i++)
		json_array_append_new(refs, json_string(a->circles[i].ref));
	return refs;
}

/* What the record's SHA-256 is of: RFC 8785 of this object. */
static json_t *
content_json(
    const struct advisory *a, const struct advisory_part *parts, size_t n)
{
	return json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s,"
			 " s:I, s:I, s:s, s:s?, s:s?, s:o, s:o}",
	    "ref", a->ref, "revision", a->number, "title", a->title, "summary",
	    a->summary, "happened", a->happened, "todo", a->todo, "products",
	    a->products, "cves", a->cves, "severity", severities[a->severity],
	    "label", tlp_names[a->label], "sectors", (json_int_t)a->sectors,
	    "answer_by_at", (json_int_t)a->answer_by_at, "change", a->change,
	    "foreign_id", a->foreign_id, "foreign_version", a->foreign_version,
	    "circles", circles_json(a), "parts", parts_json(parts, n));
}

/* Of the original bytes of an imported one; NULL: there are none. */
static enum err
source_digest(struct ctx *ctx, const struct advisory *a, const char **hex)
{
	char *path, *type;
	enum err rc;

	*hex = NULL;
	if (a->source == 0)
		return ERR_OK;
	rc = blob_path(ctx, a->source, &path, &type);
	/* "ab/ab12…" */
	if (rc == ERR_OK)
		*hex = strchr(path, '/') + 1;
	return rc;
}

static enum err
append_record(struct ctx *ctx, const struct advisory *a,
    const struct advisory_part *parts, size_t n)
{
	char hex[DIGEST_TEXT];
	const char *source;
	json_t *what;
	enum err rc;

	if ((rc = record_content(
		 content_json(a, parts, n), CONTENT_BYTES, hex)) != ERR_OK ||
	    (rc = source_digest(ctx, a, &source)) != ERR_OK)
		return rc;
	what = json_pack("{s:i, s:s, s:o, s:s, s:s?}", "revision", a->number,
	    "label", tlp_names[a->label], "circles", circles_json(a), "sha256",
	    hex, "foreign_version", a->foreign_version);
	if (what == NULL)
		return ERR_INTERNAL;
	if (source != NULL)
		json_object_set_new(what, "source", json_string(source));
	return record_append(ctx,
	    a->number == 1 ? RECORD_ADVISORY_PUBLISHED
			   : RECORD_ADVISORY_REVISED,
	    a->ref, what);
}

/* ---- publishing ------------------------------------------------------- */

/* Refused before anything changed: it is of readers now. */
static enum err
check_audience(struct ctx *ctx, int64_t revision)
{
	bool is_there;
	enum err rc =
	    audience_is_there(ctx, ACCESS_ADVISORY, revision, &is_there);

	return rc == ERR_OK && !is_there ? ERR_AUDIENCE : rc;
}

static enum err
set_states(struct ctx *ctx, const struct advisory *a,
    const struct publication *p, int64_t position)
{
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_REVISION],
	    DB_ARGS(db_i(p->at), db_i(a->revision_id), db_i(a->edit)));
	if (rc == ERR_OK)
		rc = db_exec_one(ctx->db, sql[SQL_PUBLISH],
		    DB_ARGS(db_i(a->number), db_i(position), db_i(p->first_at),
			db_i(a->id), db_i(ctx->actor.organisation)));
	/* Who publishes has read it. */
	if (rc == ERR_OK && ctx->actor.person != 0)
		rc = advisory_reading_keep(ctx, a->id, a->number);
	return rc;
}

enum err
advisory_go_public(struct ctx *ctx, const struct publication *p)
{
	struct advisory_place place = { 0, 0 };
	struct advisory_part *parts;
	struct advisory *a;
	int64_t was;
	size_t n;
	enum err rc;

	if ((rc = advisory_load_stored(ctx, p->revision, &a)) != ERR_OK ||
	    (rc = advisory_parts_stored(ctx, p->revision, &parts, &n)) !=
		ERR_OK ||
	    (rc = check_audience(ctx, p->revision)) != ERR_OK)
		return rc;
	rc = db_one_int(ctx->db, sql[SQL_POSITION], DB_ARGS(db_i(a->id)), &was);
	if (rc == ERR_OK)
		rc = advisory_free_position(ctx, p->at, &place.to);
	if (rc == ERR_OK)
		rc = set_states(ctx, a, p, place.to);
	if (rc == ERR_OK)
		rc = advisory_index_rows(ctx, a->id);
	place.from = a->revision > 0 ? was : 0;
	a->state = ADVISORY_PUBLISHED;
	if (rc == ERR_OK)
		rc = advisory_index_text(ctx, a, parts, n, &place);
	if (rc == ERR_OK)
		rc = append_record(ctx, a, parts, n);
	return rc;
}

/* What was saved, as if it were typed now: rules may bite later than saved. */
enum err
advisory_ready(struct ctx *ctx, const struct advisory *a, struct fault *fault)
{
	const struct advisory_draft draft = {
		.title = a->title,
		.summary = a->summary,
		.happened = a->happened,
		.todo = a->todo,
		.products = a->products,
		.cves = a->cves,
		.severity = a->severity,
		.label = a->label,
		.sectors = a->sectors,
		.answer_by_at = a->answer_by_at,
		.change = a->change,
		.circles = circle_refs(ctx->arena, a->circles, a->circle_count),
		.named = (const char *const *)a->named,
	};
	struct draft_content unused;
	struct advisory_part *parts;
	size_t n;
	enum err rc;

	rc = advisory_parts_stored(ctx, a->revision_id, &parts, &n);
	if (rc != ERR_OK)
		return rc;
	return advisory_check(ctx, &draft,
	    n > 0 ? DRAFT_STRUCTURED : DRAFT_PUBLISHED, a->number, &unused,
	    fault);
}

enum err
advisory_publish(
    struct ctx *ctx, const char *ref, int edit, struct fault *fault)
{
	struct publication p = { .at = ctx->now_at, .first_at = ctx->now_at };
	struct advisory *a;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = advisory_own_draft(ctx, ref, ADVISORY_PUBLISH, edit, &a);
	if (rc != ERR_OK)
		goto out;
	if ((rc = advisory_ready(ctx, a, fault)) != ERR_OK)
		goto out;
	p.revision = a->revision_id;
	rc = advisory_go_public(ctx, &p);
out:
	return db_end(ctx->db, rc);
}

/* ---- withdrawing ------------------------------------------------------ */

/* A notice stays; nobody finds it by what it said. */
static enum err
withdraw(struct ctx *ctx, struct advisory *a, const char *why)
{
	struct advisory_place place;
	int64_t position = 0;
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_WITHDRAW],
	    DB_ARGS(db_i(ctx->now_at), db_t(why), db_i(a->id),
		db_i(ctx->actor.organisation)));
	if (rc == ERR_OK)
		rc = advisory_index_rows(ctx, a->id);
	if (rc == ERR_OK)
		rc = db_one_int(ctx->db, sql[SQL_POSITION],
		    DB_ARGS(db_i(a->id)), &position);
	place.from = place.to = position; /* it stays where it is */
	a->state = ADVISORY_WITHDRAWN;
	if (rc == ERR_OK)
		rc = advisory_index_text(ctx, a, NULL, 0, &place);
	if (rc == ERR_OK)
		rc = record_append(ctx, RECORD_ADVISORY_WITHDRAWN, a->ref,
		    json_pack("{s:i, s:s}", "revision", a->revision, "label",
			tlp_names[a->label]));
	return rc;
}

enum err
advisory_withdraw(struct ctx *ctx, const char *ref, const char *why)
{
	struct advisory *a;
	char *clean;
	enum err rc;

	clean = text_clean(ctx->arena, why, strlen(why), TEXT_PROSE);
	if (clean == NULL || *clean == '\0' ||
	    text_length(clean) > ADVISORY_WHY_MAX)
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = advisory_own(ctx, ref, ADVISORY_WITHDRAW, &a);
	if (rc == ERR_OK)
		rc = withdraw(ctx, a, clean);
	return db_end(ctx->db, rc);
}
