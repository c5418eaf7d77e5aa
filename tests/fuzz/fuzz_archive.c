/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as a document of every kind, a ZIP of documents above all: the
 * whole inspection as in the sandbox, without one and without pdftotext.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "scan/inspect.h"
#include "scan/pdf_active.h"
#include "scan/reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char *const names[] = { "a.zip", "a.pdf", "a.txt", "a.md", "a.png",
	"a.jpg", "a.ods" };

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

/* What the child would answer, its parent takes. */
static void
check(const struct inspect *in)
{
	const char *text;
	struct verdict v;
	struct buf b;
	size_t len;

	buf_init(&b, REPLY_MAX);
	reply_write(&b, &in->verdict, in->text.text.data, in->text.text.len);
	must(!b.overflow && reply_read(b.data, b.len, &v, &text, &len));
	must(v.fault == in->verdict.fault && v.what == in->verdict.what);
	must(v.fault == VERDICT_GOOD || len == 0);
	buf_free(&b);
}

/* The database of file types is large: it is read once. */
static struct sniff *
types(void)
{
	static struct sniff *s;
	struct inspect in;

	if (s == NULL) {
		must(inspect_init(&in, NULL) == ERR_OK);
		s = in.sniff;
		extract_free(&in.text);
	}
	return s;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct verdict v;
	const char *text;
	size_t text_len;

	log_open("fuzz", LOG_ERROR);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct inspect in = { .budget = UNPACK_BUDGET,
			.pdf_bytes = PDF_ACTIVE_BYTES };

		in.sniff = types();
		extract_init(&in.text);
		inspect_document(&in, names[i], data, len);
		check(&in);
		extract_free(&in.text);
	}
	/* And as the answer of a child that was captured. */
	reply_read(data, len, &v, &text, &text_len);
	must(text_len <= len && text_ok(text, text_len, TEXT_PROSE));
	return 0;
}
