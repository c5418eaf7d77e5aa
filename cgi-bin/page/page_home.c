/* SPDX-License-Identifier: Apache-2.0 */
/* The front page for everybody, and the choice of a language. */
#include <string.h>

#include "domain/person.h"
#include "page/advisory_view.h"
#include "page/document_view.h"
#include "page/page_signin.h"
#include "page/routes.h"

enum { HOME_ROWS = 5 };

enum err
page_home(struct visit *v)
{
	const struct advisory_filter filter = { .label = TLP_CLEAR,
		.limit = HOME_ROWS };
	const struct document_filter shelf = {
		.label = TLP_CLEAR, .kind = -1, .limit = HOME_ROWS
	};
	struct advisory_list list;
	struct document_list documents;
	enum err rc;

	if (v->ctx.actor.person != 0)
		return go_to(v, NULL, "/today");
	if ((rc = advisory_list(&v->ctx, &filter, &list)) != ERR_OK ||
	    (rc = view_rows(v, "Advisories", &list)) != ERR_OK ||
	    (rc = document_list(&v->ctx, &shelf, &documents)) != ERR_OK ||
	    (rc = document_view_rows(v, "Documents", &documents)) != ERR_OK)
		return rc;
	return page_send(v, "home.cs");
}

const struct field fields_language[] = {
	{ .name = "language",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = lang_codes },
	{ .name = "to", .kind = FIELD_LINE, .max = REQ_PATH_MAX },
	{ .name = NULL },
};

const struct field fields_none[] = { { .name = NULL } };

enum err
page_language_set(struct visit *v)
{
	const char *language = form_text(v->form, "language");
	enum err rc;

	rc = resp_cookie(v->resp, v->req->arena, LANGUAGE_COOKIE, language,
	    365L * 24 * 3600);
	if (rc == ERR_OK && v->ctx.actor.person != 0)
		rc = person_set_language(&v->ctx, language);
	if (rc != ERR_OK)
		return rc;
	return go_to(v, NULL, "%s", page_signin_to(v, "/"));
}
