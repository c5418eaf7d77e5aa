/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files that write documents share; nothing else includes it.
 *
 *	document.c	   reading one
 *	document_link.c	   what one points to, and what points to it
 *	document_draft.c   writing a draft: create, save, revise, discard
 *	document_check.c   is what was typed right?
 *	document_store.c   rows of versions
 *	document_publish.c publish and withdraw
 *	document_index.c   what lists and search find
 *	document_list.c, document_search.c  lists
 *	document_reading.c who has read it
 *
 * Those that change something must be called inside db_begin().
 */
#ifndef DOMAIN_DOCUMENT_STORE_H
#define DOMAIN_DOCUMENT_STORE_H

#include "domain/addressing.h"
#include "domain/document.h"

/* clang-format off */

/* Somebody may read document a's newest version: THE rule, on rows of lists. */
#define DOCUMENT_MAY_NEWEST \
	"EXISTS (SELECT 1 FROM document_circle x CROSS JOIN reach r" \
	" WHERE x.document = a.id AND r.circle = x.circle" \
	" AND " ACCESS_MAY_DOCUMENT ")"

/* clang-format on */

/* A draft that was found right: clean texts, and rows in place of names. */
struct document_content {
	char *title, *summary, *note;
	enum document_kind kind;
	const char *language;
	int64_t sectors, measures;
	enum tlp label;
	int64_t review_by_at;
	int64_t translation_of; /* id, 0 none */
	int64_t *related;	/* ids, each once */
	size_t related_count;
	struct addressed to;
};

/* What there is of a document that a draft of it is checked against. */
struct document_stage {
	int64_t id;	 /* 0: it is new */
	int number;	 /* of the version that is written */
	bool has_file;	 /* or gets one */
	bool is_publish; /* it is to be complete */
};

/* ERR_INVALID fills *fault. */
enum err document_check(struct ctx *, const struct document_draft *,
    const struct document_stage *, struct document_content *, struct fault *);

/* The id of a document that the actor may read; ERR_NOT_FOUND. */
enum err document_find(struct ctx *, const char *ref, int64_t *id);

/*
 * document_load_draft() for an act on what a form was made from: ERR_STALE
 * when that was another edit; ERR_STATE also when nothing is being written.
 */
enum err document_own_draft(struct ctx *, const char *ref, enum document_act,
    int edit, struct document **);

/* A version of the actor's organisation, whoever asks. */
enum err
document_load_stored(struct ctx *, int64_t version, struct document **);

/* Fills related, translation_of and translations, as the actor may read. */
enum err document_links(struct ctx *, struct document *);

/* DOC-2026-0042 of this year, in state draft. */
enum err document_add(struct ctx *, int64_t *id, char **ref);
/* The first place in lists at or after `at` that no document has. */
enum err document_free_position(struct ctx *, int64_t at, int64_t *position);

/* Version `number` of a document, with a file or (NULL) without one. */
enum err document_add_version(struct ctx *, int64_t document, int number,
    const struct document_content *, const struct document_file *, int64_t *id);
/* Over an unpublished one with this edit; ERR_STALE.  NULL leaves the file. */
enum err document_replace_version(struct ctx *, int64_t id, int edit,
    const struct document_content *, const struct document_file *);
/* The next number, as a draft, from the newest published one. */
enum err
document_copy_version(struct ctx *, const struct document *, int64_t *id);
/* One that was never published, with all that hangs on it. */
enum err document_remove_version(struct ctx *, int64_t id);

/* The rows of lists, anew; or none any more. */
enum err document_index_rows(struct ctx *, int64_t document);
enum err document_index_drop(struct ctx *, int64_t document);
/* The full text: from one place in lists (0: none yet) to another. */
struct document_place {
	int64_t from, to;
};
enum err document_index_text(
    struct ctx *, const struct document *, const struct document_place *);

/* The actor has seen this version's page. */
enum err document_reading_keep(struct ctx *, int64_t document, int number);

#endif
