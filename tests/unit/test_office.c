/* SPDX-License-Identifier: Apache-2.0 */
/* The four kinds of office documents, their text, and what is wrong. */
#include <locale.h>

#include "documents.h"
#include "scan/office.h"
#include "scan/office_active.h"

struct outcome {
	bool is_right;
	enum format is;
	struct verdict verdict;
	struct extract text;
};

static struct outcome
read_office(const struct zip *z, enum format wanted)
{
	struct unpack_budget budget = UNPACK_BUDGET;
	const struct office_input input = {
		.data = (const uint8_t *)z->out.data,
		.len = z->out.len,
		.wanted = wanted,
		.budget = &budget,
	};
	struct outcome o = { .is = FORMAT_NONE };

	setlocale(LC_CTYPE, "C.UTF-8");
	extract_init(&o.text);
	o.is_right = office_read(&input, &o.text, &o.verdict, &o.is);
	ck_assert_int_eq(o.is_right, o.verdict.fault == VERDICT_GOOD);
	return o;
}

static void
expect_text(struct zip *z, enum format wanted, const char *text)
{
	struct outcome o = read_office(z, wanted);

	ck_assert_int_eq(o.verdict.fault, VERDICT_GOOD);
	ck_assert_int_eq(o.is, wanted);
	ck_assert_str_eq(o.verdict.found, format_media(wanted));
	extract_finish(&o.text);
	ck_assert_str_eq(
	    o.text.text.data != NULL ? o.text.text.data : "", text);
	extract_free(&o.text);
	zip_free(z);
}

static void
expect_fault(struct zip *z, enum format wanted, enum verdict_fault fault,
    enum verdict_what what)
{
	struct outcome o = read_office(z, wanted);

	ck_assert_int_eq(o.verdict.fault, fault);
	ck_assert_int_eq(o.verdict.what, what);
	extract_free(&o.text);
	zip_free(z);
}

/* ---- text ---------------------------------------------------------------- */

START_TEST(docx_text)
{
	struct zip z;

	docx_make(&z,
	    DOCX_BODY(DOCX_PARAGRAPH(
		"La r\xc3\xa9silience") "<w:p><w:r><w:t>"
					"one</w:t><w:tab/><w:t>two</w:t><w:br/"
					"><w:t>three</w:t>"
					"<w:delText>gone</"
					"w:delText><w:instrText>PAGE</"
					"w:instrText>"
					"</w:r></w:p>"));
	expect_text(&z, FORMAT_DOCX, "La r\xc3\xa9silience\none two\nthree");
}
END_TEST

/* The list of types says where the text is; not the name. */
START_TEST(docx_other_name)
{
	struct zip z;

	zip_init(&z);
	zip_add(&z, "word/document.xml", DOCX_BODY(DOCX_PARAGRAPH("decoy")));
	zip_add(&z, "w/d2.xml", DOCX_BODY(DOCX_PARAGRAPH("text")));
	zip_add(&z, "[Content_Types].xml", DOCX_TYPES("w/d2.xml"));
	zip_end(&z);
	expect_text(&z, FORMAT_DOCX, "text");
}
END_TEST

START_TEST(odt_text)
{
	struct zip z;

	odf_make(&z, "text",
	    ODF_BODY("text",
		"<text:tracked-changes><text:p>gone</text:p>"
		"</text:tracked-changes><text:h>Title</text:h><text:p>a<text:s"
		"/>b<text:span>c</text:span><text:tab/>d<text:line-break/>e"
		"</text:p>"));
	expect_text(&z, FORMAT_ODT, "Title\na bc d\ne");
}
END_TEST

START_TEST(ods_text)
{
	struct zip z;

	odf_make(&z, "spreadsheet",
	    ODF_BODY("spreadsheet",
		"<table:table><table:table-row><table:table-cell><text:p>x"
		"</text:p></table:table-cell><table:table-cell><text:p>12,5"
		"</text:p></table:table-cell></table:table-row>"
		"</table:table>"));
	expect_text(&z, FORMAT_ODS, "x\n12,5");
}
END_TEST

START_TEST(xlsx_text)
{
	struct zip z;

	xlsx_make(&z,
	    "<sst xmlns=\"x\"><si><t>shared</t><rPh><t>spoken</t></rPh></si>"
	    "<si><r><t>in </t></r><r><t>runs</t></r></si></sst>",
	    "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c><v>45000</v>"
	    "</c><c t=\"str\"><f>A1</f><v>result</v></c><c t=\"inlineStr\"><is>"
	    "<t>inline</t></is></c><c t=\"b\"><v>1</v></c></row></sheetData>"
	    "</worksheet>");
	expect_text(&z, FORMAT_XLSX, "shared\nin runs\nresult inline");
}
END_TEST

/* ---- which kind ----------------------------------------------------------- */

#define TYPES(type)                                                       \
	"<Types><Override PartName=\"/x.xml\" ContentType=\"" type "\"/>" \
	"</Types>"

static const struct {
	const char *entry, *content;
	enum format is;
	const char *found;
} kinds[] = {
	{ "a.txt", "x", FORMAT_ZIP, "application/zip" },
	{ "mimetype", ODF_TYPE "presentation", FORMAT_NONE,
	    ODF_TYPE "presentation" },
	{ "mimetype", ODF_TYPE "text\n", FORMAT_ODT, ODF_TYPE "text" },
	{ "mimetype", "application/epub+zip", FORMAT_NONE,
	    "application/epub+zip" },
	{ "mimetype", "application/pdf", FORMAT_NONE, "application/pdf" },
	{ "[Content_Types].xml",
	    TYPES(OOXML_TYPE "presentationml.presentation.main+xml"),
	    FORMAT_NONE, OOXML_TYPE "presentationml.presentation.main+xml" },
	{ "[Content_Types].xml",
	    TYPES(OOXML_TYPE "spreadsheetml.sheet.main+xml"), FORMAT_XLSX,
	    OOXML_TYPE "spreadsheetml.sheet" },
	{ "[Content_Types].xml", "<Types/>", FORMAT_NONE,
	    "application/octet-stream" },
};

/* Wanted as a DOCX, which it is not: no fault of its own. */
START_TEST(kind)
{
	struct outcome o;
	struct zip z;

	zip_init(&z);
	zip_add(&z, kinds[_i].entry, kinds[_i].content);
	zip_end(&z);
	o = read_office(&z, FORMAT_DOCX);
	ck_assert(o.is_right);
	ck_assert_int_eq(o.is, kinds[_i].is);
	ck_assert_str_eq(o.verdict.found, kinds[_i].found);
	ck_assert_uint_eq(o.text.text.len, 0);
	extract_free(&o.text);
	zip_free(&z);
}
END_TEST

/* ---- what is wrong --------------------------------------------------------- */

/* One entry more in a good DOCX. */
static const struct {
	const char *name, *content;
	enum verdict_fault fault;
	enum verdict_what what;
} more[] = {
	{ "word/media/a.png", "x", VERDICT_GOOD, VERDICT_WHAT_NONE },
	{ "word/embeddings/a.xlsx", "x", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "word/embeddings/a.xlsx", "PK\3\4", VERDICT_BROKEN,
	    VERDICT_WHAT_NONE },
	{ "word/vbaProject.bin", "x", VERDICT_FORBIDDEN, VERDICT_MACRO },
	{ "x/VBAPROJECT.BIN", "x", VERDICT_FORBIDDEN, VERDICT_MACRO },
	{ "word/document.xml", "<a/>", VERDICT_FORBIDDEN, VERDICT_DUPLICATE },
	{ "Word/Document.xml", "<a/>", VERDICT_FORBIDDEN, VERDICT_DUPLICATE },
	{ "[Content_Types].xml", "<a/>", VERDICT_FORBIDDEN, VERDICT_DUPLICATE },
	{ "../a", "x", VERDICT_FORBIDDEN, VERDICT_PATH },
	{ "META-INF/manifest.xml", "<a", VERDICT_BROKEN, VERDICT_WHAT_NONE },
};

START_TEST(docx_more)
{
	struct zip z;

	zip_init(&z);
	zip_add(&z, "[Content_Types].xml", DOCX_TYPES("word/document.xml"));
	zip_add(&z, "word/document.xml", DOCX_BODY(DOCX_PARAGRAPH("x")));
	zip_add(&z, more[_i].name, more[_i].content);
	zip_end(&z);
	expect_fault(&z, FORMAT_DOCX, more[_i].fault, more[_i].what);
}
END_TEST

/* ---- what acts ------------------------------------------------------------- */

#define TYPE \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATIONS(attributes)                                               \
	XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org" \
		 "/package/2006/relationships\"><Relationship "             \
		 "Id=\"rId1\" " attributes "/></Relationships>"
#define EXTERNAL(type)                                               \
	RELATIONS("Type=\"" type "\" Target=\"http://a.example/b\" " \
		  "TargetMode=\"External\"")
#define INTERNAL(type, target) \
	RELATIONS("Type=\"" type "\" Target=\"" target "\"")
#define RELS "word/_rels/document.xml.rels"
#define TEMPLATE(target)                                                    \
	RELATIONS("Type=\"" TYPE "attachedTemplate\" Target=\"" target "\"" \
		  " TargetMode=\"External\"")

/* One entry more in a good DOCX; NULL: it is taken. */
static const struct {
	const char *name, *content, *where;
} acting[] = {
	{ "word/activeX/activeX1.xml", "<x/>", "word/activeX/activeX1.xml" },
	{ "word\\ACTIVEX\\a.bin", "x", "word/ACTIVEX/a.bin" },
	{ "word/activeXes/a.xml", "x", NULL },
	{ "word/activeX", "x", NULL },
	{ "word/embeddings/oleObject1.bin", "x",
	    "word/embeddings/oleObject1.bin" },
	{ "Embeddings/a.pptx", "x", "Embeddings/a.pptx" },
	{ "word/embeddings/a.xlsx.exe", "x", "word/embeddings/a.xlsx.exe" },
	{ "word/embeddings/a.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
	    "word/embeddings/a.xlsx" },
	{ "word/media/a.png", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
	    "word/media/a.png" },
	{ "word/media/a.png", "MZ\x90", "word/media/a.png" },
	{ "word/media/a.png",
	    "\x7f"
	    "ELF\2\1\1",
	    "word/media/a.png" },
	{ "word/media/a.png", "M", NULL },
	{ "word/media/a.png", "\xd0\xcf\x11", NULL },
	{ RELS, EXTERNAL(TYPE "hyperlink"), NULL },
	{ RELS,
	    EXTERNAL("http://purl.oclc.org/ooxml/officeDocument/relationships/"
		     "hyperlink"),
	    NULL },
	{ RELS, EXTERNAL(TYPE "attachedTemplate"), RELS },
	{ RELS, TEMPLATE("file:///C:\\Users\\a\\Letter.dotx"), NULL },
	{ RELS, TEMPLATE("file:////server/share/a.dotm"), RELS },
	{ RELS, TEMPLATE("file://server/c:/a.dotm"), RELS },
	{ RELS, TEMPLATE("file:///server/a.dotm"), RELS },
	{ RELS, TEMPLATE("\\\\server\\a.dotm"), RELS },
	{ RELS,
	    RELATIONS("Type=\"" TYPE "image\" Target=\"file:///C:/a.png\""
		      " TargetMode=\"External\""),
	    RELS },
	{ RELS, EXTERNAL(TYPE "image"), RELS },
	{ RELS, EXTERNAL(TYPE "subDocument"), RELS },
	{ RELS, EXTERNAL(TYPE "frame"), RELS },
	{ RELS, EXTERNAL(TYPE "oleObject"), RELS },
	{ "xl/externalLinks/_rels/externalLink1.xml.RELS",
	    EXTERNAL(TYPE "externalLinkPath"),
	    "xl/externalLinks/_rels/externalLink1.xml.RELS" },
	{ RELS, EXTERNAL(TYPE "hyperlink/image"), RELS },
	{ RELS, EXTERNAL(TYPE "nohyperlink"), RELS },
	{ RELS,
	    RELATIONS("Target=\"http://a.example/b\" TargetMode=\"External\""),
	    RELS },
	{ RELS,
	    RELATIONS("Type=\"" TYPE
		      "image\" Target=\"media/a.png\" TargetMode=\"Internal\""),
	    NULL },
	{ RELS,
	    RELATIONS("xmlns:x=\"x\" x:TargetMode=\"Internal\" Type=\"" TYPE
		      "image\" Target=\"//a/b\" TargetMode=\"external\""),
	    RELS },
	{ RELS,
	    RELATIONS("xmlns:x=\"x\" x:Type=\"" TYPE "hyperlink\" Type=\"" TYPE
		      "image\" Target=\"//a/b\" TargetMode=\"External\""),
	    RELS },
	{ RELS,
	    RELATIONS("xmlns:x=\"x\" TargetMode=\"External\" Type=\"" TYPE
		      "image\" Target=\"//a/b\" x:TargetMode=\"Internal\""),
	    RELS },
	{ RELS,
	    RELATIONS("xmlns:x=\"x\" Type=\"" TYPE "image\" x:Type=\"" TYPE
		      "hyperlink\" Target=\"//a/b\" TargetMode=\"External\""),
	    RELS },
	{ RELS, INTERNAL(TYPE "image", "media/a.png"), NULL },
	{ RELS, INTERNAL(TYPE "package", "../embeddings/a.xlsx"), NULL },
	{ RELS, INTERNAL(TYPE "package", "media/a.png"), RELS },
	{ RELS, INTERNAL(TYPE "oleObject", "media/a.png"), RELS },
	{ RELS, INTERNAL(TYPE "control", "a/a.xml"), RELS },
	{ RELS, INTERNAL(TYPE "aFChunk", "a/a.rtf"), RELS },
	{ RELS,
	    INTERNAL("http://schemas.microsoft.com/office/2011/relationships/"
		     "webextension",
		"a/a.xml"),
	    RELS },
};

static void
docx_with(struct zip *z, const char *name, const char *content)
{
	zip_init(z);
	zip_add(z, "[Content_Types].xml", DOCX_TYPES("word/document.xml"));
	zip_add(z, "word/document.xml", DOCX_BODY(DOCX_PARAGRAPH("x")));
	zip_add(z, name, content);
	zip_end(z);
}

START_TEST(docx_acting)
{
	const char *where = acting[_i].where;
	struct outcome o;
	struct zip z;

	docx_with(&z, acting[_i].name, acting[_i].content);
	o = read_office(&z, FORMAT_DOCX);
	if (where == NULL) {
		ck_assert_int_eq(o.verdict.fault, VERDICT_GOOD);
	} else {
		ck_assert_int_eq(o.verdict.fault, VERDICT_FORBIDDEN);
		ck_assert_int_eq(o.verdict.what, VERDICT_ACTIVE);
		ck_assert_str_eq(o.verdict.where, where);
	}
	extract_free(&o.text);
	zip_free(&z);
}
END_TEST

/* First bytes are those of one entry. */
START_TEST(heads_apart)
{
	struct zip z;

	zip_init(&z);
	zip_add(&z, "[Content_Types].xml", DOCX_TYPES("word/document.xml"));
	zip_add(&z, "word/document.xml", DOCX_BODY(DOCX_PARAGRAPH("x")));
	zip_add(&z, "word/media/a", "aZ");
	zip_add(&z, "word/media/b", "M");
	zip_add(&z, "word/media/c", "Z");
	zip_end(&z);
	expect_fault(&z, FORMAT_DOCX, VERDICT_GOOD, VERDICT_WHAT_NONE);
}
END_TEST

/* Relationships that cannot be read might be others. */
static const struct {
	const char *content;
	enum verdict_fault fault;
	enum verdict_what what;
} relations[] = {
	{ "", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "<Relationships>", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "<!DOCTYPE x><x/>", VERDICT_FORBIDDEN, VERDICT_DTD },
	{ "<Relationships/>", VERDICT_GOOD, VERDICT_WHAT_NONE },
};

START_TEST(docx_relations)
{
	struct zip z;

	docx_with(&z, RELS, relations[_i].content);
	expect_fault(&z, FORMAT_DOCX, relations[_i].fault, relations[_i].what);
}
END_TEST

/* Many links, behind more text than is wanted. */
static void
long_docx(struct zip *z, int parts)
{
	struct buf b = { .max = DOCUMENT_MAX };

	zip_init(z);
	zip_add(z, "[Content_Types].xml", DOCX_TYPES("word/document.xml"));
	buf_adds(&b, "<w><t>");
	while (b.len < 2 * EXTRACT_MAX)
		buf_addf(&b, "word %zu ", b.len);
	buf_adds(&b, "</t></w>");
	zip_add(z, "word/document.xml", b.data);
	buf_reset(&b);
	buf_adds(&b, "<Relationships>");
	while (b.len < OFFICE_ACTIVE_RELATIONS / 4)
		buf_adds(&b,
		    "<Relationship Type=\"" TYPE "hyperlink\" "
		    "Target=\"http://a.example/\" "
		    "TargetMode=\"External\"/>");
	buf_adds(&b, "</Relationships>");
	for (int i = 0; i < parts; i++)
		zip_add(z, RELS, b.data);
	buf_free(&b);
}

START_TEST(relations_behind)
{
	struct zip z;

	long_docx(&z, 1);
	zip_end(&z);
	expect_fault(&z, FORMAT_DOCX, VERDICT_GOOD, VERDICT_WHAT_NONE);
	long_docx(&z, 1);
	zip_add(&z, "word/_rels/settings.xml.rels",
	    EXTERNAL(TYPE "attachedTemplate"));
	zip_end(&z);
	expect_fault(&z, FORMAT_DOCX, VERDICT_FORBIDDEN, VERDICT_ACTIVE);
	long_docx(&z, 4);
	zip_end(&z);
	expect_fault(&z, FORMAT_DOCX, VERDICT_TOO_LARGE, VERDICT_BYTES);
}
END_TEST

/* ---- documents inside ------------------------------------------------------- */

static void
xlsx_with(struct zip *z, const char *name, const char *content)
{
	zip_init(z);
	zip_add(z, "[Content_Types].xml", XLSX_TYPES);
	zip_add(z, "xl/workbook.xml", "<workbook/>");
	zip_add(z, name, content);
	zip_end(z);
}

static void
docx_around(struct zip *z, const char *name, const struct zip *inner)
{
	const struct zip_odd deflated = { .is_deflated = true };

	zip_init(z);
	zip_add(z, "[Content_Types].xml", DOCX_TYPES("word/document.xml"));
	zip_add(z, "word/document.xml", DOCX_BODY(DOCX_PARAGRAPH("x")));
	zip_add_odd(z, name, inner->out.data, inner->out.len, &deflated);
	zip_end(z);
}

#define TABLE "word/embeddings/Microsoft_Excel_Sheet1.xlsx"

static const struct {
	const char *table, *name, *content, *where;
	enum verdict_fault fault;
	enum verdict_what what;
} tables[] = {
	{ TABLE, "xl/a.xml", "<x/>", "", VERDICT_GOOD, VERDICT_WHAT_NONE },
	{ TABLE, "xl/activeX/a.xml", "<x/>", TABLE "/xl/activeX/a.xml",
	    VERDICT_FORBIDDEN, VERDICT_ACTIVE },
	{ TABLE, "xl/vbaProject.bin", "x", TABLE "/xl/vbaProject.bin",
	    VERDICT_FORBIDDEN, VERDICT_MACRO },
	{ TABLE, "xl/a.zip", "PK\3\4", TABLE "/xl/a.zip", VERDICT_FORBIDDEN,
	    VERDICT_ARCHIVE },
	{ "word/embeddings/a.docx", "xl/a.xml", "<x/>",
	    "word/embeddings/a.docx", VERDICT_FORBIDDEN, VERDICT_ACTIVE },
};

START_TEST(table_inside)
{
	struct zip inner, z;
	struct outcome o;

	xlsx_with(&inner, tables[_i].name, tables[_i].content);
	docx_around(&z, tables[_i].table, &inner);
	o = read_office(&z, FORMAT_DOCX);
	ck_assert_int_eq(o.verdict.fault, tables[_i].fault);
	ck_assert_int_eq(o.verdict.what, tables[_i].what);
	ck_assert_str_eq(o.verdict.where, tables[_i].where);
	extract_finish(&o.text);
	if (o.is_right)
		ck_assert_str_eq(o.text.text.data, "x");
	extract_free(&o.text);
	zip_free(&z);
	zip_free(&inner);
}
END_TEST

/* ---- the parts of a DOCX ----------------------------------------------------- */

static const struct {
	const char *body;
	enum verdict_fault fault;
	enum verdict_what what;
} bodies[] = {
	{ "", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "<w:document>", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>", VERDICT_FORBIDDEN,
	    VERDICT_DTD },
};

START_TEST(docx_body)
{
	struct zip z;

	docx_make(&z, bodies[_i].body);
	expect_fault(&z, FORMAT_DOCX, bodies[_i].fault, bodies[_i].what);
}
END_TEST

static const char *const macro_types[] = {
	"<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office"
	".vbaProject\"/>",
	"<Override PartName=\"/xl/a.xml\" ContentType=\"application/vnd.ms-"
	"excel.intlmacrosheet+xml\"/>",
	"<Override xmlns:x=\"x\" x:ContentType=\"a\" PartName=\"/a\" "
	"ContentType=\"application/vnd.ms-word.template.macroEnabled\"/>",
};

START_TEST(docx_macro_type)
{
	char types[1000];
	struct zip z;

	snprintf(types, sizeof(types),
	    "<Types>%s<Override PartName=\"/word/document.xml\" "
	    "ContentType=\"" OOXML_TYPE
	    "wordprocessingml.document.main+xml\"/></Types>",
	    macro_types[_i]);
	zip_init(&z);
	zip_add(&z, "[Content_Types].xml", types);
	zip_add(&z, "word/document.xml", DOCX_BODY(DOCX_PARAGRAPH("x")));
	zip_end(&z);
	expect_fault(&z, FORMAT_DOCX, VERDICT_FORBIDDEN, VERDICT_MACRO);
}
END_TEST

START_TEST(without_main_part)
{
	struct zip z;

	zip_init(&z);
	zip_add(&z, "[Content_Types].xml", DOCX_TYPES("word/document.xml"));
	zip_end(&z);
	expect_fault(&z, FORMAT_DOCX, VERDICT_BROKEN, VERDICT_WHAT_NONE);
	zip_init(&z);
	zip_add(&z, "mimetype", ODF_TYPE "text");
	zip_end(&z);
	expect_fault(&z, FORMAT_ODT, VERDICT_BROKEN, VERDICT_WHAT_NONE);
}
END_TEST

#define MANIFEST(type)                                                       \
	"<m:manifest xmlns:m=\"m\" xmlns:x=\"x\"><m:file-entry m:full-path=" \
	"\"Object 1\" m:media-type=\"" type "\"/></m:manifest>"

static const struct {
	const char *name, *content;
	enum verdict_fault fault;
	enum verdict_what what;
} odf_more[] = {
	{ "META-INF/manifest.xml",
	    "<m:manifest xmlns:m=\"x\"><m:file-entry><m:encryption-data/>"
	    "</m:file-entry></m:manifest>",
	    VERDICT_ENCRYPTED, VERDICT_WHAT_NONE },
	{ "META-INF/manifest.xml", "<manifest/>", VERDICT_GOOD,
	    VERDICT_WHAT_NONE },
	{ "Basic/Standard/Module1.xml", "<x/>", VERDICT_FORBIDDEN,
	    VERDICT_MACRO },
	{ "Scripts/python/a.py", "x", VERDICT_FORBIDDEN, VERDICT_MACRO },
	{ "Object 1/basic/Standard/a.xml", "<x/>", VERDICT_FORBIDDEN,
	    VERDICT_MACRO },
	{ "Object 1", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", VERDICT_FORBIDDEN,
	    VERDICT_ACTIVE },
	{ "META-INF/manifest.xml",
	    MANIFEST("application/vnd.sun.star.oleobject"), VERDICT_FORBIDDEN,
	    VERDICT_ACTIVE },
	{ "META-INF/manifest.xml", MANIFEST("Application/X-Java-Applet"),
	    VERDICT_FORBIDDEN, VERDICT_ACTIVE },
	{ "META-INF/manifest.xml",
	    MANIFEST("text/xml\" x:media-type=\"application/msword"),
	    VERDICT_FORBIDDEN, VERDICT_ACTIVE },
	{ "META-INF/manifest.xml", MANIFEST("text/xml") "<!-- -->",
	    VERDICT_GOOD, VERDICT_WHAT_NONE },
	{ "META-INF/manifest.xml", MANIFEST(""), VERDICT_GOOD,
	    VERDICT_WHAT_NONE },
	{ "META-INF/manifest.xml", MANIFEST(ODF_TYPE "chart"), VERDICT_GOOD,
	    VERDICT_WHAT_NONE },
	{ "META-INF/manifest.xml", MANIFEST("image/png"), VERDICT_GOOD,
	    VERDICT_WHAT_NONE },
	{ "META-INF/manifest.xml", MANIFEST("application/rdf+xml"),
	    VERDICT_GOOD, VERDICT_WHAT_NONE },
	{ "META-INF/manifest.xml",
	    MANIFEST("application/vnd.sun.xml.ui.configuration"), VERDICT_GOOD,
	    VERDICT_WHAT_NONE },
	{ "META-INF/manifest.xml",
	    MANIFEST("application/x-openoffice-gdimetafile;windows_formatname"
		     "=&quot;GDIMetaFile&quot;"),
	    VERDICT_GOOD, VERDICT_WHAT_NONE },
	{ "meta-inf/MANIFEST.xml", "<a", VERDICT_BROKEN, VERDICT_WHAT_NONE },
	{ "mimetype", "x", VERDICT_FORBIDDEN, VERDICT_DUPLICATE },
};

START_TEST(odt_more)
{
	struct zip z;

	zip_init(&z);
	zip_add(&z, "mimetype", ODF_TYPE "text");
	zip_add(&z, "content.xml", ODF_BODY("text", "<text:p>x</text:p>"));
	zip_add(&z, odf_more[_i].name, odf_more[_i].content);
	zip_end(&z);
	expect_fault(&z, FORMAT_ODT, odf_more[_i].fault, odf_more[_i].what);
}
END_TEST

/* Text enough before the main part was reached: no fault. */
START_TEST(cut)
{
	char *text = malloc(2 * EXTRACT_MAX);
	struct outcome o;
	struct zip z;

	ck_assert_ptr_nonnull(text);
	memset(text, 'x', 2 * EXTRACT_MAX - 1);
	memcpy(text, "<sst><si><t>", 12);
	memcpy(text + 2 * EXTRACT_MAX - 16, "</t></si></sst>", 16);
	zip_init(&z);
	zip_add(&z, "[Content_Types].xml", XLSX_TYPES);
	zip_add(&z, "xl/sharedStrings.xml", text);
	zip_add(&z, "xl/workbook.xml", "<workbook/>");
	zip_end(&z);
	o = read_office(&z, FORMAT_XLSX);
	ck_assert(o.is_right && o.text.is_full);
	ck_assert_uint_eq(o.text.text.len, EXTRACT_MAX);
	extract_free(&o.text);
	zip_free(&z);
	free(text);
}
END_TEST

START_TEST(encrypted_package)
{
	static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"
				  "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0"
				  "g\0e\0";

	ck_assert(office_is_encrypted((const uint8_t *)ole, sizeof(ole)));
	ck_assert(!office_is_encrypted((const uint8_t *)ole, 20));
	ck_assert(!office_is_encrypted((const uint8_t *)ole + 1, 40));
}
END_TEST

UNIT_MAIN("office", UNIT(docx_text), UNIT(docx_other_name), UNIT(odt_text),
    UNIT(ods_text), UNIT(xlsx_text), UNIT_ROWS(kind, kinds),
    UNIT_ROWS(docx_more, more), UNIT_ROWS(docx_acting, acting),
    UNIT(heads_apart), UNIT_ROWS(docx_relations, relations),
    UNIT(relations_behind), UNIT_ROWS(table_inside, tables),
    UNIT_ROWS(docx_body, bodies), UNIT_ROWS(docx_macro_type, macro_types),
    UNIT(without_main_part), UNIT_ROWS(odt_more, odf_more), UNIT(cut),
    UNIT(encrypted_package))
