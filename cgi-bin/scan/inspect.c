/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/inspect.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/text.h"
#include "scan/bundle.h"
#include "scan/image.h"
#include "scan/office.h"
#include "scan/pdf_active.h"
#include "scan/plain.h"

enum err
inspect_init(struct inspect *in, struct pdf *pdf)
{
	*in = (struct inspect){
		.pdf = pdf,
		.budget = UNPACK_BUDGET,
		.pdf_bytes = PDF_ACTIVE_BYTES,
	};
	extract_init(&in->text);
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL ||
	    setenv("TZ", "UTC0", 1) == -1) {
		log_line(LOG_ERROR, "inspect", "there is no locale C.UTF-8");
		return ERR_INTERNAL;
	}
	tzset();
	return sniff_new(&in->sniff);
}

void
inspect_free(struct inspect *in)
{
	sniff_free(in->sniff);
	in->sniff = NULL;
	extract_free(&in->text);
}

static bool
mismatch(struct inspect *in)
{
	return verdict_refuse(
	    &in->verdict, VERDICT_MISMATCH, VERDICT_WHAT_NONE, NULL);
}

/* ---- formats that a signature tells ------------------------------------ */

static bool
check_pdf(struct inspect *in, const uint8_t *s, size_t len)
{
	if (!pdf_active_check(s, len, &in->pdf_bytes, &in->verdict))
		return false;
	/* One reader of PDF is ready, for the document itself. */
	if (in->pdf == NULL || in->is_inside) {
		in->text.is_cut = true;
		return true;
	}
	return pdf_read(in->pdf, s, len, &in->text, &in->verdict);
}

static bool
check_png(struct inspect *in, const uint8_t *s, size_t len)
{
	return image_check_png(s, len, &in->verdict);
}

static bool
check_jpeg(struct inspect *in, const uint8_t *s, size_t len)
{
	return image_check_jpeg(s, len, &in->verdict);
}

/* ---- text --------------------------------------------------------------- */

/*
 * What is written in letters too, and is no plain text.  A page's markup may
 * stand at the top of a Markdown file.
 */
static const struct {
	const char *media; /* how the type begins */
	bool in_markdown;
} not_plain[] = {
	{ "application/pdf", false },
	{ "application/postscript", false },
	{ "application/rtf", false },
	{ "application/xml", false },
	{ "image/", false },
	{ "text/html", true },
	{ "text/rtf", false },
	{ "text/xml", false },
};

static bool
check_text(struct inspect *in, enum format f, const uint8_t *s, size_t len)
{
	struct verdict why = { .fault = VERDICT_GOOD };

	for (size_t i = 0; i < sizeof(not_plain) / sizeof(not_plain[0]); i++)
		if (text_starts(in->verdict.found, not_plain[i].media) &&
		    !(not_plain[i].in_markdown && f == FORMAT_MARKDOWN))
			return mismatch(in);
	/* What has a type of its own is not a text with mistakes in it. */
	if (plain_read(s, len, &in->text, &why))
		return true;
	if (!text_starts(in->verdict.found, "text/") &&
	    strcmp(in->verdict.found, format_media(FORMAT_NONE)) != 0)
		return mismatch(in);
	return verdict_refuse(&in->verdict, why.fault, why.what, NULL);
}

/* ---- archives, office documents among them ------------------------------ */

static bool
check_archive(struct inspect *in, enum format f, const uint8_t *s, size_t len)
{
	const struct office_input input = {
		.data = s,
		.len = len,
		.wanted = f,
		.budget = &in->budget,
	};
	struct unpack_budget before = in->budget;
	enum format is;

	if (!unpack_is_zip(s, len)) {
		if (office_is_encrypted(s, len))
			return verdict_refuse(&in->verdict, VERDICT_ENCRYPTED,
			    VERDICT_WHAT_NONE, NULL);
		return mismatch(in);
	}
	if (!office_read(&input, &in->text, &in->verdict, &is))
		return false;
	if (is != f)
		return mismatch(in);
	if (f != FORMAT_ZIP)
		return true;
	in->budget = before;
	in->is_inside = true;
	return bundle_read(in, s, len);
}

/* ------------------------------------------------------------------------- */

static bool
check_media(struct inspect *in, enum format f, const uint8_t *s, size_t len)
{
	static bool (*const checks[FORMAT__MAX])(
	    struct inspect *, const uint8_t *, size_t) = {
		[FORMAT_PDF] = check_pdf,
		[FORMAT_PNG] = check_png,
		[FORMAT_JPEG] = check_jpeg,
	};

	if (format_of_media(in->verdict.found) != f)
		return mismatch(in);
	return checks[f](in, s, len);
}

/* Which way each format is checked. */
static bool (*const ways[FORMAT__MAX])(
    struct inspect *, enum format, const uint8_t *, size_t) = {
	[FORMAT_PDF] = check_media,
	[FORMAT_ODT] = check_archive,
	[FORMAT_DOCX] = check_archive,
	[FORMAT_XLSX] = check_archive,
	[FORMAT_ODS] = check_archive,
	[FORMAT_TXT] = check_text,
	[FORMAT_MARKDOWN] = check_text,
	[FORMAT_CSV] = check_text,
	[FORMAT_PNG] = check_media,
	[FORMAT_JPEG] = check_media,
	[FORMAT_ZIP] = check_archive,
};

bool
inspect_content(struct inspect *in, enum format f, const uint8_t *s, size_t len)
{
	if (len == 0)
		return verdict_refuse(
		    &in->verdict, VERDICT_EMPTY, VERDICT_WHAT_NONE, NULL);
	verdict_found(&in->verdict, sniff_media(in->sniff, s, len));
	return ways[f](in, f, s, len);
}

static bool
name_ok(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= INSPECT_NAME &&
	    text_ok(name, len, TEXT_LINE) && strpbrk(name, "/\\") == NULL;
}

bool
inspect_document(
    struct inspect *in, const char *name, const uint8_t *s, size_t len)
{
	bool is_right = false;

	if (!name_ok(name))
		verdict_refuse(
		    &in->verdict, VERDICT_FORBIDDEN, VERDICT_NAME, name);
	else if ((in->verdict.named = format_of_name(name)) == FORMAT_NONE)
		verdict_refuse(
		    &in->verdict, VERDICT_UNKNOWN, VERDICT_WHAT_NONE, NULL);
	else
		is_right = inspect_content(in, in->verdict.named, s, len);
	if (is_right) {
		verdict_found(&in->verdict, format_media(in->verdict.named));
		extract_finish(&in->text);
	} else {
		extract_free(&in->text);
	}
	in->verdict.is_cut = is_right && in->text.is_cut;
	return is_right;
}
