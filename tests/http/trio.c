/* SPDX-License-Identifier: Apache-2.0 */
#include "trio.h"

#include <check.h>
#include <string.h>

#include "html.h"
#include "world.h"

const char *const trio_emails[TRIO__MAX] = {
	[TRIO_CSIRT] = "jonas.peeters@csirt.example",
	[TRIO_MINISTRY] = "eva.maes@infrastructure.example",
	[TRIO_ENERGY] = "lucie.fontaine@nord-energie.example",
};

const char *const trio_names[TRIO__MAX] = {
	[TRIO_CSIRT] = CSIRT,
	[TRIO_MINISTRY] = MINISTRY,
	[TRIO_ENERGY] = ENERGY,
};

struct client *
trio_fresh_as(const char *email)
{
	struct client *c = signed_in(email);
	const struct answer *a;

	store("UPDATE session SET proved_at = CAST(unixepoch() AS INTEGER)"
	      " * 1000000 WHERE id = (SELECT MAX(s.id) FROM session s"
	      " JOIN person p ON p.id = s.person WHERE p.email = ?)",
	    email);
	a = client_post(
	    c, "/language", FIELDS("language", "en", "to", "/today"));
	ck_assert_int_eq(a->status, 303);
	return c;
}

struct client *
trio_fresh(enum trio who)
{
	return trio_fresh_as(trio_emails[who]);
}

char *
trio_path(const char *ref, const char *act)
{
	return textf("/agreements/%s/%s", ref, act);
}

char *
trio_ref(const struct answer *a)
{
	const char *ref = strstr(answer_location(a), "AGR-");

	ck_assert_msg(a->status == 303 && ref != NULL, "no agreement: %s",
	    answer_gist(a));
	return strndup(ref, strcspn(ref, "/?#"));
}

static char *
draft_by(struct client *c)
{
	return trio_ref(client_post(c, "/agreements/new",
	    FIELDS("kind", "exchange", "language", "en", "title",
		unique("Exchange"), "text",
		"# Purpose\n\nThe parties **warn** each other.\n\n"
		"They name a contact.",
		"parties", organisation_ref(CSIRT), "parties",
		organisation_ref(MINISTRY), "parties", organisation_ref(ENERGY),
		"circle_name", unique("Circle"), "sectors", "energy",
		"max_label", "amber", "sharing", "permission", "until_at",
		"2099-12-31", "notice_days", "30", "auditor",
		organisation_ref("Court of Audit"), "order", "free")));
}

char *
trio_draft(void)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = draft_by(c);

	client_free(c);
	return ref;
}

/* Sends the form of that action as the page at the same path has it. */
static const struct answer *
send_form(
    struct client *c, const char *path, const char *name, const char *value)
{
	const struct answer *a = client_get(c, path);
	struct html_form *form = html_form(a, path);

	ck_assert_msg(form != NULL, "no form at %s: %s", path, answer_gist(a));
	if (name != NULL)
		html_set(form, name, value);
	a = html_send(c, form);
	ck_assert_msg(a->status == 303, "%s: %s", path, answer_gist(a));
	return a;
}

void
trio_propose(struct client *c, const char *ref)
{
	(void)send_form(c, trio_path(ref, "propose"), NULL, NULL);
}

void
trio_revise(struct client *c, const char *ref)
{
	const struct answer *a =
	    client_post(c, trio_path(ref, "revise"), NO_FIELDS);

	ck_assert_msg(a->status == 303, "%s: %s", ref, answer_gist(a));
	(void)send_form(c, trio_path(ref, "edit"), "title", unique("Anew"));
}

const struct answer *
trio_sign(struct client *c, const char *ref)
{
	return send_form(c, trio_path(ref, "sign"), "agree", "1");
}

char *
trio_proposed(void)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = draft_by(c);

	trio_propose(c, ref);
	client_free(c);
	return ref;
}

char *
trio_in_force(void)
{
	char *ref = trio_proposed();

	for (int i = 0; i < TRIO__MAX; i++) {
		struct client *c = trio_fresh((enum trio)i);

		(void)trio_sign(c, ref);
		client_free(c);
	}
	return ref;
}

/* One act of somebody more on it. */
static char *
then(char *ref, enum trio who, const char *act, const char *const *fields)
{
	struct client *c = trio_fresh(who);
	const struct answer *a = client_post(c, trio_path(ref, act), fields);

	ck_assert_msg(a->status == 303, "%s: %s", act, answer_gist(a));
	client_free(c);
	return ref;
}

char *
trio_ending(void)
{
	return then(trio_in_force(), TRIO_MINISTRY, "terminate",
	    FIELDS("version", "1"));
}

char *
trio_suspended(void)
{
	return then(trio_in_force(), TRIO_MINISTRY,
	    textf("suspend/%s", organisation_ref(CSIRT)),
	    FIELDS("version", "1", "why", "Their mail is not theirs."));
}

#define WHOLE FIELDS("publication", "everybody", "extent", "whole")

char *
trio_asked(void)
{
	return then(trio_in_force(), TRIO_CSIRT, "publish", WHOLE);
}

char *
trio_published(void)
{
	char *ref = trio_asked();

	then(ref, TRIO_MINISTRY, "publish/agree", WHOLE);
	return then(ref, TRIO_ENERGY, "publish/agree", WHOLE);
}
