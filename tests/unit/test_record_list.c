/* SPDX-License-Identifier: Apache-2.0 */
/* Who may read which records: the own organisation's, and a mandate's. */
#include "domain/record_list.h"

#include "domain/record_detail.h"

#include "pact.h"

static const struct record_filter all;

static size_t
count(struct pact *p, const struct record_filter *f)
{
	struct record_list list;
	int64_t *ids;
	size_t n;

	fixture_ok(record_list(&p->f.ctx, f, &list));
	fixture_ok(record_list_ids(&p->f.ctx, f, &ids, &n));
	ck_assert_uint_eq(list.count, n);
	for (size_t i = 0; i < n; i++)
		ck_assert_int_eq(list.rows[n - 1 - i].id, ids[i]);
	return n;
}

static size_t
of_family(struct pact *p, enum record_family family)
{
	return count(
	    p, &(struct record_filter){ .families = (int64_t)1 << family });
}

/* The newest record, as who acts sees it. */
static enum err
newest(struct pact *p, struct record **record)
{
	return record_load(&p->f.ctx,
	    fixture_int(&p->f, "SELECT MAX(id) FROM record"), record);
}

START_TEST(what_concerns_whom)
{
	struct record *record;
	struct pact p;
	char *ref;

	pact_open(&p);
	ref = pact_document(&p, CERT, "community", TLP_GREEN);
	fixture_ok(newest(&p, &record));
	ck_assert_str_eq(record->row.kind, "document.published");
	ck_assert_str_eq(record->row.object, ref);
	ck_assert_str_eq(record->row.organisation_name, "Cert");
	ck_assert_ptr_null(record->agreement_ref);
	ck_assert_ptr_nonnull(strstr(record->body, "\"document.published\""));
	/* It is no business of others, though they may read the document. */
	pact_as(&p, GRID);
	fixture_err(newest(&p, &record), ERR_NOT_FOUND);
	pact_other(&p, COURT);
	fixture_err(newest(&p, &record), ERR_NOT_FOUND);
	pact_other(&p, VISITOR);
	fixture_err(newest(&p, &record), ERR_NOT_FOUND);
	ck_assert_uint_eq(count(&p, &all), 0);
	pact_close(&p);
}
END_TEST

/* The parties of an agreement have its records; nobody else has. */
START_TEST(parties_have_theirs)
{
	struct pact p;
	size_t water;

	pact_open(&p);
	pact_as(&p, WATER);
	water = count(&p, &all);
	pact_force(&p, GRID, 1 << GRID | 1 << CERT);
	pact_as(&p, GRID);
	ck_assert_uint_eq(of_family(&p, RECORD_OF_AGREEMENT), 4);
	pact_as(&p, CERT);
	ck_assert_uint_eq(of_family(&p, RECORD_OF_AGREEMENT), 4);
	pact_as(&p, WATER);
	ck_assert_uint_eq(count(&p, &all), water);
	pact_close(&p);
}
END_TEST

/* Of persons, who looks after them or signs for the organisation. */
START_TEST(persons_are_not_for_everybody)
{
	struct pact p;

	pact_open(&p);
	pact_other(&p, READER);
	ck_assert_uint_eq(of_family(&p, RECORD_OF_PERSON), 0);
	ck_assert_uint_gt(of_family(&p, RECORD_OF_ORGANISATION), 0);
	pact_other(&p, STEWARD);
	ck_assert_uint_gt(of_family(&p, RECORD_OF_PERSON), 0);
	pact_as(&p, GRID);
	ck_assert_uint_gt(of_family(&p, RECORD_OF_PERSON), 0);
	pact_close(&p);
}
END_TEST

START_TEST(mandates_open_and_close)
{
	struct record *record;
	struct pact p;
	char *ref;
	int64_t end;

	pact_open(&p);
	pact_document(
	    &p, CERT, "community", TLP_GREEN); /* before the mandate */
	end = p.f.ctx.now_at + 10 * CLOCK_DAY;
	ref = pact_mandate(&p, end);
	pact_other(&p, COURT);
	ck_assert_uint_eq(of_family(&p, RECORD_OF_DOCUMENT), 0);
	pact_document(&p, CERT, "community", TLP_GREEN);
	pact_other(&p, COURT);
	fixture_ok(newest(&p, &record));
	ck_assert_str_eq(record->agreement_ref, ref);
	/* Above its label; of somebody else. */
	pact_document(&p, GRID, "community", TLP_AMBER);
	pact_other(&p, COURT);
	fixture_err(newest(&p, &record), ERR_NOT_FOUND);
	pact_document(&p, WATER, "community", TLP_GREEN);
	pact_other(&p, COURT);
	fixture_err(newest(&p, &record), ERR_NOT_FOUND);
	ck_assert_uint_eq(of_family(&p, RECORD_OF_DOCUMENT), 1);
	ck_assert_uint_eq(
	    count(&p,
		&(struct record_filter){ .organisation = p.org[CERT]->ref,
		    .families = 1 << RECORD_OF_DOCUMENT }),
	    1);
	ck_assert_uint_eq(
	    count(&p,
		&(struct record_filter){ .organisation = p.org[GRID]->ref,
		    .families = 1 << RECORD_OF_DOCUMENT }),
	    0);
	/* It ends by itself. */
	p.f.ctx.now_at = end;
	ck_assert_uint_eq(of_family(&p, RECORD_OF_DOCUMENT), 0);
	pact_close(&p);
}
END_TEST

/* A person of the auditor without the role reads none of it. */
/* How it is negotiated and signed is seen where its force may be. */
START_TEST(mandates_and_agreements)
{
	struct agreement_input in;
	struct record *record;
	struct pact p;
	char *ref;

	pact_open(&p);
	pact_mandate(&p, 0);
	in = pact_input(&p, 1 << GRID | 1 << CERT);
	in.max_label = TLP_GREEN;
	ref = pact_propose_input(&p, GRID, &in);
	pact_other(&p, COURT);
	fixture_ok(newest(&p, &record));
	ck_assert_str_eq(record->row.object, ref);
	in.max_label = TLP_AMBER;
	ref = pact_propose_input(&p, GRID, &in);
	pact_other(&p, COURT);
	fixture_err(newest(&p, &record), ERR_NOT_FOUND);
	pact_sign(&p, ref, CERT);
	pact_other(&p, COURT);
	fixture_err(newest(&p, &record), ERR_NOT_FOUND);
	fixture_as(&p.f, p.who[CERT]);
	fixture_ok(newest(&p, &record));
	pact_close(&p);
}
END_TEST

START_TEST(mandates_need_the_role)
{
	struct person *clerk;
	struct pact p;

	pact_open(&p);
	pact_mandate(&p, 0);
	pact_document(&p, CERT, "community", TLP_GREEN);
	clerk = fixture_person(
	    &p.f, p.other[COURT]->organisation_ref, "Clerk", ROLE_STEWARD);
	fixture_as(&p.f, clerk);
	ck_assert_uint_eq(of_family(&p, RECORD_OF_DOCUMENT), 0);
	pact_other(&p, COURT);
	ck_assert_uint_eq(of_family(&p, RECORD_OF_DOCUMENT), 1);
	pact_close(&p);
}
END_TEST

START_TEST(filtered_and_paged)
{
	struct record_filter page = { .limit = 2,
		.families = 1 << RECORD_OF_DOCUMENT };
	struct record_list list;
	struct pact p;
	int64_t last, middle = 0;
	char *ref = NULL;

	pact_open(&p);
	for (int i = 0; i < 5; i++) {
		ref = pact_document(&p, CERT, "community", TLP_GREEN);
		if (i == 2)
			middle = p.f.ctx.now_at;
	}
	last = INT64_MAX;
	for (int i = 0; i < 3; i++) {
		fixture_ok(record_list(&p.f.ctx, &page, &list));
		ck_assert_uint_eq(list.count, i == 2 ? 1 : 2);
		for (size_t k = 0; k < list.count; k++) {
			ck_assert_int_lt(list.rows[k].id, last);
			last = list.rows[k].id;
		}
		page.before = list.next;
	}
	ck_assert_int_eq(list.next, 0);
	ck_assert_uint_eq(
	    count(&p, &(struct record_filter){ .object = ref }), 1);
	ck_assert_uint_eq(
	    count(&p, &(struct record_filter){ .object = "DOC-9" }), 0);
	ck_assert_uint_eq(count(&p,
			      &(struct record_filter){ .from_at = middle,
				  .families = 1 << RECORD_OF_DOCUMENT }),
	    3);
	ck_assert_uint_eq(count(&p,
			      &(struct record_filter){ .until_at = middle,
				  .families = 1 << RECORD_OF_DOCUMENT }),
	    2);
	pact_close(&p);
}
END_TEST

/* What its bytes say, as text. */
START_TEST(told_in_details)
{
	static char body[] = "{\"what\":{\"a\":\"x\",\"b\":[1,\"y\"],"
			     "\"c\":null,\"d\":[],\"e\":\"\",\"f\":[null],"
			     "\"g\":false}}";
	struct record r = { .body = body, .body_len = sizeof(body) - 1 };
	static const struct {
		const char *name;
		size_t count;
		const char *first, *last;
	} want[] = { { "a", 1, "x", "x" }, { "b", 2, "1", "y" },
		{ "g", 1, "false", "false" } };
	struct record_detail *details;
	struct pact p;
	size_t n;

	pact_open(&p);
	fixture_ok(record_details(&p.f.ctx, &r, &details, &n));
	ck_assert_uint_eq(n, UNIT_COUNT(want));
	for (size_t i = 0; i < n; i++) {
		const struct record_detail *d = &details[i];

		ck_assert_str_eq(d->name, want[i].name);
		ck_assert_uint_eq(d->count, want[i].count);
		ck_assert_str_eq(d->values[0], want[i].first);
		ck_assert_str_eq(d->values[d->count - 1], want[i].last);
	}
	r.body_len--;
	fixture_err(record_details(&p.f.ctx, &r, &details, &n), ERR_CORRUPT);
	ck_assert_int_eq(
	    record_family_of("signing-key.revoked"), RECORD_OF_KEY);
	ck_assert_int_eq(record_family_of("signing-keys"), RECORD_FAMILY__MAX);
	ck_assert_int_eq(record_family_of("x.y"), RECORD_FAMILY__MAX);
	pact_close(&p);
}
END_TEST

UNIT_MAIN("record_list", UNIT(what_concerns_whom), UNIT(parties_have_theirs),
    UNIT(persons_are_not_for_everybody), UNIT(mandates_open_and_close),
    UNIT(mandates_and_agreements), UNIT(mandates_need_the_role),
    UNIT(filtered_and_paged), UNIT(told_in_details))
