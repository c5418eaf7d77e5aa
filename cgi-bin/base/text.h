/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text from outside: is it UTF-8, has it what no text of a person has, and
 * the one normal form (NFC) in which it is kept and compared.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum text_kind {
	TEXT_LINE, /* no control character at all */
	TEXT_PROSE /* newline (LF, CR, CRLF) and tab are allowed */
};

/*
 * True when the bytes are well-formed UTF-8 (RFC 3629: no surrogates, no
 * overlong forms), hold no NUL, no C0/C1 control beyond the kind's, no
 * Unicode noncharacter, no bidirectional override or isolate (U+202A to
 * U+202E, U+2066 to U+2069, U+061C), which make a text read as what it is
 * not, and no tag (U+E0000 to U+E007F), which nobody sees.
 */
bool text_ok(const char *, size_t len, enum text_kind);

/*
 * NFC, CRLF and CR to LF, white space trimmed at both ends, and for
 * TEXT_LINE inner runs of white space folded to one space; a no-break space
 * that stands alone stays, as French typography has it.  Of what nobody would
 * see (U+200B and the like alone) nothing stays.  NULL when the text is not
 * text_ok().  The result lives in the arena.
 */
char *text_clean(struct arena *, const char *, size_t len, enum text_kind);

/*
 * Case folded and NFC: the form in which e-mail addresses are compared.  NULL
 * when the text is not UTF-8.
 */
char *text_fold(struct arena *, const char *);

bool text_is_ascii(const char *, size_t len);

/* Unicode characters (code points) in a well-formed text. */
size_t text_length(const char *);

/*
 * The start of a text as one line: at most `max` characters, cut at a word
 * with an ellipsis, white space folded.
 */
char *text_excerpt(struct arena *, const char *, size_t max);

/*
 * A decimal number, the whole string, within [min, max]; no sign unless min
 * is negative, no leading zeros, no spaces.
 */
bool text_to_int(const char *, int64_t min, int64_t max, int64_t *out);

/*
 * Lower-case ASCII words joined by '-', accents removed, at most 60 bytes;
 * "" when the text has no Latin letter and no digit.
 */
char *text_slug(struct arena *, const char *);

bool text_starts(const char *, const char *prefix);

/*
 * Where a word stands in a table that ends with NULL: the value of the enum
 * that numbers it.  -1 when it is none of them, or NULL.
 */
int text_index(const char *const *words, const char *word);

/* Any bytes as lower-case hex: 2 * len + 1 of them. */
void text_hex(const void *, size_t len, char *out);

/*
 * A number in decimal digits, with a '-' where it is negative; returns how
 * many bytes.  For pages, which show hundreds: five times as fast as printf.
 */
enum { TEXT_INT = 24 };
size_t text_from_int(int64_t, char out[TEXT_INT]);

/*
 * Bytes other than ASCII letters, digits and those of `also` become %XX
 * (RFC 3986 §2.1).
 */
char *text_percent(struct arena *, const char *, const char *also);

#endif
