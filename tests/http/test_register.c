/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The public register: what it shows to whom, page after page; its files,
 * which stock tools check; and its feed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pact.h"
#include "suites.h"

/* ---- who sees what ------------------------------------------------------ */

/* Made once a row; the title is there where the text may not be. */
static const struct {
	const char *to, *extent;
	int visitor, member, auditor; /* of /register/{ref} */
	bool is_whole;
} rows[] = {
	{ "everybody", "whole", 200, 200, 200, true },
	{ "everybody", "terms", 200, 200, 200, false },
	{ "community", "whole", 303, 200, 404, true },
	{ "community", "terms", 303, 200, 404, false },
};

static void
look(struct client *c, const char *path, int status, int row)
{
	const struct answer *a = client_get(c, path);

	expect_status(a, status, "%s", path);
	if (status != 200)
		return;
	ck_assert(answer_has(a, "<dt>Notice</dt><dd>30 days</dd>"));
	ck_assert(answer_has(a, ENERGY));
	ck_assert_int_eq(
	    answer_has(a, "<strong>warn</strong>"), rows[row].is_whole);
	ck_assert_int_eq(answer_has(a, "/canonical\""), rows[row].is_whole);
	/* Nobody's name, and nothing of the talks. */
	ck_assert(!answer_has(a, "Lucie Fontaine"));
	ck_assert(!answer_has(a, "<textarea"));
}

START_TEST(published_to)
{
	const char *to = rows[_i].to, *extent = rows[_i].extent;
	char *title = unique("Published"), *path, *ref;
	struct client *visitor = client_new(), *party;
	const struct answer *a;
	const bool is_public = strcmp(to, "everybody") == 0;

	ref = pact_make(title);
	path = textf("/register/%s", ref);
	expect_status(client_get(visitor, path), 303, "before");
	expect_status(client_get(world.as[SIGNATORY], path), 404, "before");
	/* Nor on the register for a party, who sees it elsewhere. */
	party = signed_in(PACT_ENERGY);
	expect_status(client_get(party, path), 404, "before");
	expect_status(
	    client_get(party, textf("%s/canonical", path)), 404, "before");
	pact_publish(ref, to, extent);
	look(visitor, path, rows[_i].visitor, _i);
	look(world.as[SIGNATORY], path, rows[_i].member, _i);
	look(world.as[AUDITOR], path, rows[_i].auditor, _i);
	ck_assert_int_eq(
	    answer_has(client_get(visitor, "/register"), title), is_public);
	ck_assert(
	    answer_has(client_get(world.as[SIGNATORY], "/register"), title));
	ck_assert(
	    !answer_has(client_get(world.as[AUDITOR], "/register"), title) ||
	    is_public);
	ck_assert_int_eq(
	    answer_has(client_get(visitor, "/register.atom"), title),
	    is_public);
	/* The feed is the same for whoever may see more. */
	ck_assert_int_eq(
	    answer_has(
		client_get(world.as[SIGNATORY], "/register.atom"), title),
	    is_public);
	/* A party sees what it has published, and the way to the rest. */
	a = client_get(party, path);
	if (is_public) {
		expect_status(a, 200, "a party");
		ck_assert_int_eq(
		    answer_has(a, "<strong>warn</strong>"), rows[_i].is_whole);
		ck_assert(answer_has(a, textf("href=\"/agreements/%s\"", ref)));
	} else {
		ck_assert_str_eq(
		    answer_location(a), textf("/agreements/%s", ref));
	}
}
END_TEST

START_TEST(taken_back)
{
	char *title = unique("Taken back");
	char *ref = pact_published(title, "everybody", "whole");
	char *path = textf("/register/%s", ref);
	struct client *visitor = client_new(), *c = pact_fresh(PACT_CSIRT);

	expect_status(client_get(visitor, path), 200, "published");
	expect_status(
	    client_post(
		c, textf("/agreements/%s/publish/take-back", ref), NO_FIELDS),
	    303, "taken back");
	expect_status(client_get(visitor, path), 303, "taken back");
	expect_status(
	    client_get(visitor, textf("%s/canonical", path)), 303, "its bytes");
	ck_assert(!answer_has(client_get(visitor, "/register"), title));
	ck_assert(!answer_has(client_get(visitor, "/register.atom"), title));
}
END_TEST

/* ---- the list ------------------------------------------------------------ */

static const struct {
	const char *query;
	bool is_there;
} filters[] = {
	{ "", true },
	{ "?kind=exchange", true },
	{ "?kind=audit", false },
	{ "?sector=energy", true },
	{ "?sector=banking", false },
	{ "?show=in-force", true },
	{ "?show=ended", false },
	{ "?show=all&kind=&sector=", true },
	{ "?kind=exchange&sector=energy&show=in-force", true },
	{ "?before=1", false },
};

START_TEST(filtered)
{
	char *title = unique("Filtered");
	struct client *c = client_new();

	pact_published(title, "everybody", "terms");
	for (size_t i = 0; i < (size_t)ROWS(filters); i++) {
		char *path = textf("/register%s", filters[i].query);
		const struct answer *a = client_get(c, path);

		expect_status(a, 200, "%s", path);
		ck_assert_msg(
		    answer_has(a, title) == filters[i].is_there, "%s", path);
	}
	expect_status(client_get(c, "/register?kind=nothing"), 400, "a kind");
	expect_status(client_get(c, "/register?before=x"), 400, "a key");
	expect_status(client_get(c, "/register?q=x"), 400, "a field");
}
END_TEST

/* An English one on a French page (WCAG 3.1.2). */
START_TEST(in_its_own_language)
{
	char *title = unique("Whole in English");
	char *ref = pact_published(title, "everybody", "whole");
	struct client *c = client_new();
	const struct answer *a;

	c->language = "fr";
	a = client_get(c, textf("/register/%s", ref));
	ck_assert(answer_has(a, "<html lang=\"fr\""));
	ck_assert(answer_has(a, textf("<h1 lang=\"en\">%s</h1>", title)));
	ck_assert(answer_has(a, "<div class=\"prose\" lang=\"en\">"));
	a = client_get(c, "/register");
	ck_assert(answer_has(
	    a, textf("/register/%s\" lang=\"en\">%s</a>", ref, title)));
}
END_TEST

/* ---- the feed ------------------------------------------------------------ */

START_TEST(feed)
{
	char *title = unique("Feed & <more>"), *etag, *language;
	char *ref = pact_published(title, "everybody", "whole");
	struct client *c = client_new();
	const struct answer *a = client_get(c, "/register.atom"), *again;

	expect_status(a, 200, "the feed");
	ck_assert_str_eq(answer_header(a, "Content-Type", 0),
	    "application/atom+xml; charset=utf-8");
	ck_assert_str_eq(
	    answer_header(a, "Cache-Control", 0), "public, max-age=60");
	ck_assert_ptr_null(answer_header(a, "Set-Cookie", 0));
	ck_assert_ptr_nonnull(etag = answer_header(a, "ETag", 0));
	ck_assert_int_eq(strncmp(a->body, "<?xml ", 6), 0);
	ck_assert(answer_has(a, "Feed &amp; &lt;more&gt;"));
	ck_assert(answer_has(
	    a, textf("<id>tag:localhost,2026:register/%s</id>", ref)));
	ck_assert(answer_has(a, textf("/register/%s\"/>", ref)));
	ck_assert(answer_has(a, "<rights>TLP:CLEAR</rights>"));
	/* Known already: nothing is sent. */
	c->header = textf("If-None-Match: W/%s", etag);
	again = client_get(c, "/register.atom");
	expect_status(again, 304, "known");
	ck_assert_uint_eq(again->len, 0);
	ck_assert_str_eq(answer_header(again, "ETag", 0), etag);
	c->header = "If-None-Match: \"something else\"";
	expect_status(client_get(c, "/register.atom"), 200, "not known");
	/* In another language it is another text. */
	c->header = NULL;
	c->language = "fr";
	a = client_get(c, "/register.atom");
	language = answer_header(a, "Content-Language", 0);
	ck_assert_str_eq(language, "fr");
	ck_assert_str_ne(answer_header(a, "ETag", 0), etag);
	ck_assert(answer_has(a, "<title xml:lang=\"en\">Feed &amp;"));
	ck_assert(answer_has(
	    a, textf("<id>tag:localhost,2026:register/%s</id>", ref)));
	ck_assert(
	    answer_has(client_get(c, "/register"), "href=\"/register.atom\""));
}
END_TEST

/* ---- files --------------------------------------------------------------- */

/* A new file in the portal's own directory. */
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

/* What minisign itself says; its words go to the log of the tests. */
static int
minisign(const char *file, const char *signature, const char *key)
{
	int status;
	pid_t pid = fork();

	ck_assert_int_ne(pid, -1);
	if (pid == 0) {
		execlp("minisign", "minisign", "-Vm", file, "-x", signature,
		    "-P", key, (char *)NULL);
		_exit(127);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(files)
{
	char *ref = pact_propose(unique("Files")), *disposition;
	char *path = textf("/register/%s", ref), *key, *bytes, *signature;
	struct client *c = client_new();
	const struct answer *a;

	key = pact_sign_by_key(PACT_ENERGY, ref);
	pact_sign(PACT_CSIRT, ref);
	pact_publish(ref, "everybody", "whole");
	a = client_get(c, textf("%s/canonical", path));
	expect_status(a, 200, "the bytes");
	ck_assert(answer_has(a, "\"format\":\"entente-agreement/1\""));
	ck_assert_int_eq(a->body[a->len - 1], '}');
	disposition = answer_header(a, "Content-Disposition", 0);
	ck_assert(strstr(disposition, textf("\"%s-v1.json\"", ref)) != NULL);
	bytes = keep(a, textf("%s.json", ref));
	a = client_get(
	    c, textf("%s/signatures/%s", path, organisation_ref(ENERGY)));
	expect_status(a, 200, "a signature");
	signature = keep(a, textf("%s.json.minisig", ref));
	ck_assert_int_eq(minisign(bytes, signature, key), 0);
	ck_assert_int_ne(minisign(signature, signature, key), 0);
	/* What was signed in the portal stays with the parties. */
	path = textf("%s/signatures/%s", path, organisation_ref(CSIRT));
	expect_status(client_get(c, path), 404, "a record");
	a = client_get(world.as[SIGNATORY], path);
	expect_status(a, 404, "a record");
	expect_discreet(a, "a record");
}
END_TEST

const struct suite_test tests_register[] = {
	TEST_ROWS(published_to, rows),
	TEST(taken_back),
	TEST(filtered),
	TEST(in_its_own_language),
	TEST(feed),
	TEST(files),
	TESTS_END,
};
