/* SPDX-License-Identifier: Apache-2.0 */
/* What Today says of the library: to whom, and until when. */
#include <stdlib.h>

#include "library.h"
#include "suites.h"

/* A link to it stands on somebody's Today, with a sentence beside it. */
static bool
says(struct client *c, const char *ref, const char *sentence)
{
	const struct answer *a = client_get(c, "/today");
	const char *link = textf("href=\"/documents/%s\"", ref);

	expect_status(a, 200, "today");
	return answer_has(a, link) &&
	    (sentence == NULL || answer_has(a, sentence));
}

START_TEST(news)
{
	struct client *c = world.as[STEWARD];
	char *title = unique("Shelf"), *ref;
	struct library_file file = library_text("For the sector of space.\n");

	ref = library_ref(library_send(world.as[PUBLISHER],
	    LIBRARY_FORM("title", title, "sectors", "space", "measures", "h",
		"label", "green", "circles", "community"),
	    &file));
	library_publish(world.as[PUBLISHER], ref);
	ck_assert(!says(c, ref, NULL));
	expect_status(client_post(c, "/subscriptions", FIELDS("measures", "h")),
	    303, "subscribed");
	ck_assert(says(c, ref, "New in the library"));
	/* Of others nobody is told, and of one's own nothing. */
	ck_assert(!says(world.as[READER], ref, NULL));
	expect_status(client_post(world.as[PUBLISHER], "/subscriptions",
			  FIELDS("measures", "h")),
	    303, "subscribed");
	ck_assert(!says(world.as[PUBLISHER], ref, NULL));
	/* Opened, it is no news. */
	expect_status(client_get(c, library_path(ref, "")), 200, "opened");
	ck_assert(!says(c, ref, NULL));
	client_post(c, "/subscriptions", NO_FIELDS);
	client_post(world.as[PUBLISHER], "/subscriptions", NO_FIELDS);
}
END_TEST

/* For publishers of its organisation alone: readers have none of it. */
START_TEST(due)
{
	char *ref = library_published(unique("Due"), "green", "community");
	struct client *c = world.as[PUBLISHER];
	struct client *reader = signed_in("aline.dubois@csirt.example");

	ck_assert(!says(c, ref, NULL));
	store("UPDATE document_circle SET review_by_at = (unixepoch()"
	      " + 3 * 86400) * 1000000 WHERE document ="
	      " (SELECT id FROM document WHERE ref = ?)",
	    ref);
	ck_assert(says(c, ref, "To be reviewed by"));
	ck_assert(!says(reader, ref, NULL));
	/* Of others, who may have subscribed to it: no news either. */
	expect_status(
	    client_post(world.as[SIGNATORY], "/subscriptions", NO_FIELDS), 303,
	    "unsubscribed");
	ck_assert(!says(world.as[SIGNATORY], ref, NULL));
	store("UPDATE document_circle SET review_by_at = (unixepoch()"
	      " - 86400) * 1000000 WHERE document ="
	      " (SELECT id FROM document WHERE ref = ?)",
	    ref);
	ck_assert(says(c, ref, "Review was due on"));
	store("UPDATE document_circle SET review_by_at = NULL WHERE document ="
	      " (SELECT id FROM document WHERE ref = ?)",
	    ref);
	ck_assert(!says(c, ref, NULL));
}
END_TEST

START_TEST(changes)
{
	char *ref = library_published(unique("Changed"), "green", "community");
	struct client *hugo = signed_in("hugo.lambert@infrastructure.example");
	const char *path = library_path(ref, "review");

	expect_status(client_post(hugo, path,
			  FIELDS("number", "1", "verdict", "changes", "review",
			      "Step three.")),
	    303, "asked");
	ck_assert(says(world.as[PUBLISHER], ref,
	    "Ministry of Infrastructure asked for changes on"));
	/* Its words stand on the document's page alone. */
	ck_assert(!says(world.as[PUBLISHER], ref, "Step three."));
	ck_assert(!says(hugo, ref, NULL));
	expect_status(client_post(hugo, path,
			  FIELDS("number", "1", "verdict", "reviewed")),
	    303, "content");
	ck_assert(!says(world.as[PUBLISHER], ref, NULL));
}
END_TEST

/* What the console adds is found by its words, without their accents. */
START_TEST(added_at_the_console)
{
	char *path = textf("%s/added.txt", world.run_dir), *ref;
	char *word = unique("zéphyr");
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fprintf(f, "La cyberrésilience des %s\n", word);
	fclose(f);
	ref = console("document", "add", path, "--as",
	    "ministry-of-infrastructure", "--title", "Added", "--summary",
	    "At the console", "--kind", "guide", "--language", "fr", "--label",
	    "clear", "--circles", "community");
	ck_assert(answer_has(
	    client_get(world.as[VISITOR],
		textf("/documents?q=cyberresilience+zephyr%s", word + 7)),
	    ref));
	expect_status(client_get(world.as[VISITOR], library_path(ref, "file")),
	    200, "its file");
	free(console("document", "withdraw", ref, "--as",
	    "ministry-of-infrastructure", "--why", "Done"));
	expect_status(client_get(world.as[VISITOR], library_path(ref, "file")),
	    404, "withdrawn");
	free(ref);
}
END_TEST

const struct suite_test tests_today[] = {
	TEST(news),
	TEST(due),
	TEST(changes),
	TEST(added_at_the_console),
	TESTS_END,
};
