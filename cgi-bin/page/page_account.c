/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One's own account: sessions, language, and what proves who one is.  A
 * passkey will be one more row of "how you sign in", with pages beside those
 * of the factor.
 */
#include <string.h>

#include "base/text.h"
#include "domain/credential.h"
#include "domain/pending.h"
#include "domain/submission.h"
#include "page/page_signin.h"
#include "page/routes.h"

/* Below this many left, the page asks for new ones. */
enum { CODES_FEW = 4 };

const struct field fields_prove[] = {
	{ .name = "password",
	    .kind = FIELD_EXACT,
	    .required = true,
	    .max = PASSWORD_MAX },
	{ .name = "code", .kind = FIELD_EXACT, .required = true, .max = 40 },
	{ .name = "to", .kind = FIELD_LINE, .max = 1000 },
	{ .name = NULL },
};

const struct field fields_name[] = {
	{ .name = "name",
	    .kind = FIELD_LINE,
	    .required = true,
	    .min = 2,
	    .max = 120 },
	{ .name = NULL },
};

const struct field fields_password[] = {
	{ .name = "password",
	    .kind = FIELD_EXACT,
	    .required = true,
	    .max = PASSWORD_MAX },
	{ .name = NULL },
};

static enum err
myself(struct visit *v, struct person **person)
{
	return person_by_id(&v->ctx, v->ctx.actor.person, person);
}

/* ---- the page ----------------------------------------------------------- */

/* Words of a User-Agent that a person knows; the first that fits counts. */
struct known {
	const char *part;
	const char *name;
};

static const struct known browsers[] = {
	{ "Edg/", "Edge" },
	{ "OPR/", "Opera" },
	{ "Firefox/", "Firefox" },
	{ "Chrome/", "Chrome" },
	{ "Safari/", "Safari" },
	{ NULL, NULL },
};

static const struct known systems[] = {
	{ "Android", "Android" },
	{ "iPhone", "iPhone" },
	{ "iPad", "iPad" },
	{ "Windows", "Windows" },
	{ "Mac OS X", "macOS" },
	{ "CrOS", "ChromeOS" },
	{ "Linux", "Linux" },
	{ NULL, NULL },
};

static const char *
known_name(const struct known *k, const char *text)
{
	while (k->part != NULL && strstr(text, k->part) == NULL)
		k++;
	return k->name;
}

static const char *
agent_name(struct visit *v, const char *agent)
{
	const char *browser, *system;

	if (agent == NULL || agent[0] == '\0')
		return NULL;
	browser = known_name(browsers, agent);
	system = known_name(systems, agent);
	if (browser == NULL)
		return text_excerpt(v->req->arena, agent, 60);
	if (system == NULL)
		return browser;
	return arena_printf(v->req->arena, "%s, %s", browser, system);
}

static enum err
fill_sessions(struct visit *v)
{
	struct session *list;
	struct node *row;
	size_t n;
	enum err rc;

	rc = session_list(&v->ctx, v->session.id, &list, &n);
	if (rc != ERR_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		row = node_row(v->root, "Sessions");
		node_int(row, "Id", list[i].id);
		node_time(v->page, row, "Started", list[i].created_at);
		node_time(v->page, row, "Seen", list[i].seen_at);
		node_set(row, "Address", list[i].address);
		node_set(row, "Agent", agent_name(v, list[i].user_agent));
		node_flag(row, "IsThis", list[i].is_this);
	}
	return ERR_OK;
}

static void
fill_languages(struct visit *v, const struct person *person)
{
	page_form_start(v, fields_language);
	form_put(v->form, "language", person->language);
	page_form(v);
	page_options(v, "language", "Language");
}

/* Somebody who came by a link may have no credential yet. */
static enum err
fill_credential(struct visit *v)
{
	struct credential c;
	struct node *node = node_at(v->root, "Account");
	enum err rc;

	rc = credential_load(&v->ctx, v->ctx.actor.person, &c);
	if (rc != ERR_OK || !c.exists)
		return rc;
	node_flag(node, "HasCredential", true);
	node_flag(node, "IsCodesFew", c.codes_left < CODES_FEW);
	node_time(v->page, node, "Changed", c.changed_at);
	page_count(v, node, "CodesText",
	    c.codes_left == 0 ? "Account.CodesLeft.None" : "Account.CodesLeft",
	    c.codes_left);
	return ERR_OK;
}

enum err
page_account_read(struct visit *v)
{
	struct person *person;
	struct node *node = node_at(v->root, "Account");
	enum err rc;

	if ((rc = myself(v, &person)) != ERR_OK ||
	    (rc = fill_sessions(v)) != ERR_OK ||
	    (rc = fill_credential(v)) != ERR_OK)
		return rc;
	node_set(node, "Email", person->email);
	fill_languages(v, person);
	return page_send(v, "account/read.cs");
}

/* ---- proving it again --------------------------------------------------- */

enum err
page_account_prove_form(struct visit *v)
{
	page_form(v);
	node_set(v->root, "To", page_signin_to(v, NULL));
	page_focus(v, "password");
	return page_send(v, "account/prove.cs");
}

/* One message for both: neither is confirmed without the other. */
enum err
page_account_prove(struct visit *v)
{
	struct credential_try t = { .password = form_text(v->form, "password"),
		.address = v->req->address,
		.browser = req_cookie(v->req, BROWSER_COOKIE) };
	struct person *person;
	enum err rc;

	if ((rc = myself(v, &person)) != ERR_OK)
		return rc;
	t.email = person->email;
	rc = credential_password(&v->ctx, &t);
	if (rc == ERR_OK)
		rc = credential_code(&v->ctx, person,
		    form_text(v->form, "code"), t.address, t.browser);
	if (rc != ERR_OK)
		return page_signin_refuse(
		    v, rc, t.retry_s, "password", "Proof");
	if ((rc = page_signin_renew(v)) != ERR_OK ||
	    (rc = page_signin_remember(v, person->id)) != ERR_OK)
		return rc;
	return go_to(v, NULL, "%s", page_signin_to(v, "/account"));
}

/* ---- another name ------------------------------------------------------- */

enum err
page_account_name_form(struct visit *v)
{
	if (page_form_start(v, fields_name))
		form_put(v->form, "name", v->ctx.actor.name);
	page_form(v);
	return page_send(v, "account/name.cs");
}

enum err
page_account_name(struct visit *v)
{
	enum err rc = person_set_name(&v->ctx, form_text(v->form, "name"));

	if (rc == ERR_INVALID)
		form_refuse(v->form, "name", "Wrong");
	return rc != ERR_OK ? rc : go_to(v, "name", "/account");
}

/* ---- another password, another factor ----------------------------------- */

enum err
page_account_password_form(struct visit *v)
{
	page_form(v);
	return page_send(v, "account/password.cs");
}

enum err
page_account_password(struct visit *v)
{
	struct person *person;
	enum err rc;

	if ((rc = myself(v, &person)) != ERR_OK ||
	    (rc = page_signin_judge(v, person)) != ERR_OK)
		return rc;
	rc = credential_change_password(
	    &v->ctx, form_text(v->form, "password"), v->session.id);
	/* The session had a fresh proof: it gets a new token, and of the
	   browsers this one alone is known again. */
	if (rc == ERR_OK)
		rc = page_signin_renew(v);
	if (rc == ERR_OK)
		rc = page_signin_remember(v, person->id);
	return rc != ERR_OK ? rc : go_to(v, "password", "/account");
}

enum err
page_account_factor_form(struct visit *v)
{
	struct person *person;
	struct pending p;
	enum err rc;

	if ((rc = myself(v, &person)) != ERR_OK)
		return rc;
	rc = pending_factor(&v->ctx, v->session_token, person->id, &p);
	if (rc == ERR_OK)
		rc = page_signin_factor(v, person, p.totp);
	pending_wipe(&p);
	if (rc != ERR_OK)
		return rc;
	page_form(v);
	return page_send(v, "account/factor.cs");
}

enum err
page_account_factor(struct visit *v)
{
	struct pending p;
	int64_t step;
	enum err rc;

	rc = pending_try(&v->ctx, PENDING_FACTOR, v->session_token, &p);
	if (rc == ERR_NOT_FOUND)
		rc = go_to(v, NULL, "/account/factor");
	if (rc != ERR_OK || v->resp->location != NULL)
		goto out;
	if (!totp_verify(
		p.totp, form_text(v->form, "code"), v->ctx.now_at, 0, &step)) {
		rc = page_signin_refuse(v, ERR_INVALID, 0, "code", "Factor");
		goto out;
	}
	rc = credential_change_factor(&v->ctx, p.totp, step, v->session.id);
	if (rc == ERR_OK)
		rc = pending_end(&v->ctx, PENDING_FACTOR, v->session_token);
	if (rc == ERR_OK)
		rc = page_signin_renew(v);
	if (rc == ERR_OK)
		rc = page_signin_remember(v, v->ctx.actor.person);
	if (rc == ERR_OK)
		rc = go_to(v, "factor", "/account");
out:
	pending_wipe(&p);
	return rc;
}

static enum err
change_codes(struct visit *v, struct credential_codes *codes)
{
	const char *once = v->form->once, *path = v->req->path;
	char *location;
	enum err rc;

	if (once == NULL)
		return ERR_MALFORMED;
	if ((rc = db_begin(v->ctx.db)) != ERR_OK)
		return rc;
	rc = submission_check(&v->ctx, once, path, &location);
	if (rc == ERR_OK)
		rc = credential_change_codes(&v->ctx, codes);
	if (rc == ERR_OK)
		rc = submission_note(&v->ctx, once, path, "/account");
	return db_end(v->ctx.db, rc);
}

/* Sent twice it is done once: the codes are shown to the first alone. */
enum err
page_account_codes(struct visit *v)
{
	struct credential_codes codes;
	enum err rc;

	memset(&codes, 0, sizeof(codes));
	rc = change_codes(v, &codes);
	if (rc == ERR_OK)
		page_signin_codes(v, &codes);
	if (rc == ERR_OK || rc == ERR_REPEATED)
		rc = page_send(v, "account/codes.cs");
	secret_wipe(&codes, sizeof(codes));
	return rc;
}

/* ---- sessions ------------------------------------------------------------ */

enum err
page_account_session_end(struct visit *v)
{
	int64_t id;
	enum err rc;

	if (!text_to_int(visit_param(v, 0), 1, INT64_MAX, &id))
		return ERR_NOT_FOUND;
	if ((rc = session_end(&v->ctx, id)) != ERR_OK)
		return rc;
	if (id == v->session.id)
		return page_signin_leave(v);
	return go_to(v, "session-ended", "/account");
}

/* Everywhere, here too; and no browser is known any more. */
enum err
page_account_session_end_all(struct visit *v)
{
	enum err rc;

	rc = session_end_all(&v->ctx, v->ctx.actor.person, 0);
	if (rc == ERR_OK)
		rc = browser_forget(&v->ctx, v->ctx.actor.person);
	if (rc == ERR_OK)
		rc = resp_cookie_strict(
		    v->resp, v->req->arena, BROWSER_COOKIE, "", 0);
	return rc != ERR_OK ? rc : page_signin_leave(v);
}
