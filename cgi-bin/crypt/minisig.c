/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/minisig.h"

#include <string.h>

#include <sodium.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/log.h"
#include "base/text.h"

static const char where[] = "minisig";

enum {
	ALGORITHM = 2,
	/* What a line of base64 stands for. */
	KEY_BYTES = ALGORITHM + MINISIG_NUMBER + MINISIG_KEY,
	SIGNATURE_BYTES = ALGORITHM + MINISIG_NUMBER + MINISIG_SIGNATURE
};

_Static_assert(MINISIG_KEY == crypto_sign_PUBLICKEYBYTES, "Ed25519");
_Static_assert(MINISIG_SIGNATURE == crypto_sign_BYTES, "Ed25519");
_Static_assert(MINISIG_PREHASH <= crypto_generichash_BYTES_MAX, "BLAKE2b-512");
_Static_assert(
    sizeof(crypto_generichash_state) <= sizeof(struct minisig_hash), "room");

const char *const minisig_reasons[MINISIG__MAX + 1] = {
	[MINISIG_OK] = "ok",
	[MINISIG_SIZE] = "size",
	[MINISIG_LINES] = "lines",
	[MINISIG_PREFIX] = "prefix",
	[MINISIG_LONG] = "long",
	[MINISIG_CHARACTERS] = "characters",
	[MINISIG_BASE64] = "base64",
	[MINISIG_ALGORITHM] = "algorithm",
	[MINISIG_SECRET] = "secret",
	[MINISIG_POINT] = "point",
	[MINISIG_OTHER_KEY] = "other_key",
	[MINISIG_WRONG] = "wrong",
	[MINISIG_COMMENT] = "comment",
	[MINISIG__MAX] = NULL,
};

struct line {
	const char *at;
	size_t len; /* without LF or CRLF */
};

/* A text taken line by line; `number` is that of the present one. */
struct reader {
	const char *next;
	size_t left;
	struct line line;
	int number;
	struct minisig_fault *fault;
};

static bool
fail(struct minisig_fault *fault, enum minisig_reason reason, int line)
{
	fault->reason = reason;
	fault->line = line;
	return false;
}

static enum err
result(const struct minisig_fault *fault, const char *what)
{
	if (fault->reason == MINISIG_OK)
		return ERR_OK;
	log_line(LOG_INFO, where, "%s refused: %s, line %d", what,
	    minisig_reasons[fault->reason], fault->line);
	return ERR_INVALID;
}

static bool
start(struct reader *r, const void *text, size_t len, size_t max,
    struct minisig_fault *fault)
{
	*r = (struct reader){ .next = text, .left = len, .fault = fault };
	fail(fault, MINISIG_OK, 0);
	return (len > 0 && len <= max) || fail(fault, MINISIG_SIZE, 0);
}

static bool
next_line(struct reader *r)
{
	const char *end;
	size_t taken;

	r->number++;
	if (r->left == 0)
		return fail(r->fault, MINISIG_LINES, r->number);
	end = memchr(r->next, '\n', r->left);
	r->line.at = r->next;
	r->line.len = end != NULL ? (size_t)(end - r->next) : r->left;
	taken = r->line.len + (end != NULL);
	r->next += taken;
	r->left -= taken;
	if (end != NULL && taken > 1 && end[-1] == '\r')
		r->line.len--;
	return true;
}

static bool
at_end(const struct reader *r)
{
	return r->left == 0 || fail(r->fault, MINISIG_LINES, r->number + 1);
}

static bool
starts(const struct line *line, const char *prefix)
{
	size_t len = strlen(prefix);

	return line->len >= len && memcmp(line->at, prefix, len) == 0;
}

/*
 * The next line's text behind its prefix.  A lone CR would be a control
 * character too, but text_ok() lets it through as an end of a line.
 */
static bool
next_comment(
    struct reader *r, const char *prefix, size_t max, struct line *text)
{
	if (!next_line(r))
		return false;
	if (!starts(&r->line, prefix))
		return fail(r->fault, MINISIG_PREFIX, r->number);
	text->at = r->line.at + strlen(prefix);
	text->len = r->line.len - strlen(prefix);
	if (text->len > max)
		return fail(r->fault, MINISIG_LONG, r->number);
	if (!text_ok(text->at, text->len, TEXT_PROSE) ||
	    memchr(text->at, '\r', text->len) != NULL)
		return fail(r->fault, MINISIG_CHARACTERS, r->number);
	return true;
}

/*
 * A secret key, encrypted or not, is known by its first six bytes: "Ed", the
 * derivation ("Sc" or none), the checksum "B2".  It is not even decoded.
 */
static bool
is_secret(const struct line *line)
{
	return line->len > MINISIG_KEY_TEXT - 1 &&
	    (starts(line, "RWRTY0Iy") || starts(line, "RWQAAEIy"));
}

/* libsodium 1.0.18 takes '+' and '/' with the eighth bit set for themselves. */
static bool
is_ascii(const struct line *line)
{
	for (size_t i = 0; i < line->len; i++)
		if ((unsigned char)line->at[i] >= 0x80)
			return false;
	return true;
}

/* The present line is exactly `size` bytes of base64. */
static bool
decode(struct reader *r, uint8_t *out, size_t size)
{
	size_t len;

	if (is_secret(&r->line))
		return fail(r->fault, MINISIG_SECRET, r->number);
	if (!is_ascii(&r->line) ||
	    sodium_base642bin(out, size, r->line.at, r->line.len, NULL, &len,
		NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    len != size)
		return fail(r->fault, MINISIG_BASE64, r->number);
	return true;
}

/* ---- public keys ---------------------------------------------------- */

static const char untrusted[] = "untrusted comment: ";
static const char trusted[] = "trusted comment: ";

/* The line of base64 alone has no comment before it. */
static bool
read_key_line(struct reader *r, uint8_t bytes[KEY_BYTES])
{
	struct reader first = *r;
	struct line comment;

	if (!next_line(&first))
		return false;
	if (starts(&first.line, "RW"))
		*r = first;
	else if (!next_comment(r, untrusted, MINISIG_COMMENT_MAX, &comment) ||
	    !next_line(r))
		return false;
	return decode(r, bytes, KEY_BYTES) && at_end(r);
}

static bool
read_key(struct reader *r, struct minisig_key *key)
{
	uint8_t bytes[KEY_BYTES];

	if (!read_key_line(r, bytes))
		return false;
	if (memcmp(bytes, "Ed", ALGORITHM) != 0)
		return fail(r->fault, MINISIG_ALGORITHM, r->number);
	memcpy(key->number, bytes + ALGORITHM, MINISIG_NUMBER);
	memcpy(key->key, bytes + ALGORITHM + MINISIG_NUMBER, MINISIG_KEY);
	/* A point of small order would take any signature for its own. */
	if (crypto_core_ed25519_is_valid_point(key->key) != 1)
		return fail(r->fault, MINISIG_POINT, r->number);
	return true;
}

enum err
minisig_key_parse(const void *text, size_t len, struct minisig_key *key,
    struct minisig_fault *fault)
{
	struct reader r;

	memset(key, 0, sizeof(*key));
	if (!start(&r, text, len, MINISIG_KEY_FILE_MAX, fault) ||
	    !read_key(&r, key))
		memset(key, 0, sizeof(*key));
	return result(fault, "a public key");
}

void
minisig_key_text(const struct minisig_key *key, char out[MINISIG_KEY_TEXT])
{
	uint8_t bytes[KEY_BYTES] = "Ed";

	memcpy(bytes + ALGORITHM, key->number, MINISIG_NUMBER);
	memcpy(bytes + ALGORITHM + MINISIG_NUMBER, key->key, MINISIG_KEY);
	sodium_bin2base64(out, MINISIG_KEY_TEXT, bytes, sizeof(bytes),
	    sodium_base64_VARIANT_ORIGINAL);
}

void
minisig_number_text(
    const uint8_t number[MINISIG_NUMBER], char out[MINISIG_NUMBER_TEXT])
{
	static const char digits[] = "0123456789ABCDEF";

	for (int i = 0; i < MINISIG_NUMBER; i++) {
		uint8_t byte = number[MINISIG_NUMBER - 1 - i];

		*out++ = digits[byte >> 4];
		*out++ = digits[byte & 15];
	}
	*out = '\0';
}

/* ---- signatures ----------------------------------------------------- */

static bool
read_signature(struct reader *r, struct minisig *m)
{
	uint8_t bytes[SIGNATURE_BYTES];

	if (!next_line(r) || !decode(r, bytes, sizeof(bytes)))
		return false;
	m->is_prehashed = memcmp(bytes, "ED", ALGORITHM) == 0;
	if (!m->is_prehashed && memcmp(bytes, "Ed", ALGORITHM) != 0)
		return fail(r->fault, MINISIG_ALGORITHM, r->number);
	memcpy(m->number, bytes + ALGORITHM, MINISIG_NUMBER);
	memcpy(m->signature, bytes + ALGORITHM + MINISIG_NUMBER,
	    MINISIG_SIGNATURE);
	return true;
}

static bool
read_file(struct reader *r, struct arena *a, struct minisig *m)
{
	struct line text;

	if (!next_comment(r, untrusted, MINISIG_COMMENT_MAX, &text))
		return false;
	m->comment = arena_copy_n(a, text.at, text.len);
	if (!read_signature(r, m) ||
	    !next_comment(r, trusted, MINISIG_TRUSTED_MAX, &text))
		return false;
	m->trusted = arena_copy_n(a, text.at, text.len);
	return next_line(r) && decode(r, m->global, sizeof(m->global)) &&
	    at_end(r);
}

enum err
minisig_parse(struct arena *a, const void *text, size_t len,
    struct minisig **out, struct minisig_fault *fault)
{
	struct minisig *m = arena_alloc(a, sizeof(*m));
	struct reader r;

	*out = NULL;
	if (start(&r, text, len, MINISIG_FILE_MAX, fault) &&
	    read_file(&r, a, m))
		*out = m;
	return result(fault, "a signature");
}

static bool
signs(const struct minisig *m, const struct minisig_key *key, const void *bytes,
    size_t len)
{
	return crypto_sign_verify_detached(
		   m->signature, bytes, len, key->key) == 0;
}

static bool
signs_bytes(const struct minisig *m, const struct minisig_key *key,
    const void *bytes, size_t len)
{
	uint8_t hash[MINISIG_PREHASH];

	if (!m->is_prehashed)
		return signs(m, key, bytes, len);
	crypto_generichash(hash, sizeof(hash), bytes, len, NULL, 0);
	return signs(m, key, hash, sizeof(hash));
}

static bool
signs_comment(const struct minisig *m, const struct minisig_key *key)
{
	uint8_t both[MINISIG_SIGNATURE + MINISIG_TRUSTED_MAX];
	size_t len = strlen(m->trusted);

	if (len > MINISIG_TRUSTED_MAX)
		return false;
	memcpy(both, m->signature, MINISIG_SIGNATURE);
	memcpy(both + MINISIG_SIGNATURE, m->trusted, len);
	return crypto_sign_verify_detached(
		   m->global, both, MINISIG_SIGNATURE + len, key->key) == 0;
}

enum err
minisig_verify(const struct minisig *m, const struct minisig_key *key,
    const void *bytes, size_t len, struct minisig_fault *fault)
{
	fail(fault, MINISIG_OK, 0);
	if (memcmp(m->number, key->number, MINISIG_NUMBER) != 0)
		fail(fault, MINISIG_OTHER_KEY, 0);
	else if (!signs_bytes(m, key, bytes, len))
		fail(fault, MINISIG_WRONG, 0);
	else if (!signs_comment(m, key))
		fail(fault, MINISIG_COMMENT, 0);
	return result(fault, "a signature");
}

enum err
minisig_verify_prehash(const struct minisig *m, const struct minisig_key *key,
    const uint8_t prehash[MINISIG_PREHASH], struct minisig_fault *fault)
{
	fail(fault, MINISIG_OK, 0);
	if (!m->is_prehashed)
		fail(fault, MINISIG_ALGORITHM, 2);
	else if (memcmp(m->number, key->number, MINISIG_NUMBER) != 0)
		fail(fault, MINISIG_OTHER_KEY, 0);
	else if (!signs(m, key, prehash, MINISIG_PREHASH))
		fail(fault, MINISIG_WRONG, 0);
	else if (!signs_comment(m, key))
		fail(fault, MINISIG_COMMENT, 0);
	return result(fault, "a signature");
}

/* ---- prehash ----------------------------------------------------------- */

static crypto_generichash_state *
state_of(struct minisig_hash *h)
{
	return (crypto_generichash_state *)(void *)h->state;
}

void
minisig_hash_start(struct minisig_hash *h)
{
	crypto_generichash_init(state_of(h), NULL, 0, MINISIG_PREHASH);
}

void
minisig_hash_feed(struct minisig_hash *h, const void *bytes, size_t len)
{
	crypto_generichash_update(state_of(h), bytes, len);
}

void
minisig_hash_finish(struct minisig_hash *h, uint8_t prehash[MINISIG_PREHASH])
{
	crypto_generichash_final(state_of(h), prehash, MINISIG_PREHASH);
}

/* ---- writing ----------------------------------------------------------- */

bool
minisig_trusted_ok(const char *text)
{
	size_t len = strlen(text);

	return len <= MINISIG_TRUSTED_MAX && text_ok(text, len, TEXT_PROSE) &&
	    strpbrk(text, "\r\n") == NULL;
}

void
minisig_write(struct buf *out, const struct minisig *m)
{
	uint8_t bytes[SIGNATURE_BYTES] = "Ed";
	char text[BASE64_LEN(SIGNATURE_BYTES) + 1];

	if (m->is_prehashed)
		bytes[1] = 'D';
	memcpy(bytes + ALGORITHM, m->number, MINISIG_NUMBER);
	memcpy(bytes + ALGORITHM + MINISIG_NUMBER, m->signature,
	    MINISIG_SIGNATURE);
	base64_encode(bytes, sizeof(bytes), text);
	buf_addf(out, "%s%s\n%s\n%s%s\n", untrusted, m->comment, text, trusted,
	    m->trusted);
	base64_encode(m->global, MINISIG_SIGNATURE, text);
	buf_addf(out, "%s\n", text);
}

void
minisig_key_write(struct buf *out, const struct minisig_key *key)
{
	char number[MINISIG_NUMBER_TEXT], text[MINISIG_KEY_TEXT];

	minisig_number_text(key->number, number);
	minisig_key_text(key, text);
	buf_addf(
	    out, "%sminisign public key %s\n%s\n", untrusted, number, text);
}
