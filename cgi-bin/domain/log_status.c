/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_status.h"

#include <string.h>

#include "base/clock.h"
#include "crypt/note.h"
#include "domain/list.h"
#include "domain/log_file.h"
#include "domain/log_proof.h"
#include "domain/record.h"

enum { SQL_FIRST, SQL_LAST, SQL_UP_TO, SQL_WITNESSES, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_FIRST] = "SELECT size, signed_at FROM log_checkpoint"
	    " ORDER BY size LIMIT 1",
	[SQL_LAST] = "SELECT size, signed_at FROM log_checkpoint"
	    " ORDER BY size DESC LIMIT 1",
	[SQL_UP_TO] = "SELECT size, signed_at FROM log_checkpoint"
	    " WHERE size <= $1 ORDER BY size DESC LIMIT 1",
	[SQL_WITNESSES] =
	    "SELECT w.witness, w.size, w.asked_at, w.trouble,"
	    " (SELECT c.cosigned_at FROM log_cosignature c"
	    " WHERE c.size = w.size AND c.witness = w.witness)"
	    " FROM log_witness w ORDER BY w.witness",
};
/* clang-format on */

/* ---- growth ------------------------------------------------------------ */

struct signed_size {
	int64_t size, at;
	bool is_there;
};

static enum err
size_of(struct ctx *ctx, const char *statement, const struct db_value *values,
    size_t n, struct signed_size *out)
{
	struct db_rows *rows = db_query(ctx->db, statement, values, n);

	memset(out, 0, sizeof(*out));
	if (db_next(rows)) {
		out->size = db_col_int(rows, 0);
		out->at = db_col_int(rows, 1);
		out->is_there = true;
	}
	return db_done(rows);
}

/*
 * Moves `low`, a checkpoint signed before `at`, to the newest such; `last` was
 * not.  Sizes rise with time, so it is found by halves over the key: going
 * through all of them would cost a visitor's page the log's whole life.
 */
static enum err
find_before(struct ctx *ctx, int64_t at, const struct signed_size *last,
    struct signed_size *low)
{
	int64_t from = low->size, to = last->size, middle;
	struct signed_size found;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && to - from > 1) {
		middle = from + (to - from) / 2;
		rc =
		    size_of(ctx, sql[SQL_UP_TO], DB_ARGS(db_i(middle)), &found);
		if (found.at < at) {
			from = middle;
			*low = found;
		} else {
			to = found.size;
		}
	}
	return rc;
}

/* Whole days, and weeks when there are many: one point less than may be. */
static int
days_between(int64_t from_at, int64_t until_at)
{
	const int64_t days = (until_at - from_at + CLOCK_DAY - 1) / CLOCK_DAY;
	const int64_t step = (days + LOG_POINTS_MAX - 2) / (LOG_POINTS_MAX - 1);

	return step <= 1 ? 1 : (int)((step + 6) / 7 * 7);
}

static enum err
load_growth(struct ctx *ctx, struct log_status *s)
{
	struct signed_size low, last;
	int64_t at, until_at;
	enum err rc;

	if ((rc = size_of(ctx, sql[SQL_FIRST], DB_NONE, &low)) != ERR_OK ||
	    (rc = size_of(ctx, sql[SQL_LAST], DB_NONE, &last)) != ERR_OK ||
	    !last.is_there)
		return rc;
	s->signed_at = last.at;
	at = low.at - low.at % CLOCK_DAY;
	until_at = ctx->now_at - ctx->now_at % CLOCK_DAY + CLOCK_DAY;
	s->point_days = days_between(at, until_at);
	/* The last one is today, and before the first one there was nothing. */
	at = until_at;
	while (at - s->point_days * CLOCK_DAY > low.at)
		at -= s->point_days * CLOCK_DAY;
	s->points[s->point_count++] =
	    (struct log_point){ at - s->point_days * CLOCK_DAY, 0 };
	for (;
	     rc == ERR_OK && at <= until_at && s->point_count < LOG_POINTS_MAX;
	     at += s->point_days * CLOCK_DAY) {
		/* Now it is the newest, whatever the clock said then. */
		if (last.at < at || at == until_at)
			low = last;
		else
			rc = find_before(ctx, at, &last, &low);
		s->points[s->point_count++] =
		    (struct log_point){ at, low.size };
	}
	return rc;
}

/* ---- all of it ----------------------------------------------------------- */

static enum err
load_witnesses(struct ctx *ctx, struct log_status *s)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_WITNESSES], DB_NONE);
	struct log_witness *all = NULL, *w;

	while (db_next(rows)) {
		all =
		    list_room(ctx->arena, all, s->witness_count, sizeof(*all));
		w = &all[s->witness_count++];
		w->name = db_col_text(rows, 0, ctx->arena);
		w->size = db_col_int(rows, 1);
		w->asked_at = db_col_int(rows, 2);
		w->is_in_trouble = *db_col_peek(rows, 3, NULL) != '\0';
		w->cosigned_at = db_col_int(rows, 4);
	}
	s->witnesses = all;
	return db_done(rows);
}

static enum err
load_published(struct ctx *ctx, struct log_status *s)
{
	struct buf text;
	enum err rc;

	buf_init(&text, NOTE_MAX);
	rc = log_file_read_checkpoint(ctx->conf, &text);
	if (rc == ERR_OK)
		rc = log_proof_tree_of(&text, &s->tree);
	if (rc == ERR_OK)
		s->checkpoint = arena_copy_n(ctx->arena, text.data, text.len);
	buf_free(&text);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

enum err
log_status_load(struct ctx *ctx, struct log_status *s)
{
	int64_t records;
	enum err rc;

	memset(s, 0, sizeof(*s));
	merkle_empty(s->tree.root);
	if ((rc = load_published(ctx, s)) != ERR_OK ||
	    (rc = record_count(ctx, &records)) != ERR_OK ||
	    (rc = load_witnesses(ctx, s)) != ERR_OK ||
	    (rc = log_handover_list(ctx, &s->handovers, &s->handover_count)) !=
		ERR_OK ||
	    (rc = load_growth(ctx, s)) != ERR_OK)
		return rc;
	if (records > (int64_t)s->tree.size)
		s->waiting = records - (int64_t)s->tree.size;
	return ERR_OK;
}
