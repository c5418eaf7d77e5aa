/* SPDX-License-Identifier: Apache-2.0 */
/* One connection after the other; each is one request, one answer. */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "prog/signer.h"

static const char where[] = "signer";

/* What who is there may ask; 0: nothing. */
static unsigned
kinds_of(int fd, const struct signer_peers *peers)
{
	struct ucred who;
	socklen_t len = sizeof(who);
	unsigned kinds = 0;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) == -1)
		return 0;
	for (size_t i = 0; i < peers->n; i++)
		if (peers->uid[i] == who.uid)
			kinds |= peers->kinds[i];
	if (kinds == 0)
		log_line(LOG_WARNING, where, "user %lu may not ask",
		    (unsigned long)who.uid);
	return kinds;
}

/* Ready before `end_at`, in steady time. */
static bool
wait_for(int fd, short events, int64_t end_at)
{
	struct pollfd p = { .fd = fd, .events = events };
	int64_t left = (end_at - clock_steady()) / 1000;

	return left > 0 && poll(&p, 1, (int)left) > 0;
}

/* Exactly one request: not one byte less, and none behind. */
static bool
receive(int fd, uint8_t *bytes, int64_t end_at)
{
	size_t len = SIGNER_REQUEST;
	uint8_t more;
	ssize_t n;

	for (; len > 0; bytes += n, len -= (size_t)n) {
		if (!wait_for(fd, POLLIN, end_at))
			return false;
		n = recv(fd, bytes, len, MSG_DONTWAIT);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			n = 0;
		else if (n <= 0)
			return false;
	}
	return recv(fd, &more, 1, MSG_DONTWAIT) <= 0;
}

static void
answer(int fd, const uint8_t *bytes, int64_t end_at)
{
	size_t len = SIGNER_ANSWER;
	ssize_t n;

	for (; len > 0; bytes += n, len -= (size_t)n) {
		if (!wait_for(fd, POLLOUT, end_at))
			return;
		n = send(fd, bytes, len, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			n = 0;
		else if (n < 0)
			return;
	}
}

/* It was only seen whether somebody answers: that is no trouble. */
static bool
says_nothing(int fd)
{
	uint8_t byte;

	return recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static void
talk(struct signer *s, int fd, const struct signer_peers *peers)
{
	int64_t end_at = clock_steady() + SIGNER_READ_MS * INT64_C(1000);
	uint8_t in[SIGNER_REQUEST], out[SIGNER_ANSWER];
	unsigned kinds;

	if (says_nothing(fd) || (kinds = kinds_of(fd, peers)) == 0)
		return;
	if (!receive(fd, in, end_at) || !signer_answer(s, kinds, in, out)) {
		log_line(LOG_WARNING, where,
		    "what came was no request, or not one of this peer's");
		return;
	}
	answer(fd, out, clock_steady() + SIGNER_READ_MS * INT64_C(1000));
}

bool
signer_serve(struct signer *s, int listener, const struct signer_peers *peers,
    const volatile sig_atomic_t *is_over)
{
	struct pollfd p = { .fd = listener, .events = POLLIN };
	int fd;

	/* A signal interrupts it; one that comes before it is seen within a
	   second. */
	if (poll(&p, 1, 1000) > 0) {
		fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
		if (fd == -1 && errno != EINTR && errno != ECONNABORTED &&
		    errno != EAGAIN) {
			file_error(where, "accept");
			return false;
		}
		if (fd != -1) {
			talk(s, fd, peers);
			close(fd);
		}
	}
	return !*is_over;
}
