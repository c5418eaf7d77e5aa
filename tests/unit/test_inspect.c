/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole documents under their names: what is taken, and the table of what is
 * not, with the fault that each is told.  No sandbox, no PDF reader: those
 * have tests of their own.
 */
#include "documents.h"
#include "scan/inspect.h"
#include "scan/pdf_active.h"

static struct inspect in;

static void
start(void)
{
	if (in.sniff == NULL)
		ck_assert_int_eq(inspect_init(&in, NULL), ERR_OK);
}

static bool
inspect(const char *name, const struct buf *b)
{
	bool is_right;

	start();
	is_right =
	    inspect_document(&in, name, (const uint8_t *)b->data, b->len);
	ck_assert_int_eq(is_right, in.verdict.fault == VERDICT_GOOD);
	return is_right;
}

static const char *
text(void)
{
	return in.text.text.data != NULL ? in.text.text.data : "";
}

/* ---- one of each kind ------------------------------------------------------ */

static void
make_docx(struct buf *b)
{
	struct zip z;

	docx_make(&z, DOCX_BODY(DOCX_PARAGRAPH("text")));
	*b = z.out;
	buf_free(&z.folder);
}

static void
make_odt(struct buf *b)
{
	struct zip z;

	odf_make(&z, "text", ODF_BODY("text", "<text:p>text</text:p>"));
	*b = z.out;
	buf_free(&z.folder);
}

static void
make_ods(struct buf *b)
{
	struct zip z;

	odf_make(&z, "spreadsheet",
	    ODF_BODY("spreadsheet", "<text:p>text</text:p>"));
	*b = z.out;
	buf_free(&z.folder);
}

static void
make_xlsx(struct buf *b)
{
	struct zip z;

	xlsx_make(&z, "<sst><si><t>text</t></si></sst>", "<worksheet/>");
	*b = z.out;
	buf_free(&z.folder);
}

static void
make_pdf(struct buf *b)
{
	pdf_make(b, PDF_TEXT_STREAM("text"));
}

static void
make_png(struct buf *b)
{
	png_make(b, 100, 100);
}

static void
make_jpeg(struct buf *b)
{
	jpeg_make(b, 100, 100);
}

static void
make_text(struct buf *b)
{
	buf_adds(b, "text\n");
}

static void
make_utf16(struct buf *b)
{
	buf_add(b, "\xff\xfet\0e\0x\0t\0", 10);
}

static void
make_zip(struct buf *b)
{
	struct buf inner = { .max = DOCUMENT_MAX };
	const struct zip_odd plain = { .is_deflated = true };
	struct zip z;

	zip_init(&z);
	zip_add(&z, "folder/a.txt", "text");
	make_docx(&inner);
	zip_add_odd(&z, "b.docx", inner.data, inner.len, &plain);
	buf_free(&inner);
	inner.max = DOCUMENT_MAX;
	make_png(&inner);
	zip_add_odd(&z, "c.png", inner.data, inner.len, &plain);
	zip_end(&z);
	buf_free(&inner);
	*b = z.out;
	buf_free(&z.folder);
}

static const struct {
	const char *name;
	void (*make)(struct buf *);
	const char *text;
	bool is_cut;
} good[] = {
	{ "a.pdf", make_pdf, "", true }, /* no reader of PDF here */
	{ "a.odt", make_odt, "text", false },
	{ "a.docx", make_docx, "text", false },
	{ "a.xlsx", make_xlsx, "text", false },
	{ "a.ods", make_ods, "text", false },
	{ "a.txt", make_text, "text", false },
	{ "a.txt", make_utf16, "text", false },
	{ "a.md", make_text, "text", false },
	{ "a.csv", make_text, "text", false },
	{ "a.png", make_png, "", false },
	{ "a.JPG", make_jpeg, "", false },
	{ "a.zip", make_zip, "text\ntext", false },
	{ "r\xc3\xa9silience 2026.txt", make_text, "text", false },
};

START_TEST(taken)
{
	struct buf b = { .max = DOCUMENT_MAX };

	good[_i].make(&b);
	inspect(good[_i].name, &b);
	ck_assert_int_eq(in.verdict.fault, VERDICT_GOOD);
	ck_assert_int_eq(in.verdict.named, format_of_name(good[_i].name));
	ck_assert_str_eq(in.verdict.found, format_media(in.verdict.named));
	ck_assert_str_eq(text(), good[_i].text);
	ck_assert_int_eq(in.verdict.is_cut, good[_i].is_cut);
	inspect_free(&in);
	buf_free(&b);
}
END_TEST

/* Each content under the name of each other kind: both are named. */
START_TEST(mismatches)
{
	static const char *const names[] = { "a.pdf", "a.odt", "a.docx",
		"a.xlsx", "a.ods", "a.txt", "a.md", "a.csv", "a.png", "a.jpg",
		"a.zip" };
	bool is_text = strcmp(good[_i].text, "text") == 0 &&
	    (good[_i].make == make_text || good[_i].make == make_utf16);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct buf b = { .max = DOCUMENT_MAX };
		enum format named = format_of_name(names[i]);
		enum format is = format_of_name(good[_i].name);

		good[_i].make(&b);
		/* The three kinds of text are one by their content. */
		if (named != is &&
		    !(is_text && named >= FORMAT_TXT && named <= FORMAT_CSV)) {
			ck_assert(!inspect(names[i], &b));
			ck_assert_int_eq(in.verdict.fault, VERDICT_MISMATCH);
			ck_assert_int_eq(in.verdict.named, named);
			ck_assert_str_ne(in.verdict.found, "");
			ck_assert_str_ne(in.verdict.found, format_media(named));
			ck_assert_str_eq(text(), "");
			inspect_free(&in);
		}
		buf_free(&b);
	}
}
END_TEST

/* ---- wrong bytes ------------------------------------------------------------ */

#define ROW(name, bytes, fault, what)                       \
	{                                                   \
		name, bytes, sizeof(bytes) - 1, fault, what \
	}

static const struct {
	const char *name;
	const char *bytes;
	size_t len;
	enum verdict_fault fault;
	enum verdict_what what;
} bad[] = {
	ROW("a.exe", "MZ", VERDICT_UNKNOWN, VERDICT_WHAT_NONE),
	ROW("a.html", "<html>", VERDICT_UNKNOWN, VERDICT_WHAT_NONE),
	ROW("a.svg", "<svg/>", VERDICT_UNKNOWN, VERDICT_WHAT_NONE),
	ROW("a.docm", "x", VERDICT_UNKNOWN, VERDICT_WHAT_NONE),
	ROW("pdf", "%PDF-1.4", VERDICT_UNKNOWN, VERDICT_WHAT_NONE),
	ROW("", "x", VERDICT_FORBIDDEN, VERDICT_NAME),
	ROW("a\n.txt", "x", VERDICT_FORBIDDEN, VERDICT_NAME),
	ROW("a\x1b[2J.txt", "x", VERDICT_FORBIDDEN, VERDICT_NAME),
	ROW("a\xe2\x80\xaetxt.txt", "x", VERDICT_FORBIDDEN, VERDICT_NAME),
	ROW("\xff.txt", "x", VERDICT_FORBIDDEN, VERDICT_NAME),
	ROW("a/b.txt", "x", VERDICT_FORBIDDEN, VERDICT_NAME),
	ROW("..\\b.txt", "x", VERDICT_FORBIDDEN, VERDICT_NAME),
	ROW("a.txt", "", VERDICT_EMPTY, VERDICT_WHAT_NONE),
	ROW("a.pdf", "", VERDICT_EMPTY, VERDICT_WHAT_NONE),
	ROW("a.zip", "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
	    VERDICT_MISMATCH, VERDICT_WHAT_NONE),
	ROW("a.txt", "caf\xe9", VERDICT_BROKEN, VERDICT_ENCODING),
	ROW("a.csv", "a;b\0c", VERDICT_BROKEN, VERDICT_CONTROL),
	ROW("a.md", "a\x1b[2J", VERDICT_BROKEN, VERDICT_CONTROL),
	ROW("a.txt", "<!DOCTYPE html><html><body>", VERDICT_MISMATCH,
	    VERDICT_WHAT_NONE),
	ROW("a.md", "<!DOCTYPE html><html><body>", VERDICT_GOOD,
	    VERDICT_WHAT_NONE),
	ROW("a.csv", "<?xml version=\"1.0\"?><svg/>", VERDICT_MISMATCH,
	    VERDICT_WHAT_NONE),
	ROW("a.txt", "{\\rtf1 x}", VERDICT_MISMATCH, VERDICT_WHAT_NONE),
	ROW("a.txt", "%!PS-Adobe-3.0\n", VERDICT_MISMATCH, VERDICT_WHAT_NONE),
	ROW("a.pdf", "MZ\x90\0\3\0\0\0\4", VERDICT_MISMATCH, VERDICT_WHAT_NONE),
	ROW("a.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no package",
	    VERDICT_MISMATCH, VERDICT_WHAT_NONE),
	ROW("a.docx",
	    "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	    "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e",
	    VERDICT_ENCRYPTED, VERDICT_WHAT_NONE),
	ROW("a.pdf", "%PDF-1.4\n1 0 obj<</S/JavaScript/JS(x)>>endobj\n",
	    VERDICT_FORBIDDEN, VERDICT_ACTIVE),
	ROW("a.pdf", "%PDF-1.4\n1 0 obj<</S/Launchpad>>endobj\n", VERDICT_GOOD,
	    VERDICT_WHAT_NONE),
	ROW("a.docx", "PK\3\4 and no more", VERDICT_BROKEN, VERDICT_WHAT_NONE),
	ROW("a.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\0\0\0",
	    VERDICT_BROKEN, VERDICT_WHAT_NONE),
	ROW("a.jpg", "\xff\xd8\xff\xe0\0\20JFIF\0\1\1", VERDICT_BROKEN,
	    VERDICT_WHAT_NONE),
};

START_TEST(refused)
{
	struct buf b = { .max = DOCUMENT_MAX };

	buf_add(&b, bad[_i].bytes, bad[_i].len);
	inspect(bad[_i].name, &b);
	ck_assert_int_eq(in.verdict.fault, bad[_i].fault);
	ck_assert_int_eq(in.verdict.what, bad[_i].what);
	inspect_free(&in);
	buf_free(&b);
}
END_TEST

START_TEST(name_too_long)
{
	struct buf b = { .max = DOCUMENT_MAX };
	char name[INSPECT_NAME + 6];

	memset(name, 'a', sizeof(name));
	memcpy(name + INSPECT_NAME - 4, ".txt", 5);
	buf_adds(&b, "x");
	ck_assert(inspect(name, &b));
	memcpy(name + INSPECT_NAME - 4, "a.txt", 6);
	ck_assert(!inspect(name, &b));
	ck_assert_int_eq(in.verdict.what, VERDICT_NAME);
	inspect_free(&in);
	buf_free(&b);
}
END_TEST

/* ---- what is in a ZIP -------------------------------------------------------- */

static const struct {
	const char *name, *content;
	enum verdict_fault fault;
	enum verdict_what what;
	const char *where;
} inside[] = {
	{ "a.txt", "x", VERDICT_GOOD, VERDICT_WHAT_NONE, "" },
	{ "a.exe", "MZ", VERDICT_FORBIDDEN, VERDICT_TYPE, "a.exe" },
	{ "noending", "x", VERDICT_FORBIDDEN, VERDICT_TYPE, "noending" },
	{ "a.zip", "PK\3\4", VERDICT_FORBIDDEN, VERDICT_ARCHIVE, "a.zip" },
	{ "f/a.pdf", "x", VERDICT_MISMATCH, VERDICT_WHAT_NONE, "f/a.pdf" },
	{ "f/a.pdf", "%PDF-1.4\n/Launch ", VERDICT_FORBIDDEN, VERDICT_ACTIVE,
	    "f/a.pdf/Launch" },
	{ "a.txt", "%PDF-1.4\n", VERDICT_MISMATCH, VERDICT_WHAT_NONE, "a.txt" },
	{ "a.txt", "", VERDICT_EMPTY, VERDICT_WHAT_NONE, "a.txt" },
	{ "a.txt", "\xff", VERDICT_BROKEN, VERDICT_ENCODING, "a.txt" },
	{ "../a.txt", "x", VERDICT_FORBIDDEN, VERDICT_PATH, "../a.txt" },
	{ "a.png", "\x89PNG\r\n\x1a\nx", VERDICT_MISMATCH, VERDICT_WHAT_NONE,
	    "a.png" },
};

START_TEST(in_zip)
{
	struct zip z;

	zip_init(&z);
	zip_add(&z, "before.txt", "before");
	zip_add(&z, inside[_i].name, inside[_i].content);
	zip_end(&z);
	inspect("a.zip", &z.out);
	ck_assert_int_eq(in.verdict.fault, inside[_i].fault);
	ck_assert_int_eq(in.verdict.what, inside[_i].what);
	ck_assert_str_eq(in.verdict.where, inside[_i].where);
	if (in.verdict.fault != VERDICT_GOOD)
		ck_assert_str_eq(text(), "");
	inspect_free(&in);
	zip_free(&z);
}
END_TEST

static void
in_archive(struct zip *outer, const char *name, const struct buf *inner)
{
	const struct zip_odd deflated = { .is_deflated = true };

	zip_init(outer);
	zip_add_odd(outer, name, inner->data, inner->len, &deflated);
	zip_end(outer);
}

/* A fault inside an office document inside a ZIP is told with both names. */
START_TEST(office_in_zip)
{
	struct zip z, outer;

	docx_make(&z, "<!DOCTYPE x><x/>");
	in_archive(&outer, "f/a.docx", &z.out);
	ck_assert(!inspect("a.zip", &outer.out));
	ck_assert_int_eq(in.verdict.what, VERDICT_DTD);
	ck_assert_str_eq(in.verdict.where, "f/a.docx/word/document.xml");
	ck_assert_int_eq(in.verdict.named, FORMAT_DOCX);
	inspect_free(&in);
	zip_free(&outer);
	zip_free(&z);
}
END_TEST

/* One level: an archive in an office document in a ZIP is one too many. */
START_TEST(three_levels)
{
	struct buf inner = { .max = DOCUMENT_MAX };
	struct zip z, outer;

	make_xlsx(&inner);
	zip_init(&z);
	zip_add(&z, "[Content_Types].xml", DOCX_TYPES("word/document.xml"));
	zip_add(&z, "word/document.xml", DOCX_BODY(DOCX_PARAGRAPH("text")));
	zip_add_odd(&z, "word/embeddings/b.xlsx", inner.data, inner.len,
	    &(const struct zip_odd){ .is_deflated = false });
	zip_end(&z);
	ck_assert(inspect("a.docx", &z.out));
	inspect_free(&in);
	in_archive(&outer, "a.docx", &z.out);
	ck_assert(!inspect("a.zip", &outer.out));
	ck_assert_int_eq(in.verdict.what, VERDICT_ARCHIVE);
	ck_assert_str_eq(in.verdict.where, "a.docx/word/embeddings/b.xlsx");
	inspect_free(&in);
	zip_free(&outer);
	zip_free(&z);
	buf_free(&inner);
}
END_TEST

/* Bombs: in a ZIP, in an office document, and in one inside the other. */
START_TEST(bombs)
{
	static const char *const names[] = { "a.zip", "a.docx", "b.zip" };
	const struct zip_odd deflated = { .is_deflated = true };
	size_t len = 20 * 1024 * 1024;
	char *zeros = malloc(len);
	struct zip z, outer;

	ck_assert_ptr_nonnull(zeros);
	memset(zeros, ' ', len);
	zip_init(&z);
	if (_i > 0) {
		zip_add(
		    &z, "[Content_Types].xml", DOCX_TYPES("word/document.xml"));
		zip_add_odd(&z, "word/document.xml", zeros, len, &deflated);
	} else {
		zip_add_odd(&z, "a.txt", zeros, len, &deflated);
	}
	zip_end(&z);
	if (_i == 2) {
		in_archive(&outer, "a.docx", &z.out);
		zip_free(&z);
		z = outer;
	}
	ck_assert(!inspect(names[_i], &z.out));
	ck_assert_int_eq(in.verdict.fault, VERDICT_TOO_LARGE);
	ck_assert_int_eq(in.verdict.what, VERDICT_RATIO);
	inspect_free(&in);
	zip_free(&z);
	free(zeros);
}
END_TEST

START_TEST(zip_of_folders)
{
	const struct zip_odd folder = { .mode = 0040755 };
	struct zip z;

	zip_init(&z);
	zip_add_odd(&z, "a/", "", 0, &folder);
	zip_end(&z);
	ck_assert(!inspect("a.zip", &z.out));
	ck_assert_int_eq(in.verdict.fault, VERDICT_EMPTY);
	inspect_free(&in);
	zip_free(&z);
}
END_TEST

/* The text of a PDF in a ZIP is not read, and that of the others is. */
START_TEST(pdf_in_zip)
{
	struct buf pdf = { .max = DOCUMENT_MAX };
	struct zip z;

	make_pdf(&pdf);
	zip_init(&z);
	zip_add_odd(&z, "a.pdf", pdf.data, pdf.len,
	    &(const struct zip_odd){ .is_deflated = true });
	zip_add(&z, "b.txt", "behind");
	zip_end(&z);
	ck_assert(inspect("a.zip", &z.out));
	ck_assert(in.verdict.is_cut);
	ck_assert_str_eq(text(), "behind");
	inspect_free(&in);
	zip_free(&z);
	buf_free(&pdf);
}
END_TEST

/* What may be unpacked within PDF is one number for all that are in a ZIP. */
START_TEST(pdf_budget)
{
	struct buf b = { .max = DOCUMENT_MAX };
	char *spaces = calloc(1, PDF_ACTIVE_BYTES / 2 + 1);
	struct zip z;

	ck_assert_ptr_nonnull(spaces);
	buf_adds(&b,
	    "%PDF-1.5\n1 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n"
	    "\x78\x9c");
	zip_deflate(&b, spaces, PDF_ACTIVE_BYTES / 2 + 1);
	be32(&b,
	    (uint32_t)adler32(adler32(0, NULL, 0), (Bytef *)spaces,
		PDF_ACTIVE_BYTES / 2 + 1));
	ck_assert(inspect("a.pdf", &b));
	inspect_free(&in);
	zip_init(&z);
	for (int i = 0; i < 2; i++)
		zip_add_odd(&z, i == 0 ? "a.pdf" : "b.pdf", b.data, b.len,
		    &(const struct zip_odd){ .is_deflated = true });
	zip_end(&z);
	ck_assert(!inspect("a.zip", &z.out));
	ck_assert_int_eq(in.verdict.fault, VERDICT_LIMIT);
	ck_assert_str_eq(in.verdict.where, "b.pdf");
	inspect_free(&in);
	zip_free(&z);
	buf_free(&b);
	free(spaces);
}
END_TEST

UNIT_MAIN("inspect", UNIT_ROWS(taken, good), UNIT_ROWS(mismatches, good),
    UNIT_ROWS(refused, bad), UNIT(name_too_long), UNIT_ROWS(in_zip, inside),
    UNIT(office_in_zip), UNIT(three_levels), { bombs, 3, 0, 0 },
    UNIT(zip_of_folders), UNIT(pdf_in_zip), UNIT(pdf_budget))
