/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/clamd.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"

enum {
	HEAD = 4, /* length of a piece, big-endian */
	PIECE = 64 * 1024,
	ANSWER = 1024
};

static const char where[] = "clamd";

static void
complain(const char *what)
{
	log_line(LOG_ERROR, where, "%s: %s", what, strerror(errno));
}

static int
dial(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct timeval wait = { .tv_sec = CLAMD_WAIT_S };
	int s;

	if (strlen(path) >= sizeof(to.sun_path)) {
		log_line(LOG_ERROR, where, "the socket's path is too long");
		return -1;
	}
	memcpy(to.sun_path, path, strlen(path) + 1);
	if ((s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) == -1) {
		complain("socket");
		return -1;
	}
	if (setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait)) == 0 &&
	    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) == 0 &&
	    connect(s, (const struct sockaddr *)&to, sizeof(to)) == 0)
		return s;
	complain("connect");
	close(s);
	return -1;
}

static bool
send_all(int s, const uint8_t *bytes, size_t len)
{
	ssize_t n;

	while (len > 0) {
		n = send(s, bytes, len, MSG_NOSIGNAL);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

/* A piece of no byte ends the stream. */
static bool
send_piece(int s, uint8_t *piece, size_t len)
{
	for (int i = 0; i < HEAD; i++)
		piece[i] = (uint8_t)(len >> (8 * (HEAD - 1 - i)));
	return send_all(s, piece, HEAD + len);
}

/*
 * False when the file could not be read.  When clamd hangs up (at its size
 * limit, say) its answer is still there, and says why.
 */
static bool
send_file(int s, int fd)
{
	static const char command[] = "zINSTREAM"; /* with its NUL */
	uint8_t piece[HEAD + PIECE];
	off_t at = 0;
	ssize_t n;

	if (!send_all(s, (const uint8_t *)command, sizeof(command)))
		return true;
	while ((n = pread(fd, piece + HEAD, PIECE, at)) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			complain("read");
			return false;
		}
		if (!send_piece(s, piece, (size_t)n))
			return true;
		at += n;
	}
	send_piece(s, piece, 0);
	return true;
}

/* To the NUL that ends it; false without one. */
static bool
receive(int s, char answer[ANSWER])
{
	size_t len = 0;
	ssize_t n;

	while (len < ANSWER) {
		n = recv(s, answer + len, ANSWER - len, 0);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0) {
			if (n == 0)
				errno = ECONNRESET;
			complain("no answer");
			return false;
		}
		len += (size_t)n;
		if (answer[len - 1] == '\0')
			return true;
	}
	log_line(LOG_ERROR, where, "the answer has no end");
	return false;
}

/* "stream: OK", "stream: Eicar-Signature FOUND", or what went wrong. */
static enum clamd_answer
read_answer(char *answer, char name[CLAMD_NAME])
{
	static const char head[] = "stream: ", found[] = " FOUND";
	char *from = answer + sizeof(head) - 1;
	size_t len;

	if (text_starts(answer, head) && strcmp(from, "OK") == 0)
		return CLAMD_CLEAN;
	len = strlen(answer);
	if (!text_starts(answer, head) ||
	    len < sizeof(head) + sizeof(found) - 1 ||
	    strcmp(answer + len - (sizeof(found) - 1), found) != 0) {
		log_line(LOG_ERROR, where, "it says: %s", answer);
		return CLAMD_UNKNOWN;
	}
	len = len - (sizeof(head) - 1) - (sizeof(found) - 1);
	if (len >= CLAMD_NAME)
		len = CLAMD_NAME - 1;
	if (text_ok(from, len, TEXT_LINE)) {
		memcpy(name, from, len);
		name[len] = '\0';
	}
	return CLAMD_INFECTED;
}

enum clamd_answer
clamd_ask(const char *socket_path, int fd, char name[CLAMD_NAME])
{
	enum clamd_answer is = CLAMD_UNKNOWN;
	char answer[ANSWER];
	int s;

	name[0] = '\0';
	if ((s = dial(socket_path)) == -1)
		return is;
	if (send_file(s, fd) && receive(s, answer))
		is = read_answer(answer, name);
	close(s);
	return is;
}

void
clamd_judge(const char *socket_path, int fd, struct verdict *verdict)
{
	char name[CLAMD_NAME];

	if (socket_path == NULL || verdict->fault != VERDICT_GOOD)
		return;
	switch (clamd_ask(socket_path, fd, name)) {
	case CLAMD_CLEAN:
		break;
	case CLAMD_INFECTED:
		verdict_refuse(
		    verdict, VERDICT_INFECTED, VERDICT_WHAT_NONE, name);
		break;
	case CLAMD_UNKNOWN:
		verdict_refuse(
		    verdict, VERDICT_UNASKED, VERDICT_WHAT_NONE, NULL);
		break;
	}
}
