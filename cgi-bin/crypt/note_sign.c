/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/note_sign.h"

#include <string.h>

#include <sodium.h>

#include "base/log.h"

_Static_assert(NOTE_SECRET == crypto_sign_SECRETKEYBYTES, "Ed25519");

enum err
note_sign(struct span text, const struct note_key *key,
    const uint8_t secret[NOTE_SECRET], uint8_t out[NOTE_SIGNATURE])
{
	const uint8_t *bytes = (const uint8_t *)text.at;

	memset(out, 0, NOTE_SIGNATURE);
	if (text.len == 0 || text.at[text.len - 1] != '\n')
		return ERR_INVALID;
	crypto_sign_detached(out, NULL, bytes, text.len, secret);
	if (crypto_sign_verify_detached(out, bytes, text.len, key->key) == 0)
		return ERR_OK;
	memset(out, 0, NOTE_SIGNATURE);
	log_line(
	    LOG_ERROR, "note", "a signature by %s does not hold", key->name);
	return ERR_INVALID;
}
