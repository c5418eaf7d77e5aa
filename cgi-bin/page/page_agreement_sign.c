/* SPDX-License-Identifier: Apache-2.0 */
/* Signing for the own organisation: in the portal, or with its minisign key. */
#include <string.h>

#include "domain/signing_key.h"
#include "page/agreement_view.h"
#include "page/routes.h"
#include "page/signature_file.h"

enum { BY_CLICK, BY_FILE };
static const char *const ways[] = { "portal", "minisign", NULL };

const struct field fields_agreement_sign[] = {
	{ .name = "version",
	    .kind = FIELD_INT,
	    .required = true,
	    .min = 1,
	    .max = AGREEMENT_VERSIONS_MAX },
	{ .name = "digest",
	    .kind = FIELD_LINE,
	    .required = true,
	    .min = AGREEMENT_DIGEST - 1,
	    .max = AGREEMENT_DIGEST - 1 },
	{ .name = "way",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = ways },
	{ .name = "agree", .kind = FIELD_FLAG },
	SIGNATURE_FILE_FIELDS,
	{ .name = NULL },
};

/* ---- the page ----------------------------------------------------------- */

static const struct agreement_party *
own_party(const struct agreement *a)
{
	for (size_t i = 0; i < a->party_count; i++)
		if (a->parties[i].is_own)
			return &a->parties[i];
	return NULL;
}

/* Those in use, with which a file may have been signed. */
static enum err
show_keys(struct visit *v)
{
	struct signing_key *keys;
	struct node *row;
	size_t i, n;
	enum err rc;

	rc = signing_key_list(&v->ctx, &keys, &n);
	for (i = 0; rc == ERR_OK && i < n; i++) {
		if (keys[i].state != SIGNING_KEY_ACTIVE)
			continue;
		row = node_row(v->root, "Keys");
		node_set(row, "Number", keys[i].number);
		node_set(row, "PublicKey", keys[i].public_key);
	}
	return rc;
}

/* Why the signature was not taken; of a file, beside the field it came by. */
static void
show_refusal(struct visit *v, const struct agreement_refusal *refusal)
{
	const bool is_file = refusal->minisig.reason != MINISIG_OK;
	const char *field = signature_file_field(v);
	const struct say say[] = {
		{ "n", NULL, refusal->minisig.line },
		{ "who", refusal->who != NULL ? refusal->who : "", 0 },
		{ NULL, NULL, 0 },
	};
	const char *text = lang_say(v->site->pages, v->lang, v->req->arena,
	    is_file ? arena_printf(v->req->arena, "Form.Error.Minisig.%s",
			  minisig_reasons[refusal->minisig.reason])
		    : arena_printf(v->req->arena, "Agreement.Refusal.%s",
			  refusal->error),
	    say);

	if (is_file || strcmp(refusal->error, "NoKey") == 0)
		page_error(v, field, text);
	else
		node_set(
		    node_row(node_at(v->root, "Form"), "Errors"), "Text", text);
}

/* Why there is nothing to sign: told on the agreement's page; or NULL. */
static const char *
nothing_to_sign(const struct agreement *a)
{
	const struct agreement_party *own = own_party(a);

	if (own == NULL)
		return "not-yours";
	if (own->signed_at != 0)
		return "signed-already";
	if (!agreement_may(a, AGREEMENT_SIGN))
		return "signed-no-more";
	return own->may_sign ? NULL : "not-your-turn";
}

/* What was sent is about another version than the one that counts. */
static void
show_stale(struct visit *v, const struct agreement *a)
{
	const int64_t read = form_int(v->form, "version");

	if (read == a->version &&
	    strcmp(form_text(v->form, "digest"), a->current->digest) == 0)
		return;
	node_flag(v->root, "IsStale", true);
	if (read > 0 && read < a->version)
		node_int(v->root, "StaleVersion", read);
	/* Whoever ticked that had read the other one. */
	node_flag(node_at(v->root, "Form.agree"), "Value", false);
}

static void
show_form(struct visit *v, const struct agreement *a)
{
	const bool is_sent = !page_form_start(v, fields_agreement_sign);

	page_form(v);
	if (is_sent)
		show_stale(v, a);
	signature_file_show(v);
	if (v->again_data != NULL)
		show_refusal(v, v->again_data);
}

/* The last one who signs puts it into force: it is said before. */
static void
show_last(struct visit *v, const struct agreement *a)
{
	size_t missing = 0;

	for (size_t i = 0; i < a->party_count; i++)
		missing += a->parties[i].signed_at == 0;
	node_flag(v->root, "IsLast", missing == 1);
}

enum err
page_agreement_sign_ask(struct visit *v)
{
	struct agreement *a;
	const char *why;
	enum err rc;

	if ((rc = agreement_load(&v->ctx, visit_param(v, 0), &a)) != ERR_OK)
		return rc;
	if (!a->is_party)
		return ERR_NOT_FOUND;
	if ((why = nothing_to_sign(a)) != NULL)
		return go_to(v, why, "/agreements/%s", a->ref);
	if ((rc = agreement_allows(a, AGREEMENT_SIGN)) != ERR_OK ||
	    (rc = agreement_view(v, a)) != ERR_OK ||
	    (rc = show_keys(v)) != ERR_OK)
		return rc;
	show_last(v, a);
	show_form(v, a);
	page_section(v, "agreements");
	return page_send(v, "agreement/sign.cs");
}

/* ---- the act ------------------------------------------------------------ */

/* To the agreement, which says what came between. */
static enum err
go_back(struct visit *v, const char *ref)
{
	struct agreement *a;
	const char *why;
	enum err rc;

	if ((rc = agreement_load(&v->ctx, ref, &a)) != ERR_OK)
		return rc;
	if (!a->is_party || (why = nothing_to_sign(a)) == NULL)
		return ERR_STATE;
	return go_to(v, why, "/agreements/%s", ref);
}

enum err
page_agreement_sign(struct visit *v)
{
	const char *ref = visit_param(v, 0);
	struct agreement_signing s = {
		.version = (int)form_int(v->form, "version"),
		.digest = form_text(v->form, "digest"),
	};
	struct agreement_refusal *refusal;
	bool is_last;
	enum err rc = ERR_OK;

	if (form_int(v->form, "way") == BY_FILE) {
		rc = signature_file_take(v, &s.minisig, &s.minisig_len);
	} else if (!form_flag(v->form, "agree")) {
		form_refuse(v->form, "agree", "Agree");
		rc = ERR_INVALID;
	}
	if (rc != ERR_OK)
		return rc;
	refusal = arena_alloc(v->req->arena, sizeof(*refusal));
	rc = agreement_sign(&v->ctx, ref, &s, &is_last, refusal);
	if (rc == ERR_INVALID)
		v->again_data = refusal;
	if (rc == ERR_STATE)
		return go_back(v, ref);
	if (rc != ERR_OK)
		return rc;
	return go_to(
	    v, is_last ? "signed-last" : "signed", "/agreements/%s", ref);
}
