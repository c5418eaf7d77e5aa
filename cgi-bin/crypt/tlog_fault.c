/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/tlog_fault.h"

#include <stddef.h>

#include "base/log.h"

const char *const tlog_reasons[TLOG__MAX + 1] = {
	[TLOG_OK] = "ok",
	[TLOG_SIZE] = "size",
	[TLOG_CHARACTERS] = "characters",
	[TLOG_LINES] = "lines",
	[TLOG_FORMAT] = "format",
	[TLOG_SIGNATURES] = "signatures",
	[TLOG_MANY] = "many",
	[TLOG_NAME] = "name",
	[TLOG_BASE64] = "base64",
	[TLOG_NUMBER] = "number",
	[TLOG_KEY] = "key",
	[TLOG_KEY_ID] = "key_id",
	[TLOG_KEY_TYPE] = "key_type",
	[TLOG_POINT] = "point",
	[TLOG_UNSIGNED] = "unsigned",
	[TLOG_WRONG] = "wrong",
	[TLOG_ORIGIN] = "origin",
	[TLOG_TIME] = "time",
	[TLOG_INDEX] = "index",
	[TLOG_PROOF] = "proof",
	[TLOG__MAX] = NULL,
};

static const char *const texts[TLOG__MAX] = {
	[TLOG_OK] = "it is right",
	[TLOG_SIZE] = "it is empty, or too long",
	[TLOG_CHARACTERS] = "it is not UTF-8, or holds control characters",
	[TLOG_LINES] = "a line is missing, or one too many",
	[TLOG_FORMAT] = "this is not what the format has here",
	[TLOG_SIGNATURES] = "there is no signature here",
	[TLOG_MANY] = "it has too many signatures",
	[TLOG_NAME] = "this is not the name of a key or a log",
	[TLOG_BASE64] = "this is not base64 of the right length",
	[TLOG_NUMBER] = "this is not a number, or too large",
	[TLOG_KEY] = "this is not NAME+ID+KEY",
	[TLOG_KEY_ID] = "the key's id is not that of name and key",
	[TLOG_KEY_TYPE] = "the key is of an unknown kind",
	[TLOG_POINT] = "this key can verify nothing",
	[TLOG_UNSIGNED] = "it is not signed by that key",
	[TLOG_WRONG] = "the signature is false",
	[TLOG_ORIGIN] = "it is of another log than the key",
	[TLOG_TIME] = "the time in it cannot be",
	[TLOG_INDEX] = "there is no such leaf in a tree of that size",
	[TLOG_PROOF] = "the proof does not lead to the root",
};

const char *
tlog_reason_text(enum tlog_reason reason)
{
	return (unsigned)reason < TLOG__MAX ? texts[reason] : "it is wrong";
}

bool
tlog_fail(struct tlog_fault *fault, enum tlog_reason reason, int line)
{
	fault->reason = reason;
	fault->line = line;
	return reason == TLOG_OK;
}

enum err
tlog_result(const struct tlog_fault *fault, const char *what)
{
	if (fault->reason == TLOG_OK)
		return ERR_OK;
	log_line(LOG_INFO, "tlog", "%s refused: %s, line %d", what,
	    tlog_reasons[fault->reason], fault->line);
	return ERR_INVALID;
}
