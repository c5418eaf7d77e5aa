/* SPDX-License-Identifier: Apache-2.0 */
#include "page/today_agreement.h"

#include <string.h>

#include "base/clock.h"
#include "domain/signing_key.h"
#include "page/agreement_view.h"
#include "web/part.h"

enum {
	ROWS = 5, /* of what happened */
	PENDING = 50,
	NEWS_DAYS = 14,
	URGENT_DAYS = 7,
	NO_ROWS = 1, /* a template's last newline */
	/* Who signs; and who finds somebody to sign, or drafts. */
	CONCERNED = ROLE_SIGNATORY | ROLE_STEWARD | ROLE_PUBLISHER
};

static const char *const wait_keys[WAIT__MAX] = {
	[WAIT_SIGNATURE] = "Today.Wait.signature",
	[WAIT_ENDING] = "Today.Wait.ending",
	[WAIT_PUBLISHING] = "Today.Wait.publishing",
};

static void
show_pending(
    struct visit *v, struct node *part, const struct agreement_waiting *w)
{
	struct node *row = node_row(part, "Rows");
	const struct say say[] = {
		{ "organisation",
		    w->organisation_name != NULL
			? w->organisation_name
			: lang_text(
			      v->site->pages, v->lang, "Agreement.Console"),
		    0 },
		{ NULL, NULL, 0 },
	};

	node_set(row, "Ref", w->ref);
	node_set(row, "Title", agreement_view_title(v, w->kind, w->title));
	node_say(v->page, row, "Text", wait_keys[w->wait], say);
	node_time(v->page, row, "Since", w->since_at);
	node_flag(row, "IsSignature", w->wait == WAIT_SIGNATURE);
}

static enum err
fill_pending(struct visit *v, struct node *part)
{
	struct agreement_waiting *all;
	size_t i, n;
	enum err rc;

	if ((rc = agreement_awaiting(&v->ctx, &all, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n && i < PENDING; i++)
		show_pending(v, part, &all[i]);
	/* Anybody may propose anything: it must not take the page. */
	node_flag(part, "HasMore", n > PENDING);
	return ERR_OK;
}

static enum err
show_keys(struct visit *v)
{
	int64_t n;
	enum err rc;

	if ((v->ctx.actor.roles & (ROLE_SIGNATORY | ROLE_STEWARD)) == 0)
		return ERR_OK;
	if ((rc = signing_key_waiting(&v->ctx, &n)) == ERR_OK && n > 0)
		page_count(v, v->root, "KeysText", "Today.Keys", n);
	return rc;
}

static void
show_end(struct visit *v, struct node *part, const struct agreement_ending *e)
{
	struct node *row = node_row(part, "Rows");
	const char *key = e->is_notice ? "Today.EndsByNotice" : "Today.Ends";
	const int64_t last_at = page_last(e->ends_at);
	const int64_t left =
	    (clock_day(last_at) - clock_day(v->ctx.now_at)) / CLOCK_DAY;

	node_set(row, "Ref", e->ref);
	node_set(row, "Title", agreement_view_title(v, e->kind, e->title));
	page_count(v, row, "Text",
	    left == 0 ? arena_printf(v->req->arena, "%s.None", key) : key,
	    left);
	node_time(v->page, row, "Ends", last_at);
	node_flag(row, "IsUrgent", e->days <= URGENT_DAYS);
	node_set(row, "Successor", e->successor);
}

static enum err
fill_ending(struct visit *v, struct node *part)
{
	struct agreement_ending *all;
	size_t i, n;
	enum err rc;

	if ((rc = agreement_ending(&v->ctx, &all, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++)
		show_end(v, part, &all[i]);
	return ERR_OK;
}

/* Of each agreement the last act, as far as there is room. */
static size_t
take_last(struct agreement_event *events, size_t n)
{
	size_t i, j, taken = 0;

	for (i = 0; i < n && taken < ROWS; i++) {
		for (j = 0; j < taken; j++)
			if (strcmp(events[j].agreement_ref,
				events[i].agreement_ref) == 0)
				break;
		if (j == taken)
			events[taken++] = events[i];
	}
	return taken;
}

static enum err
fill_news(struct visit *v, struct node *part)
{
	struct agreement_event *events;
	size_t n;
	enum err rc;

	rc = agreement_news(
	    &v->ctx, v->ctx.now_at - NEWS_DAYS * CLOCK_DAY, &events, &n);
	if (rc == ERR_OK)
		agreement_view_events(
		    v, part, "Rows", events, take_last(events, n));
	return rc;
}

/* ---- sections ----------------------------------------------------------- */

/*
 * A section is the same for all of an organisation until an act moves some
 * agreement; what time alone changes may be a minute old, as the pages that it
 * leads to are not.
 */
static const struct section {
	const char *name, *template;
	unsigned roles; /* any of */
	enum err (*fill)(struct visit *, struct node *part);
} sections[] = {
	{ "Pending", "part/today_pending.cs", CONCERNED, fill_pending },
	{ "Ending", "part/today_ending.cs", ROLE_SIGNATORY, fill_ending },
	{ "News", "part/today_news.cs", CONCERNED, fill_news },
};

static struct part_key
key_of(const struct visit *v, uint64_t number, int64_t moved_at)
{
	const int64_t minute = v->ctx.now_at / CLOCK_MINUTE;

	return (struct part_key){ PART_TODAY,
		(uint64_t)v->ctx.actor.organisation,
		(uint64_t)minute << 8 | number << 4 | (uint64_t)v->lang,
		(uint64_t)moved_at };
}

static enum err
show(struct visit *v, const struct section *s, const struct part_key *key)
{
	struct buf *made = &v->site->scratch;
	struct node *part;
	const char *markup;
	size_t len;
	enum err rc;

	markup = parts_find(v->site->parts, key, &len);
	if (markup == NULL) {
		buf_reset(made);
		part = page_part(v->page);
		if ((rc = s->fill(v, part)) != ERR_OK ||
		    (rc = page_render_part(part, s->template, made)) != ERR_OK)
			return rc;
		markup = made->data;
		len = made->len;
		parts_keep(v->site->parts, key, markup, len);
	}
	if (len > NO_ROWS)
		node_html(v->page, v->root, s->name, markup);
	return ERR_OK;
}

enum err
today_agreements(struct visit *v)
{
	struct part_key key;
	int64_t moved_at;
	enum err rc;

	if ((v->ctx.actor.roles & CONCERNED) == 0)
		return ERR_OK;
	if ((rc = agreement_moved(&v->ctx, &moved_at)) != ERR_OK)
		return rc;
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		if ((v->ctx.actor.roles & sections[i].roles) == 0)
			continue;
		key = key_of(v, i, moved_at);
		if ((rc = show(v, &sections[i], &key)) != ERR_OK)
			return rc;
	}
	return show_keys(v);
}
