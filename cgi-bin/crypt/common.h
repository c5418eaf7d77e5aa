/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words that people who must think of a password think of first: English
 * and French, gathered by hand, folded (lower case, no accents, letters and
 * digits only).  password_judge() counts each as one character.
 */
#ifndef CRYPT_COMMON_H
#define CRYPT_COMMON_H

#include <stddef.h>

/* Length of the longest common word that `text` starts with, or 0. */
size_t common_prefix(const char *text, size_t len);

/* The n-th word, NULL past the end: sorted, for the test of the table. */
const char *common_word(size_t n);

#endif
