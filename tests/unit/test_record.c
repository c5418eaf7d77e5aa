/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/record.h"

#include "fixture.h"

/* Appends in a transaction of its own. */
static enum err
append(struct fixture *f, enum record_kind kind, json_t *what)
{
	fixture_ok(db_begin(f->ctx.db));
	return db_end(f->ctx.db, record_append(&f->ctx, kind, "obj", what));
}

/* The body of the newest record. */
static json_t *
newest(struct fixture *f)
{
	json_t *body = json_loads(fixture_text(f,
				      "SELECT CAST(body AS TEXT) FROM record"
				      " ORDER BY id DESC LIMIT 1"),
	    0, NULL);

	ck_assert_ptr_nonnull(body);
	return body;
}

static const char *
text_of(const json_t *body, const char *key)
{
	return json_string_value(json_object_get(body, key));
}

START_TEST(record_kinds_named)
{
	const char *name, *other;

	for (int i = 0; i < RECORD__MAX; i++) {
		name = record_kind_name((enum record_kind)i);
		ck_assert_ptr_nonnull(strchr(name, '.'));
		for (int j = 0; j < i; j++) {
			other = record_kind_name((enum record_kind)j);
			ck_assert_str_ne(name, other);
		}
	}
	ck_assert_str_eq(
	    record_kind_name(RECORD_ADVISORY_PUBLISHED), "advisory.published");
	ck_assert_str_eq(record_kind_name(RECORD__MAX), "unknown");
}
END_TEST

START_TEST(record_body_is_canonical)
{
	struct fixture f;
	json_t *body;
	char *raw;

	fixture_open(&f);
	fixture_ok(append(&f, RECORD_PERSON_ENABLED,
	    json_pack("{s:i, s:s}", "rows", 3, "list", "people")));
	body = newest(&f);
	ck_assert_str_eq(text_of(body, "format"), "entente-record/1");
	ck_assert_str_eq(text_of(body, "kind"), "person.enabled");
	ck_assert_str_eq(text_of(body, "at"), "2026-03-02T09:00:00.000000Z");
	ck_assert_str_eq(text_of(body, "actor"), "console");
	ck_assert(json_is_null(json_object_get(body, "organisation")));
	ck_assert_str_eq(text_of(body, "object"), "obj");
	ck_assert_uint_eq(strlen(text_of(body, "salt")), 32);
	ck_assert_uint_eq(json_object_size(body), 8);
	raw = fixture_text(&f, "SELECT CAST(body AS TEXT) FROM record");
	ck_assert(text_starts(raw, "{\"actor\":\"console\",\"at\":\"2026-"));
	ck_assert_ptr_nonnull(
	    strstr(raw, "\"what\":{\"list\":\"people\",\"rows\":3}}"));
	json_decref(body);
	fixture_close(&f);
}
END_TEST

START_TEST(record_names_who_acted)
{
	struct organisation *grid;
	struct person *anna;
	struct fixture f;
	json_t *body;

	fixture_open(&f);
	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	anna = fixture_person(&f, grid->ref, "Anna", ROLE_PUBLISHER);
	fixture_as(&f, anna);
	fixture_ok(append(&f, RECORD_PERSON_ENABLED, NULL));
	body = newest(&f);
	ck_assert_str_eq(text_of(body, "actor"), anna->ref);
	ck_assert_str_eq(text_of(body, "organisation"), "grid");
	ck_assert_uint_eq(json_object_size(json_object_get(body, "what")), 0);
	ck_assert_int_eq(fixture_int(&f,
			     "SELECT actor FROM record"
			     " ORDER BY id DESC LIMIT 1"),
	    anna->id);
	json_decref(body);
	fixture_close(&f);
}
END_TEST

START_TEST(record_numbers_have_no_gap)
{
	int64_t count = -1;
	struct fixture f;

	fixture_open(&f);
	fixture_ok(record_count(&f.ctx, &count));
	ck_assert_int_eq(count, 0);
	for (int i = 0; i < 3; i++) {
		fixture_ok(append(&f, RECORD_PERSON_ENABLED, NULL));
		/* A rolled back one leaves no hole. */
		fixture_ok(db_begin(f.ctx.db));
		fixture_ok(
		    record_append(&f.ctx, RECORD_PERSON_ENABLED, "obj", NULL));
		fixture_err(db_end(f.ctx.db, ERR_STATE), ERR_STATE);
	}
	fixture_ok(record_count(&f.ctx, &count));
	ck_assert_int_eq(count, 3);
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM record"), 3);
	ck_assert_int_eq(fixture_int(&f, "SELECT MIN(id) FROM record"), 1);
	fixture_close(&f);
}
END_TEST

START_TEST(record_salt_differs)
{
	struct fixture f;

	fixture_open(&f);
	for (int i = 0; i < 8; i++)
		fixture_ok(append(&f, RECORD_PERSON_ENABLED, NULL));
	ck_assert_int_eq(
	    fixture_int(&f, "SELECT COUNT(DISTINCT digest) FROM record"), 8);
	fixture_close(&f);
}
END_TEST

START_TEST(record_refused)
{
	struct fixture f;

	fixture_open(&f);
	fixture_err(
	    record_append(&f.ctx, RECORD_PERSON_ENABLED, "obj", json_object()),
	    ERR_INTERNAL);
	/* A number that two programs could read differently. */
	fixture_err(
	    append(&f, RECORD_PERSON_ENABLED, json_pack("{s:f}", "share", 0.1)),
	    ERR_INTERNAL);
	fixture_err(append(&f, RECORD__MAX, json_object()), ERR_INTERNAL);
	fixture_nobody(&f);
	fixture_err(append(&f, RECORD_PERSON_ENABLED, NULL), ERR_INTERNAL);
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM record"), 0);
	fixture_close(&f);
}
END_TEST

START_TEST(record_never_changed)
{
	struct fixture f;

	fixture_open(&f);
	fixture_ok(append(&f, RECORD_PERSON_ENABLED, NULL));
	ck_assert_int_ne(
	    fixture_exec(&f, "UPDATE record SET object = 'x'", DB_NONE),
	    ERR_OK);
	ck_assert_ptr_nonnull(strstr(db_message(f.ctx.db), "append-only"));
	ck_assert_int_ne(
	    fixture_exec(&f, "DELETE FROM record", DB_NONE), ERR_OK);
	ck_assert_ptr_nonnull(strstr(db_message(f.ctx.db), "append-only"));
	ck_assert_int_eq(fixture_int(&f, "SELECT COUNT(*) FROM record"), 1);
	fixture_close(&f);
}
END_TEST

/* What somebody with the file in his hands could do, and what is found. */
static const struct {
	const char *harm;
	const char *problem;
	int64_t checked;
} harms[] = {
	{ "UPDATE record SET recorded_at = recorded_at", NULL, 3 },
	{ "UPDATE record SET body = CAST(replace(CAST(body AS TEXT),"
	  " 'enabled', 'invited') AS BLOB) WHERE id = 2",
	    "record 2 is not what its digest says", 1 },
	{ "UPDATE record SET digest = randomblob(32) WHERE id = 3",
	    "record 3 is not what its digest says", 2 },
	{ "DELETE FROM record WHERE id = 2", "record 2 is missing", 1 },
	{ "DELETE FROM record WHERE id = 1", "record 1 is missing", 0 },
	{ "UPDATE record SET kind = 'person.joined' WHERE id = 2",
	    "record 2 stands under other names than it says", 1 },
	{ "UPDATE record SET object = 'other' WHERE id = 2",
	    "record 2 stands under other names than it says", 1 },
	{ "UPDATE record SET recorded_at = recorded_at + 1 WHERE id = 3",
	    "record 3 stands under other names than it says", 2 },
};

START_TEST(record_verified)
{
	char *problem = NULL;
	struct fixture f;
	int64_t checked;

	fixture_open(&f);
	for (int i = 0; i < 3; i++)
		fixture_ok(append(&f, RECORD_PERSON_ENABLED, NULL));
	fixture_run(&f, "DROP TRIGGER record_is_never_changed");
	fixture_run(&f, "DROP TRIGGER record_is_never_removed");
	fixture_run(&f, harms[_i].harm);
	fixture_ok(record_verify(&f.ctx, &checked, &problem));
	if (harms[_i].problem == NULL)
		ck_assert_ptr_null(problem);
	else
		ck_assert_str_eq(problem, harms[_i].problem);
	ck_assert_int_eq(checked, harms[_i].checked);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("record", UNIT(record_kinds_named), UNIT(record_body_is_canonical),
    UNIT(record_names_who_acted), UNIT(record_numbers_have_no_gap),
    UNIT(record_salt_differs), UNIT(record_refused), UNIT(record_never_changed),
    UNIT_ROWS(record_verified, harms))
