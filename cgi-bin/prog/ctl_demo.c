/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ententectl demo: loads a demonstration partnership from a JSON file, by
 * the same domain functions that people's acts go through, each at its own
 * time in the past weeks.  There are no default passwords: every person gets
 * a random one, and all of them are written to one file, mode 0600.
 *
 *	{ "organisations": [ { "name", "kind", "country", "sectors": [],
 *	      "charter": "YYYY-MM-DD" | null, "people": [ { "name", "email",
 *	      "language", "roles": [] } ] } ],
 *	  "advisories": [ { "author": email, "ago": days, "title", "summary",
 *	      "happened", "todo", "products", "cves", "severity", "label",
 *	      "sectors": [], "circles": [], "answer_in": days, "named": [],
 *	      "readers": [ { "person", "ago" } ],
 *	      "answers": [ { "person", "ago", "state", "comment" } ],
 *	      "revision": { "ago", "change", "todo" },
 *	      "withdrawn": { "ago", "why" }, "is_draft": true } ],
 *	  "agreements": see prog/ctl_demo_agreement.c,
 *	  "documents", "subscriptions": see prog/ctl_demo_library.c }
 *
 * A circle is its ref, or the name of an agreement's.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "domain/advisory.h"
#include "domain/answer.h"
#include "domain/organisation.h"
#include "domain/person.h"
#include "domain/sector.h"
#include "prog/ctl_demo.h"

enum { DEMO_ACTS = 4000 };

/* ---- JSON ------------------------------------------------------------ */

const char *
demo_text(json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text != NULL ? text : "";
}

static int64_t
time_of(const struct demo *demo, json_t *object, const char *name)
{
	const double days = json_number_value(json_object_get(object, name));

	return demo->present_at - (int64_t)(days * (double)CLOCK_DAY);
}

const char **
demo_texts(struct demo *demo, json_t *object, const char *name)
{
	json_t *list = json_object_get(object, name);
	const size_t n = json_array_size(list);
	const char **out;
	size_t i;

	out = arena_array(demo->ctx->arena, n + 1, sizeof(*out));
	for (i = 0; i < n; i++)
		out[i] = json_string_value(json_array_get(list, i));
	return out;
}

int64_t
demo_sectors(json_t *object)
{
	json_t *list = json_object_get(object, "sectors");
	int64_t sectors = 0, bit;
	size_t i;

	for (i = 0; i < json_array_size(list); i++)
		if (sector_from_word(
			json_string_value(json_array_get(list, i)), &bit))
			sectors |= bit;
	return sectors;
}

int64_t
demo_day(const struct demo *demo, json_t *object, const char *name)
{
	const double days = json_number_value(json_object_get(object, name));

	if (days <= 0)
		return 0;
	return clock_day(
		   demo->present_at + (int64_t)(days * (double)CLOCK_DAY)) +
	    CLOCK_DAY - 1;
}

/* ---- who acts -------------------------------------------------------- */

static void
act_as_console(struct demo *demo)
{
	memset(&demo->ctx->actor, 0, sizeof(demo->ctx->actor));
	demo->ctx->actor.is_console = true;
}

enum err
demo_act_as(struct demo *demo, const char *email)
{
	struct actor *actor = &demo->ctx->actor;
	struct person *p;
	enum err rc;

	if ((rc = person_by_email(demo->ctx, email, &p)) != ERR_OK) {
		log_line(LOG_ERROR, "demo", "no such person in the file");
		return rc;
	}
	memset(actor, 0, sizeof(*actor));
	actor->person = p->id;
	actor->organisation = p->organisation;
	actor->roles = p->roles;
	actor->name = p->name;
	actor->ref = p->ref;
	actor->organisation_ref = p->organisation_ref;
	actor->organisation_name = p->organisation_name;
	actor->organisation_kind = p->organisation_kind;
	actor->language = p->language;
	return ERR_OK;
}

/* ---- organisations and people ---------------------------------------- */

static enum err
add_person(
    struct demo *demo, json_t *from, const char *ref, const char *organisation)
{
	struct person_new p = {
		.email = demo_text(from, "email"),
		.name = demo_text(from, "name"),
		.language = demo_text(from, "language"),
	};
	struct person *made;
	const char **role = demo_texts(demo, from, "roles");
	char *person, *token;
	unsigned bit;
	enum err rc;

	for (; *role != NULL; role++)
		if (role_from_name(*role, &bit))
			p.roles |= bit;
	if ((rc = person_invite(demo->ctx, ref, &p, &person, &token)) !=
		ERR_OK ||
	    (rc = invitation_use(demo->ctx, token)) != ERR_OK ||
	    (rc = person_by_email(demo->ctx, p.email, &made)) != ERR_OK)
		return rc;
	return demo_account_add(demo, made->id, from, organisation);
}

static enum err
add_organisation(struct demo *demo, json_t *from)
{
	struct organisation_new o = {
		.name = demo_text(from, "name"),
		.country = demo_text(from, "country"),
		.sectors = demo_sectors(from),
	};
	json_t *people = json_object_get(from, "people");
	char *ref;
	size_t i;
	enum err rc;

	if (!org_kind_from_name(demo_text(from, "kind"), &o.kind))
		return ERR_INVALID;
	demo->ctx->now_at = demo->present_at - 200 * CLOCK_DAY;
	if (clock_parse_date(demo_text(from, "charter"), &o.charter_signed_at))
		demo->ctx->now_at =
		    o.charter_signed_at + 4 * CLOCK_DAY + 10 * CLOCK_HOUR;
	if ((rc = organisation_admit(demo->ctx, &o, &ref)) != ERR_OK)
		return rc;
	for (i = 0; i < json_array_size(people); i++) {
		rc = add_person(demo, json_array_get(people, i), ref, o.name);
		if (rc != ERR_OK)
			return rc;
	}
	return ERR_OK;
}

static enum err
add_organisations(struct demo *demo, json_t *data)
{
	json_t *list = json_object_get(data, "organisations");
	size_t i;
	enum err rc = ERR_OK;

	act_as_console(demo);
	for (i = 0; i < json_array_size(list) && rc == ERR_OK; i++)
		rc = add_organisation(demo, json_array_get(list, i));
	return rc;
}

/* ---- what they did --------------------------------------------------- */

/* What an agreement opened is known by its name alone before it is loaded. */
const char *const *
demo_circles(struct demo *demo, json_t *from)
{
	const char **wanted = demo_texts(demo, from, "circles");
	struct circle *circles;
	size_t n;

	if (circle_addressable(demo->ctx, &circles, &n) != ERR_OK)
		return wanted;
	for (const char **w = wanted; *w != NULL; w++)
		for (size_t i = 0; i < n; i++)
			if (circles[i].name != NULL &&
			    strcmp(circles[i].name, *w) == 0)
				*w = circles[i].ref;
	return wanted;
}

static void
fill_draft(struct demo *demo, json_t *from, struct advisory_draft *d)
{
	const double answer_in =
	    json_number_value(json_object_get(from, "answer_in"));
	enum tlp label = TLP_AMBER;

	memset(d, 0, sizeof(*d));
	(void)tlp_from_text(demo_text(from, "label"), &label);
	d->title = demo_text(from, "title");
	d->summary = demo_text(from, "summary");
	d->happened = demo_text(from, "happened");
	d->todo = demo_text(from, "todo");
	d->products = demo_text(from, "products");
	d->cves = demo_text(from, "cves");
	d->change = demo_text(from, "change");
	d->severity =
	    (enum severity)text_index(severities, demo_text(from, "severity"));
	d->label = label;
	d->sectors = demo_sectors(from);
	d->circles = demo_circles(demo, from);
	d->named = demo_texts(demo, from, "named");
	if (answer_in > 0)
		d->answer_by_at =
		    clock_day(demo->ctx->now_at +
			(int64_t)(answer_in * (double)CLOCK_DAY)) +
		    CLOCK_DAY - 1;
}

static enum err
said_why(enum err rc, const struct fault *fault, json_t *what)
{
	if (rc != ERR_OK)
		log_line(LOG_ERROR, "demo", "\"%s\": %s %s %s",
		    demo_text(what, "title"), err_name(rc),
		    fault->field != NULL ? fault->field : "",
		    fault->error != NULL ? fault->error : "");
	return rc;
}

static enum err
run_publish(struct demo *demo, struct act *act)
{
	struct advisory_draft draft;
	struct fault fault = { .field = NULL };
	struct advisory *a;
	char *ref;
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "author"))) != ERR_OK)
		return rc;
	fill_draft(demo, act->what, &draft);
	rc = advisory_create(demo->ctx, &draft, &ref, &fault);
	if (rc != ERR_OK)
		return said_why(rc, &fault, act->what);
	json_object_set_new(act->subject, "ref", json_string(ref));
	if (json_is_true(json_object_get(act->what, "is_draft")))
		return ERR_OK;
	if ((rc = advisory_load_draft(demo->ctx, ref, &a)) == ERR_OK)
		rc = advisory_publish(demo->ctx, ref, a->edit, &fault);
	return said_why(rc, &fault, act->what);
}

static enum err
run_revise(struct demo *demo, struct act *act)
{
	const char *ref = demo_text(act->subject, "ref");
	struct advisory_draft draft;
	struct fault fault = { .field = NULL };
	struct advisory *a;
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->subject, "author"))) !=
		ERR_OK ||
	    (rc = advisory_revise(demo->ctx, ref)) != ERR_OK ||
	    (rc = advisory_load_draft(demo->ctx, ref, &a)) != ERR_OK)
		return rc;
	fill_draft(demo, act->subject, &draft);
	draft.change = demo_text(act->what, "change");
	if (json_object_get(act->what, "todo") != NULL)
		draft.todo = demo_text(act->what, "todo");
	rc = advisory_save(demo->ctx, ref, a->edit, &draft, &fault);
	if (rc == ERR_OK)
		rc = advisory_load_draft(demo->ctx, ref, &a);
	if (rc == ERR_OK)
		rc = advisory_publish(demo->ctx, ref, a->edit, &fault);
	return said_why(rc, &fault, act->subject);
}

static enum err
run_withdraw(struct demo *demo, struct act *act)
{
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->subject, "author"))) !=
	    ERR_OK)
		return rc;
	return advisory_withdraw(demo->ctx, demo_text(act->subject, "ref"),
	    demo_text(act->what, "why"));
}

static enum err
run_read(struct demo *demo, struct act *act)
{
	struct advisory *a;
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "person"))) !=
		ERR_OK ||
	    (rc = advisory_load(
		 demo->ctx, demo_text(act->subject, "ref"), &a)) != ERR_OK)
		return rc;
	return advisory_note(demo->ctx, a);
}

static enum err
run_answer(struct demo *demo, struct act *act)
{
	struct advisory *a;
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "person"))) !=
		ERR_OK ||
	    (rc = advisory_load(
		 demo->ctx, demo_text(act->subject, "ref"), &a)) != ERR_OK ||
	    (rc = advisory_note(demo->ctx, a)) != ERR_OK)
		return rc;
	return answer_give(demo->ctx, a,
	    (enum answer_state)text_index(
		answer_states, demo_text(act->what, "state")),
	    demo_text(act->what, "comment"), 0);
}

enum err
demo_plan(struct demo *demo, json_t *subject, json_t *what, demo_run *run)
{
	struct act *act;

	if (what == NULL)
		return ERR_OK;
	if (demo->act_count == DEMO_ACTS)
		return ERR_TOO_LARGE;
	act = &demo->acts[demo->act_count];
	act->at = time_of(demo, what, "ago");
	act->order = demo->act_count++;
	act->run = run;
	act->what = what;
	act->subject = subject;
	return ERR_OK;
}

enum err
demo_plan_all(
    struct demo *demo, json_t *subject, const char *list, demo_run *run)
{
	json_t *rows = json_object_get(subject, list);
	size_t i;
	enum err rc = ERR_OK;

	for (i = 0; i < json_array_size(rows) && rc == ERR_OK; i++)
		rc = demo_plan(demo, subject, json_array_get(rows, i), run);
	return rc;
}

static int
by_time(const void *a, const void *b)
{
	const struct act *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

static enum err
do_acts(struct demo *demo, json_t *data)
{
	json_t *list = json_object_get(data, "advisories");
	size_t i;
	enum err rc = ERR_OK;

	for (i = 0; i < json_array_size(list) && rc == ERR_OK; i++) {
		json_t *a = json_array_get(list, i);

		if ((rc = demo_plan(demo, a, a, run_publish)) != ERR_OK ||
		    (rc = demo_plan_all(demo, a, "readers", run_read)) !=
			ERR_OK ||
		    (rc = demo_plan_all(demo, a, "answers", run_answer)) !=
			ERR_OK ||
		    (rc = demo_plan(demo, a, json_object_get(a, "revision"),
			 run_revise)) != ERR_OK)
			return rc;
		rc = demo_plan(
		    demo, a, json_object_get(a, "withdrawn"), run_withdraw);
	}
	if (rc == ERR_OK)
		rc = demo_agreements_plan(demo, data);
	if (rc == ERR_OK)
		rc = demo_library_plan(demo, data);
	qsort(demo->acts, demo->act_count, sizeof(*demo->acts), by_time);
	for (i = 0; i < demo->act_count && rc == ERR_OK; i++) {
		demo->ctx->now_at = demo->acts[i].at;
		rc = demo->acts[i].run(demo, &demo->acts[i]);
		if (rc != ERR_OK)
			log_line(LOG_ERROR, "demo", "\"%s\" of \"%s\": %s",
			    demo_text(demo->acts[i].what, "person"),
			    demo_text(demo->acts[i].subject, "title"),
			    err_name(rc));
	}
	return rc;
}

/* ---- the command ----------------------------------------------------- */

/* One transaction: a demonstration is there whole, or not at all. */
static enum err
load(struct demo *demo, json_t *data, const char *accounts)
{
	struct ctx *ctx = demo->ctx;
	enum err rc;

	demo->acts = arena_array(ctx->arena, DEMO_ACTS, sizeof(*demo->acts));
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = add_organisations(demo, data)) == ERR_OK &&
	    (rc = do_acts(demo, data)) == ERR_OK &&
	    (rc = demo_accounts_enrol(demo)) == ERR_OK)
		rc = demo_accounts_write(demo, accounts);
	act_as_console(demo);
	ctx->now_at = demo->present_at;
	return db_end(ctx->db, rc);
}

static const char *
folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? arena_copy_n(arena, path, (size_t)(slash - path))
			     : ".";
}

enum ctl_exit
ctl_demo(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option options[] = {
		{ .name = "--accounts", .is_needed = true },
		{ .name = NULL },
	};
	struct demo demo = { .ctl = ctl, .ctx = &ctl->ctx };
	struct organisation *there;
	json_error_t where;
	json_t *data;
	size_t n;
	int operands;
	enum err rc;

	if (ctl_arguments(ctl, argc, argv, options, 1, 1, &operands) !=
	    CTL_DONE)
		return CTL_USAGE;
	if ((rc = organisation_list(demo.ctx, &there, &n)) != ERR_OK)
		return ctl_fail(ctl, rc, "the organisations cannot be read: %s",
		    ctl_reason(rc));
	if (n > 0)
		return ctl_fail(ctl, ERR_STATE,
		    "there are organisations already: a demonstration is only "
		    "loaded into an empty portal.");
	data = json_load_file(argv[0], JSON_REJECT_DUPLICATES, &where);
	if (data == NULL)
		return ctl_fail(ctl, ERR_INVALID, "%s, line %d: %s.", argv[0],
		    where.line, where.text);
	demo.data = data;
	demo.folder = folder_of(demo.ctx->arena, argv[0]);
	demo.present_at = demo.ctx->now_at;
	rc = load(&demo, data, options[0].value);
	json_decref(data);
	if (rc != ERR_OK)
		return ctl_fail(ctl, rc,
		    "the demonstration cannot be loaded: %s", ctl_reason(rc));
	ctl_say(ctl, "%zu people; how they sign in is in %s.",
	    demo.account_count, options[0].value);
	return ctl_done(
	    ctl, json_pack("{s:I}", "people", (json_int_t)demo.account_count));
}
