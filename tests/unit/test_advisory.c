/* SPDX-License-Identifier: Apache-2.0 */
/* Writing: what a draft must have, publishing, revising, withdrawing. */
#include "world.h"

/* ---- what was typed --------------------------------------------------- */

static const char *const no_refs[] = { NULL };
static const char *const energy[] = { "energy", NULL };
static const char *const energy_twice[] = { "energy", "water", "energy", NULL };
static const char *const unknown[] = { "energy", "nowhere", NULL };
static const char *const public_one[] = { "public", NULL };
static const char *const own_of_another[] = { "own-grid", NULL };
static const char *const stranger[] = { "nobody@example.org", NULL };

/* What differs from a right draft, and what is said about it. */
static const struct bad_draft {
	const char *text;  /* into the field, unless NULL */
	const char *field; /* that is told */
	const char *error; /* NULL: it is right */
	enum tlp label;
	const char *const *circles;
	const char *const *named;
	int days; /* of answer_by, from now; 0 none */
} drafts[] = {
	{ "CVE-2026-12345\n cve-2025-0001 \n\nCVE-2026-12345", "cves", NULL,
	    TLP_AMBER, energy, no_refs, 0 },
	{ "CVE-2026-123", "cves", "Cve", TLP_AMBER, energy, no_refs, 0 },
	{ "CVE-26-12345", "cves", "Cve", TLP_AMBER, energy, no_refs, 0 },
	{ "CVE-2026-12345 CVE-2026-12346", "cves", "Cve", TLP_AMBER, energy,
	    no_refs, 0 },
	{ "CVE-2026-12345x", "cves", "Cve", TLP_AMBER, energy, no_refs, 0 },
	{ "CVE-2026-1234567890123456789012345", "cves", "Cve", TLP_AMBER,
	    energy, no_refs, 0 },
	{ "A \x01 control", "title", "NotText", TLP_AMBER, energy, no_refs, 0 },
	{ "Not \xff UTF-8", "happened", "NotText", TLP_AMBER, energy, no_refs,
	    0 },
	{ NULL, "answer_by", NULL, TLP_AMBER, energy, no_refs, 1 },
	{ NULL, "answer_by", "Past", TLP_AMBER, energy, no_refs, -1 },
	{ NULL, "circles", NULL, TLP_CLEAR, no_refs, no_refs, 0 },
	{ NULL, "circles", NULL, TLP_GREEN, energy_twice, no_refs, 0 },
	{ NULL, "circles", NULL, TLP_GREEN, no_refs, no_refs, 0 },
	{ NULL, "circles", NULL, TLP_GREEN, NULL, no_refs, 0 },
	{ NULL, "circles", "Unknown", TLP_GREEN, unknown, no_refs, 0 },
	{ NULL, "circles", "Unknown", TLP_CLEAR, public_one, no_refs, 0 },
	{ NULL, "circles", "Unknown", TLP_GREEN, own_of_another, no_refs, 0 },
	{ NULL, "named", "NamedOnly", TLP_AMBER, energy, stranger, 0 },
	{ NULL, "named", "NamedUnknown", TLP_RED, energy, stranger, 0 },
	{ NULL, "named", NULL, TLP_RED, energy, NULL, 0 },
	{ NULL, "label", "Wrong", TLP__MAX, energy, NULL, 0 },
};

static void
put_text(struct advisory_draft *d, const struct bad_draft *b)
{
	if (b->text == NULL)
		return;
	if (strcmp(b->field, "cves") == 0)
		d->cves = b->text;
	else if (strcmp(b->field, "title") == 0)
		d->title = b->text;
	else
		d->happened = b->text;
}

START_TEST(draft_fields)
{
	const struct bad_draft *b = &drafts[_i];
	struct fault fault;
	struct advisory_draft d;
	struct world w;
	char *ref;
	enum err rc;

	world_open(&w);
	d = world_draft(&w, "Right", b->label, NULL);
	d.circles = b->circles;
	d.named = b->named;
	put_text(&d, b);
	if (b->days != 0)
		d.answer_by_at = w.f.ctx.now_at + b->days * CLOCK_DAY;
	rc = advisory_create(&w.f.ctx, &d, &ref, &fault);
	if (b->error == NULL) {
		ck_assert_msg(rc == ERR_OK, "%s %s", fault.field, fault.error);
	} else {
		fixture_err(rc, ERR_INVALID);
		ck_assert_str_eq(fault.field, b->field);
		ck_assert_str_eq(fault.error, b->error);
		ck_assert_ptr_null(ref);
		ck_assert_int_eq(
		    fixture_int(&w.f, "SELECT COUNT(*) FROM advisory"), 0);
	}
	world_close(&w);
}
END_TEST

START_TEST(texts_are_cleaned)
{
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	d = world_draft(&w, "  Two   words ", TLP_GREEN, NULL);
	d.circles = energy_twice;
	d.cves = "\ncve-2026-12345\nCVE-2025-0001\nCVE-2026-12345\n";
	d.happened = "One\r\ntwo";
	d.products = NULL;
	ref = world_create(&w, &d);
	fixture_ok(advisory_load_draft(&w.f.ctx, ref, &a));
	ck_assert_str_eq(a->title, "Two words");
	ck_assert_str_eq(a->cves, "CVE-2026-12345\nCVE-2025-0001");
	ck_assert_str_eq(a->happened, "One\ntwo");
	ck_assert_str_eq(a->products, "");
	ck_assert_uint_eq(a->circle_count, 2);
	ck_assert_str_eq(a->circles[0].ref, "energy");
	ck_assert_int_eq(a->circles[0].kind, CIRCLE_SECTOR);
	ck_assert_str_eq(ref, "ENT-2026-0001");
	ck_assert_int_eq(a->number, 1);
	ck_assert_int_eq(a->draft, 1);
	ck_assert_int_eq(a->revision, 0);
	world_close(&w);
}
END_TEST

/* An operator addresses what it has a grant for, and nothing else. */
START_TEST(operator_addresses_its_own)
{
	const char *const water[] = { "water", NULL };
	struct fault fault;
	struct advisory_draft d;
	struct world w;
	char *ref;

	world_open(&w);
	d = world_draft(&w, "From an operator", TLP_GREEN, "energy");
	world_as(&w, ENERGY);
	fixture_ok(advisory_create(&w.f.ctx, &d, &ref, &fault));
	d.circles = water;
	fixture_err(advisory_create(&w.f.ctx, &d, &ref, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.error, "Unknown");
	world_as(&w, VISITOR);
	fixture_err(advisory_create(&w.f.ctx, &d, &ref, &fault), ERR_FORBIDDEN);
	world_close(&w);
}
END_TEST

/* What a draft may lack, a publication may not. */
static const struct incomplete {
	const char *title, *summary, *happened, *todo, *circle;
	enum tlp label;
	const char *field, *error;
} incomplete[] = {
	{ "", "s", "h", "t", "energy", TLP_GREEN, "title", "Required" },
	{ "t", "", "h", "t", "energy", TLP_GREEN, "summary", "Required" },
	{ "t", "s", "", "", "energy", TLP_GREEN, "happened", "Text" },
	{ "t", "s", "h", "", "energy", TLP_GREEN, NULL, NULL },
	{ "t", "s", "", "t", "energy", TLP_GREEN, NULL, NULL },
	{ "t", "s", "h", "t", NULL, TLP_GREEN, "circles", "Circles" },
	{ "t", "s", "h", "t", NULL, TLP_RED, "circles", "Circles" },
	{ "t", "s", "h", "t", NULL, TLP_CLEAR, NULL, NULL },
};

START_TEST(publish_needs_texts)
{
	const struct incomplete *c = &incomplete[_i];
	struct fault fault;
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;
	enum err rc;

	world_open(&w);
	d = world_draft(&w, c->title, c->label, c->circle);
	if (c->circle == NULL)
		d.circles = no_refs;
	d.summary = c->summary;
	d.happened = c->happened;
	d.todo = c->todo;
	ref = world_create(&w, &d);
	fixture_ok(advisory_load_draft(&w.f.ctx, ref, &a));
	fixture_err(advisory_ready(&w.f.ctx, a, &fault),
	    c->field == NULL ? ERR_OK : ERR_INVALID);
	rc = advisory_publish(&w.f.ctx, ref, 1, &fault);
	if (c->field == NULL) {
		fixture_ok(rc);
	} else {
		fixture_err(rc, ERR_INVALID);
		ck_assert_str_eq(fault.field, c->field);
		ck_assert_str_eq(fault.error, c->error);
		ck_assert_ptr_null(fault.next);
	}
	world_close(&w);
}
END_TEST

/* Everything at once, each field once. */
START_TEST(all_faults)
{
	static const char *const fields[] = { "title", "happened", "cves",
		"answer_by", "circles", "named" };
	const char *const circles[] = { "moon", "mars", NULL };
	struct fault fault, *f = &fault;
	struct advisory_draft d;
	struct world w;
	char *ref;

	world_open(&w);
	d = world_draft(&w, "A \x01 control", TLP_AMBER, NULL);
	d.happened = "Not \xff UTF-8";
	d.cves = "CVE-1";
	d.answer_by_at = w.f.ctx.now_at - 1;
	d.circles = circles;
	d.named = stranger;
	fixture_err(advisory_create(&w.f.ctx, &d, &ref, &fault), ERR_INVALID);
	for (int i = 0; i < UNIT_COUNT(fields); i++, f = f->next) {
		ck_assert_ptr_nonnull(f);
		ck_assert_str_eq(f->field, fields[i]);
	}
	ck_assert_ptr_null(f);

	/* … and what a draft may lack, of a revision too. */
	d = world_draft(&w, "One", TLP_GREEN, "energy");
	ref = world_create(&w, &d);
	fixture_ok(advisory_publish(&w.f.ctx, ref, 1, &fault));
	fixture_ok(advisory_revise(&w.f.ctx, ref));
	d = (struct advisory_draft){ .title = "", .label = TLP_GREEN };
	fixture_ok(advisory_save(&w.f.ctx, ref, 1, &d, &fault));
	fixture_err(advisory_publish(&w.f.ctx, ref, 2, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.field, "title");
	ck_assert_str_eq(fault.next->field, "summary");
	ck_assert_str_eq(fault.next->next->field, "happened");
	ck_assert_str_eq(fault.next->next->next->field, "change");
	ck_assert_str_eq(fault.next->next->next->next->field, "circles");
	ck_assert_ptr_null(fault.next->next->next->next->next);
	world_close(&w);
}
END_TEST

/* ---- publishing ------------------------------------------------------- */

START_TEST(publish_and_record)
{
	struct advisory *a;
	struct world w;
	char *ref, *problem;
	int64_t checked, before;

	world_open(&w);
	before = fixture_int(&w.f, "SELECT COUNT(*) FROM record");
	ref = world_publish(&w, "Published", TLP_AMBER, "energy");
	a = world_load(&w, ENERGY, ref);
	ck_assert_int_eq(a->state, ADVISORY_PUBLISHED);
	ck_assert_int_eq(a->revision, 1);
	ck_assert_int_eq(a->draft, 0);
	ck_assert_int_eq(a->published_at, w.f.ctx.now_at);
	ck_assert_int_eq(a->revision_published_at, w.f.ctx.now_at);
	ck_assert_str_eq(a->author_name, w.who[AUTHOR]->name);
	ck_assert_int_eq(
	    fixture_int(&w.f, "SELECT COUNT(*) FROM record"), before + 1);
	ck_assert_str_eq(fixture_text(&w.f,
			     "SELECT kind FROM record"
			     " ORDER BY id DESC LIMIT 1"),
	    "advisory.published");
	ck_assert_int_eq(fixture_int(&w.f,
			     "SELECT COUNT(*) FROM record"
			     " WHERE CAST(body AS TEXT) LIKE"
			     " '%\"label\":\"TLP:AMBER\"%'"
			     " AND CAST(body AS TEXT) LIKE '%\"energy\"%'"
			     " AND CAST(body AS TEXT) LIKE '%\"sha256\"%'"
			     " AND CAST(body AS TEXT) NOT LIKE '%happened%'"),
	    1);
	fixture_ok(record_verify(&w.f.ctx, &checked, &problem));
	ck_assert_ptr_null(problem);
	/* The publisher has read it; nobody else has. */
	ck_assert_int_eq(fixture_int(&w.f, "SELECT COUNT(*) FROM reading"), 1);
	world_verify(&w);
	world_close(&w);
}
END_TEST

START_TEST(publish_refusals)
{
	struct fault fault;
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	d = world_draft(&w, "Nobody reads it", TLP_AMBER, "energy");
	ref = world_create(&w, &d);
	fixture_err(advisory_publish(&w.f.ctx, ref, 7, &fault), ERR_STALE);
	fixture_err(advisory_publish(&w.f.ctx, "ENT-2026-9999", 1, &fault),
	    ERR_NOT_FOUND);
	/* Another organisation's draft is not there. */
	world_as(&w, ENERGY);
	fixture_err(advisory_publish(&w.f.ctx, ref, 1, &fault), ERR_NOT_FOUND);
	fixture_err(advisory_load_draft(&w.f.ctx, ref, &a), ERR_NOT_FOUND);
	/* Its circle empties before it is published. */
	fixture_console(&w.f);
	fixture_ok(person_disable(&w.f.ctx, w.who[ENERGY]->ref));
	world_as(&w, AUTHOR);
	fixture_err(advisory_publish(&w.f.ctx, ref, 1, &fault), ERR_AUDIENCE);
	fixture_ok(advisory_load_draft(&w.f.ctx, ref, &a));
	ck_assert_int_eq(a->state, ADVISORY_DRAFT);
	ck_assert_int_eq(fixture_int(&w.f,
			     "SELECT COUNT(*) FROM record WHERE kind"
			     " LIKE 'advisory%'"),
	    0);
	world_verify(&w);
	world_close(&w);
}
END_TEST

/* Twice by two people: the second is told, not "not there". */
START_TEST(publish_twice)
{
	struct fault fault;
	struct world w;
	char *ref;

	world_open(&w);
	ref = world_publish(&w, "Once", TLP_AMBER, "energy");
	world_as(&w, COLLEAGUE);
	fixture_err(advisory_publish(&w.f.ctx, ref, 1, &fault), ERR_STATE);
	world_as(&w, ENERGY);
	fixture_err(advisory_publish(&w.f.ctx, ref, 1, &fault), ERR_NOT_FOUND);
	world_close(&w);
}
END_TEST

START_TEST(positions_are_unique)
{
	struct fault fault;
	struct advisory_draft d;
	struct world w;
	char *refs[5];

	world_open(&w);
	d = world_draft(&w, "Same moment", TLP_AMBER, "energy");
	for (int i = 0; i < 5; i++)
		fixture_ok(advisory_create(&w.f.ctx, &d, &refs[i], &fault));
	for (int i = 0; i < 5; i++)
		fixture_ok(advisory_publish(&w.f.ctx, refs[i], 1, &fault));
	ck_assert_int_eq(
	    fixture_int(&w.f, "SELECT COUNT(DISTINCT position) FROM advisory"),
	    5);
	ck_assert_int_le(
	    fixture_int(&w.f, "SELECT MAX(position) FROM advisory"),
	    w.f.ctx.now_at + 20);
	world_verify(&w);
	world_close(&w);
}
END_TEST

/* ---- editing ---------------------------------------------------------- */

START_TEST(second_to_save_is_told)
{
	struct fault fault;
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	d = world_draft(&w, "First", TLP_AMBER, "energy");
	ref = world_create(&w, &d);
	world_as(&w, COLLEAGUE);
	d.title = "Theirs";
	fixture_ok(advisory_save(&w.f.ctx, ref, 1, &d, &fault));
	world_as(&w, AUTHOR);
	d.title = "Mine";
	fixture_err(advisory_save(&w.f.ctx, ref, 1, &d, &fault), ERR_STALE);
	/* Also when it is wrong besides: theirs comes first. */
	d.cves = "nonsense";
	fixture_err(advisory_save(&w.f.ctx, ref, 1, &d, &fault), ERR_STALE);
	fixture_ok(advisory_load_draft(&w.f.ctx, ref, &a));
	ck_assert_str_eq(a->title, "Theirs");
	ck_assert_int_eq(a->edit, 2);
	ck_assert_str_eq(a->author_name, w.who[COLLEAGUE]->name);
	fixture_err(advisory_publish(&w.f.ctx, ref, 1, &fault), ERR_STALE);
	fixture_ok(advisory_publish(&w.f.ctx, ref, 2, &fault));
	fixture_err(advisory_save(&w.f.ctx, ref, 2, &d, &fault), ERR_STATE);
	world_close(&w);
}
END_TEST

/* Whoever writes a red draft is named; it is hidden from colleagues. */
START_TEST(red_draft)
{
	struct fault fault;
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	d = world_draft(&w, "Red", TLP_RED, "pact");
	ref = world_create(&w, &d);
	fixture_ok(advisory_load_draft(&w.f.ctx, ref, &a));
	ck_assert_ptr_nonnull(a->named[1]);
	ck_assert_ptr_null(a->named[2]);
	world_as(&w, COLLEAGUE);
	fixture_err(advisory_load_draft(&w.f.ctx, ref, &a), ERR_NOT_FOUND);
	fixture_err(advisory_save(&w.f.ctx, ref, 1, &d, &fault), ERR_NOT_FOUND);
	fixture_err(advisory_publish(&w.f.ctx, ref, 1, &fault), ERR_NOT_FOUND);
	fixture_err(advisory_discard(&w.f.ctx, ref), ERR_NOT_FOUND);
	/* A red draft of what all may read: the label that is written. */
	ref = world_publish(&w, "Amber first", TLP_AMBER, "pact");
	fixture_ok(advisory_revise(&w.f.ctx, ref));
	fixture_ok(advisory_save(&w.f.ctx, ref, 1, &d, &fault));
	world_as(&w, COLLEAGUE);
	fixture_err(advisory_load_draft(&w.f.ctx, ref, &a), ERR_NOT_FOUND);
	ck_assert_str_eq(world_load(&w, COLLEAGUE, ref)->title, "Amber first");
	world_verify(&w);
	world_close(&w);
}
END_TEST

START_TEST(discard)
{
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	d = world_draft(&w, "Thrown away", TLP_RED, "pact");
	ref = world_create(&w, &d);
	world_as(&w, ENERGY);
	fixture_err(advisory_discard(&w.f.ctx, ref), ERR_NOT_FOUND);
	world_as(&w, AUTHOR);
	fixture_ok(advisory_discard(&w.f.ctx, ref));
	fixture_err(advisory_discard(&w.f.ctx, ref), ERR_NOT_FOUND);
	ck_assert_int_eq(fixture_int(&w.f,
			     "SELECT (SELECT COUNT(*) FROM advisory)"
			     " + (SELECT COUNT(*) FROM advisory_revision)"
			     " + (SELECT COUNT(*) FROM revision_circle)"
			     " + (SELECT COUNT(*) FROM revision_person)"
			     " + (SELECT COUNT(*) FROM advisory_person)"
			     " + (SELECT COUNT(*) FROM advisory_circle)"),
	    0);
	/* Of a revision, the published one stays. */
	ref = world_publish(&w, "Stays", TLP_AMBER, "energy");
	fixture_err(advisory_discard(&w.f.ctx, ref), ERR_STATE);
	fixture_ok(advisory_revise(&w.f.ctx, ref));
	fixture_ok(advisory_discard(&w.f.ctx, ref));
	a = world_load(&w, ENERGY, ref);
	ck_assert_int_eq(a->draft, 0);
	ck_assert_str_eq(a->title, "Stays");
	world_as(&w, AUTHOR);
	fixture_ok(advisory_revise(&w.f.ctx, ref));
	world_verify(&w);
	world_close(&w);
}
END_TEST

START_TEST(revise)
{
	struct advisory_revision_row *rows;
	struct fault fault;
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	int64_t first_at;
	char *ref;
	size_t n;

	world_open(&w);
	ref = world_publish(&w, "One", TLP_AMBER, "energy");
	first_at = w.f.ctx.now_at;
	world_as(&w, ENERGY);
	fixture_err(advisory_revise(&w.f.ctx, ref), ERR_NOT_FOUND);
	world_as(&w, AUTHOR);
	fixture_ok(advisory_revise(&w.f.ctx, ref));
	fixture_err(advisory_revise(&w.f.ctx, ref), ERR_STATE);
	fixture_ok(advisory_load_draft(&w.f.ctx, ref, &a));
	ck_assert_int_eq(a->number, 2);
	ck_assert_str_eq(a->title, "One");
	ck_assert_str_eq(a->change, "");
	ck_assert_uint_eq(a->circle_count, 1);
	/* Readers see the published one, and no word of the other. */
	ck_assert_int_eq(world_load(&w, ENERGY, ref)->number, 1);
	fixture_err(
	    advisory_load_revision(&w.f.ctx, ref, 2, &a), ERR_NOT_FOUND);

	world_as(&w, AUTHOR);
	d = world_draft(&w, "Two", TLP_AMBER, "water");
	d.change = "";
	fixture_ok(advisory_save(&w.f.ctx, ref, 1, &d, &fault));
	fixture_err(advisory_publish(&w.f.ctx, ref, 2, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.field, "change");
	d.change = "It is worse";
	fixture_ok(advisory_save(&w.f.ctx, ref, 2, &d, &fault));
	fixture_ok(world_try_publish(&w, ref));
	a = world_load(&w, WATER, ref);
	ck_assert_int_eq(a->number, 2);
	ck_assert_str_eq(a->change, "It is worse");
	ck_assert_int_eq(a->published_at, first_at);
	ck_assert_int_gt(a->revision_published_at, first_at);
	/* A change of audience is a record, and holds at once. */
	ck_assert_ptr_null(world_load(&w, ENERGY, ref));
	ck_assert_str_eq(fixture_text(&w.f,
			     "SELECT kind FROM record"
			     " ORDER BY id DESC LIMIT 1"),
	    "advisory.revised");
	world_as(&w, AUTHOR);
	fixture_ok(advisory_revisions(&w.f.ctx, a->id, &rows, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_int_eq(rows[0].number, 2);
	world_verify(&w);
	world_close(&w);
}
END_TEST

START_TEST(withdraw)
{
	struct fault fault;
	struct advisory_draft d;
	struct world w;
	char *ref;

	world_open(&w);
	ref = world_publish(&w, "Wrong one", TLP_AMBER, "energy");
	fixture_err(advisory_withdraw(&w.f.ctx, ref, " \n "), ERR_INVALID);
	world_as(&w, ENERGY);
	fixture_err(
	    advisory_withdraw(&w.f.ctx, ref, "Not mine"), ERR_NOT_FOUND);
	world_as(&w, AUTHOR);
	fixture_ok(advisory_withdraw(&w.f.ctx, ref, "Was about another"));
	fixture_err(advisory_withdraw(&w.f.ctx, ref, "Again"), ERR_STATE);
	fixture_err(advisory_revise(&w.f.ctx, ref), ERR_STATE);
	fixture_err(advisory_publish(&w.f.ctx, ref, 1, &fault), ERR_STATE);
	ck_assert_str_eq(
	    world_load(&w, AUTHOR, ref)->happened, "What happened here");
	ck_assert_str_eq(world_load(&w, ENERGY, ref)->happened, "");
	ck_assert_str_eq(
	    world_load(&w, ENERGY, ref)->withdrawn_why, "Was about another");
	d = world_draft(&w, "Never out", TLP_AMBER, "energy");
	ref = world_create(&w, &d);
	fixture_err(advisory_withdraw(&w.f.ctx, ref, "Draft"), ERR_STATE);
	ck_assert_str_eq(fixture_text(&w.f,
			     "SELECT kind FROM record"
			     " ORDER BY id DESC LIMIT 1"),
	    "advisory.withdrawn");
	world_verify(&w);
	world_close(&w);
}
END_TEST

/* An agreement between others is not told by what they address. */
START_TEST(circles_of_others)
{
	const char *const both[] = { "energy", "pact", NULL };
	struct advisory_draft d;
	struct advisory *a;
	struct world w;
	char *ref;

	world_open(&w);
	d = world_draft(&w, "For both", TLP_GREEN, NULL);
	d.circles = both;
	ref = world_create(&w, &d);
	fixture_ok(world_try_publish(&w, ref));
	a = world_load(&w, ENERGY, ref);
	ck_assert_uint_eq(a->circle_count, 1);
	ck_assert_str_eq(a->circles[0].ref, "energy");
	ck_assert_uint_eq(world_load(&w, LOW, ref)->circle_count, 2);
	ck_assert_uint_eq(world_load(&w, COLLEAGUE, ref)->circle_count, 2);
	world_close(&w);
}
END_TEST

/* ---- the derived rows ------------------------------------------------- */

static const char *const damages[] = {
	"DELETE FROM advisory_circle WHERE circle = 3",
	"UPDATE advisory_circle SET label = 0",
	"INSERT INTO advisory_circle SELECT 2, position, advisory,"
	" organisation, state, label, severity, sectors, answer_by_at,"
	" revision FROM advisory_circle WHERE circle = 3",
	"UPDATE advisory_circle SET revision = revision + 1",
	"DELETE FROM advisory_person",
	"INSERT INTO advisory_asked SELECT organisation, position, advisory"
	" FROM advisory_circle WHERE circle = 3",
	"DELETE FROM advisory_fts",
	"UPDATE advisory SET position = position + 1",
};

START_TEST(verify_finds_damage)
{
	struct world w;
	char *problem;
	int64_t n;

	world_open(&w);
	world_publish(&w, "Amber", TLP_AMBER, "energy");
	world_publish(&w, "Red", TLP_RED, "pact");
	world_verify(&w);
	fixture_ok(db_begin(w.f.ctx.db));
	fixture_run(&w.f, damages[_i]);
	fixture_ok(db_end(w.f.ctx.db, ERR_OK));
	fixture_ok(advisory_verify(&w.f.ctx, &n, &problem));
	ck_assert_ptr_nonnull(problem);
	ck_assert_int_eq(n, 2);
	world_close(&w);
}
END_TEST

UNIT_MAIN("advisory", UNIT_ROWS(draft_fields, drafts), UNIT(texts_are_cleaned),
    UNIT(operator_addresses_its_own),
    UNIT_ROWS(publish_needs_texts, incomplete), UNIT(all_faults),
    UNIT(publish_and_record), UNIT(publish_refusals), UNIT(publish_twice),
    UNIT(positions_are_unique), UNIT(second_to_save_is_told), UNIT(red_draft),
    UNIT(discard), UNIT(revise), UNIT(withdraw), UNIT(circles_of_others),
    UNIT_ROWS(verify_finds_damage, damages))
