/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "domain/organisation.h"
#include "domain/sector.h"
#include "page/agreement_start.h"

/* ---- listing --------------------------------------------------------- */

static json_t *
day_or_null(int64_t at)
{
	char day[CLOCK_TEXT];

	if (at == 0)
		return json_null();
	clock_date(at, day);
	return json_string(day);
}

static json_t *
organisation_to_json(const struct organisation *o)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:b, s:I, s:o, s:o}", "ref",
	    o->ref, "name", o->name, "kind", org_kind_names[o->kind], "country",
	    o->country, "sectors", sector_list(o->sectors), "suspended",
	    o->is_suspended, "people", (json_int_t)o->people, "admitted",
	    day_or_null(o->admitted_at), "charter_signed",
	    day_or_null(o->charter_signed_at));
}

enum ctl_exit
ctl_org_list(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	struct organisation *all;
	enum ctl_exit rc;
	json_t *list;
	enum err code;
	size_t count;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 0, 0, &n);
	if (rc != CTL_DONE)
		return rc;
	code = organisation_list(&ctl->ctx, &all, &count);
	if (code != ERR_OK)
		return ctl_fail(ctl, code, "%s", ctl_reason(code));
	list = json_array();
	for (size_t i = 0; i < count; i++) {
		const struct organisation *o = &all[i];

		json_array_append_new(list, organisation_to_json(o));
		ctl_say(ctl, "%-32s %-11s %s %5lld  %s%s", o->ref,
		    org_kind_names[o->kind], o->country, (long long)o->people,
		    o->name, o->is_suspended ? " (suspended)" : "");
	}
	return ctl_done(ctl, json_pack("{s:o}", "organisations", list));
}

/* ---- admitting ------------------------------------------------------- */

static enum ctl_exit
read_signed(struct ctl *ctl, const char *text, int64_t *at)
{
	enum ctl_exit rc;

	*at = 0;
	if (text == NULL)
		return CTL_DONE;
	if ((rc = ctl_read_day(ctl, text, at)) != CTL_DONE)
		return rc;
	if (*at > ctl->ctx.now_at)
		return ctl_usage(ctl, "%s has not come yet.", text);
	return CTL_DONE;
}

/* The portal's own text, to be signed there; *charter is NULL unless asked. */
static enum ctl_exit
read_charter(
    struct ctl *ctl, const char *code, const struct agreement_charter **charter)
{
	struct agreement_charter *c;
	struct agreement_start start;
	struct pages *pages;
	enum lang lang;
	enum err rc;

	*charter = NULL;
	if (code == NULL)
		return CTL_DONE;
	if (!lang_from_code(code, &lang))
		return ctl_usage(ctl, "%s is not en or fr.", code);
	if ((rc = pages_new(ctl->ctx.conf->template_dir, &pages)) != ERR_OK)
		return ctl_fail(ctl, rc, "%s", ctl_reason(rc));
	rc = agreement_start(
	    pages, ctl->ctx.arena, lang, AGREEMENT_CHARTER, &start);
	pages_free(pages);
	if (rc != ERR_OK)
		return ctl_fail(ctl, rc, "%s", ctl_reason(rc));
	c = arena_alloc(ctl->ctx.arena, sizeof(*c));
	c->title = start.title;
	c->text = start.text;
	c->language = lang_code(lang);
	c->notice_days = AGREEMENT_START_CHARTER_NOTICE;
	*charter = c;
	return CTL_DONE;
}

enum { ADD_KIND, ADD_COUNTRY, ADD_SECTORS, ADD_SIGNED, ADD_CHARTER, ADD__MAX };

/* The command line as what the domain takes. */
static enum ctl_exit
read_new(struct ctl *ctl, const char *name, const struct ctl_option *o,
    struct organisation_new *new)
{
	enum ctl_exit rc;

	new->name = text_clean(ctl->ctx.arena, name, strlen(name), TEXT_LINE);
	if (new->name == NULL)
		return ctl_usage(ctl, "the name is not UTF-8 text.");
	if (!org_kind_from_name(o[ADD_KIND].value, &new->kind))
		return ctl_usage(ctl,
		    "%s is not operator, institution, auditor or keeper.",
		    o[ADD_KIND].value);
	new->country = o[ADD_COUNTRY].value;
	rc = ctl_read_sectors(ctl, o[ADD_SECTORS].value, &new->sectors);
	if (rc != CTL_DONE)
		return rc;
	if (o[ADD_SIGNED].value != NULL && o[ADD_CHARTER].value != NULL)
		return ctl_usage(ctl,
		    "--signed is for a charter on paper, --charter for one"
		    " to be signed here: give one of them.");
	rc = read_signed(ctl, o[ADD_SIGNED].value, &new->charter_signed_at);
	return rc != CTL_DONE
	    ? rc
	    : read_charter(ctl, o[ADD_CHARTER].value, &new->charter);
}

enum ctl_exit
ctl_org_add(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option o[ADD__MAX + 1] = {
		[ADD_KIND] = { .name = "--kind", .is_needed = true },
		[ADD_COUNTRY] = { .name = "--country", .is_needed = true },
		[ADD_SECTORS] = { .name = "--sectors" },
		[ADD_SIGNED] = { .name = "--signed" },
		[ADD_CHARTER] = { .name = "--charter" },
	};
	struct organisation_new new = { .name = NULL };
	enum ctl_exit rc;
	enum err code;
	char *ref;
	int n;

	rc = ctl_arguments(ctl, argc, argv, o, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	if ((rc = read_new(ctl, argv[0], o, &new)) != CTL_DONE)
		return rc;
	code = organisation_admit(&ctl->ctx, &new, &ref);
	if (code == ERR_EXISTS)
		return ctl_fail(ctl, code,
		    "there is an organisation named %s already.", new.name);
	if (code == ERR_INVALID)
		return ctl_fail(ctl, code,
		    "an operator needs --sectors, an operator or institution"
		    " --signed or --charter, a name 2 to 120 characters, and a"
		    " country two capital letters.");
	if (code != ERR_OK)
		return ctl_fail(ctl, code, "%s", ctl_reason(code));
	ctl_say(ctl, "%s", ref);
	return ctl_done(ctl, json_pack("{s:s}", "ref", ref));
}

/* ---- suspending ------------------------------------------------------ */

static enum ctl_exit
answer(struct ctl *ctl, const char *ref, enum err code, const char *when_state,
    const char *done)
{
	if (code == ERR_NOT_FOUND)
		return ctl_fail(ctl, code,
		    "there is no organisation %s; see ententectl org list.",
		    ref);
	if (code == ERR_STATE)
		return ctl_fail(ctl, code, "%s %s.", ref, when_state);
	if (code != ERR_OK)
		return ctl_fail(ctl, code, "%s: %s", ref, ctl_reason(code));
	ctl_say(ctl, "%s %s.", ref, done);
	return ctl_done(ctl, json_pack("{s:s}", "ref", ref));
}

enum ctl_exit
ctl_org_suspend(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option o[] = { { .name = "--why", .is_needed = true },
		{ .name = NULL } };
	enum ctl_exit rc;
	char *why;
	int n;

	rc = ctl_arguments(ctl, argc, argv, o, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	why = text_clean(
	    ctl->ctx.arena, o[0].value, strlen(o[0].value), TEXT_PROSE);
	if (why == NULL || why[0] == '\0')
		return ctl_usage(ctl, "--why needs a text in UTF-8.");
	return answer(ctl, argv[0],
	    organisation_suspend(&ctl->ctx, argv[0], why),
	    "is suspended already",
	    "is suspended: its grants and sessions have ended");
}

enum ctl_exit
ctl_org_reinstate(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	return answer(ctl, argv[0], organisation_reinstate(&ctl->ctx, argv[0]),
	    "is not suspended", "has its grants again, from now on");
}
