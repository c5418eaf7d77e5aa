/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/search.h"

#include <string.h>

#include "base/text.h"

enum {
	PREFIX_CHARS = 3, /* shorter ones stand for too many words */
	EXCERPT_WORDS = 30
};

enum err
search_start(struct ctx *ctx, const char *query, struct search *s)
{
	enum err rc;

	memset(s, 0, sizeof(*s));
	if (query == NULL || !text_ok(query, strlen(query), TEXT_PROSE) ||
	    (s->words = hit_words_new(ctx->arena, query)) == NULL)
		return ERR_INVALID;
	if ((rc = access_reach(ctx, &s->reach)) != ERR_OK)
		return rc;
	return access_words(ctx->arena, &s->reach, &s->reach_words);
}

bool
search_may_widen(const struct search *s)
{
	return hit_words_last(s->words) >= PREFIX_CHARS;
}

char *
search_match(struct arena *arena, const struct search *s, const char *columns)
{
	return arena_printf(arena, "(%s : (%s))", columns,
	    hit_words_match(arena, s->words, s->is_prefix));
}

char *
search_within(struct arena *arena, const struct search *s, const char *match)
{
	return arena_printf(
	    arena, "%s AND (reach : (%s))", match, s->reach_words);
}

char *
search_mark(struct arena *arena, const struct search *s, const char *text)
{
	return hit_mark(arena, s->words, text, 0, s->is_prefix);
}

char *
search_excerpt(struct arena *arena, const struct search *s, const char *text)
{
	return hit_mark(arena, s->words, text, EXCERPT_WORDS, s->is_prefix);
}
