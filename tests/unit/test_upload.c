/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include "base/buf.h"
#include "web/upload.h"

#define CD "Content-Disposition: form-data; name="
#define TYPED "Content-Type: text/plain\r\n"

static struct arena *arena;
static struct buf seen; /* what the sink was told, in order */

struct source {
	const char *at;
	size_t left, step;
};

static long
source_read(void *from, void *into, size_t size)
{
	struct source *s = from;
	size_t n = s->left < s->step ? s->left : s->step;

	n = n < size ? n : size;
	memcpy(into, s->at, n);
	s->at += n;
	s->left -= n;
	return (long)n;
}

static enum err
sink_open(void *to, const struct upload_part *p)
{
	buf_addf(to, "<%s|%s|%s%s:", p->name, p->filename, p->type,
	    p->is_name_bad ? "!" : "");
	return ERR_OK;
}

static enum err
sink_write(void *to, const void *bytes, size_t len)
{
	buf_add(to, bytes, len);
	return ERR_OK;
}

static enum err
sink_close(void *to)
{
	buf_adds(to, ">");
	return ERR_OK;
}

static enum err
parse_n(const char *text, size_t len, uint64_t says, size_t step,
    struct pair **pairs)
{
	struct source s = { text, len, step };
	const struct body body = { source_read, &s, says };
	const struct upload_sink sink = { &seen, sink_open, sink_write,
		sink_close };

	buf_reset(&seen);
	return upload_parse(arena, &body, "multipart/form-data; boundary=xYz",
	    1000, &sink, pairs);
}

static void
start(void)
{
	arena = arena_new(64 * 1024 * 1024);
	buf_init(&seen, 1024 * 1024);
}

static void
end(void)
{
	buf_free(&seen);
	arena_free(arena);
}

static const struct {
	const char *body;
	const char *fields; /* "name=value;" each */
	const char *files;
} good[] = {
	{ "--xYz--", "", "" },
	{ "--xYz--\r\n", "", "" },
	{ "--xYz\r\n" CD "\"a\"\r\n\r\n1\r\n--xYz--\r\n", "a=1;", "" },
	{ "--xYz\r\n" CD "\"a\"\r\n\r\n\r\n--xYz--\r\n", "a=;", "" },
	{ "--xYz\r\n" CD "\"a\"\r\n\r\n1\r\n--xYz\r\n" TYPED CD
	  "\"b\"\r\nX-Other: y\r\n\r\n2\r\n\r\n--xYz--\r\n",
	    "a=1;b=2\r\n;", "" },
	/* Almost a delimiter. */
	{ "--xYz\r\n" CD "\"a\"\r\n\r\n\r\n--xY\r\r\n--x--xYz\r\n--xYz--\r\n",
	    "a=\r\n--xY\r\r\n--x--xYz;", "" },
	{ "--xYz\r\n" CD "\"a\"\r\n\r\n\r\n-\r\n--\r\n--xY\r\n--xYz--\r\n",
	    "a=\r\n-\r\n--\r\n--xY;", "" },
	{ "--xYz\r\ncontent-disposition:form-data ;  name=\"a\"\r\n\r\n1\r\n"
	  "--xYz--\r\n",
	    "a=1;", "" },
	{ "--xYz\r\n" CD "\"f\"; filename=\"a b.txt\"\r\n" TYPED
	  "\r\nsome\r\nbytes\r\n--xYz--\r\n",
	    "", "<f|a b.txt|text/plain:some\r\nbytes>" },
	{ "--xYz\r\n" CD "\"f\"; filename=\"/etc/../x\\y.txt\"\r\n\r\n"
	  "\r\n--xYz\r\n" CD "\"a\"\r\n\r\nv\r\n--xYz--\r\n",
	    "a=v;", "<f|y.txt|:>" },
	{ "--xYz\r\nContent-Disposition: form-data; filename=\"\"; name=\"f\""
	  "\r\n\r\n\r\n--xYz--\r\n",
	    "", "<f||:>" },
	/* What nobody could keep under its name is still a whole part. */
	{ "--xYz\r\n" CD "\"f\"; filename=\"..\"\r\n\r\n1\r\n--xYz--", "",
	    "<f|?|!:1>" },
	{ "--xYz\r\n" CD "\"f\"; filename=\"b\xe2\x80\xae"
	  "c\"\r\n\r\n1"
	  "\r\n--xYz--",
	    "", "<f|?|!:1>" },
};

START_TEST(upload_good)
{
	const size_t len = strlen(good[_i].body);
	struct pair *pairs;
	struct buf fields;

	for (size_t step = 1; step <= len; step++) {
		start();
		ck_assert_int_eq(
		    parse_n(good[_i].body, len, len, step, &pairs), ERR_OK);
		buf_init(&fields, 10000);
		buf_adds(&fields, "");
		for (; pairs->name != NULL; pairs++)
			buf_addf(&fields, "%s=%s;", pairs->name, pairs->value);
		ck_assert_str_eq(fields.data, good[_i].fields);
		ck_assert_str_eq(
		    seen.data != NULL ? seen.data : "", good[_i].files);
		buf_free(&fields);
		end();
	}
}
END_TEST

/* Cut anywhere, and said to be cut or not, it is an error and no value. */
START_TEST(upload_cut)
{
	const size_t len = strlen(good[_i].body);
	struct pair *pairs;

	/* The last CRLF is not a must. */
	for (size_t n = 0; n + 3 < len; n++) {
		start();
		ck_assert_int_eq(
		    parse_n(good[_i].body, n, n, 7, &pairs), ERR_MALFORMED);
		ck_assert_ptr_null(pairs);
		ck_assert_int_eq(
		    parse_n(good[_i].body, n, len, 7, &pairs), ERR_MALFORMED);
		ck_assert_ptr_null(pairs);
		end();
	}
}
END_TEST

static const char *const bad[] = {
	"",
	"xYz",
	"--xYz",
	"--xYzz\r\n" CD "\"a\"\r\n\r\n1\r\n--xYz--\r\n",
	"\r\n--xYz--",
	"preamble\r\n--xYz--",
	"--xYz--epilogue",
	"--xYz--\r\nmore",
	"--xYz--\r\n\r\n",
	"--xYz-\r\n",
	"--xYz \r\n" CD "\"a\"\r\n\r\n1\r\n--xYz--",
	"--xYz\n" CD "\"a\"\n\n1\n--xYz--",
	"--xYz\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" TYPED "\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "a\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "\"a\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "\"a\" x\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "\"a\";\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "\"a\"; name=\"b\"\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "\"a\"; filename*=UTF-8''b\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "\"a\"\r\n" CD "\"b\"\r\n\r\n1\r\n--xYz--",
	"--xYz\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1"
	"\r\n--xYz--",
	"--xYz\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "\"a\"\r\nno colon\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "\"a\"\rX: y\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "\"a\001\"\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "\"a\xff\"\r\n\r\n1\r\n--xYz--",
	"--xYz\r\n" CD "\"a\"\r\n\r\n\xff\r\n--xYz--",
};

START_TEST(upload_bad)
{
	struct pair *pairs;

	start();
	ck_assert_int_eq(
	    parse_n(bad[_i], strlen(bad[_i]), strlen(bad[_i]), 11, &pairs),
	    ERR_MALFORMED);
	ck_assert_ptr_null(pairs);
	end();
}
END_TEST

START_TEST(upload_nul)
{
	static const char text[] = "--xYz\r\n" CD "\"a\"\r\n\r\n1\0"
				   "2\r\n--xYz--\r\n";
	static const char head[] = "--xYz\r\n" CD "\"a\0"
				   "b\"\r\n\r\n1\r\n--xYz--\r\n";
	static const char file[] =
	    "--xYz\r\n" CD "\"a\"; filename=\"b\"\r\n\r\n1\0"
	    "2\r\n--xYz--\r\n";
	struct pair *pairs;

	start();
	ck_assert_int_eq(
	    parse_n(text, sizeof(text) - 1, sizeof(text) - 1, 5, &pairs),
	    ERR_MALFORMED);
	ck_assert_int_eq(
	    parse_n(head, sizeof(head) - 1, sizeof(head) - 1, 5, &pairs),
	    ERR_MALFORMED);
	ck_assert_int_eq(
	    parse_n(file, sizeof(file) - 1, sizeof(file) - 1, 5, &pairs),
	    ERR_OK);
	ck_assert_uint_eq(seen.len, strlen("<a|b|:1x2>"));
	end();
}
END_TEST

enum { HUGE = 900 * 1024 };

static const struct {
	const char *head;
	size_t filler;
	const char *tail;
	int repeat;
	enum err rc;
} sizes[] = {
	{ CD "\"a\"\r\n\r\n", REQ_FORM_MAX, "", 1, ERR_OK },
	{ CD "\"a\"\r\n\r\n", REQ_FORM_MAX + 1, "", 1, ERR_TOO_LARGE },
	{ CD "\"a\"\r\n\r\n", REQ_FORM_MAX / 2 + 1, "", 2, ERR_TOO_LARGE },
	{ CD "\"a\"; filename=\"b\"\r\n\r\n", 1000, "", 3, ERR_OK },
	{ CD "\"a\"; filename=\"b\"\r\n\r\n", 1001, "", 1, ERR_TOO_LARGE },
	{ CD "\"a\"\r\nX: ", 1900, "\r\n\r\n", 1, ERR_OK },
	{ CD "\"a\"\r\nX: ", 2048, "\r\n\r\n", 1, ERR_TOO_LARGE },
	{ CD "\"a\"\r\n\r\n", 1, "", 64, ERR_OK },
	{ CD "\"a\"\r\n\r\n", 1, "", 65, ERR_TOO_LARGE },
	{ CD "\"a\"; filename=\"", 255, "\"\r\n\r\n", 1, ERR_OK },
	{ CD "\"a\"; filename=\"", 256, "\"\r\n\r\n", 1, ERR_OK },
};

START_TEST(upload_sizes)
{
	struct pair *pairs;
	struct buf text;

	start();
	buf_init(&text, 4 * HUGE);
	for (int i = 0; i < sizes[_i].repeat; i++) {
		buf_addf(&text, "--xYz\r\n%s", sizes[_i].head);
		for (size_t n = 0; n < sizes[_i].filler; n++)
			buf_addc(&text, 'x');
		buf_addf(&text, "%s\r\n", sizes[_i].tail);
	}
	buf_adds(&text, "--xYz--\r\n");
	ck_assert(!text.overflow);
	ck_assert_int_eq(
	    parse_n(text.data, text.len, text.len, 5000, &pairs), sizes[_i].rc);
	buf_free(&text);
	end();
}
END_TEST

static const struct {
	const char *type;
	enum err rc;
} types[] = {
	{ "multipart/form-data; boundary=xYz", ERR_OK },
	{ "Multipart/Form-Data;boundary=\"xYz\"", ERR_OK },
	{ "multipart/form-data ; Boundary=xYz", ERR_OK },
	{ "multipart/form-data", ERR_MALFORMED },
	{ "multipart/form-data; boundary=", ERR_MALFORMED },
	{ "multipart/form-data; boundary=\"\"", ERR_MALFORMED },
	{ "multipart/form-data; boundary=\"xYz", ERR_MALFORMED },
	{ "multipart/form-data; boundary=xYz\"", ERR_MALFORMED },
	{ "multipart/form-data; boundary=xYz; charset=utf-8", ERR_MALFORMED },
	{ "multipart/form-data; charset=utf-8", ERR_MALFORMED },
	{ "multipart/form-data; boundary=x Yz", ERR_MALFORMED },
	{ "multipart/form-data; boundary=x@Yz", ERR_MALFORMED },
	{ "multipart/form-data; boundary=xYzz", ERR_MALFORMED },
	{ "multipart/form-data; boundary="
	  "12345678901234567890123456789012345678901234567890"
	  "123456789012345678901",
	    ERR_MALFORMED },
	{ "multipart/mixed; boundary=xYz", ERR_MEDIA },
	{ "", ERR_MEDIA },
};

START_TEST(upload_types)
{
	struct source s = { good[2].body, strlen(good[2].body), 100 };
	const struct body body = { source_read, &s, s.left };
	struct pair *pairs;

	start();
	ck_assert_int_eq(
	    upload_parse(arena, &body, types[_i].type, 10, NULL, &pairs),
	    types[_i].rc);
	end();
}
END_TEST

START_TEST(upload_no_sink)
{
	struct source s = { good[8].body, strlen(good[8].body), 100 };
	const struct body body = { source_read, &s, s.left };
	struct pair *pairs;

	start();
	ck_assert_int_eq(
	    upload_parse(arena, &body, types[0].type, 10, NULL, &pairs),
	    ERR_MALFORMED);
	end();
}
END_TEST

UNIT_MAIN("upload", UNIT_ROWS(upload_good, good), UNIT_ROWS(upload_cut, good),
    UNIT_ROWS(upload_bad, bad), UNIT(upload_nul),
    UNIT_ROWS(upload_sizes, sizes), UNIT_ROWS(upload_types, types),
    UNIT(upload_no_sink))
