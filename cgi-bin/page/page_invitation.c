/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An invitation: the password, then the factor's first code.  Until that code
 * is right everything is pending; then auth.db and portal.db follow each
 * other within one breath, and whoever is interrupted starts over.
 */
#include <string.h>

#include "domain/credential.h"
#include "domain/pending.h"
#include "domain/throttle.h"
#include "page/page_signin.h"
#include "page/routes.h"

const struct field fields_invitation[] = {
	{ .name = "password",
	    .kind = FIELD_EXACT,
	    .required = true,
	    .max = PASSWORD_MAX },
	{ .name = NULL },
};

const struct field fields_factor[] = {
	{ .name = "code", .kind = FIELD_EXACT, .required = true, .max = 20 },
	{ .name = NULL },
};

/*
 * In the language of the mail that brought the link, unless the visitor has
 * chosen one; which becomes the person's own at the end.
 */
static void
speak(struct visit *v, const struct person *person)
{
	enum lang lang;

	if (req_cookie(v->req, LANGUAGE_COOKIE) == NULL &&
	    lang_from_code(person->language, &lang) && lang != v->lang)
		visit_page(v, lang);
}

static const char *
token_of(const struct visit *v)
{
	return visit_param(v, 0);
}

/*
 * Whoever has just joined by it, here, is told so, and that the codes were
 * shown: the last form came twice, or the page was called back.
 */
static bool
has_joined(struct visit *v)
{
	const char *cookie = req_cookie(v->req, PENDING_COOKIE);
	int64_t person, whose;

	if (invitation_used(&v->ctx, token_of(v), &person) != ERR_OK)
		return false;
	if (person == v->ctx.actor.person)
		return true;
	return pending_whose(&v->ctx, PENDING_ENROL, cookie, &whose) ==
	    ERR_OK &&
	    whose == person;
}

/* A clear page, with the status of what is not there. */
static enum err
gone(struct visit *v)
{
	if (has_joined(v))
		return page_send(v, "invitation/joined.cs");
	v->resp->status = 404;
	return page_send(v, "invitation/gone.cs");
}

static enum err
find(struct visit *v, struct person **person, int64_t *expires_at)
{
	enum err rc;

	rc = invitation_find(&v->ctx, token_of(v), person, expires_at);
	if (rc == ERR_OK)
		speak(v, *person);
	return rc;
}

static void
fill(struct visit *v, const struct person *person, int64_t expires_at)
{
	struct node *node = node_at(v->root, "Invite");

	page_form(v);
	node_set(node, "Action", v->req->path);
	node_set(node, "Name", person->name);
	node_set(node, "Email", person->email);
	node_set(node, "Organisation", person->organisation_name);
	node_time(v->page, node, "Expires", expires_at);
}

enum err
page_invitation_form(struct visit *v)
{
	struct person *person;
	int64_t expires_at;
	enum err rc;

	rc = find(v, &person, &expires_at);
	if (rc == ERR_NOT_FOUND)
		return gone(v);
	if (rc != ERR_OK)
		return rc;
	fill(v, person, expires_at);
	return page_send(v, "invitation/password.cs");
}

static enum err
await_factor(struct visit *v, const struct person *person)
{
	struct pending p = { .kind = PENDING_ENROL, .person = person->id };
	char token[TOKEN_TEXT];
	enum err rc;

	rc = password_hash(form_text(v->form, "password"), p.password);
	if (rc != ERR_OK)
		goto out;
	totp_secret_new(p.totp);
	if ((rc = pending_new(&v->ctx, &p, token)) != ERR_OK)
		goto out;
	rc = resp_cookie(
	    v->resp, v->req->arena, PENDING_COOKIE, token, pending_s(p.kind));
	if (rc == ERR_OK)
		rc = go_to(v, NULL, "/invitation/%s/factor", token_of(v));
out:
	pending_wipe(&p);
	return rc;
}

enum err
page_invitation_accept(struct visit *v)
{
	struct person *person;
	int64_t expires_at;
	int retry_s = 0;
	enum err rc;

	rc = find(v, &person, &expires_at);
	if (rc == ERR_NOT_FOUND)
		return gone(v);
	if (rc != ERR_OK || (rc = page_signin_judge(v, person)) != ERR_OK)
		return rc;
	rc =
	    throttle_take(&v->ctx, THROTTLE_ADDRESS, v->req->address, &retry_s);
	if (rc != ERR_OK)
		return page_signin_refuse(v, rc, retry_s, NULL, NULL);
	return await_factor(v, person);
}

/* ---- the factor -------------------------------------------------------- */

enum err
page_invitation_factor_form(struct visit *v)
{
	struct person *person;
	struct pending p;
	int64_t expires_at;
	enum err rc;

	rc = find(v, &person, &expires_at);
	if (rc == ERR_NOT_FOUND)
		return gone(v);
	if (rc != ERR_OK)
		return rc;
	rc = pending_find(
	    &v->ctx, PENDING_ENROL, req_cookie(v->req, PENDING_COOKIE), &p);
	if (rc == ERR_NOT_FOUND || (rc == ERR_OK && p.person != person->id))
		rc = go_to(v, NULL, "/invitation/%s", token_of(v));
	else if (rc == ERR_OK &&
	    (rc = page_signin_factor(v, person, p.totp)) == ERR_OK) {
		fill(v, person, expires_at);
		rc = page_send(v, "invitation/factor.cs");
	}
	pending_wipe(&p);
	return rc;
}

/*
 * One transaction per database, the portal's lock first: auth.db commits
 * inside.  Broken off after that, the invitation is still open, and whoever
 * uses it again replaces the credential.
 */
static enum err
join(struct visit *v, const struct pending *p, int64_t step,
    struct credential_codes *codes)
{
	enum err rc;

	if ((rc = db_begin(v->ctx.db)) != ERR_OK)
		return rc;
	rc = invitation_use(&v->ctx, token_of(v));
	if (rc == ERR_OK)
		rc = page_signin_start(v, p->person, v->ctx.now_at);
	if (rc == ERR_OK &&
	    strcmp(v->ctx.actor.language, lang_code(v->lang)) != 0)
		rc = person_set_language(&v->ctx, lang_code(v->lang));
	if (rc == ERR_OK)
		rc = credential_enrol(
		    &v->ctx, p->person, p->password, p->totp, step, codes);
	return db_end(v->ctx.db, rc);
}

static enum err
welcome(struct visit *v, struct credential_codes *codes)
{
	const char *cookie = req_cookie(v->req, PENDING_COOKIE);
	enum err rc;

	rc = resp_cookie(v->resp, v->req->arena, PENDING_COOKIE, "", 0);
	if (rc == ERR_OK)
		rc = page_signin_remember(v, v->ctx.actor.person);
	if (rc == ERR_OK)
		rc = pending_done(&v->ctx, PENDING_ENROL, cookie);
	if (rc != ERR_OK)
		return rc;
	page_signin_codes(v, codes);
	return page_send(v, "invitation/codes.cs");
}

enum err
page_invitation_factor(struct visit *v)
{
	struct credential_codes codes;
	struct person *person;
	struct pending p;
	int64_t expires_at, step;
	enum err rc;

	rc = find(v, &person, &expires_at);
	if (rc == ERR_NOT_FOUND)
		return gone(v);
	if (rc != ERR_OK)
		return rc;
	rc = pending_try(
	    &v->ctx, PENDING_ENROL, req_cookie(v->req, PENDING_COOKIE), &p);
	if (rc == ERR_NOT_FOUND || (rc == ERR_OK && p.person != person->id)) {
		rc = go_to(v, NULL, "/invitation/%s", token_of(v));
		goto out;
	}
	if (rc != ERR_OK)
		goto out;
	if (!totp_verify(
		p.totp, form_text(v->form, "code"), v->ctx.now_at, 0, &step)) {
		rc = page_signin_refuse(v, ERR_INVALID, 0, "code", "Factor");
		goto out;
	}
	if ((rc = join(v, &p, step, &codes)) == ERR_OK)
		rc = welcome(v, &codes);
	secret_wipe(&codes, sizeof(codes));
out:
	pending_wipe(&p);
	return rc;
}
