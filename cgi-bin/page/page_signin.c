/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in and out: password, then code; or a one-time link. */
#include "page/page_signin.h"

#include <string.h>

#include "domain/credential.h"
#include "domain/pending.h"
#include "domain/signin_link.h"
#include "page/routes.h"
#include "web/percent.h"
#include "web/qr.h"

enum { TO_MAX = 1000, CODE_MAX = 40 };

const struct field fields_signin_to[] = {
	{ .name = "to", .kind = FIELD_LINE, .max = TO_MAX },
	{ .name = "again", .kind = FIELD_FLAG },
	{ .name = NULL },
};

const struct field fields_signin[] = {
	{ .name = "email", .kind = FIELD_EMAIL, .required = true },
	{ .name = "password",
	    .kind = FIELD_EXACT,
	    .required = true,
	    .max = PASSWORD_MAX },
	{ .name = "to", .kind = FIELD_LINE, .max = TO_MAX },
	{ .name = NULL },
};

const struct field fields_code[] = {
	{ .name = "code",
	    .kind = FIELD_EXACT,
	    .required = true,
	    .max = CODE_MAX },
	{ .name = "to", .kind = FIELD_LINE, .max = TO_MAX },
	{ .name = NULL },
};

/* ---- where to go on --------------------------------------------------- */

/*
 * A path of this site and nothing that a browser could take for another one:
 * not "//host", not "/\host", no control character or space that it would
 * drop, nothing that is not ASCII.
 */
static bool
is_path_of_ours(const char *to)
{
	if (to[0] != '/' || to[1] == '/')
		return false;
	for (; *to != '\0'; to++)
		if ((unsigned char)*to <= ' ' || (unsigned char)*to >= 0x7f ||
		    *to == '\\')
			return false;
	return true;
}

const char *
page_signin_to(struct visit *v, const char *otherwise)
{
	const char *to = form_text(v->form, "to");

	return is_path_of_ours(to) ? to : otherwise;
}

/* ---- the session and its cookie --------------------------------------- */

/*
 * The rest of this visit is that person's: a page that is shown in the same
 * answer has their frame and the new session's anti-forgery token.
 */
static enum err
go_on_as(struct visit *v, const char *token)
{
	enum err rc;

	rc = session_resume(&v->ctx, token, &v->session);
	if (rc == ERR_OK)
		rc = csrf_token(token, v->csrf);
	if (rc == ERR_OK)
		rc = resp_cookie(
		    v->resp, v->req->arena, SESSION_COOKIE, token, -1);
	if (rc == ERR_OK)
		memcpy(v->session_token, token, TOKEN_TEXT);
	/* Somebody who cannot have a session: disabled meanwhile. */
	return rc == ERR_NOT_FOUND ? ERR_SIGN_IN : rc;
}

enum err
page_signin_start(struct visit *v, int64_t person, int64_t proved_at)
{
	char token[TOKEN_TEXT] = "";
	enum err rc;

	if ((rc = db_begin(v->ctx.db)) != ERR_OK)
		return rc;
	if (v->session.id != 0)
		rc = session_end(&v->ctx, v->session.id);
	if (rc == ERR_OK)
		rc = session_start(&v->ctx, person, proved_at, v->req->address,
		    v->req->user_agent, token);
	if (rc == ERR_OK)
		rc = go_on_as(v, token);
	secret_wipe(token, sizeof(token));
	return db_end(v->ctx.db, rc);
}

enum err
page_signin_renew(struct visit *v)
{
	char token[TOKEN_TEXT] = "";
	enum err rc;

	if ((rc = db_begin(v->ctx.db)) != ERR_OK)
		return rc;
	rc = session_prove(&v->ctx, v->session.id, token);
	if (rc == ERR_OK)
		rc = go_on_as(v, token);
	secret_wipe(token, sizeof(token));
	return db_end(v->ctx.db, rc);
}

enum err
page_signin_remember(struct visit *v, int64_t person)
{
	char token[TOKEN_TEXT];
	enum err rc;

	rc = browser_remember(
	    &v->ctx, req_cookie(v->req, BROWSER_COOKIE), person, token);
	if (rc == ERR_OK)
		rc = resp_cookie_strict(v->resp, v->req->arena, BROWSER_COOKIE,
		    token, BROWSER_DAYS * 86400L);
	secret_wipe(token, sizeof(token));
	return rc;
}

enum err
page_signin_leave(struct visit *v)
{
	enum err rc;

	rc = resp_cookie(v->resp, v->req->arena, SESSION_COOKIE, "", 0);
	if (rc != ERR_OK)
		return rc;
	v->resp->clears_site_data = true;
	return go_to(v, "signed-out", "/");
}

/* ---- common parts ----------------------------------------------------- */

enum err
page_signin_refuse(struct visit *v, enum err rc, int retry_s, const char *field,
    const char *error)
{
	if (rc == ERR_INVALID)
		form_refuse(v->form, field, error);
	else if (rc == ERR_TOO_MANY)
		v->resp->retry_after_s = retry_s;
	return rc;
}

enum err
page_signin_judge(struct visit *v, const struct person *person)
{
	const char *const context[] = { person->name, person->email,
		person->organisation_name, v->ctx.conf->portal_name, NULL };
	const char *why;
	struct value *value;

	if (password_judge(form_text(v->form, "password"), context, &why) ==
	    ERR_OK)
		return ERR_OK;
	form_refuse(v->form, "password", why);
	value = form_value(v->form, "password");
	value->limit =
	    strcmp(why, "TooShort") == 0 ? PASSWORD_MIN : PASSWORD_MAX;
	return ERR_INVALID;
}

enum err
page_signin_factor(
    struct visit *v, const struct person *person, const uint8_t totp[])
{
	char base32[TOTP_BASE32];
	const char *text = "";
	char *svg = NULL;
	enum err rc;

	rc = qr_svg(v->req->arena,
	    totp_uri(
		v->req->arena, totp, v->ctx.conf->portal_name, person->email),
	    lang_text(v->site->pages, v->lang, "Account.FactorQr"), &svg);
	if (rc != ERR_OK)
		return rc;
	node_html(v->page, v->root, "Svg", svg);
	totp_base32(totp, base32);
	for (size_t i = 0; base32[i] != '\0'; i += 4)
		text = arena_printf(v->req->arena, "%s%s%.4s", text,
		    i == 0 ? "" : " ", base32 + i);
	node_set(v->root, "Secret", text);
	secret_wipe(base32, sizeof(base32));
	return ERR_OK;
}

void
page_signin_codes(struct visit *v, struct credential_codes *codes)
{
	for (int i = 0; i < RECOVERY_CODES; i++)
		node_set(node_row(v->root, "Codes"), "Code", codes->code[i]);
	secret_wipe(codes, sizeof(*codes));
}

/* ---- the password ------------------------------------------------------ */

enum err
page_signin_form(struct visit *v)
{
	if (!v->form->is_submitted && v->session.id != 0)
		return go_to(v, NULL, "%s", page_signin_to(v, "/today"));
	page_form(v);
	node_set(v->root, "To", page_signin_to(v, NULL));
	node_flag(v->root, "IsAgain",
	    !v->form->is_submitted && form_flag(v->form, "again"));
	page_focus(v, "email");
	return page_send(v, "signin/form.cs");
}

/* From here on the cookie says whose code is awaited. */
static enum err
await_code(struct visit *v, int64_t person)
{
	const struct pending p = { .kind = PENDING_CODE, .person = person };
	const char *to = page_signin_to(v, NULL);
	char token[TOKEN_TEXT];
	enum err rc;

	if ((rc = pending_new(&v->ctx, &p, token)) != ERR_OK)
		return rc;
	rc = resp_cookie(
	    v->resp, v->req->arena, PENDING_COOKIE, token, pending_s(p.kind));
	if (rc != ERR_OK)
		return rc;
	if (to == NULL)
		return go_to(v, NULL, "/sign-in/code");
	return go_to(
	    v, NULL, "/sign-in/code?to=%s", percent_encode(v->req->arena, to));
}

enum err
page_signin_password(struct visit *v)
{
	struct credential_try t = { .email = form_text(v->form, "email"),
		.password = form_text(v->form, "password"),
		.address = v->req->address,
		.browser = req_cookie(v->req, BROWSER_COOKIE) };
	enum err rc;

	rc = credential_password(&v->ctx, &t);
	if (rc != ERR_OK)
		return page_signin_refuse(
		    v, rc, t.retry_s, "password", "SignIn");
	return await_code(v, t.person->id);
}

/* ---- the code ---------------------------------------------------------- */

/* Too late, or too many codes: from the start. */
static enum err
start_over(struct visit *v)
{
	const char *to = page_signin_to(v, NULL);

	if (to == NULL)
		return go_to(v, NULL, "/sign-in?again=1");
	return go_to(v, NULL, "/sign-in?again=1&to=%s",
	    percent_encode(v->req->arena, to));
}

enum err
page_signin_code_form(struct visit *v)
{
	struct pending p;
	enum err rc;

	rc = pending_find(
	    &v->ctx, PENDING_CODE, req_cookie(v->req, PENDING_COOKIE), &p);
	pending_wipe(&p);
	if (rc == ERR_NOT_FOUND)
		return start_over(v);
	if (rc != ERR_OK)
		return rc;
	page_form(v);
	node_set(v->root, "To", page_signin_to(v, NULL));
	page_focus(v, "code");
	return page_send(v, "signin/code.cs");
}

static enum err
enter(struct visit *v, const struct person *person)
{
	enum err rc;

	rc = pending_end(
	    &v->ctx, PENDING_CODE, req_cookie(v->req, PENDING_COOKIE));
	if (rc == ERR_OK)
		rc = page_signin_start(v, person->id, v->ctx.now_at);
	if (rc == ERR_OK)
		rc = page_signin_remember(v, person->id);
	if (rc == ERR_OK)
		rc = resp_cookie(v->resp, v->req->arena, PENDING_COOKIE, "", 0);
	if (rc != ERR_OK)
		return rc;
	return go_to(v, NULL, "%s", page_signin_to(v, "/today"));
}

enum err
page_signin_code(struct visit *v)
{
	struct person *person = NULL;
	struct pending p;
	enum err rc;

	rc = pending_try(
	    &v->ctx, PENDING_CODE, req_cookie(v->req, PENDING_COOKIE), &p);
	if (rc == ERR_OK)
		rc = person_by_id(&v->ctx, p.person, &person);
	pending_wipe(&p);
	if (rc == ERR_NOT_FOUND)
		return start_over(v);
	if (rc != ERR_OK)
		return rc;
	rc = credential_code(&v->ctx, person, form_text(v->form, "code"),
	    v->req->address, req_cookie(v->req, BROWSER_COOKIE));
	if (rc != ERR_OK)
		return page_signin_refuse(v, rc, 0, "code", "Code");
	return enter(v, person);
}

/* ---- a one-time link, where the configuration takes them -------------- */

static enum err
link_gone(struct visit *v)
{
	v->resp->status = 404;
	return page_send(v, "signin/link.cs");
}

enum err
page_signin_link_form(struct visit *v)
{
	struct person *person;
	struct node *link = node_at(v->root, "Link");
	enum err rc;

	if (!v->ctx.conf->has_signin_links)
		return ERR_NOT_FOUND;
	rc = signin_link_find(&v->ctx, visit_param(v, 0), &person);
	if (rc == ERR_NOT_FOUND)
		return link_gone(v);
	if (rc != ERR_OK)
		return rc;
	node_set(link, "Action", v->req->path);
	node_set(link, "Name", person->name);
	node_set(link, "Organisation", person->organisation_name);
	node_set(link, "Roles", roles_text(v, person->roles));
	return page_send(v, "signin/link.cs");
}

/* Never fresh: what is sensitive asks for the password and a code. */
enum err
page_signin_link(struct visit *v)
{
	struct person *person;
	enum err rc;

	if (!v->ctx.conf->has_signin_links)
		return ERR_NOT_FOUND;
	if ((rc = db_begin(v->ctx.db)) != ERR_OK)
		return rc;
	rc = signin_link_use(&v->ctx, visit_param(v, 0), &person);
	if (rc == ERR_OK)
		rc = page_signin_start(v, person->id, 0);
	rc = db_end(v->ctx.db, rc);
	if (rc == ERR_NOT_FOUND)
		return link_gone(v);
	return rc != ERR_OK ? rc : go_to(v, NULL, "/today");
}

/* ---- out ---------------------------------------------------------------- */

enum err
page_signin_out(struct visit *v)
{
	enum err rc;

	rc = session_end(&v->ctx, v->session.id);
	return rc != ERR_OK ? rc : page_signin_leave(v);
}
