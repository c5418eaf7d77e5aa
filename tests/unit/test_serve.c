/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A real worker in a child process, spoken to in FastCGI as nginx does: one
 * request a connection (FastCGI specification 1.0).
 */
#include "unit.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>

#include "base/buf.h"
#include "base/log.h"
#include "web/serve.h"

enum { BEGIN = 1, END = 3, PARAMS = 4, STDIN = 5, STDOUT = 6, HEADER = 8 };

enum { ARENA_BYTES = 1024 * 1024, EXIT_SOFTWARE = 70 };

static char scratch[UNIT_PATH], address[UNIT_PATH + 20];
static pid_t worker;

/* Says what it was asked, and does what the path says. */
static void
handle(void *state, struct req *req, enum err parsed, struct resp *resp)
{
	char bytes[1000];
	size_t total = 0;
	long n;
	const struct timespec nap = { 0, 300 * 1000 * 1000 };

	if (strcmp(req->path, "/slow") == 0)
		while (nanosleep(&nap, NULL) != 0)
			;
	if (strcmp(req->path, "/hungry") == 0) {
		buf_adds(&resp->body, "half of it");
		arena_alloc(req->arena, 2 * ARENA_BYTES);
	}
	if (strcmp(req->path, "/split") == 0)
		resp->location = "/a\r\nX-Evil: 1";
	if (strcmp(req->path, "/unread") != 0)
		while ((n = req->body.read(
			    req->body.from, bytes, sizeof(bytes))) > 0)
			total += (size_t)n;
	resp->status = parsed == ERR_OK ? 200 : 400;
	buf_addf(&resp->body, "%s|%s|%zu|%s", req->path, err_name(parsed),
	    total, (const char *)state);
	if (strcmp(req->path, "/large") == 0)
		for (int i = 0; i < 300000; i++)
			buf_adds(&resp->body, "0123456789");
}

static void
start(void)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	char state[] = "state", log[UNIT_PATH + 20];
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	unit_scratch(scratch);
	snprintf(address, sizeof(address), "%s/s", scratch);
	snprintf(log, sizeof(log), "%s/log", scratch);
	snprintf(to.sun_path, sizeof(to.sun_path), "%.100s", address);
	ck_assert_int_eq(bind(fd, (const struct sockaddr *)&to, sizeof(to)), 0);
	ck_assert_int_eq(listen(fd, 16), 0);
	if ((worker = fork()) == 0) {
		dup2(fd, 0);
		close(fd);
		if (freopen(log, "w", stderr) == NULL)
			_exit(1);
		log_open("test", LOG_INFO);
		_exit(
		    serve(handle, state, ARENA_BYTES, "<p>Sorry</p>") == ERR_OK
			? 0
			: 1);
	}
	close(fd);
}

static char *
log_text(void)
{
	static char text[10000];
	char path[UNIT_PATH + 20];
	FILE *f;
	size_t n;

	snprintf(path, sizeof(path), "%s/log", scratch);
	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

/* The worker must end by itself, well, within three seconds. */
static void
end_with(int expected)
{
	const struct timespec nap = { 0, 10 * 1000 * 1000 };
	int status = -1, i;

	for (i = 0; i < 300 && waitpid(worker, &status, WNOHANG) == 0; i++)
		nanosleep(&nap, NULL);
	if (i == 300)
		kill(worker, SIGKILL);
	ck_assert_int_lt(i, 300);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), expected);
}

static void
end(void)
{
	end_with(0);
}

static void
record(struct buf *out, int type, const void *data, size_t len)
{
	const unsigned char head[HEADER] = { 1, (unsigned char)type, 0, 1,
		(unsigned char)(len >> 8), (unsigned char)len, 0, 0 };

	buf_add(out, head, sizeof(head));
	buf_add(out, data, len);
}

static void
param(struct buf *out, const char *name, const char *value)
{
	buf_addc(out, (char)strlen(name));
	buf_addc(out, (char)strlen(value));
	buf_adds(out, name);
	buf_adds(out, value);
}

static int
ask(const char *method, const char *path, size_t body)
{
	static const unsigned char begin[8] = { 0, 1 };
	static const char filler[1000];
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct buf params, out;
	char length[30];
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(to.sun_path, sizeof(to.sun_path), "%.100s", address);
	ck_assert_int_eq(
	    connect(fd, (const struct sockaddr *)&to, sizeof(to)), 0);
	buf_init(&params, 10000);
	buf_init(&out, 10000000);
	snprintf(length, sizeof(length), "%zu", body);
	param(&params, "REQUEST_METHOD", method);
	param(&params, "REQUEST_URI", path);
	param(&params, "HTTP_HOST", "localhost");
	param(&params, "CONTENT_LENGTH", body > 0 ? length : "");
	record(&out, BEGIN, begin, sizeof(begin));
	record(&out, PARAMS, params.data, params.len);
	record(&out, PARAMS, "", 0);
	for (size_t n = 0; n < body; n += 1000)
		record(&out, STDIN, filler, body - n < 1000 ? body - n : 1000);
	record(&out, STDIN, "", 0);
	ck_assert_int_eq(
	    send(fd, out.data, out.len, MSG_NOSIGNAL), (ssize_t)out.len);
	buf_free(&params);
	buf_free(&out);
	return fd;
}

static bool
get(int fd, void *into, size_t len)
{
	char *at = into;
	ssize_t n;

	for (; len > 0; at += n, len -= (size_t)n)
		if ((n = read(fd, at, len)) <= 0)
			return false;
	return true;
}

/* All of standard output, until the end record. */
static char *
answer(int fd)
{
	unsigned char head[HEADER], data[65536 + 256];
	struct buf out;

	buf_init(&out, 10000000);
	buf_adds(&out, "");
	for (;;) {
		size_t len;

		ck_assert(get(fd, head, sizeof(head)));
		len = (size_t)head[4] << 8 | head[5];
		ck_assert(get(fd, data, len + head[6]));
		if (head[1] == END)
			break;
		if (head[1] == STDOUT)
			buf_add(&out, data, len);
	}
	close(fd);
	return out.data;
}

static void
expect(const char *method, const char *path, size_t body, const char *part)
{
	char *text = answer(ask(method, path, body));

	if (strstr(text, part) == NULL)
		ck_abort_msg("no %s: %.500s", part, text);
	ck_assert_ptr_null(strstr(text, "X-Evil"));
	ck_assert_ptr_nonnull(strstr(text, "Content-Security-Policy: "));
	free(text);
}

START_TEST(serve_answers)
{
	char *text;

	start();
	expect("GET", "/a", 0, "Status: 200 OK\r\n");
	expect("GET", "/a", 0, "\r\n\r\n/a|ok|0|state");
	expect("POST", "/b", 100, "\r\n\r\n/b|ok|100|state");
	expect("POST", "/c", 150000, "\r\n\r\n/c|ok|150000|state");
	expect("POST", "/unread", 150000, "/unread|ok|0|state");
	expect("GET", "/a//b", 0, "\r\n\r\n/|malformed|0|state");
	expect("PUT", "/a", 0, "\r\n\r\n/a|method|0|state");
	expect("GET", "/split", 0, "Status: 500 ");
	expect("GET", "/large", 0, "Content-Length: 3000017\r\n");
	expect("GET", "/large", 0, "01234567890123456789");
	text = answer(ask("HEAD", "/a", 0));
	ck_assert_ptr_nonnull(strstr(text, "Content-Length: 13\r\n"));
	ck_assert_str_eq(strstr(text, "\r\n\r\n"), "\r\n\r\n");
	free(text);
	kill(worker, SIGTERM);
	end();
	unit_remove(scratch);
}
END_TEST

START_TEST(serve_logs)
{
	char *text;

	start();
	expect("GET", "/invitations/secret-token?q=secret-query", 0, "200");
	expect("POST", "/x", 10, "200");
	kill(worker, SIGINT);
	end();
	text = log_text();
	ck_assert_ptr_null(strstr(text, "secret"));
	ck_assert_ptr_nonnull(strstr(text, "GET /invitations/... 200 "));
	ck_assert_ptr_nonnull(strstr(text, "POST /x 200 14 "));
	unit_remove(scratch);
}
END_TEST

START_TEST(serve_ends_idle)
{
	start();
	expect("GET", "/a", 0, "200");
	kill(worker, SIGTERM);
	end();
	unit_remove(scratch);
}
END_TEST

/* A busy worker answers, and then goes. */
START_TEST(serve_ends_busy)
{
	const struct timespec nap = { 0, 100 * 1000 * 1000 };
	char *text;
	int fd;

	start();
	fd = ask("GET", "/slow", 0);
	nanosleep(&nap, NULL);
	kill(worker, SIGTERM);
	text = answer(fd);
	ck_assert_ptr_nonnull(strstr(text, "/slow|ok|0|state"));
	free(text);
	end();
	unit_remove(scratch);
}
END_TEST

/* One that asks for too much is told so; the worker ends. */
static const char *const methods[] = { "GET", "POST", "HEAD" };

START_TEST(serve_hungry)
{
	char *text, *body;

	start();
	text = answer(ask(methods[_i], "/hungry", _i == 1 ? 150000 : 0));
	ck_assert_ptr_nonnull(strstr(text, "Status: 500 "));
	ck_assert_ptr_nonnull(strstr(text, "Content-Security-Policy: "));
	ck_assert_ptr_nonnull(strstr(text, "Content-Length: 12\r\n"));
	body = strstr(text, "\r\n\r\n");
	ck_assert_str_eq(body, _i == 2 ? "\r\n\r\n" : "\r\n\r\n<p>Sorry</p>");
	free(text);
	end_with(EXIT_SOFTWARE);
	ck_assert_ptr_nonnull(strstr(log_text(), " /hungry 500 "));
	unit_remove(scratch);
}
END_TEST

/* One that goes away half way takes nobody with it. */
START_TEST(serve_client_leaves)
{
	start();
	for (int i = 0; i < 20; i++)
		close(ask("GET", i % 2 ? "/large" : "/slow", 0));
	expect("GET", "/a", 0, "/a|ok|0|state");
	kill(worker, SIGTERM);
	end();
	unit_remove(scratch);
}
END_TEST

UNIT_MAIN("serve", UNIT(serve_answers), UNIT(serve_logs), UNIT(serve_ends_idle),
    UNIT(serve_ends_busy), UNIT(serve_client_leaves),
    UNIT_ROWS(serve_hungry, methods))
