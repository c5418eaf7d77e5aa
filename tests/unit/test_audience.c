/* SPDX-License-Identifier: Apache-2.0 */
/* Who will see it: test_access.c compares it with who can load it. */
#include "world.h"

static struct audience *
audience_for(struct world *w, const struct advisory_draft *d)
{
	struct audience *audience = NULL;
	struct advisory *a;
	bool is_there;
	char *ref = world_create(w, d);

	fixture_ok(advisory_load_draft(&w->f.ctx, ref, &a));
	fixture_ok(
	    audience_of(&w->f.ctx, ACCESS_ADVISORY, a->revision_id, &audience));
	fixture_ok(audience_is_there(
	    &w->f.ctx, ACCESS_ADVISORY, a->revision_id, &is_there));
	ck_assert_int_eq(is_there, !audience_is_empty(audience));
	return audience;
}

static const struct audience_row *
row_of(const struct audience *audience, const struct person *p)
{
	for (size_t i = 0; i < audience->count; i++)
		if (strcmp(audience->rows[i].organisation_ref,
			p->organisation_ref) == 0)
			return &audience->rows[i];
	return NULL;
}

START_TEST(own_first_and_reasons)
{
	struct advisory_draft d;
	struct audience *audience;
	const struct audience_row *row;
	struct world w;

	world_open(&w);
	d = world_draft(&w, "For energy", TLP_AMBER, "energy");
	audience = audience_for(&w, &d);
	ck_assert_uint_eq(audience->count, 2);
	ck_assert(audience->rows[0].is_own);
	ck_assert_int_eq(audience->rows[0].people, 2);
	row = row_of(audience, w.who[ENERGY]);
	ck_assert_ptr_nonnull(row);
	ck_assert(!row->is_own);
	ck_assert_int_eq(row->people, 1);
	ck_assert_str_eq(row->circle_ref, "energy");
	ck_assert_ptr_null(row->circle_name);
	/* Its charter is between it and the keeper. */
	ck_assert_ptr_null(row->agreement_ref);
	ck_assert_str_eq(row->country, "FR");
	ck_assert_int_eq(row->kind, ORG_OPERATOR);
	ck_assert_int_eq(audience->people, 1);
	ck_assert_int_eq(audience->organisations, 1);
	ck_assert(!audience->is_public);
	ck_assert(!audience_is_empty(audience));
	world_close(&w);
}
END_TEST

/* A circle that brings it does not make a reader of somebody unnamed. */
START_TEST(red_counts_names)
{
	struct advisory_draft d;
	struct audience *audience;
	struct world w;

	world_open(&w);
	d = world_draft(&w, "Red", TLP_RED, "pact");
	audience = audience_for(&w, &d);
	ck_assert_uint_eq(audience->count, 2);
	ck_assert_int_eq(row_of(audience, w.who[AUTHOR])->people, 1);
	ck_assert_int_eq(row_of(audience, w.who[NAMED])->people, 1);
	ck_assert_str_eq(
	    row_of(audience, w.who[NAMED])->circle_name, "The pact");
	ck_assert_ptr_null(row_of(audience, w.who[LOW]));
	ck_assert_int_eq(audience->people, 1);
	world_close(&w);
}
END_TEST

START_TEST(clear_is_for_the_world)
{
	struct advisory_draft d;
	struct audience *audience;
	struct world w;

	world_open(&w);
	d = world_draft(&w, "Clear", TLP_CLEAR, NULL);
	audience = audience_for(&w, &d);
	ck_assert(audience->is_public);
	ck_assert(!audience_is_empty(audience));
	ck_assert_str_eq(row_of(audience, w.who[KEEPER])->circle_ref, "public");
	ck_assert_ptr_null(row_of(audience, w.who[SUSPENDED]));
	world_close(&w);
}
END_TEST

/* Somebody invited has no eyes yet; the organisation is told all the same. */
START_TEST(nobody_there_yet)
{
	struct advisory_draft d;
	struct audience *audience;
	struct organisation *o;
	struct world w;
	char *token;

	world_open(&w);
	o = fixture_organisation(&w.f, "Empty Water", ORG_OPERATOR, 1 << 8);
	fixture_invited(&w.f, o->ref, "Soon", 0, &token);
	d = world_draft(
	    &w, "For an empty circle", TLP_AMBER, "public-administration");
	audience = audience_for(&w, &d);
	ck_assert_uint_eq(audience->count, 2);
	ck_assert_str_eq(audience->rows[1].organisation_ref, o->ref);
	ck_assert_int_eq(audience->rows[1].people, 0);
	ck_assert_int_eq(audience->organisations, 0);
	ck_assert(audience_is_empty(audience));
	world_close(&w);
}
END_TEST

START_TEST(no_such_revision)
{
	struct audience *audience = NULL;
	struct world w;
	bool is_there;

	world_open(&w);
	fixture_err(audience_of(&w.f.ctx, ACCESS_ADVISORY, 12345, &audience),
	    ERR_NOT_FOUND);
	fixture_err(
	    audience_is_there(&w.f.ctx, ACCESS_ADVISORY, 12345, &is_there),
	    ERR_NOT_FOUND);
	ck_assert_ptr_null(audience);
	world_close(&w);
}
END_TEST

UNIT_MAIN("audience", UNIT(own_first_and_reasons), UNIT(red_counts_names),
    UNIT(clear_is_for_the_world), UNIT(nobody_there_yet),
    UNIT(no_such_revision))
