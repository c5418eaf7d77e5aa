/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two people at one thing, acts that are not possible, and a database that
 * is busy: nobody's text is lost, nothing is half done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suites.h"

enum { BUSY_S = 5 }; /* db.h: how long a writer waits */

static struct client *
editor(void)
{
	return signed_in("jonas.peeters@csirt.example");
}

static struct html_form *
open_draft(struct client *c, const char *ref)
{
	struct html_form *form = html_form(
	    client_get(c, textf("/drafts/%s", ref)), textf("/drafts/%s", ref));

	ck_assert_ptr_nonnull(form);
	return form;
}

static char *
stored_title(const char *ref)
{
	return stored_text("SELECT v.title FROM advisory a"
			   " JOIN advisory_revision v ON v.advisory = a.id"
			   " WHERE a.ref = ? ORDER BY v.number DESC LIMIT 1",
	    ref);
}

/* ---- two editors ------------------------------------------------------------ */

/* The second is told, sees the other's text beside the own, and goes on. */
START_TEST(the_second_editor)
{
	char *ref = make_draft("As it was", "green", "community");
	struct client *first = world.as[PUBLISHER], *second = editor();
	struct html_form *mine = open_draft(first, ref);
	struct html_form *yours = open_draft(second, ref), *again;
	const struct answer *a;

	html_set(mine, "title", "The first one's title");
	html_set(mine, "summary", "The first one's <summary>.");
	html_set(yours, "title", "The second one's title");
	html_set(yours, "todo", "The second one's work of an hour.");
	expect_status(html_send(first, mine), 303, "the first");
	a = html_send(second, yours);
	expect_status(a, 409, "the second");
	ck_assert_str_eq(stored_title(ref), "The first one's title");
	/* Whose, and what. */
	ck_assert(answer_has(a, "role=\"alert\""));
	ck_assert(answer_has(a, "The first one&#39;s title"));
	ck_assert(answer_has(a, "The first one&#39;s &lt;summary&gt;."));
	ck_assert(answer_has(a,
	    stored_text("SELECT name FROM person WHERE email = ?",
		email_of(PUBLISHER))));
	again = html_form(a, textf("/drafts/%s", ref));
	ck_assert_ptr_nonnull(again);
	ck_assert_str_eq(html_get(again, "title"), "The second one's title");
	ck_assert_str_eq(
	    html_get(again, "todo"), "The second one's work of an hour.");
	ck_assert_str_ne(html_get(again, "edit"), html_get(yours, "edit"));
	/* Having seen it, the second saves. */
	expect_status(html_send(second, again), 303, "once more");
	ck_assert_str_eq(stored_title(ref), "The second one's title");
}
END_TEST

/* Whoever publishes has seen what goes out. */
START_TEST(publishing_what_changed)
{
	char *ref = make_draft("As it was", "green", "community");
	char *path = textf("/drafts/%s/publish", ref);
	struct client *first = world.as[PUBLISHER], *second = editor();
	struct html_form *publishing =
	    html_form(client_get(second, path), path);
	struct html_form *form = open_draft(first, ref);
	const struct answer *a;

	ck_assert_ptr_nonnull(publishing);
	html_set(form, "title", "Changed meanwhile");
	expect_status(html_send(first, form), 303, "saved");
	a = html_send(second, publishing);
	expect_status(a, 409, "published");
	ck_assert(answer_has(a, "Changed meanwhile"));
	ck_assert(answer_has(a, "role=\"alert\""));
	ck_assert_int_eq(
	    stored_int("SELECT revision FROM advisory WHERE ref = ?", ref), 0);
	/* The page that says so leads on. */
	publishing = html_form(a, path);
	ck_assert_ptr_nonnull(publishing);
	expect_status(html_send(second, publishing), 303, "once more");
}
END_TEST

/* What one throws away, the other's text survives on the page. */
START_TEST(saving_what_is_gone)
{
	char *ref = make_draft("To be thrown away", "green", "community");
	struct client *first = world.as[PUBLISHER], *second = editor();
	struct html_form *form = open_draft(second, ref);
	const struct answer *a;

	html_set(form, "happened", "A text of an hour.");
	expect_status(
	    client_post(first, textf("/drafts/%s/discard", ref), NO_FIELDS),
	    303, "discarded");
	a = html_send(second, form);
	expect_status(a, 404, "saved");
	ck_assert(answer_has(a, "A text of an hour."));
	ck_assert(answer_has(a, "readonly"));
}
END_TEST

/* At one moment: one is saved, the other told. */
START_TEST(two_at_one_moment)
{
	char *ref = make_draft("As it was", "green", "community");
	struct client *people[2] = { world.as[PUBLISHER], editor() };
	struct html_form *form[2];
	int i, status, saved = 0, told = 0;
	pid_t pid[2];

	for (i = 0; i < 2; i++) {
		form[i] = open_draft(people[i], ref);
		html_set(form[i], "title", textf("Title %d", i));
	}
	for (i = 0; i < 2; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			_exit(html_send(people[i], form[i])->status == 303);
	}
	for (i = 0; i < 2; i++) {
		ck_assert_int_eq(waitpid(pid[i], &status, 0), pid[i]);
		ck_assert(WIFEXITED(status));
		if (WEXITSTATUS(status) == 1)
			saved++;
		else
			told++;
	}
	ck_assert_int_eq(saved, 1);
	ck_assert_int_eq(told, 1);
}
END_TEST

/* ---- not possible now --------------------------------------------------------- */

static void
expect_conflict(struct client *c, const char *path, const char *const *fields)
{
	char *before = stored_state();
	const struct answer *a = client_post(c, path, fields);

	expect_status(a, 409, "%s", path);
	expect_discreet(a, path);
	ck_assert(answer_has(a, "<h1>"));
	ck_assert_str_eq(stored_state(), before);
}

START_TEST(acts_out_of_turn)
{
	struct client *c = world.as[PUBLISHER];
	char *ref = make_published("Out of turn", "green", "community");
	char *withdraw = textf("/advisories/%s/withdraw", ref);

	expect_conflict(c, textf("/advisories/%s/answer", ref),
	    FIELDS("state", "mitigated"));
	expect_status(client_post(c, withdraw, FIELDS("why", "A reason.")), 303,
	    "withdrawn");
	expect_conflict(c, withdraw, FIELDS("why", "Another reason."));
	expect_conflict(world.as[READER], textf("/advisories/%s/answer", ref),
	    FIELDS("state", "mitigated"));
	expect_conflict(c, textf("/advisories/%s/revise", ref), NO_FIELDS);
	expect_status(client_get(c, withdraw), 409, "the page");
	expect_conflict(world.as[KEEPER_FRESH],
	    textf("/organisations/%s/suspend", organisation_ref(SECRETARIAT)),
	    FIELDS("why", "Of ourselves."));
	expect_conflict(world.as[KEEPER_FRESH],
	    textf("/organisations/%s/reinstate", organisation_ref(CSIRT)),
	    NO_FIELDS);
}
END_TEST

/* Nobody outside could read it: the charters end below TLP:RED. */
START_TEST(an_empty_audience)
{
	char *ref = make_draft("For nobody", "red", "energy");
	char *path = textf("/drafts/%s/publish", ref);
	const struct answer *a = client_get(world.as[PUBLISHER], path);

	expect_status(a, 200, "the page");
	/* It says so before, and has no button. */
	ck_assert(answer_has(a, "notice bad"));
	ck_assert_ptr_null(html_form(a, path));
	expect_conflict(world.as[PUBLISHER], path,
	    FIELDS("edit",
		stored_text("SELECT v.edit FROM advisory a"
			    " JOIN advisory_revision v ON v.advisory = a.id"
			    " WHERE a.ref = ?",
		    ref)));
}
END_TEST

/* What lacks something is not published; the page says what. */
START_TEST(an_unfinished_draft)
{
	struct client *c = world.as[PUBLISHER];
	const struct answer *a;
	char *path;

	a = client_post(c, "/drafts/new",
	    FIELDS("title", "Unfinished", "severity", "low", "label", "green",
		"circles", "community"));
	expect_status(a, 303, "a draft may lack much");
	path = strdup(answer_location(a));
	path =
	    textf("%.*s/publish", (int)(strstr(path, "/preview") - path), path);
	a = client_get(c, path);
	expect_status(a, 200, "%s", path);
	ck_assert_ptr_null(html_form(a, path));
	ck_assert(answer_has(a, "#summary"));
	a = client_post(c, path, FIELDS("edit", "1"));
	ck_assert_msg(
	    a->status == 400 || a->status == 409, "%s", answer_gist(a));
}
END_TEST

/* A revision says what changed, is unread again, and the old one stays. */
START_TEST(a_revision)
{
	struct client *c = world.as[PUBLISHER], *reader = world.as[READER];
	char *ref = make_published("First wording", "green", "energy");
	char *path = textf("/advisories/%s", ref);
	struct html_form *form;

	expect_status(client_get(reader, path), 200, "read");
	ck_assert(
	    !answer_has(client_get(reader, "/advisories?show=unread"), ref));
	expect_status(
	    client_post(c, textf("%s/revise", path), NO_FIELDS), 303, "begun");
	form = open_draft(c, ref);
	html_set(form, "title", "Second wording");
	expect_status(html_send(c, form), 303, "without what changed");
	expect_status(client_post(c, textf("/drafts/%s/publish", ref),
			  FIELDS("edit", "2")),
	    400, "published without it");
	form = open_draft(c, ref);
	html_set(form, "change", "The wording is better.");
	expect_status(html_send(c, form), 303, "saved");
	/* Until it is published, readers see the first. */
	ck_assert(answer_has(client_get(reader, path), "First wording"));
	publish(c, ref);
	ck_assert(
	    answer_has(client_get(reader, "/advisories?show=unread"), ref));
	ck_assert(answer_has(client_get(reader, path), "Second wording"));
	ck_assert(
	    answer_has(client_get(reader, path), "The wording is better."));
	ck_assert(answer_has(client_get(reader, textf("%s/revisions/1", path)),
	    "First wording"));
}
END_TEST

/* ---- busy --------------------------------------------------------------------------- */

/* Holds the writers' lock until it is told to end. */
static pid_t
hold_lock(const char *name)
{
	int ready[2];
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		(void)writer_lock(name);
		(void)!write(ready[1], "x", 1);
		sleep(60);
		_exit(0);
	}
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

static void
let_go(pid_t pid)
{
	int status;

	kill(pid, SIGKILL);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
}

static void
expect_busy(const struct answer *a, const char *what)
{
	char *retry = answer_header(a, "Retry-After", 0);

	expect_status(a, 503, "%s", what);
	ck_assert_ptr_nonnull(retry);
	ck_assert_int_gt(strtol(retry, NULL, 10), 0);
	ck_assert(a->seconds > BUSY_S - 1 && a->seconds < 3 * BUSY_S);
	expect_discreet(a, what);
	ck_assert(answer_has(a, "<h1>"));
	ck_assert_ptr_null(answer_header(a, "Location", 0));
}

START_TEST(busy)
{
	struct client *c = world.as[PUBLISHER];
	struct html_form *form =
	    html_form(client_get(c, "/drafts/new"), "/drafts/new");
	char *ref = make_published("Read while busy", "green", "energy");
	char *before = stored_state(), *title = unique("Written while busy");
	const struct answer *a;
	const pid_t pid = hold_lock("portal.db");

	html_set(form, "title", title);
	html_set(form, "happened", "A text of an hour.");
	html_set(form, "circles", "community");
	a = html_send(c, form);
	expect_busy(a, "a draft");
	/* What was typed is there to be taken. */
	ck_assert(answer_has(a, title));
	ck_assert(answer_has(a, "A text of an hour."));
	/* Reading goes on. */
	a = client_get(world.as[READER], "/advisories");
	expect_status(a, 200, "a list");
	ck_assert(a->seconds < BUSY_S - 1);
	a = client_get(world.as[READER], textf("/advisories/%s", ref));
	expect_status(a, 200, "an advisory that nobody has opened");
	ck_assert_str_eq(stored_state(), before);
	let_go(pid);
	/* The very same form, sent again, is done, once. */
	expect_status(html_send(c, form), 303, "afterwards");
	expect_status(html_send(c, form), 303, "and again");
	ck_assert_int_eq(stored_int("SELECT COUNT(*) FROM advisory_revision"
				    " WHERE title = ?",
			     title),
	    1);
}
END_TEST

/* Signing in waits for either database; nobody is half in. */
START_TEST(busy_signing_in)
{
	struct account account;
	struct client *c = client_new();
	const struct answer *a;
	pid_t pid;

	client_free(join(ENERGY, "reader", &account));
	(void)client_csrf(c);
	pid = hold_lock("auth/auth.db");
	a = client_post(c, "/sign-in",
	    FIELDS("email", account.email, "password", account.password));
	expect_busy(a, "signing in");
	ck_assert(!answer_has(a, account.password));
	ck_assert_ptr_null(client_cookie(c, "__Host-sid"));
	/* Those who are inside do not notice. */
	expect_status(client_get(world.as[READER], "/today"), 200, "inside");
	let_go(pid);
	expect_status(sign_in(c, &account), 303, "afterwards");
}
END_TEST

const struct suite_test tests_conflict[] = {
	TEST(the_second_editor),
	TEST(publishing_what_changed),
	TEST(saving_what_is_gone),
	TEST(two_at_one_moment),
	TEST(acts_out_of_turn),
	TEST(an_empty_audience),
	TEST(an_unfinished_draft),
	TEST(a_revision),
	TEST(busy),
	TEST(busy_signing_in),
	TESTS_END,
};
