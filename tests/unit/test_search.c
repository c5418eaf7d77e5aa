/* SPDX-License-Identifier: Apache-2.0 */
/* Full text: what is found, by whom, and that nothing typed is syntax. */
#include "world.h"

static const struct advisory_filter all = { .label = -1, .limit = 100 };

static size_t
found(struct world *w, enum reader r, const char *query,
    struct advisory_list *list)
{
	world_as(w, r);
	fixture_ok(advisory_search(&w->f.ctx, query, &all, list));
	return list->count;
}

static struct advisory_part note[] = { { "note", 0, "summary", "Annex",
    "A wombat in the annex", "" } };

static void
publish_texts(struct world *w)
{
	struct advisory_draft d;
	struct advisory_imported doc;
	struct fault fault;
	enum advisory_import_result result;
	char *ref;

	d = world_draft(w, "Firmware of a gateway", TLP_AMBER, "energy");
	d.summary = "Commands without a password";
	d.happened = "An attacker on the network ran commands at the Élysée "
		     "substation";
	d.todo = "Update to 4.2.7";
	d.products = "Gateway Omega";
	ref = world_create(w, &d);
	fixture_ok(world_try_publish(w, ref));
	doc = (struct advisory_imported){
		.draft = world_draft(w, "Imported one", TLP_GREEN, "community"),
		.foreign_id = "ICSA-26-001-01",
		.foreign_version = "1",
		.published_at = w->f.ctx.now_at,
		.parts = note,
		.part_count = 1,
	};
	doc.draft.products = "";
	fixture_ok(advisory_import(&w->f.ctx, &doc, &ref, &result, &fault));
}

/* Words, and how many readers of energy and of water find by them. */
static const struct word {
	const char *query;
	int energy, water;
} words[] = {
	{ "firmware", 1, 0 },
	{ "FIRMWARE", 1, 0 },
	{ "firmw", 1, 0 },
	{ "fi", 0, 0 },
	{ "gateway password", 1, 0 },
	{ "gateway wombat", 0, 0 },
	{ "elysee", 1, 0 },
	{ "omega", 1, 0 },
	{ "4.2.7", 1, 0 },
	{ "CVE-2026-12345", 2, 1 },
	{ "cve-2026", 2, 1 },
	{ "wombat", 1, 1 },
	{ "annex", 1, 1 },
	{ "ICSA-26-001-01", 1, 1 },
	{ "ENT-2026-0001", 1, 0 },
	{ "\"commands without\"", 1, 0 },
	{ "without-commands", 0, 0 },
	/* The words of the rule are not the reader's to search. */
	{ "c3l2", 0, 0 },
	{ "c2l3", 0, 0 },
	{ "reach", 0, 0 },
	/* Nor is any syntax. */
	{ "firmware OR wombat", 0, 0 },
	{ "firmware NOT gateway", 0, 0 },
	{ "reach:c3l2", 0, 0 },
	{ "title:firmware", 0, 0 },
	{ "firm* gate*", 0, 0 },
	{ "NEAR(firmware gateway)", 0, 0 },
	{ "') OR 1=1 --", 0, 0 },
	{ "\") OR reach : (\"c3l2", 0, 0 },
	{ "firmware\" OR \"wombat", 0, 0 },
	{ "firmware ^ + - * \" ( ) { } : …", 1, 0 },
	{ "a; DROP TABLE advisory_fts; --", 0, 0 },
};

START_TEST(words_find)
{
	struct advisory_list list;
	struct world w;

	world_open(&w);
	publish_texts(&w);
	for (int i = 0; i < UNIT_COUNT(words); i++) {
		size_t energy = found(&w, ENERGY, words[i].query, &list);
		size_t water = found(&w, WATER, words[i].query, &list);

		ck_assert_msg((int)energy == words[i].energy &&
			(int)water == words[i].water,
		    "%s: %zu and %zu", words[i].query, energy, water);
	}
	ck_assert_int_eq(
	    fixture_int(&w.f, "SELECT COUNT(*) FROM advisory_fts"), 2);
	world_close(&w);
}
END_TEST

START_TEST(nothing_to_search_for)
{
	static const char *const none[] = { "", "   ", "***", "\"\"", "—",
		"\xff", "a\x01" };
	struct advisory_list list;
	struct world w;

	world_open(&w);
	for (int i = 0; i < UNIT_COUNT(none); i++)
		fixture_err(advisory_search(&w.f.ctx, none[i], &all, &list),
		    ERR_INVALID);
	fixture_err(advisory_search(&w.f.ctx, NULL, &all, &list), ERR_INVALID);
	world_close(&w);
}
END_TEST

/* A thousand characters of anything: found or not, never an error. */
START_TEST(long_and_strange)
{
	static const char bytes[] =
	    "\"'*^-+:(){}[]<>=~!@#$%&|\\/?,.;_ aZ0\n\tANDORNOTNEAR";
	char query[1001];
	struct advisory_list list;
	struct world w;
	unsigned seed = 7;
	enum err rc;

	world_open(&w);
	publish_texts(&w);
	for (int round = 0; round < 300; round++) {
		for (size_t i = 0; i < sizeof(query) - 1; i++) {
			seed = seed * 1103515245 + 12345;
			query[i] = bytes[(seed >> 16) % (sizeof(bytes) - 1)];
		}
		query[sizeof(query) - 1 - (size_t)round * 3] = '\0';
		rc = advisory_search(&w.f.ctx, query, &all, &list);
		ck_assert_msg(rc == ERR_OK || rc == ERR_INVALID, "%s: %s",
		    err_name(rc), query);
	}
	memset(query, 'a', sizeof(query) - 1);
	fixture_ok(advisory_search(&w.f.ctx, query, &all, &list));
	for (size_t i = 1; i < sizeof(query) - 1; i += 2)
		query[i] = ' ';
	fixture_ok(advisory_search(&w.f.ctx, query, &all, &list));
	world_close(&w);
}
END_TEST

START_TEST(hits)
{
	struct advisory_list list;
	struct world w;

	world_open(&w);
	publish_texts(&w);
	ck_assert_uint_eq(found(&w, ENERGY, "gateway", &list), 1);
	ck_assert_str_eq(
	    list.rows[0].hit_title, "Firmware of a \x02gateway\x03");
	ck_assert_ptr_nonnull(strstr(list.rows[0].hit_text, "Omega"));
	ck_assert_uint_eq(found(&w, ENERGY, "password", &list), 1);
	ck_assert_ptr_null(list.rows[0].hit_title);
	ck_assert_str_eq(
	    list.rows[0].hit_text, "Commands without a \x02password\x03");
	ck_assert_uint_eq(found(&w, ENERGY, "elysee", &list), 1);
	ck_assert_ptr_nonnull(strstr(list.rows[0].hit_text, "\x02Élysée\x03"));
	ck_assert_ptr_null(strstr(list.rows[0].hit_text, "c3l"));
	fixture_ok(advisory_row_texts(&w.f.ctx, &list.rows[0]));
	ck_assert_str_eq(
	    list.rows[0].organisation_name, w.who[AUTHOR]->organisation_name);
	world_close(&w);
}
END_TEST

/* Only what readers see now is found: not the draft, not the past. */
START_TEST(newest_alone)
{
	struct advisory_list list;
	struct fault fault;
	struct advisory_draft d;
	struct world w;
	char *ref;

	world_open(&w);
	d = world_draft(&w, "Aardvark", TLP_AMBER, "energy");
	ref = world_create(&w, &d);
	ck_assert_uint_eq(found(&w, AUTHOR, "aardvark", &list), 0);
	fixture_ok(world_try_publish(&w, ref));
	ck_assert_uint_eq(found(&w, ENERGY, "aardvark", &list), 1);
	world_as(&w, AUTHOR);
	fixture_ok(advisory_revise(&w.f.ctx, ref));
	d.title = "Badger";
	fixture_ok(advisory_save(&w.f.ctx, ref, 1, &d, &fault));
	ck_assert_uint_eq(found(&w, ENERGY, "badger", &list), 0);
	fixture_ok(world_try_publish(&w, ref));
	ck_assert_uint_eq(found(&w, ENERGY, "aardvark", &list), 0);
	ck_assert_uint_eq(found(&w, ENERGY, "badger", &list), 1);
	ck_assert_uint_eq(found(&w, ENERGY, "happened", &list), 1);
	world_as(&w, AUTHOR);
	fixture_ok(advisory_withdraw(&w.f.ctx, ref, "Wrong"));
	ck_assert_uint_eq(found(&w, ENERGY, "badger", &list), 1);
	ck_assert_str_eq(list.rows[0].summary, "");
	ck_assert_uint_eq(found(&w, ENERGY, "happened", &list), 0);
	world_close(&w);
}
END_TEST

/* Newest first, page after page, each once; also where the word is begun. */
static void
walk(struct world *w, const char *query)
{
	struct advisory_filter f = { .label = -1, .limit = 3 };
	struct advisory_list list;
	int64_t last = INT64_MAX;
	int pages = 0, rows = 0;

	world_as(w, ENERGY);
	do {
		fixture_ok(advisory_search(&w->f.ctx, query, &f, &list));
		for (size_t i = 0; i < list.count; i++) {
			ck_assert_int_lt(list.rows[i].position, last);
			last = list.rows[i].position;
			rows++;
		}
		f.before = list.next;
		pages++;
	} while (list.next != 0);
	ck_assert_int_eq(rows, 7);
	ck_assert_int_eq(pages, 3);
	f.before = last;
	fixture_ok(advisory_search(&w->f.ctx, query, &f, &list));
	ck_assert_uint_eq(list.count, 0);
}

START_TEST(pages)
{
	struct world w;

	world_open(&w);
	for (int i = 0; i < 7; i++)
		world_publish(&w, "Numbered thing", TLP_AMBER, "energy");
	world_publish(&w, "Numbered thing", TLP_AMBER, "water");
	walk(&w, "numbered");
	walk(&w, "number");
	world_close(&w);
}
END_TEST

/* The filters of lists hold for searches. */
START_TEST(filters)
{
	struct advisory_filter f = { .label = TLP_GREEN };
	struct advisory_list list;
	struct world w;

	world_open(&w);
	world_publish(&w, "Thing", TLP_AMBER, "energy");
	world_publish(&w, "Thing", TLP_GREEN, "energy");
	world_as(&w, ENERGY);
	fixture_ok(advisory_search(&w.f.ctx, "thing", &f, &list));
	ck_assert_uint_eq(list.count, 1);
	ck_assert_int_eq(list.rows[0].label, TLP_GREEN);
	f = (struct advisory_filter){ .label = -1, .severity = 4 };
	fixture_ok(advisory_search(&w.f.ctx, "thing", &f, &list));
	ck_assert_uint_eq(list.count, 0);
	f = (struct advisory_filter){ .label = -1, .is_own = true };
	fixture_ok(advisory_search(&w.f.ctx, "thing", &f, &list));
	ck_assert_uint_eq(list.count, 0);
	f = (struct advisory_filter){ .label = -1, .is_unread = true };
	fixture_ok(advisory_search(&w.f.ctx, "thing", &f, &list));
	ck_assert_uint_eq(list.count, 2);
	f = (struct advisory_filter){ .label = -1, .is_awaiting = true };
	fixture_ok(advisory_search(&w.f.ctx, "thing", &f, &list));
	ck_assert_uint_eq(list.count, 0);
	f = (struct advisory_filter){ .label = -1, .is_draft = true };
	fixture_ok(advisory_search(&w.f.ctx, "thing", &f, &list));
	ck_assert_uint_eq(list.count, 0);
	world_close(&w);
}
END_TEST

/*
 * The newest that have the words are hidden, more of them than are looked at.
 * Who may see few has these looked through, who may see many asks the index:
 * both find the same.
 */
static const struct {
	const char *query;
	const char *titles; /* first letters, newest first */
} behind[] = {
	{ "badger", "FEDCBA" },
	{ "Badger fence", "B" },
	{ "badger-fence", "B" },
	{ "fence badger", "B" },
	{ "élan badger", "C" },
	{ "elan badger", "C" },
	{ "badger cve-2026-7777", "D" },
	{ "badger 2026-7777-cve", "" },
	{ "badger summary", "FEDCBA" },
	{ "badger naïveté", "E" },
	{ "badger numberless", "" },
	{ "badger numb", "F" }, /* the beginning of a word */
	{ "badger umbers", "" },
};
static const int others[] = { 0, 101 };

static void
publish_behind(struct world *w, int more)
{
	static const char *const titles[] = { "A badger", "B badger fence",
		"C \xc3\x89lan, badger!", "D badger (CVE-2026-7777)",
		"E Na\xc3\xafvet\xc3\xa9 badger", "F numbers, badger" };

	for (int i = 0; i < more; i++)
		world_publish(w, "Something else", TLP_GREEN, "energy");
	for (size_t i = 0; i < 6; i++)
		world_publish(w, titles[i], TLP_GREEN, "energy");
	for (int i = 0; i < 45; i++)
		world_publish(w,
		    "A badger fence elan cve-2026-7777 naivete numbers",
		    TLP_GREEN, "water");
}

START_TEST(behind_what_is_hidden)
{
	struct advisory_list list;
	struct world w;

	world_open(&w);
	publish_behind(&w, others[_i]);
	for (size_t q = 0; q < sizeof(behind) / sizeof(behind[0]); q++) {
		found(&w, ENERGY, behind[q].query, &list);
		ck_assert_msg(list.count == strlen(behind[q].titles), "%s: %zu",
		    behind[q].query, list.count);
		for (size_t i = 0; i < list.count; i++)
			ck_assert_int_eq(
			    list.rows[i].title[0], behind[q].titles[i]);
	}
	world_close(&w);
}
END_TEST

/* Merged, the index finds what it found; again changes nothing. */
START_TEST(merged)
{
	struct advisory_list list;
	struct world w;
	int64_t pieces;

	world_open(&w);
	for (int i = 0; i < 30; i++)
		world_publish(&w, "A badger", TLP_GREEN, "energy");
	for (int i = 0; i < 2; i++) {
		fixture_ok(advisory_index_merge(&w.f.ctx, &pieces));
		ck_assert_int_eq(pieces, 1);
		ck_assert_uint_eq(found(&w, ENERGY, "badger", &list), 30);
	}
	world_publish(&w, "A badger", TLP_GREEN, "energy");
	world_verify(&w);
	world_close(&w);
}
END_TEST

UNIT_MAIN("search", UNIT(words_find), UNIT(nothing_to_search_for),
    UNIT(long_and_strange), UNIT(hits), UNIT(newest_alone), UNIT(pages),
    UNIT(filters), UNIT_ROWS(behind_what_is_hidden, others), UNIT(merged))
