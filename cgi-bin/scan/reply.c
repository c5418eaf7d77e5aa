/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/reply.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

static const char magic[] = { 'E', 'N', 'S', 'C', 1 };

/* Where each field of the head is. */
enum {
	AT_FAULT = sizeof(magic),
	AT_WHAT,
	AT_NAMED,
	AT_CUT,
	AT_ZERO,
	AT_FOUND = 10,
	AT_WHERE = 12,
	AT_TEXT = 14,
	AT_END = 18
};

static void
put(uint8_t *at, size_t value, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--) {
		at[i] = value & 0xff;
		value >>= 8;
	}
}

static size_t
get(const uint8_t *at, int bytes)
{
	size_t value = 0;

	for (int i = 0; i < bytes; i++)
		value = value << 8 | at[i];
	return value;
}

void
reply_write(
    struct buf *out, const struct verdict *v, const char *text, size_t text_len)
{
	uint8_t head[REPLY_HEAD] = { 0 };

	memcpy(head, magic, sizeof(magic));
	head[AT_FAULT] = (uint8_t)v->fault;
	head[AT_WHAT] = (uint8_t)v->what;
	head[AT_NAMED] = (uint8_t)v->named;
	head[AT_CUT] = v->is_cut;
	put(head + AT_FOUND, strlen(v->found), 2);
	put(head + AT_WHERE, strlen(v->where), 2);
	put(head + AT_TEXT, text_len, 4);
	buf_add(out, head, sizeof(head));
	buf_adds(out, v->found);
	buf_adds(out, v->where);
	if (text_len > 0)
		buf_add(out, text, text_len);
}

static bool
head_ok(const uint8_t *head)
{
	return memcmp(head, magic, sizeof(magic)) == 0 &&
	    head[AT_FAULT] < VERDICT__MAX &&
	    head[AT_WHAT] < VERDICT_WHAT__MAX && head[AT_NAMED] < FORMAT__MAX &&
	    head[AT_CUT] <= 1 && head[AT_ZERO] == 0 &&
	    get(head + AT_END, 2) == 0;
}

/* A text of the reply to a field of the verdict. */
static bool
take(char *field, size_t room, const uint8_t *from, size_t len)
{
	if (len >= room || !text_ok((const char *)from, len, TEXT_LINE))
		return false;
	memcpy(field, from, len);
	field[len] = '\0';
	return true;
}

static bool
parse(const uint8_t *p, size_t len, struct verdict *v, size_t *text_len)
{
	size_t found, where;

	if (len < REPLY_HEAD || !head_ok(p))
		return false;
	found = get(p + AT_FOUND, 2);
	where = get(p + AT_WHERE, 2);
	*text_len = get(p + AT_TEXT, 4);
	if (*text_len > EXTRACT_MAX ||
	    len != REPLY_HEAD + found + where + *text_len)
		return false;
	v->fault = (enum verdict_fault)p[AT_FAULT];
	v->what = (enum verdict_what)p[AT_WHAT];
	v->named = (enum format)p[AT_NAMED];
	v->is_cut = p[AT_CUT];
	p += REPLY_HEAD;
	return take(v->found, sizeof(v->found), p, found) &&
	    take(v->where, sizeof(v->where), p + found, where) &&
	    text_ok((const char *)p + found + where, *text_len, TEXT_PROSE);
}

bool
reply_read(const void *bytes, size_t len, struct verdict *v, const char **text,
    size_t *text_len)
{
	*v = (struct verdict){ .fault = VERDICT_GOOD };
	*text = "";
	*text_len = 0;
	if (!parse(bytes, len, v, text_len)) {
		*v = (struct verdict){ .fault = VERDICT_UNREADABLE };
		*text_len = 0;
		return false;
	}
	*text = (const char *)bytes + len - *text_len;
	return true;
}
