/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the sources of agreements share, and organisation.c with them; nobody
 * else includes it.  Everything that writes is inside of the caller's
 * transaction, and leaves the record to the caller.
 */
#ifndef DOMAIN_AGREEMENT_STORE_H
#define DOMAIN_AGREEMENT_STORE_H

#include <jansson.h>

#include "domain/agreement.h"
#include "domain/record.h"

/* clang-format off */

/*
 * The party p of the agreement a has not left: not yet now, or it stayed to
 * the end.  `now` is a placeholder that appeared before.
 */
#define AGREEMENT_STAYS(p, a, now) \
	"(" p ".leaves_at IS NULL OR " p ".leaves_at > " now \
	" OR " p ".leaves_at >= " a ".until_at)"

/* The agreement a is signed and has not ended. */
#define AGREEMENT_IS_OPEN(a, now) \
	a ".state = 'signed'" \
	" AND (" a ".until_at IS NULL OR " a ".until_at > " now ")"

/*
 * The organisation, an expression, has a charter in force, whether the keeper
 * suspended it or not; or is offered one.  `now` as above.
 */
#define AGREEMENT_HAS_CHARTER(organisation_id, now) \
	"EXISTS (SELECT 1 FROM agreement ch WHERE ch.kind = 'charter'" \
	" AND ch.organisation = " organisation_id " AND ch.from_at <= " now \
	" AND " AGREEMENT_IS_OPEN("ch", now) ")"
#define AGREEMENT_CHARTER_OFFERED(organisation_id) \
	"EXISTS (SELECT 1 FROM agreement ch WHERE ch.kind = 'charter'" \
	" AND ch.organisation = " organisation_id " AND ch.state = 'proposed')"

/* It has, and the keeper did not: of who acts. */
#define AGREEMENT_IS_MEMBER(organisation_id, now) \
	"EXISTS (SELECT 1 FROM organisation m WHERE m.state = 'admitted'" \
	" AND m.id = " organisation_id \
	" AND " AGREEMENT_HAS_CHARTER("m.id", now) ")"

/* When it is over for the party p: by its own notice, or for all. */
#define AGREEMENT_ENDS(p, a) \
	"CASE WHEN " p ".leaves_at IS NOT NULL AND (" a ".until_at IS NULL" \
	" OR " p ".leaves_at < " a ".until_at)" \
	" THEN " p ".leaves_at ELSE " a ".until_at END"

/*
 * What agreement_terms_fill() reads of the version v, its circle vc and its
 * auditor va, joined by AGREEMENT_TERMS_FROM.
 */
#define AGREEMENT_TERMS \
	"vc.ref, v.circle_name, v.sectors, v.max_label, v.sharing," \
	" v.from_at, v.until_at, v.notice_days, va.ref, v.auditor_name," \
	" v.signing_order, v.audit_families, v.audit_from_at"
#define AGREEMENT_TERMS_FROM \
	" LEFT JOIN circle vc ON vc.id = v.circle" \
	" LEFT JOIN organisation va ON va.id = v.auditor"
enum { AGREEMENT_TERMS_COLUMNS = 13 };

/* clang-format on */

/* `column` is the first of AGREEMENT_TERMS. */
void agreement_terms_fill(
    struct ctx *, struct db_rows *, int column, struct agreement_terms *);

/* A word of a table that the CHECKs of the schema know, too. */
int agreement_word(
    struct db_rows *, int column, const char *const *words, int when_null);

enum agreement_state agreement_state_of(
    const char *word, int64_t from_at, int64_t until_at, int64_t now_at);

/* ---- loading for an act ------------------------------------------------ */

/*
 * As agreement_load(), for a party that has not left; a draft's organisation
 * counts.  `roles`: any of these, else ERR_FORBIDDEN, after ERR_NOT_FOUND.
 * `version` must count, unless it is -1: ERR_STALE.  The act must be possible:
 * ERR_STATE, ERR_CHARTER.
 */
struct agreement_demand {
	enum agreement_act act;
	unsigned roles; /* 0: any */
	int version;
};
enum err agreement_open(struct ctx *, const char *ref,
    const struct agreement_demand *, struct agreement **);

/* The row alone, with its sight, none of what hangs on it; ERR_NOT_FOUND. */
enum err agreement_find(struct ctx *, const char *ref, struct agreement **);
/* The same for parties: to others it is not there. */
enum err agreement_find_own(struct ctx *, const char *ref, struct agreement **);

/* The actor's own among its parties, or NULL. */
struct agreement_party *agreement_own_party(const struct agreement *);

/* A reason that people are told: ERR_INVALID. */
enum err agreement_check_why(const char *why);

/* ---- versions ---------------------------------------------------------- */

/* By number; 0: the organisation's own draft. */
enum err agreement_version_read(struct ctx *, const struct agreement *,
    int number, int64_t organisation, struct agreement_version **);
/* Its canonical bytes, on the heap: buf_free() them. */
struct buf;
enum err agreement_version_bytes(struct ctx *, const struct agreement *,
    const struct agreement_version *, struct buf *);
/*
 * Names, digest, number, parties' standing: the organisation's draft becomes
 * the version that counts, a->current.
 */
enum err agreement_version_number(
    struct ctx *, struct agreement *, int64_t organisation);
/* The ref of the one it follows, whoever may see that; NULL: none. */
enum err agreement_replaced_ref(struct ctx *, int64_t agreement, char **ref);
/*
 * Whether everybody who must sign what opens this version's circle and
 * replaces that agreement is among its parties; *who is NULL, or the name of
 * somebody who is not, *error then the key of a fault.
 */
enum err agreement_version_complete(struct ctx *, const struct agreement *,
    const struct agreement_version *, const char **error, const char **who);

/*
 * The first of its parties that has no charter in force, nor, if `may_wait`,
 * is offered one: *who is its name, or NULL.
 */
enum err agreement_version_charters(struct ctx *,
    const struct agreement_version *, bool may_wait, const char **who);

/* ---- force ------------------------------------------------------------- */

/* A charter of the keeper's files: in force at once. */
enum err agreement_paper_charter(
    struct ctx *, int64_t organisation, int64_t signed_at, char **ref);
/* The last signature: all that follows from it, with the records. */
enum err agreement_force(struct ctx *, const struct agreement *);
/*
 * Opens what the agreements in force say: to all of one agreement, to one
 * organisation everything, or to one party.  What is open must be closed
 * before.
 */
enum err agreement_grant_all(struct ctx *, int64_t agreement);
enum err agreement_grant_organisation(struct ctx *, int64_t organisation);
enum err
agreement_grant_party(struct ctx *, int64_t agreement, int64_t organisation);
/* Closes at a moment, now or later, what would be open then. */
enum err agreement_close_all(struct ctx *, int64_t agreement, int64_t at);
enum err agreement_close_party(
    struct ctx *, int64_t agreement, int64_t organisation, int64_t at);
/* Ends it for all at `at`, unless it ends before, and closes its grants. */
enum err agreement_end_at(
    struct ctx *, int64_t agreement, int64_t at, enum agreement_end);

/* Something happened: it goes to the top of the lists. */
enum err agreement_move(struct ctx *, int64_t agreement);

/* record_append() with the version's number and digest in `what`. */
enum err agreement_record(
    struct ctx *, enum record_kind, const struct agreement *, json_t *what);

#endif
