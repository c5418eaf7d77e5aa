/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents, made here byte by byte, so that a test may make them wrong: ZIP
 * archives with any name, kind of entry and claimed size; the four office
 * kinds; PDF; PNG and JPEG without pixels.
 */
#ifndef UNIT_DOCUMENTS_H
#define UNIT_DOCUMENTS_H

#include <stdbool.h>
#include <stdint.h>
#include <zlib.h>

#include "base/buf.h"
#include "unit.h"

enum { DOCUMENT_MAX = 128 * 1024 * 1024 };

/* ---- ZIP (APPNOTE.TXT 6.3.3) -------------------------------------------- */

struct zip {
	struct buf out;
	struct buf folder; /* of contents */
	int entries;
};

/* What an entry has that others have not; all 0 for a plain file. */
struct zip_odd {
	bool is_deflated;
	uint16_t flags;	   /* 1 encrypted, 0x800 the name is UTF-8 */
	uint32_t mode;	   /* st_mode of UNIX, 0 for 0100644 */
	uint32_t more;	   /* bytes claimed beyond those there are */
	uint32_t crc_xor;  /* makes the checksum wrong */
	const char *other; /* name in the folder of contents, if another */
};

static inline void
zip_le(struct buf *b, uint32_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_addc(b, (char)(value >> (8 * i) & 0xff));
}

static inline void
zip_init(struct zip *z)
{
	buf_init(&z->out, DOCUMENT_MAX);
	buf_init(&z->folder, DOCUMENT_MAX);
	z->entries = 0;
}

static inline void
zip_deflate(struct buf *out, const void *s, size_t len)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)s,
		.avail_in = (uInt)len };
	char block[16 * 1024];
	int rc;

	ck_assert_int_eq(
	    deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY), Z_OK);
	do {
		z.next_out = (Bytef *)block;
		z.avail_out = sizeof(block);
		rc = deflate(&z, Z_FINISH);
		buf_add(out, block, sizeof(block) - z.avail_out);
	} while (rc == Z_OK);
	ck_assert_int_eq(rc, Z_STREAM_END);
	deflateEnd(&z);
}

/* What local entry and folder of contents have in common. */
static inline void
zip_fields(struct buf *b, const struct zip_odd *odd, const uint32_t *sizes,
    size_t name_len)
{
	zip_le(b, 20, 2);
	zip_le(b, odd->flags, 2);
	zip_le(b, odd->is_deflated ? 8 : 0, 2);
	zip_le(b, 0x5b7a0000, 4); /* time, date */
	zip_le(b, sizes[0], 4);	  /* checksum */
	zip_le(b, sizes[1], 4);	  /* packed */
	zip_le(b, sizes[2], 4);	  /* unpacked */
	zip_le(b, (uint32_t)name_len, 2);
	zip_le(b, 0, 2);
}

static inline void
zip_contents(struct zip *z, const char *name, const struct zip_odd *odd,
    const uint32_t *sizes, uint32_t at)
{
	zip_le(&z->folder, 0x02014b50, 4);
	zip_le(&z->folder, 0x0314, 2); /* made on UNIX */
	zip_fields(&z->folder, odd, sizes, strlen(name));
	zip_le(&z->folder, 0, 2);
	zip_le(&z->folder, 0, 2);
	zip_le(&z->folder, 0, 2);
	zip_le(&z->folder, (odd->mode != 0 ? odd->mode : 0100644) << 16, 4);
	zip_le(&z->folder, at, 4);
	buf_adds(&z->folder, name);
	z->entries++;
}

static inline void
zip_add_odd(struct zip *z, const char *name, const void *s, size_t len,
    const struct zip_odd *odd)
{
	uint32_t at = (uint32_t)z->out.len, sizes[3];
	struct buf packed;

	buf_init(&packed, DOCUMENT_MAX);
	if (odd->is_deflated)
		zip_deflate(&packed, s, len);
	else
		buf_add(&packed, s, len);
	sizes[0] = (uint32_t)crc32(0, s, (uInt)len) ^ odd->crc_xor;
	sizes[1] = (uint32_t)packed.len;
	sizes[2] = (uint32_t)len + odd->more;
	zip_le(&z->out, 0x04034b50, 4);
	zip_fields(&z->out, odd, sizes, strlen(name));
	buf_adds(&z->out, name);
	buf_add(&z->out, packed.data, packed.len);
	zip_contents(z, odd->other != NULL ? odd->other : name, odd, sizes, at);
	buf_free(&packed);
}

static inline void
zip_add(struct zip *z, const char *name, const char *text)
{
	const struct zip_odd plain = { .is_deflated = false };

	zip_add_odd(z, name, text, strlen(text), &plain);
}

static inline void
zip_end(struct zip *z)
{
	uint32_t at = (uint32_t)z->out.len;

	buf_add(&z->out, z->folder.data, z->folder.len);
	zip_le(&z->out, 0x06054b50, 4);
	zip_le(&z->out, 0, 4);
	zip_le(&z->out, (uint32_t)z->entries, 2);
	zip_le(&z->out, (uint32_t)z->entries, 2);
	zip_le(&z->out, (uint32_t)z->folder.len, 4);
	zip_le(&z->out, at, 4);
	zip_le(&z->out, 0, 2);
	ck_assert(!z->out.overflow && !z->folder.overflow);
}

static inline void
zip_free(struct zip *z)
{
	buf_free(&z->out);
	buf_free(&z->folder);
}

/* ---- office -------------------------------------------------------------- */

#define OOXML_TYPE "application/vnd.openxmlformats-officedocument."
#define ODF_TYPE "application/vnd.oasis.opendocument."
#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define DOCX_TYPES(part)                                               \
	XML_HEAD                                                       \
	"<Types xmlns=\"http://schemas.openxmlformats.org/package"     \
	"/2006/content-types\"><Default Extension=\"xml\" "            \
	"ContentType=\"application/xml\"/><Override PartName=\"/" part \
	"\" ContentType=\"" OOXML_TYPE                                 \
	"wordprocessingml.document.main+xml\"/></Types>"
#define DOCX_BODY(text)                                                     \
	XML_HEAD "<w:document xmlns:w=\"http://schemas.openxmlformats.org/" \
		 "wordprocessingml/2006/main\"><w:body>" text               \
		 "</w:body></w:document>"
#define DOCX_PARAGRAPH(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define XLSX_TYPES                                                           \
	XML_HEAD "<Types xmlns=\"http://schemas.openxmlformats.org/package"  \
		 "/2006/content-types\"><Override PartName=\"/xl/workbook."  \
		 "xml\" ContentType=\"" OOXML_TYPE                           \
		 "spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/" \
		 "sharedStrings.xml\" ContentType=\"" OOXML_TYPE             \
		 "spreadsheetml.sharedStrings+xml\"/><Override PartName=\""  \
		 "/xl/worksheets/sheet1.xml\" ContentType=\"" OOXML_TYPE     \
		 "spreadsheetml.worksheet+xml\"/></Types>"
#define ODF_BODY(kind, text)                                                \
	XML_HEAD "<office:document-content xmlns:office=\"urn:oasis:names:" \
		 "tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:"     \
		 "oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table" \
		 "=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\">"    \
		 "<office:automatic-styles>style</office:automatic-styles>" \
		 "<office:body><office:" kind ">" text "</office:" kind     \
		 "></office:body></office:document-content>"

static inline void
docx_make(struct zip *z, const char *body)
{
	zip_init(z);
	zip_add(z, "[Content_Types].xml", DOCX_TYPES("word/document.xml"));
	zip_add(z, "word/document.xml", body);
	zip_end(z);
}

static inline void
odf_make(struct zip *z, const char *kind, const char *content)
{
	char type[100];

	snprintf(type, sizeof(type), ODF_TYPE "%s", kind);
	zip_init(z);
	zip_add(z, "mimetype", type);
	zip_add(z, "content.xml", content);
	zip_end(z);
}

static inline void
xlsx_make(struct zip *z, const char *shared, const char *sheet)
{
	zip_init(z);
	zip_add(z, "[Content_Types].xml", XLSX_TYPES);
	zip_add(z, "xl/workbook.xml", "<workbook/>");
	zip_add(z, "xl/sharedStrings.xml", shared);
	zip_add(z, "xl/worksheets/sheet1.xml", sheet);
	zip_end(z);
}

/* ---- PDF (ISO 32000-1) --------------------------------------------------- */

enum { PDF_OBJECTS = 1000 };

struct pdf_parts {
	struct buf *out;
	size_t at[PDF_OBJECTS];
	int n;
};

/* The next object, from 1. */
static inline void
pdf_object(struct pdf_parts *p, const char *object)
{
	ck_assert_int_lt(p->n, PDF_OBJECTS);
	p->at[p->n++] = p->out->len;
	buf_addf(p->out, "%d 0 obj", p->n);
	buf_adds(p->out, object);
	buf_adds(p->out, " endobj\n");
}

static inline void
pdf_stream(struct pdf_parts *p, const char *keys, const char *stream)
{
	struct buf b;

	buf_init(&b, DOCUMENT_MAX);
	buf_addf(&b, "<<%s/Length %zu>>stream\n", keys, strlen(stream));
	buf_adds(&b, stream);
	buf_adds(&b, "\nendstream");
	pdf_object(p, b.data);
	buf_free(&b);
}

#define PDF_PAGE                                                         \
	"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R" \
	"/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>"

/* Pages that all show `stream`; the objects from 6 on are pages, too. */
static inline void
pdf_begin_pages(
    struct pdf_parts *p, struct buf *out, const char *stream, int pages)
{
	struct buf kids;

	*p = (struct pdf_parts){ .out = out };
	buf_adds(out, "%PDF-1.4\n");
	pdf_object(p, "<</Type/Catalog/Pages 2 0 R>>");
	buf_init(&kids, DOCUMENT_MAX);
	buf_addf(&kids, "<</Type/Pages/Count %d/Kids[3 0 R", pages);
	for (int i = 1; i < pages; i++)
		buf_addf(&kids, " %d 0 R", 5 + i);
	buf_adds(&kids, "]>>");
	pdf_object(p, kids.data);
	buf_free(&kids);
	pdf_object(p, PDF_PAGE);
	pdf_stream(p, "", stream);
	pdf_object(p,
	    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
	    "/Encoding/WinAnsiEncoding>>");
	for (int i = 1; i < pages; i++)
		pdf_object(p, PDF_PAGE);
}

/*
 * Objects 1 to 5: a page whose content is `stream`, with Helvetica as F1 and
 * object 6, whatever it is, as X.
 */
static inline void
pdf_begin(struct pdf_parts *p, struct buf *out, const char *stream)
{
	pdf_begin_pages(p, out, stream, 1);
}

/* `trailer` is added to the trailer's keys. */
static inline void
pdf_end(struct pdf_parts *p, const char *trailer)
{
	size_t start = p->out->len;

	buf_addf(p->out, "xref\n0 %d\n0000000000 65535 f \n", p->n + 1);
	for (int i = 0; i < p->n; i++)
		buf_addf(p->out, "%010zu 00000 n \n", p->at[i]);
	buf_addf(p->out, "trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%zu\n",
	    p->n + 1, trailer, start);
	buf_adds(p->out, "%%EOF\n");
	ck_assert(!p->out->overflow);
}

#define PDF_TEXT_STREAM(text) "BT /F1 12 Tf 72 720 Td (" text ") Tj ET"

static inline void
pdf_make(struct buf *b, const char *stream)
{
	struct pdf_parts p;

	pdf_begin(&p, b, stream);
	pdf_end(&p, "");
}

/*
 * Forms inside forms, each shown ten times by the one before: `last` is done
 * ten to the power of `levels` times, out of a few kilobytes.
 */
static inline void
pdf_make_endless(struct buf *b, int levels, const char *last)
{
	struct pdf_parts p;
	char keys[200];

	pdf_begin(&p, b, "/X Do");
	for (int i = 0; i < levels; i++) {
		snprintf(keys, sizeof(keys),
		    "/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources"
		    "<</Font<</F1 5 0 R>>/XObject<</X %d 0 R>>>>",
		    p.n + 2);
		pdf_stream(&p, keys,
		    i < levels - 1 ? "/X Do /X Do /X Do /X Do /X Do "
				     "/X Do /X Do /X Do /X Do /X Do"
				   : last);
	}
	pdf_end(&p, "");
}

/* Encrypted with a password that nobody gives. */
static inline void
pdf_make_encrypted(struct buf *b)
{
	struct pdf_parts p;

	pdf_begin(&p, b, PDF_TEXT_STREAM("x"));
	pdf_object(&p,
	    "<</Filter/Standard/V 1/R 2/P -4"
	    "/O<2222222222222222222222222222222222222222222222222222222222222"
	    "222>/U<3333333333333333333333333333333333333333333333333333333333"
	    "333333>>>");
	pdf_end(&p, "/Encrypt 6 0 R/ID[<11><11>]");
}

/* ---- pictures ------------------------------------------------------------ */

static inline void
be32(struct buf *b, uint32_t value)
{
	for (int i = 3; i >= 0; i--)
		buf_addc(b, (char)(value >> (8 * i) & 0xff));
}

static inline void
png_chunk(struct buf *b, const char *type, const struct buf *data)
{
	size_t len = data != NULL ? data->len : 0;

	be32(b, (uint32_t)len);
	buf_adds(b, type);
	if (len > 0)
		buf_add(b, data->data, len);
	be32(b, 0); /* nobody checks it here */
}

static inline void
png_make(struct buf *b, uint32_t width, uint32_t height)
{
	struct buf data;

	buf_init(&data, 100);
	be32(&data, width);
	be32(&data, height);
	buf_add(&data, "\10\0\0\0\0", 5);
	buf_add(b, "\x89PNG\r\n\x1a\n", 8);
	png_chunk(b, "IHDR", &data);
	png_chunk(b, "IDAT", NULL);
	png_chunk(b, "IEND", NULL);
	buf_free(&data);
}

static inline void
jpeg_make(struct buf *b, unsigned width, unsigned height)
{
	buf_add(b, "\xff\xd8\xff\xe0\0\20JFIF\0\1\1\0\0\1\0\1\0\0", 20);
	buf_add(b, "\xff\xc0\0\13\10", 5);
	buf_addc(b, (char)(height >> 8));
	buf_addc(b, (char)height);
	buf_addc(b, (char)(width >> 8));
	buf_addc(b, (char)width);
	buf_add(b, "\1\1\21\0", 4);
	buf_add(b, "\xff\xda\0\10\1\1\0\0\77\0\55\xff\xd9", 13);
}

#endif
