/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "base/buf.h"
#include "base/file.h"
#include "domain/csaf.h"
#include "fixture.h"

#define DATA "tests/unit/data/csaf/"
#define COUNT(table) "SELECT COUNT(*) FROM " table

/* A CSIRT that publishes, one operator in energy, one in water. */
static void
open_house(struct fixture *f)
{
	struct organisation *o;
	struct person *p;

	fixture_open(f);
	o = fixture_organisation(f, "Grid", ORG_OPERATOR, 1);
	fixture_person(f, o->ref, "Anna", 0);
	o = fixture_organisation(f, "Waterworks", ORG_OPERATOR, 8);
	fixture_person(f, o->ref, "Berit", 0);
	o = fixture_organisation(f, "CSIRT", ORG_INSTITUTION, 0);
	p = fixture_person(f, o->ref, "Chris", ROLE_PUBLISHER);
	fixture_as(f, p);
}

/* minimal.json, with one text replaced where `from` is not NULL. */
static enum err
take(struct fixture *f, const char *from, const char *to,
    const struct csaf_options *options, struct csaf_result *out)
{
	struct buf b, changed;
	const char *at;
	enum err rc;

	buf_init(&b, 1 << 20);
	buf_init(&changed, 1 << 20);
	fixture_ok(file_read(DATA "minimal.json", &b));
	at = from == NULL ? b.data : strstr(b.data, from);
	ck_assert_ptr_nonnull(at);
	buf_add(&changed, b.data, (size_t)(at - b.data));
	buf_adds(&changed, from == NULL ? "" : to);
	buf_adds(&changed, at + (from == NULL ? 0 : strlen(from)));
	rc = csaf_import(&f->ctx, changed.data, changed.len, options, out);
	ck_assert_ptr_eq(f->ctx.arena, f->arena);
	buf_free(&b);
	buf_free(&changed);
	return rc;
}

static const struct csaf_options as_it_says = { NULL, -1 };

START_TEST(created)
{
	struct csaf_result r;
	struct advisory *a;
	struct fixture f;

	open_house(&f);
	fixture_ok(take(&f, NULL, NULL, &as_it_says, &r));
	ck_assert_int_eq(r.result, ADVISORY_IMPORT_CREATED);
	ck_assert_str_eq(r.foreign_id, "EX-1");
	ck_assert_str_eq(r.foreign_version, "2");
	ck_assert_int_eq(r.sectors.bits, 1);
	ck_assert_int_eq(r.fault.reason, CSAF_OK);
	fixture_ok(advisory_load(&f.ctx, r.ref, &a));
	ck_assert_str_eq(a->title, "Pump stops");
	ck_assert_int_eq(a->label, TLP_GREEN);
	ck_assert_int_eq(a->severity, SEVERITY_HIGH);
	ck_assert(a->has_source);
	ck_assert_uint_eq(a->circle_count, 1);
	ck_assert_str_eq(a->circles[0].ref, "energy");
	ck_assert_int_eq(fixture_int(&f, COUNT("advisory_part")), 13);
	ck_assert_int_eq(fixture_int(&f, COUNT("blob")), 1);
	fixture_close(&f);
}
END_TEST

/* Versions one after another, and what becomes of each. */
static const struct {
	const char *version;
	enum advisory_import_result result;
	int revision; /* afterwards */
} versions[] = {
	{ "2", ADVISORY_IMPORT_CREATED, 1 },
	{ "2", ADVISORY_IMPORT_SKIPPED, 1 },
	{ "1", ADVISORY_IMPORT_SKIPPED, 1 },
	{ "2.0.0", ADVISORY_IMPORT_SKIPPED, 1 },
	{ "10", ADVISORY_IMPORT_REVISED, 2 },
	{ "9", ADVISORY_IMPORT_SKIPPED, 2 },
	{ "10.0.1", ADVISORY_IMPORT_REVISED, 3 },
};

START_TEST(revised)
{
	struct csaf_result r;
	struct fixture f;
	char text[40];

	open_house(&f);
	for (int i = 0; i < UNIT_COUNT(versions); i++) {
		snprintf(text, sizeof(text), "\"version\": \"%s\"",
		    versions[i].version);
		fixture_ok(
		    take(&f, "\"version\": \"2\"", text, &as_it_says, &r));
		ck_assert_int_eq(r.result, versions[i].result);
		ck_assert_str_eq(
		    r.ref, fixture_text(&f, "SELECT ref FROM advisory"));
		ck_assert_int_eq(
		    fixture_int(&f, "SELECT revision FROM advisory"),
		    versions[i].revision);
	}
	ck_assert_int_eq(fixture_int(&f, COUNT("advisory")), 1);
	ck_assert_int_eq(fixture_int(&f, COUNT("blob")), 3);
	fixture_close(&f);
}
END_TEST

/* Sectors and labels to circles, where the caller names none. */
static const struct {
	const char *from, *to;
	const char *circles; /* joined, or NULL: nobody would read it */
} addressed[] = {
	{ "\"Energy\"", "\"Energy, Water, Chemical\"", "energy,water" },
	{ "\"Energy\"", "\"Multiple including Energy\"", "community" },
	{ "\"Energy\"", "\"Commercial Facilities\"", "community" },
	{ "\"Energy\"", "\"Chemical\"", "community" },
	{ "Critical infrastructure sectors", "Other", "community" },
	{ "\"GREEN\" } },", "\"AMBER\" } },", "energy" },
};

START_TEST(circles)
{
	struct csaf_result r;
	struct fixture f;

	open_house(&f);
	fixture_ok(
	    take(&f, addressed[_i].from, addressed[_i].to, &as_it_says, &r));
	ck_assert_str_eq(fixture_text(&f,
			     "SELECT group_concat(c.ref) FROM ("
			     "SELECT c.ref FROM revision_circle x"
			     " JOIN circle c ON c.id = x.circle"
			     " WHERE c.kind <> 'own' AND c.kind <> 'public'"
			     " ORDER BY c.ref) c"),
	    addressed[_i].circles);
	fixture_close(&f);
}
END_TEST

/* What was for the few of a sector that nobody is in. */
START_TEST(never_wider)
{
	struct csaf_result r;
	struct fixture f;

	open_house(&f);
	fixture_err(take(&f, "\"GREEN\" } },\n    \"notes\": [",
			"\"AMBER\" } }, \"notes\": [ { \"category\": \"other\","
			" \"title\": \"Sectors\", \"text\": \"Chemical\" } ],"
			" \"n\": [",
			&as_it_says, &r),
	    ERR_AUDIENCE);
	ck_assert_int_eq(fixture_int(&f, COUNT("advisory")), 0);
	ck_assert_int_eq(fixture_int(&f, COUNT("blob")), 0);
	fixture_close(&f);
}
END_TEST

START_TEST(options)
{
	static const char *const water[] = { "water", NULL };
	static const char *const unknown[] = { "lasers", NULL };
	struct csaf_options o = { water, TLP_AMBER };
	struct csaf_result r;
	struct advisory *a;
	struct fixture f;

	open_house(&f);
	fixture_ok(take(&f, NULL, NULL, &o, &r));
	fixture_ok(advisory_load(&f.ctx, r.ref, &a));
	ck_assert_int_eq(a->label, TLP_AMBER);
	ck_assert_uint_eq(a->circle_count, 1);
	ck_assert_str_eq(a->circles[0].ref, "water");

	/* A circle that is none; a label below the document's own. */
	o.circles = unknown;
	fixture_err(take(&f, "EX-1", "EX-2", &o, &r), ERR_INVALID);
	ck_assert_int_eq(r.fault.reason, CSAF_FIELD);
	ck_assert_str_eq(r.fault.place, "circles");
	o = (struct csaf_options){ NULL, TLP_CLEAR };
	fixture_err(take(&f, "EX-1", "EX-2", &o, &r), ERR_INVALID);
	ck_assert_int_eq(r.fault.reason, CSAF_LABEL);
	ck_assert_str_eq(r.fault.detail, "TLP:GREEN");
	/* One without a label takes what is asked. */
	fixture_ok(take(&f, "\"tlp\": { \"label\": \"GREEN\" }", "", &o, &r));
	fixture_close(&f);
}
END_TEST

/* Nothing of a document that is refused stays. */
START_TEST(refused)
{
	struct csaf_result r;
	struct fixture f;

	open_house(&f);
	fixture_err(
	    take(&f, "\"final\"", "\"draft\"", &as_it_says, &r), ERR_INVALID);
	ck_assert_int_eq(r.fault.reason, CSAF_DRAFT);
	ck_assert_str_eq(r.fault.place, "/document/tracking/status");
	ck_assert_int_eq(r.fault.line, 24);
	fixture_err(take(&f, "GREEN", "RED", &as_it_says, &r), ERR_INVALID);
	ck_assert_int_eq(r.fault.reason, CSAF_RED);
	ck_assert_int_eq(fixture_int(&f, COUNT("advisory")), 0);
	ck_assert_int_eq(fixture_int(&f, COUNT("blob")), 0);
	fixture_close(&f);
}
END_TEST

/* Another organisation's document with the same identifier is another. */
START_TEST(by_organisation)
{
	struct csaf_result first, second;
	struct organisation *o;
	struct fixture f;

	open_house(&f);
	fixture_ok(take(&f, NULL, NULL, &as_it_says, &first));
	o = fixture_organisation(&f, "Ministry", ORG_INSTITUTION, 0);
	fixture_as(&f, fixture_person(&f, o->ref, "Dora", ROLE_PUBLISHER));
	fixture_ok(take(&f, NULL, NULL, &as_it_says, &second));
	ck_assert_int_eq(second.result, ADVISORY_IMPORT_CREATED);
	ck_assert_str_ne(first.ref, second.ref);
	ck_assert_int_eq(fixture_int(&f, COUNT("blob")), 1);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("csaf_import", UNIT(created), UNIT(revised),
    UNIT_ROWS(circles, addressed), UNIT(never_wider), UNIT(options),
    UNIT(refused), UNIT(by_organisation))
