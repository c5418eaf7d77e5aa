/* SPDX-License-Identifier: Apache-2.0 */
/* The minisign keys of one's own organisation. */
#include <string.h>

#include "domain/signing_key.h"
#include "page/routes.h"
#include "page/signature_file.h"
#include "page/visit.h"
#include "web/percent.h"

/* First the key alone, then with "proves" and the signature that proves it. */
const struct field fields_key[] = {
	{ .name = "key",
	    .kind = FIELD_PROSE,
	    .required = true,
	    .max = MINISIG_KEY_FILE_MAX },
	{ .name = "proves", .kind = FIELD_FLAG },
	SIGNATURE_FILE_FIELDS,
	{ .name = NULL },
};

/* Of an address: the line of base64. */
const struct field fields_key_asked[] = {
	{ .name = "key", .kind = FIELD_LINE, .max = MINISIG_KEY_TEXT },
	{ .name = NULL },
};

static void
show(struct visit *v, struct node *node, const struct signing_key *k)
{
	node_set(node, "Number", k->number);
	node_set(node, "PublicKey", k->public_key);
	node_set(node, "StateWord", signing_key_states[k->state]);
	node_set(node, "State",
	    page_word(v, "Key.State", signing_key_states[k->state]));
	node_set(node, "ProposedBy", k->proposed_by);
	node_time(v->page, node, "Proposed", k->proposed_at);
	node_set(node, "ConfirmedBy", k->confirmed_by);
	node_time(v->page, node, "Confirmed", k->confirmed_at);
	node_set(node, "RevokedBy", k->revoked_by);
	node_time(v->page, node, "Revoked", k->revoked_at);
	node_flag(node, "MayConfirm", k->may_confirm);
	node_flag(node, "MayRevoke", k->state != SIGNING_KEY_REVOKED);
	node_flag(node, "IsWaiting", k->state == SIGNING_KEY_PROPOSED);
}

static enum err
find(struct visit *v, const struct signing_key **key)
{
	struct signing_key *all;
	size_t i, n;
	enum err rc;

	*key = NULL;
	if ((rc = signing_key_list(&v->ctx, &all, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++)
		if (strcmp(all[i].number, visit_param(v, 0)) == 0)
			*key = &all[i];
	return *key != NULL ? ERR_OK : ERR_NOT_FOUND;
}

/* ---- reading --------------------------------------------------------- */

enum err
page_key_list(struct visit *v)
{
	struct signing_key *keys;
	size_t i, n;
	enum err rc;

	if ((rc = signing_key_list(&v->ctx, &keys, &n)) != ERR_OK)
		return rc;
	for (i = 0; i < n; i++)
		show(v, node_row(v->root, "Keys"), &keys[i]);
	page_section(v, "organisations");
	return page_send(v, "key/list.cs");
}

static enum err
show_one(struct visit *v, const char *template_name)
{
	const struct signing_key *key;
	enum err rc;

	if ((rc = find(v, &key)) != ERR_OK)
		return rc;
	show(v, node_at(v->root, "Key"), key);
	page_section(v, "organisations");
	return page_send(v, template_name);
}

enum err
page_key_read(struct visit *v)
{
	return show_one(v, "key/read.cs");
}

/* ---- bringing one ---------------------------------------------------- */

/* Under the field, with the line; a secret key is never shown again. */
static enum err
refuse(struct visit *v, const char *field, const struct minisig_fault *fault)
{
	form_refuse(v->form, field,
	    arena_printf(
		v->req->arena, "Minisig.%s", minisig_reasons[fault->reason]));
	form_value(v->form, field)->limit = fault->line;
	if (fault->reason == MINISIG_SECRET)
		form_put(v->form, field, "");
	return ERR_INVALID;
}

static enum err
refuse_known(struct visit *v)
{
	form_refuse(v->form, "key", "KeyExists");
	return ERR_INVALID;
}

static const char *
file_name(struct visit *v, const char *number)
{
	return arena_printf(v->req->arena, "entente-key-%s.txt", number);
}

static void
show_offer(struct visit *v, const struct signing_key_offer *offer)
{
	struct node *node = node_at(v->root, "Offer");

	node_set(node, "Number", offer->number);
	node_set(node, "PublicKey", offer->public_key);
	node_set(node, "Text", offer->text);
	node_set(node, "File", file_name(v, offer->number));
}

/* Of a key that may be proposed, what has to be signed; else the first form. */
enum err
page_key_new(struct visit *v)
{
	const char *key = form_text(v->form, "key");
	struct signing_key_offer offer = { .number = NULL };
	struct minisig_fault fault;
	enum err rc;

	if (key[0] != '\0') {
		rc = signing_key_offer(
		    &v->ctx, key, strlen(key), &offer, &fault);
		if (rc != ERR_OK && rc != ERR_INVALID && rc != ERR_EXISTS)
			return rc;
	}
	page_form_start(v, fields_key);
	page_form(v);
	signature_file_show(v);
	if (offer.number != NULL)
		show_offer(v, &offer);
	page_section(v, "organisations");
	return page_send(v, "key/new.cs");
}

/* Exactly these bytes are signed. */
enum err
page_key_text(struct visit *v)
{
	const char *number = visit_param(v, 0);
	char *text;
	enum err rc;

	if ((rc = signing_key_text(&v->ctx, number, &text)) != ERR_OK)
		return rc;
	return page_send_bytes(v, text, strlen(text),
	    "text/plain; charset=utf-8", file_name(v, number));
}

static enum err
ask_for_proof(struct visit *v, const char *key)
{
	struct signing_key_offer offer;
	struct minisig_fault fault;
	enum err rc;

	rc = signing_key_offer(&v->ctx, key, strlen(key), &offer, &fault);
	if (rc == ERR_INVALID)
		return refuse(v, "key", &fault);
	if (rc == ERR_EXISTS)
		return refuse_known(v);
	if (rc != ERR_OK)
		return rc;
	return go_to(v, NULL, "/keys/new?key=%s",
	    percent_encode(v->req->arena, offer.public_key));
}

enum err
page_key_propose(struct visit *v)
{
	struct signing_key_proof proof = { .key = form_text(v->form, "key") };
	struct minisig_fault fault;
	bool is_proof;
	char *number;
	enum err rc;

	if (!form_flag(v->form, "proves"))
		return ask_for_proof(v, proof.key);
	proof.key_len = strlen(proof.key);
	rc = signature_file_take(v, &proof.minisig, &proof.minisig_len);
	if (rc != ERR_OK)
		return rc;
	rc = signing_key_propose(&v->ctx, &proof, &number, &is_proof, &fault);
	if (rc == ERR_INVALID)
		return refuse(
		    v, is_proof ? signature_file_field(v) : "key", &fault);
	if (rc == ERR_EXISTS)
		return refuse_known(v);
	if (rc != ERR_OK)
		return rc;
	return go_to(v, "key-proposed", "/keys/%s", number);
}

/* ---- confirming, revoking -------------------------------------------- */

enum err
page_key_confirm(struct visit *v)
{
	const char *number = visit_param(v, 0);
	enum err rc = signing_key_confirm(&v->ctx, number);

	if (rc != ERR_OK)
		return rc;
	return go_to(v, "key-confirmed", "/keys/%s", number);
}

enum err
page_key_revoke_ask(struct visit *v)
{
	const struct signing_key *key;
	enum err rc;

	if ((rc = find(v, &key)) != ERR_OK)
		return rc;
	if (key->state == SIGNING_KEY_REVOKED)
		return go_to(v, NULL, "/keys/%s", key->number);
	return show_one(v, "key/revoke.cs");
}

enum err
page_key_revoke(struct visit *v)
{
	const char *number = visit_param(v, 0);
	enum err rc = signing_key_revoke(&v->ctx, number);

	if (rc != ERR_OK)
		return rc;
	return go_to(v, "key-revoked", "/keys/%s", number);
}
