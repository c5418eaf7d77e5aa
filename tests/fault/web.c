/* SPDX-License-Identifier: Apache-2.0 */
#include "web.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

enum { ANSWER_BYTES = 8 << 20, TRIES = 400, PAUSE_MS = 25, PATIENCE_S = 40 };

static int to_port;
static int from_addresses;
static struct buf request, received;

void
web_start(int port, int addresses)
{
	to_port = port;
	from_addresses = addresses;
	buf_init(&request, ANSWER_BYTES);
	buf_init(&received, ANSWER_BYTES);
}

void
web_visitor(struct web *w)
{
	memset(w, 0, sizeof(*w));
	w->is_visitor = true;
	token_new(w->token);
}

void
web_member(struct web *w, const char *token)
{
	memset(w, 0, sizeof(*w));
	snprintf(w->token, sizeof(w->token), "%s", token);
}

/* ---- the wire -------------------------------------------------------- */

static int
dial(void)
{
	static unsigned turn;
	struct sockaddr_in from = { .sin_family = AF_INET };
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)to_port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const struct timeval wait = { PATIENCE_S, 0 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd == -1)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
	if (from_addresses > 0) {
		from.sin_addr.s_addr = htonl(0x7f010000u +
		    ((unsigned)getpid() * 37 + turn++) %
			(unsigned)from_addresses);
		if (bind(fd, (struct sockaddr *)&from, sizeof(from)) != 0)
			goto bad;
	}
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
		return fd;
bad:
	close(fd);
	return -1;
}

static void
exchange(int fd)
{
	char piece[16384];
	size_t sent = 0;
	ssize_t n;

	while (sent < request.len &&
	    (n = send(fd, request.data + sent, request.len - sent,
		 MSG_NOSIGNAL)) > 0)
		sent += (size_t)n;
	while ((n = recv(fd, piece, sizeof(piece), 0)) > 0)
		buf_add(&received, piece, (size_t)n);
}

/* HTTP/1.0 has no chunks: the end of the connection is the end. */
static void
split(struct web_answer *a)
{
	char *gap, *length;

	memset(a, 0, sizeof(*a));
	a->head = a->body = "";
	if (received.len == 0 || received.overflow ||
	    (gap = strstr(received.data, "\r\n\r\n")) == NULL)
		return;
	*gap = '\0';
	a->head = received.data;
	a->body = gap + 4;
	a->len = received.len - (size_t)(a->body - received.data);
	length = strcasestr(received.data, "\r\ncontent-length:");
	if (length != NULL && strtoul(length + 17, NULL, 10) != a->len)
		return;
	if (strncmp(received.data, "HTTP/1.", 7) == 0)
		a->status = (int)strtol(received.data + 9, NULL, 10);
}

static void
ask(struct web_answer *a)
{
	int fd = dial();

	buf_reset(&received);
	if (fd != -1) {
		exchange(fd);
		close(fd);
	}
	split(a);
}

static void
start_request(const struct web *w, const char *method, const char *path)
{
	buf_reset(&request);
	buf_addf(&request,
	    "%s %s HTTP/1.0\r\nHost: localhost\r\nUser-Agent: fault\r\n"
	    "Sec-Fetch-Site: same-origin\r\nCookie: %s=%s%s%s\r\n",
	    method, path, w->is_visitor ? "__Host-visit" : "__Host-sid",
	    w->token, w->more[0] != '\0' ? "; " : "", w->more);
}

void
web_get(const struct web *w, const char *path, struct web_answer *a)
{
	start_request(w, "GET", path);
	buf_adds(&request, "\r\n");
	ask(a);
}

/* ---- forms ----------------------------------------------------------- */

static void
encode(struct buf *out, const char *text)
{
	static const char plain[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

	for (; *text != '\0'; text++)
		if (strchr(plain, *text) != NULL)
			buf_add(out, text, 1);
		else
			buf_addf(out, "%%%02X", (unsigned char)*text);
}

static void
keys(const struct web *w, char csrf[TOKEN_TEXT], char once[TOKEN_TEXT])
{
	if (csrf_token(w->token, csrf) != ERR_OK)
		abort();
	token_new(once);
}

static void
add_body(const struct buf *body, const char *type)
{
	buf_addf(&request, "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
	    type, body->len);
	buf_add(&request, body->data, body->len);
}

void
web_post(const struct web *w, const char *path, const char *const *fields,
    int *doubts, struct web_answer *a)
{
	const struct timespec pause = { 0, PAUSE_MS * 1000000L };
	char csrf[TOKEN_TEXT], once[TOKEN_TEXT];
	struct buf body;

	keys(w, csrf, once);
	buf_init(&body, ANSWER_BYTES);
	buf_addf(&body, "csrf=%s&once=%s", csrf, once);
	for (; fields[0] != NULL; fields += 2) {
		buf_addf(&body, "&%s=", fields[0]);
		encode(&body, fields[1]);
	}
	for (int i = 0; i < TRIES; i++) {
		start_request(w, "POST", path);
		add_body(&body, "application/x-www-form-urlencoded");
		ask(a);
		if (doubts == NULL || (a->status != 0 && a->status < 502))
			break;
		++*doubts;
		nanosleep(&pause, NULL);
	}
	buf_free(&body);
}

void
web_upload(const struct web *w, const char *path, const void *bytes, size_t len,
    struct web_answer *a)
{
	static const char plain[] = "--limit\r\nContent-Disposition: form-data;"
				    " name=\"%s\"\r\n\r\n%s\r\n";
	char csrf[TOKEN_TEXT], once[TOKEN_TEXT];
	struct buf body;

	keys(w, csrf, once);
	buf_init(&body, ANSWER_BYTES);
	buf_addf(&body, plain, "csrf", csrf);
	buf_addf(&body, plain, "once", once);
	buf_adds(&body,
	    "--limit\r\nContent-Disposition: form-data;"
	    " name=\"file\"; filename=\"a.json\"\r\n"
	    "Content-Type: application/json\r\n\r\n");
	buf_add(&body, bytes, len);
	buf_adds(&body, "\r\n--limit--\r\n");
	start_request(w, "POST", path);
	add_body(&body, "multipart/form-data; boundary=limit");
	ask(a);
	buf_free(&body);
}

/* ---- what came back -------------------------------------------------- */

static bool
between(const char *text, const char *start, char end, char out[], size_t size)
{
	const char *from = strstr(text, start), *to;

	out[0] = '\0';
	if (from == NULL)
		return false;
	from += strlen(start);
	to = from;
	while (*to != '\0' && *to != end && *to != '\r')
		to++;
	if ((size_t)(to - from) >= size)
		return false;
	memcpy(out, from, (size_t)(to - from));
	out[to - from] = '\0';
	return true;
}

bool
web_between(const struct web_answer *a, const char *start, char end, char out[],
    size_t size)
{
	return between(a->body, start, end, out, size) ||
	    between(a->head, start, end, out, size);
}

void
web_cookie(
    const struct web_answer *a, const char *name, char out[], size_t size)
{
	char start[WEB_PATH];

	snprintf(start, sizeof(start), "Set-Cookie: %s=", name);
	between(a->head, start, ';', out, size);
}
