/* SPDX-License-Identifier: Apache-2.0 */
#include "matrix.h"

#include <check.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include "library.h"
#include "log.h"
#include "pact.h"
#include "trio.h"

static struct matrix_row rows[MATRIX_ROWS];
static int row_count;
static unsigned key_count;

/* ---- the file --------------------------------------------------------- */

static int number; /* of the line */

/* Before any test runs, so not an assertion of Check. */
static void
need(bool is_right, const char *what)
{
	if (is_right)
		return;
	fprintf(stderr, "matrix.tsv:%d: %s\n", number, what);
	exit(2);
}

static void
read_words(struct matrix_row *row, char *text)
{
	char *word;
	int n = 0;

	while ((word = strsep(&text, " ")) != NULL) {
		const size_t len = strlen(word);

		if (strcmp(word, "-") == 0)
			continue;
		if (strcmp(word, "own-session") == 0) {
			row->is_own_session = true;
			continue;
		}
		if (strcmp(word, "own-fresh") == 0) {
			row->is_own_fresh = true;
			continue;
		}
		if (strcmp(word, "own-person") == 0) {
			row->is_own_person = true;
			continue;
		}
		need(n < MATRIX_WORDS, "too many words");
		row->is_made_again[n] = word[len - 1] == '!';
		if (row->is_made_again[n])
			word[len - 1] = '\0';
		row->word[n++] = word;
	}
}

static void
check_head(char *line)
{
	int i;

	for (i = 0; i < 4; i++)
		(void)strsep(&line, "\t");
	for (i = 0; i < WHO__MAX; i++)
		need(line != NULL &&
			strcmp(strsep(&line, "\t"), who_names[i]) == 0,
		    who_names[i]);
	need(line == NULL, "columns");
}

static void
read_row(char *line)
{
	struct matrix_row *row = &rows[row_count++];
	int i;

	need(row_count < MATRIX_ROWS, "too many rows");
	row->line = number;
	row->method = strsep(&line, "\t");
	row->path = strsep(&line, "\t");
	need(line != NULL, "too short");
	read_words(row, strsep(&line, "\t"));
	row->body = strsep(&line, "\t");
	for (i = 0; i < WHO__MAX; i++) {
		row->want[i] = strsep(&line, "\t");
		need(row->want[i] != NULL && *row->want[i] != '\0',
		    who_names[i]);
		if (strcmp(row->want[i], ".") == 0)
			row->want[i] = row->want[i - 1];
	}
	need(line == NULL, "too long");
}

static void
read_file(void)
{
	char line[4096];
	bool has_head = false;
	FILE *f = fopen("tests/http/matrix.tsv", "r");

	need(f != NULL, "cannot be opened");
	while (fgets(line, sizeof(line), f) != NULL) {
		number++;
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		if (!has_head)
			check_head(line);
		else
			read_row(strdup(line));
		has_head = true;
	}
	fclose(f);
}

int
matrix_count(void)
{
	if (row_count == 0)
		read_file();
	return row_count;
}

/* The row lets somebody in, by that method. */
static bool
is_for_somebody(const struct matrix_row *row, const char *method)
{
	enum who who;

	for (who = 0; who < WHO__MAX; who++)
		if (matrix_is_let_in(row->want[who]))
			return strcmp(row->method, method) == 0;
	return false;
}

static int
count_of(const char *method)
{
	int i, n = 0;

	if (row_count == 0)
		read_file();
	for (i = 0; i < row_count; i++)
		n += is_for_somebody(&rows[i], method);
	return n;
}

static struct matrix_row *
row_of(const char *method, int n)
{
	int i = 0;

	while (!is_for_somebody(matrix_row(i), method) || n-- > 0)
		i++;
	return &rows[i];
}

int
matrix_post_count(void)
{
	return count_of("POST");
}

struct matrix_row *
matrix_post_row(int n)
{
	return row_of("POST", n);
}

int
matrix_get_count(void)
{
	return count_of("GET");
}

struct matrix_row *
matrix_get_row(int n)
{
	return row_of("GET", n);
}

struct matrix_row *
matrix_row(int i)
{
	if (row_count == 0)
		read_file();
	ck_assert_int_lt(i, row_count);
	return &rows[i];
}

/* ---- things to act on -------------------------------------------------- */

static char *
make_clear(void)
{
	return make_published("Matrix, clear", "clear", "community");
}

static char *
make_green(void)
{
	return make_published("Matrix, green", "green", "community");
}

static char *
make_source(void)
{
	return make_imported(
	    unique("matrix"), "Matrix, source", "clear", "community");
}

static char *
find_theirs(void)
{
	return stored_text(
	    "SELECT a.ref FROM advisory a JOIN organisation o"
	    " ON o.id = a.organisation JOIN advisory_revision v"
	    " ON v.advisory = a.id AND v.number = a.revision"
	    " WHERE o.name = ? AND a.state = 'published' AND v.label = 1"
	    " LIMIT 1",
	    MINISTRY);
}

static char *
find_theirs_draft(void)
{
	return stored_text("SELECT a.ref FROM advisory a JOIN organisation o"
			   " ON o.id = a.organisation WHERE o.name <> ?"
			   " AND a.state = 'draft' LIMIT 1",
	    CSIRT);
}

static char *
make_a_draft(void)
{
	return make_draft("Matrix, draft", "green", "community");
}

static char *
make_an_organisation(void)
{
	return organisation_ref(make_organisation("waste"));
}

static char *
make_ended(void)
{
	char *ref = make_an_organisation();

	console("org", "suspend", ref, "--why", "For the matrix.");
	return ref;
}

static char *
make_person_of(const char *organisation)
{
	char email[WORLD_TEXT];

	free(invite(organisation, "reader", email));
	return stored_text("SELECT ref FROM person WHERE email = ?", email);
}

static char *
make_person(void)
{
	return make_person_of(WATER);
}

static char *
make_other(void)
{
	return make_person_of(ENERGY);
}

/* Somebody of the same organisation who has joined. */
static char *
make_joined(void)
{
	struct account a;

	client_free(join(WATER, "reader", &a));
	return stored_text("SELECT ref FROM person WHERE email = ?", a.email);
}

/* A steward of another one, who has not. */
static char *
make_deputy(void)
{
	char email[WORLD_TEXT];

	free(invite(ENERGY, "steward", email));
	return stored_text("SELECT ref FROM person WHERE email = ?", email);
}

static char *
make_gone(void)
{
	char *ref = make_person();

	console("person", "disable",
	    stored_text("SELECT email FROM person WHERE ref = ?", ref));
	return ref;
}

/* One that awaits the steward's confirmation; 8 is a signatory. */
static char *
make_key(void)
{
	char *shown = textf("%08X%08X", (unsigned)getpid(), ++key_count);

	store(textf("INSERT INTO signing_key (organisation, number, public_key,"
		    " proposed_by, proposed_as, proposed_at)"
		    " SELECT p.organisation, '%s', 'RW%s', p.id, 8, 1"
		    " FROM person p WHERE p.ref = ?",
		  shown, shown),
	    make_person());
	return shown;
}

/* The auditor's, made already: the file of a document does for it. */
static char *
make_bundle(void)
{
	char *shown = textf("%08x%08x", (unsigned)getpid(), ++key_count);

	store(textf("INSERT INTO bundle (ref, organisation, person, language,"
		    " families, object, from_at, until_at, state, records,"
		    " done, size, blob, trouble, asked_at, ready_at)"
		    " SELECT '%s', p.organisation, p.id, 'en', 0, '', 0, 0,"
		    " 'ready', 0, 0, 1, (SELECT MIN(blob) FROM"
		    " document_version), '', 1, 2 FROM person p"
		    " WHERE p.email = ?",
		  shown),
	    email_of(AUDITOR));
	return shown;
}

/* A public key as minisign writes it, without what a form would change. */
static char *
make_public_key(void)
{
	unsigned char raw[2 + 8 + crypto_sign_PUBLICKEYBYTES] = { 'E', 'd' };
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	char text[80];

	do {
		randombytes_buf(raw + 2, 8);
		crypto_sign_keypair(raw + 10, secret);
		sodium_bin2base64(text, sizeof(text), raw, sizeof(raw),
		    sodium_base64_VARIANT_ORIGINAL);
	} while (strpbrk(text, "+/") != NULL);
	return strdup(text);
}

static char *
make_whole(void)
{
	return pact_published("Matrix, whole", "everybody", "whole");
}

static char *
make_common(void)
{
	return pact_published("Matrix, common", "community", "terms");
}

/* An organisation of which the charter is not in force. */
static char *
make_unsigned(void)
{
	char *ref = make_an_organisation();

	store("UPDATE agreement SET until_at = 1 WHERE organisation ="
	      " (SELECT id FROM organisation WHERE ref = ?)",
	    ref);
	store("UPDATE access_grant SET ended_at = from_at WHERE organisation ="
	      " (SELECT id FROM organisation WHERE ref = ?)",
	    ref);
	return ref;
}

static char *
say_community(void)
{
	return strdup("community");
}

static char *
say_energy(void)
{
	return strdup("reseau-nord-energie");
}

static char *
make_email(void)
{
	return textf("%s@matrix.example", unique("new"));
}

static char *
make_name(void)
{
	return unique("Matrix organisation");
}

static char *
make_link(void)
{
	const char *link =
	    console("person", "link", "anne.schmit@luxtram.example");

	return strdup(strrchr(link, '/') + 1);
}

static char *
make_invitation(void)
{
	char email[WORLD_TEXT];
	char *path = invite(ENERGY, "reader", email);

	return strdup(strrchr(path, '/') + 1);
}

static char *
make_token(void)
{
	char token[CLIENT_TOKEN];

	client_once(token);
	return strdup(token);
}

/* The session that was begun last is that of who asks. */
static char *
find_session(void)
{
	return stored_text("SELECT MAX(id) FROM session", NULL);
}

static char *
find_edit(void)
{
	return stored_text("SELECT v.edit FROM advisory a"
			   " JOIN advisory_revision v ON v.advisory = a.id"
			   " AND v.number = a.draft"
			   " ORDER BY v.id DESC LIMIT 1",
	    NULL);
}

static char *
say_missing(void)
{
	return strdup("ENT-1999-0001");
}

static char *
say_one(void)
{
	return strdup("1");
}

static char *
say_nine(void)
{
	return strdup("9");
}

/* ---- agreements -------------------------------------------------------- */

static char *
find_trio_edit(void)
{
	return stored_text("SELECT edit FROM agreement_version"
			   " WHERE number IS NULL ORDER BY id DESC LIMIT 1",
	    NULL);
}

/* Of the version that was proposed last. */
static char *
find_trio_digest(void)
{
	return stored_text("SELECT lower(hex(digest)) FROM agreement_version"
			   " WHERE number IS NOT NULL ORDER BY id DESC LIMIT 1",
	    NULL);
}

/* Of an advisory of the CSIRT, in a checkpoint. */
static char *
make_record(void)
{
	char *ref = make_green();
	const int64_t id =
	    stored_int("SELECT MAX(id) FROM record WHERE object = ?", ref);

	log_wait(id);
	return textf("%lld", (long long)id);
}

static char *
find_csirt(void)
{
	return organisation_ref(CSIRT);
}

static char *
find_ministry(void)
{
	return organisation_ref(MINISTRY);
}

static char *
say_far(void)
{
	return strdup("999999999");
}

/* ---- the library ------------------------------------------------------- */

static char *
make_doc_clear(void)
{
	return library_published("Matrix, clear", "clear", "community");
}

static char *
make_doc_green(void)
{
	return library_published("Matrix, green", "green", "community");
}

static char *
make_doc_draft(void)
{
	return library_draft("Matrix, draft", "green", "community");
}

static char *
find_doc_edit(void)
{
	return stored_text("SELECT v.edit FROM document a"
			   " JOIN document_version v ON v.document = a.id"
			   " AND v.number = a.draft"
			   " ORDER BY v.id DESC LIMIT 1",
	    NULL);
}

/* Of the reader, on the document that was made last. */
static char *
make_comment(void)
{
	const char *ref = stored_text(
	    "SELECT ref FROM document ORDER BY id DESC LIMIT 1", NULL);

	client_post(world.as[READER], library_path(ref, "comments"),
	    FIELDS("comment", "Of the reader."));
	return stored_text("SELECT MAX(id) FROM document_comment", NULL);
}

static char *
say_no_document(void)
{
	return strdup("DOC-1999-0001");
}

static const struct {
	const char *name;
	char *(*make)(void);
	bool is_late; /* what it is, is seen when it is used */
} words[] = {
	{ "trio", trio_proposed, false },
	{ "trio-draft", trio_draft, false },
	{ "trio-edit", find_trio_edit, true },
	{ "trio-digest", find_trio_digest, true },
	{ "trio-force", trio_in_force, false },
	{ "trio-ending", trio_ending, false },
	{ "trio-suspended", trio_suspended, false },
	{ "trio-asked", trio_asked, false },
	{ "trio-published", trio_published, false },
	{ "doc-clear", make_doc_clear, false },
	{ "doc-green", make_doc_green, false },
	{ "doc-draft", make_doc_draft, false },
	{ "doc-edit", find_doc_edit, true },
	{ "doc-theirs", library_theirs, false },
	{ "doc-theirs-draft", library_theirs_draft, false },
	{ "doc-comment", make_comment, false },
	{ "doc-missing", say_no_document, false },
	{ "record", make_record, false },
	{ "csirt", find_csirt, false },
	{ "ministry", find_ministry, false },
	{ "clear", make_clear, false },
	{ "green", make_green, false },
	{ "source", make_source, false },
	{ "theirs", find_theirs, false },
	{ "theirs-draft", find_theirs_draft, false },
	{ "draft", make_a_draft, false },
	{ "edit", find_edit, true },
	{ "organisation", make_an_organisation, false },
	{ "ended", make_ended, false },
	{ "person", make_person, false },
	{ "other", make_other, false },
	{ "joined", make_joined, false },
	{ "deputy", make_deputy, false },
	{ "gone", make_gone, false },
	{ "email", make_email, true },
	{ "key", make_key, false },
	{ "bundle", make_bundle, false },
	{ "public-key", make_public_key, true },
	{ "whole", make_whole, false },
	{ "common", make_common, false },
	{ "unsigned", make_unsigned, false },
	{ "community", say_community, false },
	{ "energy", say_energy, false },
	{ "name", make_name, true },
	{ "link", make_link, false },
	{ "invitation", make_invitation, false },
	{ "token", make_token, false },
	{ "session", find_session, true },
	{ "missing", say_missing, false },
	{ "one", say_one, false },
	{ "nine", say_nine, false },
	{ "far", say_far, false },
};

enum { WORD_KINDS = sizeof(words) / sizeof(words[0]) };

static int
find_word(const char *name, size_t len)
{
	int i;

	for (i = 0; i < WORD_KINDS; i++)
		if (strlen(words[i].name) == len &&
		    memcmp(words[i].name, name, len) == 0)
			return i;
	ck_abort_msg("matrix.tsv has the word %s, which is nothing", name);
	return -1;
}

static void
make_one(struct matrix_row *row, int n)
{
	const int i = find_word(row->word[n], strlen(row->word[n]));

	free(row->made[n]);
	row->made[n] = words[i].is_late ? NULL : words[i].make();
}

void
matrix_make(struct matrix_row *row)
{
	int n;

	for (n = 0; n < MATRIX_WORDS && row->word[n] != NULL; n++)
		make_one(row, n);
}

void
matrix_make_again(struct matrix_row *row)
{
	int n;

	for (n = 0; n < MATRIX_WORDS && row->word[n] != NULL; n++)
		if (row->is_made_again[n])
			make_one(row, n);
}

/* ---- filling in --------------------------------------------------------- */

static char *
value_of(const struct matrix_row *row, const char *name, size_t len)
{
	int n;

	for (n = 0; n < MATRIX_WORDS && row->word[n] != NULL; n++)
		if (strlen(row->word[n]) == len &&
		    memcmp(row->word[n], name, len) == 0 &&
		    row->made[n] != NULL)
			return row->made[n];
	return words[find_word(name, len)].make();
}

/* Each "{…}" becomes what `place` says of it, in order. */
char *
matrix_fill(const struct matrix_row *row, const char *text)
{
	char *out = strdup("");

	while (*text != '\0') {
		const size_t plain = strcspn(text, "{");
		const char *end = strchr(text + plain, '}');
		char *more;

		if (end == NULL)
			end = text + plain;
		more = textf("%s%.*s%s", out, (int)plain, text,
		    text[plain] == '{' ? value_of(row, text + plain + 1,
					     (size_t)(end - text) - plain - 1)
				       : "");
		free(out);
		out = more;
		text = *end == '}' ? end + 1 : end;
	}
	return out;
}

/* The pattern's places are the row's words, in order. */
char *
matrix_path(const struct matrix_row *row)
{
	const char *p = row->path;
	char path[512];
	size_t len = 0;
	int n = 0;

	for (; *p != '\0'; p += *p == '}') {
		const size_t plain = strcspn(p, "{");

		ck_assert_uint_lt(len + plain + 128, sizeof(path));
		memcpy(path + len, p, plain);
		len += plain;
		p += plain;
		if (*p == '\0')
			break;
		ck_assert(n < MATRIX_WORDS && row->word[n] != NULL);
		len += (size_t)snprintf(path + len, sizeof(path) - len, "%s",
		    value_of(row, row->word[n], strlen(row->word[n])));
		n++;
		p += strcspn(p, "}");
	}
	return strndup(path, len);
}

/* ---- asking -------------------------------------------------------------- */

bool
matrix_is_let_in(const char *want)
{
	static const char *const refused[] = { "403", "404", "409", "in" };
	size_t i;

	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (strcmp(want, refused[i]) == 0)
			return false;
	return strncmp(want, "prove:", 6) != 0 && strncmp(want, "ask:", 4) != 0;
}

/* "file" is a document of its own, "file&…" one beside these fields. */
static const char *
after_file(const char *body)
{
	return strncmp(body, "file&", 5) == 0 ? body + 5 : body;
}

/* "a=b&c={d}": names, and values with '+' for a space, in turn. */
static const char **
fields_of(const struct matrix_row *row)
{
	static const char *fields[64];
	char *text = matrix_fill(row, after_file(row->body)), *pair, *p;
	size_t n = 0;

	while (strcmp(row->body, "-") != 0 &&
	    (pair = strsep(&text, "&")) != NULL && n < 62) {
		fields[n++] = strsep(&pair, "=");
		fields[n] = pair != NULL ? pair : "";
		for (p = pair; p != NULL && *p != '\0'; p++)
			if (*p == '+')
				*p = ' ';
		n++;
	}
	fields[n] = NULL;
	return fields;
}

const struct answer *
matrix_ask(const struct matrix_row *row, struct client *c)
{
	const char *path = matrix_path(row);
	char *document;

	if (strcmp(row->method, "GET") == 0)
		return client_get(c, path);
	if (after_file(row->body) != row->body)
		return client_upload(
		    c, path, fields_of(row), "a.txt", "A text.\n", 8);
	if (strcmp(row->body, "file") != 0)
		return client_post(c, path, fields_of(row));
	document = csaf_document(unique("matrix"), "Matrix, file", "A text.");
	return client_upload(
	    c, path, NO_FIELDS, "a.json", document, strlen(document));
}

bool
matrix_is_page(const struct matrix_row *row)
{
	static const char *const files[] = { "/source", "/canonical",
		"/signatures/", ".atom", "/file", "/json", "/proof", "/text" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strstr(row->path, files[i]) != NULL)
			return false;
	return true;
}

struct client *
matrix_client(const struct matrix_row *row, enum who who)
{
	if (row->is_own_fresh && email_of(who)[0] != '\0' && who != DISABLED &&
	    who != SUSPENDED)
		return trio_fresh_as(email_of(who));
	return world.as[who];
}
