/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/pdf_name.h"

/* 1 white space, 2 delimiter. */
static const uint8_t ends[256] = {
	['\0'] = 1,
	['\t'] = 1,
	['\n'] = 1,
	['\f'] = 1,
	['\r'] = 1,
	[' '] = 1,
	['('] = 2,
	[')'] = 2,
	['<'] = 2,
	['>'] = 2,
	['['] = 2,
	[']'] = 2,
	['{'] = 2,
	['}'] = 2,
	['/'] = 2,
	['%'] = 2,
};

bool
pdf_name_is_space(uint8_t c)
{
	return ends[c] == 1;
}

bool
pdf_name_is_end(uint8_t c)
{
	return ends[c] != 0;
}

static void
put(struct pdf_name *n, char c)
{
	if (n->len < PDF_NAME)
		n->text[n->len++] = c;
	else
		n->len = PDF_NAME + 1;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What looked like an escape and was none: no name of ours has a '#'. */
static void
give_up(struct pdf_name *n)
{
	n->escaped = 0;
	n->len = PDF_NAME + 1;
}

void
pdf_name_add(struct pdf_name *n, uint8_t byte)
{
	char c = (char)byte;

	if (n->escaped == 0 && c == '#') {
		n->escaped = 1;
	} else if (n->escaped == 0) {
		put(n, c);
	} else if (hex(c) == -1) {
		give_up(n);
	} else if (n->escaped == 1) {
		n->digit = c;
		n->escaped = 2;
	} else {
		n->escaped = 0;
		put(n, (char)(hex(n->digit) << 4 | hex(c)));
	}
}

/* A NUL in it ends it here, as it does for readers in C. */
const char *
pdf_name_end(struct pdf_name *n)
{
	if (n->escaped > 0)
		give_up(n);
	if (n->len > PDF_NAME)
		n->len = 0;
	n->text[n->len] = '\0';
	return n->text;
}
