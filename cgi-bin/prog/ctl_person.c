/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "domain/credential.h"
#include "domain/organisation.h"
#include "domain/person.h"
#include "domain/signin_link.h"

/* A link that signs in is for somebody who sits at the keyboard now. */
enum { LINK_S = 24 * 3600 };

/* ---- links ----------------------------------------------------------- */

/* A link of this portal, as the first origin of the configuration has it. */
static enum ctl_exit
link_to(struct ctl *ctl, const char *path, const char *token, char **link)
{
	const char *origin = ctl->conf->origin[0];

	*link = NULL;
	if (origin == NULL)
		return ctl_fail(ctl, ERR_INVALID,
		    "the configuration has no origin, so no link can be made;"
		    " add a line \"origin https://...\".");
	*link = arena_printf(ctl->ctx.arena, "%s%s%s", origin, path, token);
	return CTL_DONE;
}

static enum ctl_exit
print_link(struct ctl *ctl, const struct person *p, const char *path,
    const char *token, int64_t expires_at)
{
	char until[CLOCK_TEXT];
	enum ctl_exit rc;
	char *link;

	clock_rfc3339(expires_at, until);
	if ((rc = link_to(ctl, path, token, &link)) != CTL_DONE)
		return rc;
	ctl_say(ctl, "%s", link);
	return ctl_done(ctl,
	    json_pack("{s:s, s:s, s:s}", "ref", p->ref, "link", link, "expires",
		until));
}

static enum ctl_exit
print_invitation(struct ctl *ctl, const struct person *p, const char *token)
{
	return print_link(ctl, p, "/invitation/", token,
	    ctl->ctx.now_at + ctl->conf->invitation_s * CLOCK_S);
}

/* ---- finding --------------------------------------------------------- */

static enum ctl_exit
find(struct ctl *ctl, const char *email, struct person **p)
{
	enum err code = person_by_email(&ctl->ctx, email, p);

	if (code == ERR_NOT_FOUND)
		return ctl_fail(ctl, code,
		    "there is nobody with the address %s; see ententectl"
		    " person list.",
		    email);
	if (code != ERR_OK)
		return ctl_fail(ctl, code, "%s: %s", email, ctl_reason(code));
	return CTL_DONE;
}

/* The one operand of a command, an e-mail address, as a person. */
static enum ctl_exit
find_operand(struct ctl *ctl, int argc, char **argv, struct person **p)
{
	struct ctl_option none[] = { { .name = NULL } };
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 1, 1, &n);
	return rc != CTL_DONE ? rc : find(ctl, argv[0], p);
}

/* ---- listing --------------------------------------------------------- */

static json_t *
roles_to_json(unsigned roles)
{
	json_t *list = json_array();

	for (int i = 0; i < ROLE_COUNT; i++)
		if ((roles >> i & 1) != 0)
			json_array_append_new(list, json_string(role_names[i]));
	return list;
}

static const char *
roles_to_text(struct ctl *ctl, unsigned roles)
{
	const char *text = "";

	for (int i = 0; i < ROLE_COUNT; i++)
		if ((roles >> i & 1) != 0)
			text = arena_printf(ctl->ctx.arena, "%s%s%s", text,
			    text[0] == '\0' ? "" : ",", role_names[i]);
	return text;
}

static void
list_one(struct ctl *ctl, const struct person *p, json_t *list)
{
	char seen[CLOCK_TEXT] = "never";

	if (p->seen_at != 0)
		clock_rfc3339(p->seen_at, seen);
	json_array_append_new(list,
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:o}", "ref", p->ref,
		"email", p->email, "name", p->name, "organisation",
		p->organisation_ref, "language", p->language, "roles",
		roles_to_json(p->roles), "state", person_states[p->state],
		"seen", p->seen_at != 0 ? json_string(seen) : json_null()));
	ctl_say(ctl, "%-36s %-8s %-24s %-20s %s, %s", p->email,
	    person_states[p->state], roles_to_text(ctl, p->roles), seen,
	    p->name, p->organisation_ref);
}

static enum err
list_people(struct ctl *ctl, const char *organisation, json_t *list)
{
	struct person *people;
	enum err rc;
	size_t n;

	rc = person_list(&ctl->ctx, organisation, &people, &n);
	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		list_one(ctl, &people[i], list);
	return rc;
}

static enum err
list_all(struct ctl *ctl, json_t *list)
{
	struct organisation *all;
	enum err rc;
	size_t n;

	rc = organisation_list(&ctl->ctx, &all, &n);
	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		rc = list_people(ctl, all[i].ref, list);
	return rc;
}

enum ctl_exit
ctl_person_list(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	enum ctl_exit rc;
	json_t *list;
	enum err code;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 0, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	list = json_array();
	code = n == 1 ? list_people(ctl, argv[0], list) : list_all(ctl, list);
	if (code == ERR_OK)
		return ctl_done(ctl, json_pack("{s:o}", "people", list));
	json_decref(list);
	if (code == ERR_NOT_FOUND && n == 1)
		return ctl_fail(ctl, code,
		    "there is no organisation %s; see ententectl org list.",
		    argv[0]);
	return ctl_fail(ctl, code, "%s", ctl_reason(code));
}

/* ---- inviting -------------------------------------------------------- */

enum { NEW_NAME, NEW_EMAIL, NEW_ROLES, NEW_LANGUAGE, NEW__MAX };

static enum ctl_exit
read_new(struct ctl *ctl, const struct ctl_option *o, struct person_new *new)
{
	const char **words = ctl_words(ctl, o[NEW_ROLES].value);
	const char *name = o[NEW_NAME].value;
	unsigned bit;

	new->name = text_clean(ctl->ctx.arena, name, strlen(name), TEXT_LINE);
	if (new->name == NULL)
		return ctl_usage(ctl, "the name is not UTF-8 text.");
	new->email = o[NEW_EMAIL].value;
	new->language = o[NEW_LANGUAGE].is_set ? o[NEW_LANGUAGE].value : "en";
	for (; *words != NULL; words++) {
		if (!role_from_name(*words, &bit))
			return ctl_usage(ctl,
			    "%s is not reader, publisher, steward, signatory,"
			    " auditor or keeper.",
			    *words);
		new->roles |= bit;
	}
	return CTL_DONE;
}

static enum ctl_exit
refuse_invitation(struct ctl *ctl, const char *organisation,
    const struct person_new *new, enum err code)
{
	if (code == ERR_NOT_FOUND)
		return ctl_fail(ctl, code,
		    "there is no organisation %s; see ententectl org list.",
		    organisation);
	if (code == ERR_EXISTS)
		return ctl_fail(ctl, code, "%s is known already.", new->email);
	if (code == ERR_STATE)
		return ctl_fail(ctl, code,
		    "%s is suspended; nobody can be invited.", organisation);
	if (code == ERR_INVALID)
		return ctl_fail(ctl, code,
		    "the name, the address or the language (en, fr) is not"
		    " allowed, or that kind of organisation has no such role.");
	return ctl_fail(ctl, code, "%s", ctl_reason(code));
}

enum ctl_exit
ctl_person_invite(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option o[NEW__MAX + 1] = {
		[NEW_NAME] = { .name = "--name", .is_needed = true },
		[NEW_EMAIL] = { .name = "--email", .is_needed = true },
		[NEW_ROLES] = { .name = "--roles" },
		[NEW_LANGUAGE] = { .name = "--language" },
	};
	struct person_new new = { .roles = 0 };
	struct person p = { .ref = NULL };
	enum ctl_exit rc;
	enum err code;
	char *token;
	int n;

	rc = ctl_arguments(ctl, argc, argv, o, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	if ((rc = read_new(ctl, o, &new)) != CTL_DONE)
		return rc;
	code = person_invite(&ctl->ctx, argv[0], &new, &p.ref, &token);
	if (code != ERR_OK)
		return refuse_invitation(ctl, argv[0], &new, code);
	return print_invitation(ctl, &p, token);
}

/* ---- changing -------------------------------------------------------- */

static enum ctl_exit
change(struct ctl *ctl, int argc, char **argv,
    enum err (*act)(struct ctx *, const char *ref), const char *when_state,
    const char *done)
{
	enum ctl_exit rc;
	struct person *p;
	enum err code;

	if ((rc = find_operand(ctl, argc, argv, &p)) != CTL_DONE)
		return rc;
	code = act(&ctl->ctx, p->ref);
	if (code == ERR_STATE)
		return ctl_fail(ctl, code, "%s %s.", p->email, when_state);
	if (code != ERR_OK)
		return ctl_fail(
		    ctl, code, "%s: %s", p->email, ctl_reason(code));
	ctl_say(ctl, "%s %s.", p->email, done);
	return ctl_done(ctl, json_pack("{s:s}", "ref", p->ref));
}

enum ctl_exit
ctl_person_disable(struct ctl *ctl, int argc, char **argv)
{
	return change(ctl, argc, argv, person_disable, "is disabled already",
	    "is disabled: sessions and invitations have ended");
}

enum ctl_exit
ctl_person_enable(struct ctl *ctl, int argc, char **argv)
{
	return change(ctl, argc, argv, person_enable, "is not disabled",
	    "may sign in again, or be invited again if that never happened");
}

enum ctl_exit
ctl_person_link(struct ctl *ctl, int argc, char **argv)
{
	int64_t until = ctl->ctx.now_at + LINK_S * CLOCK_S;
	char token[TOKEN_TEXT];
	enum ctl_exit rc;
	struct person *p;
	enum err code;

	if ((rc = find_operand(ctl, argc, argv, &p)) != CTL_DONE)
		return rc;
	if (!ctl->conf->has_signin_links)
		return ctl_fail(ctl, ERR_STATE,
		    "this portal takes no such links: it needs \"signin_links"
		    " yes\", which is for demonstrations only.");
	if (!credential_may_sign_in(p))
		return ctl_fail(ctl, ERR_STATE,
		    "%s may not sign in: not active, or the organisation is"
		    " suspended.",
		    p->email);
	code = signin_link_new(&ctl->ctx, p->id, until, token);
	if (code == ERR_OK)
		rc = print_link(ctl, p, "/sign-in/link/", token, until);
	else
		rc = ctl_fail(ctl, code, "%s", ctl_reason(code));
	secret_wipe(token, sizeof(token));
	return rc;
}

enum ctl_exit
ctl_person_unlock(struct ctl *ctl, int argc, char **argv)
{
	enum ctl_exit rc;
	struct person *p;
	enum err code;

	if ((rc = find_operand(ctl, argc, argv, &p)) != CTL_DONE)
		return rc;
	code = credential_unlock(&ctl->ctx, p);
	if (code == ERR_STALE)
		return ctl_fail(
		    ctl, code, "%s has no password that is locked.", p->email);
	if (code != ERR_OK)
		return ctl_fail(
		    ctl, code, "%s: %s", p->email, ctl_reason(code));
	ctl_say(ctl, "%s may try again.", p->email);
	return ctl_done(ctl, json_pack("{s:s}", "ref", p->ref));
}

enum ctl_exit
ctl_person_reset(struct ctl *ctl, int argc, char **argv)
{
	char *token = NULL;
	enum ctl_exit rc;
	struct person *p;
	enum err code;

	if ((rc = find_operand(ctl, argc, argv, &p)) != CTL_DONE)
		return rc;
	if (p->state == PERSON_DISABLED || p->is_organisation_suspended)
		return ctl_fail(ctl, ERR_STATE,
		    "%s is disabled or of a suspended organisation.", p->email);
	code = credential_reset(&ctl->ctx, p);
	if (code == ERR_OK)
		code = person_invite_again(&ctl->ctx, p->ref, &token);
	if (code != ERR_OK)
		return ctl_fail(
		    ctl, code, "%s: %s", p->email, ctl_reason(code));
	return print_invitation(ctl, p, token);
}
