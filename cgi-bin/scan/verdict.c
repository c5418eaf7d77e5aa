/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/verdict.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

const char *const verdict_faults[VERDICT__MAX + 1] = {
	[VERDICT_GOOD] = "good",
	[VERDICT_UNKNOWN] = "unknown",
	[VERDICT_EMPTY] = "empty",
	[VERDICT_MISMATCH] = "mismatch",
	[VERDICT_FORBIDDEN] = "forbidden",
	[VERDICT_TOO_LARGE] = "too_large",
	[VERDICT_ENCRYPTED] = "encrypted",
	[VERDICT_BROKEN] = "broken",
	[VERDICT_LIMIT] = "limit",
	[VERDICT_UNREADABLE] = "unreadable",
	[VERDICT_INFECTED] = "infected",
	[VERDICT_UNASKED] = "unasked",
};

const char *const verdict_whats[VERDICT_WHAT__MAX + 1] = {
	[VERDICT_WHAT_NONE] = "none",
	[VERDICT_NAME] = "name",
	[VERDICT_PATH] = "path",
	[VERDICT_ABSOLUTE] = "absolute",
	[VERDICT_LINK] = "link",
	[VERDICT_DEVICE] = "device",
	[VERDICT_DUPLICATE] = "duplicate",
	[VERDICT_ARCHIVE] = "archive",
	[VERDICT_TYPE] = "type",
	[VERDICT_MACRO] = "macro",
	[VERDICT_ACTIVE] = "active",
	[VERDICT_DTD] = "dtd",
	[VERDICT_ENTRIES] = "entries",
	[VERDICT_BYTES] = "bytes",
	[VERDICT_RATIO] = "ratio",
	[VERDICT_PIXELS] = "pixels",
	[VERDICT_DEPTH] = "depth",
	[VERDICT_ENCODING] = "encoding",
	[VERDICT_CONTROL] = "control",
};

/* One character of `from`, or '?' in place of one byte; bytes taken. */
static size_t
put_one(char *out, size_t *used, const char *from, size_t left)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	n = utf8proc_iterate(
	    (const utf8proc_uint8_t *)from, (utf8proc_ssize_t)left, &c);
	if (n > 0 && text_ok(from, (size_t)n, TEXT_LINE)) {
		memcpy(out + *used, from, (size_t)n);
		*used += (size_t)n;
		return (size_t)n;
	}
	out[(*used)++] = '?';
	return n > 0 ? (size_t)n : 1;
}

static void
put_plain(char *out, size_t room, const char *from)
{
	size_t left = strlen(from), used = 0, n;

	/* Four bytes, the longest character, and the NUL. */
	while (left > 0 && used + 5 <= room) {
		n = put_one(out, &used, from, left);
		from += n;
		left -= n;
	}
	out[used] = '\0';
}

bool
verdict_refuse(struct verdict *v, enum verdict_fault fault,
    enum verdict_what what, const char *where)
{
	if (v->fault != VERDICT_GOOD)
		return false;
	v->fault = fault;
	v->what = what;
	put_plain(v->where, sizeof(v->where), where != NULL ? where : "");
	return false;
}

void
verdict_within(struct verdict *v, const char *name)
{
	char joined[2 * VERDICT_WHERE];

	snprintf(joined, sizeof(joined), "%.*s%s%s", VERDICT_WHERE - 1, name,
	    v->where[0] != '\0' ? "/" : "", v->where);
	put_plain(v->where, sizeof(v->where), joined);
}

void
verdict_found(struct verdict *v, const char *media)
{
	put_plain(v->found, sizeof(v->found), media);
}
