/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/note.h"

#include <string.h>

#include <sodium.h>

#include "base/base64.h"
#include "base/text.h"
#include "base/utf8.h"

_Static_assert(NOTE_KEY == crypto_sign_PUBLICKEYBYTES, "Ed25519");
_Static_assert(NOTE_SIGNATURE == crypto_sign_BYTES, "Ed25519");

/* U+2014 EM DASH and a space. */
static const char dash[] = "\xe2\x80\x94 ";

/* ---- characters ------------------------------------------------------ */

/* White_Space of Unicode, above the control characters. */
static bool
is_space(int32_t c)
{
	return c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
	    (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
	    c == 0x202f || c == 0x205f || c == 0x3000;
}

bool
note_name_ok(struct span name)
{
	int32_t c;
	int n;

	if (name.len == 0 || name.len >= NOTE_NAME ||
	    !text_ok(name.at, name.len, TEXT_LINE))
		return false;
	for (; name.len > 0; name.at += n, name.len -= (size_t)n) {
		n = utf8_decode(name.at, name.len, &c);
		if (n < 0 || is_space(c) || c == '+')
			return false;
	}
	return true;
}

/* The number of the line that is wrong, 0 for none. */
static int
find_wrong_character(struct span s)
{
	int line = 1, n;
	int32_t c;

	for (; s.len > 0; s.at += n, s.len -= (size_t)n) {
		n = utf8_decode(s.at, s.len, &c);
		if (n < 0 || (c < 0x20 && c != '\n'))
			return line;
		line += c == '\n';
	}
	return 0;
}

/* ---- keys ------------------------------------------------------------ */

static void
make_id(struct note_key *k)
{
	uint8_t hash[crypto_hash_sha256_BYTES], lf = '\n';
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(
	    &state, (const uint8_t *)k->name, strlen(k->name));
	crypto_hash_sha256_update(&state, &lf, 1);
	crypto_hash_sha256_update(&state, &k->type, 1);
	crypto_hash_sha256_update(&state, k->key, NOTE_KEY);
	crypto_hash_sha256_final(&state, hash);
	memcpy(k->id, hash, NOTE_KEY_ID);
}

bool
note_key_make(const char *name, enum note_type type,
    const uint8_t key[NOTE_KEY], struct note_key *k)
{
	memset(k, 0, sizeof(*k));
	if (!note_name_ok(span_of(name)))
		return false;
	span_text(span_of(name), k->name, sizeof(k->name));
	k->type = (uint8_t)type;
	memcpy(k->key, key, NOTE_KEY);
	make_id(k);
	return true;
}

void
note_key_text(const struct note_key *k, char out[NOTE_KEY_TEXT])
{
	uint8_t bytes[1 + NOTE_KEY];
	size_t len = strlen(k->name);

	bytes[0] = k->type;
	memcpy(bytes + 1, k->key, NOTE_KEY);
	memcpy(out, k->name, len);
	out[len++] = '+';
	text_hex(k->id, NOTE_KEY_ID, out + len);
	len += 2 * (size_t)NOTE_KEY_ID;
	out[len++] = '+';
	base64_encode(bytes, sizeof(bytes), out + len);
}

static bool
read_key(struct span text, struct note_key *k, struct tlog_fault *fault)
{
	char id[2 * NOTE_KEY_ID + 1];
	uint8_t bytes[1 + NOTE_KEY];
	struct span name, hex;

	if (text.len == 0 || text.len > NOTE_KEY_TEXT)
		return tlog_fail(fault, TLOG_SIZE, 0);
	if (text.at[text.len - 1] == '\n')
		text.len--;
	if (!span_until(&text, '+', &name) || !span_until(&text, '+', &hex))
		return tlog_fail(fault, TLOG_KEY, 1);
	if (!note_name_ok(name))
		return tlog_fail(fault, TLOG_NAME, 1);
	if (!base64_decode(text.at, text.len, bytes, sizeof(bytes)))
		return tlog_fail(fault, TLOG_BASE64, 1);
	if (bytes[0] != NOTE_ED25519 && bytes[0] != NOTE_COSIGNATURE)
		return tlog_fail(fault, TLOG_KEY_TYPE, 1);
	span_text(name, k->name, sizeof(k->name));
	k->type = bytes[0];
	memcpy(k->key, bytes + 1, NOTE_KEY);
	make_id(k);
	text_hex(k->id, NOTE_KEY_ID, id);
	if (!span_is(hex, id))
		return tlog_fail(fault, TLOG_KEY_ID, 1);
	/* A point of small order would take any signature for its own. */
	if (crypto_core_ed25519_is_valid_point(k->key) != 1)
		return tlog_fail(fault, TLOG_POINT, 1);
	return true;
}

enum err
note_key_parse(
    const void *text, size_t len, struct note_key *k, struct tlog_fault *fault)
{
	memset(k, 0, sizeof(*k));
	tlog_fail(fault, TLOG_OK, 0);
	if (!read_key((struct span){ text, len }, k, fault))
		memset(k, 0, sizeof(*k));
	return tlog_result(fault, "a key");
}

/* ---- reading --------------------------------------------------------- */

static int
count_lines(struct span s)
{
	struct span line;
	int n = 0;

	while (span_line(&s, &line))
		n++;
	return n;
}

/* At the last blank line; the signatures are what is behind it. */
static bool
split(struct span all, struct span *text, struct span *signatures)
{
	for (size_t i = all.len; i >= 2; i--) {
		if (all.at[i - 1] != '\n' || all.at[i - 2] != '\n')
			continue;
		*text = (struct span){ all.at, i - 1 };
		*signatures = (struct span){ all.at + i, all.len - i };
		return true;
	}
	return false;
}

static enum tlog_reason
read_signature(struct span line, struct note_signature *s)
{
	uint8_t blob[NOTE_BLOB_MAX];
	size_t len;

	memset(s, 0, sizeof(*s));
	if (!span_skip(&line, dash) || !span_until(&line, ' ', &s->name))
		return TLOG_SIGNATURES;
	if (!note_name_ok(s->name))
		return TLOG_NAME;
	if (!base64_decode_any(line.at, line.len, blob, sizeof(blob), &len) ||
	    len <= NOTE_KEY_ID)
		return TLOG_BASE64;
	memcpy(s->id, blob, NOTE_KEY_ID);
	s->len = len - NOTE_KEY_ID;
	memcpy(s->blob, blob + NOTE_KEY_ID,
	    s->len < NOTE_BLOB ? s->len : NOTE_BLOB);
	return TLOG_OK;
}

static bool
read_note(struct span all, struct note *note, struct tlog_fault *fault)
{
	struct span rest, line;
	enum tlog_reason reason;
	int number;

	if (all.len == 0 || all.len > NOTE_MAX)
		return tlog_fail(fault, TLOG_SIZE, 0);
	if ((number = find_wrong_character(all)) != 0)
		return tlog_fail(fault, TLOG_CHARACTERS, number);
	if (!split(all, &note->text, &rest) || rest.len == 0)
		return tlog_fail(fault, TLOG_SIGNATURES, 0);
	number = count_lines(note->text) + 2;
	for (; rest.len > 0; number++) {
		if (note->n == NOTE_SIGNATURES)
			return tlog_fail(fault, TLOG_MANY, number);
		if (!span_line(&rest, &line))
			return tlog_fail(fault, TLOG_LINES, number);
		reason = read_signature(line, &note->signature[note->n]);
		if (reason != TLOG_OK)
			return tlog_fail(fault, reason, number);
		note->n++;
	}
	return true;
}

enum err
note_parse(
    const void *bytes, size_t len, struct note *note, struct tlog_fault *fault)
{
	memset(note, 0, sizeof(*note));
	tlog_fail(fault, TLOG_OK, 0);
	if (!read_note((struct span){ bytes, len }, note, fault))
		memset(note, 0, sizeof(*note));
	return tlog_result(fault, "a note");
}

/* ---- verifying ------------------------------------------------------- */

bool
note_is_by(const struct note_signature *s, const struct note_key *k)
{
	return span_is(s->name, k->name) &&
	    memcmp(s->id, k->id, NOTE_KEY_ID) == 0;
}

enum tlog_reason
note_check(const struct note *note, const struct note_key *k)
{
	enum tlog_reason reason = TLOG_UNSIGNED;

	if (k->type != NOTE_ED25519)
		return TLOG_KEY_TYPE;
	for (size_t i = 0; i < note->n; i++) {
		const struct note_signature *s = &note->signature[i];

		if (!note_is_by(s, k))
			continue;
		if (s->len != NOTE_SIGNATURE ||
		    crypto_sign_verify_detached(s->blob,
			(const uint8_t *)note->text.at, note->text.len,
			k->key) != 0)
			return TLOG_WRONG;
		reason = TLOG_OK;
	}
	return reason;
}

/* ---- writing --------------------------------------------------------- */

void
note_add_line(
    struct buf *out, const struct note_key *k, const void *blob, size_t len)
{
	uint8_t bytes[NOTE_KEY_ID + NOTE_BLOB];
	char text[BASE64_LEN(sizeof(bytes)) + 1];

	if (len > NOTE_BLOB) {
		out->overflow = true;
		return;
	}
	memcpy(bytes, k->id, NOTE_KEY_ID);
	memcpy(bytes + NOTE_KEY_ID, blob, len);
	base64_encode(bytes, NOTE_KEY_ID + len, text);
	buf_addf(out, "%s%s %s\n", dash, k->name, text);
}
