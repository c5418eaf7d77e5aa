/* SPDX-License-Identifier: Apache-2.0 */
/* Who may ask for a bundle of which records, and who may take it. */
#include "domain/bundle.h"

#include "base/clock.h"
#include "document_file.h"
#include "domain/record_list.h"
#include "pact.h"

static const struct bundle_filter everything;

static struct bundle *
ask(struct pact *p, const struct bundle_filter *f)
{
	struct bundle *b;
	char *ref;

	fixture_ok(bundle_ask(&p->f.ctx, f, &ref));
	fixture_ok(bundle_load(&p->f.ctx, ref, &b));
	ck_assert_str_eq(b->ref, ref);
	ck_assert_int_eq(b->state, BUNDLE_ASKED);
	return b;
}

static int64_t
rows(struct pact *p, const struct bundle *b)
{
	return fixture_int(&p->f,
	    arena_printf(p->f.arena,
		"SELECT COUNT(*) FROM bundle_record WHERE bundle = %lld",
		(long long)b->id));
}

/* As if it were made. */
static void
make_ready(struct pact *p, struct bundle *b)
{
	fixture_run(&p->f,
	    "INSERT INTO blob (sha256, bytes, media_type, created_at)"
	    " VALUES ('5e', 1, 'application/x-tar', 1)");
	fixture_run(&p->f,
	    "UPDATE bundle SET state = 'ready', blob = (SELECT id FROM blob"
	    " WHERE sha256 = '5e'), ready_at = 2");
	fixture_ok(bundle_load(&p->f.ctx, b->ref, &b));
	ck_assert_int_eq(b->state, BUNDLE_READY);
	ck_assert_str_eq(b->sha256, "5e");
}

/* What the lists show is what the bundle has. */
START_TEST(as_the_lists)
{
	static const struct bundle_filter filters[] = {
		{ 0 },
		{ .families = 1 << RECORD_OF_DOCUMENT },
		{ .families = 1 << RECORD_OF_AGREEMENT |
			1 << RECORD_OF_ORGANISATION },
	};
	const struct bundle_filter *f = &filters[_i];
	struct record_filter same = { .families = f->families };
	struct bundle *b;
	int64_t *ids;
	struct pact p;
	size_t n;

	pact_open(&p);
	pact_mandate(&p, 0);
	pact_document(&p, CERT, "community", TLP_GREEN);
	pact_document(&p, CERT, "community", TLP_AMBER);
	pact_document(&p, WATER, "community", TLP_GREEN);
	pact_other(&p, COURT);
	fixture_ok(record_list_ids(&p.f.ctx, &same, &ids, &n));
	b = ask(&p, f);
	ck_assert_int_eq(b->records, (int64_t)n);
	ck_assert_int_eq(rows(&p, b), (int64_t)n);
	for (size_t i = 0; i < n; i++)
		ck_assert_int_eq(fixture_int(&p.f,
				     arena_printf(p.f.arena,
					 "SELECT COUNT(*) FROM bundle_record"
					 " WHERE record = %lld",
					 (long long)ids[i])),
		    1);
	pact_close(&p);
}
END_TEST

START_TEST(own_organisation)
{
	struct bundle *b, *other;
	struct pact p;

	pact_open(&p);
	pact_document(&p, CERT, "community", TLP_GREEN);
	pact_document(&p, WATER, "community", TLP_GREEN);
	pact_as(&p, CERT);
	b = ask(
	    &p, &(struct bundle_filter){ .families = 1 << RECORD_OF_DOCUMENT });
	ck_assert_int_eq(b->records, 1);
	/* Another organisation's is not there. */
	pact_as(&p, WATER);
	fixture_err(bundle_load(&p.f.ctx, b->ref, &other), ERR_NOT_FOUND);
	/* Persons are for who looks after them. */
	pact_other(&p, READER);
	b = ask(&p, &everything);
	ck_assert_int_eq(
	    fixture_int(&p.f,
		arena_printf(p.f.arena,
		    "SELECT COUNT(*) FROM bundle_record k"
		    " JOIN record r ON r.id = k.record"
		    " WHERE k.bundle = %lld AND r.kind LIKE 'person.%%'",
		    (long long)b->id)),
	    0);
	pact_close(&p);
}
END_TEST

START_TEST(narrowed)
{
	struct bundle_filter f = { .families = 1 << RECORD_OF_DOCUMENT };
	struct pact p;
	int64_t middle;
	char *ref;

	pact_open(&p);
	pact_mandate(&p, 0);
	pact_document(&p, CERT, "community", TLP_GREEN);
	pact_document(&p, GRID, "community", TLP_GREEN);
	middle = p.f.ctx.now_at;
	ref = pact_document(&p, CERT, "community", TLP_GREEN);
	pact_other(&p, COURT);
	ck_assert_int_eq(ask(&p, &f)->records, 3);
	f.organisation = p.org[CERT]->ref;
	ck_assert_int_eq(ask(&p, &f)->records, 2);
	f.from_at = middle + 1;
	ck_assert_int_eq(ask(&p, &f)->records, 1);
	f.object = ref;
	ck_assert_int_eq(ask(&p, &f)->records, 1);
	fixture_run(&p.f, "UPDATE bundle SET state = 'failed'");
	f.until_at = middle + 2;
	fixture_err(bundle_ask(&p.f.ctx, &f, &ref), ERR_NOT_FOUND);
	/* Nothing of it stays. */
	ck_assert_int_eq(fixture_int(&p.f, "SELECT COUNT(*) FROM bundle"), 4);
	pact_close(&p);
}
END_TEST

START_TEST(mandate_ended)
{
	struct bundle_filter f = { .families = 1 << RECORD_OF_DOCUMENT };
	struct bundle *b;
	struct pact p;
	int64_t end;
	char *ref;

	pact_open(&p);
	end = p.f.ctx.now_at + 10 * CLOCK_DAY;
	pact_mandate(&p, end);
	pact_document(&p, CERT, "community", TLP_GREEN);
	pact_other(&p, COURT);
	b = ask(&p, &f);
	fixture_ok(bundle_may_take(&p.f.ctx, b));
	p.f.ctx.now_at = end;
	fixture_err(bundle_may_take(&p.f.ctx, b), ERR_FORBIDDEN);
	fixture_err(bundle_ask(&p.f.ctx, &f, &ref), ERR_NOT_FOUND);
	pact_close(&p);
}
END_TEST

/* Its terms say which records, and since when: also from before it. */
START_TEST(mandate_says_what)
{
	const struct bundle_filter documents = { .families = 1
		    << RECORD_OF_DOCUMENT },
				   agreements = { .families = 1
					       << RECORD_OF_AGREEMENT };
	struct agreement_input in;
	struct pact p;
	char *ref;

	pact_open(&p);
	pact_document(&p, CERT, "community", TLP_GREEN);
	in = pact_input(&p, 1 << GRID | 1 << CERT);
	in.kind = AGREEMENT_AUDIT;
	in.auditor = p.other[COURT]->organisation_ref;
	in.max_label = TLP_GREEN;
	in.audit_families = 1 << RECORD_OF_DOCUMENT;
	in.audit_from_at = p.f.ctx.now_at + 1;
	pact_document(&p, CERT, "community", TLP_GREEN);
	pact_force_input(&p, GRID, 1 << GRID | 1 << CERT, &in);
	pact_document(&p, CERT, "community", TLP_GREEN);
	pact_other(&p, COURT);
	ck_assert_int_eq(ask(&p, &documents)->records, 2);
	fixture_err(bundle_ask(&p.f.ctx, &agreements, &ref), ERR_NOT_FOUND);
	pact_close(&p);
}
END_TEST

/* Of the auditor's people, those alone who have the role. */
START_TEST(role_is_needed)
{
	struct person *clerk;
	struct bundle *b;
	struct pact p;

	pact_open(&p);
	pact_mandate(&p, 0);
	pact_document(&p, CERT, "community", TLP_GREEN);
	pact_other(&p, COURT);
	b = ask(&p, &everything);
	clerk = fixture_person(
	    &p.f, p.other[COURT]->organisation_ref, "Clerk", ROLE_STEWARD);
	fixture_as(&p.f, clerk);
	fixture_err(bundle_may_take(&p.f.ctx, b), ERR_FORBIDDEN);
	pact_close(&p);
}
END_TEST

/* Those whom its records concern can see who asked, and who took. */
START_TEST(those_concerned_see_it)
{
	const struct record_filter bundles = { .families = 1
		    << RECORD_OF_BUNDLE };
	struct bundle *b;
	struct record_list list;
	struct pact p;

	pact_open(&p);
	pact_mandate(&p, 0);
	pact_document(&p, CERT, "community", TLP_GREEN);
	pact_other(&p, COURT);
	b = ask(
	    &p, &(struct bundle_filter){ .families = 1 << RECORD_OF_DOCUMENT });
	fixture_err(bundle_note_taken(&p.f.ctx, b), ERR_STATE);
	make_ready(&p, b);
	fixture_ok(bundle_load(&p.f.ctx, b->ref, &b));
	fixture_ok(bundle_note_taken(&p.f.ctx, b));
	pact_as(&p, CERT);
	fixture_ok(record_list(&p.f.ctx, &bundles, &list));
	ck_assert_uint_eq(list.count, 2);
	ck_assert_str_eq(list.rows[0].kind, "bundle.downloaded");
	ck_assert_str_eq(list.rows[1].kind, "bundle.asked");
	ck_assert_str_eq(list.rows[1].organisation_name, "Court");
	ck_assert_str_eq(list.rows[1].object, b->ref);
	pact_as(&p, GRID);
	fixture_ok(record_list(&p.f.ctx, &bundles, &list));
	ck_assert_uint_eq(list.count, 0);
	pact_close(&p);
}
END_TEST

START_TEST(not_too_many)
{
	struct pact p;
	char *ref;

	pact_open(&p);
	for (int i = 0; i < BUNDLE_OPEN_MAX; i++)
		ask(&p, &everything);
	fixture_err(bundle_ask(&p.f.ctx, &everything, &ref), ERR_TOO_MANY);
	pact_as(&p, CERT);
	ask(&p, &everything);
	pact_close(&p);
}
END_TEST

/* All of them are kept: a loop that asks and asks would fill the disk. */
START_TEST(not_too_many_a_day)
{
	struct pact p;
	char *ref;

	pact_open(&p);
	for (int i = 0; i < BUNDLE_DAY_MAX; i++) {
		ask(&p, &everything);
		fixture_run(&p.f, "UPDATE bundle SET state = 'failed'");
	}
	fixture_err(bundle_ask(&p.f.ctx, &everything, &ref), ERR_TOO_MANY);
	p.f.ctx.now_at += CLOCK_DAY;
	ask(&p, &everything);
	pact_close(&p);
}
END_TEST

/* One record more than a bundle may have. */
START_TEST(not_too_large)
{
	const struct bundle_filter f = { .families = 1 << RECORD_OF_LOG };
	struct pact p;
	char *ref;

	pact_open(&p);
	fixture_ok(db_begin(p.f.ctx.db));
	fixture_ok(db_exec(p.f.ctx.db,
	    "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < 999 + $1)"
	    " INSERT INTO record (id, recorded_at, kind, object, body, digest)"
	    " SELECT i, 1, 'test', 'x', x'00', randomblob(32) FROM n",
	    DB_ARGS(db_i(BUNDLE_RECORDS_MAX + _i))));
	fixture_ok(db_exec(p.f.ctx.db,
	    "INSERT INTO record_concern (organisation, record, recorded_at,"
	    " family) SELECT $1, id, 1, 7 FROM record WHERE id >= 1000",
	    DB_ARGS(db_i(p.f.ctx.actor.organisation))));
	fixture_ok(db_end(p.f.ctx.db, ERR_OK));
	fixture_err(
	    bundle_ask(&p.f.ctx, &f, &ref), _i == 0 ? ERR_OK : ERR_TOO_LARGE);
	ck_assert_int_eq(
	    fixture_int(&p.f, "SELECT COUNT(*) FROM bundle_record"),
	    _i == 0 ? BUNDLE_RECORDS_MAX : 0);
	pact_close(&p);
}
END_TEST

START_TEST(listed)
{
	struct bundle_list list;
	struct pact p;

	pact_open(&p);
	for (int i = 0; i < 55; i++) {
		p.f.ctx.now_at += CLOCK_HOUR;
		ask(&p, &everything);
		fixture_run(&p.f, "UPDATE bundle SET state = 'failed'");
	}
	fixture_ok(bundle_list(&p.f.ctx, 0, &list));
	ck_assert_uint_eq(list.count, 50);
	ck_assert_int_gt(list.next, 0);
	fixture_ok(bundle_list(&p.f.ctx, list.next, &list));
	ck_assert_uint_eq(list.count, 5);
	ck_assert_int_eq(list.next, 0);
	pact_as(&p, CERT);
	fixture_ok(bundle_list(&p.f.ctx, 0, &list));
	ck_assert_uint_eq(list.count, 0);
	pact_close(&p);
}
END_TEST

static const int three[3], two[2];

UNIT_MAIN("bundle", UNIT_ROWS(as_the_lists, three), UNIT(own_organisation),
    UNIT(narrowed), UNIT(mandate_ended), UNIT(mandate_says_what),
    UNIT(role_is_needed), UNIT(those_concerned_see_it), UNIT(not_too_many),
    UNIT(not_too_many_a_day), UNIT_ROWS(not_too_large, two), UNIT(listed))
