/* SPDX-License-Identifier: Apache-2.0 */
/* Documents of the library: written, published, read, withdrawn, found. */
#include "library.h"

static int64_t
records(struct world *w, const char *kind)
{
	int64_t n;

	fixture_ok(db_one_int(w->f.ctx.db,
	    "SELECT COUNT(*) FROM record WHERE kind = $1", DB_ARGS(db_t(kind)),
	    &n));
	return n;
}

START_TEST(from_draft_to_reader)
{
	struct document_draft draft;
	struct document_version_row *versions;
	struct document *d;
	struct world w;
	char *ref, *text;
	bool is_cut;
	size_t n;

	world_open(&w);
	draft = library_draft(
	    &w, "Restoring a control centre", TLP_AMBER, "energy");
	draft.review_by_at = w.f.ctx.now_at + 90 * CLOCK_DAY;
	draft.measures = 4;
	ref = library_create(
	    &w, &draft, library_file(&w, "plan.md", "# Plan\nfirst things"));
	ck_assert_str_eq(ref, "DOC-2026-0001");
	ck_assert_ptr_null(library_load(&w, ENERGY, ref));
	d = library_load(&w, COLLEAGUE, ref);
	ck_assert_ptr_nonnull(d);
	ck_assert_int_eq(d->state, DOCUMENT_DRAFT);
	fixture_ok(library_try_publish(&w, ref));

	d = library_load(&w, ENERGY, ref);
	ck_assert_ptr_nonnull(d);
	ck_assert_str_eq(d->title, "Restoring a control centre");
	ck_assert_int_eq(d->format, FORMAT_MARKDOWN);
	ck_assert_str_eq(d->filename, "plan.md");
	ck_assert_int_eq(d->bytes, 19);
	ck_assert_int_eq(d->measures, 4);
	ck_assert_int_eq(d->version, 1);
	ck_assert(document_is_comparable(d));
	fixture_ok(document_text(&w.f.ctx, d, &text, &is_cut));
	ck_assert_str_eq(text, "# Plan\nfirst things");
	fixture_ok(document_versions(&w.f.ctx, d->id, &versions, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_ptr_null(library_load(&w, WATER, ref));
	ck_assert_ptr_null(library_load(&w, VISITOR, ref));
	ck_assert_int_eq(records(&w, "document.published"), 1);
	library_verify(&w);
	world_close(&w);
}
END_TEST

START_TEST(versions_stay)
{
	struct document_draft draft;
	struct document_version_row *versions;
	struct fault fault;
	struct document *d;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_GREEN, "energy", "one");
	fixture_ok(document_revise(&w.f.ctx, ref));
	fixture_err(document_revise(&w.f.ctx, ref), ERR_STATE);
	fixture_ok(document_load_draft(&w.f.ctx, ref, &d));
	ck_assert_str_eq(d->filename, "guide.txt");
	ck_assert_str_eq(d->note, "");
	/* A version says what changed. */
	fixture_err(
	    document_publish(&w.f.ctx, ref, d->edit, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.field, "note");
	draft = library_draft(&w, "A better guide", TLP_AMBER, "pact");
	fixture_ok(document_save(&w.f.ctx, ref, d->edit, &draft,
	    library_file(&w, "better.txt", "two"), &fault));
	fixture_err(document_save(&w.f.ctx, ref, d->edit, &draft, NULL, &fault),
	    ERR_STALE);
	fixture_ok(library_try_publish(&w, ref));

	/* The newest is the pact's; the first one was not for its members. */
	ck_assert_ptr_null(library_load(&w, ENERGY, ref));
	fixture_err(document_load_version(&w.f.ctx, ref, 1, &d), ERR_NOT_FOUND);
	d = library_load(&w, NAMED, ref);
	ck_assert_str_eq(d->filename, "better.txt");
	fixture_err(document_load_version(&w.f.ctx, ref, 1, &d), ERR_NOT_FOUND);
	d = library_load(&w, COLLEAGUE, ref);
	fixture_ok(document_load_version(&w.f.ctx, ref, 1, &d));
	ck_assert_str_eq(d->title, "A guide");
	fixture_ok(document_versions(&w.f.ctx, d->id, &versions, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_int_eq(versions[0].number, 2);
	ck_assert_int_eq(records(&w, "document.revised"), 1);
	library_verify(&w);
	world_close(&w);
}
END_TEST

START_TEST(withdrawn_is_a_notice)
{
	struct document_list list;
	struct document *d;
	struct world w;
	char *ref;

	world_open(&w);
	ref =
	    library_publish(&w, "Old habits", TLP_GREEN, "community", "wombat");
	fixture_err(document_withdraw(&w.f.ctx, ref, ""), ERR_INVALID);
	world_as(&w, ENERGY);
	fixture_err(document_withdraw(&w.f.ctx, ref, "mine"), ERR_NOT_FOUND);
	world_as(&w, COLLEAGUE);
	fixture_ok(document_withdraw(&w.f.ctx, ref, "It was wrong"));
	d = library_load(&w, ENERGY, ref);
	ck_assert_int_eq(d->state, DOCUMENT_WITHDRAWN);
	ck_assert_str_eq(d->withdrawn_why, "It was wrong");
	ck_assert_str_eq(d->summary, "");
	ck_assert_int_eq(d->blob, 0);
	fixture_ok(document_search(&w.f.ctx, "wombat",
	    &(struct document_filter){ .kind = -1, .label = -1 }, &list));
	ck_assert_uint_eq(list.count, 0);
	ck_assert_int_ne(library_load(&w, AUTHOR, ref)->blob, 0);
	library_verify(&w);
	world_close(&w);
}
END_TEST

START_TEST(discarded_is_gone)
{
	struct document_draft draft;
	struct document *d;
	struct world w;
	char *ref;

	world_open(&w);
	draft = library_draft(&w, "Never mind", TLP_AMBER, "energy");
	ref = library_create(&w, &draft, NULL);
	world_as(&w, ENERGY);
	fixture_err(document_discard(&w.f.ctx, ref), ERR_NOT_FOUND);
	world_as(&w, AUTHOR);
	fixture_ok(document_discard(&w.f.ctx, ref));
	fixture_err(document_load(&w.f.ctx, ref, &d), ERR_NOT_FOUND);
	ref = library_publish(&w, "Kept", TLP_AMBER, "energy", "kept");
	fixture_ok(document_revise(&w.f.ctx, ref));
	fixture_ok(document_discard(&w.f.ctx, ref));
	fixture_err(document_discard(&w.f.ctx, ref), ERR_STATE);
	ck_assert_ptr_nonnull(library_load(&w, ENERGY, ref));
	library_verify(&w);
	world_close(&w);
}
END_TEST

/* The same bytes in two entries: kept once, each with its own name. */
START_TEST(same_bytes_are_kept_once)
{
	struct document_draft draft;
	struct document *one, *two;
	struct world w;
	char *first, *second;

	world_open(&w);
	draft = library_draft(&w, "As text", TLP_GREEN, "energy");
	first = library_create(&w, &draft, library_file(&w, "a.txt", "a,b\n"));
	draft = library_draft(&w, "As a table", TLP_GREEN, "energy");
	second = library_create(&w, &draft, library_file(&w, "b.csv", "a,b\n"));
	one = library_load(&w, AUTHOR, first);
	two = library_load(&w, AUTHOR, second);
	ck_assert_int_eq(one->blob, two->blob);
	ck_assert_str_eq(one->filename, "a.txt");
	ck_assert_int_eq(two->format, FORMAT_CSV);
	world_close(&w);
}
END_TEST

/* ---- what is refused ---------------------------------------------------- */

static void
no_title(struct document_draft *d)
{
	d->title = "";
}
static void
no_summary(struct document_draft *d)
{
	d->summary = NULL;
}
static void
control(struct document_draft *d)
{
	d->title = "a\x01"
		   "b";
}
static void
kind(struct document_draft *d)
{
	d->kind = DOCUMENT_KIND__MAX;
}
static void
language(struct document_draft *d)
{
	d->language = "xx";
}
static void
no_language(struct document_draft *d)
{
	d->language = NULL;
}
static void
measures(struct document_draft *d)
{
	d->measures = 1 << 10;
}
static void
sectors(struct document_draft *d)
{
	d->sectors = -1;
}
static void
label(struct document_draft *d)
{
	d->label = TLP__MAX;
}
static void
past(struct document_draft *d)
{
	d->review_by_at = 1;
}
static void
related(struct document_draft *d)
{
	d->related = "DOC-2026-9999";
}
static void
self(struct document_draft *d)
{
	d->related = "DOC-2026-0001";
}
static void
original(struct document_draft *d)
{
	d->translation_of = "x";
}

static void
no_circle(struct document_draft *d)
{
	static const char *const none[] = { NULL };

	d->circles = none;
}

static void
circle(struct document_draft *d)
{
	static const char *const no[] = { "no-such", NULL };

	d->circles = no;
}

static void
named(struct document_draft *d)
{
	static const char *const somebody[] = { "a@b.example", NULL };

	d->named = somebody;
}

static const struct refusal {
	void (*spoil)(struct document_draft *);
	const char *field, *error;
	bool may_be_saved; /* it is refused only when it is to be published */
} refusals[] = {
	{ no_title, "title", "Required", true },
	{ no_summary, "summary", "Required", true },
	{ no_circle, "circles", "Circles", true },
	{ control, "title", "NotText", false },
	{ kind, "kind", "Wrong", false },
	{ language, "language", "Wrong", false },
	{ no_language, "language", "Wrong", false },
	{ measures, "measures", "Wrong", false },
	{ sectors, "sectors", "Wrong", false },
	{ label, "label", "Wrong", false },
	{ past, "review_by", "Past", false },
	{ circle, "circles", "Unknown", false },
	{ named, "named", "NamedOnly", false },
	{ related, "related", "DocumentUnknown", false },
	{ self, "related", "DocumentUnknown", false },
	{ original, "translation_of", "DocumentUnknown", false },
};

START_TEST(refused)
{
	const struct refusal *r = &refusals[_i];
	struct document_draft draft;
	struct fault fault;
	struct document *d;
	struct world w;
	char *ref;

	world_open(&w);
	draft = library_draft(&w, "Right", TLP_AMBER, "energy");
	ref = library_create(&w, &draft, library_file(&w, "a.txt", "a"));
	fixture_ok(document_load_draft(&w.f.ctx, ref, &d));
	r->spoil(&draft);
	if (r->may_be_saved) {
		fixture_ok(document_save(
		    &w.f.ctx, ref, d->edit, &draft, NULL, &fault));
		fixture_err(
		    document_publish(&w.f.ctx, ref, d->edit + 1, &fault),
		    ERR_INVALID);
	} else {
		fixture_err(
		    document_save(&w.f.ctx, ref, d->edit, &draft, NULL, &fault),
		    ERR_INVALID);
	}
	ck_assert_str_eq(fault.field, r->field);
	ck_assert_str_eq(fault.error, r->error);
	world_close(&w);
}
END_TEST

START_TEST(a_file_is_asked_for)
{
	struct document_draft draft;
	struct fault fault;
	struct world w;
	char *ref;

	world_open(&w);
	draft = library_draft(&w, "Without", TLP_AMBER, "energy");
	ref = library_create(&w, &draft, NULL);
	fixture_err(document_publish(&w.f.ctx, ref, 1, &fault), ERR_INVALID);
	ck_assert_str_eq(fault.field, "file");
	ck_assert_str_eq(fault.error, "ChooseFile");
	world_close(&w);
}
END_TEST

START_TEST(an_empty_audience_is_refused)
{
	struct document_draft draft;
	struct world w;
	char *ref;

	world_open(&w);
	/* Charters end below it, and nobody of the sector is named. */
	draft = library_draft(&w, "For nobody", TLP_RED, "energy");
	ref = library_create(&w, &draft, library_file(&w, "a.txt", "a"));
	fixture_err(library_try_publish(&w, ref), ERR_AUDIENCE);
	library_verify(&w);
	world_close(&w);
}
END_TEST

/* ---- links --------------------------------------------------------------- */

/* What the reader may not read is not pointed to. */
START_TEST(links_follow_the_rule)
{
	struct document_draft draft;
	struct document *d;
	struct world w;
	char *open, *hidden, *ref;

	world_open(&w);
	open = library_publish(&w, "Open", TLP_GREEN, "community", "open");
	hidden = library_publish(&w, "Hidden", TLP_AMBER, "pact", "hidden");
	draft = library_draft(&w, "Pointer", TLP_GREEN, "community");
	draft.related =
	    arena_printf(w.f.arena, "%s,  %s\n%s", open, hidden, open);
	draft.translation_of = hidden;
	draft.language = "fr";
	ref = library_create(&w, &draft, library_file(&w, "a.txt", "a"));
	fixture_ok(library_try_publish(&w, ref));
	d = library_load(&w, ENERGY, ref);
	ck_assert_uint_eq(d->related_count, 1);
	ck_assert_str_eq(d->related[0].ref, open);
	ck_assert_ptr_null(d->translation_of);
	d = library_load(&w, NAMED, ref);
	ck_assert_uint_eq(d->related_count, 2);
	ck_assert_str_eq(d->translation_of->ref, hidden);
	d = library_load(&w, NAMED, hidden);
	ck_assert_uint_eq(d->translation_count, 1);
	ck_assert_str_eq(d->translations[0].ref, ref);
	ck_assert_str_eq(d->translations[0].language, "fr");
	world_close(&w);
}
END_TEST

/* ---- reading ------------------------------------------------------------- */

START_TEST(who_has_read_it)
{
	struct reading_row *rows;
	struct document *d;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	ref = library_publish(&w, "Read me", TLP_AMBER, "energy", "text");
	d = library_load(&w, ENERGY, ref);
	fixture_ok(document_note(&w.f.ctx, d, false));
	fixture_ok(document_note(&w.f.ctx, d, true));
	fixture_ok(document_note(&w.f.ctx, d, true));
	fixture_err(document_readings(&w.f.ctx, d, &rows, &n), ERR_NOT_FOUND);
	d = library_load(&w, AUTHOR, ref);
	fixture_ok(document_readings(&w.f.ctx, d, &rows, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(rows[1].organisation_name, "Grid");
	ck_assert_ptr_null(rows[1].person_name);
	ck_assert_int_eq(rows[1].people, 1);
	ck_assert_int_eq(rows[1].downloads, 1);
	world_close(&w);
}
END_TEST

START_TEST(each_view_of_red_is_kept)
{
	struct document *d;
	struct world w;
	char *ref;
	int64_t n;

	world_open(&w);
	ref = library_publish(&w, "Red", TLP_RED, "pact", "red");
	ck_assert_ptr_null(library_load(&w, PARTY, ref));
	d = library_load(&w, NAMED, ref);
	for (int i = 0; i < 3; i++)
		fixture_ok(document_note(&w.f.ctx, d, i == 2));
	fixture_ok(db_one_int(
	    w.f.ctx.db, "SELECT COUNT(*) FROM document_red_view", DB_NONE, &n));
	ck_assert_int_eq(n, 3);
	world_close(&w);
}
END_TEST

/* ---- finding --------------------------------------------------------------- */

static const struct document_filter all = { .kind = -1, .label = -1 };

static void
search(struct world *w, enum reader r, const char *query,
    const struct document_filter *f, struct document_list *list)
{
	world_as(w, r);
	fixture_ok(document_search(&w->f.ctx, query, f, list));
}

START_TEST(accents_do_not_matter)
{
	struct document_list list;
	struct world w;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "Conférence annuelle", TLP_GREEN, "energy",
	    "Les Alliés renforcent la cyberrésilience : résilience, Pologne");
	search(&w, ENERGY, "resilience", &all, &list);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_str_eq(list.rows[0].ref, ref);
	ck_assert_ptr_nonnull(strstr(list.rows[0].hit_text, "\x02résilience"));
	search(&w, ENERGY, "conference ANNUELLE", &all, &list);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_ptr_nonnull(strstr(list.rows[0].hit_title, "\x02"));
	search(&w, WATER, "resilience", &all, &list);
	ck_assert_uint_eq(list.count, 0);
	search(&w, ENERGY, "cyberres", &all, &list);
	ck_assert_uint_eq(list.count, 1);
	/* Found by its reference, which is no part of its text. */
	ck_assert_ptr_null(strstr(list.rows[0].hit_text, "DOC"));
	search(&w, ENERGY, ref, &all, &list);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_ptr_null(list.rows[0].hit_text);
	fixture_err(
	    document_search(&w.f.ctx, " -- ", &all, &list), ERR_INVALID);
	world_close(&w);
}
END_TEST

/* Title before summary before text, the newest first in each; page by page. */
START_TEST(ranked_by_where_the_words_stand)
{
	static const char *const want[] = { "Wombat two", "Wombat one",
		"In summary", "In text two", "In text one" };
	struct document_filter page = all;
	struct document_draft draft;
	struct document_list list;
	struct world w;
	char *ref;

	world_open(&w);
	library_publish(&w, "In text one", TLP_GREEN, "energy", "a wombat");
	library_publish(&w, "Wombat one", TLP_GREEN, "energy", "nothing");
	draft = library_draft(&w, "In summary", TLP_GREEN, "energy");
	draft.summary = "About a wombat";
	ref = library_create(&w, &draft, library_file(&w, "a.txt", "wombat"));
	fixture_ok(library_try_publish(&w, ref));
	library_publish(&w, "Wombat two", TLP_GREEN, "energy", "wombat");
	library_publish(&w, "In text two", TLP_GREEN, "energy", "the wombat");
	library_publish(&w, "Wombat hidden", TLP_GREEN, "pact", "wombat");
	search(&w, ENERGY, "wombat", &all, &list);
	ck_assert_uint_eq(list.count, 5);
	for (int i = 0; i < 5; i++)
		ck_assert_str_eq(list.rows[i].title, want[i]);
	page.limit = 2;
	for (int i = 0; i < 5; i++) {
		if (i > 0 && i % 2 == 0) {
			page.before = list.next;
			page.tier = list.next_tier;
		}
		if (i % 2 == 0)
			search(&w, ENERGY, "wombat", &page, &list);
		ck_assert_uint_gt(list.count, (size_t)(i % 2));
		ck_assert_str_eq(list.rows[i % 2].title, want[i]);
	}
	ck_assert_int_eq(list.next, 0);
	world_close(&w);
}
END_TEST

/* However many stand before them that may not be seen, in each tier. */
START_TEST(found_behind_hidden_ones)
{
	static const char *const titles[] = { "Wombat", "Others" };
	struct document_filter page = all;
	struct document_list list;
	struct world w;

	world_open(&w);
	for (int i = 0; i < 5; i++)
		library_publish(
		    &w, titles[i % 2], TLP_GREEN, "energy", "wombat");
	for (int i = 0; i < 100; i++)
		library_publish(&w, titles[i % 2], TLP_GREEN, "pact", "wombat");
	library_publish(&w, "Wombat newest", TLP_GREEN, "energy", "wombat");
	search(&w, ENERGY, "wombat", &all, &list);
	ck_assert_uint_eq(list.count, 6);
	for (int i = 0; i < 6; i++)
		ck_assert(i == 0 ||
		    list.rows[i].position < list.rows[i - 1].position ||
		    i == 4);
	ck_assert_str_eq(list.rows[0].title, "Wombat newest");
	ck_assert_str_eq(list.rows[3].title, "Wombat");
	ck_assert_str_eq(list.rows[5].title, "Others");
	page.limit = 1;
	for (int i = 0; i < 6; i++) {
		struct document_list one;

		search(&w, ENERGY, "wombat", &page, &one);
		ck_assert_uint_eq(one.count, 1);
		ck_assert_int_eq(one.rows[0].position, list.rows[i].position);
		page.before = one.next;
		page.tier = one.next_tier;
	}
	ck_assert_int_eq(page.before, 0);
	search(&w, WATER, "wombat", &all, &list);
	ck_assert_uint_eq(list.count, 0);
	library_verify(&w);
	world_close(&w);
}
END_TEST

/* A hit deep inside a long text has its words shown all the same. */
START_TEST(deep_hits_are_shown)
{
	enum { LONG = 60000 };
	struct document_list list;
	struct world w;
	char *text;

	world_open(&w);
	text = arena_alloc(w.f.arena, LONG + 20);
	for (int i = 0; i < LONG; i++)
		text[i] = i % 7 == 6 ? ' ' : 'a';
	memcpy(text + LONG, " wombat ends it", 16);
	library_publish(&w, "Long", TLP_GREEN, "energy", text);
	search(&w, ENERGY, "wombat", &all, &list);
	ck_assert_uint_eq(list.count, 1);
	ck_assert_ptr_nonnull(strstr(list.rows[0].hit_text, "\x02wombat\x03"));
	world_close(&w);
}
END_TEST

static const struct choice {
	struct document_filter f;
	size_t count; /* of the three documents */
} choices[] = {
	{ { .kind = -1, .label = -1 }, 3 },
	{ { .kind = DOCUMENT_POLICY, .label = -1 }, 1 },
	{ { .kind = DOCUMENT_EXERCISE, .label = -1 }, 0 },
	{ { .kind = -1, .label = TLP_GREEN }, 2 },
	{ { .kind = -1, .label = -1, .language = "fr" }, 1 },
	{ { .kind = -1, .label = -1, .sectors = 1 }, 2 }, /* one is for all */
	{ { .kind = -1, .label = -1, .sectors = 2 }, 1 },
	{ { .kind = -1, .label = -1, .measures = 2 }, 1 },
	{ { .kind = -1, .label = -1, .is_own = true }, 0 },
	{ { .kind = -1, .label = -1, .is_unread = true }, 3 },
	{ { .kind = -1, .label = -1, .is_used = true }, 0 },
	{ { .kind = -1, .label = -1, .limit = 2 }, 2 },
};

START_TEST(filtered)
{
	const struct choice *c = &choices[_i];
	struct document_draft draft;
	struct document_list list;
	struct world w;
	char *ref;

	world_open(&w);
	for (int i = 0; i < 3; i++) {
		draft = library_draft(&w, "About wombats",
		    i == 2 ? TLP_AMBER : TLP_GREEN, "energy");
		draft.kind = i == 0 ? DOCUMENT_POLICY : DOCUMENT_GUIDE;
		draft.language = i == 1 ? "fr" : "en";
		draft.sectors = i == 0 ? 0 : i == 1 ? 1 : 8;
		draft.measures = i == 2 ? 6 : 1;
		ref = library_create(
		    &w, &draft, library_file(&w, "a.txt", "wombat"));
		fixture_ok(library_try_publish(&w, ref));
	}
	world_as(&w, ENERGY);
	fixture_ok(document_list(&w.f.ctx, &c->f, &list));
	ck_assert_uint_eq(list.count, c->count);
	ck_assert_int_eq(list.next != 0, c->f.limit != 0);
	search(&w, ENERGY, "wombat", &c->f, &list);
	ck_assert_uint_eq(list.count, c->count);
	library_verify(&w);
	world_close(&w);
}
END_TEST

START_TEST(own_lists)
{
	struct document_filter drafts = all, due = all;
	struct document_draft draft;
	struct document_list list;
	struct world w;
	char *soon, *being_written;

	world_open(&w);
	drafts.is_draft = due.is_due = true;
	library_publish(&w, "Lasts", TLP_GREEN, "energy", "a");
	draft = library_draft(&w, "Soon", TLP_GREEN, "energy");
	draft.review_by_at = w.f.ctx.now_at + 10 * CLOCK_DAY;
	soon = library_create(&w, &draft, library_file(&w, "a.txt", "b"));
	fixture_ok(library_try_publish(&w, soon));
	being_written = library_create(&w, &draft, NULL);
	fixture_ok(document_list(&w.f.ctx, &due, &list));
	ck_assert_uint_eq(list.count, 1);
	ck_assert(library_has(&list, soon));
	fixture_ok(document_list(&w.f.ctx, &drafts, &list));
	ck_assert_uint_eq(list.count, 1);
	ck_assert(library_has(&list, being_written));
	world_as(&w, ENERGY);
	fixture_ok(document_list(&w.f.ctx, &due, &list));
	ck_assert_uint_eq(list.count, 0);
	fixture_ok(document_list(&w.f.ctx, &drafts, &list));
	ck_assert_uint_eq(list.count, 0);
	world_close(&w);
}
END_TEST

START_TEST(so_many_drafts_and_no_more)
{
	struct document_draft draft;
	struct fault fault;
	struct world w;
	char *ref = NULL;

	world_open(&w);
	draft = library_draft(&w, "One of many", TLP_AMBER, "energy");
	for (int i = 0; i < DOCUMENT_DRAFTS_MAX; i++)
		ref = library_create(&w, &draft, NULL);
	fixture_err(
	    document_create(&w.f.ctx, &draft, NULL, &ref, &fault), ERR_QUOTA);
	fixture_ok(document_discard(&w.f.ctx, "DOC-2026-0001"));
	library_create(&w, &draft, NULL);
	world_close(&w);
}
END_TEST

/* ---- checking ------------------------------------------------------------ */

/* Rows that no act leaves behind, and what is said of them. */
static const struct {
	const char *sql, *problem;
} damages[] = {
	{ "DELETE FROM document_circle WHERE circle = 3",
	    "Documents: 1 rows of lists are missing." },
	{ "INSERT INTO document_circle SELECT 3, position, document,"
	  " organisation, state, version, label, kind, language, sectors,"
	  " measures, review_by_at FROM document_circle WHERE label = 4"
	  " GROUP BY document",
	    "Documents: 1 rows of lists should not be there." },
	{ "DELETE FROM document_person", "Documents: 2 named persons differ." },
	{ "DELETE FROM document_fts",
	    "Documents: 2 entries are not in the full text as they should"
	    " be." },
	{ "DELETE FROM document_head_fts WHERE rowid ="
	  " (SELECT MIN(position) FROM document)",
	    "Documents: 1 titles are not in the full text as they should"
	    " be." },
};

START_TEST(verify_finds_damage)
{
	struct world w;
	char *problem;
	int64_t n;

	world_open(&w);
	library_publish(&w, "Amber", TLP_AMBER, "energy", "amber");
	library_publish(&w, "Red", TLP_RED, "pact", "red");
	library_verify(&w);
	fixture_ok(db_begin(w.f.ctx.db));
	fixture_run(&w.f, damages[_i].sql);
	fixture_ok(db_end(w.f.ctx.db, ERR_OK));
	fixture_ok(document_verify(&w.f.ctx, &n, &problem));
	ck_assert_ptr_nonnull(problem);
	ck_assert_str_eq(problem, damages[_i].problem);
	ck_assert_int_eq(n, 2);
	world_close(&w);
}
END_TEST

UNIT_MAIN("document", UNIT(so_many_drafts_and_no_more),
    UNIT(from_draft_to_reader), UNIT(versions_stay),
    UNIT(withdrawn_is_a_notice), UNIT(discarded_is_gone),
    UNIT(same_bytes_are_kept_once), UNIT_ROWS(refused, refusals),
    UNIT(a_file_is_asked_for), UNIT(an_empty_audience_is_refused),
    UNIT(links_follow_the_rule), UNIT(who_has_read_it),
    UNIT(each_view_of_red_is_kept), UNIT(accents_do_not_matter),
    UNIT(ranked_by_where_the_words_stand), UNIT(found_behind_hidden_ones),
    UNIT(deep_hits_are_shown), UNIT_ROWS(filtered, choices), UNIT(own_lists),
    UNIT_ROWS(verify_finds_damage, damages))
