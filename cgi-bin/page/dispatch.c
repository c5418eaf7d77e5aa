/* SPDX-License-Identifier: Apache-2.0 */
#include "page/dispatch.h"

#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "domain/submission.h"
#include "page/failure.h"
#include "page/guard.h"
#include "page/intake.h"

#define VISITOR_COOKIE "__Host-visit"

/* ---- who asks -------------------------------------------------------- */

/*
 * A visitor who is not signed in has a random cookie all the same, so that
 * the sign-in form too has an anti-forgery token that nobody can guess.
 */
static enum err
meet_visitor(struct visit *v)
{
	const char *cookie = req_cookie(v->req, VISITOR_COOKIE);
	char token[TOKEN_TEXT];

	if (cookie != NULL && csrf_token(cookie, v->csrf) == ERR_OK)
		return ERR_OK;
	v->csrf[0] = '\0';
	if (v->req->method != METHOD_GET)
		return ERR_OK; /* guard_post() will refuse it */
	token_new(token);
	if (csrf_token(token, v->csrf) != ERR_OK)
		return ERR_INTERNAL;
	return resp_cookie(v->resp, v->req->arena, VISITOR_COOKIE, token, -1);
}

static enum err
meet(struct visit *v)
{
	const char *cookie = req_cookie(v->req, SESSION_COOKIE);
	enum err rc;

	if (cookie == NULL || strlen(cookie) >= sizeof(v->session_token))
		return meet_visitor(v);
	rc = session_resume(&v->ctx, cookie, &v->session);
	if (rc == ERR_NOT_FOUND || rc == ERR_MALFORMED) {
		memset(&v->session, 0, sizeof(v->session));
		return meet_visitor(v);
	}
	if (rc != ERR_OK)
		return rc;
	memcpy(v->session_token, cookie, strlen(cookie) + 1);
	return csrf_token(cookie, v->csrf);
}

static enum lang
language_of(const struct visit *v)
{
	const char *cookie = req_cookie(v->req, LANGUAGE_COOKIE);
	enum lang lang;

	if (v->ctx.actor.person != 0 &&
	    lang_from_code(v->ctx.actor.language, &lang))
		return lang;
	if (cookie != NULL && lang_from_code(cookie, &lang))
		return lang;
	return lang_accepted(v->req->accept_language);
}

/* ---- what is asked --------------------------------------------------- */

static bool
is_multipart(const struct visit *v)
{
	static const char media[] = "multipart/form-data";

	/* Media types have no case (RFC 9110 §8.3.1). */
	return v->req->content_type != NULL &&
	    strncasecmp(v->req->content_type, media, sizeof(media) - 1) == 0;
}

/*
 * The guard speaks before an upload is taken in, and after a plain form was
 * read, so that a refusal can show what was typed.
 */
static enum err
read_body(struct visit *v)
{
	const struct route *route = v->match.route;
	const char *tmp_dir;
	enum err rc, guarded;

	if (v->req->query[0] != '\0')
		return ERR_MALFORMED;
	guarded = guard_role(v, route->who);
	if (is_multipart(v)) {
		if ((route->who & WHO_UPLOAD) == 0)
			return ERR_MEDIA;
		if (guarded != ERR_OK)
			return guarded;
	}
	tmp_dir = arena_printf(
	    v->req->arena, "%s/" CONF_UPLOAD_DIR, v->ctx.conf->data_dir);
	if ((route->who & WHO_SCAN) != 0)
		v->req->file_max = intake_max(v);
	rc = form_from_body(v->req, route->fields, tmp_dir, &v->form);
	if (rc != ERR_OK && rc != ERR_INVALID)
		return rc;
	if (guarded != ERR_OK)
		return guarded;
	if (guard_post(v, v->form) != ERR_OK)
		return ERR_TOKEN;
	return rc;
}

/* ---- acts ------------------------------------------------------------ */

/* Who asks, and in what language; `rc` is what the route said. */
static enum err
greet(struct visit *v, enum err rc)
{
	enum err met = meet(v);

	visit_page(v, language_of(v));
	return met != ERR_OK ? met : rc;
}

static enum err
show(struct visit *v)
{
	enum err rc;

	if ((rc = guard_role(v, v->match.route->who)) != ERR_OK ||
	    (rc = form_from_query(v->req, v->match.route->fields, &v->form)) !=
		ERR_OK)
		return rc;
	v->done = v->form->done;
	return v->match.route->handle(v);
}

/*
 * Who asks and what they see are of one moment: whoever is let in by the
 * session was so when the page was read.
 */
static enum err
run_get(struct visit *v, enum err found)
{
	enum err rc;

	if ((rc = db_read(v->ctx.db)) != ERR_OK) {
		visit_page(v, language_of(v));
		return rc;
	}
	if ((rc = greet(v, found)) == ERR_OK)
		rc = show(v);
	db_read_end(v->ctx.db);
	session_seen(&v->ctx, &v->session);
	return rc != ERR_OK || v->after == NULL ? rc : v->after(v);
}

/* One transaction: the once-key, the act with its record, where it led. */
static enum err
act_once(struct visit *v)
{
	char *location = NULL;
	const char *led;
	enum err rc;

	if (v->ctx.actor.person == 0)
		return v->match.route->handle(v);
	if (v->form->once == NULL)
		return ERR_MALFORMED;
	rc = submission_check(&v->ctx, v->form->once, v->req->path, &location);
	if (rc == ERR_REPEATED) {
		v->resp->location = location;
		return rc;
	}
	if (rc != ERR_OK || (rc = v->match.route->handle(v)) != ERR_OK)
		return rc;
	led = v->resp->location != NULL ? v->resp->location : visit_back(v);
	return submission_note(&v->ctx, v->form->once, v->req->path, led);
}

static enum err
act(struct visit *v)
{
	enum err rc;

	if ((v->match.route->who & WHO_OWN_TX) != 0)
		return v->match.route->handle(v);
	if ((rc = db_begin(v->ctx.db)) != ERR_OK)
		return rc;
	rc = db_end(v->ctx.db, act_once(v));
	if (rc == ERR_REPEATED && v->resp->location != NULL)
		return resp_see_other(
		    v->resp, v->req->arena, v->resp->location);
	return rc;
}

/* The form again, on a fresh page, with the messages and what was typed. */
static enum err
show_again(struct visit *v, enum err why)
{
	enum err rc;

	visit_page(v, v->lang);
	if ((rc = db_read(v->ctx.db)) != ERR_OK)
		return rc;
	v->resp->status = failure_status(why);
	rc = v->match.route->again(v);
	db_read_end(v->ctx.db);
	v->after = NULL;
	return rc;
}

/*
 * A visitor's form, sent again by who has signed in with it, as when the page
 * that answered it is called back: its token was of before.  The form's own
 * page says what is so now.
 */
static bool
is_of_before(const struct visit *v, enum err rc)
{
	const unsigned who = v->match.route->who;

	return rc == ERR_TOKEN && v->ctx.actor.person != 0 &&
	    (who & WHO_ANYONE) != 0 && (who & WHO_OWN_TX) != 0 &&
	    guard_origin(v) == ERR_OK;
}

static enum err
run_post(struct visit *v, enum err found)
{
	enum err rc;

	if ((rc = greet(v, found)) != ERR_OK)
		return rc;
	session_seen(&v->ctx, &v->session);
	if ((rc = read_body(v)) == ERR_OK &&
	    (v->match.route->who & WHO_SCAN) != 0)
		rc = intake_take(v);
	if (rc == ERR_OK)
		rc = act(v);
	if (is_of_before(v, rc))
		return go_to(v, NULL, "%s", visit_back(v));
	if ((rc == ERR_INVALID || rc == ERR_STALE || rc == ERR_AUDIENCE) &&
	    v->match.route->again != NULL)
		return show_again(v, rc);
	return rc;
}

static enum err
run(struct visit *v)
{
	enum err rc;

	rc = route_find(v->req->arena, v->site->routes, v->req->method,
	    v->req->path, &v->match);
	if (rc == ERR_METHOD)
		v->resp->allow =
		    v->req->method == METHOD_GET ? "POST" : "GET, HEAD";
	return v->req->method == METHOD_GET ? run_get(v, rc) : run_post(v, rc);
}

void
dispatch(void *state, struct req *req, enum err parsed, struct resp *resp)
{
	struct site *site = state;
	struct visit v;
	enum err rc = parsed;

	visit_start(&v, site, req, resp);
	if (rc == ERR_OK)
		rc = run(&v);
	else
		visit_page(&v, lang_accepted(req->accept_language));
	if (rc != ERR_OK)
		failure_send(&v, rc);
	visit_end(&v);
	if (!db_settle(site->db))
		log_line(LOG_ERROR, "dispatch", "a transaction was left open");
	if (site->auth != NULL)
		(void)db_settle(site->auth);
}
