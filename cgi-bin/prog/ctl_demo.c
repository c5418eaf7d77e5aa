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
 *	      "withdrawn": { "ago", "why" }, "is_draft": true } ] }
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

/* One thing that somebody did: sorted by time, then done in order. */
struct act {
	int64_t at;
	size_t order;
	enum err (*run)(struct demo *, struct act *);
	json_t *what;
	json_t *advisory; /* has member "ref" once it was created */
};

/* ---- JSON ------------------------------------------------------------ */

static const char *
text_of(json_t *object, const char *name)
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

static const char **
texts_of(struct demo *demo, json_t *object, const char *name)
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

static int64_t
sectors_of(json_t *object)
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

/* ---- who acts -------------------------------------------------------- */

static void
act_as_console(struct demo *demo)
{
	memset(&demo->ctx->actor, 0, sizeof(demo->ctx->actor));
	demo->ctx->actor.is_console = true;
}

static enum err
act_as(struct demo *demo, const char *email)
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
		.email = text_of(from, "email"),
		.name = text_of(from, "name"),
		.language = text_of(from, "language"),
	};
	struct person *made;
	const char **role = texts_of(demo, from, "roles");
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
		.name = text_of(from, "name"),
		.country = text_of(from, "country"),
		.sectors = sectors_of(from),
	};
	json_t *people = json_object_get(from, "people");
	char *ref;
	size_t i;
	enum err rc;

	if (!org_kind_from_name(text_of(from, "kind"), &o.kind))
		return ERR_INVALID;
	demo->ctx->now_at = demo->present_at - 200 * CLOCK_DAY;
	if (clock_parse_date(text_of(from, "charter"), &o.charter_signed_at))
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

static void
fill_draft(struct demo *demo, json_t *from, struct advisory_draft *d)
{
	const double answer_in =
	    json_number_value(json_object_get(from, "answer_in"));
	enum tlp label = TLP_AMBER;

	memset(d, 0, sizeof(*d));
	(void)tlp_from_text(text_of(from, "label"), &label);
	d->title = text_of(from, "title");
	d->summary = text_of(from, "summary");
	d->happened = text_of(from, "happened");
	d->todo = text_of(from, "todo");
	d->products = text_of(from, "products");
	d->cves = text_of(from, "cves");
	d->change = text_of(from, "change");
	d->severity =
	    (enum severity)text_index(severities, text_of(from, "severity"));
	d->label = label;
	d->sectors = sectors_of(from);
	d->circles = texts_of(demo, from, "circles");
	d->named = texts_of(demo, from, "named");
	if (answer_in > 0)
		d->answer_by_at =
		    clock_day(demo->ctx->now_at +
			(int64_t)(answer_in * (double)CLOCK_DAY)) +
		    CLOCK_DAY - 1;
}

static enum err
said_why(enum err rc, const struct advisory_fault *fault, json_t *what)
{
	if (rc != ERR_OK)
		log_line(LOG_ERROR, "demo", "\"%s\": %s %s %s",
		    text_of(what, "title"), err_name(rc),
		    fault->field != NULL ? fault->field : "",
		    fault->error != NULL ? fault->error : "");
	return rc;
}

static enum err
run_publish(struct demo *demo, struct act *act)
{
	struct advisory_draft draft;
	struct advisory_fault fault = { .field = NULL };
	struct advisory *a;
	char *ref;
	enum err rc;

	if ((rc = act_as(demo, text_of(act->what, "author"))) != ERR_OK)
		return rc;
	fill_draft(demo, act->what, &draft);
	rc = advisory_create(demo->ctx, &draft, &ref, &fault);
	if (rc != ERR_OK)
		return said_why(rc, &fault, act->what);
	json_object_set_new(act->advisory, "ref", json_string(ref));
	if (json_is_true(json_object_get(act->what, "is_draft")))
		return ERR_OK;
	if ((rc = advisory_load_draft(demo->ctx, ref, &a)) == ERR_OK)
		rc = advisory_publish(demo->ctx, ref, a->edit, &fault);
	return said_why(rc, &fault, act->what);
}

static enum err
run_revise(struct demo *demo, struct act *act)
{
	const char *ref = text_of(act->advisory, "ref");
	struct advisory_draft draft;
	struct advisory_fault fault = { .field = NULL };
	struct advisory *a;
	enum err rc;

	if ((rc = act_as(demo, text_of(act->advisory, "author"))) != ERR_OK ||
	    (rc = advisory_revise(demo->ctx, ref)) != ERR_OK ||
	    (rc = advisory_load_draft(demo->ctx, ref, &a)) != ERR_OK)
		return rc;
	fill_draft(demo, act->advisory, &draft);
	draft.change = text_of(act->what, "change");
	if (json_object_get(act->what, "todo") != NULL)
		draft.todo = text_of(act->what, "todo");
	rc = advisory_save(demo->ctx, ref, a->edit, &draft, &fault);
	if (rc == ERR_OK)
		rc = advisory_load_draft(demo->ctx, ref, &a);
	if (rc == ERR_OK)
		rc = advisory_publish(demo->ctx, ref, a->edit, &fault);
	return said_why(rc, &fault, act->advisory);
}

static enum err
run_withdraw(struct demo *demo, struct act *act)
{
	enum err rc;

	if ((rc = act_as(demo, text_of(act->advisory, "author"))) != ERR_OK)
		return rc;
	return advisory_withdraw(demo->ctx, text_of(act->advisory, "ref"),
	    text_of(act->what, "why"));
}

static enum err
run_read(struct demo *demo, struct act *act)
{
	struct advisory *a;
	enum err rc;

	if ((rc = act_as(demo, text_of(act->what, "person"))) != ERR_OK ||
	    (rc = advisory_load(
		 demo->ctx, text_of(act->advisory, "ref"), &a)) != ERR_OK)
		return rc;
	return reading_note(demo->ctx, a);
}

static enum err
run_answer(struct demo *demo, struct act *act)
{
	struct advisory *a;
	enum err rc;

	if ((rc = act_as(demo, text_of(act->what, "person"))) != ERR_OK ||
	    (rc = advisory_load(
		 demo->ctx, text_of(act->advisory, "ref"), &a)) != ERR_OK ||
	    (rc = reading_note(demo->ctx, a)) != ERR_OK)
		return rc;
	return answer_give(demo->ctx, a,
	    (enum answer_state)text_index(
		answer_states, text_of(act->what, "state")),
	    text_of(act->what, "comment"), 0);
}

static enum err
plan(struct demo *demo, json_t *advisory, json_t *what,
    enum err (*run)(struct demo *, struct act *))
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
	act->advisory = advisory;
	return ERR_OK;
}

static enum err
plan_all(struct demo *demo, json_t *advisory, const char *list,
    enum err (*run)(struct demo *, struct act *))
{
	json_t *rows = json_object_get(advisory, list);
	size_t i;
	enum err rc = ERR_OK;

	for (i = 0; i < json_array_size(rows) && rc == ERR_OK; i++)
		rc = plan(demo, advisory, json_array_get(rows, i), run);
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

		if ((rc = plan(demo, a, a, run_publish)) != ERR_OK ||
		    (rc = plan_all(demo, a, "readers", run_read)) != ERR_OK ||
		    (rc = plan_all(demo, a, "answers", run_answer)) != ERR_OK ||
		    (rc = plan(demo, a, json_object_get(a, "revision"),
			 run_revise)) != ERR_OK)
			return rc;
		rc = plan(
		    demo, a, json_object_get(a, "withdrawn"), run_withdraw);
	}
	qsort(demo->acts, demo->act_count, sizeof(*demo->acts), by_time);
	for (i = 0; i < demo->act_count && rc == ERR_OK; i++) {
		demo->ctx->now_at = demo->acts[i].at;
		rc = demo->acts[i].run(demo, &demo->acts[i]);
		if (rc != ERR_OK)
			log_line(LOG_ERROR, "demo", "\"%s\" of \"%s\": %s",
			    text_of(demo->acts[i].what, "person"),
			    text_of(demo->acts[i].advisory, "title"),
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
