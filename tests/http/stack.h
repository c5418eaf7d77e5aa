/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Another portal beside the one that all tests share, for what must be
 * configured otherwise: empty, on ports of its own, gone with the test.
 */
#ifndef HTTP_STACK_H
#define HTTP_STACK_H

#include <sys/types.h>

struct stack {
	pid_t pid;
	int output; /* of nginx/run */
	char *http; /* "http://localhost:20080"; of clients made from now on */
};

/*
 * Starts it with these settings of nginx/run ("PAGE_RATE=1r/s"), NULL-ended,
 * in the directory of that name beside RUN_DIR; ends the test when no page
 * comes.
 */
void stack_open(struct stack *, const char *name, const char *const *settings);
void stack_close(struct stack *);

#endif
