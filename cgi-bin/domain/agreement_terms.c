/* SPDX-License-Identifier: Apache-2.0 */
/* What software reads of an agreement: its terms, and the canonical bytes. */
#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/jcs.h"
#include "base/log.h"
#include "base/text.h"
#include "crypt/token.h"
#include "domain/agreement_store.h"
#include "domain/sector.h"

/* Any text there may be, every byte of it escaped, and the parties' names. */
enum { CANONICAL_BYTES = 6 * 4 * AGREEMENT_TEXT_MAX + (1 << 20) };

static const char where[] = "agreement";
static const char format[] = "entente-agreement/1";

const char *const agreement_sharings[SHARING__MAX + 1] = { "never",
	"permission", "sector", NULL };
const char *const agreement_orders[ORDER__MAX + 1] = { "free", "sequence",
	NULL };

void
agreement_terms_fill(struct ctx *ctx, struct db_rows *rows, int column,
    struct agreement_terms *t)
{
	t->circle_ref = db_col_text(rows, column, ctx->arena);
	t->circle_name = db_col_text(rows, column + 1, ctx->arena);
	t->sectors = db_col_int(rows, column + 2);
	t->max_label = (enum tlp)db_col_int(rows, column + 3);
	t->sharing = (enum agreement_sharing)agreement_word(
	    rows, column + 4, agreement_sharings, SHARING_NEVER);
	t->from_at = db_col_int(rows, column + 5);
	t->until_at = db_col_int(rows, column + 6);
	t->notice_days = (int)db_col_int(rows, column + 7);
	t->auditor_ref = db_col_text(rows, column + 8, ctx->arena);
	t->auditor_name = db_col_text(rows, column + 9, ctx->arena);
	t->order = (enum agreement_order)agreement_word(
	    rows, column + 10, agreement_orders, ORDER_FREE);
	t->audit_families = db_col_int(rows, column + 11);
	t->audit_from_at = db_col_int(rows, column + 12);
}

/* ---- differences ------------------------------------------------------ */

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
same_parties(
    const struct agreement_version *a, const struct agreement_version *b)
{
	if (a->party_count != b->party_count)
		return false;
	for (size_t i = 0; i < a->party_count; i++)
		if (a->parties[i].organisation != b->parties[i].organisation)
			return false;
	return true;
}

unsigned
agreement_differs(
    const struct agreement_version *a, const struct agreement_version *b)
{
	const struct agreement_terms *s = &a->terms, *t = &b->terms;
	const struct {
		unsigned bit;
		bool is_same;
	} compared[] = {
		{ DIFFERS_TITLE, same_text(a->title, b->title) },
		{ DIFFERS_TEXT, same_text(a->text, b->text) },
		{ DIFFERS_PARTIES, same_parties(a, b) },
		{ DIFFERS_CIRCLE,
		    same_text(s->circle_ref, t->circle_ref) &&
			same_text(s->circle_name, t->circle_name) },
		{ DIFFERS_SECTORS, s->sectors == t->sectors },
		{ DIFFERS_LABEL, s->max_label == t->max_label },
		{ DIFFERS_SHARING, s->sharing == t->sharing },
		{ DIFFERS_FROM, s->from_at == t->from_at },
		{ DIFFERS_UNTIL, s->until_at == t->until_at },
		{ DIFFERS_NOTICE, s->notice_days == t->notice_days },
		{ DIFFERS_AUDITOR, same_text(s->auditor_ref, t->auditor_ref) },
		{ DIFFERS_ORDER, s->order == t->order },
		{ DIFFERS_AUDIT_FAMILIES,
		    s->audit_families == t->audit_families },
		{ DIFFERS_AUDIT_FROM, s->audit_from_at == t->audit_from_at },
	};
	unsigned bits = 0;

	for (size_t i = 0; i < sizeof(compared) / sizeof(compared[0]); i++)
		if (!compared[i].is_same)
			bits |= compared[i].bit;
	return bits;
}

/* ---- canonical bytes -------------------------------------------------- */

static json_t *
text_or_null(const char *text)
{
	return text != NULL ? json_string(text) : json_null();
}

static json_t *
time_or_null(int64_t at)
{
	char text[CLOCK_TEXT];

	if (at == 0)
		return json_null();
	clock_rfc3339(at, text);
	return json_string(text);
}

static json_t *
organisation_json(const char *ref, const char *name)
{
	return json_pack("{s:s, s:s}", "ref", ref, "name", name);
}

static json_t *
parties_json(const struct agreement_version *v)
{
	json_t *list = json_array();

	for (size_t i = 0; i < v->party_count; i++)
		json_array_append_new(list,
		    organisation_json(v->parties[i].ref, v->parties[i].name));
	return list;
}

/* A charter opens several circles, which have no names of its own. */
static json_t *
circle_json(const struct agreement *a, const struct agreement_terms *t)
{
	if (a->kind == AGREEMENT_CHARTER)
		return json_null();
	return json_pack("{s:o, s:s}", "ref", text_or_null(t->circle_ref),
	    "name", t->circle_name);
}

static json_t *
families_json(int64_t families)
{
	json_t *list = json_array();

	for (int i = 0; i < RECORD_FAMILY__MAX; i++)
		if ((families >> i & 1) == 1)
			json_array_append_new(
			    list, json_string(record_families[i]));
	return list;
}

/* Only where they are said: what was signed before keeps its bytes. */
static json_t *
with_audit(json_t *terms, const struct agreement_terms *t)
{
	if (t->audit_families != 0)
		json_object_set_new(
		    terms, "audit_families", families_json(t->audit_families));
	if (t->audit_from_at != 0)
		json_object_set_new(
		    terms, "audit_from", time_or_null(t->audit_from_at));
	return terms;
}

static json_t *
terms_json(const struct agreement *a, const struct agreement_terms *t)
{
	json_t *auditor = t->auditor_ref != NULL
	    ? organisation_json(t->auditor_ref, t->auditor_name)
	    : json_null();

	json_t *terms = json_pack(
	    "{s:o, s:o, s:s, s:s, s:o, s:o, s:i, s:o, s:s}", "circle",
	    circle_json(a, t), "sectors", sector_list(t->sectors), "label",
	    tlp_names[t->max_label], "sharing", agreement_sharings[t->sharing],
	    "from", time_or_null(t->from_at), "until",
	    time_or_null(t->until_at), "notice_days", t->notice_days, "auditor",
	    auditor, "order", agreement_orders[t->order]);

	return with_audit(terms, t);
}

enum err
agreement_version_bytes(struct ctx *ctx, const struct agreement *a,
    const struct agreement_version *v, struct buf *bytes)
{
	char *replaces;
	json_t *root;
	enum err rc;

	buf_init(bytes, CANONICAL_BYTES);
	/* As it is, whoever may see it. */
	if ((rc = agreement_replaced_ref(ctx, a->id, &replaces)) != ERR_OK)
		return rc;
	root = json_pack("{s:s, s:s, s:s, s:i, s:o, s:s, s:s, s:o, s:o}",
	    "format", format, "ref", a->ref, "kind", agreement_kinds[a->kind],
	    "number", v->number, "replaces", text_or_null(replaces), "title",
	    v->title, "text", v->text, "parties", parties_json(v), "terms",
	    terms_json(a, &v->terms));
	rc = root != NULL ? jcs_write(root, bytes) : ERR_INTERNAL;
	json_decref(root);
	if (rc != ERR_OK)
		log_line(LOG_ERROR, where, "%s version %d: no canonical form",
		    a->ref, v->number);
	return rc;
}

enum err
agreement_canonical(
    struct ctx *ctx, const char *ref, int number, char **bytes, size_t *len)
{
	char digest[DIGEST_TEXT];
	uint8_t hash[DIGEST_BYTES];
	struct agreement_version *v;
	struct agreement *a;
	struct buf text;
	enum err rc;

	*bytes = NULL;
	*len = 0;
	if ((rc = agreement_find(ctx, ref, &a)) != ERR_OK ||
	    (rc = agreement_load_version(ctx, ref, number, &v)) != ERR_OK)
		return rc;
	if (v->text == NULL)
		return ERR_NOT_FOUND;
	if ((rc = agreement_version_bytes(ctx, a, v, &text)) != ERR_OK)
		goto out;
	digest_sha256(text.data, text.len, hash);
	digest_hex(hash, digest);
	if (strcmp(digest, v->digest) != 0) {
		log_line(LOG_ERROR, where,
		    "%s version %d is not what its digest says", ref, number);
		rc = ERR_CORRUPT;
		goto out;
	}
	*bytes = arena_copy_n(ctx->arena, text.data, text.len);
	*len = text.len;
out:
	buf_free(&text);
	return rc;
}
