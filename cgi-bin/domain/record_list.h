/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records for people: lists of those that the actor may read
 * (domain/record_scope.h), and one of them.  Appending and checking is
 * domain/record.h.
 */
#ifndef DOMAIN_RECORD_LIST_H
#define DOMAIN_RECORD_LIST_H

#include "crypt/token.h"
#include "domain/record_scope.h"

struct record_filter {
	int64_t families;	   /* bit mask; 0 all */
	const char *organisation;  /* that they concern: a ref; NULL all */
	const char *object;	   /* what they are about: a ref; NULL all */
	int64_t from_at, until_at; /* recorded in [from, until); 0 open */
	int64_t before;		   /* key: ids below; 0 from the newest on */
	int limit;		   /* 50 when 0; at most 200 */
};

struct record_row {
	int64_t id; /* its leaf in the log is id - 1 */
	int64_t recorded_at;
	char *kind;				    /* "advisory.published" */
	char *actor_name;			    /* NULL: the console */
	char *organisation_ref, *organisation_name; /* the actor's, or NULL */
	char *object;
	char digest[DIGEST_TEXT]; /* SHA-256 of its canonical bytes */
};

struct record_list {
	struct record_row *rows; /* newest first */
	size_t count;
	int64_t next; /* key of the next page, 0 none */
};
enum err
record_list(struct ctx *, const struct record_filter *, struct record_list *);
/* The ids of all of them, each once, ascending; `before` and limit: unused. */
enum err record_list_ids(
    struct ctx *, const struct record_filter *, int64_t **ids, size_t *n);

/* One of them, with its canonical bytes; else ERR_NOT_FOUND. */
struct record {
	struct record_row row;
	char *body;
	size_t body_len;
	/* The mandate by which the actor may read it; NULL: it concerns the
	   own organisation. */
	char *agreement_ref, *agreement_title;
};
enum err record_load(struct ctx *, int64_t id, struct record **);

#endif
