/* SPDX-License-Identifier: Apache-2.0 */
/* "We use this", by organisation. */
#include "library.h"

#include "domain/document_use.h"

static const char *
users(struct world *w, enum reader r, const char *ref)
{
	struct document *d = library_load(w, r, ref);
	struct document_use *all;
	const char *out = "";
	size_t n;

	if (d == NULL)
		return "nothing";
	fixture_ok(document_uses(&w->f.ctx, d, &all, &n));
	for (size_t i = 0; i < n; i++)
		out = arena_printf(w->f.arena, "%s%s%s|", out,
		    all[i].organisation_name, all[i].is_own ? "*" : "");
	return out;
}

static enum err
use(struct world *w, enum reader r, const char *ref, bool is_used)
{
	world_as(w, r);
	fixture_later(&w->f, CLOCK_S);
	return document_use_set(&w->f.ctx, ref, is_used);
}

static int64_t
records(struct world *w)
{
	return fixture_int(&w->f,
	    "SELECT COUNT(*) FROM record"
	    " WHERE kind IN ('document.used', 'document.unused')");
}

START_TEST(said_and_taken_back)
{
	struct document_list list;
	struct world w;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_GREEN, "community", "text");
	ck_assert_str_eq(users(&w, ENERGY, ref), "");
	fixture_ok(use(&w, WATER, ref, true));
	fixture_ok(use(&w, ENERGY, ref, true));
	ck_assert_str_eq(users(&w, ENERGY, ref), "Grid*|Waterworks|");
	ck_assert_str_eq(users(&w, AUTHOR, ref), "Grid|Waterworks|");
	ck_assert_int_eq(records(&w), 2);
	/* Once more changes nothing, and is no record. */
	fixture_ok(use(&w, ENERGY, ref, true));
	ck_assert_int_eq(records(&w), 2);
	world_as(&w, ENERGY);
	fixture_ok(document_list(&w.f.ctx,
	    &(struct document_filter){
		.kind = -1, .label = -1, .is_used = true },
	    &list));
	ck_assert_uint_eq(list.count, 1);
	ck_assert_int_eq(list.rows[0].uses, 2);
	fixture_ok(use(&w, ENERGY, ref, false));
	fixture_ok(use(&w, ENERGY, ref, false));
	ck_assert_int_eq(records(&w), 3);
	ck_assert_str_eq(users(&w, ENERGY, ref), "Waterworks|");
	world_close(&w);
}
END_TEST

/* The organisation says it, whoever of it: a colleague may take it back. */
START_TEST(of_the_organisation)
{
	struct document_use *all;
	struct document *d;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_GREEN, "pact", "text");
	fixture_ok(use(&w, NAMED, ref, true));
	d = library_load(&w, PARTY, ref);
	fixture_ok(document_uses(&w.f.ctx, d, &all, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert(all[0].is_own);
	ck_assert_int_eq(all[0].used_at, w.f.ctx.now_at);
	ck_assert_str_eq(
	    all[0].organisation_ref, w.who[NAMED]->organisation_ref);
	fixture_ok(use(&w, PARTY, ref, false));
	ck_assert_str_eq(users(&w, NAMED, ref), "");
	world_close(&w);
}
END_TEST

START_TEST(refusals)
{
	struct document_draft draft;
	struct world w;
	char *ref;

	world_open(&w);
	draft = library_draft(&w, "A guide", TLP_AMBER, "energy");
	ref = library_create(&w, &draft, library_file(&w, "a.txt", "a"));
	fixture_err(use(&w, COLLEAGUE, ref, true), ERR_STATE);
	fixture_ok(library_try_publish(&w, ref));
	fixture_err(use(&w, WATER, ref, true), ERR_NOT_FOUND);
	fixture_err(use(&w, WATER, "DOC-2026-0099", true), ERR_NOT_FOUND);
	fixture_err(use(&w, VISITOR, ref, true), ERR_FORBIDDEN);
	fixture_ok(use(&w, ENERGY, ref, true));
	world_as(&w, AUTHOR);
	fixture_ok(document_withdraw(&w.f.ctx, ref, "Wrong"));
	fixture_err(use(&w, ENERGY, ref, false), ERR_STATE);
	ck_assert_str_eq(users(&w, ENERGY, ref), "");
	ck_assert_str_eq(users(&w, AUTHOR, ref), "Grid|");
	ck_assert_int_eq(records(&w), 1);
	world_close(&w);
}
END_TEST

START_TEST(not_for_visitors)
{
	struct world w;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "Open", TLP_CLEAR, "community", "text");
	fixture_ok(use(&w, ENERGY, ref, true));
	ck_assert_str_eq(users(&w, VISITOR, ref), "");
	ck_assert_str_eq(users(&w, WATER, ref), "Grid|");
	world_close(&w);
}
END_TEST

UNIT_MAIN("document_use", UNIT(said_and_taken_back), UNIT(of_the_organisation),
    UNIT(refusals), UNIT(not_for_visitors))
