/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records for people: who sees which, what an auditor's mandate opens and for
 * how long; and a receipt that entente-verify takes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "log.h"
#include "pact.h"
#include "suites.h"

static int64_t
record_of(const char *object)
{
	return stored_int(
	    "SELECT MAX(id) FROM record WHERE object = ?", object);
}

/* ---- who ------------------------------------------------------------------ */

/* Of an advisory of the CSIRT, which the others may read, too. */
static const struct {
	enum who who;
	int status;
	bool sees_it; /* what the record is about */
} readers[] = {
	{ VISITOR, 303, false },
	{ READER, 404, false },
	{ PUBLISHER, 200, true },
	{ STEWARD, 404, false },
	{ SIGNATORY, 404, false },
	{ AUDITOR, 200, false }, /* by a mandate */
	{ KEEPER, 404, false },
	{ DISABLED, 303, false },
	{ SUSPENDED, 303, false },
};

START_TEST(whose)
{
	struct client *c = world.as[readers[_i].who];
	const int want = readers[_i].status;
	char *ref = make_published(unique("Recorded"), "green", "community");
	const int64_t id = record_of(ref);
	char *path = textf("/records/%lld", (long long)id);
	const struct answer *a;

	log_wait(id);
	a = client_get(c, path);
	expect_status(a, want, "%s", path);
	expect_discreet(a, path);
	ck_assert_int_eq(answer_has(a, "Advisory published"), want == 200);
	ck_assert_int_eq(answer_has(a, textf("href=\"/advisories/%s\"", ref)),
	    readers[_i].sees_it);
	expect_status(client_get(c, textf("%s/json", path)), want, "bytes");
	expect_status(client_get(c, textf("%s/proof", path)), want, "receipt");
	a = client_get(c, textf("/records?object=%s", ref));
	expect_status(a, want == 303 ? 303 : 200, "the list");
	ck_assert_int_eq(
	    answer_has(a, textf("href=\"%s\"", path)), want == 200);
	/* The advisory itself leads there, for those who may see it. */
	a = client_get(c, textf("/advisories/%s", ref));
	ck_assert_int_eq(answer_has(a, textf("\"/records?object=%s\"", ref)),
	    readers[_i].sees_it);
}
END_TEST

static const char *const nowhere[] = { "0", "-1", "01", "1x", "999999999",
	"9223372036854775807", "9223372036854775808", "1/other" };

START_TEST(no_such)
{
	expect_status(
	    client_get(world.as[PUBLISHER], textf("/records/%s", nowhere[_i])),
	    404, "%s", nowhere[_i]);
}
END_TEST

/* ---- filters --------------------------------------------------------------- */

static const struct {
	const char *query;
	bool is_there;
} choices[] = {
	{ "", true },
	{ "family=advisory", true },
	{ "family=agreement", false },
	{ "organisation=national-csirt", true },
	{ "organisation=court-of-audit", false },
	{ "until=2001-01-01", false },
	{ "from=2001-01-01", true },
	{ "from=2099-01-01", false },
	{ "before=1", false },
};

START_TEST(filtered)
{
	char *ref = make_published(unique("Filtered"), "green", "community");
	const struct answer *a;

	a = client_get(world.as[PUBLISHER],
	    textf("/records?object=%s&%s", ref, choices[_i].query));
	expect_status(a, 200, "%s", choices[_i].query);
	ck_assert_msg(
	    answer_has(a,
		textf("href=\"/records/%lld\"", (long long)record_of(ref))) ==
		choices[_i].is_there,
	    "%s", choices[_i].query);
}
END_TEST

static const char *const wrong[] = { "family=everything", "from=yesterday",
	"before=0", "until=2026-02-30", "other=1" };

START_TEST(refused)
{
	const struct answer *a =
	    client_get(world.as[PUBLISHER], textf("/records?%s", wrong[_i]));

	ck_assert_msg(a->status >= 400 && a->status < 500, "%s: %d", wrong[_i],
	    a->status);
	expect_discreet(a, wrong[_i]);
}
END_TEST

/* Each once, in order, over all pages. */
START_TEST(paged)
{
	const int64_t all = stored_int(
	    "SELECT COUNT(*) FROM record_concern x JOIN organisation o"
	    " ON o.id = x.organisation WHERE o.name = ? AND x.family <> 1",
	    CSIRT);
	const char *path = "/records", *p, *next;
	int64_t seen = 0, last = INT64_MAX, id;
	const struct answer *a;

	for (int page = 0; path != NULL && page < 100; page++) {
		a = client_get(world.as[PUBLISHER], path);
		expect_status(a, 200, "%s", path);
		for (p = a->body;
		     (p = strstr(p, "\"title\"><a href=\"/records/")) != NULL;
		     p += 10, seen++) {
			id =
			    strtoll(p + strlen("\"title\"><a href=\"/records/"),
				NULL, 10);
			ck_assert_int_lt(id, last);
			last = id;
		}
		next = strstr(a->body, "href=\"/records?before=");
		if (next != NULL)
			next += strlen("href=\"");
		path = next != NULL
		    ? textf("%.*s", (int)strcspn(next, "\""), next)
		    : NULL;
	}
	ck_assert_int_eq(seen, all);
}
END_TEST

/* A circle has a name for whoever has it. */
START_TEST(circle_named)
{
	char *ref = pact_make(unique("Opens"));
	char *circle = stored_text(
	    "SELECT c.ref FROM circle c JOIN agreement_circle k"
	    " ON k.circle = c.id JOIN agreement a ON a.id = k.agreement"
	    " WHERE a.ref = ?",
	    ref);
	char *name =
	    stored_text("SELECT name FROM circle WHERE ref = ?", circle);
	char *told = textf("<dd class=\"wrap\">%s</dd>", name);
	const struct answer *a;
	char *path;

	path = textf("/records/%lld",
	    (long long)record_of(
		make_published(unique("Told"), "green", circle)));
	a = client_get(world.as[PUBLISHER], path);
	expect_status(a, 200, "%s", path);
	ck_assert(answer_has(a, told));
	store("UPDATE agreement SET until_at = from_at + 1 WHERE ref = ?", ref);
	store("UPDATE access_grant SET ended_at = from_at + 1 WHERE agreement"
	      " = (SELECT id FROM agreement WHERE ref = ?)",
	    ref);
	a = client_get(world.as[PUBLISHER], path);
	expect_status(a, 200, "%s", path);
	ck_assert(!answer_has(a, told));
	ck_assert(answer_has(a, circle));
}
END_TEST

/* ---- mandates --------------------------------------------------------------- */

START_TEST(mandate)
{
	struct account account;
	char *name = unique("Audit office"), *ref, *green, *path;
	struct client *auditor;
	const struct answer *a;

	console("org", "add", name, "--kind", "auditor", "--country", "LU");
	auditor = join(name, "auditor", &account);
	green = make_published(unique("Before"), "green", "community");
	ref = pact_audit(unique("Audit"), organisation_ref(name));
	expect_status(client_get(auditor,
			  textf("/records/%lld", (long long)record_of(green))),
	    404, "before the mandate");
	green = make_published(unique("Audited"), "green", "community");
	path = textf("/records/%lld", (long long)record_of(green));
	a = client_get(auditor, path);
	expect_status(a, 200, "by the mandate");
	ck_assert(answer_has(a, textf("/agreements/%s", ref)));
	/* The record, not what it is about. */
	ck_assert(!answer_has(a, textf("\"/advisories/%s\"", green)));
	a = client_get(auditor,
	    textf("/records?organisation=%s", organisation_ref(CSIRT)));
	ck_assert(answer_has(a, textf("\"%s\"", path)));
	ck_assert(answer_has(a, "that your mandates let you read"));
	/* Above its label, and after its end. */
	expect_status(client_get(auditor,
			  textf("/records/%lld",
			      (long long)record_of(make_published(
				  unique("Amber"), "amber", "community")))),
	    404, "above its label");
	store("UPDATE agreement SET until_at = from_at + 1 WHERE ref = ?", ref);
	store("UPDATE access_grant SET ended_at = from_at + 1 WHERE agreement"
	      " = (SELECT id FROM agreement WHERE ref = ?)",
	    ref);
	expect_status(client_get(auditor, path), 404, "after its end");
	a = client_get(auditor, "/records");
	ck_assert(!answer_has(a, textf("\"%s\"", path)));
}
END_TEST

/* ---- receipts ---------------------------------------------------------------- */

static char *
keep(const struct answer *a, const char *name)
{
	char *path = textf("%s/%s", world.run_dir, name);
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(a->body, 1, a->len, f), a->len);
	ck_assert_int_eq(fclose(f), 0);
	return path;
}

static int
verify(const char *proof, const char *record)
{
	char *key = textf("%s/data/log/log-key.txt", world.run_dir);
	char *program = textf("%.*sentente-verify",
	    (int)(strrchr(world.ententectl, '/') + 1 - world.ententectl),
	    world.ententectl);
	int status;
	pid_t pid = fork();

	ck_assert_int_ne(pid, -1);
	if (pid == 0) {
		execl(program, program, "proof", "--key", key, proof, record,
		    (char *)NULL);
		_exit(127);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(receipt)
{
	struct client *c = world.as[PUBLISHER];
	char *ref = make_published(unique("Receipt"), "green", "community");
	char *path = textf("/records/%lld", (long long)record_of(ref));
	char *proof, *bytes, *other;
	const struct answer *a;

	log_wait(record_of(ref));
	a = client_get(c, path);
	ck_assert(answer_has(a, textf("href=\"%s/proof\"", path)));
	a = client_get(c, textf("%s/proof", path));
	expect_status(a, 200, "the receipt");
	ck_assert_ptr_nonnull(strstr(
	    answer_header(a, "Content-Disposition", 0), ".tlog-proof\""));
	proof = keep(a, textf("%s.tlog-proof", ref));
	a = client_get(c, textf("%s/json", path));
	expect_status(a, 200, "the bytes");
	ck_assert_str_eq(
	    answer_header(a, "Content-Type", 0), "application/json");
	bytes = keep(a, textf("%s.json", ref));
	ck_assert_int_eq(verify(proof, bytes), 0);
	/* Of another record it proves nothing. */
	ref = make_published(unique("Other"), "green", "community");
	other =
	    keep(client_get(
		     c, textf("/records/%lld/json", (long long)record_of(ref))),
		textf("%s.json", ref));
	ck_assert_int_eq(verify(proof, other), 1);
}
END_TEST

/* ---- the log ----------------------------------------------------------------- */

START_TEST(the_log)
{
	struct client *c = client_new();
	const struct answer *a;
	char *checkpoint;

	log_wait(records());
	checkpoint = strdup(client_get(c, "/log/checkpoint")->body);
	a = client_get(c, "/log");
	expect_status(a, 200, "the log");
	expect_discreet(a, "the log");
	ck_assert(answer_has(a, "<svg class=\"chart\""));
	ck_assert(answer_has(a, "localhost/log+"));
	ck_assert(answer_has(a, "No witness has been named so far."));
	/* Its first two lines, as long as nobody acts. */
	ck_assert(answer_has(
	    a, textf("%.*s\n", (int)strcspn(checkpoint, "\n"), checkpoint)));
	ck_assert(!answer_has(a, "CSIRT"));
}
END_TEST

const struct suite_test tests_records[] = {
	TEST_ROWS(whose, readers),
	TEST_ROWS(no_such, nowhere),
	TEST_ROWS(filtered, choices),
	TEST_ROWS(refused, wrong),
	TEST(paged),
	TEST(circle_named),
	TEST(mandate),
	TEST(receipt),
	TEST(the_log),
	TESTS_END,
};
