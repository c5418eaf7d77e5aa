/* SPDX-License-Identifier: Apache-2.0 */
/* The minisign keys of one's own organisation. */
#include <string.h>

#include "domain/signing_key.h"
#include "page/routes.h"
#include "page/visit.h"

const struct field fields_key[] = {
	{ .name = "key",
	    .kind = FIELD_PROSE,
	    .required = true,
	    .max = MINISIG_KEY_FILE_MAX },
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

enum err
page_key_new(struct visit *v)
{
	page_form_start(v, fields_key);
	page_form(v);
	page_section(v, "organisations");
	return page_send(v, "key/new.cs");
}

/* Under the field, with the line; a secret key is never shown again. */
static void
refuse(struct visit *v, const struct minisig_fault *fault)
{
	form_refuse(v->form, "key",
	    arena_printf(
		v->req->arena, "Minisig.%s", minisig_reasons[fault->reason]));
	form_value(v->form, "key")->limit = fault->line;
	if (fault->reason == MINISIG_SECRET)
		form_put(v->form, "key", "");
}

enum err
page_key_propose(struct visit *v)
{
	const char *text = form_text(v->form, "key");
	struct minisig_fault fault;
	char *number;
	enum err rc;

	rc = signing_key_propose(&v->ctx, text, strlen(text), &number, &fault);
	if (rc == ERR_INVALID)
		refuse(v, &fault);
	if (rc == ERR_EXISTS) {
		form_refuse(v->form, "key", "KeyExists");
		rc = ERR_INVALID;
	}
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
