/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A web server of a test's own, in a child, on a free port of 127.0.0.1: one
 * request at a time, each connection closed after its answer.  What it says is
 * a function's, which runs in the child: what that changes the test does not
 * see, but for a file.
 */
#ifndef UNIT_HTTP_SERVER_H
#define UNIT_HTTP_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "unit.h"

enum { HTTP_REQUEST = 256 * 1024 };

struct http_server {
	int port;
	pid_t pid;
};

/* Head and body as they came; what is added to the answer goes out as it is. */
typedef void http_handler(void *arg, const char *head, const char *body,
    size_t body_len, struct buf *answer);

/* Adds a whole answer. */
static inline void
http_answer(
    struct buf *out, const char *status, const char *type, const char *body)
{
	buf_addf(out,
	    "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
	    "Connection: close\r\n\r\n%s",
	    status, type, strlen(body), body);
}

static inline size_t
http_length(const char *head)
{
	const char *at = strcasestr(head, "\r\nContent-Length:");

	return at == NULL ? 0 : strtoul(at + 17, NULL, 10);
}

/* The length of the head, once it is there; else 0. */
static inline size_t
http_head(const struct buf *in)
{
	const char *end = in->len > 0 ? strstr(in->data, "\r\n\r\n") : NULL;

	return end == NULL ? 0 : (size_t)(end - in->data) + 4;
}

static inline bool
http_is_whole(const struct buf *in)
{
	const size_t head = http_head(in);

	return head > 0 && in->len >= head + http_length(in->data);
}

static inline void
http_serve_one(int fd, http_handler *handler, void *arg)
{
	char bytes[4096], *head;
	struct buf in, out;
	ssize_t n;

	buf_init(&in, HTTP_REQUEST);
	buf_init(&out, 4 * HTTP_REQUEST);
	while (!http_is_whole(&in) && (n = read(fd, bytes, sizeof(bytes))) > 0)
		buf_add(&in, bytes, (size_t)n);
	if (http_is_whole(&in)) {
		const size_t len = http_head(&in);

		head = strndup(in.data, len);
		handler(arg, head, in.data + len, in.len - len, &out);
		free(head);
	}
	/* Who does not want all of it closes: that is the test's matter. */
	for (size_t at = 0; at < out.len; at += (size_t)n)
		if ((n = send(fd, out.data + at, out.len - at, MSG_NOSIGNAL)) <=
		    0)
			break;
	buf_free(&in);
	buf_free(&out);
}

static inline int
http_listen(int *port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(
	    bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(listen(fd, 64), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&address, &len), 0);
	*port = ntohs(address.sin_port);
	return fd;
}

static inline void
http_start(struct http_server *s, http_handler *handler, void *arg)
{
	const int fd = http_listen(&s->port);
	int client;

	s->pid = fork();
	ck_assert_int_ge(s->pid, 0);
	if (s->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while ((client = accept(fd, NULL, NULL)) != -1) {
			http_serve_one(client, handler, arg);
			close(client);
		}
		_exit(1);
	}
	close(fd);
}

static inline void
http_end(struct http_server *s)
{
	int status;

	ck_assert_int_eq(kill(s->pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(s->pid, &status, 0), s->pid);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

/* "http://127.0.0.1:<port><path>" */
static inline const char *
http_url(const struct http_server *s, const char *path, char out[UNIT_PATH])
{
	snprintf(out, UNIT_PATH, "http://127.0.0.1:%d%s", s->port, path);
	return out;
}

#endif
