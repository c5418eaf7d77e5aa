/* SPDX-License-Identifier: Apache-2.0 */
#include "page/advisory_view.h"

#include <string.h>

#include "base/text.h"
#include "domain/sector.h"
#include "web/markdown.h"
#include "web/part.h"
#include "web/percent.h"

enum { EXCERPT = 240 }; /* characters */

/* ---- rows ------------------------------------------------------------ */

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

static bool
is_found(const struct advisory_row *a)
{
	return a->hit_title != NULL || a->hit_text != NULL;
}

/* The reader's organisation was asked, or has answered all the same. */
static bool
is_asked(const struct visit *v, const struct advisory_row *a)
{
	return v->ctx.actor.person != 0 && !a->is_own &&
	    (a->answer != NULL || a->answer_by_at != 0);
}

static bool
is_due(const struct visit *v, const struct advisory_row *a)
{
	return a->answer_by_at != 0 && a->answer_by_at < v->ctx.now_at;
}

static void
view_texts(struct visit *v, struct node *row, const struct advisory_row *a)
{
	node_set(row, "Ref", a->ref);
	node_set(row, "Title", a->title);
	node_set(
	    row, "Summary", text_excerpt(v->req->arena, a->summary, EXCERPT));
	node_set(row, "SectorNames", sector_names(v, a->sectors));
	node_flag(row, "IsDraft", a->state == ADVISORY_DRAFT);
	page_severity(v, row, (int)a->severity);
	page_tlp(v, row, (int)a->label);
}

static void
view_row(struct visit *v, struct node *row, const struct advisory_row *a)
{
	view_texts(v, row, a);
	node_flag(row, "IsUnread", a->is_unread);
	node_flag(row, "HasState", a->state != ADVISORY_PUBLISHED);
	node_set(row, "Organisation", a->organisation_name);
	node_time(v->page, row, "Published", a->published_at);
	if (is_asked(v, a)) {
		node_flag(row, "IsAsked", true);
		node_flag(row, "IsDue", is_due(v, a));
		node_time(v->page, row, "AnswerBy", a->answer_by_at);
		if (a->answer != NULL)
			node_set(row, "Answer",
			    page_word(v, "Answer.State", a->answer));
	}
}

/* All that view_row() goes by. */
static struct part_key
row_key(const struct visit *v, const struct advisory_row *a)
{
	const bool asked = is_asked(v, a);
	uint64_t state = (uint64_t)a->revision;

	state = state << 2 | (uint64_t)a->state;
	state = state << 2 | (uint64_t)v->lang;
	state = state << 1 | a->is_unread;
	state = state << 1 | a->is_own;
	state = state << 1 | asked;
	state = state << 1 | (asked && is_due(v, a));
	state = state << 3 |
	    (asked && a->answer != NULL
		    ? 1 + (uint64_t)text_index(answer_states, a->answer)
		    : 0);
	return (struct part_key){ is_found(a) ? PART_FRAME : PART_ROW,
		(uint64_t)a->id, state };
}

/* Signs that no text has (see web/req.h), where a search's texts will be. */
#define TITLE_SIGN "\x02"
#define TEXT_SIGN "\x03"

static enum err
make_row(struct visit *v, struct advisory_row *a, struct buf *out)
{
	struct node *part;
	enum err rc;

	if (a->ref == NULL && (rc = advisory_row_texts(&v->ctx, a)) != ERR_OK)
		return rc;
	part = page_part(v->page);
	view_row(v, part, a);
	if (is_found(a)) {
		node_set(part, "Title", TITLE_SIGN);
		node_set(part, "Summary", TEXT_SIGN);
	}
	return page_render_part(part, "part/advisory_row.cs", out);
}

/* The markup of a row, or of its frame: kept, or made in the scratch. */
static enum err
find_row(struct visit *v, struct advisory_row *a, const char **markup)
{
	const struct part_key key = row_key(v, a);
	struct buf *out = &v->site->scratch;
	size_t len;
	enum err rc;

	*markup = parts_find(v->site->parts, &key, &len);
	if (*markup != NULL)
		return ERR_OK;
	buf_reset(out);
	if ((rc = make_row(v, a, out)) != ERR_OK)
		return rc;
	parts_keep(v->site->parts, &key, out->data, out->len);
	*markup = out->data;
	return ERR_OK;
}

/* Pieces of a text, cut at the marks that search puts around its hits. */
static enum err
add_hit(struct visit *v, const char *text, struct buf *out)
{
	struct node *part = page_part(v->page), *piece;
	bool is_hit = false;
	size_t n;

	while (*text != '\0') {
		n = strcspn(text, "\x02\x03");
		if (n > 0) {
			piece = node_row(part, "Pieces");
			node_set(piece, "Text",
			    arena_copy_n(v->req->arena, text, n));
			node_flag(piece, "IsHit", is_hit);
		}
		text += n;
		if (*text == '\0')
			break;
		is_hit = *text++ == '\x02';
	}
	return page_render_part(part, "part/advisory_hit.cs", out);
}

/* The frame, with the texts that were found in place of the signs. */
static enum err
add_found(struct visit *v, const struct advisory_row *a, const char *frame,
    struct buf *out)
{
	const char *title = a->hit_title != NULL ? a->hit_title : a->title;
	const char *text = a->hit_text;
	size_t n;
	enum err rc;

	if (text == NULL)
		text = text_excerpt(v->req->arena, a->summary, EXCERPT);
	n = strcspn(frame, TITLE_SIGN);
	buf_add(out, frame, n);
	if ((rc = add_hit(v, title, out)) != ERR_OK)
		return rc;
	frame += n + (frame[n] != '\0');
	n = strcspn(frame, TEXT_SIGN);
	buf_add(out, frame, n);
	if ((rc = add_hit(v, text, out)) != ERR_OK)
		return rc;
	frame += n + (frame[n] != '\0');
	buf_adds(out, frame);
	return ERR_OK;
}

static enum err
add_row(struct visit *v, struct advisory_row *a, struct buf *out)
{
	const char *markup;
	enum err rc;

	if ((rc = find_row(v, a, &markup)) != ERR_OK)
		return rc;
	if (is_found(a))
		return add_found(v, a, markup, out);
	buf_adds(out, markup);
	return ERR_OK;
}

enum err
view_rows(struct visit *v, const char *name, struct advisory_list *list)
{
	struct buf *out = &v->site->rows;
	enum err rc = ERR_OK;

	buf_reset(out);
	for (size_t i = 0; rc == ERR_OK && i < list->count; i++)
		rc = add_row(v, &list->rows[i], out);
	if (rc == ERR_OK && list->count > 0)
		node_html(v->page, v->root, name, out->data);
	return rc;
}

enum err
view_drafts(struct visit *v, const char *name, struct advisory_list *list)
{
	struct advisory_row *a;
	enum err rc;

	for (size_t i = 0; i < list->count; i++) {
		a = &list->rows[i];
		if ((rc = advisory_row_texts(&v->ctx, a)) != ERR_OK)
			return rc;
		view_texts(v, node_row(v->root, name), a);
	}
	return ERR_OK;
}

/* ---- one ------------------------------------------------------------- */

/* A text of a published revision never changes: its markup is kept. */
static enum err
view_markdown(struct visit *v, struct node *node, const char *name,
    const struct advisory *a, const char *text)
{
	const struct part_key key = { PART_PROSE, (uint64_t)a->revision_id,
		(unsigned char)name[0] };
	const bool is_kept = a->revision_published_at != 0;
	const char *html = NULL;
	char *made;
	size_t len;
	enum err rc;

	if (text == NULL || text[0] == '\0')
		return ERR_OK;
	if (is_kept)
		html = parts_find(v->site->parts, &key, &len);
	if (html == NULL) {
		rc = markdown_html(v->req->arena, text, &made);
		if (rc != ERR_OK)
			return rc;
		if (is_kept)
			parts_keep(v->site->parts, &key, made, strlen(made));
		html = made;
	}
	node_html(v->page, node, name, html);
	return ERR_OK;
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
	rc = view_markdown(v, node, "Happened", a, a->happened);
	if (rc != ERR_OK)
		return rc;
	return view_markdown(v, node, "Todo", a, a->todo);
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

	if ((rc = access_reason(&v->ctx, ACCESS_ADVISORY, a->id, &why)) !=
	    ERR_OK)
		return rc;
	const char *circle = why.circle_ref == NULL
	    ? NULL
	    : circle_title(v, why.circle_ref, why.circle_name);
	const char *agreement = why.agreement_title != NULL
	    ? why.agreement_title
	    : why.agreement_kind == NULL
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
