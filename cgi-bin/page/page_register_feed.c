/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The register as an Atom feed (RFC 4287): what everybody may read, whoever
 * asks, so that one answer is right for all.
 */
#include <string.h>

#include "page/agreement_view.h"
#include "page/routes.h"

enum { ENTRIES = 50 };

/* RFC 4151: the year in which the names below were first given out. */
#define TAG_YEAR "2026"

const struct field fields_register_feed[] = {
	{ .name = "before", .kind = FIELD_INT, .min = 1, .max = INT64_MAX },
	{ .name = NULL },
};

/* The host that stands first in the configuration: it stays the same. */
static const char *
authority(struct visit *v)
{
	const char *origin = v->ctx.conf->origin[0], *host;

	host = origin != NULL ? strstr(origin, "://") : NULL;
	if (host == NULL)
		return "localhost";
	host += strlen("://");
	return arena_copy_n(v->req->arena, host, strcspn(host, ":/"));
}

/* The last that changed about it: it was published, or has ended since. */
static int64_t
updated_at(struct visit *v, const struct agreement_row *a)
{
	if (a->until_at != 0 && a->until_at <= v->ctx.now_at &&
	    a->until_at > a->published_at)
		return a->until_at;
	return a->published_at;
}

static void
show_parties(struct node *entry, const struct agreement_row *a)
{
	for (size_t i = 0; i < a->party_count; i++)
		node_set(node_row(entry, "Authors"), "Name", a->parties[i]);
}

static void
show_entry(struct visit *v, const struct agreement_row *a)
{
	struct node *entry = node_row(v->root, "Entries");
	const char *parties = "";

	for (size_t i = 0; i < a->party_count; i++)
		parties = arena_printf(v->req->arena, "%s%s%s", parties,
		    i == 0 ? "" : ", ", a->parties[i]);
	const struct say say[] = {
		{ "kind",
		    page_word(v, "Agreement.Kind", agreement_kinds[a->kind]),
		    0 },
		{ "state",
		    page_word(v, "Agreement.State", agreement_states[a->state]),
		    0 },
		{ "parties", parties, 0 },
		{ NULL, NULL, 0 },
	};

	node_set(entry, "Ref", a->ref);
	node_set(entry, "Title", agreement_view_title(v, a->kind, a->title));
	node_set(entry, "Lang", a->language);
	node_set(entry, "Kind", agreement_kinds[a->kind]);
	node_set(entry, "KindWord",
	    page_word(v, "Agreement.Kind", agreement_kinds[a->kind]));
	page_sectors(v, entry, "Sectors", a->terms.sectors);
	node_say(v->page, entry, "Summary", "Register.FeedSummary", say);
	node_time(v->page, entry, "Published", a->published_at);
	node_time(v->page, entry, "Updated", updated_at(v, a));
	show_parties(entry, a);
}

static void
show_feed(struct visit *v, const struct agreement_list *list)
{
	struct node *feed = node_at(v->root, "Feed");
	int64_t newest = 0, at;

	for (size_t i = 0; i < list->count; i++) {
		show_entry(v, &list->rows[i]);
		at = updated_at(v, &list->rows[i]);
		newest = at > newest ? at : newest;
	}
	/* An empty one has not changed since before there was any. */
	node_time(v->page, feed, "Updated", newest != 0 ? newest : 1);
	node_set(feed, "Lang", lang_code(v->lang));
	node_set(feed, "Portal", v->ctx.conf->portal_name);
	node_set(feed, "Origin", visit_origin(v));
	node_set(feed, "Tag",
	    arena_printf(
		v->req->arena, "tag:%s," TAG_YEAR ":register", authority(v)));
	if (form_int(v->form, "before") != 0)
		node_int(feed, "Before", form_int(v->form, "before"));
	if (list->next != 0)
		node_int(feed, "Next", list->next);
}

enum err
page_register_feed(struct visit *v)
{
	const struct agreement_filter filter = {
		.kind = -1,
		.limit = ENTRIES,
		.before = form_int(v->form, "before"),
	};
	struct agreement_list list;
	enum err rc;

	rc = agreement_register(&v->ctx, &filter, true, &list);
	if (rc != ERR_OK)
		return rc;
	show_feed(v, &list);
	rc = page_render(v->page, "feed/register.cs", &v->resp->body);
	if (rc != ERR_OK)
		return rc;
	v->resp->type = "application/atom+xml; charset=utf-8";
	/* No form follows: a visitor needs no cookie, and caches help. */
	v->resp->cookies = 0;
	v->resp->is_public = true;
	resp_settle(v->resp, v->req->arena, v->req->if_none_match);
	return ERR_OK;
}
