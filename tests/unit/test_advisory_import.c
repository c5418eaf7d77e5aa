/* SPDX-License-Identifier: Apache-2.0 */
/* Documents from elsewhere: new, again, newer, wrong. */
#include "world.h"

static const struct advisory_part parts[] = {
	{ "note", 0, "summary", "Heading", "A wombat was found", "" },
	{ "reference", 1, "external", NULL, NULL, "https://example.org/" },
};

static struct advisory_imported
imported(struct world *w, const char *version)
{
	struct advisory_imported doc = {
		.draft = world_draft(w, "From elsewhere", TLP_GREEN, "energy"),
		.foreign_id = "VENDOR-1",
		.foreign_version = version,
		.published_at = w->f.ctx.now_at - 10 * CLOCK_DAY,
		.parts = parts,
		.part_count = 2,
	};

	doc.draft.happened = doc.draft.todo = "";
	return doc;
}

static enum advisory_import_result
import(struct world *w, const struct advisory_imported *doc, char **ref)
{
	enum advisory_import_result result;
	struct fault fault;
	enum err rc;

	rc = advisory_import(&w->f.ctx, doc, ref, &result, &fault);
	ck_assert_msg(
	    rc == ERR_OK, "%s %s %s", err_name(rc), fault.field, fault.error);
	return result;
}

START_TEST(import_and_again)
{
	struct advisory_imported doc;
	struct advisory_part *read;
	struct advisory *a;
	struct world w;
	char *ref, *again;
	size_t n;

	world_open(&w);
	doc = imported(&w, "2");
	ck_assert_int_eq(import(&w, &doc, &ref), ADVISORY_IMPORT_CREATED);
	a = world_load(&w, ENERGY, ref);
	ck_assert_str_eq(a->foreign_id, "VENDOR-1");
	ck_assert_str_eq(a->foreign_version, "2");
	ck_assert_int_eq(a->published_at, doc.published_at);
	ck_assert_int_eq(a->revision_published_at, doc.published_at);
	fixture_ok(advisory_parts(&w.f.ctx, a->revision_id, &read, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(read[0].text, "A wombat was found");
	ck_assert_str_eq(read[1].title, "");
	ck_assert_int_eq(read[1].depth, 1);
	/* Its parts follow the rule, too. */
	world_as(&w, WATER);
	fixture_ok(advisory_parts(&w.f.ctx, a->revision_id, &read, &n));
	ck_assert_uint_eq(n, 0);
	world_as(&w, AUTHOR);
	ck_assert_int_eq(import(&w, &doc, &again), ADVISORY_IMPORT_SKIPPED);
	ck_assert_str_eq(again, ref);
	doc.foreign_version = "1";
	ck_assert_int_eq(import(&w, &doc, &again), ADVISORY_IMPORT_SKIPPED);
	doc.foreign_version = "10";
	doc.published_at += CLOCK_DAY;
	doc.draft.change = "";
	ck_assert_int_eq(import(&w, &doc, &again), ADVISORY_IMPORT_REVISED);
	ck_assert_str_eq(again, ref);
	a = world_load(&w, ENERGY, ref);
	ck_assert_int_eq(a->revision, 2);
	world_as(&w, AUTHOR);
	fixture_ok(advisory_withdraw(&w.f.ctx, ref, "Wrong"));
	doc.foreign_version = "11";
	ck_assert_int_eq(import(&w, &doc, &again), ADVISORY_IMPORT_SKIPPED);
	world_as(&w, ENERGY);
	fixture_ok(advisory_parts(&w.f.ctx, a->revision_id, &read, &n));
	ck_assert_uint_eq(n, 0);
	world_verify(&w);
	world_close(&w);
}
END_TEST

/* Somebody is writing a revision when a newer version comes in. */
START_TEST(import_over_a_draft)
{
	struct advisory_imported doc;
	struct fault fault;
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	doc = imported(&w, "1.0.0");
	ck_assert_int_eq(import(&w, &doc, &ref), ADVISORY_IMPORT_CREATED);
	fixture_ok(advisory_revise(&w.f.ctx, ref));
	doc.foreign_version = "1.1.0";
	ck_assert_int_eq(import(&w, &doc, &ref), ADVISORY_IMPORT_REVISED);
	d = world_draft(&w, "Mine", TLP_GREEN, "energy");
	fixture_err(advisory_save(&w.f.ctx, ref, 1, &d, &fault), ERR_STALE);
	fixture_ok(advisory_load_draft(&w.f.ctx, ref, &a));
	ck_assert_int_eq(a->number, 3);
	fixture_ok(advisory_save(&w.f.ctx, ref, a->edit, &d, &fault));
	fixture_ok(world_try_publish(&w, ref));
	ck_assert_int_eq(world_load(&w, ENERGY, ref)->number, 3);
	world_verify(&w);
	world_close(&w);
}
END_TEST

START_TEST(import_refusals)
{
	static const struct advisory_part bad[] = { { "note", 0, "a", "b",
	    "\x01", "" } };
	enum advisory_import_result result;
	struct advisory_imported doc;
	struct fault fault;
	struct world w;
	char *ref;

	world_open(&w);
	doc = imported(&w, "not a version");
	fixture_err(advisory_import(&w.f.ctx, &doc, &ref, &result, &fault),
	    ERR_INVALID);
	ck_assert_str_eq(fault.field, "foreign_version");
	doc = imported(&w, "1");
	doc.parts = bad;
	doc.part_count = 1;
	fixture_err(advisory_import(&w.f.ctx, &doc, &ref, &result, &fault),
	    ERR_INVALID);
	ck_assert_str_eq(fault.field, "parts");
	doc = imported(&w, "1");
	doc.draft.label = TLP_RED;
	fixture_err(advisory_import(&w.f.ctx, &doc, &ref, &result, &fault),
	    ERR_AUDIENCE);
	ck_assert_ptr_null(ref);
	/* A date to come counts as now. */
	doc = imported(&w, "1");
	doc.published_at = w.f.ctx.now_at + CLOCK_DAY;
	ck_assert_int_eq(import(&w, &doc, &ref), ADVISORY_IMPORT_CREATED);
	ck_assert_int_eq(
	    world_load(&w, ENERGY, ref)->published_at, w.f.ctx.now_at);
	world_close(&w);
}
END_TEST

UNIT_MAIN("advisory_import", UNIT(import_and_again), UNIT(import_over_a_draft),
    UNIT(import_refusals))
