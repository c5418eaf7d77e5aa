/* SPDX-License-Identifier: Apache-2.0 */
/* Is what was typed fit to be kept as a draft? */
#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/agreement_draft.h"
#include "domain/list.h"
#include "domain/organisation.h"
#include "domain/sector.h"

enum sql { SQL_CIRCLES, SQL_ORGANISATION, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_CIRCLES] =
	    "SELECT c.id, c.ref, c.kind, c.name FROM circle c"
	    " WHERE c.kind = 'agreement' AND EXISTS ("
	    "SELECT 1 FROM access_grant g WHERE g.circle = c.id"
	    " AND " ACCESS_GRANT_VALID("g", "$1")
	    " AND g.organisation = $2) ORDER BY c.name, c.ref",
	[SQL_ORGANISATION] =
	    "SELECT id, name, kind FROM organisation WHERE ref = $1",
};
/* clang-format on */

enum err
agreement_refuse(struct agreement_fault *fault, const char *field,
    const char *error, const char *who)
{
	*fault = (struct agreement_fault){
		.field = field, .error = error, .who = who
	};
	return ERR_INVALID;
}

static enum err
check_texts(const struct agreement_input *in, struct agreement_fault *fault)
{
	const struct {
		const char *field, *text;
		enum text_kind kind;
		size_t max;
	} texts[] = {
		{ "title", in->title, TEXT_LINE, AGREEMENT_TITLE_MAX },
		{ "text", in->text, TEXT_PROSE, AGREEMENT_TEXT_MAX },
		{ "change", in->change, TEXT_PROSE, AGREEMENT_CHANGE_MAX },
		{ "why_one_kind", in->why_one_kind, TEXT_PROSE,
		    AGREEMENT_WHY_MAX },
		{ "circle_name", in->circle_name, TEXT_LINE,
		    AGREEMENT_CIRCLE_NAME_MAX },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (texts[i].text == NULL)
			continue;
		if (!text_ok(
			texts[i].text, strlen(texts[i].text), texts[i].kind))
			return agreement_refuse(
			    fault, texts[i].field, "NotText", NULL);
		if (text_length(texts[i].text) > texts[i].max ||
		    strlen(texts[i].text) > AGREEMENT_TEXT_BYTES)
			return agreement_refuse(
			    fault, texts[i].field, "TooLong", NULL);
	}
	return ERR_OK;
}

static enum err
check_values(const struct agreement_input *in, struct agreement_fault *fault)
{
	const int64_t sectors = ((int64_t)1 << SECTOR_COUNT) - 1;
	const struct {
		const char *field;
		bool is_right;
	} values[] = {
		{ "language",
		    in->language == NULL || in->language[0] == '\0' ||
			text_index(agreement_languages, in->language) >= 0 },
		{ "sectors", (in->sectors & ~sectors) == 0 },
		{ "max_label", (unsigned)in->max_label < TLP__MAX },
		{ "sharing", (unsigned)in->sharing < SHARING__MAX },
		{ "from_at", in->from_at >= 0 },
		{ "until_at", in->until_at >= 0 },
		{ "notice_days",
		    in->notice_days >= 0 &&
			in->notice_days <= AGREEMENT_NOTICE_MAX },
		{ "order", (unsigned)in->order < ORDER__MAX },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (!values[i].is_right)
			return agreement_refuse(
			    fault, values[i].field, "Wrong", NULL);
	return ERR_OK;
}

/* *id is 0 when there is none of that ref. */
static enum err
find_organisation(struct ctx *ctx, const char *ref, int64_t *id, char **name,
    enum org_kind *kind)
{
	struct db_rows *rows;

	*id = 0;
	rows = db_query(ctx->db, sql[SQL_ORGANISATION], DB_ARGS(db_t(ref)));
	if (db_next(rows)) {
		*id = db_col_int(rows, 0);
		*name = db_col_text(rows, 1, ctx->arena);
		org_kind_from_name(db_col_peek(rows, 2, NULL), kind);
	}
	return db_done(rows);
}

static bool
is_among(const struct agreement_fit *fit, int64_t organisation)
{
	for (size_t i = 0; i < fit->party_count; i++)
		if (fit->parties[i].organisation == organisation)
			return true;
	return false;
}

static enum err
fit_party(struct ctx *ctx, const char *ref, struct agreement_fit *fit,
    struct agreement_fault *fault)
{
	struct agreement_named party = { .organisation = 0 };
	enum err rc;

	rc = find_organisation(
	    ctx, ref, &party.organisation, &party.name, &party.kind);
	if (rc != ERR_OK)
		return rc;
	if (party.organisation == 0)
		return agreement_refuse(fault, "parties", "Unknown", ref);
	if (is_among(fit, party.organisation))
		return agreement_refuse(
		    fault, "parties", "PartyTwice", party.name);
	fit->parties = list_room(
	    ctx->arena, fit->parties, fit->party_count, sizeof(*fit->parties));
	fit->parties[fit->party_count++] = party;
	return ERR_OK;
}

static enum err
fit_parties(struct ctx *ctx, const struct agreement_input *in,
    struct agreement_fit *fit, struct agreement_fault *fault)
{
	enum err rc = ERR_OK;

	for (size_t i = 0;
	     rc == ERR_OK && in->parties != NULL && in->parties[i] != NULL;
	     i++) {
		if (i >= AGREEMENT_PARTIES_MAX)
			return agreement_refuse(
			    fault, "parties", "TooMany", NULL);
		rc = fit_party(ctx, in->parties[i], fit, fault);
	}
	return rc;
}

static enum err
fit_auditor(struct ctx *ctx, const struct agreement_input *in,
    struct agreement_fit *fit, struct agreement_fault *fault)
{
	enum org_kind kind = ORG_OPERATOR;
	enum err rc;

	if (in->auditor == NULL || in->auditor[0] == '\0')
		return ERR_OK;
	rc = find_organisation(
	    ctx, in->auditor, &fit->auditor, &fit->auditor_name, &kind);
	if (rc == ERR_OK && (fit->auditor == 0 || kind != ORG_AUDITOR))
		return agreement_refuse(fault, "auditor", "Auditor", NULL);
	return rc;
}

enum err
agreement_circles(struct ctx *ctx, struct circle **circles, size_t *n)
{
	struct circle *all = NULL;
	struct db_rows *rows;

	*n = 0;
	rows = db_query(ctx->db, sql[SQL_CIRCLES],
	    DB_ARGS(db_i(ctx->now_at), db_i(ctx->actor.organisation)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		circle_fill(ctx, rows, 0, &all[(*n)++]);
	}
	*circles = all;
	return db_done(rows);
}

/*
 * A successor has its predecessor's; a later version may keep that of the one
 * that counts.
 */
static enum err
fit_circle(struct ctx *ctx, const struct agreement *a,
    const struct agreement_input *in, struct agreement_fit *fit,
    struct agreement_fault *fault)
{
	const struct circle *found;
	struct circle *all;
	size_t n;
	enum err rc;

	fit->circle_name = in->circle_name != NULL ? in->circle_name : "";
	if (a != NULL && a->successor != SUCCESSOR_NONE) {
		fit->keeps_circle = true;
		return ERR_OK;
	}
	if (in->circle == NULL || in->circle[0] == '\0')
		return ERR_OK;
	if (a != NULL && a->current != NULL &&
	    a->current->terms.circle_ref != NULL &&
	    strcmp(a->current->terms.circle_ref, in->circle) == 0) {
		fit->circle_ref = in->circle;
		fit->circle_name = a->current->terms.circle_name;
		return ERR_OK;
	}
	if ((rc = agreement_circles(ctx, &all, &n)) != ERR_OK)
		return rc;
	if ((found = circle_find(all, n, in->circle)) == NULL)
		return agreement_refuse(fault, "circle", "Circle", NULL);
	fit->circle_ref = found->ref;
	fit->circle_name = found->name;
	return ERR_OK;
}

static bool
kind_ok(const struct agreement *a, const struct agreement_input *in)
{
	if (a != NULL && !agreement_kind_is_open(a))
		return true;
	return (unsigned)in->kind < AGREEMENT_KIND__MAX &&
	    in->kind != AGREEMENT_CHARTER;
}

enum err
agreement_fit(struct ctx *ctx, const struct agreement *a,
    const struct agreement_input *in, struct agreement_fit *fit,
    struct agreement_fault *fault)
{
	enum err rc;

	memset(fit, 0, sizeof(*fit));
	memset(fault, 0, sizeof(*fault));
	if (!kind_ok(a, in))
		return agreement_refuse(fault, "kind", "Wrong", NULL);
	if ((rc = check_texts(in, fault)) != ERR_OK ||
	    (rc = check_values(in, fault)) != ERR_OK ||
	    (rc = fit_parties(ctx, in, fit, fault)) != ERR_OK ||
	    (rc = fit_auditor(ctx, in, fit, fault)) != ERR_OK)
		return rc;
	return fit_circle(ctx, a, in, fit, fault);
}
