/* SPDX-License-Identifier: Apache-2.0 */
#include "page/failure.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "web/percent.h"

/* THE table. */
static const struct {
	int status;
	int retry_after_s;
} failures[ERR__MAX] = {
	[ERR_OK] = { 200, 0 },
	[ERR_NOT_FOUND] = { 404, 0 },
	[ERR_SIGN_IN] = { 403, 0 }, /* a GET is led to sign-in instead */
	[ERR_REAUTH] = { 403, 0 },
	[ERR_FORBIDDEN] = { 403, 0 },
	[ERR_CHARTER] = { 403, 0 },
	[ERR_TOKEN] = { 403, 0 },
	[ERR_MALFORMED] = { 400, 0 },
	[ERR_METHOD] = { 405, 0 },
	[ERR_TOO_LARGE] = { 413, 0 },
	[ERR_MEDIA] = { 415, 0 },
	[ERR_TOO_MANY] = { 429, 60 },
	[ERR_INVALID] = { 400, 0 },
	[ERR_STALE] = { 409, 0 },
	[ERR_STATE] = { 409, 0 },
	[ERR_AUDIENCE] = { 409, 0 },
	[ERR_REPEATED] = { 409, 0 },
	[ERR_EXISTS] = { 409, 0 },
	[ERR_BUSY] = { 503, 5 },
	[ERR_QUOTA] = { 409, 0 },
	[ERR_FULL] = { 503, 60 },
	[ERR_MEMORY] = { 503, 5 },
	[ERR_CORRUPT] = { 500, 0 },
	[ERR_INTERNAL] = { 500, 0 },
};

int
failure_status(enum err rc)
{
	if ((unsigned)rc >= ERR__MAX)
		return 500;
	return failures[rc].status;
}

/* Where a GET came from, query included; of a POST, where its form is. */
static const char *
way_back(struct visit *v)
{
	if (v->req->method == METHOD_GET && v->req->query[0] != '\0')
		return percent_encode(v->req->arena,
		    arena_printf(
			v->req->arena, "%s?%s", v->req->path, v->req->query));
	return percent_encode(v->req->arena, visit_back(v));
}

/* What somebody wrote: passwords and codes (FIELD_EXACT) are not shown. */
static bool
is_typed(const struct value *value)
{
	return value->is_given && value->text != NULL &&
	    value->text[0] != '\0' &&
	    (value->field->kind == FIELD_PROSE ||
		value->field->kind == FIELD_LINE ||
		value->field->kind == FIELD_EMAIL);
}

static bool
has_typed(const struct visit *v)
{
	size_t i;

	for (i = 0; i < v->form->count; i++)
		if (is_typed(&v->form->values[i]))
			return true;
	return false;
}

/* A POST that could not be done shows what was typed: nothing is lost. */
static void
show_typed(struct visit *v)
{
	struct node *row;
	size_t i;

	for (i = 0; i < v->form->count; i++) {
		const struct value *value = &v->form->values[i];

		if (!is_typed(value))
			continue;
		row = node_row(node_at(v->root, "Failure"), "Typed");
		node_set(row, "Name", value->field->name);
		node_set(row, "Value", value->text);
	}
}

static const char *
failure_text(struct visit *v, enum err rc, const char *part)
{
	return lang_text(v->site->pages, v->lang,
	    arena_printf(v->req->arena, "Failure.%s.%s", err_name(rc), part));
}

/* What somebody can do first, to be let through. */
static const char *const ways[ERR__MAX] = {
	[ERR_SIGN_IN] = "/sign-in?to=",
	[ERR_REAUTH] = "/account/prove?to=",
};

/*
 * Is the visitor led there at once?  Not from a POST without a session, nor
 * when that would lose what was typed: the page then shows it, and the way.
 */
static bool
is_led(const struct visit *v, enum err rc)
{
	if (ways[rc] == NULL)
		return false;
	if (v->req->method == METHOD_GET)
		return true;
	return rc == ERR_REAUTH && !has_typed(v);
}

static enum err
failure_page(struct visit *v, enum err rc)
{
	struct node *node;

	visit_page(v, v->lang);
	node = node_at(v->root, "Failure");
	node_int(node, "Status", failure_status(rc));
	node_set(node, "Title", failure_text(v, rc, "Title"));
	node_set(node, "Text", failure_text(v, rc, "Text"));
	node_set(node, "Hint", failure_text(v, rc, "Hint"));
	if (ways[rc] != NULL) {
		node_set(node, "WayHref",
		    arena_printf(v->req->arena, "%s%s", ways[rc], way_back(v)));
		node_set(node, "WayText", failure_text(v, rc, "Way"));
	}
	if (v->req->method == METHOD_POST)
		show_typed(v);
	return page_send(v, "error/failure.cs");
}

static void
failure_plain(struct visit *v, int status)
{
	char text[80];

	snprintf(
	    text, sizeof(text), "%d. This cannot be answered now.\n", status);
	v->resp->type = "text/plain; charset=utf-8";
	buf_reset(&v->resp->body);
	buf_adds(&v->resp->body, text);
}

void
failure_send(struct visit *v, enum err rc)
{
	if ((unsigned)rc >= ERR__MAX)
		rc = ERR_INTERNAL;
	/* Whoever pressed a button finds it again, and is told to. */
	if (is_led(v, rc) &&
	    go_to(v, NULL, "%s%s%s", ways[rc], way_back(v),
		v->req->method == METHOD_POST ? "%3Fdone%3Dproved" : "") ==
		ERR_OK)
		return;
	v->resp->retry_after_s = v->resp->retry_after_s > 0
	    ? v->resp->retry_after_s
	    : failures[rc].retry_after_s;
	v->resp->accel = v->resp->disposition = v->resp->location = NULL;
	if (failure_page(v, rc) != ERR_OK)
		failure_plain(v, failure_status(rc));
	v->resp->status = failure_status(rc);
	v->resp->is_public = false;
}
