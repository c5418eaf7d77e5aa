/* SPDX-License-Identifier: Apache-2.0 */
/* web/form.c and web/body.c. */
#include "unit.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "web/form.h"

static const char *const colours[] = { "red", "amber", "green", NULL };

static const struct field fields[] = {
	{ .name = "line", .kind = FIELD_LINE, .min = 2, .max = 5 },
	{ .name = "prose", .kind = FIELD_PROSE, .max = 20 },
	{ .name = "exact", .kind = FIELD_EXACT, .min = 3, .max = 8 },
	{ .name = "int", .kind = FIELD_INT, .min = -5, .max = 10 },
	{ .name = "count", .kind = FIELD_INT },
	{ .name = "date", .kind = FIELD_DATE },
	{ .name = "choice", .kind = FIELD_CHOICE, .choices = colours },
	{ .name = "set",
	    .kind = FIELD_SET,
	    .min = 1,
	    .max = 2,
	    .choices = colours },
	{ .name = "list", .kind = FIELD_LIST, .max = 3 },
	{ .name = "flag", .kind = FIELD_FLAG },
	{ .name = "email", .kind = FIELD_EMAIL },
	{ .name = "file", .kind = FIELD_FILE, .max = 10 },
	{ .name = "plain", .kind = FIELD_LINE },
	{ .name = NULL },
};

static struct arena *arena;

/* What the body's reader takes its bytes from: few at a time. */
struct source {
	const char *at;
	size_t left, step;
	bool breaks;
};

static long
source_read(void *from, void *into, size_t size)
{
	struct source *s = from;
	size_t n = s->left < s->step ? s->left : s->step;

	if (n > size)
		n = size;
	if (n == 0 && s->breaks)
		return -1;
	memcpy(into, s->at, n);
	s->at += n;
	s->left -= n;
	return (long)n;
}

static struct req
request(const char *type, struct source *s, uint64_t length)
{
	struct req req = { .arena = arena, .method = METHOD_POST };

	req.content_type = type;
	req.body.read = source_read;
	req.body.from = s;
	req.body.length = length;
	return req;
}

static enum err
submit(const char *text, const struct field *table, struct form **form)
{
	struct source s = { text, strlen(text), 7, false };
	struct req req =
	    request("application/x-www-form-urlencoded", &s, strlen(text));

	arena = req.arena = arena_new(16 * 1024 * 1024);
	return form_from_body(&req, table, "/tmp", form);
}

static const struct {
	const char *body;
	const char *field;
	const char *error; /* NULL is right */
	const char *text;
	int64_t number; /* or the limit that is told */
} values[] = {
	{ "line=ab", "line", NULL, "ab", 0 },
	{ "line=+a++b+", "line", NULL, "a b", 0 },
	{ "line=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9", "line", NULL, "ééééé", 0 },
	{ "line=e%CC%81x", "line", NULL, "éx", 0 },
	{ "line=", "line", NULL, "", 0 },
	{ "line=+++", "line", NULL, "", 0 },
	{ "", "line", NULL, "", 0 },
	{ "line=a", "line", "TooShort", "a", 2 },
	{ "line=abcdef", "line", "TooLong", "abcdef", 5 },
	{ "line=a%0Ab", "line", "Characters", "a\nb", 0 },
	{ "line=a%1Bb", "line", "Characters", "a\033b", 0 },
	{ "line=a%E2%80%AEb", "line", "Characters", "a\u202eb", 0 },
	{ "prose=a%0D%0Ab%0D%0A", "prose", NULL, "a\nb", 0 },
	{ "prose=a%07", "prose", "Characters", "a\a", 0 },
	{ "prose=123456789012345678901", "prose", "TooLong",
	    "123456789012345678901", 20 },
	{ "exact=+pa+", "exact", NULL, " pa ", 0 },
	{ "exact=e%CC%81x", "exact", NULL, "e\u0301x", 0 },
	{ "exact=ab", "exact", "TooShort", "ab", 3 },
	{ "exact=123456789", "exact", "TooLong", "123456789", 8 },
	{ "exact=abc%0A", "exact", "Characters", "abc\n", 0 },
	{ "int=-5", "int", NULL, "-5", -5 },
	{ "int=+10+", "int", NULL, "10", 10 },
	{ "int=0", "int", NULL, "0", 0 },
	{ "int=11", "int", "TooLarge", "11", 10 },
	{ "int=-6", "int", "TooSmall", "-6", -5 },
	{ "int=1.0", "int", "Number", "1.0", 0 },
	{ "int=01", "int", "Number", "01", 0 },
	{ "int=0x1", "int", "Number", "0x1", 0 },
	{ "int=%2B1", "int", "Number", "+1", 0 },
	{ "int=99999999999999999999", "int", "Number", "99999999999999999999",
	    0 },
	{ "count=9223372036854775807", "count", NULL, "9223372036854775807",
	    INT64_MAX },
	{ "count=-1", "count", "TooSmall", "-1", 0 },
	{ "date=2026-11-22", "date", NULL, "2026-11-22",
	    20779 * 86400000000LL },
	{ "date=2026-02-30", "date", "Date", "2026-02-30", 0 },
	{ "date=22/11/2026", "date", "Date", "22/11/2026", 0 },
	/* Canonical JSON could not hold it. */
	{ "date=2255-06-05", "date", "Date", "2255-06-05", 0 },
	{ "date=9999-12-31", "date", "Date", "9999-12-31", 0 },
	{ "choice=green", "choice", NULL, "green", 2 },
	{ "choice=", "choice", NULL, "", 0 },
	{ "choice=Green", "choice", "Choice", "Green", 0 },
	{ "choice=green+", "choice", "Choice", "green ", 0 },
	{ "set=red&set=green", "set", NULL, "green", 5 },
	{ "set=amber", "set", NULL, "amber", 2 },
	{ "set=amber&set=amber", "set", NULL, "amber", 2 },
	{ "set=red&set=blue", "set", "Choice", "blue", 0 },
	{ "set=red&set=amber&set=green", "set", "TooMany", "green", 2 },
	{ "list=a&list=b&list=", "list", NULL, "b", 0 },
	{ "list=a&list=b&list=c&list=d", "list", "TooMany", "d", 3 },
	{ "list=%01", "list", "Characters", "\001", 0 },
	{ "flag=1", "flag", NULL, "1", 1 },
	{ "flag=on", "flag", "Choice", "on", 0 },
	{ "flag=", "flag", NULL, "", 0 },
	{ "email=a.b%2Bc%40x-1.example", "email", NULL, "a.b+c@x-1.example",
	    0 },
	{ "email=o'neil%40x.example", "email", NULL, "o'neil@x.example", 0 },
	{ "email=a", "email", "Email", "a", 0 },
	{ "email=%40x.example", "email", "Email", "@x.example", 0 },
	{ "email=a%40", "email", "Email", "a@", 0 },
	{ "email=a%40b", "email", "Email", "a@b", 0 },
	{ "email=a%40b%40c.d", "email", "Email", "a@b@c.d", 0 },
	{ "email=a..b%40c.d", "email", "Email", "a..b@c.d", 0 },
	{ "email=.a%40c.d", "email", "Email", ".a@c.d", 0 },
	{ "email=a.%40c.d", "email", "Email", "a.@c.d", 0 },
	{ "email=a%40c..d", "email", "Email", "a@c..d", 0 },
	{ "email=a%40.c.d", "email", "Email", "a@.c.d", 0 },
	{ "email=a%40c.d.", "email", "Email", "a@c.d.", 0 },
	{ "email=a%40-c.d", "email", "Email", "a@-c.d", 0 },
	{ "email=a%40c-.d", "email", "Email", "a@c-.d", 0 },
	{ "email=a%40c.-d", "email", "Email", "a@c.-d", 0 },
	{ "email=a%40c.d-", "email", "Email", "a@c.d-", 0 },
	{ "email=%22a%22%40c.d", "email", "Email", "\"a\"@c.d", 0 },
	{ "email=a+b%40c.d", "email", "Email", "a b@c.d", 0 },
	{ "email=%C3%A9%40c.d", "email", "Email", "é@c.d", 0 },
	{ "email=a%40c.d%0D%0ABcc:x", "email", "Characters", "a@c.d\r\nBcc:x",
	    0 },
};

START_TEST(form_values)
{
	struct form *form;
	struct value *v;
	enum err rc = submit(values[_i].body, fields, &form);

	v = form_value(form, values[_i].field);
	ck_assert_pstr_eq(v->error, values[_i].error);
	ck_assert_int_eq(rc, v->error == NULL ? ERR_OK : ERR_INVALID);
	ck_assert_int_eq(form_is_right(form), rc == ERR_OK);
	ck_assert_str_eq(form_text(form, values[_i].field), values[_i].text);
	ck_assert_int_eq(
	    v->error == NULL ? v->number : v->limit, values[_i].number);
	ck_assert(form->is_submitted);
	arena_free(arena);
}
END_TEST

static const char *const malformed[] = {
	"unknown=1",
	"line=ab&line=ab",
	"line=&line=ab",
	"csrf=a&csrf=b",
	"once=a&once=b",
	"done=a&done=b",
	"line=%",
	"line=%4",
	"line=%00",
	"line=%ff",
	"%ff=a",
	"line=%c0%af",
	"line=%ed%a0%80",
	"=a",
	"file=x",
	"line%00=x",
	"flag=1&flag=1",
	"choice=red&choice=red",
};

START_TEST(form_malformed)
{
	struct form *form;

	ck_assert_int_eq(submit(malformed[_i], fields, &form), ERR_MALFORMED);
	ck_assert_ptr_nonnull(form);
	arena_free(arena);
}
END_TEST

START_TEST(form_own_fields)
{
	struct form *form;

	ck_assert_int_eq(
	    submit("csrf=abc&&once=de%20f&line=ab&done=x", fields, &form),
	    ERR_OK);
	ck_assert_str_eq(form->csrf, "abc");
	ck_assert_str_eq(form->once, "de f");
	ck_assert_str_eq(form->done, "x");
	arena_free(arena);
	ck_assert_int_eq(submit("csrf=abc", NULL, &form), ERR_OK);
	ck_assert_ptr_null(form->once);
	arena_free(arena);
	ck_assert_int_eq(submit("a=b", NULL, &form), ERR_MALFORMED);
	arena_free(arena);
}
END_TEST

START_TEST(form_lists)
{
	struct form *form;

	ck_assert_int_eq(
	    submit("list=b&list=+a+&set=green&set=red", fields, &form), ERR_OK);
	ck_assert_str_eq(form_list(form, "list")[0], "b");
	ck_assert_str_eq(form_list(form, "list")[1], "a");
	ck_assert_ptr_null(form_list(form, "list")[2]);
	ck_assert_str_eq(form_list(form, "set")[0], "green");
	ck_assert_ptr_null(form_list(form, "line")[0]);
	arena_free(arena);
}
END_TEST

/* Required of each kind, with nothing, with an empty value, with blanks. */
START_TEST(form_required)
{
	static const char *const empties[] = { "", "x=", "x=+" };
	static const char *const said[FIELD__MAX] = {
		[FIELD_LINE] = "Required",
		[FIELD_PROSE] = "Required",
		[FIELD_EXACT] = "Required",
		[FIELD_INT] = "Required",
		[FIELD_DATE] = "Required",
		[FIELD_CHOICE] = "ChooseOne",
		[FIELD_SET] = "ChooseSome",
		[FIELD_LIST] = "ChooseSome",
		[FIELD_FLAG] = "Required",
		[FIELD_EMAIL] = "Required",
		[FIELD_FILE] = "ChooseFile",
	};
	struct field table[2] = {
		{ .name = "x", .required = true, .choices = colours }
	};
	struct form *form;

	table[0].kind = (enum field_kind)_i;
	for (int i = 0; i < 3; i++) {
		if (_i == FIELD_FILE && i > 0)
			break;
		/* A blank is something to EXACT, and no choice. */
		if (i == 2 &&
		    (_i == FIELD_EXACT || _i == FIELD_CHOICE ||
			_i == FIELD_SET || _i == FIELD_LIST ||
			_i == FIELD_FLAG))
			break;
		ck_assert_int_eq(submit(empties[i], table, &form), ERR_INVALID);
		ck_assert_str_eq(form_value(form, "x")->error, said[_i]);
		arena_free(arena);
	}
}
END_TEST

START_TEST(form_filled)
{
	static const char *const two[] = { "red", "green", "no", NULL };
	struct form *form;

	arena = arena_new(100000);
	form = form_new(arena, fields);
	ck_assert(!form->is_submitted);
	ck_assert(form_is_right(form));
	form_put(form, "line", "anything");
	form_put(form, "plain", NULL);
	form_put(form, "choice", "amber");
	form_put(form, "flag", "1");
	form_put_int(form, "int", -7);
	form_put_int(form, "date", 20779 * CLOCK_DAY);
	form_put_list(form, "set", two);
	ck_assert_str_eq(form_text(form, "line"), "anything");
	ck_assert_str_eq(form_text(form, "plain"), "");
	ck_assert_int_eq(form_int(form, "choice"), 1);
	ck_assert(form_flag(form, "flag"));
	ck_assert(!form_flag(form, "email"));
	ck_assert_str_eq(form_text(form, "int"), "-7");
	ck_assert_str_eq(form_text(form, "date"), "2026-11-22");
	ck_assert_int_eq(form_int(form, "set"), 5);
	form_refuse(form, "line", "Taken");
	ck_assert(!form_is_right(form));
	ck_assert_str_eq(form_value(form, "line")->error, "Taken");
	form_settle(NULL);
	arena_free(arena);
}
END_TEST

START_TEST(form_no_such_name)
{
	arena = arena_new(100000);
	form_text(form_new(arena, fields), "nonesuch");
}
END_TEST

START_TEST(form_queries)
{
	struct req req = { .query = "line=ab&set=red" };
	struct form *form;

	arena = req.arena = arena_new(100000);
	ck_assert_int_eq(form_from_query(&req, fields, &form), ERR_OK);
	ck_assert(!form->is_submitted);
	ck_assert_str_eq(form_text(form, "line"), "ab");
	req.query = "line=a";
	ck_assert_int_eq(form_from_query(&req, fields, &form), ERR_INVALID);
	req.query = "page=2";
	ck_assert_int_eq(form_from_query(&req, fields, &form), ERR_MALFORMED);
	ck_assert_ptr_nonnull(form);
	req.query = "";
	ck_assert_int_eq(form_from_query(&req, NULL, &form), ERR_OK);
	arena_free(arena);
}
END_TEST

START_TEST(form_many)
{
	char text[REQ_FIELDS_MAX * 2 + 2] = "";
	struct pair *pairs;

	arena = arena_new(100000);
	for (int i = 0; i < REQ_FIELDS_MAX; i++)
		memcpy(text + 2 * i, "a&", 3);
	text[2 * REQ_FIELDS_MAX - 1] = '\0';
	ck_assert_int_eq(form_split(arena, text, strlen(text), &pairs), ERR_OK);
	ck_assert_str_eq(pairs[REQ_FIELDS_MAX - 1].name, "a");
	ck_assert_ptr_null(pairs[REQ_FIELDS_MAX].name);
	text[2 * REQ_FIELDS_MAX - 1] = '&';
	ck_assert_int_eq(
	    form_split(arena, text, strlen(text), &pairs), ERR_TOO_LARGE);
	ck_assert_int_eq(form_split(arena, "a=\0b", 4, &pairs), ERR_MALFORMED);
	ck_assert_int_eq(form_split(arena, "", 0, &pairs), ERR_OK);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *type;
	enum err rc;
} types[] = {
	{ "application/x-www-form-urlencoded", ERR_OK },
	{ "application/x-www-form-urlencoded; charset=UTF-8", ERR_OK },
	{ "Application/X-WWW-Form-Urlencoded", ERR_OK },
	{ "application/x-www-form-urlencodedx", ERR_MEDIA },
	{ "application/json", ERR_MEDIA },
	{ "text/plain", ERR_MEDIA },
	{ "", ERR_MEDIA },
	{ NULL, ERR_MEDIA },
	{ "multipart/form-data", ERR_MALFORMED },
	{ "multipart/mixed; boundary=x", ERR_MEDIA },
};

START_TEST(form_types)
{
	struct source s = { "line=ab", 7, 3, false };
	struct req req = request(types[_i].type, &s, 7);
	struct form *form;

	arena = req.arena = arena_new(1000000);
	ck_assert_int_eq(
	    form_from_body(&req, fields, "/tmp", &form), types[_i].rc);
	ck_assert_ptr_nonnull(form);
	arena_free(arena);
}
END_TEST

static const struct {
	size_t has;
	uint64_t says;
	bool breaks;
	enum err rc;
} lengths[] = {
	{ 7, 7, false, ERR_OK },
	{ 7, 8, false, ERR_MALFORMED },
	{ 7, 8, true, ERR_MALFORMED },
	{ 0, 7, false, ERR_MALFORMED },
	{ 7, REQ_FORM_MAX + 1, false, ERR_TOO_LARGE },
	{ 7, UINT64_MAX, false, ERR_TOO_LARGE },
	/* What follows the length is not ours. */
	{ 7, 6, false, ERR_INVALID },
};

START_TEST(form_lengths)
{
	struct source s = { "line=ab", lengths[_i].has, 2, lengths[_i].breaks };
	struct req req =
	    request("application/x-www-form-urlencoded", &s, lengths[_i].says);
	struct form *form;

	arena = req.arena = arena_new(1000000);
	ck_assert_int_eq(
	    form_from_body(&req, fields, "/tmp", &form), lengths[_i].rc);
	arena_free(arena);
}
END_TEST

#define PART(name) "--b\r\nContent-Disposition: form-data; name=\"" name "\""
#define END "\r\n--b--\r\n"

static const struct {
	const char *body;
	enum err rc;
	const char *error; /* of the file */
	const char *name;  /* NULL: none is kept */
	const char *bytes;
} uploads[] = {
	{ PART("file") "; filename=\"a.txt\"\r\n\r\n12345" END, ERR_OK, NULL,
	    "a.txt", "12345" },
	{ PART("line") "\r\n\r\nab\r\n" PART(
	      "file") "; filename=\"C:\\x\\a.txt\"\r\n\r\n1234567890" END,
	    ERR_OK, NULL, "a.txt", "1234567890" },
	{ PART("file") "; filename=\"\"\r\n\r\n" END, ERR_OK, NULL, "", NULL },
	{ PART("file") "; filename=\"a\"\r\n\r\n" END, ERR_INVALID, "FileEmpty",
	    "a", "" },
	{ PART("file") "; filename=\"a\"\r\n\r\n12345678901" END, ERR_INVALID,
	    "FileTooLarge", "a", NULL },
	{ PART("file") "; filename=\"\"\r\n\r\nx" END, ERR_MALFORMED, NULL, "",
	    NULL },
	{ PART("line") "; filename=\"a\"\r\n\r\nab" END, ERR_MALFORMED, NULL,
	    "", NULL },
	{ PART("file") "\r\n\r\nab" END, ERR_MALFORMED, NULL, "", NULL },
	{ PART("file") "; filename=\"a\"\r\n\r\n1\r\n" PART(
	      "file") "; filename=\"b\"\r\n\r\n2" END,
	    ERR_MALFORMED, NULL, "a", NULL },
	{ PART("file") "; filename=\"a\"\r\n\r\n1234", ERR_MALFORMED, NULL, "a",
	    NULL },
	{ PART("file") "; filename=\"a\"\r\n\r\n1\r\n" PART(
	      "line") "\r\n\r\nx" END,
	    ERR_INVALID, NULL, "a", "1" },
};

static int
files_in(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;
	int n = 0;

	ck_assert_ptr_nonnull(d);
	while ((e = readdir(d)) != NULL)
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

START_TEST(form_uploads)
{
	const char *text = uploads[_i].body;
	struct source s = { text, strlen(text), (size_t)_i % 5 + 1, false };
	struct req req =
	    request("multipart/form-data; boundary=b", &s, strlen(text));
	struct form *form;
	struct value *v;
	char scratch[UNIT_PATH], bytes[100] = "";

	unit_scratch(scratch);
	arena = req.arena = arena_new(10000000);
	ck_assert_int_eq(
	    form_from_body(&req, fields, scratch, &form), uploads[_i].rc);
	/* Of a form that is refused whole nothing is kept. */
	if (uploads[_i].rc == ERR_MALFORMED)
		ck_assert_int_eq(files_in(scratch), 0);
	v = form_value(form, "file");
	ck_assert_pstr_eq(v->error, uploads[_i].error);
	ck_assert_str_eq(v->text, uploads[_i].name);
	if (uploads[_i].bytes != NULL) {
		struct stat st;
		FILE *f = fopen(v->file, "r");

		ck_assert_ptr_nonnull(f);
		ck_assert_int_eq(fstat(fileno(f), &st), 0);
		ck_assert_int_eq(st.st_mode & 0777, 0600);
		ck_assert_uint_eq(
		    fread(bytes, 1, sizeof(bytes), f), v->file_bytes);
		fclose(f);
		ck_assert_str_eq(bytes, uploads[_i].bytes);
	}
	form_settle(form);
	form_settle(form);
	ck_assert_int_eq(files_in(scratch), 0);
	unit_remove(scratch);
	arena_free(arena);
}
END_TEST

START_TEST(form_no_room)
{
	const char *text = uploads[0].body;
	struct source s = { text, strlen(text), 9, false };
	struct req req =
	    request("multipart/form-data; boundary=b", &s, strlen(text));
	struct form *form;

	ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
	arena = req.arena = arena_new(10000000);
	ck_assert_int_eq(form_from_body(&req, fields, "/no/such/folder", &form),
	    ERR_INTERNAL);
	/* Far more than all fields take is refused unread. */
	req.body.length = 100000000;
	ck_assert_int_eq(
	    form_from_body(&req, fields, "/tmp", &form), ERR_TOO_LARGE);
	arena_free(arena);
}
END_TEST

static const int kinds[FIELD__MAX];

UNIT_MAIN("form", UNIT_ROWS(form_values, values),
    UNIT_ROWS(form_malformed, malformed), UNIT(form_own_fields),
    UNIT(form_lists), UNIT_ROWS(form_required, kinds), UNIT(form_filled),
    UNIT_SIGNAL(form_no_such_name, 6), UNIT(form_queries), UNIT(form_many),
    UNIT_ROWS(form_types, types), UNIT_ROWS(form_lengths, lengths),
    UNIT_ROWS(form_uploads, uploads), UNIT(form_no_room))
