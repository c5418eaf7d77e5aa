/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an organisation says it did about an advisory: changeable, with its
 * history.  The source sees each; others see totals by sector, and those
 * only from five organisations up.
 */
#ifndef DOMAIN_ANSWER_H
#define DOMAIN_ANSWER_H

#include "domain/advisory.h"
#include "domain/ctx.h"

enum answer_state {
	ANSWER_EXAMINING,
	ANSWER_UNAFFECTED,
	ANSWER_MITIGATING,
	ANSWER_MITIGATED,
	ANSWER__MAX
};
extern const char *const answer_states[ANSWER__MAX + 1];

enum {
	ANSWER_TOTALS_FROM = 5,	  /* organisations */
	ANSWER_COMMENT_MAX = 2000 /* characters */
};

struct answer {
	enum answer_state state;
	char *comment;
	int64_t done_by_at;
	int revision;
	char *person_name;
	int64_t answered_at;
};

/*
 * The actor's organisation answers; it may change its mind.  ERR_STATE when
 * the advisory is withdrawn, a draft, or its own; ERR_NOT_FOUND when access
 * to it has ended; ERR_INVALID: a comment that is too long or no text.
 */
enum err answer_give(struct ctx *, const struct advisory *, enum answer_state,
    const char *comment, int64_t done_by_at);

/* Of the actor's organisation: NULL none; history newest first. */
enum err answer_own(struct ctx *, const struct advisory *, struct answer **);
enum err answer_history(
    struct ctx *, const struct advisory *, struct answer **, size_t *n);

struct answer_row {
	char *organisation_ref, *organisation_name, *country;
	int64_t sectors;
	struct answer *answer; /* NULL: none yet */
	int64_t readers;       /* people who have opened it */
	int64_t first_at;      /* first opened, 0 never */
	bool is_present;       /* has opened the newest revision */
	bool may_read;	       /* false: lost access since it answered */
};
/*
 * For the source alone (ERR_NOT_FOUND else): the organisations whom a circle
 * brings it now, and all that have opened or answered it.
 */
enum err answer_table(
    struct ctx *, const struct advisory *, struct answer_row **, size_t *n);

struct answer_totals {
	int sector;	       /* row of sector_words; -1 all together */
	int64_t organisations; /* that may read it, at least five */
	int64_t count[ANSWER__MAX];
	int64_t silent;
};
/*
 * For other readers: sectors with fewer than five organisations are left
 * out, and so is the whole when it has fewer; also what would tell of fewer
 * than five by subtraction.  Sectors in the order of their table, the whole
 * last.  None of TLP:RED.
 */
enum err answer_totals(
    struct ctx *, const struct advisory *, struct answer_totals **, size_t *n);

/*
 * The picture of a sector over the days since `since_at`: the advisories
 * published to its circle (not RED, not withdrawn), and over all pairs of
 * such an advisory that asks for an answer, or has one, and an organisation
 * that has a grant to the circle for it now: how it answered.  Not the own
 * advisories of an organisation.  The same for everybody; for members.
 * has_totals is false below five organisations beside those that published,
 * and its counts are then 0.
 */
struct sector_picture {
	int sector;
	int64_t advisories;
	int64_t organisations;
	bool has_totals;
	int64_t done;  /* answers mitigated or not affected */
	int64_t going; /* examining, being mitigated */
	int64_t silent;
};
enum err sector_picture(
    struct ctx *, int sector, int64_t since_at, struct sector_picture *);

#endif
