/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing and withdrawing documents. */
#include <jansson.h>
#include <string.h>

#include "base/text.h"
#include "crypt/token.h"
#include "domain/audience.h"
#include "domain/document_store.h"
#include "domain/record.h"

enum { CONTENT_BYTES = 256 * 1024 /* of a version's description, as JSON */ };

enum { SQL_POSITION, SQL_VERSION, SQL_PUBLISH, SQL_WITHDRAW, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_POSITION] = "SELECT position FROM document WHERE id = $1",
	[SQL_VERSION] = "UPDATE document_version SET published_at = $1"
			" WHERE id = $2 AND edit = $3"
			" AND published_at IS NULL",
	[SQL_PUBLISH] = "UPDATE document SET state = 'published',"
			" version = $1, draft = NULL, position = $2,"
			" published_at = COALESCE(published_at, $3)"
			" WHERE id = $4 AND organisation = $5 AND draft = $1"
			" AND state <> 'withdrawn'",
	[SQL_WITHDRAW] = "UPDATE document SET state = 'withdrawn',"
			 " withdrawn_at = $1, withdrawn_why = $2"
			 " WHERE id = $3 AND organisation = $4"
			 " AND state = 'published'",
};

/* ---- the record ------------------------------------------------------- */

static json_t *
circles_json(const struct document *d)
{
	json_t *refs = json_array();

	for (size_t i = 0; i < d->circle_count; i++)
		json_array_append_new(refs, json_string(d->circles[i].ref));
	return refs;
}

static json_t *
related_json(const struct document *d)
{
	json_t *refs = json_array();

	for (size_t i = 0; i < d->related_count; i++)
		json_array_append_new(refs, json_string(d->related[i].ref));
	return refs;
}

/* What the record's SHA-256 is of: RFC 8785 of this object. */
static json_t *
content_json(const struct document *d)
{
	return json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:I, s:I, s:s, s:I,"
			 " s:s, s:s?, s:s, s:s, s:I, s:o, s:o}",
	    "ref", d->ref, "version", d->number, "title", d->title, "summary",
	    d->summary, "kind", document_kinds[d->kind], "language",
	    d->language, "sectors", (json_int_t)d->sectors, "measures",
	    (json_int_t)d->measures, "label", tlp_names[d->label],
	    "review_by_at", (json_int_t)d->review_by_at, "note", d->note,
	    "translation_of",
	    d->translation_of != NULL ? d->translation_of->ref : NULL,
	    "filename", d->filename, "sha256", d->sha256, "bytes",
	    (json_int_t)d->bytes, "circles", circles_json(d), "related",
	    related_json(d));
}

static enum err
append_record(struct ctx *ctx, const struct document *d)
{
	char hex[DIGEST_TEXT];
	json_t *what;
	enum err rc;

	if ((rc = record_content(content_json(d), CONTENT_BYTES, hex)) !=
	    ERR_OK)
		return rc;
	what = json_pack("{s:i, s:s, s:o, s:s, s:s}", "version", d->number,
	    "label", tlp_names[d->label], "circles", circles_json(d), "sha256",
	    hex, "file", d->sha256);
	if (what == NULL)
		return ERR_INTERNAL;
	return record_append(ctx,
	    d->number == 1 ? RECORD_DOCUMENT_PUBLISHED
			   : RECORD_DOCUMENT_REVISED,
	    d->ref, what);
}

/* ---- publishing ------------------------------------------------------- */

/* Refused before anything changed: the count is of readers now. */
static enum err
check_audience(struct ctx *ctx, int64_t version)
{
	bool is_there;
	enum err rc =
	    audience_is_there(ctx, ACCESS_DOCUMENT, version, &is_there);

	if (rc == ERR_OK && !is_there)
		rc = ERR_AUDIENCE;
	return rc;
}

static enum err
set_states(struct ctx *ctx, const struct document *d, int64_t position)
{
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_VERSION],
	    DB_ARGS(db_i(ctx->now_at), db_i(d->version_id), db_i(d->edit)));
	if (rc == ERR_OK)
		rc = db_exec_one(ctx->db, sql[SQL_PUBLISH],
		    DB_ARGS(db_i(d->number), db_i(position), db_i(ctx->now_at),
			db_i(d->id), db_i(ctx->actor.organisation)));
	/* Who publishes has read it. */
	if (rc == ERR_OK && ctx->actor.person != 0)
		rc = document_reading_keep(ctx, d->id, d->number);
	return rc;
}

static enum err
go_public(struct ctx *ctx, struct document *d)
{
	struct document_place place = { 0, 0 };
	int64_t was;
	enum err rc;

	if ((rc = check_audience(ctx, d->version_id)) != ERR_OK)
		return rc;
	rc = db_one_int(ctx->db, sql[SQL_POSITION], DB_ARGS(db_i(d->id)), &was);
	if (rc == ERR_OK)
		rc = document_free_position(ctx, ctx->now_at, &place.to);
	if (rc == ERR_OK)
		rc = set_states(ctx, d, place.to);
	if (rc == ERR_OK)
		rc = document_index_rows(ctx, d->id);
	place.from = d->version > 0 ? was : 0;
	d->state = DOCUMENT_PUBLISHED;
	if (rc == ERR_OK)
		rc = document_index_text(ctx, d, &place);
	if (rc == ERR_OK)
		rc = append_record(ctx, d);
	return rc;
}

/* "DOC-2026-0001\n…", as it was typed. */
static const char *
related_text(struct ctx *ctx, const struct document *d)
{
	const char *text = "";

	for (size_t i = 0; i < d->related_count; i++)
		text =
		    arena_printf(ctx->arena, "%s%s\n", text, d->related[i].ref);
	return text;
}

/* What was saved, as if it were typed now: rules may bite later than saved. */
enum err
document_ready(struct ctx *ctx, const struct document *d, struct fault *fault)
{
	const struct document_stage stage = { d->id, d->number, d->blob != 0,
		true };
	struct document_draft draft = {
		.title = d->title,
		.summary = d->summary,
		.note = d->note,
		.kind = d->kind,
		.language = d->language,
		.sectors = d->sectors,
		.measures = d->measures,
		.label = d->label,
		.review_by_at = d->review_by_at,
		.circles = circle_refs(ctx->arena, d->circles, d->circle_count),
		.named = (const char *const *)d->named,
		.related = related_text(ctx, d),
	};
	struct document_content unused;

	if (d->translation_of != NULL)
		draft.translation_of = d->translation_of->ref;
	return document_check(ctx, &draft, &stage, &unused, fault);
}

enum err
document_publish(
    struct ctx *ctx, const char *ref, int edit, struct fault *fault)
{
	struct document *d;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = document_own_draft(ctx, ref, DOCUMENT_PUBLISH, edit, &d);
	if (rc != ERR_OK)
		goto out;
	if ((rc = document_ready(ctx, d, fault)) == ERR_OK)
		rc = go_public(ctx, d);
out:
	return db_end(ctx->db, rc);
}

/* ---- withdrawing ------------------------------------------------------ */

/* A notice stays; nobody finds it by what it said. */
static enum err
withdraw(struct ctx *ctx, struct document *d, const char *why)
{
	struct document_place place;
	int64_t position = 0;
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_WITHDRAW],
	    DB_ARGS(db_i(ctx->now_at), db_t(why), db_i(d->id),
		db_i(ctx->actor.organisation)));
	if (rc == ERR_OK)
		rc = document_index_rows(ctx, d->id);
	if (rc == ERR_OK)
		rc = db_one_int(ctx->db, sql[SQL_POSITION],
		    DB_ARGS(db_i(d->id)), &position);
	place.from = place.to = position; /* it stays where it is */
	d->state = DOCUMENT_WITHDRAWN;
	if (rc == ERR_OK)
		rc = document_index_text(ctx, d, &place);
	if (rc == ERR_OK)
		rc = record_append(ctx, RECORD_DOCUMENT_WITHDRAWN, d->ref,
		    json_pack("{s:i, s:s}", "version", d->version, "label",
			tlp_names[d->label]));
	return rc;
}

enum err
document_withdraw(struct ctx *ctx, const char *ref, const char *why)
{
	struct document *d;
	char *clean;
	enum err rc;

	clean = text_clean(ctx->arena, why, strlen(why), TEXT_PROSE);
	if (clean == NULL || *clean == '\0' ||
	    text_length(clean) > DOCUMENT_WHY_MAX)
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = document_own(ctx, ref, DOCUMENT_WITHDRAW, &d);
	if (rc == ERR_OK)
		rc = withdraw(ctx, d, clean);
	return db_end(ctx->db, rc);
}
