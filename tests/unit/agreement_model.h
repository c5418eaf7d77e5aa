/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DESIGN §2 once more, as simply as it can be said: what happened to each
 * agreement is noted, and who reads what is asked of these notes.  No grants,
 * no SQL; nothing of the domain but the limits of its types.
 */
#ifndef UNIT_AGREEMENT_MODEL_H
#define UNIT_AGREEMENT_MODEL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
	MODEL_ORGS = 6,
	MODEL_AGREEMENTS = 600,
	MODEL_CIRCLES = 600,
	MODEL_NONE = -1
};

#define MODEL_DAY ((int64_t)86400 * 1000000)

enum model_state { MODEL_PROPOSED, MODEL_SIGNED, MODEL_WITHDRAWN };

struct model_party {
	int org;
	bool has_signed, is_suspended, is_ending, has_notice;
	int suspended_by;
	int64_t suspended_at;
	int64_t leaves; /* 0: does not */
};

struct model_terms {
	int label, circle; /* MODEL_NONE: a new one */
	int64_t from, until;
	int notice_days;
	bool is_sequence;
	int orgs[MODEL_ORGS];
	int n;
};

struct model_agreement {
	char ref[24];
	enum model_state state;
	bool is_charter, is_paper;
	int proposer, version;
	int replaces;
	bool is_renewal;
	struct model_terms terms;
	struct model_party party[MODEL_ORGS];
	int n;
	int64_t from, until; /* once signed; until 0: open */
	int circles[3], circle_count;
};

struct model {
	int64_t now;
	bool is_suspended[MODEL_ORGS]; /* by the keeper */
	struct model_agreement a[MODEL_AGREEMENTS];
	int count;
};

/* ---- standing ---------------------------------------------------------- */

static inline struct model_party *
model_party(struct model_agreement *a, int org)
{
	for (int i = 0; i < a->n; i++)
		if (a->party[i].org == org)
			return &a->party[i];
	return NULL;
}

static inline bool
model_is_open(const struct model *m, const struct model_agreement *a)
{
	return a->state == MODEL_SIGNED && (a->until == 0 || a->until > m->now);
}

/* Has not left; where it has ended: stayed to the end. */
static inline bool
model_stays(const struct model *m, const struct model_agreement *a,
    const struct model_party *p)
{
	return p != NULL &&
	    (p->leaves == 0 || p->leaves > m->now ||
		(a->until != 0 && p->leaves >= a->until));
}

static inline bool
model_may_act(struct model *m, struct model_agreement *a, int org)
{
	return model_is_open(m, a) && !a->is_paper &&
	    model_stays(m, a, model_party(a, org));
}

/* ---- THE rule ---------------------------------------------------------- */

/* The highest label at which an organisation has a circle now, or -1. */
static inline int
model_reach(struct model *m, int org, int circle)
{
	int best = -1;

	if (m->is_suspended[org])
		return -1;
	for (int i = 0; i < m->count; i++) {
		struct model_agreement *a = &m->a[i];
		const struct model_party *p = model_party(a, org);

		if (!model_is_open(m, a) || a->from > m->now || p == NULL ||
		    p->is_suspended || (p->leaves != 0 && p->leaves <= m->now))
			continue;
		for (int c = 0; c < a->circle_count; c++)
			if (a->circles[c] == circle && a->terms.label > best)
				best = a->terms.label;
	}
	return best;
}

/* ---- what is possible -------------------------------------------------- */

static inline bool
model_names(const struct model_terms *t, int org)
{
	for (int i = 0; i < t->n; i++)
		if (t->orgs[i] == org)
			return true;
	return false;
}

/* Everybody who stands in `a` is among those. */
static inline bool
model_all_named(
    struct model *m, struct model_agreement *a, const struct model_terms *t)
{
	for (int i = 0; i < a->n; i++)
		if (model_stays(m, a, &a->party[i]) &&
		    !model_names(t, a->party[i].org))
			return false;
	return true;
}

/* Nobody's items are opened to others without their signature. */
static inline bool
model_complete(struct model *m, const struct model_agreement *self,
    const struct model_terms *t)
{
	bool is_held = false;

	if (self->replaces != MODEL_NONE &&
	    !model_all_named(m, &m->a[self->replaces], t))
		return false;
	if (t->circle == MODEL_NONE)
		return true;
	for (int i = 0; i < m->count; i++) {
		struct model_agreement *a = &m->a[i];

		if (!model_is_open(m, a) || a->is_charter ||
		    a->circles[0] != t->circle)
			continue;
		is_held = true;
		if (!model_all_named(m, a, t))
			return false;
	}
	return is_held || self->replaces != MODEL_NONE;
}

static inline bool
model_has_charter(const struct model *m, int org, bool may_wait)
{
	for (int i = 0; i < m->count; i++) {
		const struct model_agreement *a = &m->a[i];

		if (!a->is_charter || a->proposer != org)
			continue;
		if ((model_is_open(m, a) && a->from <= m->now) ||
		    (may_wait && a->state == MODEL_PROPOSED))
			return true;
	}
	return false;
}

/* Writes, proposes and signs. */
static inline bool
model_is_member(const struct model *m, int org)
{
	return !m->is_suspended[org] && model_has_charter(m, org, false);
}

static inline bool
model_may_propose(struct model *m, const struct model_agreement *a,
    const struct model_terms *t, int org)
{
	if (t->n < 2 || !model_names(t, org) || !model_names(t, a->proposer))
		return false;
	for (int i = 0; i < t->n; i++)
		if (m->is_suspended[t->orgs[i]] ||
		    !model_has_charter(m, t->orgs[i], true))
			return false;
	if (t->until != 0 && (t->until <= m->now || t->until <= t->from))
		return false;
	if (a->is_renewal && t->until != 0 &&
	    t->until <= m->a[a->replaces].until)
		return false;
	return model_complete(m, a, t);
}

static inline bool
model_has_successor(const struct model *m, int which)
{
	for (int i = 0; i < m->count; i++)
		if (m->a[i].replaces == which &&
		    m->a[i].state != MODEL_WITHDRAWN)
			return true;
	return false;
}

/* Whether or not the keeper suspended somebody who has signed. */
static inline bool
model_all_have_charters(const struct model *m, const struct model_agreement *a)
{
	for (int i = 0; i < a->n; i++)
		if (!model_has_charter(m, a->party[i].org, false))
			return false;
	return true;
}

static inline bool
model_may_sign(struct model *m, struct model_agreement *a, int org)
{
	const struct model_party *p = model_party(a, org);
	int missing = 0;

	if (a->state != MODEL_PROPOSED || p == NULL || p->has_signed)
		return false;
	for (int i = 0; a->terms.is_sequence && &a->party[i] != p; i++)
		if (!a->party[i].has_signed)
			return false;
	if (a->terms.until != 0 && a->terms.until <= m->now)
		return false;
	if (a->is_charter)
		return true;
	for (int i = 0; i < a->n; i++)
		missing += !a->party[i].has_signed;
	return model_is_member(m, org) && model_complete(m, a, &a->terms) &&
	    (missing > 1 || model_all_have_charters(m, a));
}

/* ---- what happens ------------------------------------------------------ */

static inline void
model_version(struct model_agreement *a, const struct model_terms *t)
{
	a->state = MODEL_PROPOSED;
	a->version++;
	a->terms = *t;
	a->n = t->n;
	memset(a->party, 0, sizeof(a->party));
	for (int i = 0; i < t->n; i++)
		a->party[i].org = t->orgs[i];
}

/* Who was suspended in what it replaces stays so. */
static inline void
model_stay_suspended(struct model_agreement *a, struct model_agreement *before)
{
	const struct model_party *p;

	for (int i = 0; i < a->n; i++) {
		p = model_party(before, a->party[i].org);
		if (p == NULL || !p->is_suspended)
			continue;
		a->party[i].is_suspended = true;
		a->party[i].suspended_by = p->suspended_by;
		a->party[i].suspended_at = p->suspended_at;
	}
}

static inline bool
model_has_circle(const struct model_agreement *a, int circle)
{
	for (int c = 0; c < a->circle_count; c++)
		if (a->circles[c] == circle)
			return true;
	return false;
}

/* Who is suspended by others where the same circle is open stays so. */
static inline void
model_suspended_there(struct model *m, struct model_agreement *a)
{
	const struct model_party *p;

	if (a->is_charter || a->terms.circle == MODEL_NONE)
		return;
	for (int i = 0; i < m->count; i++) {
		struct model_agreement *o = &m->a[i];

		if (o == a || !model_is_open(m, o) ||
		    !model_has_circle(o, a->terms.circle))
			continue;
		for (int j = 0; j < a->n; j++) {
			p = model_party(o, a->party[j].org);
			if (!model_stays(m, o, p) || !p->is_suspended ||
			    p->suspended_by == p->org ||
			    (a->party[j].is_suspended &&
				a->party[j].suspended_at > p->suspended_at))
				continue;
			a->party[j].is_suspended = true;
			a->party[j].suspended_by = p->suspended_by;
			a->party[j].suspended_at = p->suspended_at;
		}
	}
}

static inline void
model_end(struct model_agreement *a, int64_t at)
{
	if (a->until == 0 || a->until > at)
		a->until = at;
}

/* True: it was the last one. */
static inline bool
model_sign(struct model *m, struct model_agreement *a, int org)
{
	model_party(a, org)->has_signed = true;
	for (int i = 0; i < a->n; i++)
		if (!a->party[i].has_signed)
			return false;
	model_suspended_there(m, a);
	a->state = MODEL_SIGNED;
	a->from = a->terms.from > m->now ? a->terms.from : m->now;
	a->until = a->terms.until;
	if (a->replaces != MODEL_NONE) {
		model_end(&m->a[a->replaces], a->from);
		model_stay_suspended(a, &m->a[a->replaces]);
	}
	return true;
}

/* Not yet, or by itself alone. */
static inline bool
model_may_suspend(const struct model_party *p, int org)
{
	return !p->is_suspended || (p->suspended_by == p->org && org != p->org);
}

/* In this one; who is suspended there itself, or not there, can do nothing. */
static inline void
model_stand(struct model *m, struct model_agreement *a, int org, int on,
    bool is_suspended, int64_t since)
{
	struct model_party *p = model_party(a, on), *own = model_party(a, org);

	if (!model_may_act(m, a, org) || p == NULL ||
	    (p->leaves != 0 && p->leaves <= m->now) ||
	    (org != on && own->is_suspended))
		return;
	if (is_suspended ? !model_may_suspend(p, org) : !p->is_suspended)
		return;
	if (!is_suspended && p->suspended_at != since)
		return;
	p->is_suspended = is_suspended;
	p->suspended_by = org;
	p->suspended_at = m->now;
}

/* … and in all that is signed to follow it. */
static inline void
model_stand_on(struct model *m, struct model_agreement *a, int org, int on,
    bool is_suspended)
{
	const int64_t since = model_party(a, on)->suspended_at;
	int which = (int)(a - m->a);

	model_stand(m, a, org, on, is_suspended, since);
	for (int i = which + 1; i < m->count; i++) {
		if (m->a[i].replaces != which || m->a[i].state != MODEL_SIGNED)
			continue;
		model_stand(m, &m->a[i], org, on, is_suspended, since);
		which = i;
	}
}

static inline void
model_notice(struct model *m, struct model_agreement *a, int org)
{
	struct model_party *p = model_party(a, org);
	int64_t last = 0;
	int staying = 0;

	p->has_notice = true;
	p->leaves = m->now + a->terms.notice_days * MODEL_DAY;
	if (a->until != 0 && p->leaves > a->until)
		p->leaves = a->until;
	for (int i = 0; i < a->n; i++) {
		if (a->party[i].leaves == 0)
			staying++;
		else if (a->party[i].leaves > last)
			last = a->party[i].leaves;
	}
	if (staying < 2)
		model_end(a, last);
}

static inline void
model_agree_to_end(struct model *m, struct model_agreement *a, int org)
{
	model_party(a, org)->is_ending = true;
	for (int i = 0; i < a->n; i++) {
		const struct model_party *p = &a->party[i];

		if (!p->is_ending && !m->is_suspended[p->org] &&
		    (p->leaves == 0 || p->leaves > m->now))
			return;
	}
	model_end(a, m->now);
}

#endif
