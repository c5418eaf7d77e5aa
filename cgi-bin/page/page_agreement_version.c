/* SPDX-License-Identifier: Apache-2.0 */
/* Versions: one, two beside each other, and the bytes that are signed. */
#include "base/text.h"
#include "page/agreement_compare.h"
#include "page/agreement_view.h"
#include "page/routes.h"

const struct field fields_agreement_compare[] = {
	{ .name = "from",
	    .kind = FIELD_INT,
	    .min = 1,
	    .max = AGREEMENT_VERSIONS_MAX },
	{ .name = "to",
	    .kind = FIELD_INT,
	    .min = 1,
	    .max = AGREEMENT_VERSIONS_MAX },
	{ .name = NULL },
};

const struct field fields_agreement_signature[] = {
	{ .name = "version",
	    .kind = FIELD_INT,
	    .min = 1,
	    .max = AGREEMENT_VERSIONS_MAX },
	{ .name = NULL },
};

static void
show_head(struct visit *v, const struct agreement *a)
{
	struct node *node = node_at(v->root, "Agreement");

	node_set(node, "Ref", a->ref);
	node_set(node, "Title",
	    agreement_view_title(
		v, a->kind, a->current != NULL ? a->current->title : NULL));
	if (a->current != NULL)
		node_set(node, "Lang", a->current->language);
	node_int(node, "Version", a->version);
	node_flag(node, "IsParty", a->is_party);
	page_section(v, "agreements");
}

/* Numbers to choose two of; parties alone see more than one. */
static enum err
show_numbers(struct visit *v, const struct agreement *a)
{
	struct agreement_version_row *rows;
	size_t i, n;
	enum err rc;

	if (!a->is_party || a->is_on_paper)
		return ERR_OK;
	rc = agreement_versions(&v->ctx, a->ref, &rows, &n);
	for (i = n; rc == ERR_OK && i-- > 0;)
		node_int(
		    node_row(v->root, "Numbers"), "Number", rows[i].number);
	return rc;
}

static bool
number_of(struct visit *v, int64_t *number)
{
	return text_to_int(
	    visit_param(v, 1), 1, AGREEMENT_VERSIONS_MAX, number);
}

/* Signatures of this version, kept also where they are void. */
static enum err
show_signatures(struct visit *v, const struct agreement *a, int number)
{
	struct agreement_signature *all;
	struct node *row;
	size_t i, n;
	enum err rc;

	rc = agreement_signatures(&v->ctx, a->ref, &all, &n);
	for (i = 0; rc == ERR_OK && i < n; i++) {
		if (all[i].version != number)
			continue;
		row = node_row(v->root, "Signatures");
		node_set(row, "Organisation", all[i].organisation_name);
		node_set(row, "Person", all[i].person_name);
		node_set(row, "WayWord",
		    page_word(
			v, "Agreement.WayWord", agreement_ways[all[i].way]));
		node_set(row, "KeyNumber", all[i].key_number);
		node_time(v->page, row, "Signed", all[i].signed_at);
		node_flag(row, "IsVoid", all[i].is_void);
		node_set(row, "File", agreement_view_file(v, a, &all[i]));
	}
	return rc;
}

enum err
page_agreement_version(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	struct agreement *a;
	struct agreement_version *version;
	int64_t number;
	enum err rc;

	if (!number_of(v, &number))
		return ERR_NOT_FOUND;
	if ((rc = agreement_load(&v->ctx, ref, &a)) != ERR_OK ||
	    (rc = agreement_load_version(
		 &v->ctx, ref, (int)number, &version)) != ERR_OK)
		return rc;
	show_head(v, a);
	if (number > 1 && a->is_party)
		node_int(v->root, "Before", number - 1);
	rc = agreement_view_version(v, node_at(v->root, "Version"), version);
	if (rc == ERR_OK)
		rc = show_signatures(v, a, (int)number);
	return rc == ERR_OK ? page_send(v, "agreement/version.cs") : rc;
}

enum err
page_agreement_compare(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	int from = (int)form_int(v->form, "from");
	int to = (int)form_int(v->form, "to");
	struct agreement *a;
	struct agreement_version *left, *right;
	enum err rc;

	if ((rc = agreement_load(&v->ctx, ref, &a)) != ERR_OK)
		return rc;
	/* Others see one version: there is nothing to compare it with. */
	if (!a->is_party)
		return ERR_NOT_FOUND;
	/* Unasked: what the version that counts has changed. */
	to = to != 0 ? to : a->version;
	from = from != 0 ? from : (to > 1 ? to - 1 : to);
	if ((rc = agreement_load_version(&v->ctx, ref, from, &left)) !=
		ERR_OK ||
	    (rc = agreement_load_version(&v->ctx, ref, to, &right)) != ERR_OK)
		return rc;
	show_head(v, a);
	if ((rc = show_numbers(v, a)) != ERR_OK ||
	    (rc = agreement_compare(v, left, right)) != ERR_OK)
		return rc;
	return page_send(v, "agreement/compare.cs");
}

/* ---- files --------------------------------------------------------------- */

/* What is checked offline is what was signed. */
enum err
page_agreement_canonical(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	int64_t number;
	char *bytes;
	size_t len;
	enum err rc;

	if (!number_of(v, &number))
		return ERR_NOT_FOUND;
	rc = agreement_canonical(&v->ctx, ref, (int)number, &bytes, &len);
	if (rc != ERR_OK)
		return rc;
	return page_send_bytes(v, bytes, len, "application/json",
	    arena_printf(v->req->arena, "%s-v%d.json", ref, (int)number));
}

enum err
page_agreement_signature(struct visit *v)
{
	const char *ref = visit_param(v, 0), *who = visit_param(v, 1);
	int number = (int)form_int(v->form, "version");
	struct agreement_file file;
	struct agreement *a;
	enum err rc;

	if ((rc = agreement_load(&v->ctx, ref, &a)) != ERR_OK)
		return rc;
	if (number == 0)
		number = a->version;
	rc = agreement_signature_file(&v->ctx, ref, number, who, &file);
	if (rc != ERR_OK)
		return rc;
	if (file.way == WAY_MINISIGN)
		return page_send_bytes(v, file.bytes, file.len,
		    "application/octet-stream",
		    arena_printf(v->req->arena, "%s-v%d.json.%s.minisig", ref,
			number, who));
	return page_send_bytes(v, file.bytes, file.len, "application/json",
	    arena_printf(
		v->req->arena, "%s-v%d.%s.record.json", ref, number, who));
}
