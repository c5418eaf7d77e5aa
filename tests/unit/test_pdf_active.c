/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What acts in a PDF, in its bytes and in its streams of objects, and the
 * honest files beside it.
 */
#include "documents.h"
#include "scan/pdf_active.h"

static struct verdict
check_within(const struct buf *b, uint64_t *budget)
{
	struct verdict v = { .fault = VERDICT_GOOD };
	bool is_right =
	    pdf_active_check((const uint8_t *)(b->data != NULL ? b->data : ""),
		b->len, budget, &v);

	ck_assert_int_eq(is_right, v.fault == VERDICT_GOOD);
	return v;
}

static struct verdict
check(const struct buf *b)
{
	uint64_t budget = PDF_ACTIVE_BYTES;

	return check_within(b, &budget);
}

/* `name` acts; NULL: nothing does. */
static void
expect(struct buf *b, const char *name)
{
	struct verdict v = check(b);

	if (name == NULL) {
		ck_assert_int_eq(v.fault, VERDICT_GOOD);
	} else {
		ck_assert_int_eq(v.fault, VERDICT_FORBIDDEN);
		ck_assert_int_eq(v.what, VERDICT_ACTIVE);
		ck_assert_str_eq(v.where, name);
	}
	buf_free(b);
}

static void
expect_fault(struct buf *b, enum verdict_fault fault)
{
	struct verdict v = check(b);

	ck_assert_int_eq(v.fault, fault);
	ck_assert_int_eq(v.what, VERDICT_WHAT_NONE);
	buf_free(b);
}

/* zlib's format, as FlateDecode has it (RFC 1950). */
static void
deflate_into(struct buf *out, const void *s, size_t len)
{
	uLongf n = compressBound(len);
	uint8_t *packed = malloc(n);

	ck_assert_ptr_nonnull(packed);
	ck_assert_int_eq(compress(packed, &n, s, len), Z_OK);
	buf_add(out, packed, n);
	free(packed);
}

/* A whole PDF with one more object: `dict`, and a stream in it. */
static void
make_with(struct buf *b, const char *dict, const struct buf *stream)
{
	struct pdf_parts p;

	pdf_begin(&p, b, PDF_TEXT_STREAM("x"));
	p.at[p.n++] = b->len;
	buf_addf(b, "6 0 obj\n%s", dict);
	if (stream != NULL)
		buf_add(b, stream->data, stream->len);
	buf_adds(b, "\nendstream endobj\n");
	pdf_end(&p, "");
}

/* … with `content` packed as streams of objects are. */
static void
make_packed(struct buf *b, const char *dict, const char *content)
{
	struct buf packed = { .max = DOCUMENT_MAX };

	deflate_into(&packed, content, strlen(content));
	make_with(b, dict, &packed);
	buf_free(&packed);
}

#define OBJSTM \
	"<</Type/ObjStm/N 2/First 8/Length 99/Filter/FlateDecode>>stream\n"
#define HONEST "1 0 2 22 <</Type/Page/Rotate 0>> <</Type/Font/Name/F1>>"
#define ACTION "1 0 2 9 <</A 1>> <</S/JavaScript/JS(app.alert(1))>>"

/* ---- names ----------------------------------------------------------------- */

static const struct {
	const char *bytes, *name;
} names[] = {
	{ "<</S/JavaScript/JS(x)>>", "JavaScript" },
	{ "<</S /JavaScript /JS(x)>>", "JavaScript" },
	{ "<</S/JavaScript", "JavaScript" }, /* the end of the file */
	{ "<</S/Java#53cript/JS(x)>>", "JavaScript" },
	{ "<</S/#4a#61#76#61#53#63#72#69#70#74>>", "JavaScript" },
	{ "<</S/#4A#61vaScript\f>>", "JavaScript" },
	{ "<</S/Launch/F(a)>>", "Launch" },
	{ "<</S/Launch(a)>>", "Launch" },
	{ "<</S/Launch<61>>>", "Launch" },
	{ "<</S/Launch[1]>>", "Launch" },
	{ "[/Launch]", "Launch" },
	{ "<</S/Launch%\n>>", "Launch" },
	{ "<</S/Launch{}>>", "Launch" },
	{ "<</S/Launch\r/X>>", "Launch" },
	{ "<</S/Launch\t/X>>", "Launch" },
	{ "<</Type/EmbeddedFile>>", "EmbeddedFile" },
	{ "<</EmbeddedFiles 7 0 R>>", "EmbeddedFiles" },
	{ "<</Subtype/RichMedia>>", "RichMedia" },
	{ "<</Subtype/FileAttachment>>", "FileAttachment" },
	{ "<</S/Rendition/JS(x)>>", "Rendition" },
	{ "<</OnInstantiate 7 0 R>>", "OnInstantiate" },
	{ "<</XFA 7 0 R>>", "XFA" },
	{ "<</URI(https://a.example/JavaScript/x)>>", NULL },
	{ "<</URI (http://a.example/Launch)>>", NULL },
	{ "<</URI(https://a.example/)/S/Launch>>", "Launch" },
	{ "<</URI(https://a.example/b)/URI(https://a.example/Launch)>>", NULL },
	{ "<</URI(/Launch)>>", "Launch" },
	{ "<</URI (https://a.example/ /Launch)>>", "Launch" },
	{ "<</URI(https://a.example/\n1 0 obj/Launch)>>", "Launch" },
	{ "<</URI(https://a.example/%/Launch)>>", "Launch" },
	{ "<</URI(https://a.example/(/Launch)>>", "Launch" },
	{ "<</URI(https://a.example/\\)/Launch)>>", "Launch" },
	{ "</URI(https://a.example/>/Launch)>>", "Launch" },
	{ "<</URI(https://a.example/[/Launch])>>", "Launch" },
	{ "<</URI(https://a.example/\x80/Launch)>>", "Launch" },
	{ "<</URI(https://a.example/\1/Launch)>>", "Launch" },
	{ "<</URL(https://a.example/Launch)>>", "Launch" },
	{ "<</URI(https://a.example/Launch", "Launch" },
	{ "/Launch/URI", "Launch" },
	{ "/URI(https://a.example/)/URI/Launch", "Launch" },
	{ "/URI", NULL },
	{ "/URI(http", NULL },
	{ "//Launch ", "Launch" },
	{ "/#/Launch ", "Launch" },
	{ "<</S/Launchpad>>", NULL },
	{ "<</S/launch>>", NULL },
	{ "<</S/PreLaunch>>", NULL },
	{ "<</S/Launc>>", NULL },
	{ "<</S/Launch#20>>", NULL },
	{ "<</S/Launch#>>", NULL },
	{ "<</S/Launch#4>>", NULL },
	{ "<</S/#4Launch>>", NULL },
	{ "<</S/Laun#6zh>>", NULL },
	{ "<</S/##4caunch>>", NULL },
	{ "<</JS(x)>>", NULL },
	{ "(JavaScript Launch EmbeddedFile)", NULL },
	{ "/ Launch", NULL },
	{ "/NameThatIsMuchLongerThanAnyThatWeKnow/X", NULL },
	{ "/", NULL },
	{ "/#", NULL },
	{ "", NULL },
};

START_TEST(name)
{
	struct buf b = { .max = DOCUMENT_MAX };

	buf_adds(&b, names[_i].bytes);
	expect(&b, names[_i].name);
}
END_TEST

/* A NUL is white space. */
START_TEST(name_before_nul)
{
	struct buf b = { .max = DOCUMENT_MAX };

	buf_add(&b, "/Launch\0x", 9);
	expect(&b, "Launch");
}
END_TEST

/* Shown on a page, and packed: an honest text about it. */
START_TEST(shown)
{
	struct buf b = { .max = DOCUMENT_MAX };

	make_packed(&b, "<</Length 99/Filter/FlateDecode>>stream\n",
	    PDF_TEXT_STREAM("Do not open /JavaScript or /Launch"));
	expect(&b, NULL);
}
END_TEST

/* ---- streams of objects ------------------------------------------------------ */

static const struct {
	const char *dict, *content, *name;
} objects[] = {
	{ OBJSTM, HONEST, NULL },
	{ OBJSTM, ACTION, "JavaScript" },
	{ OBJSTM, "1 0 <</S/Java#53cript>>", "JavaScript" },
	{ OBJSTM, "1 0 /Launch", "Launch" },
	{ OBJSTM, "1 0 /Launchpad", NULL },
	{ OBJSTM, "1 0 <</URI(https://a.example/Launch)>>", "Launch" },
	{ "<</Type/#4fbjStm/N 2/First 8/Filter/FlateDecode>>stream\r\n", ACTION,
	    "JavaScript" },
	{ "<</N 2/First 8/Filter/FlateDecode>>stream\r\n", ACTION,
	    "JavaScript" },
	{ "<</Type/ObjStm/Filter/Flate#44ecode>>stream\n", ACTION,
	    "JavaScript" },
	{ "<</Type/ObjStm/Filter [ /FlateDecode ] >> % a\n stream \r\n", ACTION,
	    "JavaScript" },
	{ "<</Type/ObjStm/Filter[/FlateDecode]>>stream\r", ACTION,
	    "JavaScript" },
	{ "%>>\n<</X(\\)>>\\()/Y((a)>>b)/Z<3e>/Filter/FlateDecode/Type/"
	  "ObjStm>>"
	  "stream\n",
	    ACTION, "JavaScript" },
	{ "<</X(1 0 obj)/Y[<</Z[1 true 2 0 R]>>]/Filter/FlateDecode/Type/ObjStm"
	  ">>stream\n",
	    ACTION, "JavaScript" },
	/* Streams of other things, which hold no objects. */
	{ "<</N 3/Filter/FlateDecode>>stream\n", ACTION, NULL },
	{ "<</First 3/Filter/FlateDecode>>stream\n", ACTION, NULL },
	{ "<</Type/XRef/DecodeParms<</Predictor 12>>/Filter/FlateDecode>>"
	  "stream\n",
	    ACTION, NULL },
	{ "<</A(/Type/ObjStm)/Filter/FlateDecode>>stream\n", ACTION, NULL },
	{ "<</A 1>>%/Type/ObjStm\nstream\n", ACTION, NULL },
	{ "<</Type/ObjStm>> endobj 7 0 obj stream\n", ACTION, NULL },
	/* Packed as nobody does. */
	{ "<</Type/ObjStm/Filter/ASCIIHexDecode>>stream\n", "", "ObjStm" },
	{ "<</Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]>>stream\n", "",
	    "ObjStm" },
	{ "<</Type/ObjStm/Filter[/FlateDecode/FlateDecode]>>stream\n", "",
	    "ObjStm" },
	{ "<</Type/ObjStm/Filter[/LZWDecode]>>stream\n", "", "ObjStm" },
	{ "<</Type/ObjStm/Filter[]>>stream\n", "", "ObjStm" },
	{ "<</Type/ObjStm/Filter 7 0 R/X/FlateDecode>>stream\n", "", "ObjStm" },
	{ "<</Type/ObjStm/Filter/FlateDecode/Filter/LZWDecode>>stream\n", "",
	    "ObjStm" },
	{ "<</Type/ObjStm/F/LZW>>stream\n", "", "ObjStm" },
	{ "<</Type/ObjStm/FFilter/LZWDecode>>stream\n", "", "ObjStm" },
	{ "<</Type/ObjStm/DecodeParms 7 0 R/Filter/FlateDecode>>stream\n", "",
	    "ObjStm" },
	{ "<</Type/ObjStm/DP 7 0 R/Filter/FlateDecode>>stream\n", "",
	    "ObjStm" },
	{ "<</Type/ObjStm/X<</Predictor 12>>/Filter/FlateDecode>>stream\n", "",
	    "ObjStm" },
};

START_TEST(object_stream)
{
	struct buf b = { .max = DOCUMENT_MAX };

	make_packed(&b, objects[_i].dict, objects[_i].content);
	expect(&b, objects[_i].name);
}
END_TEST

/* As it stands, its names are the file's. */
START_TEST(object_stream_plain)
{
	struct buf b = { .max = DOCUMENT_MAX };
	struct buf s = { .max = DOCUMENT_MAX };

	buf_adds(&s, HONEST);
	make_with(&b, "<</Type/ObjStm/N 2/First 8>>stream\n", &s);
	expect(&b, NULL);
	buf_adds(&s, ACTION);
	make_with(&b, "<</Type/ObjStm/N 2/First 8>>stream\n", &s);
	expect(&b, "JavaScript");
	/* The second object begins within the text. */
	buf_reset(&s);
	buf_adds(&s, "1 0 2 26 <</URI(http://a.example/JavaScript)/S 2 0 R>>");
	make_with(&b, "<</N 2/First 9>>stream\n", &s);
	expect(&b, "JavaScript");
	buf_free(&s);
}
END_TEST

/* "1 0obj" is one, too. */
START_TEST(object_without_space)
{
	struct buf b = { .max = DOCUMENT_MAX };

	buf_adds(&b, "1 0obj" OBJSTM);
	deflate_into(&b, ACTION, strlen(ACTION));
	expect(&b, "JavaScript");
	buf_add(&b, "1 0\0obj", 7);
	buf_adds(&b, OBJSTM);
	deflate_into(&b, ACTION, strlen(ACTION));
	expect(&b, "JavaScript");
}
END_TEST

/* Names that begin in one piece and end in the next. */
START_TEST(over_pieces)
{
	struct buf b = { .max = DOCUMENT_MAX };
	struct buf s = { .max = DOCUMENT_MAX };

	for (size_t shift = 0; shift < 16; shift++) {
		while (s.len < 3 * 64 * 1024 - shift)
			buf_addc(&s, ' ');
		buf_adds(&s, "/JavaScript ");
		make_packed(&b, OBJSTM, s.data);
		expect(&b, "JavaScript");
		buf_reset(&s);
	}
	buf_free(&s);
}
END_TEST

/* "/Launch" at the end of a piece, and "pad" in the next. */
START_TEST(over_pieces_longer)
{
	struct buf b = { .max = DOCUMENT_MAX };
	struct buf s = { .max = DOCUMENT_MAX };

	while (s.len < 3 * 64 * 1024 - 7)
		buf_addc(&s, ' ');
	buf_adds(&s, "/Launchpad ");
	make_packed(&b, OBJSTM, s.data);
	expect(&b, NULL);
	buf_free(&s);
}
END_TEST

/* ---- what cannot be read ----------------------------------------------------- */

static const char *const broken[] = {
	"<</A[>>]>>stream\n",
	"<</A]>>stream\n",
	"<</A)>>stream\n",
	"<</A>/B>>stream\n",
	"<</A stream /Type/ObjStm>>stream\n",
	"<</A endstream /Type/ObjStm>>stream\n",
	"<</A endobj /Type/ObjStm>>stream\n",
	"<</A 1 0 obj /Type/ObjStm>>stream\n",
	"<</Type/ObjStm>>stream%\n",
};

START_TEST(not_well_formed)
{
	struct buf b = { .max = DOCUMENT_MAX };

	make_packed(&b, broken[_i], HONEST);
	expect_fault(&b, VERDICT_BROKEN);
}
END_TEST

START_TEST(too_deep)
{
	struct buf b = { .max = DOCUMENT_MAX };

	buf_adds(&b, " obj<</A");
	for (int i = 0; i < 199; i++)
		buf_adds(&b, "[");
	for (int i = 0; i < 199; i++)
		buf_adds(&b, "]");
	buf_adds(&b, ">>");
	ck_assert_int_eq(check(&b).fault, VERDICT_GOOD);
	buf_reset(&b);
	buf_adds(&b, " obj<</A");
	for (int i = 0; i < 200; i++)
		buf_adds(&b, "[");
	for (int i = 0; i < 200; i++)
		buf_adds(&b, "]");
	buf_adds(&b, ">>");
	expect_fault(&b, VERDICT_BROKEN);
}
END_TEST

/* Neither an object nor a stream, and no reader takes it for one. */
static const char *const unfinished[] = { " obj", " obj<", " obj<<", " obj<</",
	" obj<</A", " obj<</A(", " obj<</A(\\", " obj<</A<", " obj<</A>",
	" obj<</Type/ObjStm>>", " obj<</Type/ObjStm>>strea", " obj %",
	"obj<<]" };

START_TEST(ends_early)
{
	struct buf b = { .max = DOCUMENT_MAX };

	buf_adds(&b, unfinished[_i]);
	if (strcmp(unfinished[_i], " obj<</A>") == 0)
		expect_fault(&b, VERDICT_BROKEN);
	else
		expect(&b, NULL);
}
END_TEST

START_TEST(packed_wrong)
{
	struct buf b = { .max = DOCUMENT_MAX };
	struct buf s = { .max = DOCUMENT_MAX };
	struct buf cut = { .max = DOCUMENT_MAX };

	buf_adds(&s, "no such thing");
	make_with(&b, OBJSTM, &s);
	expect_fault(&b, VERDICT_BROKEN);
	buf_reset(&s);
	deflate_into(&s, HONEST, strlen(HONEST));
	buf_adds(&cut, "1 0 obj" OBJSTM);
	buf_add(&cut, s.data, s.len - 5);
	expect_fault(&cut, VERDICT_BROKEN);
	s.data[2] ^= 0x55;
	make_with(&b, OBJSTM, &s);
	buf_adds(&b, "trailer<</Encrypt 7 0 R>>");
	expect_fault(&b, VERDICT_ENCRYPTED);
	buf_free(&s);
}
END_TEST

/* ---- much of it ---------------------------------------------------------------- */

static void
fill(struct buf *b, const char *what, size_t len)
{
	size_t n = strlen(what);

	while (b->len + n <= len)
		buf_add(b, what, n);
}

/* More than the budget in one, and in many; what is left is told. */
START_TEST(budget)
{
	struct buf b = { .max = DOCUMENT_MAX };
	struct buf s = { .max = DOCUMENT_MAX };
	uint64_t left = 3 * 1000 * 1000;

	fill(&s, "<</A 1>> ", 1000 * 1000 + 1);
	make_packed(&b, OBJSTM, s.data);
	ck_assert_int_eq(check_within(&b, &left).fault, VERDICT_GOOD);
	ck_assert_uint_eq(left, 3 * 1000 * 1000 - s.len);
	make_packed(&b, OBJSTM, s.data);
	ck_assert_int_eq(check_within(&b, &left).fault, VERDICT_GOOD);
	ck_assert_int_eq(check_within(&b, &left).fault, VERDICT_LIMIT);
	left = s.len - 1;
	ck_assert_int_eq(check_within(&b, &left).fault, VERDICT_LIMIT);
	buf_free(&b);
	buf_free(&s);
}
END_TEST

/*
 * Each would take minutes at least if anything were looked at again from every
 * place in it.
 */
static const struct {
	const char *begin, *again, *then;
	enum verdict_fault fault;
} long_ones[] = {
	{ "", "stream", "", VERDICT_GOOD },
	{ "", " obj", "", VERDICT_GOOD },
	{ "", " obj stream", "", VERDICT_GOOD },
	{ "1 0 obj<</Type/ObjStm", "\nstream", "", VERDICT_BROKEN },
	{ "", "1 0 obj%", "", VERDICT_LIMIT },
	{ "", "1 0 obj<<(", "", VERDICT_LIMIT },
	{ "", "1 0 obj<<(", ")>>", VERDICT_LIMIT },
	{ "", "1 0 obj<<%", "", VERDICT_LIMIT },
	{ "", "1 0 obj<</A<", "", VERDICT_LIMIT },
	{ "", "/", "", VERDICT_GOOD },
	{ "", "/#", "", VERDICT_GOOD },
	{ "", "/URI (http", "", VERDICT_GOOD },
	{ "", "/URI\n", "", VERDICT_GOOD },
	{ "", "1 0 obj<</N/First>>stream\n", "", VERDICT_LIMIT },
	{ "/", "#41", "", VERDICT_GOOD },
};

START_TEST(linear)
{
	struct buf b = { .max = DOCUMENT_MAX };
	/* Minutes, if it were not. */
	size_t len = 8 * 1024 * 1024;

	buf_adds(&b, long_ones[_i].begin);
	if (long_ones[_i].then[0] != '\0') {
		fill(&b, long_ones[_i].again, len / 2);
		fill(&b, long_ones[_i].then, len);
	} else {
		fill(&b, long_ones[_i].again, len);
	}
	expect_fault(&b, long_ones[_i].fault);
}
END_TEST

/* A thousand objects that all have the same stream, of empty blocks. */
START_TEST(shared_stream)
{
	struct buf b = { .max = DOCUMENT_MAX };

	fill(&b, "1 0 obj%", 8 * 1000);
	buf_adds(&b, "\n" OBJSTM "\x78\x9c");
	while (b.len < 32 * 1024 * 1024)
		buf_add(&b, "\0\0\0\xff\xff", 5); /* RFC 1951 §3.2.4 */
	buf_add(&b, "\1\0\0\xff\xff\0\0\0\1", 9);
	expect_fault(&b, VERDICT_LIMIT);
}
END_TEST

UNIT_MAIN("pdf_active", UNIT_ROWS(name, names), UNIT(name_before_nul),
    UNIT(shown), UNIT_ROWS(object_stream, objects), UNIT(object_stream_plain),
    UNIT(object_without_space), UNIT(over_pieces), UNIT(over_pieces_longer),
    UNIT_ROWS(not_well_formed, broken), UNIT(too_deep),
    UNIT_ROWS(ends_early, unfinished), UNIT(packed_wrong), UNIT(budget),
    UNIT_ROWS(linear, long_ones), UNIT(shared_stream))
