/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library: documents that members contribute (guides, checklists, lessons
 * learned …), each in versions with a file.  Draft, publish, write the next
 * version, withdraw, read, find.  Reading goes through the access rule
 * (domain/access.h); writing needs the actor's organisation to be the owner,
 * in the WHERE.  What others say of a document is domain/document_comment.h,
 * document_use.h and document_review.h; what Today says, document_today.h.
 *
 * A version is file and description together: a new file, a new title or
 * other circles are a new version, with a note that says what changed.  The
 * older ones stay readable to whoever may read the newest, and could have
 * read the older one by its own label, circles and names.
 */
#ifndef DOMAIN_DOCUMENT_H
#define DOMAIN_DOCUMENT_H

#include "domain/access.h"
#include "domain/circle.h"
#include "domain/ctx.h"
#include "domain/fault.h"
#include "domain/reading.h"
#include "domain/tlp.h"
#include "scan/format.h"

enum document_state {
	DOCUMENT_DRAFT,
	DOCUMENT_PUBLISHED,
	DOCUMENT_WITHDRAWN,
	DOCUMENT_STATE__MAX
};
extern const char *const document_states[DOCUMENT_STATE__MAX + 1];

enum document_kind {
	DOCUMENT_GUIDE,
	DOCUMENT_CHECKLIST,
	DOCUMENT_PROCEDURE,
	DOCUMENT_LESSON, /* learned */
	DOCUMENT_EXERCISE,
	DOCUMENT_POLICY,
	DOCUMENT_KIND__MAX
};
extern const char *const document_kinds[DOCUMENT_KIND__MAX + 1];

/* Letters of NIS2 article 21(2): bit n of a mask is the n-th of them. */
enum { MEASURE_COUNT = 10 };
extern const char *const measure_words[MEASURE_COUNT + 1]; /* "a" … "j" */

/* Languages of documents: ISO 639-1, the official ones of the EU and others. */
extern const char *const document_languages[]; /* ends with NULL */

enum document_act {
	DOCUMENT_EDIT, /* change the draft */
	DOCUMENT_PUBLISH,
	DOCUMENT_REVISE, /* start the next version */
	DOCUMENT_WITHDRAW,
	DOCUMENT_DISCARD, /* throw a draft away */
	DOCUMENT_DISCUSS, /* comment, use, review */
	DOCUMENT_ACT__MAX
};

/* Another document that this one points to, as far as the actor may read it. */
struct document_link {
	char *ref, *title, *language;
};

struct document {
	int64_t id;
	char *ref;
	int64_t organisation;
	char *organisation_ref;
	char *organisation_name;
	enum document_state state;
	int version; /* newest published, 0 none */
	int draft;   /* being written, 0 none */
	int64_t created_at, published_at, withdrawn_at;
	char *withdrawn_why;
	/* Of the version that was asked for: */
	int64_t version_id;
	int number;
	int edit;
	char *title, *summary;
	enum document_kind kind;
	char *language; /* "fr" */
	int64_t sectors, measures;
	enum tlp label;
	int64_t review_by_at; /* 0 none */
	char *note;
	int64_t blob; /* 0: no file yet, or a withdrawn document */
	int64_t bytes;
	char *sha256; /* lower-case hex */
	enum format format;
	char *filename;
	char *author_name; /* NULL: by ententectl */
	int64_t saved_at, version_published_at;
	struct circle *circles; /* other agreements' are left out */
	size_t circle_count;
	char **named; /* e-mails, NULL-ended; for its own organisation alone */
	struct document_link *related;
	size_t related_count;
	/* NULL: none, or not to be read */
	struct document_link *translation_of;
	/* Documents whose newest version says it is a translation of this */
	struct document_link *translations;
	size_t translation_count;
};

/* What is typed in the form.  Texts are cleaned; NULL counts as "". */
struct document_draft {
	const char *title, *summary, *note;
	enum document_kind kind;
	const char *language;
	int64_t sectors, measures;
	enum tlp label;
	int64_t review_by_at;
	const char *const *circles; /* refs, NULL-ended */
	const char *const *named;   /* e-mails, NULL-ended, TLP:RED only */
	const char *related;	    /* refs of documents, one a line */
	const char *translation_of; /* ref of a document */
};

/*
 * A file that was taken in: looked at by entente-scan, and its bytes on the
 * disk (domain/blob.h, struct blob_file).  Bytes of another name or format
 * are kept once all the same.
 */
struct document_file {
	const struct blob_file *bytes;
	const char *filename;
	enum format format;
	const char *text; /* inside it: what scan_file() says */
	bool is_text_cut;
};

/*
 * Where a draft is wrong is a struct fault: of "title", "file", "circles",
 * "related" …; its errors are Required TooLong NotText Past Unknown Circles
 * Named NamedOnly NamedUnknown Change ChooseFile Wrong DocumentUnknown.
 */

enum {
	DOCUMENT_TITLE_MAX = 200, /* characters */
	DOCUMENT_SUMMARY_MAX = 2000,
	DOCUMENT_NOTE_MAX = 2000,
	DOCUMENT_WHY_MAX = 2000,
	DOCUMENT_RELATED_MAX = 20,
	DOCUMENT_DRAFTS_MAX = 200 /* of an organisation, at once */
};

bool document_is_own(const struct ctx *, const struct document *);
/* Is the act possible in this state?  Who may is the route's matter. */
bool document_may(const struct document *, enum document_act);

/*
 * ERR_QUOTA: there are DOCUMENT_DRAFTS_MAX, each of which may be large.
 * A draft may lack what document_publish() asks for.  `file` may be NULL:
 * none yet, or the one that is there stays.  ERR_INVALID fills *fault.
 */
enum err document_create(struct ctx *, const struct document_draft *,
    const struct document_file *file, char **ref, struct fault *);
/*
 * `edit` is the one the form was made from: ERR_STALE when it is no longer.
 * ERR_STATE when nothing is being written.
 */
enum err document_save(struct ctx *, const char *ref, int edit,
    const struct document_draft *, const struct document_file *file,
    struct fault *);
/* A draft of the next version, a copy of the newest; ERR_STATE if any. */
enum err document_revise(struct ctx *, const char *ref);
/* Could a draft that was loaded be published, as far as what it says goes? */
enum err document_ready(struct ctx *, const struct document *, struct fault *);
/* ERR_STALE another edit, ERR_AUDIENCE nobody would read it, ERR_INVALID. */
enum err
document_publish(struct ctx *, const char *ref, int edit, struct fault *);
enum err document_withdraw(struct ctx *, const char *ref, const char *why);
/* Drops the draft: of the next version, or the whole if never published. */
enum err document_discard(struct ctx *, const char *ref);

/*
 * The newest published version as the actor may read it; of the own
 * organisation a draft too.  ERR_NOT_FOUND for what is not there and what is
 * hidden alike.  A withdrawn one is a notice: other organisations get its
 * title, why and when, and neither text nor file.
 */
enum err document_load(struct ctx *, const char *ref, struct document **);
/* … for an act of its own organisation; ERR_STATE: it is not possible now. */
enum err document_own(
    struct ctx *, const char *ref, enum document_act, struct document **);
/* The version being written, for its organisation alone. */
enum err document_load_draft(struct ctx *, const char *ref, struct document **);
enum err document_load_version(
    struct ctx *, const char *ref, int number, struct document **);

struct document_version_row {
	int number;
	int64_t published_at;
	char *note, *author_name, *filename;
	enum format format;
	int64_t bytes;
};
/* Those that document_load_version() would load, newest first. */
enum err document_versions(
    struct ctx *, int64_t document, struct document_version_row **, size_t *n);

/*
 * The text inside a version's file, that was loaded.  "" where there is none.
 * It is in form NFKC, without what cannot be seen.
 */
enum err
document_text(struct ctx *, const struct document *, char **text, bool *is_cut);
/* Kinds of files whose text is all there is to them, line by line. */
bool document_is_comparable(const struct document *);

/* ---- lists ----------------------------------------------------------- */

struct document_filter {
	int64_t sectors;      /* any of, or for all sectors; 0 all */
	int64_t measures;     /* any of; 0 all */
	int kind;	      /* enum document_kind; -1 all */
	const char *language; /* NULL all */
	int label;	      /* -1 all */
	bool is_unread;	      /* by the person */
	bool is_own;	      /* of the own organisation alone */
	bool is_used;	      /* that the own organisation uses */
	bool is_draft;	      /* own drafts and drafts of versions alone */
	bool is_due;	      /* own, review due within 30 days or overdue */
	int64_t since_at;     /* published not before; 0 all */
	int64_t before;	      /* key: positions below; 0 from the start */
	int tier;	      /* of a search: key, with `before` */
	int limit;	      /* 25 when 0; at most 100 */
};

struct document_row {
	int64_t position;
	int64_t id;
	char *ref, *title, *summary;
	char *organisation_name;
	enum document_state state;
	int version; /* the newest; of a list of drafts, the one written */
	enum document_kind kind;
	char *language;
	int64_t sectors, measures;
	enum tlp label;
	enum format format;
	int64_t bytes;
	int64_t published_at; /* of the newest version; 0: a draft */
	int64_t review_by_at;
	int64_t uses;	 /* organisations that say they use it */
	int64_t reviews; /* verdicts on the newest version that ask for no
			    changes */
	bool is_unread, is_own;
	char *hit_title; /* of a search: with hits between */
	char *hit_text;	 /* U+0002 and U+0003 */
};

struct document_list {
	struct document_row *rows;
	size_t count;
	int64_t next;  /* key of the next page, 0 none … */
	int next_tier; /* … and its other half, of a search */
};

/* Newest first. */
enum err document_list(
    struct ctx *, const struct document_filter *, struct document_list *);

/*
 * Full text, by domain/hit.h's rules, over title, summary and the text
 * inside the files.  Ranked: documents that have all words in their title
 * first, then those that have them in title and summary, then the others;
 * newest first in each.  ERR_INVALID when no word is left.
 */
enum err document_search(struct ctx *, const char *query,
    const struct document_filter *, struct document_list *);

/* As advisory_index_merge() and advisory_verify(). */
enum err document_index_merge(struct ctx *, int64_t *pieces);
enum err document_verify(struct ctx *, int64_t *checked, char **problem);

/* ---- reading --------------------------------------------------------- */

/*
 * Notes that the actor has opened this version's page, or had its file.
 * Every view of a TLP:RED one is kept: it must not be shown when this fails.
 * Writes, so not between db_read() and db_read_end().
 */
enum err document_note(struct ctx *, const struct document *, bool is_file);

/* By organisation, for the contributor alone (else ERR_NOT_FOUND). */
enum err document_readings(
    struct ctx *, const struct document *, struct reading_row **, size_t *n);

#endif
