/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/serve.h"

enum {
	PATIENCE_S = 30,
	SEGMENT_MAX = 40,
	HEADERS_MAX = 16 * 1024,
	/* FastCGI 1.0 §3.3: a content has 65535 bytes at most. */
	RECORD_HEADER = 8,
	RECORD_MAX = 65528
};

static const char where[] = "serve";

/*
 * A signal that comes between the library's look at its flag and accept()
 * would be slept over; the timer repeats it until the loop has seen it.
 */
static void
on_end(int signo)
{
	const struct itimerval again = { { 1, 0 }, { 1, 0 } };

	(void)signo;
	FCGX_ShutdownPending();
	setitimer(ITIMER_REAL, &again, NULL);
}

static void
on_alarm(int signo)
{
	(void)signo;
}

static bool
set_signals(void)
{
	struct sigaction end, alarm, ignore;

	memset(&end, 0, sizeof(end));
	sigemptyset(&end.sa_mask);
	alarm = ignore = end; /* none has SA_RESTART: accept() must return */
	end.sa_handler = on_end;
	alarm.sa_handler = on_alarm;
	ignore.sa_handler = SIG_IGN;
	/* multiwatch 1.0 ends its children by SIGQUIT, whatever -s says. */
	return sigaction(SIGTERM, &end, NULL) == 0 &&
	    sigaction(SIGINT, &end, NULL) == 0 &&
	    sigaction(SIGQUIT, &end, NULL) == 0 &&
	    sigaction(SIGALRM, &alarm, NULL) == 0 &&
	    sigaction(SIGPIPE, &ignore, NULL) == 0;
}

static long
read_body(void *from, void *into, size_t size)
{
	FCGX_Stream *in = from;
	int n;

	n = FCGX_GetStr(into, size > INT_MAX ? INT_MAX : (int)size, in);
	if (n <= 0 && FCGX_GetError(in) != 0)
		return -1;
	return n;
}

/* Nothing half-sent or half-read may hold a worker for ever. */
static void
set_patience(int fd)
{
	const struct timeval wait = { PATIENCE_S, 0 };

	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait)))
		log_line(
		    LOG_WARNING, where, "no time-out: %s", strerror(errno));
}

/* ---- answers ---------------------------------------------------------- */

enum record { RECORD_END = 3, RECORD_STDOUT = 6 };

static void
add_record(struct buf *out, enum record type, int request, const void *content,
    size_t len)
{
	const unsigned char header[RECORD_HEADER] = { 1, (unsigned char)type,
		(unsigned char)(request >> 8), (unsigned char)request,
		(unsigned char)(len >> 8), (unsigned char)len, 0, 0 };

	buf_add(out, header, sizeof(header));
	buf_add(out, content, len);
}

static void
add_stream(struct buf *out, int request, const struct buf *text)
{
	size_t n;

	for (size_t at = 0; at < text->len; at += n) {
		n = text->len - at;
		if (n > RECORD_MAX)
			n = RECORD_MAX;
		add_record(out, RECORD_STDOUT, request, text->data + at, n);
	}
}

static bool
write_all(int fd, const struct buf *wire)
{
	ssize_t n;

	for (size_t at = 0; at < wire->len; at += (size_t)n) {
		n = write(fd, wire->data + at, wire->len - at);
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n <= 0)
			return false;
	}
	return true;
}

/*
 * All of an answer, its end included, in one piece: the library's own stream
 * makes a record and a system call of every 8 KiB, each of which wakes nginx.
 */
static bool
send_wire(FCGX_Request *r, struct buf *wire, const struct buf *headers,
    const struct buf *body)
{
	static const unsigned char complete[8] = { 0 }; /* FastCGI 1.0 §5.5 */

	buf_rest(wire, RESP_KEPT_BYTES);
	add_stream(wire, r->requestId, headers);
	if (body != NULL)
		add_stream(wire, r->requestId, body);
	add_record(wire, RECORD_STDOUT, r->requestId, NULL, 0);
	add_record(wire, RECORD_END, r->requestId, complete, sizeof(complete));
	return !wire->overflow && write_all(r->ipcFd, wire);
}

struct server {
	serve_handler *handle;
	void *state;
	struct arena *arena;
	struct resp resp;
	struct buf headers, wire;
	const char *last_page;
	/* The one under way, until it is answered. */
	FCGX_Request *asking;
	struct req req;
	int64_t start;
};

static void
send_answer(struct server *s, FCGX_Request *r, const struct req *req)
{
	struct resp *resp = &s->resp;
	struct buf *headers = &s->headers;

	buf_reset(headers);
	if (resp->body.overflow || resp_headers(resp, headers) != ERR_OK) {
		log_line(LOG_ERROR, where, "an answer that cannot go out");
		resp_reset(resp);
		resp->status = 500;
		buf_reset(headers);
		if (resp_headers(resp, headers) != ERR_OK)
			return;
	}
	if (!send_wire(r, &s->wire, headers, req->is_head ? NULL : &resp->body))
		log_line(LOG_INFO, where, "the client went away");
}

/* Only the first segment: what follows may be an invitation's token. */
static void
log_request(const struct req *req, const struct resp *resp, int64_t us)
{
	size_t len = 1 + strcspn(req->path + 1, "/");

	log_line(LOG_INFO, where, "%s %.*s%s %d %zu %lld",
	    req->is_head		     ? "HEAD"
		: req->method == METHOD_POST ? "POST"
					     : "GET",
	    (int)(len < SEGMENT_MAX ? len : SEGMENT_MAX), req->path,
	    req->path[len] == '/' ? "/..." : "", resp->status,
	    req->is_head ? (size_t)0 : resp->body.len, (long long)us);
}

/*
 * Not by FCGX_Finish_r(), which would send the end again.  Where nothing can
 * be left unread, nobody needs to wait for nginx to hang up, too.
 */
static void
hang_up(FCGX_Request *r, bool is_read)
{
	if (!is_read) {
		FCGX_Free(r, 1);
		return;
	}
	close(r->ipcFd);
	r->ipcFd = -1;
	FCGX_Free(r, 0);
}

static void
answer(struct server *s, FCGX_Request *r)
{
	struct body body = { read_body, r->in, 0 };
	struct req *req = &s->req;
	enum err parsed;

	s->start = clock_steady();
	set_patience(r->ipcFd);
	resp_reset(&s->resp);
	parsed = req_parse(s->arena, r->envp, &body, req);
	s->asking = r;
	s->handle(s->state, req, parsed, &s->resp);
	s->asking = NULL;
	send_answer(s, r, req);
	hang_up(r, parsed == ERR_OK && req->body.length == 0);
	log_request(req, &s->resp, clock_steady() - s->start);
	arena_reset(s->arena);
}

/* The process ends with what the handler holds; nothing of that is asked. */
static void
answer_last(void *state)
{
	struct server *s = state;

	if (s->asking == NULL)
		return;
	resp_reset(&s->resp);
	s->resp.status = 500;
	buf_adds(&s->resp.body, s->last_page);
	send_answer(s, s->asking, &s->req);
	log_request(&s->req, &s->resp, clock_steady() - s->start);
}

enum err
serve(serve_handler *handle, void *state, size_t arena_bytes,
    const char *last_page)
{
	struct server s = {
		.handle = handle, .state = state, .last_page = last_page
	};
	FCGX_Request r;

	if (FCGX_Init() != 0 || FCGX_InitRequest(&r, 0, 0) != 0 ||
	    !set_signals()) {
		log_line(LOG_ERROR, where, "FastCGI does not start");
		return ERR_INTERNAL;
	}
	s.arena = arena_new(arena_bytes);
	resp_init(&s.resp);
	buf_init(&s.headers, HEADERS_MAX);
	buf_init(&s.wire, SIZE_MAX / 2);
	arena_before_end(answer_last, &s);
	while (FCGX_Accept_r(&r) == 0)
		answer(&s, &r);
	arena_before_end(NULL, NULL);
	FCGX_Free(&r, 1);
	buf_free(&s.headers);
	buf_free(&s.wire);
	resp_free(&s.resp);
	arena_free(s.arena);
	return ERR_OK;
}
