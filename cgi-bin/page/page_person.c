/* SPDX-License-Identifier: Apache-2.0 */
/* The people of an organisation, for its steward and for the keeper. */
#include "domain/person.h"

#include <string.h>

#include "domain/organisation.h"
#include "page/record_view.h"
#include "page/routes.h"
#include "page/visit.h"

/* What a steward or keeper gives: "reader" everybody has. */
static const char *const given_roles[] = { "publisher", "steward", "signatory",
	"auditor", "keeper", NULL };

const struct field fields_person_list[] = {
	{ .name = "organisation", .kind = FIELD_LINE, .max = 60 },
	{ .name = NULL },
};

const struct field fields_person[] = {
	{ .name = "name",
	    .kind = FIELD_LINE,
	    .required = true,
	    .min = 2,
	    .max = 120 },
	{ .name = "email", .kind = FIELD_EMAIL, .required = true, .max = 254 },
	{ .name = "language",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = lang_codes },
	{ .name = "roles", .kind = FIELD_SET, .choices = given_roles },
	{ .name = "organisation", .kind = FIELD_LINE, .max = 60 },
	{ .name = NULL },
};

const struct field fields_address[] = {
	{ .name = "email", .kind = FIELD_EMAIL, .required = true, .max = 254 },
	{ .name = NULL },
};

const struct field fields_roles[] = {
	{ .name = "roles", .kind = FIELD_SET, .choices = given_roles },
	{ .name = NULL },
};

/* The organisation meant: the keeper may name any, a steward has one. */
static const char *
organisation_meant(struct visit *v)
{
	const char *ref = form_text(v->form, "organisation");

	return ref[0] != '\0' ? ref : v->ctx.actor.organisation_ref;
}

/* A set of given_roles is the roles' bits without the reader's. */
static unsigned
roles_of_form(struct visit *v)
{
	return ROLE_READER | ((unsigned)form_int(v->form, "roles") << 1);
}

/* Only the roles that a person of such an organisation may have. */
static void
show_roles(struct visit *v, enum org_kind kind)
{
	size_t i;

	for (i = 0; given_roles[i] != NULL; i++)
		if ((roles_possible(kind) & (2u << i)) != 0)
			page_option(v, "roles", given_roles[i],
			    page_word(v, "Role.Can", given_roles[i]));
}

static void
show(struct visit *v, struct node *node, const struct person *p)
{
	node_set(node, "Ref", p->ref);
	node_set(node, "Name", p->name);
	node_set(node, "Email", p->email);
	node_set(node, "Organisation", p->organisation_name);
	node_set(node, "OrganisationRef", p->organisation_ref);
	node_set(node, "Roles", roles_text(v, p->roles));
	node_set(node, "StateWord", person_states[p->state]);
	node_set(node, "State",
	    page_word(v, "Person.State", person_states[p->state]));
	node_time(v->page, node, "Created", p->created_at);
	node_time(v->page, node, "Seen", p->seen_at);
}

static enum err
show_organisation(struct visit *v, const char *ref, enum org_kind *kind)
{
	struct organisation *o;
	struct node *node = node_at(v->root, "Organisation");
	enum err rc;

	if ((rc = organisation_load(&v->ctx, ref, &o)) != ERR_OK)
		return rc;
	node_set(node, "Ref", o->ref);
	node_set(node, "Name", o->name);
	node_flag(node, "IsOwn", o->id == v->ctx.actor.organisation);
	rc = person_may_invite(&v->ctx, ref);
	node_flag(node, "HasSteward", rc == ERR_FORBIDDEN);
	if (kind != NULL)
		*kind = o->kind;
	return ERR_OK;
}

enum err
page_person_list(struct visit *v)
{
	struct person *people;
	const char *ref = organisation_meant(v);
	size_t i, n;
	enum err rc;

	if ((rc = person_list(&v->ctx, ref, &people, &n)) != ERR_OK ||
	    (rc = show_organisation(v, ref, NULL)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++)
		show(v, node_row(v->root, "People"), &people[i]);
	page_section(v, "people");
	return page_send(v, "person/list.cs");
}

/* ---- inviting -------------------------------------------------------- */

enum err
page_person_new(struct visit *v)
{
	const char *ref = organisation_meant(v);
	enum org_kind kind;
	enum err rc;

	if ((rc = show_organisation(v, ref, &kind)) != ERR_OK)
		return rc;
	if (page_form_start(v, fields_person)) {
		form_put(v->form, "organisation", ref);
		form_put(v->form, "language", lang_code(v->lang));
		/* Whom the keeper invites into it: its first steward. */
		if (strcmp(ref, v->ctx.actor.organisation_ref) != 0)
			form_put_set(v->form, "roles", ROLE_STEWARD >> 1);
	}
	page_form(v);
	page_options(v, "language", "Language");
	show_roles(v, kind);
	page_section(v, "people");
	return page_send(v, "person/new.cs");
}

/* The mail that carries the link, in the invited person's language. */
static enum err
write_mail(struct visit *v, const struct person *p, const char *link,
    int64_t expires_at, const char **text)
{
	const bool is_reset = p->seen_at != 0; /* who was in here before */
	struct page *page;
	struct node *mail;
	struct buf out;
	enum lang lang = v->lang;
	enum err rc;

	(void)lang_from_code(p->language, &lang);
	buf_init(&out, 64 * 1024);
	page = page_new(v->site->pages, lang);
	mail = node_at(page_root(page), "Mail");
	node_set(mail, "Name", p->name);
	node_set(mail, "Organisation", p->organisation_name);
	node_set(mail, "Portal", v->ctx.conf->portal_name);
	node_set(mail, "Link", link);
	node_flag(mail, "IsReset", is_reset);
	node_set(mail, "Inviter", v->ctx.actor.name);
	node_time(page, mail, "Expires", expires_at);
	rc = page_render(page, "mail/invitation.cs", &out);
	if (rc == ERR_OK)
		*text = arena_copy_n(v->req->arena, out.data, out.len);
	page_free(page);
	buf_free(&out);
	return rc;
}

/* The link is shown this once; it is nowhere else. */
static enum err
show_invited(struct visit *v, const char *ref, const char *token)
{
	struct person *p, *invited;
	const char *link, *mail = NULL;
	int64_t expires_at;
	enum err rc;

	if ((rc = person_load(&v->ctx, ref, &p)) != ERR_OK ||
	    (rc = invitation_find(&v->ctx, token, &invited, &expires_at)) !=
		ERR_OK)
		return rc;
	link = arena_printf(
	    v->req->arena, "%s/invitation/%s", visit_origin(v), token);
	if ((rc = write_mail(v, p, link, expires_at, &mail)) != ERR_OK)
		return rc;
	show(v, node_at(v->root, "Person"), p);
	node_set(v->root, "Link", link);
	node_set(v->root, "Mail", mail);
	node_time(v->page, v->root, "Expires", expires_at);
	page_section(v, "people");
	return page_send(v, "person/invited.cs");
}

/* Into another organisation: but of whom the form makes no steward? */
static bool
is_first_steward(struct visit *v)
{
	return strcmp(organisation_meant(v), v->ctx.actor.organisation_ref) !=
	    0 &&
	    (roles_of_form(v) & ROLE_STEWARD) == 0;
}

enum err
page_person_invite(struct visit *v)
{
	const struct person_new p = {
		.email = form_text(v->form, "email"),
		.name = form_text(v->form, "name"),
		.language = form_text(v->form, "language"),
		.roles = roles_of_form(v),
	};
	char *ref, *token;
	enum err rc;

	rc = person_invite(&v->ctx, organisation_meant(v), &p, &ref, &token);
	if (rc == ERR_EXISTS)
		form_refuse(v->form, "email", "Exists");
	else if (rc == ERR_FORBIDDEN)
		form_refuse(v->form, "organisation", "HasSteward");
	else if (rc == ERR_INVALID)
		form_refuse(v->form, "roles",
		    is_first_steward(v) ? "FirstSteward" : "Roles");
	if (rc == ERR_EXISTS || rc == ERR_FORBIDDEN || rc == ERR_INVALID)
		return ERR_INVALID;
	return rc != ERR_OK ? rc : show_invited(v, ref, token);
}

enum err
page_person_invite_again(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	char *token;
	enum err rc = person_invite_again(&v->ctx, ref, &token);

	return rc != ERR_OK ? rc : show_invited(v, ref, token);
}

/* ---- one person ------------------------------------------------------ */

enum err
page_person_read(struct visit *v)
{
	struct person *p;
	struct node *may = node_at(v->root, "May");
	bool is_self, is_charge;
	enum err rc;

	rc = person_load(&v->ctx, visit_param(v, 0), &p);
	if (rc != ERR_OK)
		return rc;
	show(v, node_at(v->root, "Person"), p);
	if (page_form_start(v, fields_roles))
		form_put_set(v->form, "roles", p->roles >> 1);
	page_form(v);
	show_roles(v, p->organisation_kind);
	is_self = p->id == v->ctx.actor.person;
	is_charge = !is_self && person_is_charge(&v->ctx, p);
	node_flag(may, "SetRoles", !is_self && p->state != PERSON_DISABLED);
	node_flag(may, "Disable", !is_self && p->state != PERSON_DISABLED);
	node_flag(may, "Enable", p->state == PERSON_DISABLED);
	node_flag(may, "InviteAgain", is_charge && p->state == PERSON_INVITED);
	node_flag(may, "Reset", is_charge && p->state == PERSON_ACTIVE);
	node_flag(may, "SetEmail", is_charge);
	if ((rc = record_view_history(v, p->ref)) != ERR_OK)
		return rc;
	page_section(v, "people");
	return page_send(v, "person/read.cs");
}

enum err
page_person_roles(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc = person_set_roles(&v->ctx, ref, roles_of_form(v));

	if (rc == ERR_INVALID)
		form_refuse(v->form, "roles", "Roles");
	return rc != ERR_OK ? rc : go_to(v, "roles", "/people/%s", ref);
}

enum err
page_person_disable(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc = person_disable(&v->ctx, ref);

	return rc != ERR_OK ? rc : go_to(v, "disabled", "/people/%s", ref);
}

enum err
page_person_enable(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc = person_enable(&v->ctx, ref);

	return rc != ERR_OK ? rc : go_to(v, "enabled", "/people/%s", ref);
}

/* ---- what proves who somebody is ------------------------------------- */

/* Those whom the page is for; the domain asks again. */
static enum err
show_charge(struct visit *v, struct person **p)
{
	enum err rc = person_load(&v->ctx, visit_param(v, 0), p);

	if (rc != ERR_OK)
		return rc;
	if ((*p)->id == v->ctx.actor.person || !person_is_charge(&v->ctx, *p))
		return ERR_FORBIDDEN;
	show(v, node_at(v->root, "Person"), *p);
	page_section(v, "people");
	return ERR_OK;
}

/* Sent twice, the form leads here: it was done, and there is nothing to do. */
enum err
page_person_reset_ask(struct visit *v)
{
	struct person *p;
	enum err rc = show_charge(v, &p);

	if (rc != ERR_OK)
		return rc;
	if (p->state != PERSON_ACTIVE)
		return go_to(v, NULL, "/people/%s", p->ref);
	return page_send(v, "person/reset.cs");
}

enum err
page_person_reset(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	char *token;
	enum err rc = person_reset(&v->ctx, ref, &token);

	return rc != ERR_OK ? rc : show_invited(v, ref, token);
}

enum err
page_person_email_form(struct visit *v)
{
	struct person *p;
	enum err rc = show_charge(v, &p);

	if (rc != ERR_OK)
		return rc;
	if (page_form_start(v, fields_address))
		form_put(v->form, "email", p->email);
	page_form(v);
	node_flag(v->root, "IsInvited", p->state == PERSON_INVITED);
	return page_send(v, "person/email.cs");
}

enum err
page_person_email(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	enum err rc;

	rc = person_set_email(&v->ctx, ref, form_text(v->form, "email"));
	if (rc == ERR_EXISTS)
		form_refuse(v->form, "email", "Exists");
	else if (rc == ERR_INVALID)
		form_refuse(v->form, "email", "Email");
	if (rc == ERR_EXISTS)
		return ERR_INVALID;
	return rc != ERR_OK ? rc : go_to(v, "email", "/people/%s", ref);
}
