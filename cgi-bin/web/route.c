/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "web/route.h"

static size_t
param_length(const char *path)
{
	return strspn(path,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "-_.");
}

/*
 * Compares segment by segment.  The score has a bit for each segment, 1 where
 * it was literal, the first one highest: of two patterns of the same length
 * the greater score is the one that is literal earlier.  0 is no match.
 */
static unsigned
match(const char *pattern, const char *path)
{
	unsigned score = 1;

	while (*pattern == '/' && *path == '/') {
		size_t want = strcspn(++pattern, "/");
		size_t have = strcspn(++path, "/");

		if (*pattern == '{') {
			if (have == 0 || have > ROUTE_PARAM_MAX ||
			    param_length(path) < have)
				return 0;
			score <<= 1;
		} else {
			if (want != have || memcmp(pattern, path, want) != 0)
				return 0;
			score = score << 1 | 1;
		}
		pattern += want;
		path += have;
	}
	return *pattern == '\0' && *path == '\0' ? score : 0;
}

static void
take_params(struct arena *arena, const char *path, struct route_match *found)
{
	const char *pattern = found->route->pattern;
	int n = 0;

	while (*pattern == '/' && n < ROUTE_PARAMS) {
		size_t have = strcspn(++path, "/");

		if (*++pattern == '{')
			found->param[n++] = arena_copy_n(arena, path, have);
		pattern += strcspn(pattern, "/");
		path += have;
	}
}

enum err
route_find(struct arena *arena, const struct route *rows, enum method method,
    const char *path, struct route_match *found)
{
	unsigned best = 0, score;

	memset(found, 0, sizeof(*found));
	for (; rows->pattern != NULL; rows++) {
		if ((score = match(rows->pattern, path)) < best || score == 0)
			continue;
		if (score > best) {
			best = score;
			found->route = NULL;
		}
		if (rows->method == method && found->route == NULL)
			found->route = rows;
	}
	if (found->route == NULL)
		return best == 0 ? ERR_NOT_FOUND : ERR_METHOD;
	take_params(arena, path, found);
	return ERR_OK;
}
