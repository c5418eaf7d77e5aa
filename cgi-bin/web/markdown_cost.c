/* SPDX-License-Identifier: Apache-2.0 */
#include "web/markdown_cost.h"

#include <string.h>

enum { TAB = 4 };

static size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	while ((text = strstr(text, what)) != NULL) {
		n++;
		text++;
	}
	return n;
}

static size_t
greater(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* ---- lines ------------------------------------------------------------ */

/*
 * What lists and quotes begin with, and what stands before them: each takes a
 * column at least.  A tab is as wide as four.
 */
static size_t
depth_of(const char *line, size_t len)
{
	static const char marks[] = " \t>-+*0123456789.)";
	size_t depth = 0;

	for (; len > 0 && memchr(marks, *line, sizeof(marks) - 1) != NULL;
	     len--)
		depth += *line++ == '\t' ? TAB : 1;
	return depth;
}

static size_t
pipes_of(const char *line, size_t len)
{
	size_t n = 0;

	for (; len-- > 0; line++)
		n += *line == '|';
	return n;
}

/* Counted from line to line. */
struct lines {
	size_t count, pipes;
	size_t paragraph; /* bytes of the present one */
	size_t longest;	  /* of those that may hold definitions */
	int defines;	  /* the present one may */
};

static void
take_line(struct lines *l, struct markdown_cost *c, const char *line, size_t n)
{
	l->count++;
	l->pipes = greater(l->pipes, pipes_of(line, n));
	c->depth = greater(c->depth, depth_of(line, n));
	l->paragraph += n + 1;
	l->defines |= memmem(line, n, "]:", 2) != NULL;
	if (l->defines)
		l->longest = greater(l->longest, l->paragraph);
	/* A definition ends with its paragraph. */
	if (strspn(line, " \t") >= n) {
		l->paragraph = 0;
		l->defines = 0;
	}
}

static void
cost_of_lines(const char *text, struct markdown_cost *c)
{
	struct lines l = { .count = 0 };
	size_t n;

	for (;; text += n + 1) {
		n = strcspn(text, "\r\n");
		take_line(&l, c, text, n);
		if (text[n] == '\0')
			break;
	}
	c->cells = l.pipes > 0 ? (l.pipes + 1) * l.count : 0;
	c->nesting = c->depth * l.count;
	c->expansion = l.longest;
}

/* ---- words ------------------------------------------------------------ */

static size_t
most_closings(const char *text)
{
	size_t n = 0, most = 0;

	for (; *text != '\0'; text++) {
		if (strchr(" \t\r\n", *text) != NULL)
			n = 0;
		else if (*text == ')')
			most = greater(most, ++n);
	}
	return most;
}

void
markdown_cost_of(const char *text, struct markdown_cost *c)
{
	memset(c, 0, sizeof(*c));
	cost_of_lines(text, c);
	c->expansion *= count(text, "[");
	c->ats = count(text, "@");
	c->links = count(text, "://") + count(text, "www.");
	c->closings = most_closings(text);
}
