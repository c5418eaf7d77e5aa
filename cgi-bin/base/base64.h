/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Base64 (RFC 4648 §4) of public bytes: the standard alphabet, padded, one
 * text for each bytes.  Not for secrets: time tells what is in them, and
 * libsodium's functions on the floor above do not.
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* Characters for `n` bytes, without a NUL. */
#define BASE64_LEN(n) (((n) + 2) / 3 * 4)

/* Writes BASE64_LEN(len) characters and a NUL. */
void base64_encode(const void *, size_t len, char *out);

/*
 * Exactly `size` bytes of exactly BASE64_LEN(size) characters; false for
 * anything else, also for bits behind the last byte that are not zero.
 */
bool base64_decode(const char *, size_t len, void *out, size_t size);

/*
 * As many bytes as the text stands for, at most `cap`: *size says.  The empty
 * text is no bytes.
 */
bool base64_decode_any(
    const char *, size_t len, void *out, size_t cap, size_t *size);

#endif
