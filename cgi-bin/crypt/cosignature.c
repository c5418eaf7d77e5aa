/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/cosignature.h"

#include <inttypes.h>
#include <string.h>

#include <sodium.h>

static uint64_t
read_time(const uint8_t bytes[8])
{
	uint64_t time = 0;

	for (int i = 0; i < 8; i++)
		time = time << 8 | bytes[i];
	return time;
}

void
cosignature_message(struct buf *out, uint64_t time_s, struct span body)
{
	buf_addf(out, "cosignature/v1\ntime %" PRIu64 "\n", time_s);
	buf_add(out, body.at, body.len);
}

static bool
holds(struct span body, const struct note_signature *s,
    const struct note_key *k, uint64_t time_s)
{
	struct buf message;
	bool is_so;

	buf_init(&message, NOTE_MAX + 64);
	cosignature_message(&message, time_s, body);
	is_so = !message.overflow &&
	    crypto_sign_verify_detached(s->blob + 8,
		(const uint8_t *)message.data, message.len, k->key) == 0;
	buf_free(&message);
	return is_so;
}

enum tlog_reason
cosignature_check(
    const struct note *note, const struct note_key *k, int64_t *time_s)
{
	enum tlog_reason reason = TLOG_UNSIGNED;
	uint64_t time;

	*time_s = 0;
	if (k->type != NOTE_COSIGNATURE)
		return TLOG_KEY_TYPE;
	for (size_t i = 0; i < note->n; i++) {
		const struct note_signature *s = &note->signature[i];

		if (!note_is_by(s, k))
			continue;
		time = read_time(s->blob);
		if (s->len != COSIGNATURE_BLOB ||
		    !holds(note->text, s, k, time))
			reason = TLOG_WRONG;
		else if (time == 0 || time > INT64_MAX)
			reason = TLOG_TIME;
		else
			reason = TLOG_OK;
		if (reason != TLOG_OK)
			break;
		if ((int64_t)time > *time_s)
			*time_s = (int64_t)time;
	}
	if (reason != TLOG_OK)
		*time_s = 0;
	return reason;
}
