/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as a hand-over from one key of a log to the next: what is taken
 * is signed by both, says what it must to the byte, and the two keys are
 * two of one log.
 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "crypt/key_handover.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct span bytes = { (const char *)data, len };
	struct tlog_fault fault;
	struct key_handover h;
	struct note note;
	struct buf same;

	log_open("fuzz", LOG_ERROR);
	must(sodium_init() >= 0);
	if (key_handover_read(bytes, &h, &fault) != ERR_OK) {
		must(fault.reason != TLOG_OK);
		return 0;
	}
	must(note_parse(data, len, &note, &fault) == ERR_OK);
	must(key_handover_ok(&h.old, &h.new));
	buf_init(&same, NOTE_MAX);
	key_handover_text(&same, &h.old, &h.new, &h.last);
	must(same.len == note.text.len &&
	    memcmp(same.data, note.text.at, same.len) == 0);
	must(note_check(&note, &h.old) == TLOG_OK);
	must(note_check(&note, &h.new) == TLOG_OK);
	buf_free(&same);
	return 0;
}
