/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first page after sign-in: what awaits an answer, what is new, what is
 * overdue, and the picture of the organisation's sectors.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "domain/circle.h"
#include "domain/sector.h"
#include "page/advisory_view.h"
#include "page/routes.h"
#include "page/today_agreement.h"
#include "page/today_document.h"
#include "page/today_record.h"
#include "web/part.h"

enum {
	ROWS = 5,	 /* of each list on the page */
	COUNT_MOST = 99, /* what is counted exactly */
	NEW_DAYS = 14,
	PICTURE_DAYS = 30,
	PICTURE_WIDTH = 260 /* SVG units of a whole bar */
};

/*
 * A sector's picture goes over weeks and many organisations, is the same for
 * all its members, and may be a minute old: a worker keeps the last one.
 */
struct picture {
	struct {
		int64_t made_at; /* 0: never */
		struct sector_picture of;
	} sector[SECTOR_COUNT];
};

static enum err
picture_of(struct visit *v, int sector, struct sector_picture *out)
{
	struct picture *kept = v->site->picture;
	const int64_t now_at = v->ctx.now_at;
	enum err rc;

	if (kept == NULL)
		kept = v->site->picture = calloc(1, sizeof(*kept));
	if (kept == NULL)
		return ERR_MEMORY;
	if (kept->sector[sector].made_at == 0 ||
	    now_at - kept->sector[sector].made_at > CLOCK_MINUTE) {
		rc = sector_picture(&v->ctx, sector,
		    now_at - PICTURE_DAYS * CLOCK_DAY,
		    &kept->sector[sector].of);
		if (rc != ERR_OK)
			return rc;
		kept->sector[sector].made_at = now_at;
	}
	*out = kept->sector[sector].of;
	return ERR_OK;
}

/* Rounded to the nearest; nothing of nothing is nothing. */
static int64_t
share(int64_t part, int64_t whole, int64_t of)
{
	return whole > 0 ? (part * of + whole / 2) / whole : 0;
}

static void
show_picture(struct visit *v, const struct sector_picture *p)
{
	struct node *row = node_row(v->root, "Picture");
	const int64_t whole = p->done + p->going + p->silent;
	const struct {
		const char *name, *text, *width;
		int64_t part;
	} bars[] = {
		{ "done", "DoneText", "DoneWidth", p->done },
		{ "going", "GoingText", "GoingWidth", p->going },
		{ "silent", "SilentText", "SilentWidth", p->silent },
	};
	int64_t sum = 0;
	struct say say[] = {
		{ "n", NULL, p->advisories },
		{ "sector", sector_title(v, p->sector), 0 },
		{ "organisations", NULL, p->organisations },
		{ NULL, NULL, 0 },
		{ NULL, NULL, 0 },
		{ NULL, NULL, 0 },
		{ NULL, NULL, 0 },
	};

	/* Rounded as a running sum, so that the three make 100. */
	for (size_t i = 0; i < 3; i++) {
		int64_t percent = share(sum + bars[i].part, whole, 100) -
		    share(sum, whole, 100);

		sum += bars[i].part;
		say[3 + i].name = bars[i].name;
		say[3 + i].number = percent;
		page_count(v, row, bars[i].text, "Today.Percent", percent);
		node_int(row, bars[i].width,
		    share(bars[i].part, whole, PICTURE_WIDTH));
	}
	node_set(row, "Sector", sector_title(v, p->sector));
	node_int(row, "Advisories", p->advisories);
	node_int(row, "Organisations", p->organisations);
	node_flag(row, "HasTotals", p->has_totals && whole > 0);
	node_say(v->page, row, "Summary", "Today.PictureSummary", say);
}

static enum err
show_pictures(struct visit *v)
{
	struct sector_picture picture;
	enum err rc;
	int i;

	for (i = 0; i < SECTOR_COUNT; i++) {
		if ((v->ctx.actor.sectors & ((int64_t)1 << i)) == 0)
			continue;
		if ((rc = picture_of(v, i, &picture)) != ERR_OK)
			return rc;
		show_picture(v, &picture);
	}
	return ERR_OK;
}

/* ---- circles ----------------------------------------------------------- */

static enum err
make_circle(struct visit *v, int64_t id, struct buf *out)
{
	struct circle circle;
	struct node *part;
	enum err rc;

	if ((rc = circle_by_id(&v->ctx, id, &circle)) != ERR_OK)
		return rc;
	part = page_part(v->page);
	node_set(part, "Name", circle_title(v, circle.ref, circle.name));
	buf_reset(out);
	return page_render_part(part, "part/circle.cs", out);
}

/* A circle's name is for ever: its markup is kept. */
static enum err
add_circle(struct visit *v, int64_t id, struct buf *out)
{
	const struct part_key key = { PART_CIRCLE, (uint64_t)id,
		(uint64_t)v->lang, 0 };
	struct buf *made = &v->site->scratch;
	const char *markup;
	size_t len;
	enum err rc;

	markup = parts_find(v->site->parts, &key, &len);
	if (markup == NULL) {
		if ((rc = make_circle(v, id, made)) != ERR_OK)
			return rc;
		markup = made->data;
		len = made->len;
		parts_keep(v->site->parts, &key, markup, len);
	}
	buf_add(out, markup, len);
	return ERR_OK;
}

/*
 * Those that grants open, in the order in which they came to be: community,
 * sectors, agreements.
 */
static enum err
show_circles(struct visit *v, const struct access_reach *reach)
{
	struct buf *out = &v->site->rows;
	enum err rc;

	buf_reset(out);
	for (size_t i = 0; i < reach->count; i++) {
		const int64_t id = reach->circles[i].id;

		if (id == CIRCLE_PUBLIC_ID || id == reach->own)
			continue;
		if ((rc = add_circle(v, id, out)) != ERR_OK)
			return rc;
	}
	if (out->len > 0)
		node_html(v->page, v->root, "Circles", out->data);
	return ERR_OK;
}

/* ---- advisories -------------------------------------------------------- */

/* As many rows of a list as the page has room for. */
static void
cut(struct visit *v, const char *more, struct advisory_list *list)
{
	node_flag(v->root, more, list->next != 0 || list->count > ROWS);
	if (list->count > ROWS)
		list->count = ROWS;
}

/* What asks for an answer stands above already. */
static bool
is_not_awaiting(const struct advisory_row *row)
{
	return row->is_own || row->answer_by_at == 0 || row->answer != NULL;
}

static enum err
show_new(struct visit *v, const struct access_reach *reach)
{
	const struct advisory_filter filter = { .label = -1,
		.limit = ROWS * 3,
		.is_unread = true,
		.since_at = v->ctx.now_at - NEW_DAYS * CLOCK_DAY,
		.reach = reach };
	struct advisory_list list;
	size_t i, n = 0;
	enum err rc;

	if ((rc = advisory_find(&v->ctx, &filter, &list)) != ERR_OK)
		return rc;
	/* One more than is shown says that there are more. */
	for (i = 0; i < list.count && n <= ROWS; i++) {
		rc = advisory_row_settle(&v->ctx, &list.rows[i]);
		if (rc != ERR_OK)
			return rc;
		if (is_not_awaiting(&list.rows[i]))
			list.rows[n++] = list.rows[i];
	}
	list.count = n;
	cut(v, "NewMore", &list);
	return view_rows(v, "New", &list);
}

static enum err
show_drafts(struct visit *v)
{
	const struct advisory_filter filter = {
		.label = -1, .limit = ROWS, .is_draft = true
	};
	struct advisory_list list;
	enum err rc;

	if ((v->ctx.actor.roles & ROLE_PUBLISHER) == 0)
		return ERR_OK;
	if ((rc = advisory_list(&v->ctx, &filter, &list)) != ERR_OK)
		return rc;
	cut(v, "DraftsMore", &list);
	return view_drafts(v, "Drafts", &list);
}

static void
say_count(struct visit *v, const char *name, const char *key, int64_t n)
{
	page_count(v, v->root, name,
	    n == 0 ? arena_printf(v->req->arena, "%s.None", key) : key, n);
}

/* Parts what awaits an answer into what is late and what is not yet. */
static void
part(struct visit *v, struct advisory_list *all, struct advisory_list *late)
{
	size_t i, n = 0;

	memset(late, 0, sizeof(*late));
	late->rows =
	    arena_array(v->req->arena, all->count + 1, sizeof(*late->rows));
	for (i = 0; i < all->count; i++)
		if (all->rows[i].answer_by_at < v->ctx.now_at)
			late->rows[late->count++] = all->rows[i];
		else
			all->rows[n++] = all->rows[i];
	all->count = n;
}

/* Of so many that are counted, the few that are shown are settled. */
static enum err
show_asked(struct visit *v, const char *name, const char *more,
    struct advisory_list *list)
{
	enum err rc = ERR_OK;

	cut(v, more, list);
	for (size_t i = 0; rc == ERR_OK && i < list->count; i++)
		rc = advisory_row_settle(&v->ctx, &list->rows[i]);
	return rc == ERR_OK ? view_rows(v, name, list) : rc;
}

/* One query says how many there are, how many are late, and which. */
static enum err
show_awaiting(struct visit *v, const struct access_reach *reach)
{
	struct advisory_filter filter = { .label = -1,
		.limit = COUNT_MOST,
		.is_awaiting = true,
		.reach = reach };
	struct advisory_list all, late;
	enum err rc;

	if ((rc = advisory_find(&v->ctx, &filter, &all)) != ERR_OK)
		return rc;
	say_count(v, "Heading", "Today.Heading", (int64_t)all.count);
	part(v, &all, &late);
	/* Beyond those, the late ones are the older ones. */
	filter.is_overdue = true;
	if (all.next != 0 &&
	    (rc = advisory_find(&v->ctx, &filter, &late)) != ERR_OK)
		return rc;
	say_count(v, "Lead", "Today.Overdue", (int64_t)late.count);
	node_int(v->root, "OverdueCount", (int64_t)late.count);
	if ((rc = show_asked(v, "Overdue", "OverdueMore", &late)) != ERR_OK)
		return rc;
	return show_asked(v, "Awaiting", "AwaitingMore", &all);
}

enum err
page_today(struct visit *v)
{
	struct access_reach reach;
	enum err rc;

	if ((rc = access_reach_newest(&v->ctx, &reach)) != ERR_OK ||
	    (rc = show_awaiting(v, &reach)) != ERR_OK ||
	    (rc = show_new(v, &reach)) != ERR_OK ||
	    (rc = today_agreements(v)) != ERR_OK ||
	    (rc = today_documents(v)) != ERR_OK ||
	    (rc = today_records(v)) != ERR_OK ||
	    (rc = show_drafts(v)) != ERR_OK ||
	    (rc = show_pictures(v)) != ERR_OK ||
	    (rc = show_circles(v, &reach)) != ERR_OK)
		return rc;
	page_section(v, "today");
	return page_send(v, "today.cs");
}
