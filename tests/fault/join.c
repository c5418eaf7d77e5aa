/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steward invites, and those invited join; others sign in by links, and
 * out again: what portal.fcgi and login.fcgi write to both databases.
 */
#include <liboath/oath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "clients.h"
#include "domain/pending.h"
#include "domain/person.h"
#include "domain/session.h"
#include "domain/signin_link.h"

enum { EMAIL_BYTES = 80, CODE_BYTES = 8, STEP_S = 30 };

struct joiner {
	struct ctx *ctx;
	struct web steward;
	int64_t person; /* who signs in by links */
	int journal;
	int number;
	int doubts;
};

static void
odd(struct joiner *j, const struct web_answer *a, const char *path)
{
	note(j->journal, "odd %d %.60s", a->status, path);
}

/* ---- joining --------------------------------------------------------- */

/* As an authenticator would, from the secret that the page shows. */
static bool
totp_code(const struct web_answer *a, char code[CODE_BYTES])
{
	static const char start[] = "class=\"secret\" translate=\"no\">";
	char shown[WEB_PATH], *secret = NULL, *to = shown;
	size_t len;
	int rc;

	if (!web_between(a, start, '<', shown, sizeof(shown)))
		return false;
	for (const char *p = shown; *p != '\0'; p++)
		if (*p != ' ')
			*to++ = *p;
	if (oath_base32_decode(shown, (size_t)(to - shown), &secret, &len) !=
	    OATH_OK)
		return false;
	rc = oath_totp_generate(secret, len, time(NULL), STEP_S, 0, 6, code);
	free(secret);
	return rc == OATH_OK;
}

/* A page that a death cut off is asked for again. */
static void
look(struct joiner *j, struct web *w, const char *path, struct web_answer *a)
{
	for (int i = 0; i < 200; i++) {
		web_get(w, path, a);
		if (a->status != 0 && a->status != 502)
			return;
		j->doubts++;
		usleep(25000);
	}
}

/* Acknowledged by the page of recovery codes; else somebody starts over. */
static void
join(struct joiner *j, const char *email, const char token[TOKEN_TEXT])
{
	char path[WEB_PATH], more[WEB_PATH], sid[WEB_PATH], code[CODE_BYTES];
	struct web_answer a;
	int doubts = 0;
	struct web w;

	web_visitor(&w);
	snprintf(path, sizeof(path), "/invitation/%s", token);
	web_post(
	    &w, path, FIELDS("password", "a horse, no battery"), &doubts, &a);
	if (a.status != 303) {
		odd(j, &a, "/invitation/…");
		return;
	}
	web_cookie(&a, PENDING_COOKIE, more, sizeof(more));
	snprintf(w.more, sizeof(w.more), "%s=%.200s", PENDING_COOKIE, more);
	snprintf(path, sizeof(path), "/invitation/%s/factor", token);
	look(j, &w, path, &a);
	if (a.status != 200 || !totp_code(&a, code)) {
		odd(j, &a, "/invitation/…/factor");
		return;
	}
	web_post(&w, path, FIELDS("code", code), &doubts, &a);
	j->doubts += doubts;
	if (a.status == 200) {
		web_cookie(&a, SESSION_COOKIE, sid, sizeof(sid));
		note(j->journal, "joined %s", email);
		note(j->journal, "session %s", sid);
	} else if (doubts == 0) {
		odd(j, &a, "/invitation/…/factor, code");
	}
}

static void
invite(struct joiner *j, int sequence)
{
	char email[EMAIL_BYTES], token[TOKEN_TEXT];
	struct web_answer a;

	snprintf(
	    email, sizeof(email), "p%d-%d@joins.example", j->number, sequence);
	web_post(&j->steward, "/people/new",
	    FIELDS("name", "Somebody New", "email", email, "language", "en"),
	    &j->doubts, &a);
	if (a.status != 200 && a.status != 303) {
		odd(j, &a, "/people/new");
		return;
	}
	note(j->journal, "invited %s", email);
	if (a.status == 200 && sequence % 3 == 0 &&
	    web_between(&a, "/invitation/", '<', token, sizeof(token)))
		join(j, email, token);
}

/* ---- signing in and out ---------------------------------------------- */

static void
sign_out(struct joiner *j, const char *sid)
{
	struct web_answer a;
	int doubts = 0;
	struct web w;

	web_member(&w, sid);
	web_post(&w, "/sign-out", NO_FIELDS, &doubts, &a);
	j->doubts += doubts;
	/* After a doubt: nobody is signed in, so the session had ended. */
	if (a.status == 303 || (a.status == 403 && doubts > 0))
		note(j->journal, "ended %s", sid);
	else
		odd(j, &a, "/sign-out");
}

static void
sign_in(struct joiner *j, int sequence)
{
	char token[TOKEN_TEXT], path[WEB_PATH], sid[WEB_PATH];
	struct web_answer a;
	int doubts = 0;
	struct web w;

	j->ctx->now_at = clock_now();
	must_ok(signin_link_new(
		    j->ctx, j->person, j->ctx->now_at + CLOCK_HOUR, token),
	    "a link");
	web_visitor(&w);
	snprintf(path, sizeof(path), "/sign-in/link/%s", token);
	web_post(&w, path, NO_FIELDS, &doubts, &a);
	j->doubts += doubts;
	web_cookie(&a, SESSION_COOKIE, sid, sizeof(sid));
	if (a.status != 303 || strlen(sid) != TOKEN_TEXT - 1) {
		if (doubts == 0)
			odd(j, &a, "/sign-in/link/…");
		return;
	}
	if (sequence % 2 == 0)
		sign_out(j, sid);
	else
		note(j->journal, "session %s", sid);
}

int
join_client(
    struct ctx *ctx, const struct people *people, int journal, int number)
{
	struct joiner j = { .ctx = ctx, .journal = journal, .number = number };
	struct person *p;

	web_member(&j.steward, people_find(people, "steward")->token);
	must_ok(person_by_email(ctx, "reader3@fault.example", &p), "reader3");
	j.person = p->id;
	for (int i = 0; !is_over(); i++) {
		invite(&j, i);
		sign_in(&j, i);
		arena_reset(ctx->arena);
	}
	return j.doubts;
}
