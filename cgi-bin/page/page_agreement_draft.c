/* SPDX-License-Identifier: Apache-2.0 */
/* Writing agreements: a first draft, the next version of one. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "domain/organisation.h"
#include "domain/record.h"
#include "domain/sector.h"
#include "page/agreement_start.h"
#include "page/agreement_view.h"
#include "page/draft_view.h"
#include "page/routes.h"

enum { NOTICE_DAYS = 90 };

#define MOVES_UP "up-"
#define MOVES_DOWN "down-"
#define MOVES_OUT "remove-"

/* Names are those of struct agreement_input, which its faults speak of. */
const struct field fields_agreement[] = {
	{ .name = "kind", .kind = FIELD_CHOICE, .choices = agreement_kinds },
	{ .name = "title", .kind = FIELD_LINE, .max = AGREEMENT_TITLE_MAX },
	{ .name = "text", .kind = FIELD_PROSE, .max = AGREEMENT_TEXT_MAX },
	{ .name = "language",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = agreement_languages },
	{ .name = "change", .kind = FIELD_PROSE, .max = AGREEMENT_CHANGE_MAX },
	{ .name = "parties", .kind = FIELD_LIST, .max = AGREEMENT_PARTIES_MAX },
	{ .name = "party", .kind = FIELD_LINE, .max = 40 },
	{ .name = "why_one_kind",
	    .kind = FIELD_PROSE,
	    .max = AGREEMENT_WHY_MAX },
	{ .name = "circle", .kind = FIELD_LINE, .max = 80 },
	{ .name = "circle_name",
	    .kind = FIELD_LINE,
	    .max = AGREEMENT_CIRCLE_NAME_MAX },
	{ .name = "sectors", .kind = FIELD_SET, .choices = sector_words },
	{ .name = "max_label",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = tlp_words },
	{ .name = "sharing",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = agreement_sharings },
	{ .name = "from_at", .kind = FIELD_DATE },
	{ .name = "until_at", .kind = FIELD_DATE }, /* the last day */
	{ .name = "notice_days",
	    .kind = FIELD_INT,
	    .required = true,
	    .min = 0,
	    .max = AGREEMENT_NOTICE_MAX },
	{ .name = "auditor", .kind = FIELD_LINE, .max = 40 },
	{ .name = "audit_families",
	    .kind = FIELD_SET,
	    .choices = record_families },
	{ .name = "audit_from_at", .kind = FIELD_DATE },
	{ .name = "order",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = agreement_orders },
	{ .name = "edit", .kind = FIELD_INT, .min = 0, .max = 1000000 },
	/* The button: "", "add", MOVES_… and a party's ref. */
	{ .name = "act", .kind = FIELD_LINE, .max = 60 },
	{ .name = NULL },
};

const struct field fields_agreement_new[] = {
	{ .name = "kind", .kind = FIELD_CHOICE, .choices = agreement_kinds },
	{ .name = "language", .kind = FIELD_CHOICE, .choices = lang_codes },
	{ .name = NULL },
};

/* ---- parties ----------------------------------------------------------- */

static size_t
count_of(const char *const *list)
{
	size_t n = 0;

	while (list != NULL && list[n] != NULL)
		n++;
	return n;
}

static const char *
after(const char *text, const char *prefix)
{
	return text_starts(text, prefix) ? text + strlen(prefix) : NULL;
}

static void
swap(const char **a, const char **b)
{
	const char *t = *a;

	*a = *b;
	*b = t;
}

/* The list with what the button that was pressed does to it. */
static const char *const *
parties_of(struct visit *v)
{
	const char *const *given = form_list(v->form, "parties");
	const char *act = form_text(v->form, "act"), *ref;
	const char *added = form_text(v->form, "party");
	const size_t n = count_of(given);
	const char **list = arena_array(v->req->arena, n + 2, sizeof(*list));
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if ((ref = after(act, MOVES_OUT)) != NULL &&
		    strcmp(ref, given[i]) == 0)
			continue;
		list[kept++] = given[i];
		if ((ref = after(act, MOVES_UP)) != NULL && kept > 1 &&
		    strcmp(ref, given[i]) == 0)
			swap(&list[kept - 1], &list[kept - 2]);
		if ((ref = after(act, MOVES_DOWN)) != NULL && kept > 1 &&
		    strcmp(ref, given[i - 1]) == 0)
			swap(&list[kept - 1], &list[kept - 2]);
	}
	if (added[0] != '\0')
		list[kept] = added;
	return list;
}

/* Neither saved for itself nor shown again: the button was of one press. */
static bool
goes_on(struct visit *v)
{
	return form_text(v->form, "act")[0] != '\0';
}

struct sides {
	bool has_operator, has_institution;
};

static void
show_party(
    struct visit *v, const struct organisation *o, size_t place, size_t count)
{
	struct node *row = node_row(v->root, "Parties");

	node_set(row, "Ref", o->ref);
	node_set(row, "Name", o->name);
	node_set(row, "Kind", page_word(v, "Kind", org_kind_names[o->kind]));
	node_int(row, "Position", (int64_t)place + 1);
	node_flag(row, "IsFirst", place == 0);
	node_flag(row, "IsLast", place + 1 == count);
	node_flag(row, "IsOwn", o->id == v->ctx.actor.organisation);
}

static const struct organisation *
organisation_of(const struct organisation *all, size_t n, const char *ref)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].ref, ref) == 0)
			return &all[i];
	return NULL;
}

/* In the order of signature; what nobody knows is left out. */
static struct sides
show_chosen(struct visit *v, const struct organisation *all, size_t n)
{
	const char *const *chosen = form_list(v->form, "parties");
	const size_t count = count_of(chosen);
	struct sides sides = { false, false };
	const struct organisation *o;

	for (size_t i = 0; i < count; i++) {
		if ((o = organisation_of(all, n, chosen[i])) == NULL)
			continue;
		show_party(v, o, i, count);
		sides.has_operator |= o->kind == ORG_OPERATOR;
		sides.has_institution |= o->kind == ORG_INSTITUTION;
	}
	return sides;
}

static bool
is_chosen(struct visit *v, const char *ref)
{
	const char *const *chosen = form_list(v->form, "parties");

	for (; chosen != NULL && *chosen != NULL; chosen++)
		if (strcmp(*chosen, ref) == 0)
			return true;
	return false;
}

static void
show_others(struct visit *v, const struct organisation *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct organisation *o = &all[i];

		if (o->is_suspended)
			continue;
		if (o->kind == ORG_AUDITOR)
			page_option(v, "auditor", o->ref, o->name);
		else if (o->kind != ORG_KEEPER && !is_chosen(v, o->ref))
			page_option(v, "party", o->ref, o->name);
	}
}

static enum err
show_parties(struct visit *v)
{
	struct organisation *all;
	struct sides sides;
	size_t n;
	enum err rc;

	if ((rc = organisation_list(&v->ctx, &all, &n)) != ERR_OK)
		return rc;
	sides = show_chosen(v, all, n);
	show_others(v, all, n);
	/* Asked for only where an answer is needed, or was given. */
	node_flag(v->root, "IsOneKind",
	    !sides.has_operator || !sides.has_institution ||
		form_text(v->form, "why_one_kind")[0] != '\0');
	return ERR_OK;
}

/* ---- the form ----------------------------------------------------------- */

static void
input_from_form(struct visit *v, struct agreement_input *in)
{
	struct form *f = v->form;
	const int64_t until = form_int(f, "until_at");

	in->kind = (enum agreement_kind)form_int(f, "kind");
	in->title = form_text(f, "title");
	in->text = form_text(f, "text");
	in->language = form_text(f, "language");
	in->change = form_text(f, "change");
	in->why_one_kind = form_text(f, "why_one_kind");
	in->circle = form_text(f, "circle");
	in->circle_name = form_text(f, "circle_name");
	in->sectors = form_int(f, "sectors");
	in->max_label = (enum tlp)form_int(f, "max_label");
	in->sharing = (enum agreement_sharing)form_int(f, "sharing");
	in->from_at = form_int(f, "from_at");
	in->until_at = until == 0 ? 0 : until + CLOCK_DAY;
	in->notice_days = (int)form_int(f, "notice_days");
	in->auditor = form_text(f, "auditor");
	in->audit_families = form_int(f, "audit_families");
	in->audit_from_at = form_int(f, "audit_from_at");
	in->order = (enum agreement_order)form_int(f, "order");
	in->parties = parties_of(v);
}

static void
put_terms(struct form *f, const struct agreement_terms *t)
{
	form_put(f, "circle", t->circle_ref != NULL ? t->circle_ref : "");
	/* Of one that is there already, the name is not ours to choose. */
	form_put(f, "circle_name",
	    t->circle_ref == NULL && t->circle_name != NULL ? t->circle_name
							    : "");
	form_put_set(f, "sectors", t->sectors);
	form_put(f, "max_label", tlp_words[t->max_label]);
	form_put(f, "sharing", agreement_sharings[t->sharing]);
	if (t->from_at != 0)
		form_put_int(f, "from_at", t->from_at);
	if (t->until_at != 0)
		form_put_int(f, "until_at", t->until_at - 1);
	form_put_int(f, "notice_days", t->notice_days);
	form_put(f, "auditor", t->auditor_ref != NULL ? t->auditor_ref : "");
	form_put_set(f, "audit_families", t->audit_families);
	if (t->audit_from_at != 0)
		form_put_int(f, "audit_from_at", t->audit_from_at);
	form_put(f, "order", agreement_orders[t->order]);
}

static void
put_draft(struct visit *v, struct form *f, const struct agreement *a,
    const struct agreement_version *draft)
{
	const char **refs =
	    arena_array(v->req->arena, draft->party_count + 1, sizeof(*refs));

	for (size_t i = 0; i < draft->party_count; i++)
		refs[i] = draft->parties[i].ref;
	form_put(f, "kind", agreement_kinds[a->kind]);
	form_put(f, "title", draft->title);
	form_put(f, "text", draft->text);
	form_put(f, "language", draft->language);
	form_put(f, "change", draft->change);
	form_put(f, "why_one_kind", draft->why_one_kind);
	form_put_list(f, "parties", refs);
	form_put_int(f, "edit", draft->edit);
	put_terms(f, &draft->terms);
}

static void
show_kinds(struct visit *v)
{
	for (int i = 0; i < AGREEMENT_KIND__MAX; i++)
		if (i != AGREEMENT_CHARTER)
			page_option(v, "kind", agreement_kinds[i],
			    page_word(v, "Agreement.Kind", agreement_kinds[i]));
}

/* What one organisation's own circles are called; those it may extend. */
static enum err
show_circles(struct visit *v)
{
	struct circle *circles;
	size_t i, n;
	enum err rc;

	if ((rc = agreement_circles(&v->ctx, &circles, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++)
		page_option(v, "circle", circles[i].ref,
		    circle_title(v, circles[i].ref, circles[i].name));
	node_flag(v->root, "HasCircles", n > 0);
	return ERR_OK;
}

/* Whom a message means, by name: the form's own messages know numbers only. */
static void
show_who(struct visit *v, const struct agreement_fault *fault)
{
	const struct say say[] = {
		{ "who", fault->who, 0 },
		{ NULL, NULL, 0 },
	};
	const char *text = lang_say(v->site->pages, v->lang, v->req->arena,
	    arena_printf(
		v->req->arena, "Form.Error.Agreement.%s", fault->error),
	    say);

	node_set(v->root, "Form.Errors.0.Text", text);
	node_set(
	    node_at(node_at(v->root, "Form"), fault->field), "Error", text);
}

static enum err
show_form(struct visit *v)
{
	static const char *const asked[] = { "kind", "title", "text", "change",
		"why_one_kind", "circle_name", "circle", "party", "parties",
		"sectors" };
	const struct agreement_fault *fault = v->again_data;
	enum err rc;

	page_form(v);
	/* Which of them a proposal needs, the domain knows. */
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		node_flag(node_at(node_at(v->root, "Form"), asked[i]),
		    "IsOptional", false);
	if (fault != NULL && fault->who != NULL)
		show_who(v, fault);
	show_kinds(v);
	page_options(v, "language", "Agreement.Language");
	page_options(v, "max_label", "Tlp.Name");
	page_options(v, "sharing", "Agreement.Sharing");
	page_options(v, "order", "Agreement.Order");
	page_options(v, "audit_families", "Bundle.Family");
	page_options(v, "sectors", "Sector");
	if ((rc = show_parties(v)) != ERR_OK ||
	    (rc = show_circles(v)) != ERR_OK)
		return rc;
	page_section(v, "agreements");
	return page_send(v, "agreement/edit.cs");
}

static enum err
refused(struct visit *v, enum err rc, const struct agreement_fault *fault)
{
	if (rc != ERR_INVALID)
		return rc;
	form_refuse(v->form, fault->field,
	    arena_printf(v->req->arena, "Agreement.%s", fault->error));
	v->again_data = arena_alloc(v->req->arena, sizeof(*fault));
	memcpy(v->again_data, fault, sizeof(*fault));
	return rc;
}

/* Characters are counted by the field; what is compared has its bytes. */
static bool
is_short_enough(struct visit *v)
{
	if (strlen(form_text(v->form, "text")) <= AGREEMENT_TEXT_BYTES)
		return true;
	form_refuse(v->form, "text", "TooLong");
	form_value(v->form, "text")->limit = AGREEMENT_TEXT_BYTES / 2;
	return false;
}

/* "Add" alone says nothing about whom. */
static bool
names_whom_to_add(struct visit *v)
{
	if (strcmp(form_text(v->form, "act"), "add") != 0 ||
	    form_text(v->form, "party")[0] != '\0')
		return true;
	form_refuse(v->form, "party", "Agreement.PartyNone");
	return false;
}

/* ---- a new one ---------------------------------------------------------- */

static enum err
fill_start(struct visit *v, enum agreement_kind kind, enum lang lang)
{
	const char *parties[] = { v->ctx.actor.organisation_ref, NULL };
	struct agreement_start start;
	enum err rc;

	rc = agreement_start(v->site->pages, v->req->arena, lang, kind, &start);
	if (rc != ERR_OK && rc != ERR_NOT_FOUND)
		return rc;
	form_put(v->form, "kind", agreement_kinds[kind]);
	form_put(v->form, "title", start.title);
	form_put(v->form, "text", start.text);
	form_put(v->form, "language", lang_code(lang));
	form_put_list(v->form, "parties", parties);
	form_put(v->form, "max_label", tlp_words[TLP_AMBER]);
	form_put(v->form, "sharing", agreement_sharings[SHARING_PERMISSION]);
	form_put(v->form, "order", agreement_orders[ORDER_FREE]);
	form_put_int(v->form, "notice_days", NOTICE_DAYS);
	return ERR_OK;
}

enum err
page_agreement_new(struct visit *v)
{
	const struct value *asked;
	enum agreement_kind kind;
	enum lang lang = v->lang;
	enum err rc;

	if (!v->form->is_submitted) {
		asked = form_value(v->form, "kind");
		kind = (enum agreement_kind)asked->number;
		if (!asked->is_given || kind == AGREEMENT_CHARTER)
			return agreement_start_choose(v);
		if ((rc = agreement_may_create(&v->ctx)) != ERR_OK)
			return rc;
		if (form_value(v->form, "language")->is_given)
			lang = (enum lang)form_int(v->form, "language");
		page_form_start(v, fields_agreement);
		if ((rc = fill_start(v, kind, lang)) != ERR_OK)
			return rc;
	}
	node_flag(v->root, "IsNew", true);
	return show_form(v);
}

/* Where the form leads: back to itself by its smaller buttons. */
static enum err
go_on(struct visit *v, const char *ref)
{
	if (goes_on(v))
		return go_to(v, NULL, "/agreements/%s/edit#parties", ref);
	return go_to(v, "saved", "/agreements/%s/propose", ref);
}

enum err
page_agreement_create(struct visit *v)
{
	struct agreement_fault fault = { .field = NULL };
	struct agreement_input in = { .title = NULL };
	char *ref;
	enum err rc;

	if (!is_short_enough(v) || !names_whom_to_add(v))
		return ERR_INVALID;
	input_from_form(v, &in);
	rc = agreement_create(&v->ctx, &in, &ref, &fault);
	return rc != ERR_OK ? refused(v, rc, &fault) : go_on(v, ref);
}

/* ---- one that is there -------------------------------------------------- */

static void
show_head(struct visit *v, const struct agreement *a,
    const struct agreement_version *draft)
{
	struct node *node = node_at(v->root, "Draft");

	node_set(node, "Ref", a->ref);
	node_flag(node, "IsFirst", a->version == 0);
	node_int(node, "Number", a->version + 1);
	node_set(node, "KindWord",
	    page_word(v, "Agreement.Kind", agreement_kinds[a->kind]));
	node_time(v->page, node, "Saved", draft->saved_at);
	node_flag(
	    node, "HasKind", a->version == 0 && a->successor == SUCCESSOR_NONE);
	node_set(node, "Replaces", a->replaces_ref);
	/* A successor opens its predecessor's circle, nothing else. */
	if (a->successor == SUCCESSOR_NONE)
		return;
	node_set(node, "Follows",
	    page_word(
		v, "Agreement.Follows", agreement_successors[a->successor]));
	node_set(node, "KeepsCircle", draft->terms.circle_name);
}

static void
show_conflict(struct visit *v, const struct agreement *a,
    const struct agreement_version *draft)
{
	static const char *const unsaid[] = { "edit", "kind", "act", "party",
		NULL };
	const struct draft_saved saved = { draft->author_name,
		draft->organisation_name, draft->saved_at, draft->edit };
	struct form *theirs = form_new(v->req->arena, fields_agreement);

	put_draft(v, theirs, a, draft);
	draft_view_conflict(v, &saved, theirs, unsaid);
}

enum err
page_agreement_edit(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	struct agreement_version *draft;
	struct agreement *a;
	enum err rc;

	if ((rc = agreement_load(&v->ctx, ref, &a)) != ERR_OK ||
	    (rc = agreement_load_draft(&v->ctx, ref, &draft)) != ERR_OK)
		return rc;
	show_head(v, a, draft);
	if (page_form_start(v, fields_agreement))
		put_draft(v, v->form, a, draft);
	else if (form_int(v->form, "edit") != draft->edit)
		show_conflict(v, a, draft);
	return show_form(v);
}

enum err
page_agreement_save(struct visit *v)
{
	struct agreement_fault fault = { .field = NULL };
	struct agreement_input in = { .title = NULL };
	const char *ref = visit_param(v, 0);
	enum err rc;

	if (!is_short_enough(v) || !names_whom_to_add(v))
		return ERR_INVALID;
	input_from_form(v, &in);
	rc = agreement_save(
	    &v->ctx, ref, (int)form_int(v->form, "edit"), &in, &fault);
	return rc != ERR_OK ? refused(v, rc, &fault) : go_on(v, ref);
}
