/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Advisories: draft, publish, revise, withdraw, read.  Reading goes through
 * the access rule (domain/access.h); writing needs the actor's organisation
 * to be the owner, in the WHERE.
 */
#ifndef DOMAIN_ADVISORY_H
#define DOMAIN_ADVISORY_H

#include "domain/access.h"
#include "domain/circle.h"
#include "domain/ctx.h"
#include "domain/fault.h"
#include "domain/reading.h"
#include "domain/tlp.h"

enum advisory_state {
	ADVISORY_DRAFT,
	ADVISORY_PUBLISHED,
	ADVISORY_WITHDRAWN,
	ADVISORY_STATE__MAX
};
extern const char *const advisory_states[ADVISORY_STATE__MAX + 1];

enum severity {
	SEVERITY_NONE,
	SEVERITY_LOW,
	SEVERITY_MEDIUM,
	SEVERITY_HIGH,
	SEVERITY_CRITICAL,
	SEVERITY__MAX
};
extern const char *const severities[SEVERITY__MAX + 1];

enum advisory_act {
	ADVISORY_EDIT, /* change the draft or the draft of a revision */
	ADVISORY_PUBLISH,
	ADVISORY_REVISE, /* start a draft of the next revision */
	ADVISORY_WITHDRAW,
	ADVISORY_DISCARD, /* throw a draft away */
	ADVISORY_ANSWER,
	ADVISORY_ACT__MAX
};

struct advisory {
	int64_t id;
	char *ref;
	int64_t organisation;
	char *organisation_ref;
	char *organisation_name;
	enum advisory_state state;
	int revision; /* newest published, 0 none */
	int draft;    /* being written, 0 none */
	int64_t created_at, published_at, withdrawn_at;
	char *withdrawn_why;
	char *foreign_id;
	/* Of the revision that was asked for: */
	int64_t revision_id;
	int number;
	int edit;
	char *title, *summary, *happened, *todo;
	char *products, *cves; /* one a line */
	enum severity severity;
	enum tlp label;
	int64_t sectors;
	int64_t answer_by_at; /* 0 none */
	char *change;
	char *author_name; /* NULL: imported */
	char *foreign_version;
	bool has_source; /* original bytes can be had */
	int64_t source;	 /* their blob, 0 none */
	int64_t saved_at, revision_published_at;
	struct circle *circles; /* other agreements' are left out */
	size_t circle_count;
	char **named; /* e-mails of named persons, NULL-ended;
					    for its own organisation alone */
};

/* What is typed in the form.  Texts are cleaned; NULL counts as "". */
struct advisory_draft {
	const char *title, *summary, *happened, *todo, *products, *cves;
	enum severity severity;
	enum tlp label;
	int64_t sectors;
	int64_t answer_by_at;
	const char *change;
	const char *const *circles; /* refs, NULL-ended */
	const char *const *named;   /* e-mails, NULL-ended, TLP:RED only */
};

/*
 * Where a draft is wrong is a struct fault: of "cves", "circles", "named",
 * "answer_by" …; its errors are Required TooLong NotText Cve Past Unknown
 * Circles Named NamedOnly NamedUnknown Change Text Wrong.
 */

enum {
	ADVISORY_TITLE_MAX = 200, /* characters */
	ADVISORY_SUMMARY_MAX = 2000,
	ADVISORY_TEXT_MAX = 20000,   /* what happened, what to do */
	ADVISORY_LINES_MAX = 100000, /* products, CVE identifiers */
	ADVISORY_CHANGE_MAX = 2000,
	ADVISORY_WHY_MAX = 2000
};

/* The own organisation's? */
bool advisory_is_own(const struct ctx *, const struct advisory *);
/* Is the act possible in this state?  Who may is the route's matter. */
bool advisory_may(const struct advisory *, enum advisory_act);

/*
 * A draft may lack what advisory_publish() asks for: texts, circles, what has
 * changed.  ERR_INVALID fills *fault.
 */
enum err advisory_create(struct ctx *, const struct advisory_draft *,
    char **ref, struct fault *fault);
/*
 * Could it be kept as revision `number`?  Changes nothing: for a form of which
 * something else is wrong already.  ERR_INVALID fills *fault.
 */
enum err advisory_fits(struct ctx *, const struct advisory_draft *, int number,
    struct fault *fault);
/*
 * `edit` is the one the form was made from: ERR_STALE when it is no longer.
 * ERR_STATE when nothing is being written.  Whoever saves a TLP:RED draft is
 * among its named persons from then on.
 */
enum err advisory_save(struct ctx *, const char *ref, int edit,
    const struct advisory_draft *, struct fault *fault);
/* A draft of the next revision, a copy of the newest; ERR_STATE if any. */
enum err advisory_revise(struct ctx *, const char *ref);
/*
 * Could a draft that was loaded be published, as far as what it says goes?
 * ERR_INVALID fills *fault.
 */
enum err
advisory_ready(struct ctx *, const struct advisory *, struct fault *fault);
/*
 * ERR_STALE another edit, ERR_AUDIENCE nobody would read it; ERR_INVALID
 * fills *fault: what may lack in a draft may not here.
 */
enum err
advisory_publish(struct ctx *, const char *ref, int edit, struct fault *fault);
enum err advisory_withdraw(struct ctx *, const char *ref, const char *why);
/* Drops the draft: of the next revision, or the whole if never published. */
enum err advisory_discard(struct ctx *, const char *ref);

/*
 * The newest published revision as the actor may read it; of the own
 * organisation a draft too.  ERR_NOT_FOUND for what is not there and what is
 * hidden alike.  A withdrawn one is a notice: other organisations get its
 * title, why and when, and no text (NULL or ""), source or parts.
 */
enum err advisory_load(struct ctx *, const char *ref, struct advisory **);
/* … for an act of its own organisation; ERR_STATE: it is not possible now. */
enum err advisory_own(
    struct ctx *, const char *ref, enum advisory_act, struct advisory **);
/* The revision being written, for its organisation alone. */
enum err advisory_load_draft(struct ctx *, const char *ref, struct advisory **);
/*
 * An older published revision, for whoever may read the newest and could
 * have read that one: its own label, circles and named persons count, too.
 */
enum err advisory_load_revision(
    struct ctx *, const char *ref, int number, struct advisory **);

struct advisory_revision_row {
	int number;
	int64_t published_at;
	char *change;
	char *author_name;
};
/* Those that advisory_load_revision() would load, newest first. */
enum err advisory_revisions(
    struct ctx *, int64_t advisory, struct advisory_revision_row **, size_t *n);

/* ---- structured documents ------------------------------------------- */

/* A piece of one, in reading order: a row of advisory_part. */
struct advisory_part {
	const char *kind;		       /* as domain/csaf.h lists them */
	int depth;			       /* in the product tree; else 0 */
	const char *name, *title, *text, *url; /* NULL counts as "" */
};

/* Of a revision (advisory.revision_id), as far as the actor may read it. */
enum err advisory_parts(
    struct ctx *, int64_t revision, struct advisory_part **, size_t *n);

/* A document from elsewhere, read and checked by who calls. */
struct advisory_imported {
	struct advisory_draft draft; /* change: what its history says last */
	const char *foreign_id; /* its own id, unique for the organisation */
	const char *foreign_version; /* "3" or "1.2.0" */
	int64_t published_at;	     /* of this version: the place in lists */
	int64_t first_published_at;  /* of its first version; 0: the same */
	int64_t source;		     /* blob of its original bytes, 0 none */
	const struct advisory_part *parts; /* in reading order */
	size_t part_count;
};

enum advisory_import_result {
	ADVISORY_IMPORT_CREATED,
	ADVISORY_IMPORT_REVISED, /* newer than the one that was there */
	ADVISORY_IMPORT_SKIPPED, /* same or older, or withdrawn here since */
	ADVISORY_IMPORT__MAX
};

/*
 * Publishes a document at once as one of ctx->actor.organisation, as a new
 * advisory or as the next revision of the one with the same foreign id,
 * with its parts and the record, in one transaction (its own, or inside the
 * caller's, where blob_keep() was).  Circles follow circle_addressable().
 * *ref is the advisory's, also when it was skipped.  Times in the future
 * count as now.  A draft of a revision that somebody is writing moves behind
 * the new one, and its next save is told (ERR_STALE).
 * ERR_INVALID fills *fault; ERR_AUDIENCE nobody would read it.
 */
enum err advisory_import(struct ctx *, const struct advisory_imported *,
    char **ref, enum advisory_import_result *, struct fault *fault);

/* ---- lists ----------------------------------------------------------- */

struct access_reach; /* domain/access.h */
struct advisory_filter {
	int64_t sectors;  /* any of; 0 all */
	int label;	  /* -1 all */
	int severity;	  /* at least */
	bool is_unread;	  /* by the person */
	bool is_awaiting; /* asks for an answer, has none of ours */
	bool is_overdue;  /* as awaiting, and the day has passed */
	bool is_draft;	  /* own drafts and drafts of revisions alone */
	bool is_own;	  /* of the own organisation alone */
	int64_t since_at; /* published not before; 0 all */
	int64_t before;	  /* key: positions below; 0 from the start */
	int limit;	  /* 25 when 0; at most 100 */
	/* Where several lists are asked for at one moment; NULL: is asked. */
	const struct access_reach *reach;
};

/*
 * A row comes in three parts, each asked for where it is needed: most rows
 * that a page shows, it has shown before.
 */
struct advisory_row {
	/* Found. */
	int64_t position;
	int64_t id;
	int64_t organisation;
	enum advisory_state state;
	int revision; /* the newest; of a list of drafts, the one written */
	enum tlp label;
	enum severity severity;
	int64_t sectors;
	int64_t published_at; /* of the newest revision; 0: a draft */
	int64_t answer_by_at;
	/* Settled: for this reader. */
	bool is_unread;
	bool is_own;
	char *answer; /* our state word, NULL none */
	/* Texts, of one revision. */
	char *ref, *title, *summary, *organisation_name;
	char *hit_title; /* of a search: with hits between */
	char *hit_text;	 /* U+0002 and U+0003 */
};

struct advisory_list {
	struct advisory_row *rows;
	size_t count;
	int64_t next; /* key of the next page, 0 none */
};

/* Found and settled. */
enum err advisory_list(
    struct ctx *, const struct advisory_filter *, struct advisory_list *);
/* Found alone: to be counted, or settled where it is shown. */
enum err advisory_find(
    struct ctx *, const struct advisory_filter *, struct advisory_list *);

/*
 * The other parts of a row that was found in this transaction: what is in no
 * list of the reader must not be asked for.
 */
enum err advisory_row_settle(struct ctx *, struct advisory_row *);
enum err advisory_row_texts(struct ctx *, struct advisory_row *);

/*
 * Full text: words of the query, all of them; where whole words find
 * nothing, the last one (of three characters or more) as the beginning of a
 * word.  Nothing in it is syntax.  Newest first, same filter, same paging;
 * drafts are not found.  Rows are settled, and have title and summary.
 * ERR_INVALID when no word is left.
 */
enum err advisory_search(struct ctx *, const char *query,
    const struct advisory_filter *, struct advisory_list *);

/*
 * What is asked of an organisation that was granted something just now: to be
 * called in the transaction that does it.
 */
enum err advisory_index_asked(struct ctx *, int64_t organisation);

/* fulltext_merge() of advisories. */
enum err advisory_index_merge(struct ctx *, int64_t *pieces);

/*
 * Compares what lists and search go by with the revisions that it is derived
 * from: for ententectl check.  *problem is NULL or one sentence.
 */
enum err advisory_verify(struct ctx *, int64_t *checked, char **problem);

/* ---- reading --------------------------------------------------------- */

/*
 * Notes that the actor has opened this revision; does nothing if noted.
 * Every view of a TLP:RED one is kept: its text must not be shown when this
 * fails.  Writes, so not between db_read() and db_read_end().
 */
enum err advisory_note(struct ctx *, const struct advisory *);

/* Who has opened it, by organisation: for the source alone. */
enum err advisory_readings(
    struct ctx *, const struct advisory *, struct reading_row **, size_t *n);

/*
 * Every view of a TLP:RED one, newest first (at most 200): person,
 * organisation, last_at.  For the source alone.
 */
enum err advisory_red_views(
    struct ctx *, const struct advisory *, struct reading_row **, size_t *n);

#endif
