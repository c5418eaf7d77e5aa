/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole: $BUILD/bin/entente-scan in its sandbox, asked by its client; and
 * programs in its place that do what a broken or captured one might.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "documents.h"
#include "scan/child.h"
#include "scan/reply.h"
#include "scan/sandbox.h"
#include "scan/scan.h"

static char dir[UNIT_PATH], program[UNIT_PATH];
static struct arena *arena;
static struct scan_result result;

static void
start(void)
{
	const char *build = getenv("BUILD");

	log_open("test", LOG_ERROR);
	unit_scratch(dir);
	unit_path(program, build != NULL ? build : "build", "bin/entente-scan");
	arena = arena_new(16 * 1024 * 1024);
	/* As a worker does. */
	signal(SIGPIPE, SIG_IGN);
}

static void
stop(void)
{
	arena_free(arena);
	unit_remove(dir);
}

/* A file without a name, its offset at its end. */
static int
file_of(const struct buf *b)
{
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	ck_assert_int_ne(fd, -1);
	if (b->len > 0)
		ck_assert_int_eq(write(fd, b->data, b->len), (ssize_t)b->len);
	return fd;
}

static void
scan(const char *name, const struct buf *b)
{
	int fd = file_of(b);

	ck_assert_int_eq(scan_file(program, fd, name, arena, &result), ERR_OK);
	close(fd);
}

static int
open_files(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;

	ck_assert_ptr_nonnull(d);
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n;
}

/* ---- documents -------------------------------------------------------------- */

START_TEST(pdf)
{
	struct buf b = { .max = DOCUMENT_MAX };
	int before;

	start();
	before = open_files();
	pdf_make(&b, PDF_TEXT_STREAM("La r\351silience"));
	scan("r\xc3\xa9sum\xc3\xa9 n\xc2\xb0 1.pdf", &b);
	ck_assert_int_eq(result.verdict.fault, VERDICT_GOOD);
	ck_assert_int_eq(result.verdict.named, FORMAT_PDF);
	ck_assert_str_eq(result.verdict.found, "application/pdf");
	ck_assert_str_eq(result.text, "La r\xc3\xa9silience");
	ck_assert_uint_eq(result.text_len, strlen(result.text));
	ck_assert(!result.verdict.is_cut);
	ck_assert_int_eq(open_files(), before);
	ck_assert_int_eq(waitpid(-1, NULL, 0), -1);
	buf_free(&b);
	stop();
}
END_TEST

/* Names that look like something else on a command line. */
static const char *const names[] = { "-h.txt", "--help.txt", "a b;c$(d).txt",
	"*.txt", "a.b.txt" };

START_TEST(plain_text)
{
	struct buf b = { .max = DOCUMENT_MAX };

	start();
	buf_adds(&b, "h\xc3\xa9llo\n");
	scan(names[_i], &b);
	ck_assert_int_eq(result.verdict.fault, VERDICT_GOOD);
	ck_assert_str_eq(result.text, "h\xc3\xa9llo");
	buf_free(&b);
	stop();
}
END_TEST

START_TEST(office)
{
	struct zip z, outer;

	start();
	docx_make(&z, DOCX_BODY(DOCX_PARAGRAPH("docx")));
	scan("a.docx", &z.out);
	ck_assert_str_eq(result.text, "docx");
	zip_init(&outer);
	zip_add_odd(&outer, "r\xc3\xa9sum\xc3\xa9.docx", z.out.data, z.out.len,
	    &(const struct zip_odd){ .is_deflated = true, .flags = 0x800 });
	zip_end(&outer);
	scan("a.zip", &outer.out);
	ck_assert_int_eq(result.verdict.fault, VERDICT_GOOD);
	ck_assert_str_eq(result.text, "docx");
	zip_free(&z);
	odf_make(&z, "text", ODF_BODY("text", "<text:p>odt</text:p>"));
	scan("a.odt", &z.out);
	ck_assert_str_eq(result.text, "odt");
	scan("a.docx", &z.out);
	ck_assert_int_eq(result.verdict.fault, VERDICT_MISMATCH);
	ck_assert_int_eq(result.verdict.named, FORMAT_DOCX);
	ck_assert_str_eq(result.verdict.found, ODF_TYPE "text");
	ck_assert_str_eq(result.text, "");
	zip_free(&z);
	zip_free(&outer);
	stop();
}
END_TEST

START_TEST(pictures)
{
	struct buf b = { .max = DOCUMENT_MAX };

	start();
	png_make(&b, 10, 10);
	scan("a.png", &b);
	ck_assert_int_eq(result.verdict.fault, VERDICT_GOOD);
	buf_reset(&b);
	jpeg_make(&b, 60000, 60000);
	scan("a.jpg", &b);
	ck_assert_int_eq(result.verdict.fault, VERDICT_TOO_LARGE);
	ck_assert_int_eq(result.verdict.what, VERDICT_PIXELS);
	buf_free(&b);
	stop();
}
END_TEST

START_TEST(sizes)
{
	struct buf none = { .max = 1 };
	int fd;

	start();
	scan("a.txt", &none);
	ck_assert_int_eq(result.verdict.fault, VERDICT_EMPTY);
	fd = file_of(&none);
	ck_assert_int_eq(ftruncate(fd, (off_t)CHILD_DOCUMENT + 1), 0);
	ck_assert_int_eq(
	    scan_file(program, fd, "a.txt", arena, &result), ERR_OK);
	ck_assert_int_eq(result.verdict.fault, VERDICT_TOO_LARGE);
	ck_assert_int_eq(result.verdict.named, FORMAT_TXT);
	/* Zeros are no text; the largest that is looked at. */
	ck_assert_int_eq(ftruncate(fd, (off_t)CHILD_DOCUMENT), 0);
	ck_assert_int_eq(
	    scan_file(program, fd, "a.txt", arena, &result), ERR_OK);
	ck_assert_int_eq(result.verdict.fault, VERDICT_BROKEN);
	close(fd);
	stop();
}
END_TEST

/* What is no file is not looked at. */
START_TEST(not_a_file)
{
	int ends[2];

	start();
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(
	    scan_file(program, ends[0], "a.txt", arena, &result), ERR_OK);
	ck_assert_int_eq(result.verdict.fault, VERDICT_UNREADABLE);
	stop();
}
END_TEST

START_TEST(bomb)
{
	size_t len = 40 * 1024 * 1024;
	char *zeros = calloc(1, len);
	struct zip z;

	start();
	ck_assert_ptr_nonnull(zeros);
	zip_init(&z);
	zip_add_odd(&z, "a.txt", zeros, len,
	    &(const struct zip_odd){ .is_deflated = true });
	zip_end(&z);
	ck_assert_uint_gt(len / z.out.len, 1000);
	scan("a.zip", &z.out);
	ck_assert_int_eq(result.verdict.fault, VERDICT_TOO_LARGE);
	ck_assert_int_eq(result.verdict.what, VERDICT_RATIO);
	zip_free(&z);
	free(zeros);
	stop();
}
END_TEST

/* ---- documents without end ----------------------------------------------------- */

/*
 * The time on the wall: client ends child, and with it pdftotext, which
 * becomes ours to bury.
 */
START_TEST(endless_by_wall)
{
	struct buf b = { .max = DOCUMENT_MAX };
	int fd, status = 0;
	int64_t from;

	start();
	ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	pdf_make_endless(&b, 18, "q Q");
	fd = file_of(&b);
	from = clock_steady();
	ck_assert_int_eq(
	    scan_file_within(arena, program, fd, "a.pdf", 3000, &result),
	    ERR_OK);
	ck_assert_int_lt(clock_steady() - from, 10 * CLOCK_S);
	ck_assert_int_eq(result.verdict.fault, VERDICT_LIMIT);
	ck_assert_int_gt(waitpid(-1, &status, 0), 0);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	ck_assert_int_eq(waitpid(-1, NULL, 0), -1);
	close(fd);
	buf_free(&b);
	stop();
}
END_TEST

/*
 * The processor's time, made shorter for the test.  Why is logged, also to a
 * file, though the child may let none grow.
 */
START_TEST(endless_by_processor)
{
	struct rlimit second = { 1, 2 };
	struct buf b = { .max = DOCUMENT_MAX }, log = { .max = 100000 };
	char path[UNIT_PATH];
	int fd;

	start();
	unit_path(path, dir, "log");
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
	ck_assert_int_eq(write(fd, "before\n", 7), 7);
	ck_assert_int_eq(dup2(fd, STDERR_FILENO), STDERR_FILENO);
	ck_assert_int_eq(setrlimit(RLIMIT_CPU, &second), 0);
	pdf_make_endless(&b, 18, "q Q");
	scan("a.pdf", &b);
	ck_assert_int_eq(result.verdict.fault, VERDICT_LIMIT);
	ck_assert_int_eq(file_read(path, &log), ERR_OK);
	ck_assert_ptr_nonnull(strstr(log.data, "pdftotext ended by signal"));
	buf_free(&log);
	buf_free(&b);
	stop();
}
END_TEST

/* ---- programs in its place ------------------------------------------------------ */

static void
make_reply(void)
{
	struct verdict v = { .fault = VERDICT_GOOD, .named = FORMAT_TXT };
	char path[UNIT_PATH];
	struct buf b;
	FILE *f;

	buf_init(&b, REPLY_MAX);
	reply_write(&b, &v, "text", 4);
	unit_path(path, dir, "reply");
	f = fopen(path, "wb");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(b.data, 1, b.len, f), b.len);
	ck_assert_int_eq(fclose(f), 0);
	buf_free(&b);
}

static void
make_program(const char *script)
{
	char text[2 * UNIT_PATH];

	snprintf(
	    text, sizeof(text), "#!/bin/sh\nreply=%s/reply\n%s\n", dir, script);
	unit_file(dir, "program", text, program);
	ck_assert_int_eq(chmod(program, 0700), 0);
}

#define REPLY "/bin/cat $reply"

static const struct {
	const char *script;
	enum verdict_fault fault;
} programs[] = {
	{ REPLY, VERDICT_GOOD },
	{ "exit 0", VERDICT_UNREADABLE },
	{ "exit 70", VERDICT_UNREADABLE },
	{ REPLY "; exit 1", VERDICT_UNREADABLE },
	{ REPLY "; kill -9 $$", VERDICT_UNREADABLE },
	{ REPLY "; echo more", VERDICT_UNREADABLE },
	{ "/usr/bin/head -c 10 $reply", VERDICT_UNREADABLE },
	{ "kill -SEGV $$", VERDICT_UNREADABLE },
	{ "kill -SYS $$", VERDICT_UNREADABLE },
	{ "kill -XCPU $$", VERDICT_LIMIT },
	{ "echo ENSC and no more", VERDICT_UNREADABLE },
	{ "exec /usr/bin/yes", VERDICT_UNREADABLE },
	{ "exec /bin/sleep 100", VERDICT_LIMIT },
	{ REPLY "; exec /bin/sleep 100", VERDICT_LIMIT },
	{ REPLY "; exec >&-; exec /bin/sleep 100", VERDICT_LIMIT },
	{ "[ $# -eq 1 ] && [ \"$1\" = 'a b.txt' ] && " REPLY, VERDICT_GOOD },
	{ "[ -e /proc/self/fd/9 ] && " REPLY, VERDICT_UNREADABLE },
	{ "[ -n \"$BUILD\" ] && " REPLY, VERDICT_UNREADABLE },
	{ "[ \"$(/bin/cat)\" = document ] && " REPLY, VERDICT_GOOD },
};

START_TEST(other_program)
{
	struct buf b = { .max = 100 };
	/* Short only where it must run out: machines are busy. */
	int wall_ms = programs[_i].fault == VERDICT_LIMIT ? 700 : 20000;
	int fd, before;
	int64_t from;

	start();
	setenv("BUILD", "secret", 1);
	make_reply();
	make_program(programs[_i].script);
	buf_adds(&b, "document");
	fd = file_of(&b);
	lseek(fd, 0, SEEK_SET);
	ck_assert_int_eq(dup2(fd, 9), 9);
	before = open_files();
	from = clock_steady();
	ck_assert_int_eq(
	    scan_file_within(arena, program, fd, "a b.txt", wall_ms, &result),
	    ERR_OK);
	ck_assert_int_lt(clock_steady() - from, 10 * CLOCK_S);
	ck_assert_int_eq(result.verdict.fault, programs[_i].fault);
	ck_assert_str_eq(
	    result.text, programs[_i].fault == VERDICT_GOOD ? "text" : "");
	ck_assert_int_eq(open_files(), before);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
	close(fd);
	buf_free(&b);
	stop();
}
END_TEST

START_TEST(no_program)
{
	start();
	unit_path(program, dir, "none");
	ck_assert_int_eq(
	    scan_file(program, 0, "a.txt", arena, &result), ERR_INTERNAL);
	ck_assert_int_eq(result.verdict.fault, VERDICT_UNREADABLE);
	ck_assert_str_eq(result.text, "");
	stop();
}
END_TEST

UNIT_MAIN("scan", UNIT(pdf), UNIT_ROWS(plain_text, names), UNIT(office),
    UNIT(pictures), UNIT(sizes), UNIT(not_a_file), UNIT(bomb),
    UNIT(endless_by_wall), UNIT(endless_by_processor),
    UNIT_ROWS(other_program, programs), UNIT(no_program))
