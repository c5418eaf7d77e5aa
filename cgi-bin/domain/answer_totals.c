/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What other readers see of the answers: sums by sector.  A sum over fewer
 * than five organisations is left out; and so is one from which, with the
 * sums that are shown, one over fewer than five can be told by subtraction:
 * everybody knows who is in which sector.
 */
#include <string.h>

#include "domain/answer_store.h"
#include "domain/list.h"
#include "domain/sector.h"

enum { SQL_ANSWERS, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	/*
	 * Whoever a circle brings it to and may still read it; and of TLP:CLEAR
	 * those others who have answered.  Auditors and the keeper are not
	 * asked.
	 */
	[SQL_ANSWERS] =
	    "WITH " ACCESS_WHO ", " ANSWER_ITEM ", " ACCESS_READERS
	    " SELECT o.id, o.sectors, w.state FROM item, organisation o"
	    " LEFT JOIN answer w ON w.advisory = $4 AND w.organisation = o.id"
	    " WHERE item.label < 4 AND o.id <> item.organisation"
	    " AND o.kind IN ('operator', 'institution')"
	    " AND EXISTS (SELECT 1 FROM readers r WHERE r.organisation = o.id"
	    " AND (r.via <> 0 OR w.state IS NOT NULL))",
};

struct member {
	int64_t		  sectors;
	bool		  has_answer;
	enum answer_state state;
};

/* All of them, as a sector is bit n of a mask; -1 is everybody. */
static bool
is_in(const struct member *m, int sector)
{
	return sector < 0 || (m->sectors >> sector & 1) != 0;
}

struct sums {
	const struct member  *members;
	size_t		      count;
	struct answer_totals *shown; /* at most all sectors and the whole */
	size_t		      shown_count;
};

static bool
is_within(const struct sums *s, int inner, int outer)
{
	for (size_t i = 0; i < s->count; i++)
		if (is_in(&s->members[i], inner) &&
		    !is_in(&s->members[i], outer))
			return false;
	return true;
}

/* In `outer`, but neither in `a` nor in a shown sector within `outer`. */
static int64_t
rest(const struct sums *s, int outer, int a)
{
	int64_t n = 0;
	bool is_covered;

	for (size_t i = 0; i < s->count; i++) {
		if (!is_in(&s->members[i], outer))
			continue;
		is_covered = a != outer && is_in(&s->members[i], a);
		for (size_t k = 0; !is_covered && k < s->shown_count; k++)
			is_covered = s->shown[k].sector != outer &&
			    is_in(&s->members[i], s->shown[k].sector) &&
			    is_within(s, s->shown[k].sector, outer);
		if (!is_covered)
			n++;
	}
	return n;
}

/* In `outer` without being in `inner`. */
static int64_t
difference(const struct sums *s, int outer, int inner)
{
	int64_t n = 0;

	for (size_t i = 0; i < s->count; i++)
		n += is_in(&s->members[i], outer) &&
		    !is_in(&s->members[i], inner);
	return n;
}

static bool
is_small(int64_t n)
{
	return n > 0 && n < ANSWER_TOTALS_FROM;
}

/* Would showing this sum, too, tell of fewer than five? */
static bool
tells_of_few(const struct sums *s, int sector)
{
	int other;

	if (is_small(rest(s, sector, sector)))
		return true;
	for (size_t k = 0; k < s->shown_count; k++) {
		other = s->shown[k].sector;
		if (is_within(s, sector, other) &&
		    (is_small(difference(s, other, sector)) ||
			is_small(rest(s, other, sector))))
			return true;
		if (is_within(s, other, sector) &&
		    is_small(difference(s, sector, other)))
			return true;
	}
	return false;
}

static void
sum_up(struct sums *s, int sector)
{
	struct answer_totals *t = &s->shown[s->shown_count];

	memset(t, 0, sizeof(*t));
	t->sector = sector;
	for (size_t i = 0; i < s->count; i++) {
		if (!is_in(&s->members[i], sector))
			continue;
		t->organisations++;
		if (s->members[i].has_answer)
			t->count[s->members[i].state]++;
		else
			t->silent++;
	}
	if (t->organisations >= ANSWER_TOTALS_FROM && !tells_of_few(s, sector))
		s->shown_count++;
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
		m->sectors = db_col_int(rows, 1);
		m->has_answer = answer_state_from_word(
		    db_col_peek(rows, 2, NULL), &m->state);
	}
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
	s.shown =
	    arena_array(ctx->arena, SECTOR_COUNT + 1, sizeof(*s.shown));
	for (int sector = 0; sector < SECTOR_COUNT; sector++)
		sum_up(&s, sector);
	/* The whole comes last: a sector says more. */
	sum_up(&s, -1);
	*out = s.shown;
	*n = s.shown_count;
	return ERR_OK;
}
