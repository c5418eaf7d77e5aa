/* SPDX-License-Identifier: Apache-2.0 */
/* Against a clamd of our own that says what each row wants. */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "base/log.h"
#include "scan/clamd.h"
#include "unit.h"

enum { DOCUMENT = 200001 };

static char dir[UNIT_PATH], path[UNIT_PATH];

static char
byte_at(size_t i)
{
	return (char)(i * 7 + i / 256);
}

static int
document(void)
{
	FILE *f = tmpfile();
	int fd;

	ck_assert_ptr_nonnull(f);
	for (size_t i = 0; i < DOCUMENT; i++)
		putc(byte_at(i), f);
	ck_assert_int_eq(fflush(f), 0);
	fd = dup(fileno(f));
	fclose(f);
	return fd;
}

static bool
take(int s, void *to, size_t len)
{
	return len == 0 || recv(s, to, len, MSG_WAITALL) == (ssize_t)len;
}

/* True when all of the document came, in pieces, with its end. */
static bool
take_document(int s)
{
	static char piece[1 << 20];
	uint8_t head[4];
	char command[10];
	size_t all = 0, n;

	if (!take(s, command, 10) || memcmp(command, "zINSTREAM", 10) != 0)
		return false;
	for (;;) {
		if (!take(s, head, 4))
			return false;
		n = (size_t)head[0] << 24 | (size_t)head[1] << 16 |
		    (size_t)head[2] << 8 | head[3];
		if (n == 0)
			return all == DOCUMENT;
		if (n > sizeof(piece) || !take(s, piece, n))
			return false;
		for (size_t i = 0; i < n; i++)
			if (piece[i] != byte_at(all + i))
				return false;
		all += n;
	}
}

static const struct {
	const char *says;
	size_t len;
	bool is_early; /* without having listened */
	enum clamd_answer is;
	const char *name;
} rows[] = {
#define SAYS(s) s, sizeof(s)	  /* with its NUL */
#define STOPS(s) s, sizeof(s) - 1 /* without */
	{ SAYS("stream: OK"), false, CLAMD_CLEAN, "" },
	{ SAYS("stream: Win.Test.EICAR_HDB-1 FOUND"), false, CLAMD_INFECTED,
	    "Win.Test.EICAR_HDB-1" },
	{ SAYS("stream: a\nb FOUND"), false, CLAMD_INFECTED, "" },
	{ SAYS("stream:  FOUND"), false, CLAMD_UNKNOWN, "" },
	{ SAYS("INSTREAM size limit exceeded. ERROR"), true, CLAMD_UNKNOWN,
	    "" },
	{ SAYS("stream: OK, nearly"), false, CLAMD_UNKNOWN, "" },
	{ SAYS("stream: "), false, CLAMD_UNKNOWN, "" },
	{ SAYS("OK"), false, CLAMD_UNKNOWN, "" },
	{ SAYS(""), false, CLAMD_UNKNOWN, "" },
	{ STOPS("stream: OK"), false, CLAMD_UNKNOWN, "" },
	{ STOPS(""), false, CLAMD_UNKNOWN, "" },
	{ STOPS(""), true, CLAMD_UNKNOWN, "" },
};

/* One question, one answer; the process that gives it. */
static pid_t
serve(int row)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int s = socket(AF_UNIX, SOCK_STREAM, 0), c;
	pid_t pid;

	memcpy(at.sun_path, path, strlen(path) + 1);
	ck_assert_int_eq(bind(s, (struct sockaddr *)&at, sizeof(at)), 0);
	ck_assert_int_eq(listen(s, 1), 0);
	if ((pid = fork()) != 0) {
		close(s);
		return pid;
	}
	c = accept(s, NULL, NULL);
	if (rows[row].is_early || take_document(c))
		send(c, rows[row].says, rows[row].len, MSG_NOSIGNAL);
	_exit(0);
}

static void
start(void)
{
	log_open("test", LOG_ERROR);
	unit_scratch(dir);
	unit_path(path, dir, "clamd");
	ck_assert_uint_lt(strlen(path), 100);
}

START_TEST(answers)
{
	char name[CLAMD_NAME] = "left over";
	int fd = document();
	pid_t pid;

	start();
	lseek(fd, 7, SEEK_SET);
	pid = serve(_i);
	ck_assert_int_eq(clamd_ask(path, fd, name), rows[_i].is);
	ck_assert_str_eq(name, rows[_i].name);
	ck_assert_int_eq(lseek(fd, 0, SEEK_CUR), 7);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	close(fd);
	unit_remove(dir);
}
END_TEST

START_TEST(long_name)
{
	char name[CLAMD_NAME];

	start();
	ck_assert_int_eq(clamd_ask(path, 0, name), CLAMD_UNKNOWN);
	memset(path, 'a', UNIT_PATH - 1);
	path[UNIT_PATH - 1] = '\0';
	ck_assert_int_eq(clamd_ask(path, 0, name), CLAMD_UNKNOWN);
	ck_assert_str_eq(name, "");
	unit_remove(dir);
}
END_TEST

/* A file that cannot be read is not clean. */
START_TEST(unreadable)
{
	char name[CLAMD_NAME];
	pid_t pid;

	start();
	pid = serve(0);
	ck_assert_int_eq(clamd_ask(path, -1, name), CLAMD_UNKNOWN);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	unit_remove(dir);
}
END_TEST

UNIT_MAIN("clamd", UNIT_ROWS(answers, rows), UNIT(long_name), UNIT(unreadable))
