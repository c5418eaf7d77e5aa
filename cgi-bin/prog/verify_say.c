/* SPDX-License-Identifier: Apache-2.0 */
/* The verdict: a list of sentences, in words or as JSON. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/utf8.h"
#include "prog/verify.h"

/* What is false is told so often; the rest is counted. */
enum { TOLD_MAX = 50, UTF8_MAX = 4 };

struct entry {
	struct entry *next;
	const char *code, *name, *sentence;
};

struct verdict {
	struct arena *arena;
	struct entry *first[VERDICT__MAX], **last[VERDICT__MAX];
	uint64_t n[VERDICT__MAX];
};

static const struct {
	const char *heading, *key;
} kinds[VERDICT__MAX] = {
	[VERDICT_PROVED] = { "What is proved:", "proved" },
	[VERDICT_NOT] = { "What is not proved:", "not_proved" },
	[VERDICT_FALSE] = { "What is false:", "false" },
	[VERDICT_OPEN] = { "What could not be checked:", "open" },
};

struct verdict *
verdict_new(struct arena *a)
{
	struct verdict *v = arena_alloc(a, sizeof(*v));

	v->arena = a;
	for (int i = 0; i < VERDICT__MAX; i++)
		v->last[i] = &v->first[i];
	return v;
}

void
verdict_add(struct verdict *v, enum verdict_kind kind, const char *code,
    const char *name, const char *sentence)
{
	struct entry *e;

	if (v->n[kind]++ >= TOLD_MAX)
		return;
	e = arena_alloc(v->arena, sizeof(*e));
	e->code = code;
	e->name = arena_copy(v->arena, name);
	e->sentence = arena_copy(v->arena, sentence);
	*v->last[kind] = e;
	v->last[kind] = &e->next;
}

static enum verify_exit
exit_of(const struct verdict *v)
{
	if (v->n[VERDICT_FALSE] > 0)
		return VERIFY_FALSE;
	return v->n[VERDICT_OPEN] > 0 ? VERIFY_OPEN : VERIFY_TRUE;
}

/* The next character, if it is one that every text may have; else 0. */
static int
plain(const char *s)
{
	int32_t c;
	int n = utf8_decode(s, strnlen(s, UTF8_MAX), &c);

	return n > 0 && text_ok(s, (size_t)n, TEXT_LINE) ? n : 0;
}

/* ---- words ----------------------------------------------------------- */

/* A file may have any name: what a terminal would obey is spelled out. */
static void
say_text(const char *s)
{
	int n;

	for (; *s != '\0'; s += n > 0 ? n : 1)
		if ((n = plain(s)) > 0)
			printf("%.*s", n, s);
		else
			printf("\\x%02x", (unsigned)(unsigned char)*s);
}

static void
say_entries(const struct verdict *v, enum verdict_kind kind)
{
	if (v->n[kind] == 0)
		return;
	printf("%s\n", kinds[kind].heading);
	for (const struct entry *e = v->first[kind]; e != NULL; e = e->next) {
		printf("  ");
		if (e->name != NULL) {
			say_text(e->name);
			printf(": ");
		}
		say_text(e->sentence);
		putchar('\n');
	}
	if (v->n[kind] > TOLD_MAX)
		printf("  … and %" PRIu64 " more.\n", v->n[kind] - TOLD_MAX);
	putchar('\n');
}

static const char *const ends[] = {
	[VERIFY_TRUE] = "Everything that was checked is true.",
	[VERIFY_FALSE] = "FALSE: do not rely on this.",
	[VERIFY_OPEN] = "NOT CHECKED: nothing was found to be false, but not "
			"everything could be checked.",
};

static void
say_words(const struct verdict *v)
{
	for (int i = 0; i < VERDICT__MAX; i++)
		say_entries(v, (enum verdict_kind)i);
	puts(ends[exit_of(v)]);
}

/* ---- JSON ------------------------------------------------------------ */

/* A byte that is no character goes as the code point of its number. */
static void
say_string(const char *s)
{
	int n;

	putchar('"');
	for (; *s != '\0'; s += n > 0 ? n : 1) {
		n = plain(s);
		if (*s == '"' || *s == '\\')
			printf("\\%c", *s);
		else if (n > 0)
			printf("%.*s", n, s);
		else
			printf("\\u%04x", (unsigned)(unsigned char)*s);
	}
	putchar('"');
}

static void
say_field(const char *key, const char *value)
{
	printf("\"%s\": ", key);
	if (value != NULL)
		say_string(value);
	else
		printf("null");
}

static void
say_array(const struct verdict *v, enum verdict_kind kind)
{
	printf(",\n  \"%s_count\": %" PRIu64 ",\n  \"%s\": [", kinds[kind].key,
	    v->n[kind], kinds[kind].key);
	for (const struct entry *e = v->first[kind]; e != NULL; e = e->next) {
		printf("%s\n    { ", e == v->first[kind] ? "" : ",");
		say_field("what", e->code);
		printf(", ");
		say_field("file", e->name);
		printf(", ");
		say_field("sentence", e->sentence);
		printf(" }");
	}
	printf("%s]", v->first[kind] != NULL ? "\n  " : "");
}

static void
say_json(const struct verdict *v)
{
	static const char *const results[] = {
		[VERIFY_TRUE] = "true",
		[VERIFY_FALSE] = "false",
		[VERIFY_OPEN] = "not checked",
	};

	printf("{\n  \"result\": \"%s\"", results[exit_of(v)]);
	for (int i = 0; i < VERDICT__MAX; i++)
		say_array(v, (enum verdict_kind)i);
	printf("\n}\n");
}

enum verify_exit
verdict_say(const struct verdict *v, bool is_json)
{
	if (is_json)
		say_json(v);
	else
		say_words(v);
	if (fflush(stdout) != 0) {
		fprintf(stderr, "entente-verify: standard output: %s.\n",
		    strerror(errno));
		return VERIFY_OPEN;
	}
	return exit_of(v);
}

/* ---- numbers --------------------------------------------------------- */

char *
verify_number(struct arena *a, uint64_t n)
{
	char digits[24], *out = arena_alloc(a, 32), *p = out;
	int len = snprintf(digits, sizeof(digits), "%" PRIu64, n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			*p++ = ',';
		*p++ = digits[i];
	}
	return out;
}

char *
verify_time(struct arena *a, int64_t time_s)
{
	char text[CLOCK_TEXT];

	/* Years of more than four digits are no dates of ours. */
	if (time_s < 0 || time_s > INT64_C(253402300799))
		return arena_printf(a, "second %" PRId64, time_s);
	clock_rfc3339(time_s * CLOCK_S, text);
	return arena_copy(a, text);
}
