/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clients of the fault tests: people made directly by the domain, and
 * processes that act as them through nginx and note what was acknowledged.
 */
#ifndef FAULT_CLIENTS_H
#define FAULT_CLIENTS_H

#include "domain/ctx.h"
#include "web.h"

enum { PEOPLE_MAX = 40, NAME_BYTES = 64 };

/* A line of the people file: name, session's token, its csrf, organisation. */
struct someone {
	char name
	    [NAME_BYTES]; /* "writer1"; the e-mail is <name>@fault.example */
	char token[TOKEN_TEXT];
	char organisation[NAME_BYTES];
};

struct people {
	struct someone all[PEOPLE_MAX];
	int count;
};

/* Opens both databases of the configuration as ententectl does; exits. */
void portal_open(struct ctx *);
void portal_close(struct ctx *);

/* As that person from now on, and at the present time. */
struct person;
void act_as(struct ctx *, const struct person *);

void people_read(struct people *, const char *file);
const struct someone *people_find(const struct people *, const char *name);

/* Says why on standard error, and exits with status 1. */
void must(bool is_so, const char *what);
/* An argument that is a number, or exits. */
int number_of(const char *);
void must_ok(enum err, const char *what);

/* The programs; each returns the exit status. */
int world_main(int argc, char **argv);
int age_main(int argc, char **argv);
int act_main(int argc, char **argv);
int join_client(struct ctx *, const struct people *, int journal, int number);
int mixed_main(int argc, char **argv);
int verify_main(int argc, char **argv);
int prepare_main(int argc, char **argv);
int sign_main(int argc, char **argv);
int told_main(int argc, char **argv);
int roots_main(int argc, char **argv);

/* For act.c and join.c: one line of the journal, whole or not at all. */
void note(int journal, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool is_over(void);

#endif
