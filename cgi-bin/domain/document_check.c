/* SPDX-License-Identifier: Apache-2.0 */
/* Is a draft right, beyond the types of its fields? */
#include <string.h>

#include "base/text.h"
#include "domain/document_store.h"
#include "domain/list.h"
#include "domain/sector.h"

enum { REF_MAX = 40 };

/* One check at work. */
struct check {
	struct ctx *ctx;
	const struct document_draft *draft;
	const struct document_stage *stage;
	struct document_content *out;
	struct fault *fault;
};

static void
wrong(struct check *k, const char *field, const char *error)
{
	fault_add(k->ctx->arena, k->fault, field, error);
}

static enum err
check_texts(struct check *k)
{
	static const struct fault_text title = { "title", TEXT_LINE,
		DOCUMENT_TITLE_MAX };
	static const struct fault_text summary = { "summary", TEXT_PROSE,
		DOCUMENT_SUMMARY_MAX };
	static const struct fault_text note = { "note", TEXT_PROSE,
		DOCUMENT_NOTE_MAX };
	struct arena *arena = k->ctx->arena;

	k->out->title = fault_clean(arena, k->fault, &title, k->draft->title);
	k->out->summary =
	    fault_clean(arena, k->fault, &summary, k->draft->summary);
	k->out->note = fault_clean(arena, k->fault, &note, k->draft->note);
	return ERR_OK;
}

static enum err
check_values(struct check *k)
{
	const struct document_draft *d = k->draft;
	int language = text_index(document_languages, d->language);

	if ((unsigned)d->kind >= DOCUMENT_KIND__MAX)
		wrong(k, "kind", "Wrong");
	if (language < 0)
		wrong(k, "language", "Wrong");
	if (d->measures < 0 || d->measures >> MEASURE_COUNT != 0)
		wrong(k, "measures", "Wrong");
	if (d->sectors < 0 || d->sectors >> SECTOR_COUNT != 0)
		wrong(k, "sectors", "Wrong");
	/* A draft may lie longer than it was meant to. */
	if (d->review_by_at != 0 && d->review_by_at < k->ctx->now_at)
		wrong(k, "review_by", "Past");
	k->out->kind = d->kind;
	k->out->language = language < 0 ? "" : document_languages[language];
	k->out->measures = d->measures;
	k->out->sectors = d->sectors;
	k->out->label = d->label;
	k->out->review_by_at = d->review_by_at;
	return ERR_OK;
}

static enum err
check_addressing(struct check *k)
{
	const struct addressing a = { k->draft->label, k->draft->circles,
		k->draft->named };

	return addressing_check(k->ctx, &a, &k->out->to, k->fault);
}

/* ---- other documents ---------------------------------------------------- */

/*
 * One that the actor may read, and not the document itself: *id is 0 and the
 * fault noted when it is none.
 */
static enum err
find_other(struct check *k, const char *field, const char *ref, int64_t *id)
{
	enum err rc = document_find(k->ctx, ref, id);

	if (rc == ERR_OK && *id != k->stage->id)
		return ERR_OK;
	*id = 0;
	if (rc != ERR_OK && rc != ERR_NOT_FOUND)
		return rc;
	wrong(k, field, "DocumentUnknown");
	return ERR_OK;
}

static enum err
add_related(struct check *k, const char *ref)
{
	struct document_content *c = k->out;
	int64_t id;
	enum err rc;

	if ((rc = find_other(k, "related", ref, &id)) != ERR_OK || id == 0)
		return rc;
	for (size_t i = 0; i < c->related_count; i++)
		if (c->related[i] == id)
			return ERR_OK;
	if (c->related_count == DOCUMENT_RELATED_MAX) {
		wrong(k, "related", "TooMany");
		return ERR_OK;
	}
	c->related = list_room(
	    k->ctx->arena, c->related, c->related_count, sizeof(*c->related));
	c->related[c->related_count++] = id;
	return ERR_OK;
}

/* One a line, or with spaces or commas between them. */
static enum err
check_related(struct check *k)
{
	static const char between[] = " \t\r\n,;";
	const char *s = k->draft->related != NULL ? k->draft->related : "";
	size_t len;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && *(s += strspn(s, between)) != '\0') {
		len = strcspn(s, between);
		if (len <= REF_MAX)
			rc =
			    add_related(k, arena_copy_n(k->ctx->arena, s, len));
		else
			wrong(k, "related", "DocumentUnknown");
		s += len;
	}
	return rc;
}

static enum err
check_translation(struct check *k)
{
	const char *ref = k->draft->translation_of;

	if (ref == NULL || *ref == '\0')
		return ERR_OK;
	return find_other(k, "translation_of", ref, &k->out->translation_of);
}

/* What a document that is to be read must have. */
static enum err
check_complete(struct check *k)
{
	const struct document_content *c = k->out;

	if (!k->stage->is_publish)
		return ERR_OK;
	if (*c->title == '\0')
		wrong(k, "title", "Required");
	if (*c->summary == '\0')
		wrong(k, "summary", "Required");
	if (!k->stage->has_file)
		wrong(k, "file", "ChooseFile");
	if (k->stage->number > 1 && *c->note == '\0')
		wrong(k, "note", "Change");
	addressing_complete(k->ctx->arena, c->label, &c->to, k->fault);
	return ERR_OK;
}

enum err
document_check(struct ctx *ctx, const struct document_draft *draft,
    const struct document_stage *stage, struct document_content *out,
    struct fault *fault)
{
	static enum err (*const steps[])(struct check *) = { check_texts,
		check_values, check_addressing, check_related,
		check_translation, check_complete };
	struct check k = { ctx, draft, stage, out, fault };
	enum err rc = ERR_OK;

	memset(out, 0, sizeof(*out));
	memset(fault, 0, sizeof(*fault));
	for (size_t i = 0; rc == ERR_OK && i < sizeof(steps) / sizeof(steps[0]);
	     i++)
		rc = steps[i](&k);
	if (rc == ERR_OK && fault->field != NULL)
		rc = ERR_INVALID;
	return rc;
}
