/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests of every kind, good and bad, one after the other: what a worker
 * sees in a day, for the check that it keeps no memory.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clients.h"

enum { DOCUMENT_BYTES = 2000, SIGN_IN_EACH = 500, REFS_MAX = 12 };

struct mixed {
	const struct people *people;
	int number; /* of the request */
	char refs[REFS_MAX][NAME_BYTES];
	int ref_count;
	const char *ref; /* this request's */
	const char *reader;
};

static void
as(const struct mixed *m, const char *name, struct web *w)
{
	web_member(w, people_find(m->people, name)->token);
}

/* ---- reading --------------------------------------------------------- */

/* Who asks ("" a visitor), for what, and what comes. */
static const struct {
	const char *who;
	const char *path; /* %s: an advisory */
	int status;
} pages[] = {
	{ "reader1", "/today", 200 },
	{ "reader2", "/advisories", 200 },
	{ "reader1", "/advisories/%s", 200 },
	{ "", "/", 200 },
	{ "reader3", "/advisories?q=valves+network", 200 },
	{ "writer1", "/advisories/%s", 200 },
	{ "reader1", "/advisories?severity=high&sector=energy", 200 },
	{ "writer1", "/advisories/%s/answers", 200 },
	{ "", "/advisories", 200 },
	{ "reader4", "/advisories/%s", 200 },
	{ "writer2", "/drafts", 200 },
	{ "writer2", "/drafts/new", 200 },
	{ "reader1", "/circles", 200 },
	{ "reader1", "/organisations", 200 },
	{ "keeper", "/organisations/new", 200 },
	{ "steward", "/people", 200 },
	{ "steward", "/people/new", 200 },
	{ "keeper", "/people?organisation=grid-1", 200 },
	{ "reader1", "/account", 200 },
	{ "", "/sign-in", 200 },
	{ "", "/sign-in?to=/today", 200 },
	{ "", "/today", 303 },
	{ "reader1", "/drafts", 403 },
	{ "reader1", "/advisories/ENT-1999-0001", 404 },
	{ "reader1", "/nowhere", 404 },
	{ "", "/invitation/abc", 404 },
	{ "reader1", "/advisories?q=%00", 400 },
	{ "reader1", "/advisories?unknown=1", 400 },
	{ "reader1", "/advisories?q=%22%29+OR+%2A+NEAR", 200 },
	{ "reader2", "/advisories/%s/source", 404 },
	{ "reader2", "/advisories/%s/revisions/1", 200 },
};

enum { PAGES = sizeof(pages) / sizeof(pages[0]) };

static void
put_path(char out[WEB_PATH], const char *path, const char *ref)
{
	const char *place = strstr(path, "%s");

	if (place == NULL)
		snprintf(out, WEB_PATH, "%s", path);
	else
		snprintf(out, WEB_PATH, "%.*s%s%s", (int)(place - path), path,
		    ref, place + 2);
}

static bool
is_as_said(const struct web_answer *a, int status, const char *what)
{
	if (a->status == status)
		return true;
	fprintf(stderr, "%s: %d, not %d\n", what, a->status, status);
	return false;
}

static bool
read_page(struct mixed *m, int i)
{
	char path[WEB_PATH];
	struct web_answer a;
	struct web w;

	if (pages[i].who[0] == '\0')
		web_visitor(&w);
	else
		as(m, pages[i].who, &w);
	put_path(path, pages[i].path, m->ref);
	web_get(&w, path, &a);
	return is_as_said(&a, pages[i].status, path);
}

/* ---- writing --------------------------------------------------------- */

static bool
answer(struct mixed *m)
{
	char path[WEB_PATH], comment[NAME_BYTES];
	struct web_answer a;
	struct web w;

	as(m, m->reader, &w);
	put_path(path, "/advisories/%s/answer", m->ref);
	snprintf(comment, sizeof(comment), "Mixed %d", m->number);
	web_post(&w, path, FIELDS("state", "mitigating", "comment", comment),
	    NULL, &a);
	return is_as_said(&a, 303, path);
}

static bool
answer_badly(struct mixed *m)
{
	char path[WEB_PATH];
	struct web_answer a;
	struct web w;

	as(m, "reader2", &w);
	put_path(path, "/advisories/%s/answer", m->ref);
	web_post(&w, path, FIELDS("state", "perhaps", "comment", "\"'><b>"),
	    NULL, &a);
	return is_as_said(&a, 400, path);
}

static bool
draft_and_discard(struct mixed *m)
{
	char ref[NAME_BYTES], path[WEB_PATH];
	struct web_answer a;
	struct web w;

	as(m, "writer1", &w);
	web_post(&w, "/drafts/new",
	    FIELDS("title", "Mixed", "summary", "A summary", "happened",
		"It *happened*.", "severity", "low", "label", "green",
		"circles", "community"),
	    NULL, &a);
	if (!is_as_said(&a, 303, "/drafts/new") ||
	    !web_between(&a, "Location: /drafts/", '/', ref, sizeof(ref)))
		return false;
	put_path(path, "/drafts/%s/preview", ref);
	web_get(&w, path, &a);
	if (!is_as_said(&a, 200, path))
		return false;
	put_path(path, "/drafts/%s/publish", ref);
	web_get(&w, path, &a);
	if (!is_as_said(&a, 200, path))
		return false;
	put_path(path, "/drafts/%s/discard", ref);
	web_post(&w, path, NO_FIELDS, NULL, &a);
	return is_as_said(&a, 303, path);
}

static bool
upload_badly(struct mixed *m)
{
	char document[DOCUMENT_BYTES];
	struct web_answer a;
	struct web w;

	as(m, "writer1", &w);
	memset(document, '[', sizeof(document));
	web_upload(&w, "/drafts/import", document, sizeof(document), &a);
	return is_as_said(&a, 400, "/drafts/import");
}

/* A name that is unknown costs a hash as any other: seldom. */
static bool
sign_in_badly(struct mixed *m)
{
	char email[NAME_BYTES];
	struct web_answer a;
	struct web w;

	web_visitor(&w);
	snprintf(email, sizeof(email), "n%d@nowhere.example", m->number);
	web_post(&w, "/sign-in",
	    FIELDS("email", email, "password", "not a word of it"), NULL, &a);
	return is_as_said(&a, 400, "/sign-in");
}

static bool
choose_language(struct mixed *m)
{
	struct web_answer a;
	struct web w;

	as(m, "reader4", &w);
	web_post(&w, "/language",
	    FIELDS("language", m->number % 2 ? "fr" : "en", "to", "/today"),
	    NULL, &a);
	return is_as_said(&a, 303, "/language");
}

static bool (*const acts[])(struct mixed *) = { answer, answer_badly,
	draft_and_discard, upload_badly, choose_language };

enum { ACTS = sizeof(acts) / sizeof(acts[0]) };

/* ---- all ------------------------------------------------------------- */

static void
find_refs(struct mixed *m)
{
	static const char start[] = "href=\"/advisories/ENT-";
	struct web_answer a;
	const char *p;
	struct web w;

	as(m, "reader1", &w);
	web_get(&w, "/advisories", &a);
	for (p = a.body;
	     m->ref_count < REFS_MAX && (p = strstr(p, start)) != NULL; p++)
		snprintf(m->refs[m->ref_count++], NAME_BYTES, "%.*s",
		    (int)strcspn(p + sizeof(start) - 5, "\"?#/"),
		    p + sizeof(start) - 5);
	must(m->ref_count > 0, "there is no advisory");
}

static bool
ask_one(struct mixed *m)
{
	static const char *const readers[] = { "reader1", "reader2", "reader3",
		"reader4" };

	m->ref = m->refs[m->number / 7 % m->ref_count];
	m->reader = readers[m->number / 50 % 4];
	if (m->number % SIGN_IN_EACH == 7)
		return sign_in_badly(m);
	if (m->number % 10 == 3)
		return acts[m->number / 10 % ACTS](m);
	return read_page(m, m->number % PAGES);
}

/* Requests number FROM to TO - 1, so that a run can be stopped between. */
int
mixed_main(int argc, char **argv)
{
	struct people people;
	struct mixed m = { .people = &people };
	int to = number_of(argv[3]), bad = 0;

	(void)argc;
	people_read(&people, argv[0]);
	web_start(number_of(argv[1]), 4000);
	find_refs(&m);
	for (m.number = number_of(argv[2]); m.number < to && bad < 20;
	     m.number++)
		bad += !ask_one(&m);
	return bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
