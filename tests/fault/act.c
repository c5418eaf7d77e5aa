/* SPDX-License-Identifier: Apache-2.0 */
/*
 * People who work while the programs die: each act that was acknowledged is
 * noted, and none is begun before the one before it was.
 *
 *	answered COMMENT		an answer with that comment
 *	saved REF NUMBER		a draft whose products say NUMBER
 *	published REF REVISION
 *	withdrawn REF
 *	invited EMAIL
 *	joined EMAIL
 *	session TOKEN, ended TOKEN	signed in, out
 *	doubt NUMBER			requests that a death cut off
 *	odd …				an answer that nobody should get
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "clients.h"
#include "domain/session.h"

enum { LINE_BYTES = 1024, REFS = 20, ROUND = 12 };

static volatile sig_atomic_t over;

static void
on_term(int signo)
{
	(void)signo;
	over = 1;
}

bool
is_over(void)
{
	return over != 0;
}

/* One write to a file that is appended to: lines of others do not mix. */
void
note(int journal, const char *format, ...)
{
	char line[LINE_BYTES];
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(line, sizeof(line) - 1, format, ap);
	va_end(ap);
	must(n > 0 && (size_t)n < sizeof(line) - 1, "a line is too long");
	line[n++] = '\n';
	must(write(journal, line, (size_t)n) == n, "the journal");
}

/* What each client has. */
struct client {
	const struct people *people;
	struct web web;
	int journal;
	int number;
	int doubts;
};

static bool
is_taken(struct client *c, const char *path, const struct web_answer *a)
{
	if (a->status == 303 || a->status == 200)
		return true;
	note(c->journal, "odd %d %s", a->status, path);
	return false;
}

static bool
post(struct client *c, const char *path, const char *const *fields,
    struct web_answer *a)
{
	web_post(&c->web, path, fields, &c->doubts, a);
	return is_taken(c, path, a);
}

/* A GET is asked again by nginx; of what is left, by us. */
static bool
get(struct client *c, const char *path, struct web_answer *a)
{
	for (int i = 0; i < 200; i++) {
		web_get(&c->web, path, a);
		if (a->status != 0 && a->status != 502)
			break;
		c->doubts++;
		usleep(25000);
	}
	return is_taken(c, path, a);
}

/* ---- answering ------------------------------------------------------- */

static int
list_refs(struct client *c, char refs[REFS][NAME_BYTES])
{
	static const char start[] = "href=\"/advisories/";
	struct web_answer a;
	const char *p;
	int n = 0;

	if (!get(c, "/advisories", &a))
		return 0;
	p = a.body;
	while (n < REFS && (p = strstr(p, start)) != NULL) {
		p += sizeof(start) - 1;
		snprintf(
		    refs[n], NAME_BYTES, "%.*s", (int)strcspn(p, "\"/?#"), p);
		n += strncmp(refs[n], "ENT-", 4) == 0;
	}
	return n;
}

static void
answer(struct client *c, const char *ref, int sequence)
{
	static const char *const states[] = { "examining", "unaffected",
		"mitigating", "mitigated" };
	char path[WEB_PATH], comment[NAME_BYTES];
	struct web_answer a;

	snprintf(path, sizeof(path), "/advisories/%s/answer", ref);
	snprintf(comment, sizeof(comment), "c%d-%d", c->number, sequence);
	if (post(c, path,
		FIELDS("state", states[sequence % 4], "comment", comment), &a))
		note(c->journal, "answered %s", comment);
}

static void
answers(struct client *c)
{
	char refs[REFS][NAME_BYTES];
	int sequence = 0, n = list_refs(c, refs);

	must(n > 0, "there is nothing to answer");
	while (!is_over()) {
		answer(c, refs[sequence % n], sequence);
		sequence++;
	}
}

/* ---- writing --------------------------------------------------------- */

struct draft {
	char ref[NAME_BYTES];
	int saves;
	int revision; /* published */
};

static bool
save(struct client *c, struct draft *d, const char *path, const char *edit)
{
	char title[NAME_BYTES], products[NAME_BYTES];
	struct web_answer a;

	snprintf(title, sizeof(title), "Pumps of client %d", c->number);
	snprintf(products, sizeof(products), "%d", d->saves + 1);
	/* A form with a field too many is refused: the first has no edit. */
	if (!post(c, path,
		FIELDS("title", title, "summary", "Pumps stop.", "happened",
		    "They *stop*.", "todo", "Start them.", "products", products,
		    "severity", "high", "label", "amber", "sectors", "energy",
		    "circles", "energy", "change", "More pumps",
		    edit != NULL ? "edit" : NULL, edit),
		&a))
		return false;
	d->saves++;
	if (d->ref[0] == '\0' &&
	    !web_between(&a, "Location: /drafts/", '/', d->ref, NAME_BYTES))
		return false;
	note(c->journal, "saved %s %d", d->ref, d->saves);
	return true;
}

static bool
read_edit(struct client *c, const char *path, char edit[NAME_BYTES])
{
	struct web_answer a;

	return get(c, path, &a) &&
	    web_between(&a, "name=\"edit\" value=\"", '"', edit, NAME_BYTES);
}

static bool
save_again(struct client *c, struct draft *d)
{
	char path[WEB_PATH], edit[NAME_BYTES];

	snprintf(path, sizeof(path), "/drafts/%s", d->ref);
	return read_edit(c, path, edit) && save(c, d, path, edit);
}

static bool
publish(struct client *c, struct draft *d)
{
	char path[WEB_PATH], edit[NAME_BYTES];
	struct web_answer a;

	snprintf(path, sizeof(path), "/drafts/%s/publish", d->ref);
	if (!read_edit(c, path, edit) ||
	    !post(c, path, FIELDS("edit", edit), &a))
		return false;
	note(c->journal, "published %s %d", d->ref, ++d->revision);
	return true;
}

static bool
revise(struct client *c, struct draft *d)
{
	char path[WEB_PATH];
	struct web_answer a;

	snprintf(path, sizeof(path), "/advisories/%s/revise", d->ref);
	return post(c, path, NO_FIELDS, &a) && save_again(c, d) &&
	    publish(c, d);
}

static void
withdraw(struct client *c, struct draft *d)
{
	char path[WEB_PATH];
	struct web_answer a;

	snprintf(path, sizeof(path), "/advisories/%s/withdraw", d->ref);
	if (post(c, path, FIELDS("why", "It was a drill."), &a))
		note(c->journal, "withdrawn %s", d->ref);
}

static void
writes(struct client *c)
{
	for (int i = 0; !is_over(); i++) {
		struct draft d = { .saves = 0 };

		if (!save(c, &d, "/drafts/new", NULL) || is_over() ||
		    !save_again(c, &d) || is_over() || i % 4 == 3 ||
		    !publish(c, &d) || is_over())
			continue;
		if (i % 3 == 0 && (!revise(c, &d) || is_over()))
			continue;
		if (i % 5 == 0)
			withdraw(c, &d);
	}
}

/* ---- all of them ----------------------------------------------------- */

static void
joins(struct client *c)
{
	struct ctx ctx;

	/* Opened after the fork: no connection goes through one. */
	portal_open(&ctx);
	c->doubts += join_client(&ctx, c->people, c->journal, c->number);
	portal_close(&ctx);
}

static const struct {
	const char *who;
	void (*run)(struct client *);
} roles[] = {
	{ "reader1", answers },
	{ "reader2", answers },
	{ "writer1", writes },
	{ "writer2", writes },
	{ "steward", joins },
};

enum { ROLES = sizeof(roles) / sizeof(roles[0]) };

static void
be(const struct people *people, int i, int journal)
{
	struct client c = { .people = people, .journal = journal, .number = i };

	web_member(&c.web, people_find(people, roles[i].who)->token);
	roles[i].run(&c);
	note(journal, "doubt %d", c.doubts);
}

int
act_main(int argc, char **argv)
{
	struct sigaction end = { .sa_handler = on_term };
	struct people people;
	int journal, status, bad = 0;
	pid_t pid[ROLES];

	(void)argc;
	people_read(&people, argv[0]);
	journal =
	    open(argv[1], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	must(journal != -1, "the journal cannot be opened");
	web_start(number_of(argv[2]), 4000);
	sigaction(SIGTERM, &end, NULL);
	for (int i = 0; i < ROLES; i++) {
		if ((pid[i] = fork()) == 0) {
			be(&people, i, journal);
			_exit(0);
		}
		must(pid[i] != -1, "fork");
	}
	while (!is_over() && waitpid(-1, &status, 0) == -1 && errno == EINTR)
		continue;
	for (int i = 0; i < ROLES; i++)
		kill(pid[i], SIGTERM);
	while (waitpid(-1, &status, 0) > 0 || errno == EINTR)
		bad += status != 0;
	return bad == 0 && is_over() ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- afterwards ------------------------------------------------------ */

/* Sessions can be asked for by their tokens alone. */
int
verify_main(int argc, char **argv)
{
	char line[LINE_BYTES], token[TOKEN_TEXT];
	FILE *f = fopen(argv[0], "r");
	struct session s;
	struct ctx ctx;
	int bad = 0, seen = 0;
	enum err rc;

	(void)argc;
	must(f != NULL, "the file of sessions cannot be opened");
	portal_open(&ctx);
	while (fgets(line, sizeof(line), f) != NULL) {
		bool is_open = sscanf(line, "session %43s", token) == 1;

		if (!is_open && sscanf(line, "ended %43s", token) != 1)
			continue;
		rc = session_resume(&ctx, token, &s);
		seen++;
		if (rc == (is_open ? ERR_OK : ERR_NOT_FOUND))
			continue;
		printf("a session that was %s is %s\n",
		    is_open ? "begun" : "ended", err_name(rc));
		bad++;
	}
	fclose(f);
	portal_close(&ctx);
	printf("%d sessions\n", seen);
	return bad == 0 && seen > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
