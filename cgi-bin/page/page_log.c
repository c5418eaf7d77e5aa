/* SPDX-License-Identifier: Apache-2.0 */
/* The transparency log, for everybody. */
#include "base/clock.h"
#include "base/text.h"
#include "domain/log_key.h"
#include "domain/log_status.h"
#include "page/routes.h"
#include "page/visit.h"

/* SVG units of the chart. */
enum { CHART_WIDTH = 600, CHART_HEIGHT = 160, GAP = 2 };

static const char *
number(struct visit *v, int64_t n)
{
	return lang_number(v->lang, v->req->arena, n);
}

static void
show_state(struct visit *v, struct node *node, const struct log_status *s)
{
	char root[2 * MERKLE_HASH + 1];

	node_flag(node, "IsPublished", s->checkpoint != NULL);
	node_set(node, "Size", number(v, (int64_t)s->tree.size));
	if (s->waiting > 0)
		page_count(v, node, "WaitingText", "Log.Waiting", s->waiting);
	text_hex(s->tree.root, sizeof(s->tree.root), root);
	page_digest(v, node, arena_copy(v->req->arena, root));
	node_time(v->page, node, "Signed", s->signed_at);
	node_set(node, "Checkpoint", s->checkpoint);
}

/* Without one the page has the rest all the same. */
static void
show_key(struct visit *v, struct node *node, enum log_key_place place)
{
	char text[NOTE_KEY_TEXT];
	struct note_key key;

	if (log_key_read(v->ctx.conf, place, &key) != ERR_OK)
		return;
	note_key_text(&key, text);
	node_set(node, "Key", arena_copy(v->req->arena, text));
	node_set(node, "Origin", arena_copy(v->req->arena, key.name));
}

static void
show_handovers(struct visit *v, const struct log_status *s)
{
	char id[2 * NOTE_KEY_ID + 1];

	for (size_t i = 0; i < s->handover_count; i++) {
		const struct log_handover *h = &s->handovers[i];
		struct node *row = node_row(v->root, "Handovers");

		text_hex(h->keys.old.id, NOTE_KEY_ID, id);
		node_set(row, "Old", arena_copy(v->req->arena, id));
		text_hex(h->keys.new.id, NOTE_KEY_ID, id);
		node_set(row, "New", arena_copy(v->req->arena, id));
		node_set(row, "Size", number(v, (int64_t)h->keys.last.size));
		node_set(row, "Url",
		    arena_printf(v->req->arena, "/log/%s", h->file));
		node_time(v->page, row, "Kept", h->kept_at);
	}
}

static void
show_witnesses(struct visit *v, const struct log_status *s)
{
	for (size_t i = 0; i < s->witness_count; i++) {
		const struct log_witness *w = &s->witnesses[i];
		struct node *row = node_row(v->root, "Witnesses");

		node_set(row, "Name", w->name);
		if (w->size > 0)
			node_set(row, "Size", number(v, w->size));
		node_time(v->page, row, "Cosigned", w->cosigned_at);
		node_time(v->page, row, "Asked", w->asked_at);
		node_flag(row, "IsInTrouble", w->is_in_trouble);
	}
}

/* A bar for each, over the whole width; the highest fills the height. */
static void
show_bar(struct visit *v, const struct log_status *s, size_t i, int64_t most)
{
	struct node *row = node_row(v->root, "Points");
	const int64_t left = (int64_t)i * CHART_WIDTH / (int64_t)s->point_count;
	const int64_t right =
	    (int64_t)(i + 1) * CHART_WIDTH / (int64_t)s->point_count;
	int64_t height = 0;

	if (most > 0)
		height = (int64_t)((double)s->points[i].size / (double)most *
		    CHART_HEIGHT);
	node_int(row, "X", left);
	node_int(row, "Width", right - left > GAP ? right - left - GAP : 1);
	node_int(row, "Y", CHART_HEIGHT - height);
	node_int(row, "Height", height);
	node_set(row, "Size", number(v, s->points[i].size));
	/* The end of a day is that day's. */
	node_time(v->page, row, "Day", s->points[i].at - 1);
}

static void
show_growth(struct visit *v, struct node *node, const struct log_status *s)
{
	const struct log_point *last;

	if (s->point_count == 0)
		return;
	last = &s->points[s->point_count - 1];
	for (size_t i = 0; i < s->point_count; i++)
		show_bar(v, s, i, last->size);
	const struct say say[] = {
		{ "n", NULL, last->size },
		{ "from",
		    lang_date(v->site->pages, v->lang, v->req->arena,
			s->points[0].at - 1),
		    0 },
		{ "first", number(v, s->points[0].size), 0 },
		{ "until",
		    lang_date(
			v->site->pages, v->lang, v->req->arena, last->at - 1),
		    0 },
		{ NULL, NULL, 0 },
	};

	node_say(v->page, node, "GrowthText", "Log.GrowthText", say);
	page_count(v, node, "EachText", "Log.Each", s->point_days);
}

enum err
page_log(struct visit *v)
{
	struct node *node = node_at(v->root, "Log");
	struct log_status s;
	enum err rc;

	if ((rc = log_status_load(&v->ctx, &s)) != ERR_OK)
		return rc;
	show_state(v, node, &s);
	show_key(v, node, LOG_KEY_PUBLISHED);
	show_key(v, node_at(v->root, "Witness"), LOG_KEY_WITNESS);
	node_set(node_at(v->root, "Witness"), "Url",
	    arena_printf(v->req->arena, "%s/witness", visit_origin(v)));
	show_handovers(v, &s);
	show_witnesses(v, &s);
	show_growth(v, node, &s);
	node_set(node, "Url",
	    arena_printf(v->req->arena, "%s/log", visit_origin(v)));
	page_section(v, "log");
	return page_send(v, "log/read.cs");
}
