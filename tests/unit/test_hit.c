/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "base/arena.h"
#include "domain/hit.h"

static struct arena *arena;

static struct hit_words *
words_of(const char *query)
{
	arena = arena_new(16 << 20);
	return hit_words_new(arena, query);
}

static const struct query {
	const char *typed;
	const char *match; /* NULL: no word in it */
	size_t last;
} queries[] = {
	{ "valve", "\"valve\"", 5 },
	{ "  two\twords\n", "\"two\" AND \"words\"", 5 },
	{ "CVE-2026-123", "\"CVE 2026 123\"", 3 },
	{ "\"quoted\" AND NEAR(x y, 2) OR *",
	    "\"quoted\" AND \"AND\" AND \"NEAR x\" AND \"y\" AND \"2\""
	    " AND \"OR\"",
	    2 },
	{ "title: {reach} : c2l0 -x ^y a+b",
	    "\"title\" AND \"reach\" AND \"c2l0\" AND \"x\" AND \"y\" AND"
	    " \"a b\"",
	    1 },
	{ "sœur énergie", "\"sœur\" AND \"énergie\"", 7 },
	{ "'; DROP TABLE advisory; --",
	    "\"DROP\" AND \"TABLE\" AND"
	    " \"advisory\"",
	    8 },
	/* The rest of so long a phrase is not looked at. */
	{ "1-2-3-4-5-6-7-8-9-10 x", "\"1 2 3 4 5 6 7 8\" AND \"x\"", 1 },
	{ "", NULL, 0 },
	{ " \t\n ", NULL, 0 },
	{ "\"", NULL, 0 },
	{ "*** ((( ))) \"\"\"\" — … «»", NULL, 0 },
};

START_TEST(queries_become_data)
{
	const struct query *q = &queries[_i];
	struct hit_words *w = words_of(q->typed);

	if (q->match == NULL) {
		ck_assert_ptr_null(w);
	} else {
		ck_assert_ptr_nonnull(w);
		ck_assert_str_eq(hit_words_match(arena, w, false), q->match);
		ck_assert_uint_eq(hit_words_last(w), q->last);
	}
	arena_free(arena);
}
END_TEST

START_TEST(prefix_is_the_last)
{
	struct hit_words *w = words_of("pump val");

	ck_assert_str_eq(
	    hit_words_match(arena, w, true), "\"pump\" AND \"val\" *");
	arena_free(arena);
}
END_TEST

#define FIFTY "12345678901234567890123456789012345678901234567890"
#define LONG FIFTY FIFTY " "

static const struct marking {
	const char *query, *text;
	size_t words;
	bool is_prefix;
	const char *marked;
} markings[] = {
	{ "valve", "A Valve, two valves", 0, false,
	    "A \x02Valve\x03, two valves" },
	{ "valve", "A Valve, two valves", 0, true,
	    "A \x02Valve\x03, two \x02valves\x03" },
	{ "pump val", "pumps and a pump's valve", 0, true,
	    "pumps and a \x02pump\x03's \x02valve\x03" },
	{ "energie", "L’Énergie", 0, false, "L’\x02Énergie\x03" },
	{ "ÉNERGIE", "l'energie", 0, false,
	    "l'\x02"
	    "energie\x03" },
	{ "CVE-2026-1", "CVE 2026 and CVE-2026-1.", 0, false,
	    "CVE 2026 and \x02"
	    "CVE-2026-1\x03." },
	{ "nothing", "A valve", 0, false, NULL },
	{ "valve", "", 0, false, NULL },
	{ "valve", NULL, 0, false, NULL },
	{ "x", "<b>x</b> & \"x\"", 0, false,
	    "<b>\x02x\x03</b> & \"\x02x\x03\"" },
	{ "ten",
	    "one two three\nfour  five six seven eight nine ten\televen"
	    " twelve thirteen",
	    8, false, "…four five six seven eight nine \x02ten\x03 eleven…" },
	{ "one", "one two", 8, false, "\x02one\x03 two" },
	{ "two", "one  two.", 8, false, "one \x02two\x03." },
	/* Accents at the beginning, inside, at the end, and as characters. */
	{ "ete", "En été", 8, false, "En \x02été\x03" },
	{ "ete", "en \x65\xcc\x81t\x65\xcc\x81", 8, false,
	    "en \x02\x65\xcc\x81t\x65\xcc\x81\x03" },
	{ "reponse", "réseau, réponses, Réponse", 8, false,
	    "réseau, réponses, \x02Réponse\x03" },
	{ "repo", "réseau, réponses", 8, true, "réseau, \x02réponses\x03" },
	{ "strasse", "Eine Straße", 8, false, "Eine \x02Straße\x03" },
	/* Inside of another word, also behind an accent. */
	{ "se", "thèse, éesé se", 8, false, "thèse, éesé \x02se\x03" },
	/* Less of what is before it when words are long. */
	{ "end", LONG LONG LONG LONG "end", 8, false,
	    "…" LONG LONG "\x02"
	    "end\x03" },
	{ "end", FIFTY " " LONG LONG FIFTY " a b c d e end", 8, false,
	    "…" FIFTY " a b c d e \x02"
	    "end\x03" },
};

START_TEST(hits_are_marked)
{
	const struct marking *m = &markings[_i];
	struct hit_words *w = words_of(m->query);
	char *marked = hit_mark(arena, w, m->text, m->words, m->is_prefix);

	if (m->marked == NULL) {
		ck_assert_ptr_null(marked);
	} else {
		ck_assert_ptr_nonnull(marked);
		ck_assert_str_eq(marked, m->marked);
	}
	arena_free(arena);
}
END_TEST

static const char *const written[] = { "redundance", "REDUNDANCE", "rédundance",
	"re\xcc\x81"
	"dundanc\x65\xcc\x81",
	"ŘÉĎÚŃĎÁŃĆÉ" };

/* Wherever it stands, whatever is around it, however it is written. */
START_TEST(hits_at_each_place)
{
	static const char *const fillings[] = { "-", "é ", "re ", "dun…",
		"zebr " };
	struct hit_words *w = words_of("zebra Redundance");
	char text[512], *marked;
	size_t len;

	for (int i = 0; i < 5 * 50; i++) {
		len = 0;
		for (int n = 0; n < i / 5; n++)
			len += (size_t)snprintf(text + len, sizeof(text) - len,
			    "%s", fillings[i % 5]);
		text[len] = '\0';
		ck_assert_ptr_null(hit_mark(arena, w, text, 8, false));
		snprintf(text + len, sizeof(text) - len, "%s%s", written[_i],
		    i % 2 == 0 ? "" : " etc.");
		marked = hit_mark(arena, w, text, 8, i % 3 == 0);
		ck_assert_ptr_nonnull(marked);
		ck_assert_ptr_nonnull(strstr(marked, written[_i]));
	}
	arena_free(arena);
}
END_TEST

/* Long things: nothing breaks, nothing grows without bound. */
START_TEST(long_texts)
{
	static char text[200 * 1024], query[4001];
	struct hit_words *w;
	char *marked;

	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = i % 3 == 2 ? ' ' : "\xc3\xa9"[i % 3];
	for (size_t i = 0; i + 1 < sizeof(query); i++)
		query[i] = i % 2 == 1 ? ' ' : 'e';
	w = words_of(query);
	ck_assert_ptr_nonnull(w);
	marked = hit_mark(arena, w, text, 0, false);
	ck_assert_ptr_nonnull(marked);
	ck_assert_uint_lt(strlen(marked), 70000);
	ck_assert_ptr_nonnull(hit_mark(arena, w, text, 30, false));
	memset(query, 'e', sizeof(query) - 1);
	w = hit_words_new(arena, query);
	ck_assert_ptr_nonnull(w);
	ck_assert_ptr_null(hit_mark(arena, w, text, 0, true));
	/* A character that the look ends in the middle of. */
	memset(text, 'x', sizeof(text) - 1);
	memcpy(text, "e ", 2);
	memcpy(text + HIT_LOOK_BYTES - 1, "\xc3\xa9", 2);
	w = hit_words_new(arena, "e");
	marked = hit_mark(arena, w, text, 0, false);
	ck_assert_ptr_nonnull(marked);
	ck_assert_str_eq(marked + strlen(marked) - 4, "x…");
	arena_free(arena);
}
END_TEST

/* What nearly is the phrase at each word must not be compared for ever. */
START_TEST(an_end_to_comparing)
{
	struct hit_words *w = words_of("a-a-a-a-a-a-a-b");
	static char many[100001], last[] = "a a a a a a a b";
	const char *texts[] = { many, NULL }, *found[] = { last, NULL };
	const int enough = HIT_STEPS / 50000;
	int i;

	for (i = 0; i < 50000; i++)
		memcpy(many + 2 * (size_t)i, "a ", 2);
	ck_assert(hit_all(w, found, false));
	for (i = 0; i < enough && hit_all(w, found, false); i++)
		ck_assert(!hit_all(w, texts, false));
	ck_assert_int_lt(i, enough);
	ck_assert_ptr_null(hit_mark(arena, w, last, 0, false));
	arena_free(arena);
}
END_TEST

UNIT_MAIN("hit", UNIT_ROWS(queries_become_data, queries),
    UNIT(prefix_is_the_last), UNIT_ROWS(hits_are_marked, markings),
    UNIT_ROWS(hits_at_each_place, written), UNIT(long_texts),
    UNIT(an_end_to_comparing))
