/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bundles of records that people ask for: an auditor of what its mandates
 * cover, a member of what concerns its own organisation (the rule is
 * domain/record_scope.h).  What is in one is fixed when it is asked for; it is
 * made by another process (domain/bundle_make.h), and who takes it must be one
 * who may still read all of it.  That it was asked for, and each time that it
 * is taken, is a record, which concerns everybody whom one of its records
 * concerns.
 */
#ifndef DOMAIN_BUNDLE_H
#define DOMAIN_BUNDLE_H

#include "domain/ctx.h"

enum {
	BUNDLE_RECORDS_MAX = 200000,
	BUNDLE_OPEN_MAX = 4, /* of one organisation, not made yet */
	BUNDLE_DAY_MAX = 24, /* … asked for within a day */
	BUNDLE_KEPT_DAYS = 30,
	BUNDLE_OBJECT_MAX = 40
};

enum bundle_state {
	BUNDLE_ASKED,
	BUNDLE_MAKING,
	BUNDLE_READY,
	BUNDLE_FAILED,
	BUNDLE_EXPIRED, /* was ready; its file is not kept any more */
	BUNDLE_STATE__MAX
};
/* "asked" "making" "ready" "failed" "expired", NULL. */
extern const char *const bundle_states[BUNDLE_STATE__MAX + 1];

/* What is asked for; all zero is everything. */
struct bundle_filter {
	int64_t families;	   /* bit mask of enum record_family; 0 all */
	const char *organisation;  /* that records concern: a ref */
	const char *object;	   /* that they are about: a ref */
	int64_t from_at, until_at; /* recorded in [from, until); 0 open */
};

/*
 * Any member.  ERR_NOT_FOUND: there is no such record; ERR_TOO_LARGE: more
 * than BUNDLE_RECORDS_MAX; ERR_TOO_MANY: BUNDLE_OPEN_MAX are waiting, or
 * BUNDLE_DAY_MAX were asked for.
 */
enum err bundle_ask(struct ctx *, const struct bundle_filter *, char **ref);

struct bundle {
	int64_t id;
	char *ref, *person_name; /* who asked */
	int64_t families;
	char *about_ref, *about_name; /* NULL: all */
	char *object;		      /* "": all */
	int64_t from_at, until_at;
	enum bundle_state state;
	int64_t records, done, size; /* size of the log that it shows */
	int64_t blob;		     /* 0 until it is ready */
	char *sha256;		     /* of it, or NULL */
	int64_t bytes;
	char *trouble; /* "", or a word below Bundle.Trouble */
	int64_t asked_at, ready_at;
};

/* Of the own organisation; ERR_NOT_FOUND. */
enum err bundle_load(struct ctx *, const char *ref, struct bundle **);

struct bundle_list {
	struct bundle *rows; /* newest first */
	size_t count;
	int64_t next; /* `before` of the next page, 0 none */
};
enum err bundle_list(struct ctx *, int64_t before, struct bundle_list *);

/*
 * May the actor read every record of it now?  A mandate may have ended, a
 * role may have gone: ERR_FORBIDDEN.
 */
enum err bundle_may_take(struct ctx *, const struct bundle *);

/* Records that it is taken.  ERR_STATE: it is not ready. */
enum err bundle_note_taken(struct ctx *, const struct bundle *);

/*
 * Lets go of the files of those that were ready BUNDLE_KEPT_DAYS ago: it can be
 * asked for again.  domain/blob_orphan.h removes them.  Not inside of
 * db_begin().
 */
enum err bundle_expire(struct ctx *, int64_t *n);

#endif
