/* SPDX-License-Identifier: Apache-2.0 */
#include "page/agreement_compare.h"

#include "page/agreement_view.h"
#include "page/compare_view.h"

/* ---- terms ------------------------------------------------------------- */

static const char *
word_of(struct visit *v, const char *block, const char *word)
{
	return page_word(v, block, word);
}

static const char *
say_none(struct visit *v, const char *key)
{
	return page_word(v, "Agreement.None", key);
}

static const char *
parties_text(struct visit *v, const struct agreement_version *version)
{
	const char *text = "";

	for (size_t i = 0; i < version->party_count; i++)
		text = arena_printf(v->req->arena, "%s%s%s", text,
		    i == 0 ? "" : ", ", version->parties[i].name);
	return text;
}

static const char *
circle_text(struct visit *v, const struct agreement_version *version)
{
	const struct agreement_terms *t = &version->terms;

	if (t->circle_name == NULL || t->circle_name[0] == '\0')
		return say_none(v, "circle");
	if (t->circle_ref == NULL)
		return t->circle_name;
	return arena_printf(
	    v->req->arena, "%s (%s)", t->circle_name, say_none(v, "extended"));
}

static const char *
sectors_text(struct visit *v, const struct agreement_version *version)
{
	const char *text = sector_titles(v, version->terms.sectors);

	return text != NULL ? text : say_none(v, "sectors");
}

static const char *
label_text(struct visit *v, const struct agreement_version *version)
{
	(void)v;
	return tlp_names[version->terms.max_label];
}

static const char *
sharing_text(struct visit *v, const struct agreement_version *version)
{
	return word_of(
	    v, "Agreement.Sharing", agreement_sharings[version->terms.sharing]);
}

static const char *
day_text(struct visit *v, int64_t at, const char *none)
{
	if (at == 0)
		return say_none(v, none);
	return lang_date(v->site->pages, v->lang, v->req->arena, at);
}

static const char *
from_text(struct visit *v, const struct agreement_version *version)
{
	return day_text(v, version->terms.from_at, "from");
}

/* Its last day. */
static const char *
until_text(struct visit *v, const struct agreement_version *version)
{
	const int64_t at = version->terms.until_at;

	return day_text(v, at == 0 ? 0 : at - 1, "until");
}

static const char *
notice_text(struct visit *v, const struct agreement_version *version)
{
	const struct say say[] = {
		{ "n", NULL, version->terms.notice_days },
		{ NULL, NULL, 0 },
	};

	return lang_say(v->site->pages, v->lang, v->req->arena,
	    "Agreement.NoticeDays", say);
}

static const char *
auditor_text(struct visit *v, const struct agreement_version *version)
{
	return version->terms.auditor_name != NULL ? version->terms.auditor_name
						   : say_none(v, "auditor");
}

static const char *
audit_families_text(struct visit *v, const struct agreement_version *version)
{
	return agreement_view_audit(v, version->terms.audit_families);
}

static const char *
audit_from_text(struct visit *v, const struct agreement_version *version)
{
	return day_text(v, version->terms.audit_from_at, "audit_from");
}

static const char *
order_text(struct visit *v, const struct agreement_version *version)
{
	return word_of(
	    v, "Agreement.Order", agreement_orders[version->terms.order]);
}

static const struct {
	unsigned bit;
	const char *name; /* of Form.Label */
	const char *(*text)(struct visit *, const struct agreement_version *);
} terms[] = {
	{ DIFFERS_PARTIES, "parties", parties_text },
	{ DIFFERS_CIRCLE, "circle", circle_text },
	{ DIFFERS_SECTORS, "sectors", sectors_text },
	{ DIFFERS_LABEL, "max_label", label_text },
	{ DIFFERS_SHARING, "sharing", sharing_text },
	{ DIFFERS_FROM, "from_at", from_text },
	{ DIFFERS_UNTIL, "until_at", until_text },
	{ DIFFERS_NOTICE, "notice_days", notice_text },
	{ DIFFERS_AUDITOR, "auditor", auditor_text },
	{ DIFFERS_AUDIT_FAMILIES, "audit_families", audit_families_text },
	{ DIFFERS_AUDIT_FROM, "audit_from_at", audit_from_text },
	{ DIFFERS_ORDER, "order", order_text },
};

static void
compare_terms(struct visit *v, struct node *node, unsigned differs,
    const struct agreement_version *left, const struct agreement_version *right)
{
	struct node *row;

	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
		if ((differs & terms[i].bit) == 0)
			continue;
		row = node_row(node, "Terms");
		node_set(
		    row, "Name", page_word(v, "Form.Label", terms[i].name));
		node_set(row, "Left", terms[i].text(v, left));
		node_set(row, "Right", terms[i].text(v, right));
	}
}

enum err
agreement_compare(struct visit *v, const struct agreement_version *left,
    const struct agreement_version *right)
{
	struct node *node = node_at(v->root, "Compare");
	const unsigned differs = agreement_differs(left, right);

	if (left->number != 0)
		node_int(node, "Left", left->number);
	if (right->number != 0)
		node_int(node, "Right", right->number);
	node_set(node, "LeftLang", left->language);
	node_set(node, "RightLang", right->language);
	node_flag(node, "IsSame", differs == 0);
	node_flag(node, "IsTextSame", (differs & DIFFERS_TEXT) == 0);
	if ((differs & DIFFERS_TITLE) != 0) {
		node_set(node, "TitleLeft", left->title);
		node_set(node, "TitleRight", right->title);
	}
	compare_terms(v, node, differs, left, right);
	if ((differs & DIFFERS_TEXT) == 0 || left->text == NULL ||
	    right->text == NULL)
		return ERR_OK;
	return view_compare(v, node, left->text, right->text);
}
