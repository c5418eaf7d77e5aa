/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as a signed note and as a key.  What reads as a note is its text,
 * a blank line and its signatures, byte for byte; nothing verifies but the
 * specification's own example; a key is written as it was read.
 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "crypt/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char key_text[] = "example.com/foo+530d903a+"
			       "AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
static const char example[] = "This is an example message.\n";

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

static void
check_key(const uint8_t *data, size_t len)
{
	struct tlog_fault fault;
	struct note_key key;
	char text[NOTE_KEY_TEXT];
	enum err rc = note_key_parse(data, len, &key, &fault);

	must((rc == ERR_OK) == (fault.reason == TLOG_OK));
	if (rc != ERR_OK)
		return;
	note_key_text(&key, text);
	must(strlen(text) <= len && len <= strlen(text) + 1);
	must(memcmp(text, data, strlen(text)) == 0);
}

static void
check_note(const uint8_t *data, size_t len)
{
	struct tlog_fault fault;
	struct note_key key;
	struct note note;
	enum err rc = note_parse(data, len, &note, &fault);

	must((rc == ERR_OK) == (fault.reason == TLOG_OK));
	must(fault.reason < TLOG__MAX && fault.line >= 0);
	if (rc != ERR_OK)
		return;
	must(note.n > 0 && note.n <= NOTE_SIGNATURES);
	must((const uint8_t *)note.text.at == data && note.text.len < len);
	must(note.text.at[note.text.len - 1] == '\n');
	must(note.text.at[note.text.len] == '\n');
	for (size_t i = 0; i < note.n; i++)
		must(note_name_ok(note.signature[i].name) &&
		    note.signature[i].len > 0);
	must(
	    note_key_parse(key_text, strlen(key_text), &key, &fault) == ERR_OK);
	if (note_check(&note, &key) == TLOG_OK)
		must(span_is(note.text, example));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	log_open("fuzz", LOG_ERROR);
	must(sodium_init() >= 0);
	check_key(data, len);
	check_note(data, len);
	return 0;
}
