/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as an archive that may be an office document, of each kind that
 * may have been named; the same reader as in the sandbox, without one.  What
 * comes out is always plain text within its limit, and a fault with its name.
 */
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "scan/office.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

static void
check(const struct verdict *v, const struct extract *text)
{
	must(v->fault < VERDICT__MAX && v->what < VERDICT_WHAT__MAX);
	must(v->fault != VERDICT_UNREADABLE && v->fault != VERDICT_MISMATCH);
	must(text_ok(v->where, strlen(v->where), TEXT_LINE));
	must(text_ok(v->found, strlen(v->found), TEXT_LINE));
	must(text->text.len <= EXTRACT_MAX);
	must(text->text.len == 0 ||
	    text_ok(text->text.data, text->text.len, TEXT_PROSE));
}

static void
read_as(enum format wanted, const uint8_t *data, size_t len)
{
	struct unpack_budget budget = UNPACK_BUDGET;
	const struct office_input input = { data, len, wanted, &budget };
	struct verdict v = { .fault = VERDICT_GOOD };
	struct extract text;
	enum format is;
	bool is_right;

	extract_init(&text);
	is_right = office_read(&input, &text, &v, &is);
	must(is_right == (v.fault == VERDICT_GOOD));
	must(!is_right || is == wanted || text.text.len == 0);
	extract_finish(&text);
	check(&v, &text);
	extract_free(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	log_open("fuzz", LOG_ERROR);
	setlocale(LC_CTYPE, "C.UTF-8");
	setenv("TZ", "UTC0", 1);
	read_as(FORMAT_DOCX, data, len);
	read_as(FORMAT_XLSX, data, len);
	read_as(FORMAT_ODT, data, len);
	must(!office_is_encrypted(data, len) || len > 8);
	return 0;
}
