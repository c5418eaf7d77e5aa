/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The demonstration's agreements, from one of the texts that agreements start
 * from:
 *
 *	{ "agreements": [ { "author": email, "ago": days, "kind", "language",
 *	      "title", "circle", "sectors": [], "label", "sharing",
 *	      "until_in": days, "notice_days", "auditor": ref, "parties": [ref],
 *	      "comments": [ { "person", "ago", "text" } ],
 *	      "versions": [ { "person", "ago", "change", "label",
 *	          "notice_days" } ],
 *	      "signatures": [ { "person", "ago" } ],
 *	      "publishes": [ { "person", "ago", "to", "extent" } ] } ] }
 */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "domain/agreement_list.h"
#include "domain/agreement_sign.h"
#include "page/agreement_start.h"
#include "prog/ctl_demo.h"

static enum err
said_why(enum err rc, const struct agreement_fault *fault, json_t *subject)
{
	if (rc != ERR_OK)
		log_line(LOG_ERROR, "demo", "\"%s\": %s %s %s",
		    demo_text(subject, "title"), err_name(rc),
		    fault->field != NULL ? fault->field : "",
		    fault->error != NULL ? fault->error : "");
	return rc;
}

/* The title in the file is its own; the text is the portal's. */
static enum err
fill_text(struct demo *demo, json_t *from, struct agreement_input *in)
{
	struct agreement_start start;
	struct pages *pages;
	enum lang lang;
	enum err rc;

	if (!lang_from_code(demo_text(from, "language"), &lang))
		return ERR_INVALID;
	if ((rc = pages_new(demo->ctx->conf->template_dir, &pages)) != ERR_OK)
		return rc;
	rc = agreement_start(pages, demo->ctx->arena, lang, in->kind, &start);
	pages_free(pages);
	in->title = demo_text(from, "title");
	in->text = start.text;
	in->language = lang_code(lang);
	return rc;
}

static int64_t
end_of(struct demo *demo, json_t *from)
{
	const double days =
	    json_number_value(json_object_get(from, "until_in"));

	return days > 0
	    ? clock_day(demo->present_at + (int64_t)(days * (double)CLOCK_DAY))
	    : 0;
}

static int
word_of(const char *const *words, json_t *from, const char *name)
{
	int i = text_index(words, demo_text(from, name));

	return i < 0 ? 0 : i;
}

static void
fill_terms(struct demo *demo, json_t *from, struct agreement_input *in)
{
	in->circle_name = demo_text(from, "circle");
	in->sectors = demo_sectors(from);
	in->max_label = TLP_AMBER;
	(void)tlp_from_text(demo_text(from, "label"), &in->max_label);
	in->sharing = (enum agreement_sharing)word_of(
	    agreement_sharings, from, "sharing");
	in->until_at = end_of(demo, from);
	in->notice_days =
	    (int)json_integer_value(json_object_get(from, "notice_days"));
	in->auditor = demo_text(from, "auditor");
	in->parties = demo_texts(demo, from, "parties");
}

static enum err
propose(struct demo *demo, json_t *subject, struct agreement_fault *fault)
{
	const char *ref = demo_text(subject, "ref");
	struct agreement_version *draft;
	struct agreement *a;
	enum err rc;

	if ((rc = agreement_load(demo->ctx, ref, &a)) != ERR_OK ||
	    (rc = agreement_load_draft(demo->ctx, ref, &draft)) != ERR_OK)
		return rc;
	return agreement_propose(
	    demo->ctx, ref, draft->edit, a->version, fault);
}

static enum err
run_propose(struct demo *demo, struct act *act)
{
	struct agreement_fault fault = { .field = NULL };
	struct agreement_input in = { .kind = AGREEMENT_OTHER };
	char *ref;
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "author"))) != ERR_OK)
		return rc;
	in.kind =
	    (enum agreement_kind)word_of(agreement_kinds, act->what, "kind");
	fill_terms(demo, act->what, &in);
	if ((rc = fill_text(demo, act->what, &in)) == ERR_OK)
		rc = agreement_create(demo->ctx, &in, &ref, &fault);
	if (rc == ERR_OK) {
		json_object_set_new(act->subject, "ref", json_string(ref));
		rc = propose(demo, act->subject, &fault);
	}
	return said_why(rc, &fault, act->subject);
}

static enum err
save_version(struct demo *demo, json_t *from,
    const struct agreement_version *draft, const char *ref,
    struct agreement_fault *fault)
{
	struct agreement_input in = { .kind = AGREEMENT_OTHER };

	fill_terms(demo, from, &in);
	in.title = draft->title;
	in.text = draft->text;
	in.language = draft->language;
	in.change = demo_text(from, "change");
	return agreement_save(demo->ctx, ref, draft->edit, &in, fault);
}

/* The next version: what it names is new, the rest as before. */
static enum err
run_version(struct demo *demo, struct act *act)
{
	const char *ref = demo_text(act->subject, "ref");
	struct agreement_fault fault = { .field = NULL };
	struct agreement_version *draft;
	json_t *from;
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "person"))) !=
		ERR_OK ||
	    (rc = agreement_revise(demo->ctx, ref)) != ERR_OK ||
	    (rc = agreement_load_draft(demo->ctx, ref, &draft)) != ERR_OK)
		return rc;
	from = json_copy(act->what);
	json_object_update_missing(from, act->subject);
	rc = save_version(demo, from, draft, ref, &fault);
	json_decref(from);
	if (rc == ERR_OK)
		rc = propose(demo, act->subject, &fault);
	return said_why(rc, &fault, act->subject);
}

static enum err
run_comment(struct demo *demo, struct act *act)
{
	const char *ref = demo_text(act->subject, "ref");
	struct agreement *a;
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "person"))) !=
		ERR_OK ||
	    (rc = agreement_load(demo->ctx, ref, &a)) != ERR_OK)
		return rc;
	return agreement_comment(
	    demo->ctx, ref, a->version, demo_text(act->what, "text"));
}

static enum err
run_sign(struct demo *demo, struct act *act)
{
	const char *ref = demo_text(act->subject, "ref");
	struct agreement_refusal refusal;
	struct agreement *a;
	bool is_last;
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "person"))) !=
		ERR_OK ||
	    (rc = agreement_load(demo->ctx, ref, &a)) != ERR_OK)
		return rc;
	const struct agreement_signing signing = { .version = a->version,
		.digest = a->current->digest };
	return agreement_sign(demo->ctx, ref, &signing, &is_last, &refusal);
}

/* The first asks, the others agree. */
static enum err
run_publish(struct demo *demo, struct act *act)
{
	const char *ref = demo_text(act->subject, "ref");
	enum agreement_publication to = (enum agreement_publication)word_of(
	    agreement_publications, act->what, "to");
	enum agreement_extent extent = (enum agreement_extent)word_of(
	    agreement_extents, act->what, "extent");
	struct agreement *a;
	bool is_published;
	enum err rc;

	if ((rc = demo_act_as(demo, demo_text(act->what, "person"))) !=
		ERR_OK ||
	    (rc = agreement_load(demo->ctx, ref, &a)) != ERR_OK)
		return rc;
	if (a->asked == PUBLICATION_NONE)
		return agreement_ask_publication(
		    demo->ctx, ref, to, extent, &is_published);
	return agreement_agree_publication(
	    demo->ctx, ref, to, extent, &is_published);
}

enum err
demo_agreements_plan(struct demo *demo, json_t *data)
{
	json_t *list = json_object_get(data, "agreements"), *a;
	enum err rc = ERR_OK;

	for (size_t i = 0; i < json_array_size(list) && rc == ERR_OK; i++) {
		a = json_array_get(list, i);
		if ((rc = demo_plan(demo, a, a, run_propose)) != ERR_OK ||
		    (rc = demo_plan_all(demo, a, "comments", run_comment)) !=
			ERR_OK ||
		    (rc = demo_plan_all(demo, a, "versions", run_version)) !=
			ERR_OK ||
		    (rc = demo_plan_all(demo, a, "signatures", run_sign)) !=
			ERR_OK)
			break;
		rc = demo_plan_all(demo, a, "publishes", run_publish);
	}
	return rc;
}
