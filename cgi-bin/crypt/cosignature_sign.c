/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/cosignature_sign.h"

#include <string.h>

enum err
cosignature_sign(struct span body, uint64_t time_s, const struct note_key *k,
    const uint8_t secret[NOTE_SECRET], uint8_t out[COSIGNATURE_BLOB])
{
	enum err rc = ERR_TOO_LARGE;
	struct buf message;

	memset(out, 0, COSIGNATURE_BLOB);
	buf_init(&message, NOTE_MAX + 64);
	cosignature_message(&message, time_s, body);
	if (!message.overflow)
		rc = note_sign((struct span){ message.data, message.len }, k,
		    secret, out + 8);
	if (rc == ERR_OK)
		for (int i = 0; i < 8; i++)
			out[i] = (uint8_t)(time_s >> (56 - 8 * i));
	buf_free(&message);
	return rc;
}
