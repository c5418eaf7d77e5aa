/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows that follow from others (those that lists and search find, grants of
 * agreements): made anew by statements one after the other, in the transaction
 * that changes what they follow from, and compared with it by ententectl
 * check.  Each module has its own tables and statements; this is how they are
 * run.
 */
#ifndef DOMAIN_DERIVED_H
#define DOMAIN_DERIVED_H

#include "domain/ctx.h"

/* clang-format off */

/* How many rows of two queries are in one of them alone. */
#define DERIVED_DIFFERENCE(a, b) \
	"SELECT (SELECT COUNT(*) FROM (" a " EXCEPT " b ") AS lost)" \
	" + (SELECT COUNT(*) FROM (" b " EXCEPT " a ") AS extra)"

/* clang-format on */

/* Runs sql[steps[0]], …, each with $1 = id; a negative step ends them. */
enum err
derived_run(struct ctx *, const char *const *sql, const int *steps, int64_t id);

/* One comparison; a table of them ends with NULL. */
struct derived_check {
	int statement;	  /* of sql[]: how many are wrong */
	const char *what; /* is: "named persons differ" */
	bool has_now;	  /* its $1 is the present */
};

/*
 * *problem is NULL, or a sentence on the first that is wrong: "Documents: 3
 * named persons differ."
 */
enum err derived_verify(struct ctx *, const char *const *sql,
    const struct derived_check *, const char *noun, char **problem);

#endif
