/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/hit.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/buf.h"

enum {
	BEFORE_WORDS = 6,   /* shown before the first hit … */
	BEFORE_BYTES = 256, /* … if they are no longer */
	FOLDED_BYTES = 128, /* longer words are not compared */
	PAIRS = 128 * 128   /* of ASCII */
};

#define MARK_START "\x02"
#define MARK_END "\x03"
#define ELLIPSIS "…"

/* A word of the query, as typed and as compared. */
struct word {
	const char *raw;
	size_t raw_len;
	char *folded;
	size_t len;
	bool is_first; /* of its phrase */
};

struct hit_words {
	struct word
	    words[HIT_WORDS_MAX + 1]; /* the one after the last is_first */
	size_t count;
	size_t last_chars;
	/* Bytes that a phrase may begin with: most words of a text do not. */
	bool may_begin[256];
	/*
	 * Each phrase begins with a word of so many ASCII letters at least, and
	 * these are the pairs of letters in such words, as bits.  Where a text
	 * has another pair, no phrase has begun since the word's length before:
	 * what is no ASCII takes as many bytes as it has letters when folded.
	 */
	size_t shortest;
	int *steps; /* that are left */
	unsigned char pairs[PAIRS / CHAR_BIT];
};

/* ---- words ------------------------------------------------------------ */

static bool
is_letter_or_number(int32_t c)
{
	static const bool is[32] = {
		[UTF8PROC_CATEGORY_LU] = true,
		[UTF8PROC_CATEGORY_LL] = true,
		[UTF8PROC_CATEGORY_LT] = true,
		[UTF8PROC_CATEGORY_LM] = true,
		[UTF8PROC_CATEGORY_LO] = true,
		[UTF8PROC_CATEGORY_ND] = true,
		[UTF8PROC_CATEGORY_NL] = true,
		[UTF8PROC_CATEGORY_NO] = true,
		[UTF8PROC_CATEGORY_CO] = true,
	};

	return is[utf8proc_category(c) & 31];
}

/* Most of a text is decided here. */
static inline bool
is_ascii_word(char c)
{
	/* clang-format off */
	static const bool is[256] = {
		['0'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
		['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
			1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
		['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
			1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	};
	/* clang-format on */

	return is[(unsigned char)c];
}

/* The length of the word character at s, or 0. */
static size_t
word_char(const char *s, const char *end, bool is_inside)
{
	const unsigned char byte = (unsigned char)*s;
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	if (byte < 0x80)
		return is_ascii_word(*s);
	n = utf8proc_iterate((const utf8proc_uint8_t *)s, end - s, &c);
	if (n <= 0)
		return 0;
	/* A combining accent belongs to the letter before it. */
	if (is_inside && c >= 0x300 && c <= 0x36f)
		return (size_t)n;
	return is_letter_or_number(c) ? (size_t)n : 0;
}

static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Finds the next word at or after *s: where it starts, and its length. */
static size_t
next_word(const char **s, const char *end)
{
	const char *p = *s;
	size_t n = 1;

	/* Plain bytes need no call: most of a text is that. */
	while (p < end && !is_ascii_word(*p) &&
	    ((unsigned char)*p < 0x80 || is_continuation(*p) ||
		!word_char(p, end, false)))
		p++;
	*s = p;
	while (n > 0) {
		while (p < end && is_ascii_word(*p))
			p++;
		if (p == end || (unsigned char)*p < 0x80)
			break;
		n = word_char(p, end, p > *s);
		p += n;
	}
	return (size_t)(p - *s);
}

static bool
is_ascii(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

/* Lower case without accents; its length, or 0 when it is too long. */
static size_t
fold(const char *s, size_t len, char out[FOLDED_BYTES])
{
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t n;

	if (len >= FOLDED_BYTES)
		return 0;
	if (is_ascii(s, len)) {
		for (size_t i = 0; i < len; i++)
			out[i] = s[i] >= 'A' && s[i] <= 'Z'
			    ? (char)(s[i] | 0x20)
			    : s[i];
		return len;
	}
	n = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)len,
	    &folded,
	    UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
		UTF8PROC_STRIPMARK);
	if (n > 0 && n < FOLDED_BYTES)
		memcpy(out, folded, (size_t)n);
	else
		n = 0;
	free(folded);
	return (size_t)n;
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c;
}

static size_t
count_chars(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += !is_continuation(s[i]);
	return n;
}

static size_t
pair_of(char first, char second)
{
	return (size_t)(unsigned char)first << 7 | (unsigned char)second;
}

/* In upper case and lower. */
static void
add_pair(struct hit_words *w, char first, char second)
{
	const char firsts[] = { first, upper(first) };
	const char seconds[] = { second, upper(second) };
	size_t pair;

	for (int i = 0; i < 4; i++) {
		pair = pair_of(firsts[i / 2], seconds[i % 2]);
		w->pairs[pair / CHAR_BIT] |=
		    (unsigned char)(1U << pair % CHAR_BIT);
	}
}

/* The first word of a phrase. */
static void
add_beginning(struct hit_words *w, const struct word *word)
{
	size_t len = is_ascii(word->folded, word->len) ? word->len : 0;

	if (word->len > 0) {
		w->may_begin[(unsigned char)*word->folded] = true;
		w->may_begin[(unsigned char)(*word->folded ^ 0x20)] = true;
	}
	if (len < w->shortest)
		w->shortest = len;
	for (size_t i = 1; i < len; i++)
		add_pair(w, word->folded[i - 1], word->folded[i]);
}

static void
add_word(struct arena *arena, struct hit_words *w, const char *s, size_t len,
    bool is_first)
{
	struct word *word = &w->words[w->count++];
	char folded[FOLDED_BYTES];

	word->raw = arena_copy_n(arena, s, len);
	word->raw_len = len;
	word->len = fold(s, len, folded);
	word->folded = arena_copy_n(arena, folded, word->len);
	word->is_first = is_first;
	w->last_chars = count_chars(s, len);
	if (is_first)
		add_beginning(w, word);
}

/* As many of its words as there is room for. */
static void
add_phrase(
    struct arena *arena, struct hit_words *w, const char *s, const char *end)
{
	size_t len;

	for (int n = 0; n < HIT_PHRASE_WORDS && w->count < HIT_WORDS_MAX; n++) {
		if ((len = next_word(&s, end)) == 0)
			return;
		add_word(arena, w, s, len, n == 0);
		s += len;
	}
}

struct hit_words *
hit_words_new(struct arena *arena, const char *query)
{
	static const char spaces[] = " \t\r\n\v\f";
	struct hit_words *w = arena_alloc(arena, sizeof(*w));
	const char *end;

	w->steps = arena_alloc(arena, sizeof(*w->steps));
	*w->steps = HIT_STEPS;
	w->shortest = FOLDED_BYTES;
	while (*query != '\0' && w->count < HIT_WORDS_MAX) {
		query += strspn(query, spaces);
		end = query + strcspn(query, spaces);
		add_phrase(arena, w, query, end);
		query = end;
	}
	w->words[w->count].is_first = true;
	/* These may be folded to any letter. */
	memset(w->may_begin + 0x80, true, 0x80);
	return w->count > 0 ? w : NULL;
}

size_t
hit_words_last(const struct hit_words *w)
{
	return w->last_chars;
}

char *
hit_words_match(struct arena *arena, const struct hit_words *w, bool is_prefix)
{
	struct buf out;
	char *text;

	buf_init(&out, SIZE_MAX / 2);
	for (size_t i = 0; i < w->count; i++) {
		if (w->words[i].is_first)
			buf_adds(&out, i == 0 ? "\"" : "\" AND \"");
		else
			buf_addc(&out, ' ');
		buf_add(&out, w->words[i].raw, w->words[i].raw_len);
	}
	buf_adds(&out, is_prefix ? "\" *" : "\"");
	text = arena_copy_n(arena, out.data, out.len);
	buf_free(&out);
	return text;
}

/* ---- hits ------------------------------------------------------------- */

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
differs(const struct word *word, const char *s, size_t len, bool is_prefix)
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
is_same(const struct word *word, const char *s, size_t len, bool is_prefix)
{
	char folded[FOLDED_BYTES];
	size_t n;

	if (word->len == 0 || differs(word, s, len, is_prefix) ||
	    (n = fold(s, len, folded)) < word->len)
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
		if ((len = next_word(&p, l->end)) == 0)
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

	if (is_continuation(*s) || !word_char(s, end, false))
		return false;
	if (s == text)
		return true;
	do
		before--;
	while (before > text && is_continuation(*before));
	return !word_char(before, s, true);
}

/* Has one of our words these two letters beside each other? */
static inline bool
may_pair(const struct hit_words *w, char first, char second)
{
	size_t pair;

	if (((unsigned char)first | (unsigned char)second) >= 0x80)
		return true;
	pair = pair_of(first, second);
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
		len = next_word(&word, l->end);
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
		len = next_word(&s, hit);
		s += len;
	}
	before[0] = s;
	for (; (len = next_word(&s, hit)) > 0; s += len)
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
		if ((len = next_word(&p, l->end)) == 0) {
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
	while (end > text && is_continuation(*end))
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
	for (; (len = next_word(&s, l->end)) > 0; s += len)
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
