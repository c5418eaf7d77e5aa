/* SPDX-License-Identifier: Apache-2.0 */
/* Words of a language: the catalogue, numbers, dates, plural forms. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "web/pages.h"

enum { ACCEPT_ITEMS = 32 };

#define NO_BREAK "\u00a0" /* a blank at which no line ends */

static const char where[] = "lang";

const char *const lang_codes[LANG__MAX + 1] = {
	[LANG_EN] = "en",
	[LANG_FR] = "fr",
};

static const struct lang_rules {
	const char *thousands;
	const char *first_day; /* NULL: as any other day */
	int64_t one_max;       /* [0 or 1, this] is the plural form One */
	int64_t one_min;
} rules[LANG__MAX] = {
	[LANG_EN] = { ",", NULL, 1, 1 },
	[LANG_FR] = { "\u202f", "1er", 1, 0 },
};

const char *
lang_code(enum lang lang)
{
	return lang_codes[lang];
}

static bool
code_is(const char *text, size_t len, enum lang *lang)
{
	for (int i = 0; i < LANG__MAX; i++) {
		if (strlen(lang_codes[i]) == len &&
		    strncasecmp(lang_codes[i], text, len) == 0) {
			*lang = (enum lang)i;
			return true;
		}
	}
	return false;
}

bool
lang_from_code(const char *text, enum lang *lang)
{
	*lang = LANG_EN;
	return text != NULL && code_is(text, strlen(text), lang);
}

/* RFC 9110 §12.4.2: "q=0.123" in thousands; what is not that weighs 0. */
static int
weight(const char *params, size_t len)
{
	const char *q = memchr(params, '=', len);
	int n = 0, scale = 1000;

	if (len == 0)
		return 1000;
	if (q == NULL || q == params || (q[-1] != 'q' && q[-1] != 'Q'))
		return 0;
	for (q++; q < params + len && scale > 0; q++) {
		if (*q == '.')
			continue;
		if (*q < '0' || *q > '9')
			break;
		n += (*q - '0') * scale;
		scale /= 10;
	}
	return n > 1000 ? 1000 : n;
}

enum lang
lang_accepted(const char *header)
{
	enum lang best = LANG_EN, lang;
	int best_weight = 0;

	for (int i = 0; header != NULL && i < ACCEPT_ITEMS; i++) {
		size_t tag, part, end;

		header += strspn(header, " \t,");
		end = strcspn(header, ",");
		if (end == 0)
			break;
		tag = strcspn(header, ",; \t");
		part = strcspn(header, ",;- \t");
		tag += strspn(header + tag, "; \t");
		tag = tag > end ? end : tag;
		if ((part == 1 && *header == '*' && (lang = LANG_EN, true)) ||
		    code_is(header, part, &lang)) {
			int w = weight(header + tag, end - tag);

			if (w > best_weight) {
				best = lang;
				best_weight = w;
			}
		}
		header += end;
	}
	return best;
}

const char *
lang_word(
    struct pages *pages, enum lang lang, const char *block, const char *word)
{
	const char *text = catalogue_find(&pages->texts[lang], block, word);

	if (text != NULL)
		return text;
	log_line(LOG_WARNING, where, "%s: no text for %s%s%s", lang_code(lang),
	    block != NULL ? block : "", block != NULL ? "." : "", word);
	return word;
}

const char *
lang_text(struct pages *pages, enum lang lang, const char *key)
{
	return lang_word(pages, lang, NULL, key);
}

bool
lang_has(struct pages *pages, enum lang lang, const char *key)
{
	return catalogue_find(&pages->texts[lang], NULL, key) != NULL;
}

char *
lang_number(enum lang lang, struct arena *arena, int64_t n)
{
	const char *sep = rules[lang].thousands;
	char digits[TEXT_INT], out[64];
	size_t left = text_from_int(n, digits) - (n < 0), len = 0;

	for (const char *d = digits; *d != '\0'; d++) {
		out[len++] = *d;
		if (*d != '-' && --left > 0 && left % 3 == 0) {
			memcpy(out + len, sep, strlen(sep));
			len += strlen(sep);
		}
	}
	return arena_copy_n(arena, out, len);
}

/* The sentence itself: by the number for `n` when the key has two forms. */
static const char *
sentence(struct pages *pages, enum lang lang, const char *key,
    const struct say *says)
{
	const struct lang_rules *r = &rules[lang];
	const char *text;
	bool is_one = false;

	for (; says->name != NULL; says++)
		if (strcmp(says->name, "n") == 0)
			is_one = says->number >= r->one_min &&
			    says->number <= r->one_max;
	text =
	    catalogue_find(&pages->texts[lang], key, is_one ? "One" : "Other");
	return text != NULL ? text : lang_text(pages, lang, key);
}

static const char *
said(enum lang lang, struct arena *arena, const struct say *says,
    const char *name, size_t len)
{
	for (; says->name != NULL; says++)
		if (strncmp(says->name, name, len) == 0 &&
		    says->name[len] == '\0')
			return says->text != NULL
			    ? says->text
			    : lang_number(lang, arena, says->number);
	return NULL;
}

/* Fills the places, into `out` when that is not NULL; returns the length. */
static size_t
fill(enum lang lang, struct arena *arena, const char *text,
    const struct say *says, char *out)
{
	size_t n = 0;

	while (*text != '\0') {
		const char *value = NULL, *end = NULL;
		size_t len = 1;

		if (*text == '{' && (end = strchr(text, '}')) != NULL)
			value = said(lang, arena, says, text + 1,
			    (size_t)(end - text) - 1);
		if (value != NULL)
			len = strlen(value);
		if (out != NULL)
			memcpy(out + n, value != NULL ? value : text, len);
		n += len;
		text = value != NULL ? end + 1 : text + 1;
	}
	return n;
}

char *
lang_say(struct pages *pages, enum lang lang, struct arena *arena,
    const char *key, const struct say *says)
{
	const char *text = sentence(pages, lang, key, says);
	char *out;

	out = arena_alloc(arena, fill(lang, arena, text, says, NULL) + 1);
	fill(lang, arena, text, says, out);
	return out;
}

/* The two below know their sizes; a month's name is cut at MONTH_MAX. */
enum { MONTH_MAX = 40, DATE_ROOM = 120 };

static char *
put_number(char *out, int number, int width)
{
	char digits[12];
	int n = 0;

	for (; number > 0 || n < width; number /= 10)
		digits[n++] = (char)('0' + number % 10);
	while (n > 0)
		*out++ = digits[--n];
	return out;
}

static char *
put_text(char *out, const char *text)
{
	size_t len = strnlen(text, MONTH_MAX);

	memcpy(out, text, len);
	return out + len;
}

/*
 * "22 November 2026", "1er novembre 2026", of one piece: no line ends inside
 * of it.  Returns its end.
 */
static char *
put_date(struct pages *pages, enum lang lang, const struct clock_parts *p,
    char out[DATE_ROOM])
{
	static const char *const keys[] = { "Month.1", "Month.2", "Month.3",
		"Month.4", "Month.5", "Month.6", "Month.7", "Month.8",
		"Month.9", "Month.10", "Month.11", "Month.12" };

	if (p->day == 1 && rules[lang].first_day != NULL)
		out = put_text(out, rules[lang].first_day);
	else
		out = put_number(out, p->day, 1);
	out = put_text(out, NO_BREAK);
	out = put_text(out, lang_text(pages, lang, keys[p->month - 1]));
	out = put_text(out, NO_BREAK);
	return put_number(out, p->year, 1);
}

char *
lang_date(struct pages *pages, enum lang lang, struct arena *arena, int64_t at)
{
	struct clock_parts p;
	char out[DATE_ROOM];

	clock_split(at, &p);
	return arena_copy_n(
	    arena, out, (size_t)(put_date(pages, lang, &p, out) - out));
}

char *
lang_time(struct pages *pages, enum lang lang, struct arena *arena, int64_t at)
{
	struct clock_parts p;
	char out[DATE_ROOM], *end;

	clock_split(at, &p);
	end = put_text(put_date(pages, lang, &p, out), ", ");
	end = put_number(end, p.hour, 2);
	*end++ = ':';
	end = put_text(put_number(end, p.minute, 2), NO_BREAK "UTC");
	return arena_copy_n(arena, out, (size_t)(end - out));
}
