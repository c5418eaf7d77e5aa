/* SPDX-License-Identifier: Apache-2.0 */
/* Peer review: whose verdict counts, of which version, and who is told. */
#include "library.h"

#include "domain/document_review.h"

static enum err
give(struct world *w, enum reader r, const char *ref, enum verdict_word verdict,
    const char *text)
{
	struct document *d = library_load(w, r, ref);

	ck_assert_ptr_nonnull(d);
	fixture_later(&w->f, CLOCK_S);
	return document_review_give(&w->f.ctx, ref, d->version, verdict, text);
}

/* What a reader sees, what counts and the newest first: "Grid changes 1 superseded|…" */
static const char *
seen(struct world *w, enum reader r, const char *ref)
{
	struct document *d = library_load(w, r, ref);
	struct document_review *all;
	const char *out = "";
	size_t n;

	if (d == NULL)
		return "nothing";
	fixture_ok(document_reviews(&w->f.ctx, d, &all, &n));
	for (size_t i = 0; i < n; i++)
		out = arena_printf(w->f.arena, "%s%s%s %s %d%s|", out,
		    all[i].organisation_name, all[i].is_own ? "*" : "",
		    review_verdicts[all[i].verdict], all[i].version,
		    all[i].is_superseded ? " superseded" : "");
	return out;
}

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

START_TEST(newest_counts)
{
	struct document_review *all;
	struct document_list list;
	struct document *d;
	struct world w;
	char *ref;
	size_t n;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_GREEN, "community", "text");
	fixture_ok(give(&w, ENERGY, ref, REVIEW_CHANGES, " Chapter 2\r\n"));
	fixture_ok(give(&w, WATER, ref, REVIEW_RESERVATIONS, "Small sites"));
	ck_assert_str_eq(seen(&w, ENERGY, ref),
	    "Waterworks reservations 1|Grid* changes 1|");
	fixture_ok(give(&w, ENERGY, ref, REVIEW_REVIEWED, NULL));
	ck_assert_str_eq(seen(&w, MEMBER, ref),
	    "Grid reviewed 1|Waterworks reservations 1|"
	    "Grid changes 1 superseded|");
	d = library_load(&w, MEMBER, ref);
	fixture_ok(document_reviews(&w.f.ctx, d, &all, &n));
	ck_assert_str_eq(all[0].text, "");
	ck_assert_str_eq(all[0].person_name, w.who[ENERGY]->name);
	ck_assert_str_eq(
	    all[0].organisation_ref, w.who[ENERGY]->organisation_ref);
	ck_assert_int_eq(all[0].reviewed_at, w.f.ctx.now_at);
	ck_assert_str_eq(all[2].text, "Chapter 2");
	fixture_ok(document_list(&w.f.ctx,
	    &(struct document_filter){ .kind = -1, .label = -1 }, &list));
	ck_assert_int_eq(list.rows[0].reviews, 2);
	/* Of the next version nothing is known yet. */
	revise(&w, ref, TLP_GREEN, "community");
	ck_assert_str_eq(seen(&w, WATER, ref),
	    "Grid reviewed 1 superseded|Waterworks* reservations 1 superseded|"
	    "Grid changes 1 superseded|");
	world_as(&w, ENERGY);
	fixture_err(
	    document_review_give(&w.f.ctx, ref, 1, REVIEW_REVIEWED, "Late"),
	    ERR_STALE);
	fixture_ok(give(&w, ENERGY, ref, REVIEW_REVIEWED, "Better"));
	ck_assert_int_eq(fixture_int(&w.f,
			     "SELECT COUNT(*) FROM record"
			     " WHERE kind = 'document.reviewed'"),
	    4);
	world_close(&w);
}
END_TEST

/* Whoever gives many pushes out no other's that counts. */
START_TEST(many_hide_none)
{
	struct world w;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_GREEN, "community", "text");
	fixture_ok(give(&w, ENERGY, ref, REVIEW_CHANGES, "Harmful"));
	fixture_ok(give(&w, WATER, ref, REVIEW_RESERVATIONS, "But"));
	fixture_ok(give(&w, WATER, ref, REVIEW_REVIEWED, ""));
	ck_assert_str_eq(seen(&w, MEMBER, ref),
	    "Waterworks reviewed 1|Grid changes 1|"
	    "Waterworks reservations 1 superseded|");
	for (int i = 2; i < REVIEWS_OWN_MAX; i++)
		fixture_ok(give(&w, WATER, ref, REVIEW_REVIEWED, ""));
	fixture_err(give(&w, WATER, ref, REVIEW_REVIEWED, ""), ERR_TOO_MANY);
	fixture_ok(give(&w, ENERGY, ref, REVIEW_REVIEWED, "Mended"));
	/* Of the next version it may say as much again. */
	revise(&w, ref, TLP_GREEN, "community");
	fixture_ok(give(&w, WATER, ref, REVIEW_REVIEWED, ""));
	world_close(&w);
}
END_TEST

/* The record says that it was given, and holds none of its words. */
START_TEST(record_has_no_text)
{
	char hex[DIGEST_TEXT];
	uint8_t digest[DIGEST_BYTES];
	const char *body;
	struct world w;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_AMBER, "energy", "text");
	fixture_ok(give(&w, ENERGY, ref, REVIEW_CHANGES, "Gateway 17 is open"));
	body = fixture_text(&w.f,
	    "SELECT CAST(body AS TEXT) FROM record"
	    " WHERE kind = 'document.reviewed'");
	digest_sha256("Gateway 17 is open", 18, digest);
	digest_hex(digest, hex);
	ck_assert_ptr_nonnull(strstr(body, hex));
	ck_assert_ptr_nonnull(strstr(body, "\"verdict\":\"changes\""));
	ck_assert_ptr_nonnull(strstr(body, ref));
	ck_assert_ptr_null(strstr(body, "Gateway"));
	world_close(&w);
}
END_TEST

/* ---- what is refused ---------------------------------------------------- */

static const struct row {
	enum reader who;
	enum verdict_word verdict;
	const char *text;
	enum err rc;
} rows[] = {
	{ ENERGY, REVIEW_REVIEWED, "", ERR_OK },
	{ ENERGY, REVIEW_REVIEWED, NULL, ERR_OK },
	{ ENERGY, REVIEW_RESERVATIONS, "But", ERR_OK },
	{ ENERGY, REVIEW_RESERVATIONS, " \n", ERR_INVALID },
	{ ENERGY, REVIEW_CHANGES, "", ERR_INVALID },
	{ ENERGY, REVIEW_CHANGES, NULL, ERR_INVALID },
	{ ENERGY, REVIEW_CHANGES, "\x07", ERR_INVALID },
	{ ENERGY, REVIEW__MAX, "What", ERR_INVALID },
	/* Nobody judges the own work. */
	{ AUTHOR, REVIEW_REVIEWED, "Good", ERR_FORBIDDEN },
	{ COLLEAGUE, REVIEW_CHANGES, "Mine", ERR_FORBIDDEN },
	{ WATER, REVIEW_REVIEWED, "Good", ERR_NOT_FOUND },
	{ VISITOR, REVIEW_REVIEWED, "Good", ERR_FORBIDDEN },
};

START_TEST(given_or_refused)
{
	const struct row *r = &rows[_i];
	struct world w;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_AMBER, "energy", "text");
	world_as(&w, r->who);
	fixture_err(
	    document_review_give(&w.f.ctx, ref, 1, r->verdict, r->text), r->rc);
	ck_assert_int_eq(
	    fixture_int(&w.f, "SELECT COUNT(*) FROM document_review"),
	    r->rc == ERR_OK);
	world_close(&w);
}
END_TEST

START_TEST(too_long)
{
	char text[REVIEW_MAX + 2];
	struct world w;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_AMBER, "energy", "text");
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	fixture_err(give(&w, ENERGY, ref, REVIEW_CHANGES, text), ERR_INVALID);
	text[REVIEW_MAX] = '\0';
	fixture_ok(give(&w, ENERGY, ref, REVIEW_CHANGES, text));
	world_close(&w);
}
END_TEST

START_TEST(after_withdrawal)
{
	struct world w;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "A guide", TLP_AMBER, "energy", "text");
	fixture_ok(give(&w, ENERGY, ref, REVIEW_CHANGES, "Wrong"));
	world_as(&w, AUTHOR);
	fixture_ok(document_withdraw(&w.f.ctx, ref, "Wrong"));
	fixture_err(give(&w, ENERGY, ref, REVIEW_REVIEWED, ""), ERR_STATE);
	ck_assert_str_eq(seen(&w, ENERGY, ref), "");
	ck_assert_str_eq(seen(&w, AUTHOR, ref), "Grid changes 1|");
	world_close(&w);
}
END_TEST

/* ---- who is told ---------------------------------------------------------- */

START_TEST(of_a_version_that_is_hidden)
{
	struct world w;
	char *ref;

	world_open(&w);
	ref = library_publish(&w, "Secret", TLP_AMBER, "pact", "text");
	fixture_ok(give(&w, NAMED, ref, REVIEW_CHANGES, "Quotes the secret"));
	revise(&w, ref, TLP_CLEAR, "community");
	fixture_ok(give(&w, ENERGY, ref, REVIEW_REVIEWED, ""));
	ck_assert_str_eq(seen(&w, PARTY, ref),
	    "Grid reviewed 2|Ally* changes 1 superseded|");
	ck_assert_str_eq(seen(&w, LOW, ref), "Grid reviewed 2|");
	ck_assert_str_eq(seen(&w, ENERGY, ref), "Grid* reviewed 2|");
	ck_assert_str_eq(seen(&w, VISITOR, ref), "");
	world_close(&w);
}
END_TEST

UNIT_MAIN("document_review", UNIT(newest_counts), UNIT(many_hide_none),
    UNIT(record_has_no_text), UNIT_ROWS(given_or_refused, rows), UNIT(too_long),
    UNIT(after_withdrawal), UNIT(of_a_version_that_is_hidden))
