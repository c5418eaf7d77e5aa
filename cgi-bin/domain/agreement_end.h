/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An agreement in force: how it ends, how a party stands in it, and who loses
 * what.  Each act changes access at its instant and is a record.
 *
 * Decided here:
 * - Notice counts from the instant it is given: the party leaves `notice_days`
 *   days later, to the second.  With three parties or more it leaves alone;
 *   when fewer than two would stay, the agreement ends for all at that moment.
 *   A charter, which has one party, ends so too.
 * - Any party may suspend another one, or itself, at once and with a reason:
 *   whoever sees that a partner is compromised must not wait for a vote.
 *   It stays a party and may sign; its grant is closed.  Any other party
 *   resumes it; who suspended itself also resumes itself.  While it is
 *   suspended, it neither suspends nor resumes others.  A successor that is
 *   signed and begins later begins so: what is done here is done there, too,
 *   if who does it could do it there.  The keeper, who reads no agreements,
 *   suspends organisations, and so all they hold.
 * - To end at once needs the yes of every party that has not left, also of one
 *   that another party suspended, which says it like the others: else one
 *   party would suspend the others and end it alone.  Only organisations that
 *   the keeper suspended, who cannot answer, are not waited for.
 * A charter is neither terminated nor suspended (the keeper suspends the
 * organisation); what is on paper ends on paper.
 *
 * All but the last three: for a signatory of a party that has not left
 * (ERR_FORBIDDEN without the role).  ERR_STATE: not possible in this state, or
 * done already.  `version` is the number that the page showed: ERR_STALE.
 * `why` is told to the other parties, at most AGREEMENT_WHY_MAX characters:
 * ERR_INVALID when it is empty, too long or no text.
 */
#ifndef DOMAIN_AGREEMENT_END_H
#define DOMAIN_AGREEMENT_END_H

#include "domain/agreement.h"

/* *leaves_at is when access closes; *is_for_all whether the agreement ends. */
enum err agreement_notice(struct ctx *, const char *ref, int version,
    const char *why, int64_t *leaves_at, bool *is_for_all);

/* What notice given now would do, for the page before; changes nothing. */
enum err agreement_notice_effect(
    struct ctx *, const char *ref, int64_t *leaves_at, bool *is_for_all);

/* Says yes to ending it at once; *is_last: it has ended. */
enum err
agreement_terminate(struct ctx *, const char *ref, int version, bool *is_last);
/* Takes the own yes back, while others are missing. */
enum err agreement_keep(struct ctx *, const char *ref, int version);

/* `party` is an organisation's ref; ERR_NOT_FOUND: not a party. */
enum err agreement_suspend(struct ctx *, const char *ref, int version,
    const char *party, const char *why);
enum err
agreement_resume(struct ctx *, const char *ref, int version, const char *party);

struct agreement_loss_row {
	char *organisation_ref, *organisation_name;
	bool is_own;
	int64_t people;	      /* active ones */
	int64_t items;	      /* published, of others, seen by the actor, that
			   none of them could read any more: other grants may
			   still cover */
	int64_t has_until_at; /* when its access ends anyway; 0: never */
};

struct agreement_loss {
	struct circle *circles; /* that close */
	size_t circle_count;
	struct agreement_loss_row *rows; /* of who has access now, in order */
	size_t count;
	int64_t people;
};

/*
 * Who would lose what if it ended now: the access rule as if its grants were
 * gone.  `party` NULL: for all.  For parties.
 */
enum err agreement_loss(
    struct ctx *, const char *ref, const char *party, struct agreement_loss **);

struct agreement_event {
	char *kind; /* record_kind_name(), e.g. "agreement.signed" */
	int64_t at;
	char *organisation_name; /* NULL: the console */
	char *person_name;	 /* NULL: the console */
	char *party_name;	 /* who was suspended or resumed, else NULL */
	int version;		 /* 0: not about one */
	char *agreement_ref, *agreement_title;
};

/*
 * What was done, newest first, at most the last 1,000; for parties.  What can
 * be asked for and taken back again has no end.
 */
enum err agreement_history(
    struct ctx *, const char *ref, struct agreement_event **, size_t *n);

/*
 * What others did in the own organisation's agreements since then, newest
 * first, at most 50: the notices on "Today".
 */
enum err agreement_news(
    struct ctx *, int64_t since_at, struct agreement_event **, size_t *n);

#endif
