/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Query strings and paths: the first line is REQUEST_URI, the second is the
 * query that form.c gets.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/form.h"
#include "web/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char *const words[] = { "red", "amber", "green", NULL };

static const struct field fields[] = {
	{ .name = "q", .kind = FIELD_LINE, .max = 20 },
	{ .name = "state", .kind = FIELD_SET, .choices = words },
	{ .name = "after", .kind = FIELD_INT, .max = 1000000 },
	{ .name = NULL },
};

static const struct route routes[] = {
	{ METHOD_GET, "/", 0, NULL, NULL, NULL },
	{ METHOD_GET, "/advisories/{ref}", 0, NULL, NULL, NULL },
	{ METHOD_GET, "/advisories/{ref}/{x}", 0, NULL, NULL, NULL },
	{ METHOD_GET, "/advisories/new", 0, NULL, NULL, NULL },
	{ METHOD_GET, NULL, 0, NULL, NULL, NULL },
};

static void
check_path(struct arena *arena, const struct req *req)
{
	struct route_match match;

	if (req->path[0] != '/' || strstr(req->path, "//") != NULL ||
	    !text_ok(req->path, strlen(req->path), TEXT_LINE))
		abort();
	route_find(arena, routes, METHOD_GET, req->path, &match);
	for (int i = 0; i < ROUTE_PARAMS; i++)
		if (match.param[i] != NULL &&
		    strlen(match.param[i]) > ROUTE_PARAM_MAX)
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *arena = arena_new(64 * 1024 * 1024);
	char *text = arena_copy_n(arena, data, len);
	char *second = strchr(text, '\n');
	const struct body no_body = { 0 };
	char *env[4] = { 0 };
	struct req req;
	struct form *form;
	enum err rc;

	if (second != NULL)
		*second++ = '\0';
	env[0] = arena_printf(arena, "REQUEST_URI=%s", text);
	env[1] = arena_printf(arena, "QUERY_STRING=%s", second ? second : "");
	env[2] = arena_printf(arena, "HTTP_HOST=%s", second ? "a" : text);
	req_parse(arena, env, &no_body, &req);
	check_path(arena, &req);
	rc = form_from_query(&req, fields, &form);
	if (form == NULL ||
	    (rc == ERR_OK) != (rc == ERR_OK && form_is_right(form)))
		abort();
	if (rc == ERR_OK && text_length(form_text(form, "q")) > 20)
		abort();
	arena_free(arena);
	return 0;
}
