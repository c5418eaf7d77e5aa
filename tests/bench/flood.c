/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flood PORT CONNECTIONS COOKIE CSRF: tries to sign in, again and again, as
 * people who do not exist, each time from another address (127.x.y.z), so
 * that neither nginx nor a bucket of tries stops it and each try costs a
 * hash.  At SIGTERM it prints how many answers of each status came.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STATUS_MAX = 600, CONNECTIONS_MAX = 200 };

static volatile sig_atomic_t is_over;

static void
on_end(int signo)
{
	(void)signo;
	is_over = 1;
}

static struct sockaddr_in
address(unsigned host, unsigned port)
{
	struct sockaddr_in in = { .sin_family = AF_INET };

	in.sin_addr.s_addr = htonl(host);
	in.sin_port = htons((unsigned short)port);
	return in;
}

/* From an address of its own; the status, or 0. */
static int
try_once(unsigned port, unsigned from, const char *request, size_t len)
{
	struct sockaddr_in source = address(0x7f000000u | from, 0);
	struct sockaddr_in to = address(INADDR_LOOPBACK, port);
	char answer[4096];
	ssize_t n;
	int status = 0, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return 0;
	if (bind(fd, (struct sockaddr *)&source, sizeof(source)) == 0 &&
	    connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 &&
	    write(fd, request, len) == (ssize_t)len &&
	    (n = read(fd, answer, sizeof(answer) - 1)) > 0) {
		answer[n] = '\0';
		if (strncmp(answer, "HTTP/1.", 7) == 0 && n > 12)
			status = (int)strtol(answer + 9, NULL, 10);
		while (read(fd, answer, sizeof(answer)) > 0)
			;
	}
	close(fd);
	return status >= 0 && status < STATUS_MAX ? status : 0;
}

static void
keep_trying(unsigned port, unsigned number, char **keys, unsigned *counts)
{
	char body[512], request[1024];
	unsigned from;
	int len;

	for (unsigned i = 0; !is_over; i++) {
		from = 0x00010101u + number * 0x00010000u + (i % 60000u);
		len = snprintf(body, sizeof(body),
		    "csrf=%s&email=nobody-%u-%u%%40flood.example"
		    "&password=correct-horse-battery-staple-%u",
		    keys[1], number, i, i);
		len = snprintf(request, sizeof(request),
		    "POST /sign-in HTTP/1.0\r\nHost: localhost\r\n"
		    "Cookie: __Host-visit=%s\r\nContent-Type: "
		    "application/x-www-form-urlencoded\r\n"
		    "Content-Length: %d\r\n\r\n%s",
		    keys[0], len, body);
		__atomic_fetch_add(
		    &counts[try_once(port, from, request, (size_t)len)], 1,
		    __ATOMIC_RELAXED);
	}
}

int
main(int argc, char **argv)
{
	const struct sigaction end = { .sa_handler = on_end };
	unsigned *counts, port, connections;

	if (argc != 5)
		return 2;
	port = (unsigned)strtoul(argv[1], NULL, 10);
	connections = (unsigned)strtoul(argv[2], NULL, 10);
	if (connections > CONNECTIONS_MAX)
		return 2;
	counts = mmap(NULL, STATUS_MAX * sizeof(*counts),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (counts == MAP_FAILED)
		return 1;
	sigaction(SIGTERM, &end, NULL);
	for (unsigned i = 0; i < connections; i++) {
		if (fork() != 0)
			continue;
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		keep_trying(port, i, argv + 3, counts);
		return 0;
	}
	while (!is_over)
		pause();
	signal(SIGTERM, SIG_IGN);
	kill(0, SIGTERM); /* its own process group */
	while (wait(NULL) > 0)
		;
	for (int i = 0; i < STATUS_MAX; i++)
		if (counts[i] > 0)
			printf("%d %u\n", i, counts[i]);
	return 0;
}
