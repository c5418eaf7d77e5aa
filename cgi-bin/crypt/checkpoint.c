/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/checkpoint.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/base64.h"

static bool
read_extension(struct span rest, struct tlog_fault *fault)
{
	struct span line;
	int number = 4;

	for (; rest.len > 0; number++)
		if (!span_line(&rest, &line) || line.len == 0)
			return tlog_fail(fault, TLOG_LINES, number);
	return true;
}

static bool
read_body(struct span rest, struct checkpoint *c, struct tlog_fault *fault)
{
	struct span line;

	if (!span_line(&rest, &c->origin))
		return tlog_fail(fault, TLOG_LINES, 1);
	if (!note_name_ok(c->origin))
		return tlog_fail(fault, TLOG_NAME, 1);
	if (!span_line(&rest, &line))
		return tlog_fail(fault, TLOG_LINES, 2);
	if (!span_to_uint(line, MERKLE_SIZE_MAX, &c->tree.size))
		return tlog_fail(fault, TLOG_NUMBER, 2);
	if (!span_line(&rest, &line))
		return tlog_fail(fault, TLOG_LINES, 3);
	if (!base64_decode(line.at, line.len, c->tree.root, MERKLE_HASH))
		return tlog_fail(fault, TLOG_BASE64, 3);
	c->extension = rest;
	return read_extension(rest, fault);
}

enum err
checkpoint_parse(
    struct span text, struct checkpoint *c, struct tlog_fault *fault)
{
	memset(c, 0, sizeof(*c));
	tlog_fail(fault, TLOG_OK, 0);
	if (!read_body(text, c, fault))
		memset(c, 0, sizeof(*c));
	return tlog_result(fault, "a checkpoint");
}

enum err
checkpoint_open(struct span bytes, const struct note_key *key,
    struct note *note, struct checkpoint *c, struct tlog_fault *fault)
{
	memset(c, 0, sizeof(*c));
	if (note_parse(bytes.at, bytes.len, note, fault) != ERR_OK)
		return ERR_INVALID;
	if (checkpoint_parse(note->text, c, fault) == ERR_OK) {
		if (!span_is(c->origin, key->name))
			tlog_fail(fault, TLOG_ORIGIN, 1);
		else
			tlog_fail(fault, note_check(note, key), 0);
	}
	if (fault->reason != TLOG_OK) {
		memset(note, 0, sizeof(*note));
		memset(c, 0, sizeof(*c));
	}
	return tlog_result(fault, "a checkpoint");
}

bool
checkpoint_body(const char *origin, const struct merkle_point *tree,
    char out[CHECKPOINT_BODY])
{
	char root[BASE64_LEN(MERKLE_HASH) + 1];

	out[0] = '\0';
	if (!note_name_ok(span_of(origin)) || tree->size > MERKLE_SIZE_MAX)
		return false;
	base64_encode(tree->root, MERKLE_HASH, root);
	snprintf(out, CHECKPOINT_BODY, "%s\n%" PRIu64 "\n%s\n", origin,
	    tree->size, root);
	return true;
}
