/* SPDX-License-Identifier: Apache-2.0 */
#include "base/diff.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cuts.h"
#include "base/lcs.h"
#include "base/log.h"

enum { LEFT, RIGHT, SIDES = CUTS_SIDES };

enum {
	LINE_STEPS = 4000000, /* bounds of the work, some 10 ns each */
	WORD_STEPS = 4000000,
	PAIR_STEPS = 4000000,
	PAIRS_MAX = 4096, /* of lines in a block that are all compared */
	ALIKE_PARTS = 5,  /* 2/5 of the bytes of two lines are common words */
	SCRATCH_BYTES = 64 * 1024 * 1024
};

const char *const diff_kinds[DIFF__MAX + 1] = {
	[DIFF_SAME] = "same",
	[DIFF_CHANGED] = "changed",
	[DIFF_DELETED] = "deleted",
	[DIFF_INSERTED] = "inserted",
	[DIFF__MAX] = NULL,
};

struct state {
	struct arena *arena; /* of the result */
	struct arena *lines_arena, *block_arena;
	struct cuts lines[SIDES];
	struct diff *diff;
	long word_steps, pair_steps;
};

/* ---- rows ----------------------------------------------------------- */

static struct diff_row *
add_row(struct state *s, enum diff_kind kind)
{
	struct diff_row *row = &s->diff->rows[s->diff->count++];

	s->diff->kinds[kind]++;
	row->kind = kind;
	return row;
}

/* Cuts of one side; what is not common is of `kind`. */
struct span {
	const struct cuts *cuts;
	size_t from, to;
	enum diff_kind kind;
};

static void
add_pieces(struct state *s, struct diff_side *side, const struct span *span)
{
	const struct cuts *c = span->cuts;
	struct diff_piece *p;
	size_t count = 0, end;

	for (size_t i = span->from; i < span->to; i++)
		count +=
		    i == span->from || c->is_common[i] != c->is_common[i - 1];
	side->pieces = p = arena_array(s->arena, count, sizeof(*p));
	side->count = count;
	for (size_t i = span->from; i < span->to; i = end, p++) {
		end = i + 1;
		while (end < span->to && c->is_common[end] == c->is_common[i])
			end++;
		p->kind = c->is_common[i] ? DIFF_SAME : span->kind;
		p->len = c->start[end] - c->start[i];
		p->text = arena_copy_n(s->arena, c->text + c->start[i], p->len);
	}
}

static void
add_line(struct state *s, enum diff_kind kind, size_t i)
{
	struct diff_row *row = add_row(s, kind);
	int which = kind == DIFF_INSERTED ? RIGHT : LEFT;
	struct diff_side *side = which == LEFT ? &row->left : &row->right;

	side->line = i + 1;
	add_pieces(s, side, &(struct span){ &s->lines[which], i, i + 1, kind });
}

/* Both sides show the same pieces. */
static void
add_same(struct state *s, size_t left, size_t right)
{
	struct diff_row *row = add_row(s, DIFF_SAME);

	s->lines[LEFT].is_common[left] = true;
	add_pieces(s, &row->left,
	    &(struct span){ &s->lines[LEFT], left, left + 1, DIFF_SAME });
	row->left.line = left + 1;
	row->right = row->left;
	row->right.line = right + 1;
}

/* ---- a block of lines that differ ----------------------------------- */

/* One side of it: lines of the text, and their words. */
struct half {
	const struct cuts *lines;
	size_t line, count; /* the first, and how many */
	struct cuts words;
	uint32_t *first;  /* word of each line, and one behind the last */
	uint32_t *sorted; /* ids of words, in order within each line */
};

struct block {
	struct half half[SIDES];
	uint32_t *weight; /* of each word, by its id: bytes, white space none */
	struct lcs *lcs;
	int32_t *partner; /* of each left line on the right, from 0; -1 none */
};

static int
compare_ids(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static void
cut_words(struct arena *a, struct half *h)
{
	const struct cuts *lines = h->lines;
	uint32_t from = lines->start[h->line];
	size_t n = 0;

	cuts_words(a, &h->words, lines->text + from,
	    lines->start[h->line + h->count] - from);
	h->first = arena_array(a, h->count + 1, sizeof(h->first[0]));
	for (size_t i = 0; i <= h->count; i++) {
		while (n < h->words.count &&
		    h->words.start[n] + from < lines->start[h->line + i])
			n++;
		h->first[i] = (uint32_t)n;
	}
}

static void
sort_words(struct arena *a, struct half *h, uint32_t *weight)
{
	const struct cuts *w = &h->words;

	h->sorted = arena_array(a, w->count, sizeof(h->sorted[0]));
	for (size_t i = 0; i < w->count; i++) {
		h->sorted[i] = w->ids[i];
		if (!w->is_blank[i] && w->text[w->start[i]] != '\n')
			weight[w->ids[i]] = (uint32_t)cuts_length(w, i);
	}
	for (size_t i = 0; i < h->count; i++)
		qsort(h->sorted + h->first[i], h->first[i + 1] - h->first[i],
		    sizeof(h->sorted[0]), compare_ids);
}

static void
block_open(struct state *s, struct block *b)
{
	struct arena *a = s->block_arena;
	struct cuts sides[SIDES];
	size_t ids, max;

	for (int i = 0; i < SIDES; i++) {
		cut_words(a, &b->half[i]);
		sides[i] = b->half[i].words;
	}
	ids = cuts_number(a, sides);
	b->weight = arena_array(a, ids, sizeof(b->weight[0]));
	for (int i = 0; i < SIDES; i++)
		sort_words(a, &b->half[i], b->weight);
	max = sides[LEFT].count > sides[RIGHT].count ? sides[LEFT].count
						     : sides[RIGHT].count;
	b->lcs = lcs_new(a, max, ids, s->word_steps);
	b->partner = arena_array(a, b->half[LEFT].count, sizeof(b->partner[0]));
}

static bool
is_equal(const struct block *b, size_t left, size_t right)
{
	const struct half *l = &b->half[LEFT], *r = &b->half[RIGHT];

	return l->lines->ids[l->line + left] == r->lines->ids[r->line + right];
}

/*
 * How much two lines have in common: bytes of the words that both have, in
 * any order, and one; 0 when that is too little to call one the other.
 */
static uint32_t
alike(const struct block *b, size_t left, size_t right)
{
	const struct half *l = &b->half[LEFT], *r = &b->half[RIGHT];
	uint32_t i = l->first[left], j = r->first[right];
	uint32_t end = l->first[left + 1], other_end = r->first[right + 1];
	uint32_t common = 0, all = 0;

	while (i < end || j < other_end) {
		uint32_t x = i < end ? l->sorted[i] : UINT32_MAX;
		uint32_t y = j < other_end ? r->sorted[j] : UINT32_MAX;

		common += x == y ? b->weight[x] : 0;
		all += x <= y ? b->weight[x] : 0;
		all += y <= x ? b->weight[y] : 0;
		i += x <= y;
		j += y <= x;
	}
	if (is_equal(b, left, right))
		return common + 1;
	return common > 0 && ALIKE_PARTS * common >= all ? common + 1 : 0;
}

/* Of all ways to pair lines in order, one that pairs the most that is alike. */
static void
pair_best(struct state *s, struct block *b)
{
	size_t n = b->half[LEFT].count, m = b->half[RIGHT].count, wide = m + 1;
	uint32_t *best =
	    arena_array(s->block_arena, (n + 1) * wide, 2 * sizeof(best[0]));
	uint32_t *pair = best + (n + 1) * wide;

	for (size_t i = n; i-- > 0;)
		for (size_t j = m; j-- > 0;) {
			uint32_t *here = &best[i * wide + j];

			pair[i * wide + j] = alike(b, i, j);
			*here = pair[i * wide + j] + here[wide + 1];
			if (pair[i * wide + j] == 0 || *here < here[wide])
				*here = here[wide];
			if (*here < here[1])
				*here = here[1];
		}
	for (size_t i = 0, j = 0; i < n && j < m;) {
		const uint32_t *here = &best[i * wide + j];
		uint32_t score = pair[i * wide + j];

		if (score > 0 && *here == score + here[wide + 1])
			b->partner[i++] = (int32_t)j++;
		else if (*here == here[wide])
			i++;
		else
			j++;
	}
}

static void
pair_in_order(struct block *b)
{
	for (size_t i = 0; i < b->half[LEFT].count; i++)
		if (i < b->half[RIGHT].count && alike(b, i, i) > 0)
			b->partner[i] = (int32_t)i;
}

static void
pair_lines(struct state *s, struct block *b)
{
	const struct half *l = &b->half[LEFT], *r = &b->half[RIGHT];
	long cost;

	for (size_t i = 0; i < l->count; i++)
		b->partner[i] = -1;
	if (l->count * r->count <= PAIRS_MAX) {
		cost = (long)(l->count * (r->words.count + r->count) +
		    r->count * l->words.count);
		if (cost <= s->pair_steps) {
			s->pair_steps -= cost;
			pair_best(s, b);
			return;
		}
	}
	pair_in_order(b);
}

/*
 * White space between two words that were changed says nothing: it is part of
 * one change.
 */
static void
join_changes(
    const struct lcs_side *l, const struct lcs_side *r, const bool *is_blank)
{
	size_t i = 0, j = 0, n;
	bool is_change, is_blank_run;

	while (i < l->count && j < r->count) {
		is_change = !l->is_common[i] || !r->is_common[j];
		while (i < l->count && !l->is_common[i])
			i++;
		while (j < r->count && !r->is_common[j])
			j++;
		is_blank_run = true;
		for (n = 0; i + n < l->count && j + n < r->count &&
		     l->is_common[i + n] && r->is_common[j + n];
		     n++)
			is_blank_run &= is_blank[i + n];
		is_change &= i + n < l->count || j + n < r->count;
		if (is_change && is_blank_run) {
			memset(l->is_common + i, false, n);
			memset(r->is_common + j, false, n);
		}
		i += n;
		j += n;
	}
}

static void
add_changed(struct state *s, const struct block *b, size_t left, size_t right)
{
	struct diff_row *row = add_row(s, DIFF_CHANGED);
	struct diff_side *shown[SIDES] = { &row->left, &row->right };
	const size_t at[SIDES] = { left, right };
	struct lcs_side sides[SIDES];
	struct span spans[SIDES];

	for (int i = 0; i < SIDES; i++) {
		const struct half *h = &b->half[i];
		size_t from = h->first[at[i]], to = h->first[at[i] + 1];

		sides[i] = (struct lcs_side){ h->words.ids + from, to - from,
			h->words.is_common + from };
		spans[i] = (struct span){ &h->words, from, to,
			i == LEFT ? DIFF_DELETED : DIFF_INSERTED };
		shown[i]->line = h->line + at[i] + 1;
	}
	lcs_mark(b->lcs, &sides[LEFT], &sides[RIGHT]);
	join_changes(&sides[LEFT], &sides[RIGHT],
	    spans[LEFT].cuts->is_blank + spans[LEFT].from);
	for (int i = 0; i < SIDES; i++)
		add_pieces(s, shown[i], &spans[i]);
}

/* Between two pairs, what was deleted stands before what was inserted. */
static void
add_block(struct state *s, struct block *b)
{
	const struct half *l = &b->half[LEFT], *r = &b->half[RIGHT];
	size_t i = 0, j = 0, to;

	for (;; i++, j++) {
		for (; i < l->count && b->partner[i] < 0; i++)
			add_line(s, DIFF_DELETED, l->line + i);
		to = i < l->count ? (size_t)b->partner[i] : r->count;
		for (; j < to; j++)
			add_line(s, DIFF_INSERTED, r->line + j);
		if (i == l->count)
			return;
		if (is_equal(b, i, j))
			add_same(s, l->line + i, r->line + j);
		else
			add_changed(s, b, i, j);
	}
}

/* ---- the whole ------------------------------------------------------ */

static bool
is_common(const struct state *s, size_t left, size_t right)
{
	const struct cuts *l = &s->lines[LEFT], *r = &s->lines[RIGHT];

	return left < l->count && l->is_common[left] && right < r->count &&
	    r->is_common[right];
}

/* Moves both sides to behind what is deleted and inserted there. */
static bool
skip_changes(const struct state *s, size_t at[SIDES])
{
	bool is_any = false;

	for (int i = 0; i < SIDES; i++)
		while (at[i] < s->lines[i].count &&
		    !s->lines[i].is_common[at[i]]) {
			at[i]++;
			is_any = true;
		}
	return is_any;
}

/*
 * The end of the block of changes that begins there.  Blank lines between two
 * changes are no landmark, so they belong to it; unless it became too large to
 * find out which line became which.
 */
static void
find_end(const struct state *s, const size_t from[SIDES], size_t to[SIDES])
{
	size_t at[SIDES] = { from[LEFT], from[RIGHT] };

	do {
		to[LEFT] = at[LEFT];
		to[RIGHT] = at[RIGHT];
		skip_changes(s, to);
		at[LEFT] = to[LEFT];
		at[RIGHT] = to[RIGHT];
		while (is_common(s, at[LEFT], at[RIGHT]) &&
		    s->lines[LEFT].is_blank[at[LEFT]]) {
			at[LEFT]++;
			at[RIGHT]++;
		}
		if (!skip_changes(s, at))
			return;
	} while (
	    (at[LEFT] - from[LEFT]) * (at[RIGHT] - from[RIGHT]) <= PAIRS_MAX);
}

static void
add_changes(struct state *s, const size_t from[SIDES], const size_t to[SIDES])
{
	struct block b = { .lcs = NULL };

	for (int i = 0; i < SIDES; i++) {
		b.half[i].lines = &s->lines[i];
		b.half[i].line = from[i];
		b.half[i].count = to[i] - from[i];
		for (size_t n = from[i]; n < to[i]; n++)
			s->lines[i].is_common[n] = false;
	}
	block_open(s, &b);
	pair_lines(s, &b);
	add_block(s, &b);
	s->word_steps = lcs_left(b.lcs);
	arena_reset(s->block_arena);
}

static void
add_rows(struct state *s)
{
	size_t at[SIDES] = { 0, 0 }, to[SIDES];

	while (at[LEFT] < s->lines[LEFT].count ||
	    at[RIGHT] < s->lines[RIGHT].count) {
		if (is_common(s, at[LEFT], at[RIGHT])) {
			add_same(s, at[LEFT]++, at[RIGHT]++);
			continue;
		}
		find_end(s, at, to);
		add_changes(s, at, to);
		at[LEFT] = to[LEFT];
		at[RIGHT] = to[RIGHT];
	}
}

static void
compare(struct state *s)
{
	struct lcs_side sides[SIDES];
	size_t ids = cuts_number(s->lines_arena, s->lines), max = 0;

	for (int i = 0; i < SIDES; i++) {
		const struct cuts *c = &s->lines[i];

		sides[i] = (struct lcs_side){ c->ids, c->count, c->is_common };
		max = c->count > max ? c->count : max;
	}
	lcs_mark(lcs_new(s->lines_arena, max, ids, LINE_STEPS), &sides[LEFT],
	    &sides[RIGHT]);
	add_rows(s);
}

enum err
diff_texts(struct arena *a, const char *left, size_t left_len,
    const char *right, size_t right_len, struct diff **out)
{
	struct state s = {
		.arena = a, .word_steps = WORD_STEPS, .pair_steps = PAIR_STEPS
	};

	*out = NULL;
	if (left_len > DIFF_BYTES_MAX || right_len > DIFF_BYTES_MAX) {
		log_line(LOG_WARNING, "diff", "texts of %zu and %zu bytes",
		    left_len, right_len);
		return ERR_TOO_LARGE;
	}
	s.lines_arena = arena_new(SCRATCH_BYTES);
	s.block_arena = arena_new(SCRATCH_BYTES);
	cuts_lines(s.lines_arena, &s.lines[LEFT], left, left_len);
	cuts_lines(s.lines_arena, &s.lines[RIGHT], right, right_len);
	s.diff = arena_alloc(a, sizeof(*s.diff));
	s.diff->rows =
	    arena_array(a, s.lines[LEFT].count + s.lines[RIGHT].count,
		sizeof(s.diff->rows[0]));
	compare(&s);
	arena_free(s.lines_arena);
	arena_free(s.block_arena);
	*out = s.diff;
	return ERR_OK;
}

void
diff_fold(struct diff *d, size_t context)
{
	size_t end, before, behind;

	for (size_t i = 0; i < d->count; i = end) {
		d->rows[i].folded = 0;
		for (end = i; end < d->count && d->rows[end].kind == DIFF_SAME;
		     end++)
			d->rows[end].folded = 0;
		before = i > 0 ? context : 0;
		behind = end < d->count ? context : 0;
		if (end - i > before && end - i - before > behind &&
		    end - i - before - behind > 1)
			d->rows[i + before].folded = end - i - before - behind;
		end += end == i;
	}
}
