/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cooperation agreements: drafted by one organisation, negotiated in numbered
 * versions by the parties, signed, in force.  A signed agreement is the access
 * rule (DESIGN §2): the last signature writes the grants.
 *
 * This is the noun: what an agreement is, who sees it, its drafts, versions
 * and comments.  Signing is agreement_sign.h, ending and standing of parties
 * agreement_end.h, lists and publishing agreement_list.h.
 *
 * Who may see one: its parties (a draft: its own organisation alone), from
 * the signature on the auditor that its terms name, and whoever it is
 * published to; the keeper sees charters alone.  To everybody else it is not
 * there: ERR_NOT_FOUND, in every function of these headers.
 *
 * What binds an organisation (proposing, signing, ending, publishing) needs a
 * publisher or signatory as said at each function: ERR_FORBIDDEN.  That the
 * proof of who acts is fresh is the route's matter.
 *
 * Agreements are made between members.  To write, propose, revise, amend,
 * renew or sign one, the actor's organisation must have a charter in force:
 * ERR_CHARTER; only the charter itself is signed without.  A version names
 * organisations that have one, or to which one is offered: who is being
 * admitted is talked with meanwhile, and signs once its charter is in force.
 * The last signature needs the charter of every party.  An agreement in force
 * stays so when a party's charter ends: it is left by notice.
 *
 * Every function that changes something is one transaction with its record.
 */
#ifndef DOMAIN_AGREEMENT_H
#define DOMAIN_AGREEMENT_H

#include "domain/circle.h"
#include "domain/ctx.h"
#include "domain/tlp.h"

enum agreement_kind {
	AGREEMENT_CHARTER, /* joins the partnership; offered, not proposed */
	AGREEMENT_EXCHANGE,
	AGREEMENT_SECTOR,
	AGREEMENT_MUTUAL_AID,
	AGREEMENT_AUDIT,
	AGREEMENT_OTHER,
	AGREEMENT_KIND__MAX
};
/* "charter" "exchange" "sector" "mutual-aid" "audit" "other", NULL. */
extern const char *const agreement_kinds[AGREEMENT_KIND__MAX + 1];

/* As it is at ctx->now_at: the last three follow from its two times. */
enum agreement_state {
	AGREEMENT_DRAFT,     /* its organisation's own */
	AGREEMENT_PROPOSED,  /* parties negotiate and sign */
	AGREEMENT_WITHDRAWN, /* the proposal was */
	AGREEMENT_SIGNED,    /* by all; begins later */
	AGREEMENT_IN_FORCE,
	AGREEMENT_ENDED,
	AGREEMENT_STATE__MAX
};
/* "draft" "proposed" "withdrawn" "signed" "in-force" "ended", NULL. */
extern const char *const agreement_states[AGREEMENT_STATE__MAX + 1];

enum agreement_act {
	AGREEMENT_EDIT,	   /* write a draft, of the first or the next version */
	AGREEMENT_PROPOSE, /* … and propose it */
	AGREEMENT_COMMENT,
	AGREEMENT_SIGN,
	AGREEMENT_DECLINE, /* say no to what is proposed */
	AGREEMENT_WITHDRAW,
	AGREEMENT_AMEND, /* a successor that replaces it when signed */
	AGREEMENT_RENEW, /* a successor with a later end */
	AGREEMENT_NOTICE,
	AGREEMENT_TERMINATE, /* agree to end it now */
	AGREEMENT_SUSPEND,   /* a party of it, and resume one */
	AGREEMENT_PUBLISH,   /* ask for, agree to, take back */
	AGREEMENT_ACT__MAX
};

enum agreement_sharing {
	SHARING_NEVER,
	SHARING_PERMISSION, /* with the source's */
	SHARING_SECTOR,	    /* inside the sectors of the terms */
	SHARING__MAX
};
/* "never" "permission" "sector", NULL. */
extern const char *const agreement_sharings[SHARING__MAX + 1];

/*
 * The languages that title and text may be in: "en" "fr" "nl" "de", NULL.  It
 * is told to whoever reads them aloud, and is not signed.
 */
extern const char *const agreement_languages[];

enum agreement_order {
	ORDER_FREE,
	ORDER_SEQUENCE, /* in the order of the parties */
	ORDER__MAX
};
/* "free" "sequence", NULL. */
extern const char *const agreement_orders[ORDER__MAX + 1];

enum agreement_publication {
	PUBLICATION_NONE,
	PUBLICATION_COMMUNITY, /* whoever has the community's circle */
	PUBLICATION_EVERYBODY, /* TLP:CLEAR */
	PUBLICATION__MAX
};
/* "none" "community" "everybody", NULL. */
extern const char *const agreement_publications[PUBLICATION__MAX + 1];

enum agreement_extent {
	EXTENT_WHOLE,
	EXTENT_TERMS, /* title, parties and terms: not the text */
	EXTENT__MAX
};
/* "whole" "terms", NULL. */
extern const char *const agreement_extents[EXTENT__MAX + 1];

enum agreement_successor {
	SUCCESSOR_NONE,
	SUCCESSOR_AMENDMENT,
	SUCCESSOR_RENEWAL,
	SUCCESSOR__MAX
};
/* "none" "amendment" "renewal", NULL. */
extern const char *const agreement_successors[SUCCESSOR__MAX + 1];

enum agreement_end {
	END_AGREED, /* the day in its terms, or none */
	END_NOTICE,
	END_TERMINATED, /* by all */
	END_REPLACED,	/* by a successor */
	END__MAX
};
/* "agreed" "notice" "terminated" "replaced", NULL. */
extern const char *const agreement_ends[END__MAX + 1];

/* What somebody sees of an agreement, the most first. */
enum agreement_sight {
	SIGHT_PARTY,	 /* all of it; of a draft its own organisation */
	SIGHT_AUDITOR,	 /* the version that counts, and its signatures: also a
			    party that has left, and the keeper of charters */
	SIGHT_PUBLISHED, /* the same; without text and digest where only terms
			    were published */
	SIGHT__MAX
};

enum {
	AGREEMENT_TITLE_MAX = 200, /* characters */
	/* What can be compared word by word, and shown as a page. */
	AGREEMENT_TEXT_MAX = 60000,
	AGREEMENT_TEXT_BYTES = 64 * 1024 - 1,
	AGREEMENT_CHANGE_MAX = 2000,
	AGREEMENT_WHY_MAX = 2000, /* of every reason that is asked for */
	AGREEMENT_COMMENT_MAX = 4000,
	AGREEMENT_CIRCLE_NAME_MIN = 2,
	AGREEMENT_CIRCLE_NAME_MAX = 80,
	AGREEMENT_NOTICE_MAX = 730, /* days */
	AGREEMENT_PARTIES_MAX = 50,
	AGREEMENT_VERSIONS_MAX = 500,
	/* Of one organisation at once: drafts, of whatever version, and open
	   proposals that are its own. */
	AGREEMENT_DRAFTS_MAX = 200,
	AGREEMENT_PROPOSALS_MAX = 200,
	AGREEMENT_COMMENTS_MAX = 1000,
	/* Characters of all comments: they stand on one page; and of those of
	   one party, which must not take the others their room. */
	AGREEMENT_TALK_MAX = 1000000,
	AGREEMENT_TALK_OWN_MAX = 200000,
	AGREEMENT_DIGEST = 65 /* hex and a NUL */
};

/* What software reads of an agreement. */
struct agreement_terms {
	char *circle_ref;  /* one that it extends; NULL: a new one */
	char *circle_name; /* a charter has none: it opens several */
	int64_t sectors;   /* what it is about; opens nothing by itself */
	enum tlp max_label;
	enum agreement_sharing sharing;
	int64_t from_at;  /* 0: from the last signature */
	int64_t until_at; /* 0: no end; not valid any more at this instant */
	int notice_days;
	char *auditor_ref, *auditor_name; /* NULL: none */
	/* What it may read of the parties' records: */
	int64_t audit_families; /* bit mask of enum record_family; 0 all */
	int64_t audit_from_at;	/* since then; 0: since the beginning */
	enum agreement_order order;
};

/* A party that a version names. */
struct agreement_named {
	int64_t organisation;
	char *ref;
	char *name;	    /* as it was when the version was proposed */
	enum org_kind kind; /* as it is now */
};

struct agreement_version {
	int64_t id;
	int number; /* 0: a draft */
	int edit;   /* of a draft: what a form was made from */
	bool is_current;
	char *title, *text; /* text NULL where it may not be seen */
	char *language;	    /* of both; NULL: nobody said */
	char *change;	    /* what is new; "" in the first */
	char *why_one_kind; /* "" unless it was asked for */
	struct agreement_terms terms;
	struct agreement_named *parties; /* in the order of signature */
	size_t party_count;
	char *organisation_ref, *organisation_name; /* who wrote it */
	char *author_name;			    /* NULL: the console */
	int64_t saved_at, proposed_at;
	char digest[AGREEMENT_DIGEST]; /* "" for a draft, or not to be seen */
};

/* How a party of the version that counts stands. */
struct agreement_party {
	int64_t organisation;
	char *ref, *name, *country; /* name as it is now */
	enum org_kind kind;
	int position;	     /* from 1 */
	bool is_own;	     /* the actor's */
	int64_t signed_at;   /* 0: has not; on paper: the day */
	bool may_sign;	     /* it is its turn, as far as the order says */
	int64_t declined_at; /* 0: has not said no to this version */
	char *declined_why;  /* … which parties are told, the keeper of its
				charter too */
	/* For parties alone, else 0 and NULL: */
	bool is_organisation_suspended; /* by the keeper */
	int64_t notice_at, leaves_at;
	char *notice_why;
	int64_t suspended_at;
	char *suspended_by, *suspended_why; /* a name */
	bool is_suspended_by_itself;
	int64_t ending_at;     /* agreed to end it at once */
	int64_t publishing_at; /* agreed to the publication asked for */
};

struct agreement {
	int64_t id;
	char *ref;
	enum agreement_kind kind;
	enum agreement_state state;
	enum agreement_sight sight;
	bool is_own;	  /* the actor's organisation proposed it */
	bool is_party;	  /* the sight is SIGHT_PARTY */
	bool has_charter; /* the actor's organisation, in force now */
	bool is_on_paper; /* a charter from outside: no version, no text */
	char *organisation_ref, *organisation_name; /* who proposed it */
	int64_t created_at, proposed_at, signed_at;
	int64_t from_at;  /* 0 until it is signed */
	int64_t until_at; /* 0: no end */
	enum agreement_end end;
	int version;			   /* the number that counts, 0 none */
	struct agreement_version *current; /* NULL when version is 0 */
	struct agreement_party *parties; /* of it, in the order of signature */
	size_t party_count;
	struct circle *circles; /* that it opens, once signed */
	size_t circle_count;
	char *withdrawn_why; /* NULL unless withdrawn */
	int64_t withdrawn_at;
	/* The neighbours that the actor may see, else NULL: */
	char *replaces_ref, *replaced_by_ref;
	enum agreement_successor successor; /* how it follows replaces_ref */
	enum agreement_publication publication;
	enum agreement_extent extent;
	int64_t published_at;
	/* For parties alone, else NONE and NULL: */
	enum agreement_publication asked; /* waits for each party's yes */
	enum agreement_extent asked_extent;
	char *asked_by; /* a name */
	int64_t asked_at;
	bool has_draft;	     /* the actor's organisation is writing a version */
	bool has_left_draft; /* … or was, when others had signed */
};

/* Where an input is wrong beyond what its fields' types say. */
struct agreement_fault {
	const char *field; /* of struct agreement_input, by its name there;
			      "circle", "auditor" for the refs */
	const char *error; /* catalogue key below Form.Error: Required TooLong
			      NotText TooMany Past Unknown Wrong, and
			      Parties	    fewer than two
			      PartyKind	    neither operator nor institution
			      PartySuspended
			      PartyCharter  has none, nor is one offered to it
			      PartyOwn	    the own one is not among them
			      PartyProposer who proposed it is not
			      PartyTwice
			      PartyCircle   somebody who has the circle is not
			      PartyReplaced a party of its predecessor is not
			      OneKind	    why not both kinds: why_one_kind
			      Circle	    not one to extend
			      Auditor	    not an auditor's organisation
			      Until	    not after from
			      Same	    as the version that counts
			      Taken	    a circle that one has is called so
			      Sectors	    none, though sharing is by sector */
	const char *who;   /* the name of the party that is meant, or NULL */
	struct agreement_fault *next;
};

/* What is typed in the form.  Texts are cleaned; NULL counts as "". */
struct agreement_input {
	enum agreement_kind kind; /* heeded in the first draft alone */
	const char *title, *text, *change, *why_one_kind;
	const char *language; /* of agreement_languages; NULL or "": not said */
	const char *circle;   /* ref of agreement_circles(); NULL or "": new */
	const char *circle_name;
	int64_t sectors;
	enum tlp max_label;
	enum agreement_sharing sharing;
	int64_t from_at, until_at;
	int notice_days;
	const char *auditor; /* ref; NULL or "": none */
	/* Heeded with an auditor alone. */
	int64_t audit_families, audit_from_at;
	enum agreement_order order;
	const char *const *parties; /* refs, NULL-ended, in order */
};

/*
 * Is the act possible in this state?  The charter's and the paper's own
 * limits are in it; who may do it is said at each function.
 */
bool agreement_may(const struct agreement *, enum agreement_act);

/*
 * The same for the actor's organisation: ERR_STATE: it is not; ERR_CHARTER: it
 * is, for an organisation with a charter in force.
 */
enum err agreement_allows(const struct agreement *, enum agreement_act);

/*
 * Not yet; or by itself alone, which keeps no other party from doing it, too:
 * what it did it can undo.
 */
bool agreement_may_suspend(const struct agreement_party *);

/*
 * As the actor may see it (agreement.sight), also somebody who is not signed
 * in.  The terms of what is published show no parties' standing.
 */
enum err agreement_load(struct ctx *, const char *ref, struct agreement **);

/* ---- drafts: for the own organisation's publishers and signatories ----- */

/*
 * May a first draft be made?  ERR_FORBIDDEN, ERR_CHARTER, ERR_QUOTA: like all
 * that makes a draft, where there are AGREEMENT_DRAFTS_MAX.
 */
enum err agreement_may_create(struct ctx *);

/*
 * A first draft; nothing in it need be right yet but what cannot be kept at
 * all: texts too long, an unknown party.  ERR_INVALID fills *fault.
 */
enum err agreement_create(struct ctx *, const struct agreement_input *,
    char **ref, struct agreement_fault *);

/*
 * A draft of the next version, a copy of the present one, for a party.
 * ERR_STATE: not negotiated any more, or it has a draft already.
 */
enum err agreement_revise(struct ctx *, const char *ref);

/*
 * A successor, as a draft of the own organisation: a copy of what is in force,
 * that will replace it.  It opens the same circle, and every party that has
 * not left must sign it.  A renewal starts where the present one ends.
 * For a party.  ERR_STATE: not possible now, or one is open already.
 */
enum err agreement_amend(struct ctx *, const char *ref, char **successor);
enum err agreement_renew(struct ctx *, const char *ref, char **successor);

/* The own organisation's draft; ERR_NOT_FOUND: it has none. */
enum err agreement_load_draft(
    struct ctx *, const char *ref, struct agreement_version **);

/* `edit` is the one the form was made from: else ERR_STALE. */
enum err agreement_save(struct ctx *, const char *ref, int edit,
    const struct agreement_input *, struct agreement_fault *);

/*
 * Could the own organisation's draft that was loaded be proposed, as far as
 * what it says goes?  ERR_INVALID fills *fault, and what hangs on it: of each
 * field the first.
 */
enum err agreement_ready(struct ctx *, const struct agreement *,
    const struct agreement_version *, struct agreement_fault *);

/* Drops the draft; the whole agreement when it was never proposed. */
enum err agreement_discard(struct ctx *, const char *ref);

/*
 * Gives the draft the next number: from now on it counts, earlier signatures
 * are void, and every party sees it.  `edit` of the draft and `version`, the
 * number that counted when the page was made (0: none), must both still be so:
 * ERR_STALE.  ERR_INVALID fills *fault.  ERR_STATE: another successor of the
 * same predecessor was proposed first; ERR_TOO_MANY versions; ERR_QUOTA: a
 * first version, and there are AGREEMENT_PROPOSALS_MAX of them open.
 */
enum err agreement_propose(struct ctx *, const char *ref, int edit, int version,
    struct agreement_fault *);

/*
 * Takes the proposal back: for who proposed it (a charter: the keeper).
 * `why` is told to the parties.  Recorded.
 */
enum err
agreement_withdraw(struct ctx *, const char *ref, int version, const char *why);

/* Agreements' circles that the actor's organisation may extend: those it has
   now by an agreement.  All who have one must sign what extends it. */
enum err agreement_circles(struct ctx *, struct circle **, size_t *n);

/* ---- versions --------------------------------------------------------- */

/*
 * One version by its number: a party any, others the one that was signed,
 * as their sight allows (text and digest).
 */
enum err agreement_load_version(
    struct ctx *, const char *ref, int number, struct agreement_version **);

struct agreement_version_row {
	int number;
	char *title, *change, *organisation_name, *author_name;
	int64_t proposed_at;
	int64_t signatures; /* void unless is_current */
	bool is_current;
};
/* Newest first; for parties. */
enum err agreement_versions(
    struct ctx *, const char *ref, struct agreement_version_row **, size_t *n);

enum agreement_difference {
	DIFFERS_TITLE = 1,
	DIFFERS_TEXT = 2,
	DIFFERS_PARTIES = 4, /* or their order */
	DIFFERS_CIRCLE = 8,
	DIFFERS_SECTORS = 16,
	DIFFERS_LABEL = 32,
	DIFFERS_SHARING = 64,
	DIFFERS_FROM = 128,
	DIFFERS_UNTIL = 256,
	DIFFERS_NOTICE = 512,
	DIFFERS_AUDITOR = 1024,
	DIFFERS_ORDER = 2048,
	DIFFERS_AUDIT_FAMILIES = 4096,
	DIFFERS_AUDIT_FROM = 8192
};
/* Bits of what is not the same in two versions; a draft may be one. */
unsigned agreement_differs(
    const struct agreement_version *, const struct agreement_version *);

/*
 * The bytes whose SHA-256 is signed: canonical JSON (RFC 8785), no newline at
 * its end, with the keys
 *
 *	format	"entente-agreement/1"
 *	ref	"AGR-2026-0007"
 *	kind	as agreement_kinds has it
 *	number	of the version
 *	replaces  ref of the one it follows, or null
 *	title, text
 *	parties	[ { ref, name } … ] in the order of signature
 *	terms	{ circle { ref or null, name }, sectors [ word … ],
 *		label "TLP:AMBER", sharing, from, until (RFC 3339 or null),
 *		notice_days, auditor { ref, name } or null, order }, and
 *		where they are said, audit_families [ word … ] and audit_from
 *		(RFC 3339): what is older has neither key
 *
 * Made again from the rows; ERR_CORRUPT unless they give the digest that was
 * kept.  For whoever may see the version whole.
 */
enum err agreement_canonical(
    struct ctx *, const char *ref, int number, char **bytes, size_t *len);

/* ---- comments, for parties -------------------------------------------- */

struct agreement_comment {
	int64_t id;
	int version; /* that it is about */
	char *organisation_name, *person_name;
	bool is_own; /* the own organisation's */
	char *text;  /* several lines, not Markdown */
	int64_t written_at;
};

/*
 * About the version that counts; by anybody of a party.  `version` must be
 * it: ERR_STALE.  ERR_STATE: nothing is negotiated.  ERR_TOO_MANY, in all or
 * of the own organisation.
 */
enum err
agreement_comment(struct ctx *, const char *ref, int version, const char *text);
/* Oldest first. */
enum err agreement_comments(
    struct ctx *, const char *ref, struct agreement_comment **, size_t *n);

/* ---- the charter ------------------------------------------------------ */

/* The partnership's own text, a template of the portal's. */
struct agreement_charter {
	const char *title, *text;
	const char *language; /* NULL: not said */
	int notice_days;
};

/*
 * Offers the charter to an organisation that has none: version 1 of an
 * agreement whose one party it is, for its signatory to sign.  For the keeper
 * and the console; organisation_admit() does it by itself.  It opens the
 * community and the organisation's sectors up to TLP:AMBER+STRICT.
 * ERR_STATE: one is offered or in force, or it is suspended; ERR_INVALID: no
 * text, or a kind of organisation that has no charter.
 */
enum err agreement_offer_charter(struct ctx *, const char *organisation,
    const struct agreement_charter *, char **ref);

/* ---- checking --------------------------------------------------------- */

/*
 * For ententectl check: every version gives its digest, and grants are those
 * that the agreements in force say.  *problem is NULL or one sentence.
 */
enum err agreement_verify(struct ctx *, int64_t *checked, char **problem);

#endif
