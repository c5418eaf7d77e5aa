/* SPDX-License-Identifier: Apache-2.0 */
/* pdftotext in its sandbox; here without one around the process that reads. */
#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/log.h"
#include "documents.h"
#include "scan/pdf.h"
#include "scan/sandbox.h"

struct outcome {
	struct verdict verdict;
	struct extract text;
};

static struct outcome
read_pdf(const struct buf *b)
{
	struct outcome o = { .verdict = { .fault = VERDICT_GOOD } };
	FILE *f = tmpfile();
	struct pdf p;
	bool is_right;

	log_open("test", LOG_ERROR);
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(b->data, 1, b->len, f), b->len);
	ck_assert_int_eq(fflush(f), 0); /* its offset is at the end */
	extract_init(&o.text);
	ck_assert_int_eq(pdf_prepare(&p, fileno(f)), ERR_OK);
	is_right =
	    pdf_read(&p, (const uint8_t *)b->data, b->len, &o.text, &o.verdict);
	ck_assert_int_eq(is_right, o.verdict.fault == VERDICT_GOOD);
	extract_finish(&o.text);
	fclose(f);
	return o;
}

static struct outcome
read_and_free(struct buf *b)
{
	struct outcome o = read_pdf(b);

	buf_free(b);
	return o;
}

START_TEST(good)
{
	struct buf b = { .max = DOCUMENT_MAX };
	struct outcome o;

	pdf_make(&b,
	    PDF_TEXT_STREAM("La r\351silience") " BT /F1 12 Tf 72 600 Td "
						"(second line) Tj ET");
	o = read_and_free(&b);
	ck_assert_int_eq(o.verdict.fault, VERDICT_GOOD);
	ck_assert_str_eq(o.text.text.data, "La r\xc3\xa9silience\nsecond line");
	ck_assert(!o.text.is_cut);
	extract_free(&o.text);
}
END_TEST

START_TEST(without_text)
{
	struct buf b = { .max = DOCUMENT_MAX };
	struct outcome o;

	pdf_make(&b, "");
	o = read_and_free(&b);
	ck_assert_int_eq(o.verdict.fault, VERDICT_GOOD);
	ck_assert_uint_eq(o.text.text.len, 0);
	extract_free(&o.text);
}
END_TEST

START_TEST(broken)
{
	struct buf b = { .max = DOCUMENT_MAX };
	struct outcome o;

	buf_adds(&b, "%PDF-1.4\nand nothing of one\n");
	o = read_and_free(&b);
	ck_assert_int_eq(o.verdict.fault, VERDICT_BROKEN);
	extract_free(&o.text);
}
END_TEST

START_TEST(encrypted)
{
	struct buf b = { .max = DOCUMENT_MAX };
	struct outcome o;

	pdf_make_encrypted(&b);
	o = read_and_free(&b);
	ck_assert_int_eq(o.verdict.fault, VERDICT_ENCRYPTED);
	extract_free(&o.text);
}
END_TEST

/* A page names itself as its parent's, forms show themselves, brackets nest. */
START_TEST(loops)
{
	struct buf b = { .max = DOCUMENT_MAX }, deep = { .max = DOCUMENT_MAX };
	struct pdf_parts p;
	struct outcome o;

	pdf_begin(&p, &b, "/X Do " PDF_TEXT_STREAM("x"));
	pdf_stream(&p,
	    "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources"
	    "<</XObject<</X 6 0 R>>>>",
	    "/X Do /X Do");
	for (int i = 0; i < 200000; i++)
		buf_addc(&deep, '[');
	pdf_object(&p, deep.data);
	pdf_end(&p, "/Info 7 0 R");
	buf_free(&deep);
	o = read_and_free(&b);
	ck_assert_int_ne(o.verdict.fault, VERDICT_UNREADABLE);
	extract_free(&o.text);
}
END_TEST

/* It would take years; the limit of time ends it, here a second. */
START_TEST(endless)
{
	struct rlimit second = { 1, 2 };
	struct buf b = { .max = DOCUMENT_MAX };
	struct outcome o;

	ck_assert_int_eq(setrlimit(RLIMIT_CPU, &second), 0);
	pdf_make_endless(&b, 18, "q Q");
	o = read_and_free(&b);
	ck_assert_int_eq(o.verdict.fault, VERDICT_LIMIT);
	extract_free(&o.text);
}
END_TEST

/* Pieces of text that would fill any memory. */
START_TEST(boundless)
{
	struct rlimit seconds = { 3, 4 }; /* where memory has no limit */
	struct buf b = { .max = DOCUMENT_MAX };
	struct outcome o;

	ck_assert_int_eq(setrlimit(RLIMIT_CPU, &seconds), 0);
	pdf_make_endless(&b, 18, PDF_TEXT_STREAM("x"));
	o = read_and_free(&b);
	ck_assert_int_eq(o.verdict.fault, VERDICT_LIMIT);
	extract_free(&o.text);
}
END_TEST

/* More text than is wanted: what there is, at once. */
START_TEST(much_text)
{
	struct buf b = { .max = DOCUMENT_MAX }, s = { .max = DOCUMENT_MAX };
	struct pdf_parts p;
	struct outcome o;

	buf_adds(&s, "BT /F1 6 Tf 7 TL 9 780 Td\n");
	for (int i = 0; i < 100; i++)
		buf_adds(&s, "(0123456789 abcdefghijklmnopqrstuvwxyz) '\n");
	buf_adds(&s, "ET");
	pdf_begin_pages(&p, &b, s.data, 500);
	pdf_end(&p, "");
	buf_free(&s);
	o = read_and_free(&b);
	ck_assert_int_eq(o.verdict.fault, VERDICT_GOOD);
	ck_assert(o.text.is_cut);
	ck_assert_uint_gt(o.text.text.len, EXTRACT_MAX - 4);
	extract_free(&o.text);
}
END_TEST

/* A kernel without it: the document is good, and its text is not read. */
START_TEST(without_landlock)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	struct buf b = { .max = DOCUMENT_MAX };
	struct outcome o;

	ck_assert_ptr_nonnull(filter);
	ck_assert_int_eq(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
			     SCMP_SYS(landlock_create_ruleset), 0),
	    0);
	ck_assert_int_eq(seccomp_load(filter), 0);
	seccomp_release(filter);
	pdf_make(&b, PDF_TEXT_STREAM("text"));
	o = read_and_free(&b);
	ck_assert_int_eq(o.verdict.fault, VERDICT_GOOD);
	ck_assert(o.text.is_cut);
	ck_assert_uint_eq(o.text.text.len, 0);
	extract_free(&o.text);
}
END_TEST

/* Nobody says go: it ends without having looked. */
START_TEST(not_wanted)
{
	struct pdf p;
	int status;

	ck_assert_int_eq(pdf_prepare(&p, 0), ERR_OK);
	close(p.go);
	ck_assert_int_eq(waitpid(p.pid, &status, 0), p.pid);
	ck_assert(WIFEXITED(status));
	close(p.out);
}
END_TEST

UNIT_MAIN("pdf", UNIT(good), UNIT(without_text), UNIT(broken), UNIT(encrypted),
    UNIT(loops), UNIT(endless), UNIT(boundless), UNIT(much_text),
    UNIT(without_landlock), UNIT(not_wanted))
