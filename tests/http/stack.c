/* SPDX-License-Identifier: Apache-2.0 */
#include "stack.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client.h"
#include "world.h"

enum { TRIES = 3, OUTPUT = 16 * 1024 };

/* Two that nobody listens on, as the kernel picks them. */
static void
free_ports(int ports[2])
{
	struct sockaddr_in address;
	socklen_t len = sizeof(address);
	int fd[2];

	for (int i = 0; i < 2; i++) {
		address = (struct sockaddr_in){ .sin_family = AF_INET,
			.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
		fd[i] = socket(AF_INET, SOCK_STREAM, 0);
		ck_assert_int_ne(fd[i], -1);
		ck_assert_int_eq(bind(fd[i], (void *)&address, len), 0);
		ck_assert_int_eq(getsockname(fd[i], (void *)&address, &len), 0);
		ports[i] = ntohs(address.sin_port);
	}
	close(fd[0]);
	close(fd[1]);
}

/* In the child.  It ends with the test, however that ends. */
static _Noreturn void
run(const char *name, const char *const *settings, const int ports[2])
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	putenv(textf("RUN_DIR=%s-%s", world.run_dir, name));
	putenv(textf("PORT=%d", ports[0]));
	putenv(textf("TLS_PORT=%d", ports[1]));
	putenv(textf("DEMO=no"));
	while (*settings != NULL)
		putenv(textf("%s", *settings++));
	execl("nginx/run", "nginx/run", (char *)NULL);
	_exit(127);
}

static void
start(struct stack *s, const char *name, const char *const *settings)
{
	int ports[2], out[2];

	free_ports(ports);
	ck_assert_int_eq(pipe2(out, O_CLOEXEC), 0);
	s->pid = fork();
	ck_assert_int_ne(s->pid, -1);
	if (s->pid == 0) {
		dup2(out[1], STDOUT_FILENO);
		dup2(out[1], STDERR_FILENO);
		run(name, settings, ports);
	}
	close(out[1]);
	s->output = out[0];
	s->http = textf("http://localhost:%d", ports[0]);
}

/* It says so when pages come; before, it may end. */
static bool
is_ready(struct stack *s, char said[OUTPUT])
{
	size_t len = 0;
	ssize_t n = 0;

	while (len < OUTPUT - 1) {
		n = read(s->output, said + len, OUTPUT - 1 - len);
		if (n == 0 || (n == -1 && errno != EINTR))
			break;
		len += n > 0 ? (size_t)n : 0;
		said[len] = '\0';
		if (strstr(said, "Ctrl-C") != NULL)
			return true;
	}
	said[len] = '\0';
	return false;
}

void
stack_open(struct stack *s, const char *name, const char *const *settings)
{
	static char said[OUTPUT];

	/* Somebody else may have taken a port in between. */
	for (int i = 0; i < TRIES; i++) {
		start(s, name, settings);
		if (is_ready(s, said)) {
			client_start(s->http, world.ca_file);
			return;
		}
		stack_close(s);
	}
	ck_abort_msg("nginx/run does not start: %s", said);
}

void
stack_close(struct stack *s)
{
	kill(s->pid, SIGTERM);
	while (waitpid(s->pid, NULL, 0) == -1)
		ck_assert_int_eq(errno, EINTR);
	close(s->output);
}
