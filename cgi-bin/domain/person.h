/* SPDX-License-Identifier: Apache-2.0 */
/*
 * People of organisations: invited by a steward of theirs, the keeper or
 * ententectl; active once they set a password; disabled, which ends their
 * sessions at that instant.
 */
#ifndef DOMAIN_PERSON_H
#define DOMAIN_PERSON_H

#include "domain/ctx.h"

enum person_state {
	PERSON_INVITED,
	PERSON_ACTIVE,
	PERSON_DISABLED,
	PERSON_STATE__MAX
};
extern const char *const person_states[PERSON_STATE__MAX + 1];

struct person {
	int64_t id;
	char *ref;
	int64_t organisation;
	char *organisation_ref, *organisation_name;
	enum org_kind organisation_kind;
	bool is_organisation_suspended;
	char *email, *name, *language;
	unsigned roles;
	enum person_state state;
	int64_t created_at, seen_at;
};

struct person_new {
	const char *email, *name, *language;
	unsigned roles; /* ROLE_READER is added */
};

/*
 * Adds the person and makes the invitation; *token is for the link
 * (/invitation/{token}) and is nowhere else.  `organisation` is a ref; a
 * steward may name the own one only (ERR_NOT_FOUND), the keeper and the
 * console any.  ERR_EXISTS: the e-mail is known.  ERR_INVALID: roles that the
 * kind of organisation cannot have, or that the actor may not give; an
 * address, name or language that is none.  ERR_STATE: it is suspended.
 *
 * Into an organisation that is not the own one the keeper invites its first
 * steward: ERR_FORBIDDEN while there is an active one, ERR_INVALID without
 * that role.
 */
enum err person_invite(struct ctx *, const char *organisation,
    const struct person_new *, char **ref, char **token);
/* Would it be refused, whoever it is?  ERR_NOT_FOUND, FORBIDDEN, STATE. */
enum err person_may_invite(struct ctx *, const char *organisation);
/*
 * A new link for somebody not yet active (ERR_STATE); earlier ones end.
 * ERR_FORBIDDEN: not person_is_charge().
 */
enum err person_invite_again(struct ctx *, const char *ref, char **token);

/*
 * Is what proves who this person is the actor's business: links, reset,
 * address?  A steward's in the own organisation; of stewards and in the
 * keeper's own organisation, the keeper's.
 */
bool person_is_charge(const struct ctx *, const struct person *);

/*
 * A steward's for the own organisation, the keeper's and the console's for
 * any.  Role changes and disabling end the person's sessions; enabling
 * somebody who never joined leaves them invited, without a link.
 *
 * ERR_FORBIDDEN: it is the actor's own person, or a keeper's, whom only a
 * keeper or the console may touch.  ERR_INVALID: such roles are impossible.
 * ERR_STATE: already so, or the organisation would lose its last steward (to
 * a steward) or the portal its last keeper (to a keeper).
 */
enum err person_set_roles(struct ctx *, const char *ref, unsigned roles);
enum err person_disable(struct ctx *, const char *ref);
enum err person_enable(struct ctx *, const char *ref);

/*
 * As if never joined, with an invitation: sessions have ended, password and
 * factor are worth nothing, with the records.  ERR_FORBIDDEN: the actor's own
 * person, or not person_is_charge(); ERR_STATE: not active, or suspended.
 */
enum err person_reset(struct ctx *, const char *ref, char **token);
/*
 * The address for signing in, with a record; of somebody invited the open
 * link ends.  ERR_FORBIDDEN as above; ERR_INVALID: it is none; ERR_EXISTS.
 */
enum err person_set_email(struct ctx *, const char *ref, const char *email);

/*
 * As if never joined, to be invited again: sessions and invitations are gone.
 * For credential_reset(), in its transaction and with its record.
 */
enum err person_unjoin(struct ctx *, int64_t id);

/* The actor's own; the name with a record. */
enum err person_set_name(struct ctx *, const char *name);
enum err person_set_language(struct ctx *, const char *language);

/*
 * Of the own organisation; the keeper and the console: of any.  A list is in
 * the order of names.
 */
enum err person_load(struct ctx *, const char *ref, struct person **);
enum err person_list(
    struct ctx *, const char *organisation, struct person **, size_t *n);

/* For login and ententectl, by address or number; no rule of access. */
enum err person_by_email(struct ctx *, const char *email, struct person **);
enum err person_by_id(struct ctx *, int64_t id, struct person **);

/* An invitation that is open now; ERR_NOT_FOUND: unknown, used, expired. */
enum err invitation_find(
    struct ctx *, const char *token, struct person **, int64_t *expires_at);
/* Who has used this one, until they are reset; ERR_NOT_FOUND. */
enum err invitation_used(struct ctx *, const char *token, int64_t *person);
/* Uses it up and makes the person active, with the record. */
enum err invitation_use(struct ctx *, const char *token);

/* For person.c, inside its transaction: earlier ones of the person end. */
enum err invitation_make(struct ctx *, int64_t person, char **token);
enum err invitation_end_all(struct ctx *, int64_t person);

#endif
