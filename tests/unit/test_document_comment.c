/* SPDX-License-Identifier: Apache-2.0 */
/* Comments: threads of one level, ten minutes to change one, who sees which. */
#include "library.h"

#include "domain/document_comment.h"

static int64_t
say(struct world *w, enum reader r, const char *ref, int64_t thread,
    const char *text)
{
	int64_t id;

	world_as(w, r);
	fixture_later(&w->f, CLOCK_S);
	fixture_ok(document_comment_add(&w->f.ctx, ref, thread, text, &id));
	ck_assert_int_gt(id, 0);
	return id;
}

/* What a reader sees, as "text|text|" in order. */
static const char *
seen(struct world *w, enum reader r, const char *ref)
{
	struct document *d = library_load(w, r, ref);
	struct document_comment *all;
	const char *out = "";
	size_t n;

	if (d == NULL)
		return "nothing";
	fixture_ok(document_comments(&w->f.ctx, d, &all, &n));
	for (size_t i = 0; i < n; i++)
		out = arena_printf(w->f.arena, "%s%s|", out, all[i].text);
	return out;
}

START_TEST(threads)
{
	struct document_comment *all;
	struct document *d;
	struct world w;
	int64_t first, second;
	char *ref;
	size_t n;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_GREEN, "community", "text");
	first = say(&w, ENERGY, ref, 0, "  First\r\nline ");
	second = say(&w, WATER, ref, 0, "Second");
	say(&w, AUTHOR, ref, first, "Answer one");
	say(&w, ENERGY, ref, second, "Answer two");
	say(&w, MEMBER, ref, first, "Answer three");
	ck_assert_str_eq(seen(&w, MEMBER, ref),
	    "First\nline|Answer one|Answer three|Second|Answer two|");
	d = library_load(&w, ENERGY, ref);
	fixture_ok(document_comments(&w.f.ctx, d, &all, &n));
	ck_assert_uint_eq(n, 5);
	ck_assert_int_eq(all[0].id, first);
	ck_assert_int_eq(all[0].thread, 0);
	ck_assert_int_eq(all[1].thread, first);
	ck_assert_int_eq(all[0].version, 1);
	ck_assert_str_eq(all[0].organisation_name, "Grid");
	ck_assert_str_eq(
	    all[0].organisation_ref, w.who[ENERGY]->organisation_ref);
	ck_assert_str_eq(all[0].person_name, w.who[ENERGY]->name);
	ck_assert_int_eq(all[4].written_at, w.f.ctx.now_at - CLOCK_S);
	ck_assert_int_eq(all[0].edited_at, 0);
	ck_assert(all[0].may_edit && !all[1].may_edit && all[4].may_edit);
	/* An answer has no answers; nor has what is not there. */
	fixture_err(document_comment_add(&w.f.ctx, ref, all[1].id, "x", &first),
	    ERR_NOT_FOUND);
	ck_assert_int_eq(first, 0);
	fixture_err(document_comment_add(&w.f.ctx, ref, 99, "x", &first),
	    ERR_NOT_FOUND);
	/* Nothing of it is a record. */
	ck_assert_int_eq(fixture_int(&w.f,
			     "SELECT COUNT(*) FROM record"
			     " WHERE kind LIKE 'document.%'"),
	    1);
	world_close(&w);
}
END_TEST

START_TEST(of_another_document)
{
	struct world w;
	char *one, *other;
	int64_t id, in_one;

	world_open(&w);
	one = library_publish(&w, "One", TLP_GREEN, "community", "one");
	other = library_publish(&w, "Other", TLP_GREEN, "community", "other");
	in_one = say(&w, ENERGY, one, 0, "Here");
	fixture_err(document_comment_add(&w.f.ctx, other, in_one, "x", &id),
	    ERR_NOT_FOUND);
	fixture_err(
	    document_comment_edit(&w.f.ctx, other, in_one, "x"), ERR_NOT_FOUND);
	world_close(&w);
}
END_TEST

/* ---- changing one ------------------------------------------------------ */

static const struct change {
	enum reader who;
	int after_s;
	enum err rc;
} changes[] = {
	{ ENERGY, 1, ERR_OK },
	{ ENERGY, COMMENT_EDIT_S - 1, ERR_OK },
	{ ENERGY, COMMENT_EDIT_S, ERR_STATE },
	{ ENERGY, 86400, ERR_STATE },
	{ WATER, 1, ERR_NOT_FOUND },
	{ AUTHOR, 1, ERR_NOT_FOUND },
	{ KEEPER, 1, ERR_NOT_FOUND }, /* may not even read it */
	{ VISITOR, 1, ERR_FORBIDDEN },
};

START_TEST(changed_for_a_while)
{
	const struct change *c = &changes[_i];
	struct document_comment *all;
	struct document *d;
	struct world w;
	int64_t id;
	char *ref;
	size_t n;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_GREEN, "community", "text");
	id = say(&w, ENERGY, ref, 0, "Before");
	fixture_later(&w.f, c->after_s * CLOCK_S);
	d = library_load(&w, ENERGY, ref);
	fixture_ok(document_comments(&w.f.ctx, d, &all, &n));
	ck_assert_int_eq(all[0].may_edit, c->after_s < COMMENT_EDIT_S);
	world_as(&w, c->who);
	fixture_err(document_comment_edit(&w.f.ctx, ref, id, " After "), c->rc);
	d = library_load(&w, ENERGY, ref);
	fixture_ok(document_comments(&w.f.ctx, d, &all, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_str_eq(all[0].text, c->rc == ERR_OK ? "After" : "Before");
	ck_assert_int_eq(
	    all[0].edited_at, c->rc == ERR_OK ? w.f.ctx.now_at : 0);
	world_close(&w);
}
END_TEST

/* ---- what is refused ---------------------------------------------------- */

static const char *const bad_texts[] = { NULL, "", " \r\n\t ", "\x01",
	"\xff\xfe", "over\xe2\x80\xaeride" };

START_TEST(no_text)
{
	struct world w;
	int64_t id;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_GREEN, "community", "text");
	id = say(&w, ENERGY, ref, 0, "Right");
	fixture_err(document_comment_edit(&w.f.ctx, ref, id, bad_texts[_i]),
	    ERR_INVALID);
	fixture_err(document_comment_add(&w.f.ctx, ref, 0, bad_texts[_i], &id),
	    ERR_INVALID);
	ck_assert_str_eq(seen(&w, ENERGY, ref), "Right|");
	world_close(&w);
}
END_TEST

START_TEST(length)
{
	char text[2 * COMMENT_MAX + 3];
	struct world w;
	int64_t id;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_GREEN, "community", "text");
	world_as(&w, ENERGY);
	/* Characters, not bytes. */
	for (int i = 0; i <= COMMENT_MAX; i++)
		memcpy(text + 2 * i, "é", 3);
	fixture_err(
	    document_comment_add(&w.f.ctx, ref, 0, text, &id), ERR_INVALID);
	text[(size_t)2 * COMMENT_MAX] = '\0';
	fixture_ok(document_comment_add(&w.f.ctx, ref, 0, text, &id));
	world_close(&w);
}
END_TEST

START_TEST(where_nothing_can_be_said)
{
	struct document_draft draft;
	struct world w;
	int64_t id, first;
	char *ref;

	world_open(&w);
	draft = library_draft(&w, "A guide", TLP_AMBER, "energy");
	ref = library_create(&w, &draft, library_file(&w, "a.txt", "a"));
	fixture_err(
	    document_comment_add(&w.f.ctx, ref, 0, "x", &id), ERR_STATE);
	fixture_ok(library_try_publish(&w, ref));
	first = say(&w, ENERGY, ref, 0, "Said");
	world_as(&w, WATER);
	fixture_err(
	    document_comment_add(&w.f.ctx, ref, 0, "x", &id), ERR_NOT_FOUND);
	world_as(&w, VISITOR);
	fixture_err(
	    document_comment_add(&w.f.ctx, ref, 0, "x", &id), ERR_FORBIDDEN);
	world_as(&w, AUTHOR);
	fixture_ok(document_withdraw(&w.f.ctx, ref, "Wrong"));
	world_as(&w, ENERGY);
	fixture_err(
	    document_comment_add(&w.f.ctx, ref, 0, "x", &id), ERR_STATE);
	fixture_err(
	    document_comment_edit(&w.f.ctx, ref, first, "x"), ERR_STATE);
	/* A notice has no comments but for its contributor. */
	ck_assert_str_eq(seen(&w, ENERGY, ref), "");
	ck_assert_str_eq(seen(&w, COLLEAGUE, ref), "Said|");
	world_close(&w);
}
END_TEST

/* An organisation that writes without end does not end what others say. */
START_TEST(so_many_and_no_more)
{
	static const enum reader who[] = { ENERGY, WATER, MEMBER, AUTHOR };
	struct world w;
	int64_t id;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_GREEN, "community", "text");
	for (size_t k = 0; k < COMMENTS_MAX / COMMENTS_OWN_MAX; k++) {
		world_as(&w, who[k]);
		fixture_ok(db_begin(w.f.ctx.db));
		for (int i = 0; i < COMMENTS_OWN_MAX; i++)
			fixture_ok(document_comment_add(
			    &w.f.ctx, ref, 0, "again", &id));
		fixture_ok(db_end(w.f.ctx.db, ERR_OK));
		fixture_err(document_comment_add(&w.f.ctx, ref, 0, "x", &id),
		    ERR_TOO_MANY);
	}
	world_as(&w, PARTY);
	fixture_err(
	    document_comment_add(&w.f.ctx, ref, 0, "x", &id), ERR_TOO_MANY);
	world_close(&w);
}
END_TEST

/* ---- who sees what of which version ------------------------------------- */

/* The next version, of another label and circle. */
static void
revise(struct world *w, const char *ref, enum tlp label, const char *circle)
{
	struct document_draft draft = library_draft(w, "Next", label, circle);
	struct fault fault;
	struct document *d;

	world_as(w, AUTHOR);
	fixture_ok(document_revise(&w->f.ctx, ref));
	fixture_ok(document_load_draft(&w->f.ctx, ref, &d));
	fixture_ok(
	    document_save(&w->f.ctx, ref, d->edit, &draft, NULL, &fault));
	fixture_ok(library_try_publish(w, ref));
}

/*
 * What was said among a few about what only they might read stays among them
 * when a later version is open to all: with the answers that quote it.
 */
START_TEST(of_a_version_that_is_hidden)
{
	struct world w;
	int64_t among_few, id;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "Secret", TLP_AMBER, "pact", "text");
	among_few = say(&w, NAMED, ref, 0, "About the secret");
	revise(&w, ref, TLP_GREEN, "community");
	say(&w, NAMED, ref, among_few, "It said so and so");
	say(&w, ENERGY, ref, 0, "About the rest");
	ck_assert_str_eq(seen(&w, NAMED, ref),
	    "About the secret|It said so and so|About the rest|");
	ck_assert_str_eq(seen(&w, COLLEAGUE, ref),
	    "About the secret|It said so and so|About the rest|");
	ck_assert_str_eq(seen(&w, ENERGY, ref), "About the rest|");
	ck_assert_str_eq(seen(&w, LOW, ref), "About the rest|");
	/* Nor can it be answered by who does not see it. */
	world_as(&w, ENERGY);
	fixture_err(
	    document_comment_add(&w.f.ctx, ref, among_few, "What?", &id),
	    ERR_NOT_FOUND);
	world_close(&w);
}
END_TEST

/* Everybody may read TLP:CLEAR; what members say of it is for members. */
START_TEST(not_for_visitors)
{
	struct world w;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "Open", TLP_CLEAR, "community", "text");
	say(&w, ENERGY, ref, 0, "Among us");
	ck_assert_str_eq(seen(&w, WATER, ref), "Among us|");
	ck_assert_str_eq(seen(&w, VISITOR, ref), "");
	world_close(&w);
}
END_TEST

UNIT_MAIN("document_comment", UNIT(threads), UNIT(of_another_document),
    UNIT_ROWS(changed_for_a_while, changes), UNIT_ROWS(no_text, bad_texts),
    UNIT(length), UNIT(where_nothing_can_be_said), UNIT(so_many_and_no_more),
    UNIT(of_a_version_that_is_hidden), UNIT(not_for_visitors))
