/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The texts that an agreement can start from, templates/agreement/start/
 * <kind>.<language>.md: written by us, equal in both languages, to be changed
 * by whoever drafts.  The charter's is signed as it stands.
 */
#ifndef PAGE_AGREEMENT_START_H
#define PAGE_AGREEMENT_START_H

#include "domain/agreement.h"
#include "page/visit.h"

/* Days of notice that the charter's text speaks of. */
enum { AGREEMENT_START_CHARTER_NOTICE = 30 };

struct agreement_start {
	const char *title; /* the file's first line, without its "# " */
	const char *text;  /* Markdown: all that follows it, clauses by h1 */
};

/*
 * In the arena.  ERR_NOT_FOUND: the kind has none (other), both are "" then.
 * ERR_INTERNAL: the installation lacks the file, or it has no title (logged).
 */
enum err agreement_start(struct pages *, struct arena *, enum lang,
    enum agreement_kind, struct agreement_start *);

/* The page of what can be started from, each with a sentence. */
enum err agreement_start_choose(struct visit *);

#endif
