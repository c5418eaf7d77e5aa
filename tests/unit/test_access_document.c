/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who reads which document: each label, each circle, each state, each kind of
 * reader, by every path, against the rule of DESIGN §2 as it is written here,
 * without a word of SQL.
 */
#include "library.h"

#include "domain/document_comment.h"
#include "domain/document_today.h"
#include "domain/subscription.h"

/* ---- the rule, once more --------------------------------------------------- */

enum place { NONE, COMMUNITY, SECTOR, PACT, PLACE__MAX };
static const char *const circles[PLACE__MAX] = { NULL, "community", "energy",
	"pact" };
static const char *const names[PLACE__MAX] = { "none", "community", "energy",
	"pact" };

enum { NO = -1 };

/* What the tests' partnership lets each reader have: world.h. */
static const struct model {
	bool is_source, is_member; /* of an organisation */
	bool is_named;		   /* where names count */
	int most[PLACE__MAX];	   /* label that their grants carry there */
} models[READER__MAX] = {
	[AUTHOR] = { true, true, true, { NO, 3, NO, 4 } },
	[COLLEAGUE] = { true, true, false, { NO, 3, NO, 4 } },
	[ENERGY] = { false, true, false, { NO, 3, 3, NO } },
	[WATER] = { false, true, false, { NO, 3, NO, NO } },
	[MEMBER] = { false, true, false, { NO, 3, NO, NO } },
	[NAMED] = { false, true, true, { NO, 3, NO, 4 } },
	[PARTY] = { false, true, false, { NO, 3, NO, 4 } },
	[LOW] = { false, true, false, { NO, 3, NO, 1 } },
	[SUSPENDED] = { false, true, false, { NO, NO, NO, NO } },
	[LATER] = { false, true, false, { NO, NO, NO, NO } },
	[ENDED] = { false, true, false, { NO, NO, NO, NO } },
	[KEEPER] = { false, true, false, { NO, NO, NO, NO } },
	[AUDITOR] = { false, true, false, { NO, NO, NO, NO } },
	[VISITOR] = { false, false, false, { NO, NO, NO, NO } },
};

struct item {
	enum tlp label;
	enum place circle;
	enum document_state state;
	char *ref;
};

static bool
may(const struct item *i, enum reader r)
{
	const struct model *m = &models[r];

	if (i->label == TLP_RED && !m->is_named)
		return false;
	if (m->is_source)
		return true;
	if (i->state == DOCUMENT_DRAFT)
		return false;
	return i->label == TLP_CLEAR || m->most[i->circle] >= (int)i->label;
}

/* Somebody besides its source would read it, or it cannot be published. */
static enum err
publishing(struct item item)
{
	if (item.circle == NONE && item.label != TLP_CLEAR)
		return ERR_INVALID;
	item.state = DOCUMENT_PUBLISHED;
	for (int r = 0; r < READER__MAX; r++)
		if (!models[r].is_source && may(&item, (enum reader)r))
			return ERR_OK;
	return ERR_AUDIENCE;
}

/* ---- all there is ------------------------------------------------------------ */

enum { ITEMS = TLP__MAX * PLACE__MAX * DOCUMENT_STATE__MAX };
static struct item items[ITEMS];
static int made;

static void
make(struct world *w, struct item item)
{
	struct document_draft draft;
	const char *named[] = { w->who[AUTHOR]->email, w->who[NAMED]->email,
		NULL };
	enum err rc;

	draft = library_draft(
	    w, "Matrix of readers", item.label, circles[item.circle]);
	if (item.label == TLP_RED)
		draft.named = named;
	draft.measures = 1;
	item.ref = library_create(
	    w, &draft, library_file(w, "a.txt", "wombats in a matrix"));
	if (item.state != DOCUMENT_DRAFT) {
		rc = library_try_publish(w, item.ref);
		ck_assert_msg(rc == publishing(item), "%s in %s: %s",
		    tlp_names[item.label], names[item.circle], err_name(rc));
		if (rc != ERR_OK)
			item.state = DOCUMENT_DRAFT;
	}
	if (item.state == DOCUMENT_WITHDRAWN)
		fixture_ok(document_withdraw(&w->f.ctx, item.ref, "Wrong"));
	items[made++] = item;
}

static void
make_all(struct world *w)
{
	made = 0;
	for (int label = 0; label < TLP__MAX; label++)
		for (int place = 0; place < PLACE__MAX; place++)
			for (int s = 0; s < DOCUMENT_STATE__MAX; s++)
				make(w,
				    (struct item){ (enum tlp)label,
					(enum place)place,
					(enum document_state)s, NULL });
}

/* ---- each path ----------------------------------------------------------------- */

static void
agree(
    const struct item *i, enum reader r, bool is, bool should, const char *path)
{
	ck_assert_msg(is == should, "%s %s in %s, reader %d: %s %s",
	    document_states[i->state], tlp_names[i->label], names[i->circle],
	    (int)r, path, is ? "shows it" : "hides it");
}

/* Text and file of what is withdrawn are its contributor's alone. */
static void
check_content(struct world *w, const struct item *i, enum reader r,
    const struct document *d)
{
	bool is_shown = i->state != DOCUMENT_WITHDRAWN || models[r].is_source;
	bool is_cut;
	char *text;

	ck_assert_int_eq(d->blob != 0, is_shown);
	ck_assert_int_eq(d->summary[0] != '\0', is_shown);
	ck_assert(d->named[0] == NULL || models[r].is_source);
	fixture_ok(document_text(&w->f.ctx, d, &text, &is_cut));
	ck_assert_int_eq(text[0] != '\0', is_shown);
}

static void
check_load(struct world *w, const struct item *i, enum reader r)
{
	struct document *d = library_load(w, r, i->ref), *version;
	struct document_version_row *versions;
	struct access_reason why;
	int64_t id;
	size_t n;
	enum err rc;

	agree(i, r, d != NULL, may(i, r), "document_load()");
	rc = document_load_version(&w->f.ctx, i->ref, 1, &version);
	agree(i, r, rc == ERR_OK, may(i, r) && i->state != DOCUMENT_DRAFT,
	    "document_load_version()");
	rc = document_load_draft(&w->f.ctx, i->ref, &version);
	agree(i, r, rc == ERR_OK,
	    i->state == DOCUMENT_DRAFT && may(i, r) && models[r].is_source,
	    "document_load_draft()");
	fixture_ok(
	    db_one_int(w->f.ctx.db, "SELECT id FROM document WHERE ref = $1",
		DB_ARGS(db_t(i->ref)), &id));
	rc = access_reason(&w->f.ctx, ACCESS_DOCUMENT, id, &why);
	agree(i, r, rc == ERR_OK, may(i, r), "access_reason()");
	fixture_ok(document_versions(&w->f.ctx, id, &versions, &n));
	agree(i, r, n == 1,
	    may(i, r) &&
		(i->state == DOCUMENT_PUBLISHED ||
		    (i->state == DOCUMENT_WITHDRAWN && models[r].is_source)),
	    "document_versions()");
	if (d != NULL)
		check_content(w, i, r, d);
}

/* All pages of a list, or of a search. */
static size_t
gather(struct world *w, const char *query, struct document_row *rows)
{
	struct document_filter f = { .kind = -1, .label = -1, .limit = 7 };
	struct document_list list;
	size_t n = 0;

	do {
		if (query == NULL)
			fixture_ok(document_list(&w->f.ctx, &f, &list));
		else
			fixture_ok(
			    document_search(&w->f.ctx, query, &f, &list));
		for (size_t i = 0; i < list.count; i++)
			rows[n++] = list.rows[i];
		f.before = list.next;
		f.tier = list.next_tier;
	} while (list.next != 0);
	return n;
}

static bool
has(const struct document_row *rows, size_t n, const char *ref)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].ref, ref) == 0)
			return true;
	return false;
}

static void
check_lists(struct world *w, enum reader r)
{
	struct document_row listed[ITEMS], hits[ITEMS], inside[ITEMS];
	size_t n, found, deep, expected = 0, shown = 0;

	world_as(w, r);
	n = gather(w, NULL, listed);
	found = gather(w, "readers", hits);
	deep = gather(w, "wombats", inside);
	for (int i = 0; i < made; i++) {
		bool is = may(&items[i], r) && items[i].state != DOCUMENT_DRAFT;
		bool has_text = is && items[i].state == DOCUMENT_PUBLISHED;

		expected += is;
		shown += has_text;
		agree(&items[i], r, has(listed, n, items[i].ref), is, "list");
		agree(&items[i], r, has(hits, found, items[i].ref), is,
		    "search of titles");
		agree(&items[i], r, has(inside, deep, items[i].ref), has_text,
		    "search inside");
	}
	ck_assert_uint_eq(n, expected);
	ck_assert_uint_eq(found, expected);
	ck_assert_uint_eq(deep, shown);
}

/* News are what a list shows of others that is published. */
static void
check_news(struct world *w, enum reader r)
{
	struct document_list list;

	world_as(w, r);
	if (!models[r].is_member)
		return;
	fixture_ok(subscription_set(
	    &w->f.ctx, &(struct subscription){ .measures = 1 }));
	fixture_ok(document_news(&w->f.ctx, ITEMS, &list));
	for (int i = 0; i < made; i++)
		agree(&items[i], r, library_has(&list, items[i].ref),
		    may(&items[i], r) && !models[r].is_source &&
			items[i].state == DOCUMENT_PUBLISHED,
		    "news");
}

/* Who may read it may speak of it; who may not learns nothing by trying. */
static void
check_comment(struct world *w, const struct item *i, enum reader r)
{
	enum err expected = ERR_OK, rc;
	int64_t id;

	if (!models[r].is_member)
		expected = ERR_FORBIDDEN;
	else if (!may(i, r))
		expected = ERR_NOT_FOUND;
	else if (i->state != DOCUMENT_PUBLISHED)
		expected = ERR_STATE;
	world_as(w, r);
	rc = document_comment_add(&w->f.ctx, i->ref, 0, "Good", &id);
	ck_assert_msg(rc == expected, "%s %s in %s, reader %d: %s",
	    document_states[i->state], tlp_names[i->label], names[i->circle],
	    (int)r, err_name(rc));
}

START_TEST(each_path)
{
	struct world w;

	world_open(&w);
	make_all(&w);
	ck_assert_int_eq(made, ITEMS);
	library_verify(&w);
	for (int r = 0; r < READER__MAX; r++) {
		for (int i = 0; i < made; i++)
			check_load(&w, &items[i], (enum reader)r);
		check_lists(&w, (enum reader)r);
		check_news(&w, (enum reader)r);
		for (int i = 0; i < made; i++)
			check_comment(&w, &items[i], (enum reader)r);
	}
	library_verify(&w);
	world_close(&w);
}
END_TEST

UNIT_MAIN("access to documents", UNIT(each_path))
