/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/hit.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "domain/hit_word.h"

enum {
	BEFORE_WORDS = 6,  /* shown before the first hit … */
	BEFORE_BYTES = 256 /* … if they are no longer */
};

#define MARK_START "\x02"
#define MARK_END "\x03"
#define ELLIPSIS "…"

/* A text that is looked through, up to its end. */
struct look {
	const struct hit_words *w;
	const char *end;
	bool is_prefix; /* the last word may go on */
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/*
 * Do plain letters at the beginning, or the end, tell them apart?  Most words
 * differ in one of these, and folding takes ten times as long.  An accent that
 * follows a letter changes nothing of it.
 */
static bool
differs(const struct hit_word *word, const char *s, size_t len, bool is_prefix)
{
	size_t n;

	for (n = 0; n < len && n < word->len && (unsigned char)s[n] < 0x80; n++)
		if (lower(s[n]) != word->folded[n])
			return true;
	if (is_prefix)
		return false;
	for (n = 1; n <= len && (unsigned char)s[len - n] < 0x80; n++)
		if (n > word->len ||
		    lower(s[len - n]) != word->folded[word->len - n])
			return true;
	return false;
}

static bool
is_same(const struct hit_word *word, const char *s, size_t len, bool is_prefix)
{
	char folded[HIT_FOLDED_BYTES];
	size_t n;

	if (word->len == 0 || differs(word, s, len, is_prefix) ||
	    (n = hit_word_fold(s, len, folded)) < word->len)
		return false;
	return (is_prefix || n == word->len) &&
	    memcmp(folded, word->folded, word->len) == 0;
}

/* The bytes from s on, where a word of `len` starts, that are phrase i. */
static size_t
phrase_at(const struct look *l, size_t i, const char *s, size_t len)
{
	const char *p = s;

	for (;;) {
		if (*l->w->steps == 0)
			return 0;
		--*l->w->steps;
		if (!is_same(&l->w->words[i], p, len,
			l->is_prefix && i + 1 == l->w->count))
			return 0;
		p += len;
		if (l->w->words[++i].is_first)
			return (size_t)(p - s);
		if ((len = hit_word_next(&p, l->end)) == 0)
			return 0;
	}
}

static size_t
hit_at(const struct look *l, const char *s, size_t len)
{
	size_t n;

	if (!l->w->may_begin[(unsigned char)*s])
		return 0;
	for (size_t i = 0; i < l->w->count; i++)
		if (l->w->words[i].is_first &&
		    (n = phrase_at(l, i, s, len)) > 0)
			return n;
	return 0;
}

/* Does a word start here?  Not where another one goes on. */
static bool
is_start(const char *text, const char *s, const char *end)
{
	const char *before = s;

	if (hit_is_continuation(*s) || !hit_word_char(s, end, false))
		return false;
	if (s == text)
		return true;
	do
		before--;
	while (before > text && hit_is_continuation(*before));
	return !hit_word_char(before, s, true);
}

/* Has one of our words these two letters beside each other? */
static inline bool
may_pair(const struct hit_words *w, char first, char second)
{
	size_t pair;

	if (((unsigned char)first | (unsigned char)second) >= 0x80)
		return true;
	pair = hit_pair(first, second);
	return (w->pairs[pair / CHAR_BIT] >> pair % CHAR_BIT & 1) != 0;
}

/* The first hit that starts from s on, before `to`, or NULL. */
static const char *
hit_between(
    const struct look *l, const char *text, const char *s, const char *to)
{
	const char *word;
	size_t len;

	for (; s < to; s++) {
		if (!l->w->may_begin[(unsigned char)*s] ||
		    !is_start(text, s, l->end))
			continue;
		word = s;
		len = hit_word_next(&word, l->end);
		if (hit_at(l, word, len) > 0)
			return word;
	}
	return NULL;
}

/*
 * The first hit, or NULL.  Of most words that are not looked for no more than
 * two letters are read.
 */
static const char *
first_hit(const struct look *l, const char *text)
{
	const size_t shortest = l->w->shortest;
	const char *s = text, *hit;

	if (shortest < 3)
		return hit_between(l, text, text, l->end);
	for (; (size_t)(l->end - s) >= shortest; s += shortest - 1)
		if (may_pair(l->w, s[shortest - 2], s[shortest - 1]) &&
		    (hit = hit_between(l, text, s, s + shortest - 1)) != NULL)
			return hit;
	return NULL;
}

/* Where to begin: some words before the first hit.  NULL without one. */
static const char *
beginning(const struct look *l, const char *text)
{
	const char *before[BEFORE_WORDS], *hit = first_hit(l, text), *s = text;
	size_t len, n = 0;

	if (hit == NULL)
		return NULL;
	if (hit - text > BEFORE_BYTES) {
		/* The word that this is in the middle of is left out. */
		s = hit - BEFORE_BYTES;
		len = hit_word_next(&s, hit);
		s += len;
	}
	before[0] = s;
	for (; (len = hit_word_next(&s, hit)) > 0; s += len)
		before[n++ % BEFORE_WORDS] = s;
	if (n < BEFORE_WORDS)
		return hit - text > BEFORE_BYTES ? before[0] : text;
	return before[n % BEFORE_WORDS];
}

/* Bytes as they are; in an excerpt, runs of white space are one space. */
static void
add_plain(struct buf *out, const char *s, size_t len, bool is_line)
{
	const char *end = s + len, *p = s;

	if (!is_line) {
		buf_add(out, s, len);
		return;
	}
	for (; s < end; s = p) {
		while (p < end && *p != ' ' && *p != '\n' && *p != '\t')
			p++;
		buf_add(out, s, (size_t)(p - s));
		if (p < end && out->len > 0 && out->data[out->len - 1] != ' ')
			buf_addc(out, ' ');
		p += p < end;
	}
}

/* From s on, `words` words, or all with 0; where it ended. */
static const char *
add_marked(struct buf *out, const struct look *l, const char *s, size_t words)
{
	const bool is_line = words > 0;
	const char *p = s;
	size_t len, hit;

	for (size_t n = 0; !is_line || n < words; n++) {
		if ((len = hit_word_next(&p, l->end)) == 0) {
			p = l->end;
			break;
		}
		add_plain(out, s, (size_t)(p - s), is_line);
		if ((hit = hit_at(l, p, len)) > 0) {
			len = hit;
			buf_adds(out, MARK_START);
		}
		add_plain(out, p, len, is_line);
		if (hit > 0)
			buf_adds(out, MARK_END);
		s = p += len;
	}
	add_plain(out, s, (size_t)(p - s), is_line);
	return p;
}

static struct look
look_at(const struct hit_words *w, const char *text, bool is_prefix)
{
	const char *end = text + strnlen(text, HIT_LOOK_BYTES);

	/* Not in the middle of a character. */
	while (end > text && hit_is_continuation(*end))
		end--;
	return (struct look){ w, end, is_prefix };
}

char *
hit_mark(struct arena *arena, const struct hit_words *w, const char *text,
    size_t words, bool is_prefix)
{
	const char *start, *stop;
	struct look look;
	struct buf out;
	char *marked;

	if (text == NULL)
		return NULL;
	look = look_at(w, text, is_prefix);
	if ((start = beginning(&look, text)) == NULL)
		return NULL;
	if (words == 0)
		start = text;
	buf_init(&out, 4 * (size_t)HIT_LOOK_BYTES);
	if (start > text)
		buf_adds(&out, ELLIPSIS);
	stop = add_marked(&out, &look, start, words);
	if (stop < look.end || *look.end != '\0')
		buf_adds(&out, ELLIPSIS);
	marked = arena_copy_n(arena, out.data, out.len);
	buf_free(&out);
	return marked;
}

/* Is phrase i in the text?  No phrase starts before the first hit. */
static bool
has_phrase(const struct look *l, size_t i, const char *text)
{
	const char *s = first_hit(l, text);
	size_t len;

	if (s == NULL)
		return false;
	for (; (len = hit_word_next(&s, l->end)) > 0; s += len)
		if (l->w->may_begin[(unsigned char)*s] &&
		    phrase_at(l, i, s, len) > 0)
			return true;
	return false;
}

bool
hit_all(const struct hit_words *w, const char *const *texts, bool is_prefix)
{
	struct look look = { w, NULL, is_prefix };
	bool is_there;

	for (size_t i = 0; i < w->count; i++) {
		if (!w->words[i].is_first)
			continue;
		is_there = false;
		for (size_t t = 0; !is_there && texts[t] != NULL; t++) {
			look.end = texts[t] + strlen(texts[t]);
			is_there = has_phrase(&look, i, texts[t]);
		}
		if (!is_there)
			return false;
	}
	return true;
}
