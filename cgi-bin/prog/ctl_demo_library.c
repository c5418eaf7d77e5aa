/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The demonstration's library.  Other documents are named by their titles,
 * files from the folder of the partnership's:
 *
 *	{ "documents": [ { "author": email, "ago": days, "file", "title",
 *	      "summary", "kind", "language", "sectors": [], "measures": "bc",
 *	      "label", "circles": [], "named": [], "review_in": days,
 *	      "translation_of": title, "related": [title],
 *	      "versions": [ { "person", "ago", "note", and what is new } ],
 *	      "readers": [ { "person", "ago", "has_file" } ],
 *	      "comments": [ { "person", "ago", "text",
 *	          "answers": [ { "person", "ago", "text" } ] } ],
 *	      "uses": [ { "person", "ago" } ],
 *	      "reviews": [ { "person", "ago", "verdict", "text" } ] } ],
 *	  "subscriptions": [ { "person", "ago", "sectors": [], "measures" } ] }
 */
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "domain/document_comment.h"
#include "domain/document_review.h"
#include "domain/document_use.h"
#include "domain/subscription.h"
#include "prog/ctl_demo.h"
#include "prog/ctl_intake.h"

static enum err
said_why(enum err rc, const struct fault *fault, json_t *subject)
{
	if (rc != ERR_OK)
		log_line(LOG_ERROR, "demo", "\"%s\": %s %s %s",
		    demo_text(subject, "title"), err_name(rc),
		    fault->field != NULL ? fault->field : "",
		    fault->error != NULL ? fault->error : "");
	return rc;
}

/* ---- entries ------------------------------------------------------------- */

static int64_t
measures_of(json_t *from)
{
	const char *letters = demo_text(from, "measures");
	int64_t measures = 0;

	for (; *letters >= 'a' && *letters < 'a' + MEASURE_COUNT; letters++)
		measures |= (int64_t)1 << (*letters - 'a');
	return measures;
}

static int
word_of(const char *const *words, json_t *from, const char *name)
{
	int i = text_index(words, demo_text(from, name));

	return i < 0 ? 0 : i;
}

/* Of an entry that came before; "" of none, which nothing is named by. */
static const char *
ref_of(struct demo *demo, const char *title)
{
	json_t *list = json_object_get(demo->data, "documents"), *d;

	for (size_t i = 0; i < json_array_size(list); i++) {
		d = json_array_get(list, i);
		if (strcmp(demo_text(d, "title"), title) == 0)
			return demo_text(d, "ref");
	}
	return "";
}

/* Refs, one a line. */
static const char *
related_of(struct demo *demo, json_t *from)
{
	const char **titles = demo_texts(demo, from, "related");
	const char *lines = "";

	for (; *titles != NULL; titles++)
		lines = arena_printf(
		    demo->ctx->arena, "%s%s\n", lines, ref_of(demo, *titles));
	return lines;
}

static void
fill_draft(struct demo *demo, json_t *from, struct document_draft *d)
{
	memset(d, 0, sizeof(*d));
	d->label = TLP_AMBER;
	(void)tlp_from_text(demo_text(from, "label"), &d->label);
	d->title = demo_text(from, "title");
	d->summary = demo_text(from, "summary");
	d->note = demo_text(from, "note");
	d->kind = (enum document_kind)word_of(document_kinds, from, "kind");
	d->language = demo_text(from, "language");
	d->sectors = demo_sectors(from);
	d->measures = measures_of(from);
	d->review_by_at = demo_day(demo, from, "review_in");
	d->circles = demo_circles(demo, from);
	d->named = demo_texts(demo, from, "named");
	d->related = related_of(demo, from);
	d->translation_of = ref_of(demo, demo_text(from, "translation_of"));
}

static enum err
take_file(struct demo *demo, json_t *from, struct ctl_intake *in)
{
	const char *path = arena_printf(
	    demo->ctx->arena, "%s/%s", demo->folder, demo_text(from, "file"));
	enum err rc = ctl_intake(demo->ctl, path, in);

	if (rc != ERR_OK)
		log_line(LOG_ERROR, "demo", "%s: %s %s", path, err_name(rc),
		    in->refusal != NULL ? in->refusal : "");
	return rc;
}

static enum err
publish(struct demo *demo, json_t *subject, struct fault *fault)
{
	const char *ref = demo_text(subject, "ref");
	struct document *d;
	enum err rc;

	rc = document_load_draft(demo->ctx, ref, &d);
	if (rc == ERR_OK)
		rc = document_publish(demo->ctx, ref, d->edit, fault);
	return rc;
}

static enum err
run_publish(struct demo *demo, struct act *act)
{
	struct fault fault = { .field = NULL };
	struct document_draft draft;
	struct ctl_intake in;
	char *ref;
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "author"))) != ERR_OK)
		return rc;
	fill_draft(demo, act->what, &draft);
	if ((rc = take_file(demo, act->what, &in)) == ERR_OK)
		rc = document_create(demo->ctx, &draft, &in.file, &ref, &fault);
	if (rc == ERR_OK) {
		json_object_set_new(act->subject, "ref", json_string(ref));
		rc = publish(demo, act->subject, &fault);
	}
	ctl_intake_end(&in);
	return said_why(rc, &fault, act->subject);
}

/* The next version: what it names is new, the rest as before. */
static enum err
save_version(struct demo *demo, struct act *act, struct fault *fault)
{
	const char *ref = demo_text(act->subject, "ref");
	json_t *from = json_copy(act->what);
	struct document_draft draft;
	struct ctl_intake in;
	struct document *d;
	enum err rc;

	json_object_update_missing(from, act->subject);
	fill_draft(demo, from, &draft);
	rc = document_load_draft(demo->ctx, ref, &d);
	if (rc == ERR_OK) {
		rc = take_file(demo, from, &in);
		if (rc == ERR_OK)
			rc = document_save(
			    demo->ctx, ref, d->edit, &draft, &in.file, fault);
		ctl_intake_end(&in);
	}
	json_decref(from);
	return rc;
}

static enum err
run_version(struct demo *demo, struct act *act)
{
	struct fault fault = { .field = NULL };
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "person"))) !=
		ERR_OK ||
	    (rc = document_revise(demo->ctx, demo_text(act->subject, "ref"))) !=
		ERR_OK)
		return rc;
	if ((rc = save_version(demo, act, &fault)) == ERR_OK)
		rc = publish(demo, act->subject, &fault);
	return said_why(rc, &fault, act->subject);
}

/* ---- what is said of them ----------------------------------------------- */

/* Whoever acts on an entry has opened its page. */
static enum err
open_page(struct demo *demo, struct act *act, struct document **d)
{
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "person"))) !=
		ERR_OK ||
	    (rc = document_load(
		 demo->ctx, demo_text(act->subject, "ref"), d)) != ERR_OK)
		return rc;
	return document_note(demo->ctx, *d, false);
}

static enum err
run_read(struct demo *demo, struct act *act)
{
	struct document *d;
	enum err rc;

	if ((rc = open_page(demo, act, &d)) != ERR_OK ||
	    !json_is_true(json_object_get(act->what, "has_file")))
		return rc;
	return document_note(demo->ctx, d, true);
}

/* A comment's id stands in it, for its answers. */
static enum err
run_comment(struct demo *demo, struct act *act)
{
	const int64_t thread =
	    json_integer_value(json_object_get(act->what, "thread"));
	struct document *d;
	json_t *answers;
	int64_t id;
	enum err rc;

	if ((rc = open_page(demo, act, &d)) != ERR_OK ||
	    (rc = document_comment_add(demo->ctx, d->ref, thread,
		 demo_text(act->what, "text"), &id)) != ERR_OK)
		return rc;
	answers = json_object_get(act->what, "answers");
	for (size_t i = 0; i < json_array_size(answers); i++)
		json_object_set_new(json_array_get(answers, i), "thread",
		    json_integer((json_int_t)id));
	return ERR_OK;
}

static enum err
run_use(struct demo *demo, struct act *act)
{
	struct document *d;
	enum err rc;

	rc = open_page(demo, act, &d);
	return rc == ERR_OK ? document_use_set(demo->ctx, d->ref, true) : rc;
}

static enum err
run_review(struct demo *demo, struct act *act)
{
	struct document *d;
	enum err rc;

	if ((rc = open_page(demo, act, &d)) != ERR_OK)
		return rc;
	return document_review_give(demo->ctx, d->ref, d->version,
	    (enum verdict_word)word_of(review_verdicts, act->what, "verdict"),
	    demo_text(act->what, "text"));
}

static enum err
run_subscribe(struct demo *demo, struct act *act)
{
	const struct subscription s = { demo_sectors(act->what),
		measures_of(act->what) };
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "person"))) != ERR_OK)
		return rc;
	return subscription_set(demo->ctx, &s);
}

/* ---- planning ---------------------------------------------------------- */

static enum err
plan_comments(struct demo *demo, json_t *document)
{
	json_t *list = json_object_get(document, "comments"), *answers;
	enum err rc;

	rc = demo_plan_all(demo, document, "comments", run_comment);
	for (size_t i = 0; i < json_array_size(list) && rc == ERR_OK; i++) {
		answers = json_object_get(json_array_get(list, i), "answers");
		for (size_t k = 0; k < json_array_size(answers) && rc == ERR_OK;
		     k++)
			rc = demo_plan(demo, document,
			    json_array_get(answers, k), run_comment);
	}
	return rc;
}

static enum err
plan_document(struct demo *demo, json_t *d)
{
	static const struct {
		const char *list;
		demo_run *run;
	} acts[] = {
		{ "versions", run_version },
		{ "readers", run_read },
		{ "uses", run_use },
		{ "reviews", run_review },
	};
	enum err rc = demo_plan(demo, d, d, run_publish);

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]) && rc == ERR_OK;
	     i++)
		rc = demo_plan_all(demo, d, acts[i].list, acts[i].run);
	return rc == ERR_OK ? plan_comments(demo, d) : rc;
}

enum err
demo_library_plan(struct demo *demo, json_t *data)
{
	json_t *list = json_object_get(data, "documents");
	enum err rc = ERR_OK;

	for (size_t i = 0; i < json_array_size(list) && rc == ERR_OK; i++)
		rc = plan_document(demo, json_array_get(list, i));
	if (rc == ERR_OK)
		rc = demo_plan_all(demo, data, "subscriptions", run_subscribe);
	return rc;
}
