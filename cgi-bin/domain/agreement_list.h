/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of agreements: the own organisation's, what waits for it, what ends
 * soon, the public register; and publishing.
 *
 * Decided here: a signatory of any party asks for a publication, which is a
 * yes of its own; it is published with the yes of the last party.  Any party
 * takes it back at once, alone.  Parties that have left are not asked.
 */
#ifndef DOMAIN_AGREEMENT_LIST_H
#define DOMAIN_AGREEMENT_LIST_H

#include "domain/agreement.h"

/* ---- lists ------------------------------------------------------------- */

enum agreement_group {
	GROUP_ALL,
	GROUP_DRAFTS,	/* the own organisation is writing */
	GROUP_PROPOSED, /* under negotiation */
	GROUP_IN_FORCE, /* and those that are signed and begin later */
	GROUP_ENDED,	/* and withdrawn */
	GROUP__MAX
};
/* "all" "drafts" "proposed" "in-force" "ended", NULL. */
extern const char *const agreement_groups[GROUP__MAX + 1];

struct agreement_filter {
	enum agreement_group group;
	int kind;		  /* -1 all */
	int64_t sectors;	  /* any of; 0 all */
	const char *organisation; /* ref of a party; NULL or "": any */
	int64_t before;		  /* key of the page; 0 from the start */
	int limit;		  /* 25 when 0; at most 100 */
};

/*
 * A row comes in two parts: most rows that a page shows, it has shown before.
 * What the second one says of a version that was proposed never changes.
 */
struct agreement_row {
	/* Found. */
	int64_t position; /* its key */
	int64_t id;
	int version; /* that counts; 0: none was proposed, or on paper */
	enum agreement_state state;
	int64_t from_at, until_at;
	enum agreement_publication publication;
	enum agreement_extent extent;
	int64_t published_at;
	bool is_register; /* found there: nothing of the talks */
	bool is_on_paper, is_own;
	bool has_signed;    /* the own organisation this version */
	bool has_draft;	    /* … is writing a version */
	int64_t signatures; /* of that version; 0 in the register.  Of what is
			       signed it and has_signed come with the texts */
	int64_t moved_at;   /* the last act; in the register: published_at */
	/* Texts; NULL until agreement_row_texts(). */
	char *ref;
	char *title;	/* "" when it is on paper: its kind says it */
	char *language; /* of the title; NULL: nobody said */
	enum agreement_kind kind;
	char *organisation_name; /* who proposed it */
	char **parties;		 /* names, NULL-ended, in order */
	size_t party_count;
	int64_t signed_at;
	struct agreement_terms terms;
};

struct agreement_list {
	struct agreement_row *rows;
	size_t count;
	int64_t next; /* key of the next page, 0 none */
};

/*
 * Those that the own organisation proposed, is or was a party of, or audits;
 * what moved last first.  Nobody signed in: empty.
 */
enum err agreement_list(
    struct ctx *, const struct agreement_filter *, struct agreement_list *);
/* The same without texts. */
enum err agreement_list_found(
    struct ctx *, const struct agreement_filter *, struct agreement_list *);

/*
 * The register: what is published to the actor (nobody: to everybody), the
 * last published first.  Of the groups IN_FORCE and ENDED apply, others are
 * ALL.  `is_public` asks for what everybody may read, whoever asks: for the
 * feed.
 */
enum err agreement_register(struct ctx *, const struct agreement_filter *,
    bool is_public, struct agreement_list *);
/* The same without texts. */
enum err agreement_register_found(struct ctx *, const struct agreement_filter *,
    bool is_public, struct agreement_list *);

/* The texts of a row that was found in this transaction. */
enum err agreement_row_texts(struct ctx *, struct agreement_row *);

/* ---- today ------------------------------------------------------------- */

enum agreement_wait {
	WAIT_SIGNATURE, /* of the version that counts; it is our turn */
	WAIT_ENDING,	/* another party asks to end it at once */
	WAIT_PUBLISHING,
	WAIT__MAX
};
/* "signature" "ending" "publishing", NULL. */
extern const char *const agreement_waits[WAIT__MAX + 1];

struct agreement_waiting {
	char *ref, *title;
	enum agreement_kind kind;
	enum agreement_wait wait;
	char *organisation_name; /* who asks; NULL: the console */
	int64_t since_at;
};
/* What waits for the own organisation, the oldest first, at most 1,000. */
enum err
agreement_awaiting(struct ctx *, struct agreement_waiting **, size_t *n);

/*
 * When an act last moved any agreement: µs, no two acts the same.  As long as
 * it stays, no list below or above is another but by the passing of time; it
 * goes back where the newest was a first draft that is discarded, and all is
 * as it was before that.  0: there is no agreement.
 */
enum err agreement_moved(struct ctx *, int64_t *at);

struct agreement_ending {
	char *ref, *title;
	enum agreement_kind kind;
	int64_t ends_at; /* for the own organisation */
	int days;	 /* 90, 30 or 7: the last reminder that is due */
	bool is_notice;	 /* by notice, ours or one that ends it for all */
	char *successor; /* a proposed or signed one's ref, or NULL */
};
/*
 * Those in force that end within 90 days, the first to end first; not those
 * that a signed successor replaces.  Derived when it is read.
 */
enum err agreement_ending(struct ctx *, struct agreement_ending **, size_t *n);

/* ---- publishing, for signatories of parties ----------------------------- */

/*
 * Asks for it, or changes what was asked, which voids the yes of the others.
 * *is_published: there was nobody else to ask.  Of what is signed, whether it
 * has ended or not; ERR_STATE otherwise, or when it is published so already.
 * All four: ERR_FORBIDDEN no signatory.
 */
enum err agreement_ask_publication(struct ctx *, const char *ref,
    enum agreement_publication, enum agreement_extent, bool *is_published);
/*
 * Says yes to what is asked.  ERR_STALE: something else is asked now than
 * these two; ERR_STATE: nothing is asked, or the yes was said.
 */
enum err agreement_agree_publication(struct ctx *, const char *ref,
    enum agreement_publication, enum agreement_extent, bool *is_published);
/* No to what is asked, or takes the question back.  ERR_STATE: nothing is. */
enum err agreement_refuse_publication(struct ctx *, const char *ref);
/* Takes back what is published, at once.  ERR_STATE: nothing is. */
enum err agreement_unpublish(struct ctx *, const char *ref);

#endif
