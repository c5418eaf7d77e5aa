/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ententectl as its users have it: a scratch directory with a configuration,
 * a line that is run, its exit status and what it said.  The program is
 * $BUILD/bin/ententectl.
 */
#ifndef UNIT_CONSOLE_H
#define UNIT_CONSOLE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "program.h"

enum { OUTPUT = 64 * 1024, WORDS = 32 };

static char dir[UNIT_PATH], conf[UNIT_PATH], output[OUTPUT];

static inline const char *
build(void)
{
	const char *b = getenv("BUILD");

	return b != NULL ? b : "build";
}

static inline char *
in_dir(const char *name)
{
	static char path[4][3 * UNIT_PATH];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof(path[0]), "%s/%s", dir, name);
	return path[turn];
}

static inline void
write_conf(const char *data_dir)
{
	char text[6 * UNIT_PATH], cwd[UNIT_PATH];

	ck_assert_ptr_nonnull(getcwd(cwd, sizeof(cwd)));
	snprintf(text, sizeof(text),
	    "data_dir %s/%s\ntemplate_dir %s/templates\nschema_dir %s/schema\n"
	    "origin http://localhost:1\n"
	    "scan_program %s/%s/bin/entente-scan\ndocument_max_mib 1\n",
	    dir, data_dir, cwd, cwd, build()[0] == '/' ? "" : cwd, build());
	unit_file(dir, "entente.conf", text, conf);
}

static inline void
start(void)
{
	unit_scratch(dir);
	write_conf("data");
}

/*
 * Runs the words, cut at spaces; in one that is no path, '_' stands for a
 * space.  The exit status.
 */
static inline int
ctl(const char *line)
{
	char program[2 * UNIT_PATH], copy[4 * UNIT_PATH], *rest = copy;
	char *argv[WORDS + 4] = { program, NULL };
	int n = 1, status, fd;
	ssize_t got;

	snprintf(program, sizeof(program), "%s/bin/ententectl", build());
	snprintf(copy, sizeof(copy), "-c %s %s", conf, line);
	while (n < WORDS && (argv[n] = strsep(&rest, " ")) != NULL) {
		for (char *c = argv[n]; *c != '\0'; c++)
			if (*c == '_' && strchr(argv[n], '/') == NULL)
				*c = ' ';
		n += *argv[n] != '\0';
	}
	argv[n] = NULL;
	status = unit_spawn((const char *const *)argv, in_dir("output"));
	fd = open(in_dir("output"), O_RDONLY);
	got = read(fd, output, sizeof(output) - 1);
	ck_assert_int_ge(got, 0);
	output[got] = '\0';
	close(fd);
	return status;
}

/* One step: the line, its status, and what it says among other things. */
struct step {
	const char *line;
	int status;
	const char *says;
};

static inline void
check_steps(const struct step *s, int n)
{
	for (int i = 0; i < n; i++) {
		ck_assert_msg(ctl(s[i].line) == s[i].status,
		    "%s: not status %d: %s", s[i].line, s[i].status, output);
		ck_assert_msg(strstr(output, s[i].says) != NULL,
		    "%s: does not say \"%s\": %s", s[i].line, s[i].says,
		    output);
	}
}

#define STEPS(s) check_steps(s, UNIT_COUNT(s))

#endif
