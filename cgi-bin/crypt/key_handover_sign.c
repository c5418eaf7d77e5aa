/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/key_handover_sign.h"

#include "crypt/note_sign.h"

enum err
key_handover_write(const struct key_file *old, const struct key_file *new,
    const struct merkle_point *last, struct buf *out)
{
	const struct key_file *const keys[] = { old, new };
	uint8_t signature[2][NOTE_SIGNATURE];
	size_t start = out->len;
	struct span text;

	if (!key_handover_ok(&old->note, &new->note))
		return ERR_INVALID;
	key_handover_text(out, &old->note, &new->note, last);
	if (out->overflow)
		return ERR_TOO_LARGE;
	text = (struct span){ out->data + start, out->len - start };
	for (int i = 0; i < 2; i++)
		if (note_sign(text, &keys[i]->note, keys[i]->secret,
			signature[i]) != ERR_OK)
			return ERR_INTERNAL;
	buf_addc(out, '\n');
	for (int i = 0; i < 2; i++)
		note_add_line(
		    out, &keys[i]->note, signature[i], NOTE_SIGNATURE);
	return out->overflow ? ERR_TOO_LARGE : ERR_OK;
}
