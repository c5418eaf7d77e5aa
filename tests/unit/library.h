/* SPDX-License-Identifier: Apache-2.0 */
/* Documents in the partnership of world.h, with files of their own. */
#ifndef UNIT_LIBRARY_H
#define UNIT_LIBRARY_H

#include "document_file.h"
#include "world.h"

static inline struct document_file *
library_file(struct world *w, const char *name, const char *text)
{
	return document_file_of(&w->f, name, text);
}

/* A right one of this label to one circle (NULL: none); RED names NAMED. */
static inline struct document_draft
library_draft(
    struct world *w, const char *title, enum tlp label, const char *circle)
{
	const struct advisory_draft a = world_draft(w, title, label, circle);

	return (struct document_draft){
		.title = title,
		.summary = "What it is good for",
		.note = "What changed",
		.kind = DOCUMENT_GUIDE,
		.language = "en",
		.label = label,
		.circles = a.circles,
		.named = a.named,
	};
}

/* Written by AUTHOR, who acts from then on; a moment later each. */
static inline char *
library_create(struct world *w, const struct document_draft *draft,
    const struct document_file *file)
{
	struct fault fault;
	char *ref = NULL;
	enum err rc;

	world_as(w, AUTHOR);
	fixture_later(&w->f, CLOCK_S);
	rc = document_create(&w->f.ctx, draft, file, &ref, &fault);
	ck_assert_msg(
	    rc == ERR_OK, "%s: %s %s", err_name(rc), fault.field, fault.error);
	return ref;
}

static inline enum err
library_try_publish(struct world *w, const char *ref)
{
	struct fault fault;
	struct document *d;

	world_as(w, AUTHOR);
	fixture_later(&w->f, CLOCK_S);
	fixture_ok(document_load_draft(&w->f.ctx, ref, &d));
	return document_publish(&w->f.ctx, ref, d->edit, &fault);
}

static inline char *
library_publish(struct world *w, const char *title, enum tlp label,
    const char *circle, const char *text)
{
	struct document_draft d = library_draft(w, title, label, circle);
	char *ref = library_create(w, &d, library_file(w, "guide.txt", text));

	fixture_ok(library_try_publish(w, ref));
	return ref;
}

static inline struct document *
library_load(struct world *w, enum reader r, const char *ref)
{
	struct document *d = NULL;
	enum err rc;

	world_as(w, r);
	rc = document_load(&w->f.ctx, ref, &d);
	ck_assert_msg(rc == ERR_OK || rc == ERR_NOT_FOUND, "%s", err_name(rc));
	return rc == ERR_OK ? d : NULL;
}

static inline bool
library_has(const struct document_list *list, const char *ref)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->rows[i].ref, ref) == 0)
			return true;
	return false;
}

/* Everything that is derived is as it would be made anew. */
static inline void
library_verify(struct world *w)
{
	char *problem = NULL;
	int64_t n;

	fixture_ok(document_verify(&w->f.ctx, &n, &problem));
	ck_assert_msg(problem == NULL, "%s", problem);
}

#endif
