/* SPDX-License-Identifier: Apache-2.0 */
#include "library.h"

#include <check.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"

struct library_file
library_text(const char *text)
{
	return (struct library_file){ "a.txt", text, strlen(text) };
}

const struct answer *
library_send(struct client *c, const char *const *fields,
    const struct library_file *file)
{
	return client_upload(c, "/documents/new", fields,
	    file != NULL ? file->name : NULL, file != NULL ? file->bytes : NULL,
	    file != NULL ? file->len : 0);
}

char *
library_ref(const struct answer *a)
{
	static const char before[] = "/documents/";
	const char *location = answer_location(a);

	ck_assert_msg(a->status == 303, "%s", answer_gist(a));
	ck_assert_msg(
	    strncmp(location, before, sizeof(before) - 1) == 0, "%s", location);
	location += sizeof(before) - 1;
	return strndup(location, strcspn(location, "/?"));
}

char *
library_path(const char *ref, const char *end)
{
	return textf("/documents/%s%s%s", ref, end[0] == '\0' ? "" : "/", end);
}

static char *
draft_of(
    struct client *c, const char *title, const char *label, const char *circle)
{
	const struct library_file file = library_text("What stands in it.\n");

	return library_ref(library_send(c,
	    LIBRARY_FORM("title", title, "label", label, "circles", circle),
	    &file));
}

char *
library_draft(const char *title, const char *label, const char *circle)
{
	return draft_of(world.as[PUBLISHER], title, label, circle);
}

void
library_publish(struct client *c, const char *ref)
{
	char *edit = stored_text("SELECT v.edit FROM document d"
				 " JOIN document_version v ON v.document = d.id"
				 " AND v.number = d.draft WHERE d.ref = ?",
	    ref);
	const struct answer *a =
	    client_post(c, library_path(ref, "publish"), FIELDS("edit", edit));

	ck_assert_msg(a->status == 303, "%s: %s", ref, answer_gist(a));
}

char *
library_published(const char *title, const char *label, const char *circle)
{
	char *ref = library_draft(title, label, circle);

	library_publish(world.as[PUBLISHER], ref);
	return ref;
}

static struct client *
ministry(void)
{
	static struct client *c;

	if (c == NULL)
		c = signed_in("hugo.lambert@infrastructure.example");
	return c;
}

char *
library_theirs_draft(void)
{
	return draft_of(ministry(), "Theirs", "green", "community");
}

char *
library_theirs(void)
{
	char *ref = library_theirs_draft();

	library_publish(ministry(), ref);
	return ref;
}

int
library_waiting(void)
{
	char *path = textf("%s/data/blobs/new", world.run_dir);
	DIR *dir = opendir(path);
	struct dirent *entry;
	int n = 0;

	ck_assert_msg(dir != NULL, "%s", path);
	while ((entry = readdir(dir)) != NULL)
		n += entry->d_name[0] != '.';
	closedir(dir);
	return n;
}
