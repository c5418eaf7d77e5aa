/* SPDX-License-Identifier: Apache-2.0 */
#include "page/today_agreement.h"

#include "base/clock.h"
#include "domain/signing_key.h"
#include "page/agreement_view.h"

enum {
	ROWS = 5, /* of what happened */
	PENDING = 50,
	NEWS_DAYS = 14,
	URGENT_DAYS = 7,
	/* Who signs; and who finds somebody to sign, or drafts. */
	CONCERNED = ROLE_SIGNATORY | ROLE_STEWARD | ROLE_PUBLISHER
};

static const char *const wait_keys[WAIT__MAX] = {
	[WAIT_SIGNATURE] = "Today.Wait.signature",
	[WAIT_ENDING] = "Today.Wait.ending",
	[WAIT_PUBLISHING] = "Today.Wait.publishing",
};

static void
show_pending(struct visit *v, const struct agreement_waiting *w)
{
	struct node *row = node_row(v->root, "Pending");
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
show_waiting(struct visit *v)
{
	struct agreement_waiting *all;
	size_t i, n;
	enum err rc;

	if ((rc = agreement_awaiting(&v->ctx, &all, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n && i < PENDING; i++)
		show_pending(v, &all[i]);
	/* Anybody may propose anything: it must not take the page. */
	node_flag(v->root, "PendingMore", n > PENDING);
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
show_end(struct visit *v, const struct agreement_ending *e)
{
	struct node *row = node_row(v->root, "Ending");
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
show_ending(struct visit *v)
{
	struct agreement_ending *all;
	size_t i, n;
	enum err rc;

	if ((v->ctx.actor.roles & ROLE_SIGNATORY) == 0)
		return ERR_OK;
	if ((rc = agreement_ending(&v->ctx, &all, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++)
		show_end(v, &all[i]);
	return ERR_OK;
}

static enum err
show_news(struct visit *v)
{
	struct agreement_event *events;
	size_t n;
	enum err rc;

	rc = agreement_news(
	    &v->ctx, v->ctx.now_at - NEWS_DAYS * CLOCK_DAY, &events, &n);
	if (rc == ERR_OK)
		agreement_view_events(
		    v, "News", events, n < ROWS ? n : (size_t)ROWS);
	return rc;
}

enum err
today_agreements(struct visit *v)
{
	enum err rc;

	if ((v->ctx.actor.roles & CONCERNED) == 0)
		return ERR_OK;
	if ((rc = show_waiting(v)) != ERR_OK || (rc = show_keys(v)) != ERR_OK ||
	    (rc = show_ending(v)) != ERR_OK)
		return rc;
	return show_news(v);
}
