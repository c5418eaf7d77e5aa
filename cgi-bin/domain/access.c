/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/access.h"

#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "domain/list.h"

enum { WORDS_BYTES = 64 * 1024 };

/* Some are asked of each kind of item, in its own tables. */
enum sql {
	SQL_REASON,
	SQL_WORDS_OF = SQL_REASON + ACCESS_ITEM__MAX,
	SQL_REACH = SQL_WORDS_OF + ACCESS_ITEM__MAX,
	SQL_NEWEST,
	SQL__MAX
};

/* clang-format off */
/*
 * A grant counts when it alone would do: its own maximum is asked.  CROSS
 * JOIN: from the item outwards.
 */
#define REASON(item) \
	"WITH " ACCESS_REACH_TO(item, "$4") \
	" SELECT c.id, c.kind, c.ref, c.name, g.max_label," \
	" ag.ref, ag.kind, ag.signed_at, x.label, av.title" \
	" FROM reader" \
	" CROSS JOIN " item "_circle x CROSS JOIN reach r" \
	" CROSS JOIN circle c" \
	" LEFT JOIN access_grant g ON g.id = r.via" \
	" LEFT JOIN agreement ag ON ag.id = g.agreement" \
	" LEFT JOIN agreement_version av ON av.agreement = ag.id" \
	" AND av.number = ag.version" \
	" WHERE x." item " = $4 AND r.circle = x.circle" \
	" AND c.id = x.circle AND " ACCESS_MAY_OF(item, "r.max_label") \
	" ORDER BY " ACCESS_STRONGEST " LIMIT 1"

#define WORDS_OF(item)                              \
	"SELECT circle, label FROM " item "_circle" \
	" WHERE " item " = $1 ORDER BY circle"

static const char *const sql[SQL__MAX] = {
	[SQL_REASON + ACCESS_ADVISORY] = REASON("advisory"),
	[SQL_REASON + ACCESS_DOCUMENT] = REASON("document"),
	[SQL_WORDS_OF + ACCESS_ADVISORY] = WORDS_OF("advisory"),
	[SQL_WORDS_OF + ACCESS_DOCUMENT] = WORDS_OF("document"),
	[SQL_REACH] =
	    "WITH " ACCESS_REACH " SELECT r.circle, r.max_label, r.is_own,"
	    " 9223372036854775807 FROM reach r",
	[SQL_NEWEST] =
	    "WITH " ACCESS_REACH " SELECT r.circle, r.max_label, r.is_own,"
	    " (SELECT MAX(x.position) FROM advisory_circle x"
	    " WHERE x.circle = r.circle) FROM reach r",
};
/* clang-format on */

static void
fill_reason(struct ctx *ctx, struct db_rows *rows, struct access_reason *out)
{
	const char *kind = db_col_peek(rows, 1, NULL);

	out->why = ACCESS_GRANT;
	if (strcmp(kind, "own") == 0)
		out->why = ACCESS_OWN;
	else if (strcmp(kind, "public") == 0)
		out->why = ACCESS_PUBLIC;
	out->is_named = db_col_int(rows, 8) == TLP_RED;
	if (out->why != ACCESS_GRANT)
		return;
	out->circle_ref = db_col_text(rows, 2, ctx->arena);
	out->circle_name = db_col_text(rows, 3, ctx->arena);
	out->max_label = (enum tlp)db_col_int(rows, 4);
	out->agreement_ref = db_col_text(rows, 5, ctx->arena);
	out->agreement_kind = db_col_text(rows, 6, ctx->arena);
	out->signed_at = db_col_int(rows, 7);
	out->agreement_title = db_col_text(rows, 9, ctx->arena);
}

enum err
access_reason(struct ctx *ctx, enum access_item item, int64_t id,
    struct access_reason *out)
{
	struct db_rows *rows;
	bool is_found;
	enum err rc;

	memset(out, 0, sizeof(*out));
	rows = db_query(ctx->db, sql[SQL_REASON + item],
	    DB_ARGS(ACCESS_READER(ctx), db_i(id)));
	if ((is_found = db_next(rows)))
		fill_reason(ctx, rows, out);
	rc = db_done(rows);
	return rc == ERR_OK && !is_found ? ERR_NOT_FOUND : rc;
}

/* Into its place; a circle that is there already keeps the higher label. */
static void
add_circle(struct access_reach *reach, const struct access_circle *new)
{
	struct access_circle *c = reach->circles + reach->count;

	while (c > reach->circles && c[-1].id > new->id)
		c--;
	if (c > reach->circles && c[-1].id == new->id) {
		if (c[-1].max_label < new->max_label)
			c[-1].max_label = new->max_label;
		return;
	}
	memmove(
	    c + 1, c, (size_t)(reach->circles + reach->count - c) * sizeof(*c));
	*c = *new;
	reach->count++;
}

static enum err
ask(struct ctx *ctx, enum sql which, struct access_reach *reach)
{
	struct access_circle circle;
	struct db_rows *rows;

	memset(reach, 0, sizeof(*reach));
	rows = db_query(ctx->db, sql[which], DB_ARGS(ACCESS_READER(ctx)));
	while (db_next(rows)) {
		reach->circles = list_room(ctx->arena, reach->circles,
		    reach->count, sizeof(*reach->circles));
		circle.id = db_col_int(rows, 0);
		circle.max_label = (enum tlp)db_col_int(rows, 1);
		circle.newest = db_col_int(rows, 3);
		add_circle(reach, &circle);
		if (db_col_int(rows, 2) != 0)
			reach->own = circle.id;
	}
	return db_done(rows);
}

enum err
access_reach(struct ctx *ctx, struct access_reach *reach)
{
	return ask(ctx, SQL_REACH, reach);
}

enum err
access_reach_newest(struct ctx *ctx, struct access_reach *reach)
{
	return ask(ctx, SQL_NEWEST, reach);
}

/* The buffer's text into the arena; the buffer is freed. */
static enum err
take(struct arena *arena, struct buf *text, enum err rc, const char **words)
{
	if (rc == ERR_OK && text->overflow) {
		log_line(LOG_ERROR, "access", "too many circles for words");
		rc = ERR_INTERNAL;
	}
	if (rc == ERR_OK)
		*words = arena_copy_n(
		    arena, text->len > 0 ? text->data : "", text->len);
	buf_free(text);
	return rc;
}

bool
access_reach_has(
    const struct access_reach *reach, int64_t circle, enum tlp label)
{
	size_t from = 0, to = reach->count, middle;

	while (from < to) {
		middle = from + (to - from) / 2;
		if (reach->circles[middle].id == circle)
			return label <= reach->circles[middle].max_label;
		if (reach->circles[middle].id < circle)
			from = middle + 1;
		else
			to = middle;
	}
	return false;
}

enum err
access_words(
    struct arena *arena, const struct access_reach *reach, const char **words)
{
	struct buf text;

	*words = NULL;
	buf_init(&text, WORDS_BYTES);
	for (size_t i = 0; i < reach->count; i++)
		buf_addf(&text, "%sc%lldl%d", i > 0 ? " OR " : "",
		    (long long)reach->circles[i].id,
		    (int)reach->circles[i].max_label);
	return take(arena, &text, ERR_OK, words);
}

enum err
access_words_of(
    struct ctx *ctx, enum access_item item, int64_t id, const char **words)
{
	struct db_rows *rows;
	struct buf text;

	*words = NULL;
	buf_init(&text, WORDS_BYTES);
	rows = db_query(ctx->db, sql[SQL_WORDS_OF + item], DB_ARGS(db_i(id)));
	while (db_next(rows))
		for (int l = (int)db_col_int(rows, 1); l < TLP__MAX; l++)
			buf_addf(&text, "c%lldl%d ",
			    (long long)db_col_int(rows, 0), l);
	return take(ctx->arena, &text, db_done(rows), words);
}
