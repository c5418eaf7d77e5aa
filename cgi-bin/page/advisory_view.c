/* SPDX-License-Identifier: Apache-2.0 */
#include "page/advisory_view.h"

#include <string.h>

#include "base/text.h"
#include "domain/sector.h"
#include "web/markdown.h"
#include "web/percent.h"

/* ---- rows ------------------------------------------------------------ */

/* Splits at the marks that search puts around its hits. */
static void
view_hits(
    struct visit *v, struct node *node, const char *list, const char *text)
{
	struct node *row;
	size_t n;
	bool is_hit = false;

	while (text != NULL && *text != '\0') {
		n = strcspn(text, "\x02\x03");
		if (n > 0) {
			row = node_row(node, list);
			node_set(
			    row, "Text", arena_copy_n(v->req->arena, text, n));
			node_flag(row, "IsHit", is_hit);
		}
		text += n;
		if (*text == '\0')
			break;
		is_hit = *text++ == '\x02';
	}
}

/* "energy, water" */
static const char *
sector_names(struct visit *v, int64_t sectors)
{
	const char *text = NULL, *name;

	for (int i = 0; i < SECTOR_COUNT; i++) {
		if ((sectors >> i & 1) == 0)
			continue;
		name = sector_title(v, i);
		text = text == NULL
		    ? name
		    : arena_printf(v->req->arena, "%s, %s", text, name);
	}
	return text;
}

/* What an organisation was asked, and said. */
static void
view_asked(struct visit *v, struct node *row, const struct advisory_row *a)
{
	node_flag(row, "IsAsked", true);
	if (a->answer != NULL) {
		node_set(
		    row, "Answer", page_word(v, "Answer.State", a->answer));
		return;
	}
	node_time(v->page, row, "AnswerBy", a->answer_by_at);
	node_flag(row, "IsDue", a->answer_by_at < v->ctx.now_at);
}

/* In the order in which the template asks: it looks from the first one on. */
static void
view_row(struct visit *v, struct node *row, const struct advisory_row *a)
{
	const bool is_member = v->ctx.actor.person != 0;

	node_flag(row, "IsUnread", a->is_unread && is_member);
	node_set(row, "Ref", a->ref);
	node_flag(row, "IsFound", a->hit_title != NULL || a->hit_text != NULL);
	node_set(row, "Title", a->title);
	page_severity(v, row, (int)a->severity);
	page_tlp(v, row, (int)a->label);
	node_set(row, "Summary", text_excerpt(v->req->arena, a->summary, 240));
	node_flag(row, "HasState", a->state != ADVISORY_PUBLISHED);
	node_set(row, "Organisation", a->organisation_name);
	node_set(row, "SectorNames", sector_names(v, a->sectors));
	node_time(v->page, row, "Published", a->published_at);
	node_flag(row, "IsDraft", a->state == ADVISORY_DRAFT);
	if (is_member && !a->is_own &&
	    (a->answer != NULL || a->answer_by_at != 0))
		view_asked(v, row, a);
	view_hits(v, row, "TitleHits", a->hit_title);
	view_hits(v, row, "TextHits", a->hit_text);
}

void
view_rows(struct visit *v, struct node *node, const char *list,
    const struct advisory_list *advisories)
{
	size_t i;

	for (i = 0; i < advisories->count; i++)
		view_row(v, node_row(node, list), &advisories->rows[i]);
}

/* ---- one ------------------------------------------------------------- */

static enum err
view_markdown(
    struct visit *v, struct node *node, const char *name, const char *text)
{
	char *html;
	enum err rc;

	if (text == NULL || text[0] == '\0')
		return ERR_OK;
	if ((rc = markdown_html(v->req->arena, text, &html)) == ERR_OK)
		node_html(v->page, node, name, html);
	return rc;
}

static void
view_circles(struct visit *v, struct node *node, const struct advisory *a)
{
	struct node *row;
	size_t i;

	for (i = 0; i < a->circle_count; i++) {
		if (a->circles[i].kind == CIRCLE_OWN)
			continue;
		row = node_row(node, "Circles");
		node_set(row, "Ref", a->circles[i].ref);
		node_set(row, "Name",
		    circle_title(v, a->circles[i].ref, a->circles[i].name));
	}
}

static void
view_head(struct visit *v, struct node *node, const struct advisory *a)
{
	node_set(node, "Ref", a->ref);
	node_set(node, "Title", a->title);
	node_set(node, "Summary", a->summary);
	node_set(node, "Organisation", a->organisation_name);
	node_set(node, "OrganisationRef", a->organisation_ref);
	node_int(node, "Revision", a->number);
	node_flag(node, "IsOldRevision",
	    a->number < a->revision && a->state != ADVISORY_DRAFT);
	if (a->number > 1)
		page_count(v, node, "RevisionText", "Advisory.RevisionText",
		    a->number);
	node_set(node, "Change", a->change[0] != '\0' ? a->change : NULL);
	node_set(node, "Author", a->author_name);
	node_time(v->page, node, "Published", a->revision_published_at);
	node_time(v->page, node, "FirstPublished", a->published_at);
	node_flag(node, "IsWithdrawn", a->state == ADVISORY_WITHDRAWN);
	node_time(v->page, node, "Withdrawn", a->withdrawn_at);
	node_set(node, "WithdrawnWhy", a->withdrawn_why);
	node_set(node, "ForeignId", a->foreign_id);
	node_flag(node, "HasSource", a->has_source);
	node_time(v->page, node, "AnswerBy", a->answer_by_at);
	node_flag(node, "IsDue",
	    a->answer_by_at != 0 && a->answer_by_at < v->ctx.now_at);
}

enum err
view_advisory(struct visit *v, const struct advisory *a)
{
	struct node *node = node_at(v->root, "Advisory");
	enum err rc;

	view_head(v, node, a);
	page_tlp(v, node, (int)a->label);
	page_severity(v, node, (int)a->severity);
	page_sectors(v, node, "Sectors", a->sectors);
	view_circles(v, node, a);
	page_lines(v, node, "Products", "Name", a->products);
	page_lines(v, node, "Cves", "Id", a->cves);
	if ((rc = view_markdown(v, node, "Happened", a->happened)) != ERR_OK)
		return rc;
	return view_markdown(v, node, "Todo", a->todo);
}

/* ---- why ------------------------------------------------------------- */

static const char *const why_keys[ACCESS_WHY__MAX] = {
	[ACCESS_PUBLIC] = "Why.Public",
	[ACCESS_OWN] = "Why.Own",
	[ACCESS_GRANT] = "Why.Grant",
};

enum err
view_why(struct visit *v, const struct advisory *a)
{
	struct access_reason why;
	struct node *node;
	enum err rc;

	if ((rc = access_reason(&v->ctx, a->id, &why)) != ERR_OK)
		return rc;
	const char *circle = why.circle_ref == NULL
	    ? NULL
	    : circle_title(v, why.circle_ref, why.circle_name);
	const char *agreement = why.agreement_kind == NULL
	    ? NULL
	    : page_word(v, "Agreement.Kind", why.agreement_kind);
	const struct say say[] = {
		{ "organisation", v->ctx.actor.organisation_name, 0 },
		{ "agreement", agreement, 0 },
		{ "circle", circle, 0 },
		{ "label", tlp_names[why.max_label], 0 },
		{ "date",
		    lang_date(
			v->site->pages, v->lang, v->req->arena, why.signed_at),
		    0 },
		{ NULL, NULL, 0 },
	};
	node = node_at(v->root, "Why");
	node_say(v->page, node, "Text", why_keys[why.why], say);
	if (why.is_named)
		node_say(v->page, node, "Named", "Why.Named", say);
	node_set(node, "AgreementRef", why.agreement_ref);
	node_set(node, "Share", page_word(v, "Tlp.Share", tlp_words[a->label]));
	return ERR_OK;
}

void
view_answer(struct visit *v, struct node *node, const struct answer *answer)
{
	node_set(node, "StateWord", answer_states[answer->state]);
	node_set(node, "State",
	    page_word(v, "Answer.State", answer_states[answer->state]));
	node_set(node, "Comment",
	    answer->comment[0] != '\0' ? answer->comment : NULL);
	node_time(v->page, node, "DoneBy", answer->done_by_at);
	node_time(v->page, node, "Answered", answer->answered_at);
	node_set(node, "Person", answer->person_name);
}

/* ---- lists ----------------------------------------------------------- */

/* The present query with another key: values are words, or encoded. */
char *
view_next_href(struct visit *v, const char *path, int64_t before)
{
	static const char *const kept[] = { "q", "sector", "label", "severity",
		"show" };
	char *href;
	size_t i;

	href = arena_printf(
	    v->req->arena, "%s?before=%lld", path, (long long)before);
	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		if (form_text(v->form, kept[i])[0] != '\0')
			href = arena_printf(v->req->arena, "%s&%s=%s", href,
			    kept[i],
			    percent_encode(
				v->req->arena, form_text(v->form, kept[i])));
	return href;
}
