/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/markup.h"
#include "unit.h"

static enum markup_act
ask(void *to, const char *element, const char **attributes)
{
	static const struct {
		const char *element;
		enum markup_act act;
	} acts[] = {
		{ "t", MARKUP_TEXT },
		{ "p", MARKUP_LINE },
		{ "s", MARKUP_SPACE },
		{ "x", MARKUP_SKIP },
	};

	(void)attributes;
	if (to != NULL)
		++*(int *)to;
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (strcmp(acts[i].element, element) == 0)
			return acts[i].act;
	return MARKUP_PASS;
}

/* In pieces of `step` bytes. */
static bool
parse(const char *xml, size_t step, struct extract *e, struct verdict *v)
{
	const struct markup_options options = {
		.ask = ask, .text = e, .verdict = v, .where = "part.xml"
	};
	struct markup *m = markup_new(&options);
	size_t len = strlen(xml), n;
	bool goes_on = true;

	ck_assert_ptr_nonnull(m);
	for (size_t i = 0; goes_on && i < len; i += n) {
		n = len - i < step ? len - i : step;
		goes_on = markup_feed(m, (const uint8_t *)xml + i, n);
	}
	goes_on = goes_on && markup_end(m);
	markup_free(m);
	markup_free(NULL);
	return goes_on;
}

static const struct {
	const char *xml, *text;
} good[] = {
	{ "<a/>", "" },
	{ "<a>no<t>yes</t>no</a>", "yes" },
	{ "<t>a<b>c</b>d</t>", "acd" },
	{ "<t>a<s/>b<p>c</p></t>", "a b\nc" },
	{ "<t>a<x>no<t>no<b/></t></x>b</t>", "ab" },
	{ "<x><t>no</t></x>", "" },
	{ "<a><x/><t>yes</t></a>", "yes" },
	{ "<n:t xmlns:n=\"urn:n\">yes</n:t>", "yes" },
	{ "<t>&lt;&amp;&#233;</t>", "<&\xc3\xa9" },
	{ "<t><![CDATA[<t>]]></t>", "<t>" },
	{ "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><t>\xe9</t>",
	    "\xc3\xa9" },
};

START_TEST(text)
{
	for (size_t step = 1; step < 100; step *= 3) {
		struct verdict v = { .fault = VERDICT_GOOD };
		struct extract e;

		extract_init(&e);
		ck_assert(parse(good[_i].xml, step, &e, &v));
		ck_assert_int_eq(v.fault, VERDICT_GOOD);
		ck_assert_str_eq(
		    e.text.data != NULL ? e.text.data : "", good[_i].text);
		extract_free(&e);
	}
}
END_TEST

#define LAUGH                                                               \
	"<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">" \
	"<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><t>&c;</t>"

static const struct {
	const char *xml;
	enum verdict_fault fault;
	enum verdict_what what;
} bad[] = {
	{ "", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "text", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "<a>", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "<a></b>", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "<a/><a/>", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "<n:a/>", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "<t>&nbsp;</t>", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "<t>\xff</t>", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "<?xml version=\"1.0\" encoding=\"x-none\"?><a/>", VERDICT_BROKEN,
	    VERDICT_WHAT_NONE },
	{ LAUGH, VERDICT_FORBIDDEN, VERDICT_DTD },
	{ "<!DOCTYPE a><a/>", VERDICT_FORBIDDEN, VERDICT_DTD },
	{ "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", VERDICT_FORBIDDEN,
	    VERDICT_DTD },
	{ "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://host/\">%p;]><a/>",
	    VERDICT_FORBIDDEN, VERDICT_DTD },
};

START_TEST(refused)
{
	for (size_t step = 1; step < 100; step *= 3) {
		struct verdict v = { .fault = VERDICT_GOOD };
		struct extract e;

		extract_init(&e);
		ck_assert(!parse(bad[_i].xml, step, &e, &v));
		ck_assert_int_eq(v.fault, bad[_i].fault);
		ck_assert_int_eq(v.what, bad[_i].what);
		ck_assert_str_eq(v.where, "part.xml");
		ck_assert_uint_eq(e.text.len, 0);
		extract_free(&e);
	}
}
END_TEST

static const struct {
	int depth;
	bool is_right;
} depths[] = { { MARKUP_DEPTH, true }, { MARKUP_DEPTH + 1, false } };

START_TEST(depth)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	struct extract e;
	struct buf b;

	extract_init(&e);
	buf_init(&b, 100000);
	for (int i = 0; i < depths[_i].depth; i++)
		buf_adds(&b, "<a>");
	for (int i = 0; i < depths[_i].depth; i++)
		buf_adds(&b, "</a>");
	ck_assert(parse(b.data, 1000, &e, &v) == depths[_i].is_right);
	ck_assert_int_eq(
	    v.what, depths[_i].is_right ? VERDICT_WHAT_NONE : VERDICT_DEPTH);
	buf_free(&b);
	extract_free(&e);
}
END_TEST

START_TEST(stops_when_full)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	struct extract e;
	struct buf b;

	extract_init(&e);
	buf_init(&b, 4 * EXTRACT_MAX);
	buf_adds(&b, "<t>");
	while (b.len < EXTRACT_MAX + 100)
		buf_adds(&b, "0123456789");
	buf_adds(&b, "<not well-formed");
	ck_assert(!parse(b.data, 10000, &e, &v));
	ck_assert_int_eq(v.fault, VERDICT_GOOD);
	ck_assert(e.is_full);
	buf_free(&b);
	extract_free(&e);
}
END_TEST

/* One without an end costs no more than its limit; long text is none. */
static const struct {
	const char *from, *to;
	bool is_right;
} tokens[] = {
	{ "<a b=\"", "\"/>", false },
	{ "<!--", "--><a/>", false },
	{ "<?a ", "?><a/>", false },
	{ "<a><", "/></a>", false },
	{ "<a>", "</a>", true },
	{ "<a><![CDATA[", "]]></a>", true },
};

START_TEST(token)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	struct extract e;
	struct buf b;

	extract_init(&e);
	buf_init(&b, 64 * 1024 * 1024);
	buf_adds(&b, tokens[_i].from);
	while (b.len < 8 * (size_t)MARKUP_TOKEN)
		buf_adds(&b, "abcdefghijklmnopqrstuvwxyz0123456789");
	buf_adds(&b, tokens[_i].to);
	ck_assert(parse(b.data, 65536, &e, &v) == tokens[_i].is_right);
	ck_assert_int_eq(
	    v.what, tokens[_i].is_right ? VERDICT_WHAT_NONE : VERDICT_BYTES);
	buf_free(&b);
	extract_free(&e);
}
END_TEST

START_TEST(attribute)
{
	const char *attributes[] = { "urn:x a", "1", "b", "2", NULL };

	ck_assert_str_eq(markup_attribute(attributes, "a"), "1");
	ck_assert_str_eq(markup_attribute(attributes, "b"), "2");
	ck_assert_ptr_null(markup_attribute(attributes, "c"));
	ck_assert_ptr_null(markup_attribute(attributes, "1"));
}
END_TEST

UNIT_MAIN("markup", UNIT_ROWS(text, good), UNIT_ROWS(refused, bad),
    UNIT_ROWS(depth, depths), UNIT(stops_when_full), UNIT_ROWS(token, tokens),
    UNIT(attribute))
