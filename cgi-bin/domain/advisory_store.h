/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files that write advisories share; nothing else includes it.
 *
 *	advisory.c	  reading one
 *	draft.c		  writing a draft: create, save, revise, discard
 *	draft_check.c	  is what was typed right?
 *	advisory_store.c  rows of revisions
 *	publish.c	  publish and withdraw
 *	advisory_index.c  what lists and search find
 *	advisory_import.c documents from elsewhere
 *	advisory_list.c, advisory_rows.c, advisory_search.c  lists
 *	advisory_reading.c who has read it
 *
 * Those that change something must be called inside db_begin().
 */
#ifndef DOMAIN_ADVISORY_STORE_H
#define DOMAIN_ADVISORY_STORE_H

#include "domain/addressing.h"
#include "domain/advisory.h"

/* A draft that was found right: clean texts, and rows in place of names. */
struct draft_content {
	char *title, *summary, *happened, *todo, *products, *cves;
	char *change;
	enum severity severity;
	enum tlp label;
	int64_t sectors;
	int64_t answer_by_at;
	struct addressed to;
};

/* How much a draft must hold. */
enum draft_stage {
	DRAFT_SAVED, /* may lack texts */
	DRAFT_PUBLISHED,
	DRAFT_STRUCTURED, /* likewise; its texts may all be in its parts */
	DRAFT_IMPORTED	  /* likewise; written elsewhere and earlier */
};

/* ERR_INVALID fills *fault.  `number` is the revision's. */
enum err advisory_check(struct ctx *, const struct advisory_draft *,
    enum draft_stage, int number, struct draft_content *, struct fault *fault);

/*
 * advisory_load_draft() for an act on what a form was made from: ERR_STALE
 * when that was another edit; ERR_STATE also when nothing is being written.
 */
enum err advisory_own_draft(struct ctx *, const char *ref, enum advisory_act,
    int edit, struct advisory **);

/* The word's state; the table has no other. */
enum advisory_state advisory_state_of(const char *word);

/* A revision of the actor's organisation, and its parts, whoever asks. */
enum err
advisory_load_stored(struct ctx *, int64_t revision, struct advisory **);
enum err advisory_parts_stored(
    struct ctx *, int64_t revision, struct advisory_part **, size_t *n);

/* ENT-2026-0042 of this year, in state draft: a row of the table advisory. */
enum err
advisory_add(struct ctx *, const char *foreign_id, int64_t *id, char **ref);
/* The first place in lists at or after `at` that no advisory has. */
enum err advisory_free_position(struct ctx *, int64_t at, int64_t *position);

/* What a new revision is made of besides its content. */
struct revision_new {
	int64_t advisory;
	int number;
	const char *foreign_version;
	int64_t source; /* 0 none */
};
enum err advisory_add_revision(struct ctx *, const struct revision_new *,
    const struct draft_content *, int64_t *id);
/* Over an unpublished one with this edit; ERR_STALE. */
enum err advisory_replace_revision(
    struct ctx *, int64_t id, int edit, const struct draft_content *);
/* One that was never published, with all that hangs on it. */
enum err advisory_remove_revision(struct ctx *, int64_t id);
/* The next number, as a draft, from the newest published one. */
enum err
advisory_copy_revision(struct ctx *, const struct advisory *, int64_t *id);
enum err advisory_add_parts(
    struct ctx *, int64_t revision, const struct advisory_part *, size_t n);

/*
 * Makes a stored revision the one that readers see: states, rows of lists,
 * full text, record.  ERR_AUDIENCE nobody would read it, ERR_STALE it is
 * not the one being written.
 */
struct publication {
	int64_t revision;
	int64_t at;	  /* of this revision */
	int64_t first_at; /* of the first one, should this be it */
};
enum err advisory_go_public(struct ctx *, const struct publication *);

/* The actor has read this revision, or a newer one before; a person acts. */
enum err advisory_reading_keep(struct ctx *, int64_t advisory, int number);

/*
 * The rows of lists of an advisory, anew: see the tables advisory_circle and
 * advisory_asked.
 */
enum err advisory_index_rows(struct ctx *, int64_t advisory);
/* None any more, of one that never was published. */
enum err advisory_index_drop(struct ctx *, int64_t advisory);
/* Its full text: from one place in lists (0: none yet) to another. */
struct advisory_place {
	int64_t from, to;
};
enum err advisory_index_text(struct ctx *, const struct advisory *,
    const struct advisory_part *, size_t n, const struct advisory_place *);

#endif
