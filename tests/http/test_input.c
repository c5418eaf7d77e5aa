/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What bad input gets: unknown and duplicate fields; bytes that are no text;
 * bodies that are too large or of another kind; a form sent twice; ways back
 * to other sites.  test_form.c has what is typed wrongly.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suites.h"

/* ---- not a form of ours ----------------------------------------------------- */

static const struct {
	const char *path;
	const char *fields; /* after the tokens */
} malformed[] = {
	{ "/drafts/new",
	    "title=A&severity=low&label=green&circles=community"
	    "&colour=red" },
	{ "/drafts/new",
	    "title=A&title=B&severity=low&label=green"
	    "&circles=community" },
	{ "/drafts/new",
	    "title=A&severity=low&severity=high&label=green"
	    "&circles=community" },
	{ "/drafts/new",
	    "title=%zz&severity=low&label=green&circles=community" },
	{ "/drafts/new",
	    "title=%4&severity=low&label=green&circles=community" },
	{ "/drafts/new",
	    "title=A%00B&severity=low&label=green"
	    "&circles=community" },
	{ "/drafts/new",
	    "title=%ff%fe&severity=low&label=green"
	    "&circles=community" },
	{ "/drafts/new",
	    "title=%c0%af&severity=low&label=green"
	    "&circles=community" },
	{ "/drafts/new",
	    "title=%ed%a0%80&severity=low&label=green"
	    "&circles=community" },
	{ "/drafts/new",
	    "ti%00tle=A&severity=low&label=green"
	    "&circles=community" },
	{ "/drafts/new",
	    "title=A&severity=low&label=green&circles=community"
	    "&csrf=again" },
	{ "/drafts/new",
	    "title=A&severity=low&label=green&circles=community"
	    "&once=again" },
	{ "/language", "language=de&to=/" },
	{ "/language", "to=/" },
	{ "/language", "language=en&language=fr&to=/" },
	{ "/drafts/new?title=A",
	    "title=A&severity=low&label=green"
	    "&circles=community" },
};

static const struct answer *
send_text(
    struct client *c, const char *path, const char *type, const char *fields)
{
	char once[CLIENT_TOKEN], *body;

	client_once(once);
	body = textf("csrf=%s&once=%s&%s", client_csrf(c), once, fields);
	return client_send(c, "POST", path, type, body, strlen(body));
}

static const char urlencoded[] = "application/x-www-form-urlencoded";

START_TEST(not_a_form_of_ours)
{
	struct client *c = client_copy(world.as[PUBLISHER]);
	char *before = stored_state();
	const struct answer *a;

	a = send_text(c, malformed[_i].path, urlencoded, malformed[_i].fields);
	expect_status(a, 400, "%s", malformed[_i].fields);
	expect_discreet(a, malformed[_i].fields);
	ck_assert_str_eq(stored_state(), before);
}
END_TEST

/* Characters that are no text stand in a field: the form again. */
static const char *const not_text[] = { "A%01B", "A%1bB", "A%7fB", "A%c2%85B",
	"A%e2%80%aeB", "A%ef%bf%beB" };

START_TEST(characters_that_are_no_text)
{
	struct client *c = world.as[PUBLISHER];
	char *before = stored_state();
	const struct answer *a;

	a = send_text(c, "/drafts/new", urlencoded,
	    textf("title=%s&severity=low&label=green&circles=community",
		not_text[_i]));
	expect_status(a, 400, "%s", not_text[_i]);
	ck_assert_msg(answer_has(a, "Some of these characters cannot be taken"),
	    "%s: %s", not_text[_i], answer_gist(a));
	ck_assert_str_eq(stored_state(), before);
}
END_TEST

/* The form's tokens are needed: members' acts need the once-key, too. */
START_TEST(the_once_key)
{
	static const char *const keys[] = { NULL, "", "short",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!" };
	struct client *c = world.as[PUBLISHER];
	char *before = stored_state(), *body;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		body = textf("csrf=%s%s%s&title=A&severity=low&label=green"
			     "&circles=community",
		    client_csrf(c), keys[i] != NULL ? "&once=" : "",
		    keys[i] != NULL ? keys[i] : "");
		expect_status(client_send(c, "POST", "/drafts/new", urlencoded,
				  body, strlen(body)),
		    400, "key %zu", i);
	}
	ck_assert_str_eq(stored_state(), before);
}
END_TEST

/* ---- queries and paths ------------------------------------------------------- */

static const struct {
	int status;
	const char *path;
} asked[] = {
	{ 400, "/advisories?colour=red" },
	{ 400, "/advisories?q=a&q=b" },
	{ 400, "/advisories?sector=stars" },
	{ 400, "/advisories?label=purple" },
	{ 400, "/advisories?severity=11" },
	{ 400, "/advisories?show=hidden" },
	{ 400, "/advisories?before=soon" },
	{ 400, "/advisories?before=-1" },
	{ 400, "/advisories?before=0" },
	{ 400, "/advisories?before=99999999999999999999" },
	{ 400, "/advisories?q=%zz" },
	{ 400, "/advisories?q=%ff" },
	{ 400, "/advisories?q=%00" },
	{ 400, "/advisories?q=a%01" },
	{ 400, "/advisories?q=%e2%80%ae" },
	{ 400, "/today?x=1" },
	{ 400, "/circles?q=a" },
	{ 400, "/advisories/ENT-1999-0001?x=1" },
	{ 400, "/advisories/%00" },
	{ 400, "/advisories/%ff" },
	{ 400, "/advisories/a%2fb" },
	{ 400, "/advisories//" },
	{ 400, "//advisories" },
	{ 400, "/./advisories" },
	{ 400, "/static/../advisories" },
	{ 400, "/advisories/.." },
	{ 400, "/../../etc/passwd" },
	{ 400, "/%2e%2e/%2e%2e/etc/passwd" },
	{ 400, "/advisories/\"x\"" },
	{ 400, "/advisories/<script>" },
	{ 404, "/advisories/" },
	{ 404, "/advisories/%20" },
	{ 404, "/advisories/' OR 1=1 --" },
	{ 404, "/advisories/ENT-1999-0001/" },
	{ 404, "/nothing/here" },
	{ 404, "/etc/passwd" },
	{ 404, "/.git/config" },
	{ 404, "/organisations/..." },
};

START_TEST(queries_and_paths)
{
	struct client *c = world.as[READER];
	char *path = strdup(asked[_i].path), *p;
	const struct answer *a;

	/* As a client must send it; nginx refuses a bare space itself. */
	while ((p = strchr(path, ' ')) != NULL)
		*p = '+';
	a = client_get(c, path);
	expect_status(a, asked[_i].status, "%s", path);
	expect_discreet(a, path);
	ck_assert(!answer_has(a, "root:"));
	ck_assert(!answer_has(a, "<script>x"));
}
END_TEST

/* What was asked is shown as text, never as markup. */
START_TEST(a_search_is_text)
{
	static const char query[] = "<script>alert(1)</script>\"'><b>&amp;";
	char *q = curl_easy_escape(NULL, query, 0);
	const struct answer *a =
	    client_get(world.as[READER], textf("/advisories?q=%s", q));

	expect_status(a, 200, "%s", query);
	ck_assert(!answer_has(a, "<script>alert"));
	ck_assert(!answer_has(a, "'><b>"));
	ck_assert_str_eq(html_value(a->body, "q"), query);
}
END_TEST

static char *
letters(size_t n)
{
	char *text = malloc(n + 1);

	ck_assert_ptr_nonnull(text);
	memset(text, 'a', n);
	text[n] = '\0';
	return text;
}

START_TEST(too_long_to_ask)
{
	struct client *c = client_copy(world.as[READER]);

	expect_status(client_get(c, textf("/advisories?q=%s", letters(201))),
	    400, "a long search");
	expect_status(client_get(c, textf("/advisories?q=%s", letters(5000))),
	    413, "a long query");
	expect_status(
	    client_get(c, textf("/advisories/%s", letters(100))), 404, "ref");
	expect_status(
	    client_get(c, textf("/%s", letters(600))), 413, "a long path");
	expect_status(
	    client_get(c, textf("/%s", letters(9000))), 414, "a longer path");
	c->header = textf("X-Long: %s", letters(9000));
	expect_status(client_get(c, "/"), 400, "a long header");
	c->header = textf("Accept-Language: %s", letters(400));
	expect_status(client_get(c, "/"), 400, "a long Accept-Language");
	c->header = NULL;
	c->cookie = textf("x=%s", letters(4200));
	expect_status(client_get(c, "/"), 413, "a long cookie");
	c->cookie = "=; ;; prefs={\"a\":1}";
	expect_status(
	    client_get(c, "/advisories"), 200, "somebody else's cookie");
}
END_TEST

/* ---- bodies ------------------------------------------------------------------- */

START_TEST(too_large_bodies)
{
	static const struct {
		const char *path;
		size_t len;
	} bodies[] = { { "/sign-in", 70 * 1024 }, { "/language", 600 * 1024 },
		{ "/drafts/new", 600 * 1024 }, { "/drafts/new", 1200 * 1024 },
		{ "/drafts/import", 9 * 1024 * 1024 } };
	struct client *c = world.as[PUBLISHER];
	char *before = stored_state(), *body;
	size_t i;

	for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		const struct answer *a;

		body = textf("title=%s", letters(bodies[i].len));
		a = client_send(
		    c, "POST", bodies[i].path, urlencoded, body, strlen(body));
		expect_status(
		    a, 413, "%s, %zu bytes", bodies[i].path, bodies[i].len);
		expect_discreet(a, bodies[i].path);
		ck_assert(answer_has(a, "<h1>"));
	}
	ck_assert_str_eq(stored_state(), before);
}
END_TEST

START_TEST(too_many_fields)
{
	char *body = strdup("title=A");
	int i;

	for (i = 0; i < 300; i++)
		body = textf("%s&circles=a", body);
	expect_status(
	    send_text(world.as[PUBLISHER], "/drafts/new", urlencoded, body),
	    413, "300 fields");
}
END_TEST

START_TEST(other_kinds_of_body)
{
	static const char *const types[] = { "application/json", "text/plain",
		"multipart/form-data; boundary=x", "text/html",
		"application/x-www-form-urlencoded-not", NULL };
	struct client *c = world.as[PUBLISHER];
	char *before = stored_state();
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		const struct answer *a = send_text(c, "/drafts/new", types[i],
		    "title=A&severity=low&label=green&circles=community");

		expect_status(a, 415, "%s", types[i] != NULL ? types[i] : "-");
		expect_discreet(a, "type");
	}
	ck_assert_str_eq(stored_state(), before);
}
END_TEST

START_TEST(a_get_with_a_body)
{
	struct client *c = world.as[READER];

	expect_status(
	    client_send(c, "GET", "/advisories", NULL, NULL, 0), 200, "a GET");
	c = client_copy(c);
	c->header = "Content-Length: 3";
	expect_status(
	    client_send(c, "PUT", "/advisories", "text/plain", "abc", 3), 405,
	    "a PUT with a body");
}
END_TEST

/* ---- uploads -------------------------------------------------------------------- */

static const struct {
	const char *bytes; /* NULL: no file; "@n": that many spaces */
	const char *message;
} uploads[] = {
	{ NULL, "Choose a file." },
	{ "", "The file is empty." },
	{ "@2097153", "The file is too large for this page." },
	{ "not JSON", "" },
	{ "{}", "" },
	{ "[]", "" },
	{ "{ \"document\": { \"csaf_version\": \"1.2\" } }", "" },
	{ "{ \"document\": 7 }", "" },
	{ "\xff\xfe", "" },
};

START_TEST(wrong_uploads)
{
	struct client *c = world.as[PUBLISHER];
	const char *bytes = uploads[_i].bytes;
	char *before = stored_state(), *spaces;
	const struct answer *a;

	if (bytes != NULL && bytes[0] == '@') {
		spaces = letters(strtoul(bytes + 1, NULL, 10));
		memset(spaces, ' ', strlen(spaces));
		bytes = spaces;
	}
	a = client_upload(c, "/drafts/import",
	    FIELDS("label", "green", "circles", "energy"),
	    bytes != NULL ? "a.json" : NULL, bytes,
	    bytes != NULL ? strlen(bytes) : 0);
	expect_status(a, 400, "upload %d", _i);
	expect_discreet(a, "upload");
	ck_assert_msg(answer_has(a, uploads[_i].message), "%s", answer_gist(a));
	ck_assert(answer_has(a, "<a href=\"#file\">"));
	/* The rest of the form stays chosen. */
	ck_assert(
	    html_has(html_form(a, "/drafts/import"), "circles", "energy"));
	ck_assert(html_has(html_form(a, "/drafts/import"), "label", "green"));
	ck_assert_str_eq(stored_state(), before);
}
END_TEST

/* Nothing that was uploaded is left where uploads stand. */
START_TEST(uploads_are_cleared)
{
	char *command = textf("%s/data/blobs/new", world.run_dir);
	int status;
	pid_t pid = fork();

	/* rmdir of a copy of the name would harm: only look. */
	if (pid == 0) {
		execlp("find", "find", command, "-type", "f", "-exec", "false",
		    "{}", "+", (char *)NULL);
		_exit(127);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(malformed_uploads)
{
	static const char *const bodies[] = { "--x\r\n", "--x--\r\n", "",
		"--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n",
		"--y\r\n\r\n--y--\r\n",
		"--x\r\nContent-Disposition: form-data; name=\"nothing\"; "
		"filename=\"a\"\r\n\r\nb\r\n--x--\r\n",
		"--x\r\nContent-Disposition: form-data; name=\"label\"\r\n\r\n"
		"\xff\r\n--x--\r\n" };
	struct client *c = world.as[PUBLISHER];
	char *before = stored_state();
	size_t i;

	for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		const struct answer *a = client_send(c, "POST",
		    "/drafts/import", "multipart/form-data; boundary=x",
		    bodies[i], strlen(bodies[i]));

		ck_assert_msg(a->status == 400 || a->status == 403,
		    "body %zu: %s", i, answer_gist(a));
		expect_discreet(a, bodies[i]);
	}
	ck_assert_str_eq(stored_state(), before);
}
END_TEST

/* ---- sent twice -------------------------------------------------------------------- */

START_TEST(sent_twice_done_once)
{
	struct client *c = world.as[PUBLISHER];
	struct html_form *form =
	    html_form(client_get(c, "/drafts/new"), "/drafts/new");
	const struct answer *a, *b;
	char *between;

	html_set(form, "title", "Sent twice");
	html_set(form, "circles", "community");
	a = html_send(c, form);
	expect_status(a, 303, "first");
	between = stored_state();
	b = html_send(c, form);
	expect_status(b, 303, "second");
	ck_assert_str_eq(
	    strndup(answer_location(b), strcspn(answer_location(b), "?")),
	    strndup(answer_location(a), strcspn(answer_location(a), "?")));
	ck_assert_str_eq(stored_state(), between);
}
END_TEST

/* Eight at one moment: one act, one record, and all are told the same. */
START_TEST(sent_at_once_done_once)
{
	char *ref = make_published("Sent at once", "green", "community");
	char *path = textf("/advisories/%s/answer", ref);
	struct client *c = world.as[READER];
	struct html_form *form =
	    html_form(client_get(c, textf("/advisories/%s", ref)), path);
	const int64_t before = records();
	int i, status;
	pid_t pid[8];

	html_set(form, "state", "mitigated");
	for (i = 0; i < 8; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			const struct answer *a = html_send(c, form);

			_exit(a->status == 303 ? 0 : 1);
		}
	}
	for (i = 0; i < 8; i++) {
		ck_assert_int_eq(waitpid(pid[i], &status, 0), pid[i]);
		ck_assert_int_eq(status, 0);
	}
	ck_assert_int_eq(records(), before + 1);
	ck_assert_int_eq(
	    stored_int("SELECT COUNT(*) FROM answer_history h JOIN advisory a"
		       " ON a.id = h.advisory WHERE a.ref = ?",
		ref),
	    1);
}
END_TEST

/* The key is the person's: somebody else's form with it is another act. */
START_TEST(a_key_is_its_persons)
{
	char *ref = make_published("A key", "green", "community");
	char *path = textf("/advisories/%s/answer", ref);
	char once[CLIENT_TOKEN];
	const enum who people[] = { READER, STEWARD, SIGNATORY };
	const int64_t before = records();
	int i;

	client_once(once);
	for (i = 0; i < 3; i++) {
		struct client *c = world.as[people[i]];

		expect_status(client_post_raw(c, path,
				  FIELDS("csrf", client_csrf(c), "once", once,
				      "state", "examining")),
		    303, "%s", who_names[people[i]]);
	}
	ck_assert_int_eq(records(), before + 3);
}
END_TEST

/* ---- ways back ------------------------------------------------------------------------ */

static const char *const elsewhere[] = { "//evil.example",
	"https://evil.example/", "/\\evil.example", "\\\\evil.example",
	"\\/evil.example", "///evil.example", "/\tevil.example",
	"/\t/evil.example", "/\n/evil.example", " //evil.example",
	"javascript:alert(1)", "data:text/html,x", "http:evil.example",
	"evil.example", "/%0d%0aSet-Cookie:x=1\r\nX: y", "/caf\xc3\xa9", "/a b",
	"" };

START_TEST(no_way_to_elsewhere)
{
	const char *to = elsewhere[_i];
	char *coded = curl_easy_escape(NULL, to, 0);
	struct client *c = client_new();
	const struct answer *a;
	const char *kept;

	/* Somebody who is in already would be led on at once. */
	a = client_get(world.as[READER], textf("/sign-in?to=%s", coded));
	if (a->status == 303)
		ck_assert_str_eq(answer_location(a), "/today");
	else
		expect_status(a, 400, "%s", to);
	ck_assert(strstr(a->head, "evil") == NULL);
	/* The form keeps it not. */
	a = client_get(c, textf("/sign-in?to=%s", coded));
	kept = html_form(a, "/sign-in") != NULL
	    ? html_get(html_form(a, "/sign-in"), "to")
	    : NULL;
	ck_assert_msg(kept == NULL, "kept: %s", kept);
	/* Nor does a form that brings it. */
	a = client_post(
	    world.as[READER], "/language", FIELDS("language", "en", "to", to));
	ck_assert_msg(
	    a->status == 303 || a->status == 400, "%s: %s", to, answer_gist(a));
	if (a->status == 303)
		ck_assert_str_eq(answer_location(a), "/");
	ck_assert(strstr(a->head, "evil") == NULL);
	ck_assert_ptr_null(answer_header(a, "X", 0));
}
END_TEST

/* Asked for a page, signed in, and there: with its query. */
START_TEST(back_where_one_was)
{
	static const char to[] = "/advisories?show=unread";
	struct account account;
	struct client *c;
	const struct answer *a;
	struct html_form *form;
	char code[8], *ref;

	c = join(ENERGY, "reader", &account);
	ref = make_published("Way back", "green", "energy");
	client_forget(c);
	a = client_get(c, textf("/advisories/%s", ref));
	expect_status(a, 303, "not signed in");
	a = client_get(c, answer_location(a));
	ck_assert_ptr_nonnull(form = html_form(a, "/sign-in"));
	ck_assert_str_eq(html_get(form, "to"), textf("/advisories/%s", ref));
	html_set(form, "to", to);
	html_set(form, "email", account.email);
	html_set(form, "password", account.password);
	a = html_send(c, form);
	expect_status(a, 303, "the password");
	a = client_get(c, answer_location(a));
	ck_assert_ptr_nonnull(form = html_form(a, "/sign-in/code"));
	totp_code(&account, code);
	html_set(form, "code", code);
	a = html_send(c, form);
	expect_status(a, 303, "the code");
	ck_assert_str_eq(answer_location(a), to);
	expect_status(client_get(c, to), 200, "there");
}
END_TEST

const struct suite_test tests_input[] = {
	TEST_ROWS(not_a_form_of_ours, malformed),
	TEST_ROWS(characters_that_are_no_text, not_text),
	TEST(the_once_key),
	TEST_ROWS(queries_and_paths, asked),
	TEST(a_search_is_text),
	TEST(too_long_to_ask),
	TEST(too_large_bodies),
	TEST(too_many_fields),
	TEST(other_kinds_of_body),
	TEST(a_get_with_a_body),
	TEST_ROWS(wrong_uploads, uploads),
	TEST(malformed_uploads),
	TEST(uploads_are_cleared),
	TEST(sent_twice_done_once),
	TEST(sent_at_once_done_once),
	TEST(a_key_is_its_persons),
	TEST_ROWS(no_way_to_elsewhere, elsewhere),
	TEST(back_where_one_was),
	TESTS_END,
};
