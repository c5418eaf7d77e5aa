/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What other readers see of the answers: sums by sector.  A sum over fewer
 * than five organisations is left out; and so is one from which, with the
 * sums that are shown, one over fewer than five could be computed: everybody
 * knows who is in which sector.
 */
#include <stdlib.h>
#include <string.h>

#include "domain/answer_store.h"
#include "domain/list.h"
#include "domain/sector.h"

enum { SQL_ANSWERS, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	/*
	 * Whoever a circle brings it to and may still read it; and of TLP:CLEAR
	 * those others who have answered.  Auditors and the keeper are not
	 * asked.  An organisation comes once a circle.
	 */
	[SQL_ANSWERS] =
	    "WITH " ACCESS_WHO ", " ANSWER_ITEM ", " ACCESS_READERS
	    " SELECT o.id, o.sectors, w.state FROM item CROSS JOIN readers r"
	    " CROSS JOIN organisation o"
	    " LEFT JOIN answer w ON w.advisory = $4 AND w.organisation = o.id"
	    " WHERE item.label < 4 AND o.id = r.organisation"
	    " AND o.id <> item.organisation"
	    " AND o.kind IN ('operator', 'institution')"
	    " AND (r.via <> 0 OR w.state IS NOT NULL)",
};

/* A sum is a bit: a sector's own, and behind them the whole. */
enum { WHOLE = SECTOR_COUNT, SUMS };
_Static_assert(SUMS <= 32, "sums are bits of 32");

struct member {
	int64_t organisation;
	uint32_t in; /* sums */
	bool has_answer;
	enum answer_state state;
};

struct sums {
	const struct member *members;
	size_t count;
	uint32_t told; /* sums shown, but for what follows */
	struct answer_totals *shown;
	size_t shown_count;
};

static bool
has(uint32_t sums, int one)
{
	return (sums >> one & 1) != 0;
}

static bool
is_within(const struct sums *s, int inner, int outer)
{
	for (size_t i = 0; i < s->count; i++)
		if (has(s->members[i].in, inner) &&
		    !has(s->members[i].in, outer))
			return false;
	return true;
}

/* Who of all these sums is in one alone. */
static int64_t
alone_in(const struct sums *s, int one, uint32_t sums)
{
	int64_t n = 0;

	for (size_t i = 0; i < s->count; i++)
		n += (s->members[i].in & sums) == (uint32_t)1 << one;
	return n;
}

/*
 * May these be known together?  They may when one of them has five whom no
 * other has, and so again among the others, down to the last.  For whatever
 * is computed of them: the first of its terms to be taken away so has five
 * whom no other term has, and the result is about these five at least.
 */
static bool
is_safe(const struct sums *s, uint32_t sums)
{
	bool is_less = true;

	while (is_less && sums != 0) {
		is_less = false;
		for (int i = 0; i < SUMS; i++) {
			if (!has(sums, i) ||
			    alone_in(s, i, sums) < ANSWER_TOTALS_FROM)
				continue;
			sums &= ~((uint32_t)1 << i);
			is_less = true;
		}
	}
	return sums == 0;
}

/* Can be computed anyway: sums that have nobody in common, put together. */
static bool
follows(const struct sums *s, int sum)
{
	uint32_t parts = 0, largest = 0;

	for (int i = 0; i < SUMS; i++)
		if (has(s->told, i) && is_within(s, i, sum))
			parts |= (uint32_t)1 << i;
	largest = parts;
	for (int i = 0; i < SUMS; i++)
		for (int k = 0; k < SUMS; k++)
			if (i != k && has(parts, i) && has(parts, k) &&
			    is_within(s, i, k))
				largest &= ~((uint32_t)1 << i);
	for (size_t i = 0; i < s->count; i++)
		if (has(s->members[i].in, sum) &&
		    __builtin_popcount(s->members[i].in & largest) != 1)
			return false;
	return true;
}

static bool
may_tell(struct sums *s, int sum)
{
	const uint32_t more = s->told | (uint32_t)1 << sum;

	if (follows(s, sum))
		return true;
	if (!is_safe(s, more))
		return false;
	s->told = more;
	return true;
}

static void
sum_up(struct sums *s, int sum)
{
	struct answer_totals *t = &s->shown[s->shown_count];

	memset(t, 0, sizeof(*t));
	t->sector = sum == WHOLE ? -1 : sum;
	for (size_t i = 0; i < s->count; i++) {
		if (!has(s->members[i].in, sum))
			continue;
		t->organisations++;
		if (s->members[i].has_answer)
			t->count[s->members[i].state]++;
		else
			t->silent++;
	}
	if (t->organisations >= ANSWER_TOTALS_FROM && may_tell(s, sum))
		s->shown_count++;
}

static int
by_organisation(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return (x->organisation > y->organisation) -
	    (x->organisation < y->organisation);
}

/* Each once; how many there are. */
static size_t
unique(struct member *all, size_t n)
{
	size_t kept = 0;

	if (n == 0)
		return 0;
	qsort(all, n, sizeof(*all), by_organisation);
	for (size_t i = 1; i < n; i++)
		if (all[i].organisation != all[kept].organisation)
			all[++kept] = all[i];
	return kept + 1;
}

static enum err
members(struct ctx *ctx, int64_t advisory, struct sums *s)
{
	struct member *all = NULL, *m;
	struct db_rows *rows = db_query(ctx->db, sql[SQL_ANSWERS],
	    DB_ARGS(ACCESS_READER(ctx), db_i(advisory)));

	while (db_next(rows)) {
		all = list_room(ctx->arena, all, s->count, sizeof(*all));
		m = &all[s->count++];
		m->organisation = db_col_int(rows, 0);
		m->in = ((uint32_t)db_col_int(rows, 1) &
			    (((uint32_t)1 << SECTOR_COUNT) - 1)) |
		    (uint32_t)1 << WHOLE;
		m->has_answer = answer_state_from_word(
		    db_col_peek(rows, 2, NULL), &m->state);
	}
	s->count = unique(all, s->count);
	s->members = all;
	return db_done(rows);
}

enum err
answer_totals(struct ctx *ctx, const struct advisory *a,
    struct answer_totals **out, size_t *n)
{
	struct sums s = { 0 };
	enum err rc;

	*out = NULL;
	*n = 0;
	if ((rc = members(ctx, a->id, &s)) != ERR_OK)
		return rc;
	s.shown = arena_array(ctx->arena, SUMS, sizeof(*s.shown));
	/* The whole comes last: a sector says more. */
	for (int sum = 0; sum < SUMS; sum++)
		sum_up(&s, sum);
	*out = s.shown;
	*n = s.shown_count;
	return ERR_OK;
}
