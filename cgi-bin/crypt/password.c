/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include <sodium.h>

#include "base/log.h"
#include "base/text.h"
#include "crypt/common.h"
#include "crypt/password.h"
#include "crypt/token.h"

static const char where[] = "password";

/* What an unknown person's password is compared with: nobody knows its own. */
static const char dummy[] =
    "$argon2id$v=19$m=65536,t=2,p=1$64m3g6oGzcMnJK6sKwDuRw"
    "$nzpyt/+JWhfKI85vk9k5r/GmtvC3dntU8Tz1qeCZ4K8";

_Static_assert(crypto_pwhash_STRBYTES == PASSWORD_HASH, "room for a hash");

enum err
password_hash(const char *password, char out[PASSWORD_HASH])
{
	size_t len = strlen(password);

	memset(out, 0, PASSWORD_HASH);
	if (len > PASSWORD_MAX)
		return ERR_TOO_LARGE;
	if (crypto_pwhash_str_alg(out, password, len,
		crypto_pwhash_OPSLIMIT_INTERACTIVE,
		crypto_pwhash_MEMLIMIT_INTERACTIVE,
		crypto_pwhash_ALG_ARGON2ID13) != 0) {
		log_line(LOG_ERROR, where, "no memory for Argon2id");
		return ERR_MEMORY;
	}
	return ERR_OK;
}

enum err
password_verify(const char *hash, const char *password, bool *is_right)
{
	size_t len = strlen(password);
	int rc;

	*is_right = false;
	if (len > PASSWORD_MAX)
		return ERR_OK;
	/* libsodium says "wrong" by EINVAL and "no memory" by -1 as well. */
	errno = 0;
	rc = crypto_pwhash_str_verify(
	    hash != NULL ? hash : dummy, password, len);
	if (rc == 0) {
		*is_right = hash != NULL;
		return ERR_OK;
	}
	if (errno == EINVAL)
		return ERR_OK;
	if (errno == ENOMEM) {
		log_line(LOG_ERROR, where, "no memory for Argon2id");
		return ERR_MEMORY;
	}
	log_line(LOG_ERROR, where, "a stored hash is not Argon2id's");
	return ERR_CORRUPT;
}

bool
password_needs_rehash(const char *hash)
{
	return crypto_pwhash_str_needs_rehash(hash,
		   crypto_pwhash_OPSLIMIT_INTERACTIVE,
		   crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}

/*
 * The judgement counts *free* characters: what a guesser gets as one piece
 * (a common word, a run, a row of the keyboard, a year, a word of the
 * context) counts one, whatever its length.
 */
enum { FREE_MIN = 5, CONTEXTS = 16, CONTEXT_MIN = 4, CONTEXT_MAX = 64 };

struct folded {
	char text[PASSWORD_MAX + 1];
	size_t len;
};

struct context {
	char word[CONTEXTS][CONTEXT_MAX + 1];
	size_t count;
};

/* The base letters of U+00C0 to U+00FF. */
static const char latin[65] = "aaaaaaaceeeeiiiidnooooo_ouuuuyts"
			      "aaaaaaaceeeeiiiidnooooo_ouuuuyty";

/* "p@55w0rd": what digits and signs stand for. */
static unsigned char
unleet(unsigned char c)
{
	static const char leet[] = "@a$s!i0o1i3e4a5s7t";

	for (const char *l = leet; *l != '\0'; l += 2)
		if (*l == (char)c)
			return (unsigned char)l[1];
	return c;
}

/*
 * Lower case without accents, letters and digits only; what is not Latin
 * becomes some byte above 127, one a character.  The first `leet` bytes are
 * taken for what they stand for.
 */
static void
fold(const char *in, size_t leet, struct folded *out)
{
	const char *start = in;

	out->len = 0;
	for (; *in != '\0' && out->len < PASSWORD_MAX; in++) {
		unsigned char c = (unsigned char)*in;

		if ((size_t)(in - start) < leet)
			c = unleet(c);
		if (c == 0xc3 && ((unsigned char)in[1] & 0xc0) == 0x80)
			c = (unsigned char)latin[*++in & 0x3f];
		else if (c >= 0xc0 && in[1] != '\0')
			c = (unsigned char)(0x80 | (c << 6 & 0x40) |
			    (*++in & 0x3f));
		else if (c >= 0x80)
			continue;
		if (c >= 0x80 || isalnum(c))
			out->text[out->len++] = (char)tolower(c);
	}
	out->text[out->len] = '\0';
}

/* A period that repeats over the whole is judged once. */
static void
fold_repeats(struct folded *f)
{
	for (size_t p = 1; p <= f->len / 2; p++) {
		if (memcmp(f->text, f->text + p, f->len - p) == 0) {
			f->len = p;
			f->text[p] = '\0';
			return;
		}
	}
}

static size_t
run_of_row(const char *row, const char *text, size_t len)
{
	const char *at = strchr(row, text[0]);
	size_t up = 1, down = 1;

	if (at == NULL)
		return 0;
	while (up < len && at[up] != '\0' && at[up] == text[up])
		up++;
	while (down < len && at - down >= row && *(at - down) == text[down])
		down++;
	return up > down ? up : down;
}

/* The longest run that starts here: "aaaa", "1234", "fdsa", "2024". */
static size_t
run_length(const char *text, size_t len)
{
	static const char *const rows[] = { "abcdefghijklmnopqrstuvwxyz",
		"01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm",
		"azertyuiop", "qsdfghjklm", "wxcvbn" };
	size_t best = 1, n;

	while (best < len && text[best] == text[0])
		best++;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if ((n = run_of_row(rows[i], text, len)) > best)
			best = n;
	if (best < 4 && len >= 4 && isdigit((unsigned char)text[2]) &&
	    isdigit((unsigned char)text[3]) &&
	    (memcmp(text, "19", 2) == 0 || memcmp(text, "20", 2) == 0))
		best = 4;
	return best >= 3 ? best : 1;
}

static size_t
context_prefix(const struct context *c, const char *text, size_t len)
{
	size_t best = 0;

	for (size_t i = 0; i < c->count; i++) {
		size_t n = strlen(c->word[i]);

		if (n > best && n <= len && memcmp(c->word[i], text, n) == 0)
			best = n;
	}
	return best;
}

/* Free characters of the text; *covered are those that the context gave. */
static size_t
free_count(
    const struct folded *f, const struct context *context, size_t *covered)
{
	size_t count = 0, at = 0;

	*covered = 0;
	while (at < f->len) {
		const char *rest = f->text + at;
		size_t left = f->len - at;
		size_t mine = context_prefix(context, rest, left);
		size_t word = common_prefix(rest, left);
		size_t step = run_length(rest, left);

		if (word > step)
			step = word;
		if (mine >= step) {
			step = mine;
			*covered += mine;
		}
		at += step;
		count++;
	}
	return count;
}

static void
context_add(struct context *c, const char *text, size_t len)
{
	char word[CONTEXT_MAX * 2 + 1];
	struct folded f;

	if (len >= sizeof(word) || c->count == CONTEXTS)
		return;
	memcpy(word, text, len);
	word[len] = '\0';
	fold(word, 0, &f);
	if (f.len < CONTEXT_MIN || f.len > CONTEXT_MAX)
		return;
	memcpy(c->word[c->count++], f.text, f.len + 1);
}

/* "Jean Martin" counts whole and by its words; so does a mail address. */
static void
context_fill(struct context *c, const char *const *words)
{
	c->count = 0;
	for (; words != NULL && *words != NULL; words++) {
		const char *at = *words;

		context_add(c, at, strlen(at));
		while (*at != '\0') {
			size_t n = strcspn(at, " .,@-_'");

			if (n < strlen(*words))
				context_add(c, at, n);
			at += n;
			at += strspn(at, " .,@-_'");
		}
	}
}

static const char *
weakness(const char *password, size_t leet, const struct context *context)
{
	static const struct context none;
	const char *why = NULL;
	struct folded f;
	size_t covered;

	fold(password, leet, &f);
	fold_repeats(&f);
	if (free_count(&f, &none, &covered) < FREE_MIN)
		why = "Common";
	else if (free_count(&f, context, &covered) < FREE_MIN ||
	    covered * 2 > f.len)
		why = "Context";
	secret_wipe(&f, sizeof(f));
	return why;
}

/* Bytes up to the last letter: digits after it are mostly a year. */
static size_t
up_to_letter(const char *password)
{
	size_t n = strlen(password);

	while (n > 0 && !isalpha((unsigned char)password[n - 1]))
		n--;
	return n;
}

enum err
password_judge(
    const char *password, const char *const *context, const char **why)
{
	struct context words;

	*why = NULL;
	context_fill(&words, context);
	if (strlen(password) > PASSWORD_MAX)
		*why = "TooLong";
	else if (text_length(password) < PASSWORD_MIN)
		*why = "TooShort";
	else if ((*why = weakness(password, 0, &words)) == NULL &&
	    (*why = weakness(password, up_to_letter(password), &words)) == NULL)
		*why = weakness(password, SIZE_MAX, &words);
	return *why == NULL ? ERR_OK : ERR_INVALID;
}
