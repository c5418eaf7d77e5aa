/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Contributing to the library over HTTP: what is typed wrongly, files that are
 * refused, how files come back, and what members say.  test_shelf.c is about
 * who may read.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../unit/documents.h"
#include "library.h"
#include "suites.h"

static void
expect_beside(const struct answer *a, const char *field, const char *message)
{
	const char *beside = strstr(a->body, textf("id=\"%s-error\"", field));

	ck_assert_msg(beside != NULL, "no message beside %s", field);
	beside = strstr(beside, "</span> ") + strlen("</span> ");
	ck_assert_msg(
	    strstr(html_text(beside, strcspn(beside, "<")), message) != NULL,
	    "%s: %.200s", field, beside);
	ck_assert_msg(answer_has(a, textf("<a href=\"#%s", field)),
	    "%s is not in the summary", field);
}

static int64_t
documents(void)
{
	return stored_int("SELECT COUNT(*) FROM document", NULL);
}

static int64_t
blobs(void)
{
	/* Bundles are made beside the pages, whenever. */
	return stored_int("SELECT COUNT(*) FROM blob WHERE id NOT IN ("
			  "SELECT blob FROM bundle WHERE blob IS NOT NULL)",
	    NULL);
}

/* ---- what is typed -------------------------------------------------------- */

static char *
letters(size_t n)
{
	char *text = malloc(n + 1);

	ck_assert_ptr_nonnull(text);
	memset(text, 'x', n);
	text[n] = '\0';
	return text;
}

/* "@n": that many letters. */
static const struct {
	const char *field, *value, *message;
} typed[] = {
	{ "title", "", "Fill in this field." },
	{ "title", "@201", "at most 200 characters" },
	{ "title",
	    "a\xe2\x80\xae"
	    "b",
	    "cannot be taken" },
	{ "summary", "@2001", "at most 2,000 characters" },
	{ "kind", "", "Choose one." },
	{ "kind", "novel", "Choose one of the possibilities offered." },
	{ "language", "", "Choose one." },
	{ "language", "xx", "Choose one of the possibilities offered." },
	{ "sectors", "moon", "Choose one of the possibilities offered." },
	{ "measures", "k", "Choose one of the possibilities offered." },
	{ "label", "", "Choose one." },
	{ "label", "white", "Choose one of the possibilities offered." },
	{ "circles", "moon", "Nothing is known by this name." },
	{ "named", "a@b.example", "People are named under TLP:RED only." },
	{ "review_by", "2026-02-30", "Type a date that exists" },
	{ "review_by", "2020-01-01", "This day has passed." },
	{ "related", "DOC-1999-0001", "One of these is not the number" },
	{ "related", "@1001", "at most 1,000 characters" },
	{ "translation_of", "DOC-1999-0001", "One of these is not" },
	{ "translation_of", "@41", "at most 40 characters" },
};

START_TEST(wrong_fields)
{
	const char *value = typed[_i].value;
	const char *fields[2 * 9 + 1] = { "title", "Typed title", "summary",
		"Typed summary", "kind", "checklist", "language", "de", "label",
		"green", "circles", "community", "measures", "c", NULL };
	const int64_t before = documents();
	const struct answer *a;
	struct html_form *form;
	size_t n = 0;

	if (value[0] == '@')
		value = letters(strtoul(value + 1, NULL, 10));
	while (fields[n] != NULL && strcmp(fields[n], typed[_i].field) != 0)
		n += 2;
	if (fields[n] == NULL)
		fields[n + 2] = NULL;
	fields[n] = typed[_i].field;
	fields[n + 1] = value;
	a = client_post(world.as[PUBLISHER], "/documents/new", fields);
	expect_status(a, 400, "%s", typed[_i].field);
	expect_discreet(a, typed[_i].field);
	expect_beside(a, typed[_i].field, typed[_i].message);
	ck_assert_int_eq(documents(), before);

	/* Whatever else was typed is still there. */
	form = html_form(a, "/documents/new");
	ck_assert_ptr_nonnull(form);
	for (n = 0; fields[n] != NULL; n += 2)
		if (strcmp(fields[n], typed[_i].field) != 0)
			ck_assert_msg(html_has(form, fields[n], fields[n + 1]),
			    "%s is lost", fields[n]);
}
END_TEST

/* Saved without; asked for before it is published. */
START_TEST(not_complete)
{
	static const struct {
		const char *field, *message;
	} asked[] = {
		{ "summary", "Fill in this field." },
		{ "file", "Choose a file." },
		{ "circles", "Choose at least one circle." },
	};
	struct client *c = world.as[PUBLISHER];
	char *ref = library_ref(client_post(c, "/documents/new",
	    FIELDS("title", "Bare", "kind", "policy", "language", "en", "label",
		"green")));
	char *publish = library_path(ref, "publish");
	const struct answer *a = client_get(c, publish);
	int64_t before = records();

	ck_assert_ptr_null(html_form(a, publish));
	expect_status(client_post(c, publish, FIELDS("edit", "1")), 400,
	    "published all the same");
	ck_assert_int_eq(records(), before);
	for (int i = 0; i < ROWS(asked); i++)
		ck_assert(answer_has(a,
		    textf(
			"/documents/%s/edit?check=1#%s", ref, asked[i].field)));
	a = client_get(c, library_path(ref, "edit?check=1"));
	for (int i = 0; i < ROWS(asked); i++)
		expect_beside(a, asked[i].field, asked[i].message);
}
END_TEST

/* ---- files that are refused ----------------------------------------------- */

static struct library_file
zip_of(const char *name, const char *text)
{
	struct library_file file = { "bundle.zip", NULL, 0 };
	struct zip z;

	zip_init(&z);
	zip_add(&z, name, text);
	zip_end(&z);
	file.bytes = z.out.data;
	file.len = z.out.len;
	return file;
}

static struct library_file
bytes_of(const char *name, const char *bytes)
{
	return (struct library_file){ name, bytes, strlen(bytes) };
}

static struct library_file
unknown(void)
{
	return bytes_of("a.exe", "MZ");
}

static struct library_file
without_ending(void)
{
	return bytes_of("README", "A text.\n");
}

static struct library_file
no_pdf(void)
{
	return bytes_of("report.pdf", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
}

static struct library_file
no_text(void)
{
	return bytes_of("a.txt", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
}

static struct library_file
broken_text(void)
{
	return bytes_of("a.txt", "caf\xe9 au lait\n");
}

static struct library_file
out_of_folder(void)
{
	return zip_of("../../etc/passwd.txt", "root");
}

static struct library_file
from_root(void)
{
	return zip_of("/etc/passwd.txt", "root");
}

static struct library_file
of_a_type(void)
{
	return zip_of("run.exe", "MZ");
}

static struct library_file
in_archive(void)
{
	return zip_of("inner.zip", "PK\3\4");
}

static struct library_file
nothing(void)
{
	return bytes_of("a.txt", "");
}

/* The sentence, and what of the file it names. */
static const struct {
	struct library_file (*make)(void);
	const char *sentence;
} refused[] = {
	{ unknown, "does not take files with this ending" },
	{ without_ending, "does not take files with this ending" },
	{ no_pdf, "The ending of its name says PDF, but what stands in it is" },
	{ no_text, "says plain text, but what stands in it is PDF." },
	{ broken_text, "neither UTF-8 nor UTF-16" },
	{ out_of_folder, "leads out of its folder: “../../etc/passwd.txt”." },
	{ from_root, "from the root of a disk: “/etc/passwd.txt”." },
	{ of_a_type, "of a kind that the library does not take: “run.exe”." },
	{ in_archive, "an archive inside the archive: “inner.zip”." },
	{ nothing, "The file is empty." },
};

START_TEST(refused_files)
{
	struct library_file file = refused[_i].make();
	const int64_t before = documents(), kept = blobs();
	const struct answer *a = library_send(world.as[PUBLISHER],
	    LIBRARY_FORM("title", "Kept title", "label", "amber"), &file);

	expect_status(a, 400, "%s", file.name);
	expect_discreet(a, file.name);
	expect_beside(a, "file", refused[_i].sentence);
	/* Said in one sentence, and that the file must be chosen again. */
	ck_assert(answer_has(a, "id=\"file-again\""));
	ck_assert(
	    html_has(html_form(a, "/documents/new"), "title", "Kept title"));
	ck_assert_int_eq(documents(), before);
	ck_assert_int_eq(blobs(), kept);
	ck_assert_int_eq(library_waiting(), 0);
}
END_TEST

START_TEST(refused_in_french)
{
	struct library_file file = no_text();
	struct client *c = signed_in("camille.roux@transition.example");
	const struct answer *a = library_send(
	    c, LIBRARY_FORM("title", "Gardé", "label", "green"), &file);

	expect_beside(
	    a, "file", "dit texte brut, mais ce qui y figure est PDF.");
}
END_TEST

/* Names that no form of ours would send: refused, whatever is in them. */
START_TEST(hostile_names)
{
	static const char *const names[] = { "a\xe2\x80\xae"
					     "txt.md",
		"a\x01.txt", "..", "a\xff.txt", NULL };
	struct library_file file = library_text("A text.\n");
	const int64_t before = documents(), kept = blobs();

	file.name = names[_i];
	if (file.name == NULL)
		file.name = textf("%s.txt", letters(400));
	const struct answer *a = library_send(world.as[PUBLISHER],
	    LIBRARY_FORM("title", "Hostile", "label", "green"), &file);

	expect_status(a, 400, "name %d", _i);
	expect_discreet(a, "a name");
	ck_assert_int_eq(documents(), before);
	ck_assert_int_eq(blobs(), kept);
	ck_assert_int_eq(library_waiting(), 0);
}
END_TEST

/* What an old client sends: the last name of a path. */
START_TEST(names_with_paths)
{
	static const char *const names[] = { "../../plan.txt", "/etc/plan.txt",
		"C:\\Documents\\plan.txt" };
	struct library_file file = library_text("A text.\n");
	const struct answer *a;

	file.name = names[_i];
	a = client_get(world.as[PUBLISHER],
	    library_path(
		library_ref(library_send(world.as[PUBLISHER],
		    LIBRARY_FORM("title", "Path", "label", "green"), &file)),
		"file"));
	ck_assert_ptr_nonnull(strstr(a->head, "filename=\"plan.txt\""));
}
END_TEST

/* One byte more than what is taken, told beside the field. */
START_TEST(too_large)
{
	const size_t len = 64 * 1024 * 1024 + 1;
	struct library_file file = { "a.txt", letters(len), len };
	const struct answer *a = library_send(world.as[PUBLISHER],
	    LIBRARY_FORM("title", "Too large", "label", "green"), &file);

	expect_status(a, 400, "too large");
	expect_beside(a, "file", "too large");
	ck_assert_int_eq(library_waiting(), 0);
}
END_TEST

/* ---- uploads -------------------------------------------------------------- */

static char *
part(const char *name, const char *more, const char *value)
{
	return textf("--x\r\nContent-Disposition: form-data; name=\"%s\"%s"
		     "\r\n\r\n%s\r\n",
	    name, more, value);
}

/* The body of a form, whose once-key is known. */
static char *
body_of(struct client *c, const char *once, const char *title)
{
	return textf("%s%s%s%s%s%s%s%s--x--\r\n",
	    part("csrf", "", client_csrf(c)), part("once", "", once),
	    part("title", "", title), part("kind", "", "guide"),
	    part("language", "", "en"), part("label", "", "green"),
	    part("circles", "", "community"),
	    part("file", "; filename=\"twice.txt\"", title));
}

START_TEST(sent_twice_done_once)
{
	struct client *c = world.as[PUBLISHER];
	char once[CLIENT_TOKEN], *body, *title = unique("Twice");
	const int64_t before = documents();
	const struct answer *a, *b;

	client_once(once);
	body = body_of(c, once, title);
	a = client_send(c, "POST", "/documents/new",
	    "multipart/form-data; boundary=x", body, strlen(body));
	expect_status(a, 303, "once");
	b = client_send(c, "POST", "/documents/new",
	    "multipart/form-data; boundary=x", body, strlen(body));
	expect_status(b, 303, "twice");
	ck_assert_str_eq(answer_location(a), answer_location(b));
	ck_assert_int_eq(documents(), before + 1);
	ck_assert_int_eq(library_waiting(), 0);
}
END_TEST

static struct client *ministry;

/* Stored once; each entry under its own name. */
START_TEST(same_bytes_twice)
{
	char *text = textf("%s\n", unique("The same bytes"));
	struct library_file one = library_text(text), two = one;
	const int64_t before = blobs();
	char *first, *second;
	const struct answer *a;

	two.name = "other.md";
	ministry = signed_in("hugo.lambert@infrastructure.example");
	first = library_ref(library_send(world.as[PUBLISHER],
	    LIBRARY_FORM("title", "One", "label", "green"), &one));
	second = library_ref(library_send(
	    ministry, LIBRARY_FORM("title", "Two", "label", "green"), &two));
	ck_assert_int_eq(blobs(), before + 1);
	a = client_get(world.as[PUBLISHER], library_path(first, "file"));
	ck_assert_str_eq(a->body, text);
	ck_assert_ptr_nonnull(strstr(a->head, "filename=\"a.txt\""));
	ck_assert_ptr_nonnull(strstr(a->head, "Content-Type: text/plain"));
	a = client_get(ministry, library_path(second, "file"));
	ck_assert_str_eq(a->body, text);
	ck_assert_ptr_nonnull(strstr(a->head, "filename=\"other.md\""));
	ck_assert_ptr_nonnull(strstr(a->head, "Content-Type: text/markdown"));
}
END_TEST

/* Half of a body, and the connection is gone. */
static void
break_off(const char *head, const char *half)
{
	const struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(
		    (uint16_t)strtoul(strrchr(world.http, ':') + 1, NULL, 10)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(
	    connect(fd, (const struct sockaddr *)&to, sizeof(to)), 0);
	ck_assert_int_eq(write(fd, head, strlen(head)), (ssize_t)strlen(head));
	ck_assert_int_eq(write(fd, half, strlen(half)), (ssize_t)strlen(half));
	close(fd);
}

START_TEST(broken_off)
{
	struct client *c = world.as[PUBLISHER];
	char once[CLIENT_TOKEN], *body;
	const int64_t before = documents(), kept = blobs();

	client_once(once);
	body = body_of(c, once, letters(100000));
	break_off(textf("POST /documents/new HTTP/1.1\r\nHost: %s\r\n"
			"Cookie: __Host-session=%s\r\n"
			"Content-Type: multipart/form-data; boundary=x\r\n"
			"Content-Length: %zu\r\n\r\n",
		      world.http + strlen("http://"),
		      client_cookie(c, "__Host-session"), strlen(body)),
	    textf("%.*s", 150000, body));
	/* The next one is taken: nothing waits for the rest of that. */
	free(library_draft("After a break", "green", "community"));
	ck_assert_int_eq(documents(), before + 1);
	ck_assert_int_le(blobs(), kept + 1);
	ck_assert_int_eq(library_waiting(), 0);
}
END_TEST

/* A body that ends before it should, in itself. */
START_TEST(cut_short)
{
	struct client *c = world.as[PUBLISHER];
	char once[CLIENT_TOKEN], *body;
	const int64_t before = documents();

	client_once(once);
	body = body_of(c, once, "Cut short");
	for (size_t len = strlen(body) - 1; len > strlen(body) - 12; len--) {
		const struct answer *a =
		    client_send(c, "POST", "/documents/new",
			"multipart/form-data; boundary=x", body, len);

		/* Behind the last boundary nothing matters. */
		if (a->status != 303)
			expect_status(a, 400, "%zu bytes", len);
	}
	ck_assert_int_le(documents(), before + 1);
	ck_assert_int_eq(library_waiting(), 0);
}
END_TEST

/* ---- files that come back ------------------------------------------------- */

static const struct {
	const char *name; /* as it was handed in */
	const char *ascii, *whole;
} names[] = {
	{ "plan.txt", "plan.txt", "plan.txt" },
	{ "résumé été.txt", "r_sum_ _t_.txt",
	    "r%C3%A9sum%C3%A9%20%C3%A9t%C3%A9.txt" },
	{ "a\"b;c.txt", "a_22b;c.txt",
	    "a%2522b%3Bc.txt" }, /* as browsers send a quote */
	{ "100% sûr.txt", "100_ s_r.txt", "100%25%20s%C3%BBr.txt" },
};

START_TEST(odd_names)
{
	struct client *c = world.as[PUBLISHER];
	struct library_file file = library_text("Odd names.\n");
	const char *header;
	const struct answer *a;
	char *ref;

	file.name = names[_i].name;
	ref = library_ref(library_send(
	    c, LIBRARY_FORM("title", "Odd", "label", "green"), &file));
	a = client_get(c, library_path(ref, "file"));
	expect_status(a, 200, "%s", names[_i].name);
	header = answer_header(a, "Content-Disposition", 0);
	ck_assert_ptr_nonnull(header);
	ck_assert_msg(strncmp(header, "attachment; ", 12) == 0, "%s", header);
	ck_assert_msg(
	    strstr(header, textf("filename*=UTF-8''%s", names[_i].whole)) !=
		NULL,
	    "%s", header);
	ck_assert_msg(strstr(header, "\r") == NULL, "%s", header);
	ck_assert_str_eq(
	    answer_header(a, "X-Content-Type-Options", 0), "nosniff");
	ck_assert_ptr_null(answer_header(a, "X-Accel-Redirect", 0));
	ck_assert_ptr_nonnull(
	    strstr(answer_header(a, "Cache-Control", 0), "no-store"));
	/* The page shows the name as text. */
	a = client_get(c, library_path(ref, ""));
	ck_assert(strchr(names[_i].name, '"') != NULL ||
	    strstr(html_text(a->body, a->len), names[_i].name) != NULL);
}
END_TEST

/* Interrupted downloads go on: RFC 9110 §14. */
START_TEST(ranges)
{
	static const struct {
		const char *range;
		int status;
		const char *body, *content;
	} asked[] = {
		{ "Range: bytes=2-5", 206, "2345", "bytes 2-5/10" },
		{ "Range: bytes=7-", 206, "789", "bytes 7-9/10" },
		{ "Range: bytes=-3", 206, "789", "bytes 7-9/10" },
		{ "Range: bytes=20-", 416, NULL, "bytes */10" },
	};
	struct client *c = world.as[PUBLISHER];
	struct library_file file = library_text("0123456789");
	char *ref = library_ref(library_send(
	    c, LIBRARY_FORM("title", "Ranges", "label", "green"), &file));

	for (int i = 0; i < ROWS(asked); i++) {
		const struct answer *a;

		c->header = asked[i].range;
		a = client_get(c, library_path(ref, "file"));
		c->header = NULL;
		expect_status(a, asked[i].status, "%s", asked[i].range);
		ck_assert_str_eq(
		    answer_header(a, "Content-Range", 0), asked[i].content);
		if (asked[i].body != NULL)
			ck_assert_str_eq(a->body, asked[i].body);
	}
}
END_TEST

/*
 * The same bytes are kept once: whoever guesses what another organisation has
 * and hands that in is not told that it was there, and since when.
 */
START_TEST(bytes_have_no_past)
{
	static const char *const asked[] = {
		"If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT",
		"If-Unmodified-Since: Fri, 01 Jan 2100 00:00:00 GMT",
	};
	struct client *c = world.as[PUBLISHER];
	struct library_file file = library_text("of somebody");
	const char *path = library_path(
	    library_ref(library_send(
		c, LIBRARY_FORM("title", "Past", "label", "green"), &file)),
	    "file");
	const struct answer *a = client_get(c, path);
	char *etag;

	ck_assert_ptr_null(answer_header(a, "Last-Modified", 0));
	ck_assert_ptr_nonnull(etag = answer_header(a, "ETag", 0));
	ck_assert_uint_eq(strlen(etag), 2 + 64); /* the digest of its page */
	for (int i = 0; i < ROWS(asked); i++) {
		c->header = asked[i];
		expect_status(client_get(c, path), 412, "%s", asked[i]);
	}
	c->header = "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT";
	expect_status(client_get(c, path), 200, "%s", c->header);
	c->header = textf("Range: bytes=3-\r\nIf-Range: %s", etag);
	a = client_get(c, path);
	expect_status(a, 206, "going on");
	ck_assert_str_eq(a->body, "somebody");
	c->header = "Range: bytes=3-\r\nIf-Range: \"other\"";
	expect_status(client_get(c, path), 200, "another file");
	c->header = NULL;
}
END_TEST

/* Who had it is noted; whoever only looks at the head had nothing. */
START_TEST(downloads_are_noted)
{
	static const char had[] =
	    "SELECT COUNT(*) FROM document_reading n JOIN document d"
	    " ON d.id = n.document WHERE d.ref = ? AND n.downloaded > 0";
	char *ref = library_published("Noted", "green", "community");
	struct client *c = world.as[READER];

	client_head(c, library_path(ref, "file"));
	client_get(c, library_path(ref, ""));
	ck_assert_int_eq(stored_int(had, ref), 0);
	client_get(c, library_path(ref, "file"));
	ck_assert_int_eq(stored_int(had, ref), 1);
	ck_assert(answer_has(
	    client_get(world.as[PUBLISHER], library_path(ref, "readings")),
	    ENERGY));
}
END_TEST

/* ---- versions ------------------------------------------------------------- */

static void
next_version(const char *ref, const char *note, const char *text)
{
	struct client *c = world.as[PUBLISHER];
	const char *path = library_path(ref, "edit");
	struct html_form *form;
	const struct answer *a;

	expect_status(client_post(c, library_path(ref, "revise"), NO_FIELDS),
	    303, "revise");
	form = html_form(client_get(c, path), path);
	ck_assert_ptr_nonnull(form);
	a = client_upload(c, path,
	    LIBRARY_FORM("title", "Another title", "label", "green", "circles",
		"community", "note", note, "edit", html_get(form, "edit")),
	    "b.txt", text, strlen(text));
	expect_status(a, 303, "saved");
	library_publish(c, ref);
}

START_TEST(two_versions)
{
	char *ref = library_published("First title", "green", "community");
	struct client *c = world.as[READER];
	const struct answer *a;

	next_version(ref, "It says more.", "What stands elsewhere.\n");
	a = client_get(c, library_path(ref, ""));
	ck_assert(answer_has(a, "It says more."));
	ck_assert(answer_has(a, "Another title"));
	ck_assert(answer_has(a, "What stands elsewhere."));
	a = client_get(c, library_path(ref, "versions/1"));
	expect_status(a, 200, "the first");
	ck_assert(answer_has(a, "First title"));
	ck_assert(answer_has(a, "What stands in it."));
	a = client_get(c, library_path(ref, "versions/1/file"));
	ck_assert_str_eq(a->body, "What stands in it.\n");
	a = client_get(c, library_path(ref, "compare"));
	expect_status(a, 200, "compared");
	ck_assert(answer_has(a, "First title</del>"));
	ck_assert(answer_has(a, "Another title</ins>"));
	ck_assert(answer_has(a, "<ins>") && answer_has(a, "elsewhere"));
	expect_status(client_get(c, library_path(ref, "compare?from=1&to=3")),
	    404, "no third");
}
END_TEST

/* A later one is open to all; the first was for fewer, and stays so. */
START_TEST(first_for_fewer)
{
	char *ref = library_published("For energy", "green", "energy");

	next_version(ref, "For all.", "For all.\n");
	for (enum who who = READER; who <= STEWARD_FRESH; who++) {
		const bool may =
		    who == READER || who == STEWARD || who == PUBLISHER;
		struct client *c = world.as[who];
		const bool reads =
		    who != AUDITOR && who != KEEPER && who != KEEPER_FRESH;

		expect_status(client_get(c, library_path(ref, "")),
		    reads ? 200 : 404, "%s", who_names[who]);
		expect_status(client_get(c, library_path(ref, "versions/1")),
		    may ? 200 : 404, "%s", who_names[who]);
		expect_status(
		    client_get(c, library_path(ref, "versions/1/file")),
		    may ? 200 : 404, "%s", who_names[who]);
		expect_status(
		    client_get(c, library_path(ref, "compare?from=1&to=2")),
		    may ? 200 : 404, "%s", who_names[who]);
	}
}
END_TEST

/* The second of two editors is told, and loses nothing. */
START_TEST(two_editors)
{
	struct client *c = world.as[PUBLISHER];
	char *ref = library_draft("Two editors", "green", "community");
	const char *path = library_path(ref, "edit");
	const struct answer *a;

	expect_status(client_post(c, path,
			  LIBRARY_FORM("title", "By one", "label", "green",
			      "circles", "community", "edit", "1")),
	    303, "the first");
	a = client_post(c, path,
	    LIBRARY_FORM("title", "By two", "label", "green", "circles",
		"community", "edit", "1"));
	expect_status(a, 409, "the second");
	ck_assert(answer_has(a, "By one"));
	ck_assert(html_has(html_form(a, path), "title", "By two"));
	ck_assert(html_has(html_form(a, path), "edit", "2"));
}
END_TEST

/* ---- what members say ----------------------------------------------------- */

static char *
say(struct client *c, const char *ref, const char *text)
{
	expect_status(client_post(c, library_path(ref, "comments"),
			  FIELDS("comment", text)),
	    303, "%s", text);
	return stored_text("SELECT MAX(id) FROM document_comment", NULL);
}

static const char *
at(const char *ref, const char *comment)
{
	return library_path(ref, textf("comments/%s", comment));
}

START_TEST(comments)
{
	char *ref = library_published("Talked of", "green", "community");
	char *other = library_published("Another", "green", "community");
	struct client *c = world.as[READER], *d = world.as[PUBLISHER];
	char *one = say(c, ref, "Well <b>said</b>."), *two;
	const struct answer *a;

	a = client_get(d, library_path(ref, ""));
	ck_assert(answer_has(a, "Well &lt;b&gt;said&lt;/b&gt;."));
	ck_assert(answer_has(a, ENERGY));
	ck_assert(!answer_has(a, "?change="));
	/* One answers a comment of this document that begins a thread. */
	expect_status(client_post(d, library_path(ref, "comments"),
			  FIELDS("comment", "Thanks.", "thread", one)),
	    303, "answered");
	two = stored_text("SELECT MAX(id) FROM document_comment", NULL);
	expect_status(client_post(d, library_path(ref, "comments"),
			  FIELDS("comment", "Deeper.", "thread", two)),
	    404, "an answer to an answer");
	expect_status(client_post(d, library_path(other, "comments"),
			  FIELDS("comment", "Elsewhere.", "thread", one)),
	    404, "of another document");
	/* One's own, for ten minutes. */
	expect_status(client_post(d, at(ref, one), FIELDS("comment", "No.")),
	    404, "another's");
	expect_status(client_post(c, at(ref, one), FIELDS("comment", "Yes.")),
	    303, "one's own");
	a = client_post(c, at(ref, one), FIELDS("comment", ""));
	expect_status(a, 400, "empty");
	expect_beside(a, "comment", "Fill in this field.");
	store("UPDATE document_comment SET written_at = written_at"
	      " - 600000000 WHERE id = ?",
	    one);
	a = client_post(c, at(ref, one), FIELDS("comment", "Too late."));
	expect_status(a, 409, "after ten minutes");
	ck_assert(answer_has(a, "Too late."));
	a = client_get(c, library_path(ref, ""));
	ck_assert(answer_has(a, "Yes.") && !answer_has(a, "?change="));
}
END_TEST

/* 300 long ones: in parts, each once; no page of all of them. */
START_TEST(a_long_talk)
{
	char *ref = library_published("Much talked of", "green", "community");
	const char *path = library_path(ref, ""), *next;
	struct client *c = world.as[READER];
	const struct answer *a;
	char *one = say(c, ref, "The first."), *middle;
	int seen = 0, pages = 0;

	store("INSERT INTO document_comment (document, version, person,"
	      " organisation, text, written_at) WITH RECURSIVE n(i) AS"
	      " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 299)"
	      " SELECT c.document, c.version, c.person, c.organisation,"
	      " hex(zeroblob(2000)), c.written_at + i FROM document_comment c,"
	      " n WHERE c.id = ?",
	    one);
	do {
		a = client_get(c, path);
		expect_status(a, 200, "%s", path);
		ck_assert_uint_lt(a->len, 1024 * 1024);
		seen += answer_count(a, "<li id=\"comment-");
		next = strstr(a->body, "<a rel=\"next\" href=\"");
		if (next != NULL) {
			next += strlen("<a rel=\"next\" href=\"");
			path = textf("%.*s", (int)strcspn(next, "#\""), next);
		}
	} while (next != NULL && ++pages < 20);
	ck_assert_int_eq(seen, 300);
	ck_assert_int_gt(pages, 1);
	/* Whom one answers is on the page. */
	middle =
	    stored_text("SELECT MAX(id) - 100 FROM document_comment", NULL);
	a = client_get(c, textf("%s?reply=%s", library_path(ref, ""), middle));
	ck_assert(answer_has(a, textf("id=\"comment-%s\"", middle)));
	ck_assert(answer_has(a, textf("name=\"thread\" value=\"%s\"", middle)));
}
END_TEST

START_TEST(reviews)
{
	char *ref = library_published("Reviewed", "green", "community");
	const char *path = library_path(ref, "review");
	struct client *c = signed_in("hugo.lambert@infrastructure.example");
	const struct answer *a;
	int64_t before;

	/* Whatever another suite left it at. */
	client_post(c, "/language", FIELDS("language", "fr", "to", "/"));
	before = records();
	a = client_post(
	    c, path, FIELDS("number", "1", "verdict", "reservations"));
	expect_status(a, 400, "which ones?");
	expect_beside(a, "review", "Dites quelles sont vos réserves");
	ck_assert(html_has(html_form(a, path), "verdict", "reservations"));
	a = client_post(c, path, FIELDS("number", "1", "review", "Fine."));
	expect_beside(a, "verdict", "Choisissez une possibilité.");
	ck_assert_int_eq(records(), before);
	expect_status(client_post(c, path,
			  FIELDS("number", "1", "verdict", "changes", "review",
			      "Step three.")),
	    303, "reviewed");
	ck_assert_int_eq(records(), before + 1);
	a = client_get(world.as[READER], library_path(ref, ""));
	ck_assert(answer_has(a, "Asks for changes"));
	ck_assert(answer_has(a, "Step three."));
	/* On a version that is no longer the newest. */
	next_version(ref, "Step three.", "Three steps.\n");
	a = client_post(c, path,
	    FIELDS("number", "1", "verdict", "reviewed", "review", "Good."));
	expect_status(a, 409, "of an older one");
	ck_assert(answer_has(a, "Une version plus récente a été publiée"));
	ck_assert(html_has(html_form(a, path), "number", "2"));
	ck_assert(html_has(html_form(a, path), "review", "Good."));
	expect_status(html_send(c, html_form(a, path)), 303, "sent again");
}
END_TEST

/* Said twice it is recorded once; taken back, too. */
START_TEST(use)
{
	char *ref = library_published("Used", "green", "community");
	const char *path = library_path(ref, "use");
	struct client *c = world.as[READER];
	const int64_t before = records();
	const struct answer *a;

	for (int i = 0; i < 2; i++)
		expect_status(
		    client_post(c, path, FIELDS("used", "1")), 303, "used");
	ck_assert_int_eq(records(), before + 1);
	a = client_get(c, library_path(ref, ""));
	ck_assert(answer_has(a, "used by 1 organisation"));
	ck_assert(answer_has(a, "We no longer use it"));
	ck_assert(answer_has(client_get(c, "/documents?show=used"), ref));
	expect_status(client_post(c, path, NO_FIELDS), 303, "not used");
	ck_assert_int_eq(records(), before + 2);
	ck_assert(!answer_has(client_get(c, "/documents?show=used"), ref));
	/* The contributor says nothing of the kind of its own. */
	ck_assert(
	    !answer_has(client_get(world.as[PUBLISHER], library_path(ref, "")),
		"We use this"));
}
END_TEST

/* ---- subscriptions -------------------------------------------------------- */

START_TEST(subscriptions)
{
	struct client *c = world.as[STEWARD];
	const struct answer *a = client_post(
	    c, "/subscriptions", FIELDS("sectors", "moon", "measures", "a"));
	struct html_form *form;

	expect_status(a, 400, "no such sector");
	expect_beside(a, "sectors", "Choose one of the possibilities");
	expect_status(client_post(c, "/subscriptions",
			  FIELDS("sectors", "energy", "sectors", "water",
			      "measures", "j")),
	    303, "two sectors");
	form = html_form(client_get(c, "/subscriptions"), "/subscriptions");
	ck_assert(html_has(form, "sectors", "energy"));
	ck_assert(html_has(form, "sectors", "water"));
	ck_assert(html_has(form, "measures", "j"));
	ck_assert(!html_has(form, "measures", "a"));
	expect_status(client_post(c, "/subscriptions", NO_FIELDS), 303, "none");
	form = html_form(client_get(c, "/subscriptions"), "/subscriptions");
	ck_assert(!html_has(form, "sectors", "energy"));
}
END_TEST

/* ---- finding -------------------------------------------------------------- */

/* Words without accents, wrong filters, long and strange queries. */
static const struct {
	const char *query;
	int status;
} queries[] = {
	{ "q=r%C3%A9silience", 200 },
	{ "q=%22%27+OR+1", 200 },
	{ "q=%2A", 200 },
	{ "q=%00", 400 },
	{ "kind=novel", 400 },
	{ "sector=moon", 400 },
	{ "measure=k", 400 },
	{ "language=xx", 400 },
	{ "label=white", 400 },
	{ "show=everything", 400 },
	{ "before=0", 400 },
	{ "before=-1", 400 },
	{ "before=99999999999999999999", 400 },
	{ "q=a&before=1&tier=7", 200 },
	{ "q=a&before=1&tier=101", 400 },
	{ "nothing=1", 400 },
	{ "kind=guide&kind=guide", 400 },
	{ "kind=guide&sector=energy&measure=c&language=fr&label=green"
	  "&show=own&q=plan",
	    200 },
};

START_TEST(odd_queries)
{
	const char *path = textf("/documents?%s", queries[_i].query);
	const struct answer *a = client_get(world.as[PUBLISHER], path);

	expect_status(a, queries[_i].status, "%s", path);
	expect_discreet(a, path);
}
END_TEST

/* Each filter alone finds it, and another value of it does not. */
START_TEST(filters)
{
	static const struct {
		const char *is, *other;
	} each[] = {
		{ "kind=exercise", "kind=guide" },
		{ "sector=space", "sector=food" },
		{ "measure=h", "measure=b" },
		{ "language=el", "language=mt" },
		{ "label=green", "label=clear" },
		{ "show=own", "show=used" },
	};
	struct library_file file = library_text("Φίλτρα και résilience.\n");
	struct client *c = world.as[PUBLISHER];
	char *word = unique("filtered"), *ref;

	ref = library_ref(library_send(c,
	    FIELDS("title", word, "summary", "S.", "kind", "exercise",
		"language", "el", "sectors", "space", "measures", "h", "label",
		"green", "circles", "community"),
	    &file));
	library_publish(c, ref);
	for (int i = 0; i < ROWS(each); i++) {
		const char *q = textf("&q=resilience+%s", word);

		ck_assert_msg(
		    answer_has(
			client_get(c, textf("/documents?%s%s", each[i].is, q)),
			ref),
		    "%s", each[i].is);
		ck_assert_msg(
		    !answer_has(client_get(c,
				    textf("/documents?%s%s", each[i].other, q)),
			ref),
		    "%s", each[i].other);
		ck_assert(answer_has(
		    client_get(c, textf("/documents?%s", each[i].is)), ref));
	}
}
END_TEST

const struct suite_test tests_library[] = {
	TEST_ROWS(wrong_fields, typed),
	TEST(not_complete),
	TEST_ROWS(refused_files, refused),
	TEST_TIMES(hostile_names, 5),
	TEST_TIMES(names_with_paths, 3),
	TEST(refused_in_french),
	TEST(too_large),
	TEST(sent_twice_done_once),
	TEST(same_bytes_twice),
	TEST(broken_off),
	TEST(cut_short),
	TEST_ROWS(odd_names, names),
	TEST(ranges),
	TEST(bytes_have_no_past),
	TEST(downloads_are_noted),
	TEST(two_versions),
	TEST(first_for_fewer),
	TEST(two_editors),
	TEST(comments),
	TEST(a_long_talk),
	TEST(reviews),
	TEST(use),
	TEST(subscriptions),
	TEST_ROWS(odd_queries, queries),
	TEST(filters),
	TESTS_END,
};
