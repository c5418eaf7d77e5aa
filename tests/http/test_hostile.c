/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one party writes must not take a page from the others, nor hide from
 * them what they sign.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/agreement.h"
#include "html.h"
#include "suites.h"
#include "trio.h"

static void
expect_says(const struct answer *a, const char *text)
{
	ck_assert_msg(answer_has(a, text), "nothing says \"%s\": %s", text,
	    answer_gist(a));
}

/* Lines of one digit, as many as a text may have, from a sequence of ours. */
static char *
digits(unsigned seed)
{
	const size_t len = AGREEMENT_TEXT_MAX - 1;
	char *text = malloc(len + 1);

	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < len; i += 2) {
		seed = seed * 1103515245u + 12345u;
		text[i] = (char)('0' + (seed >> 16) % 10);
		if (i + 1 < len)
			text[i + 1] = '\n';
	}
	text[len] = '\0';
	return text;
}

static void
save_text(struct client *c, const char *ref, const char *text)
{
	char *path = trio_path(ref, "edit");
	const struct answer *a = client_get(c, path);
	struct html_form *form = html_form(a, path);

	ck_assert_msg(form != NULL, "no form: %s", answer_gist(a));
	html_set(form, "text", text);
	expect_status(html_send(c, form), 303, "saved");
}

/* Tens of thousands of rows ended the worker, and with it the next ones. */
START_TEST(versions_of_many_lines)
{
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = trio_draft();
	const struct answer *a;

	save_text(c, ref, digits(1));
	trio_propose(c, ref);
	a = client_post(c, trio_path(ref, "revise"), NO_FIELDS);
	expect_status(a, 303, "revise");
	save_text(c, ref, digits(2));
	a = client_get(c, trio_path(ref, "propose"));
	expect_status(a, 200, "preview");
	expect_says(a, "Too much differs to be shown here whole");
	trio_propose(c, ref);
	a = client_get(c, trio_path(ref, "compare"));
	expect_status(a, 200, "compare");
	expect_says(a, "Too much differs to be shown here whole");
	client_free(c);
}
END_TEST

/* The longest that there may be, of what becomes longest in a page. */
START_TEST(talk_without_end)
{
	struct client *c = trio_fresh(TRIO_ENERGY);
	char *ref = trio_proposed(), *path = trio_path(ref, "comments");
	char text[AGREEMENT_COMMENT_MAX + 1];
	const struct answer *a;
	int n = 0;

	memset(text, '"', AGREEMENT_COMMENT_MAX);
	text[AGREEMENT_COMMENT_MAX] = '\0';
	do
		a = client_post(
		    c, path, FIELDS("comment", text, "version", "1"));
	while (a->status == 303 && ++n < AGREEMENT_COMMENTS_MAX);
	ck_assert_int_eq(n, AGREEMENT_TALK_OWN_MAX / AGREEMENT_COMMENT_MAX);
	expect_status(a, 429, "no room");
	client_free(c);
	/* The others read it, and have theirs. */
	c = trio_fresh(TRIO_MINISTRY);
	a = client_post(c, path, FIELDS("comment", "Enough.", "version", "1"));
	expect_status(a, 303, "comment of another party");
	a = client_get(c, textf("/agreements/%s", ref));
	expect_status(a, 200, "read");
	expect_says(a, "Enough.");
	client_free(c);
}
END_TEST

/* What Markdown drops is part of what is signed. */
START_TEST(text_that_is_not_shown)
{
	static const char text[] = "The parties warn each other.\n\n"
				   "[//]: # (One pays the other.)\n\n"
				   "|a|\n|-|\n|1|Every year.|\n";
	struct client *c = trio_fresh(TRIO_CSIRT);
	char *ref = trio_draft();
	const struct answer *a;

	save_text(c, ref, text);
	trio_propose(c, ref);
	a = client_get(c, trio_path(ref, "sign"));
	expect_status(a, 200, "sign");
	expect_says(a, "[//]: # (One pays the other.)");
	expect_says(a, "|1|Every year.|");
	a = client_get(c, trio_path(ref, "versions/1"));
	expect_says(a, "[//]: # (One pays the other.)");
	expect_says(a, "|1|Every year.|");
	client_free(c);
}
END_TEST

/* What no form lets in: of a fault of ours the reader is told, too. */
START_TEST(a_page_too_large)
{
	struct client *c = trio_fresh(TRIO_ENERGY);
	char *ref = trio_proposed(), *page = textf("/agreements/%s", ref);
	const struct answer *a;

	a = client_post(c, trio_path(ref, "comments"),
	    FIELDS("comment", "Short.", "version", "1"));
	expect_status(a, 303, "comment");
	store("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL"
	      " SELECT i + 1 FROM n WHERE i < 300)"
	      " INSERT INTO agreement_comment (agreement, version,"
	      " organisation, person, text, written_at)"
	      " SELECT t.agreement, t.version, t.organisation, t.person,"
	      " printf('%.*c', 300000, 'x'), t.written_at"
	      " FROM agreement_comment t, n WHERE t.agreement ="
	      " (SELECT id FROM agreement WHERE ref = ?)",
	    ref);
	a = client_get(c, page);
	expect_status(a, 500, "too large");
	expect_says(a, "This page could not be made");
	expect_says(a, "Cette page n’a pas pu être produite");
	expect_says(a, "</html>");
	/* Others are answered, and this one when it has become smaller. */
	store("DELETE FROM agreement_comment WHERE LENGTH(text) = 300000"
	      " AND agreement = (SELECT id FROM agreement WHERE ref = ?)",
	    ref);
	a = client_get(c, page);
	expect_status(a, 200, "smaller");
	expect_says(a, "Short.");
	client_free(c);
}
END_TEST

START_TEST(proposals_without_end)
{
	enum { MANY = 55, SHOWN = 50 };
	struct client *c = trio_fresh(TRIO_MINISTRY);
	const struct answer *a;

	for (int i = 0; i < MANY; i++)
		free(trio_proposed());
	a = client_get(c, "/today");
	expect_status(a, 200, "today");
	ck_assert_int_le(
	    answer_count(a, "<a class=\"title\" href=\"/agreements/"),
	    SHOWN + 25); /* and what ends soon */
	expect_says(a, "All that are being negotiated");
	client_free(c);
}
END_TEST

const struct suite_test tests_hostile[] = {
	TEST(versions_of_many_lines),
	TEST(talk_without_end),
	TEST(text_that_is_not_shown),
	TEST(a_page_too_large),
	TEST(proposals_without_end),
	TESTS_END,
};
