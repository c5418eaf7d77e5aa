/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/base64.h"
#include "base/file.h"
#include "base/log.h"

static const char where[] = "key";

enum {
	SEED = crypto_sign_SEEDBYTES,
	SALT = crypto_pwhash_SALTBYTES,
	NONCE = crypto_secretbox_NONCEBYTES,
	BOX = NONCE + crypto_secretbox_MACBYTES + SEED,

	/* Once at each start, so it may take half a second. */
	OPERATIONS = 3,
	OPERATIONS_MAX = 100
};
#define MEMORY_BYTES ((uint64_t)256 * 1024 * 1024)
#define MEMORY_BYTES_MAX ((uint64_t)4 * 1024 * 1024 * 1024)

static const char *const kinds[KEY__MAX] = {
	[KEY_LOG] = "log",
	[KEY_BUNDLE] = "bundle",
	[KEY_WITNESS] = "witness",
};

/* What its signatures are in a note; a bundle's is in none. */
static const enum note_type types[KEY__MAX] = {
	[KEY_LOG] = NOTE_ED25519,
	[KEY_WITNESS] = NOTE_COSIGNATURE,
};

/* What a file holds while it is read or written: in guarded memory. */
struct content {
	char text[KEY_FILE_MAX + 1];
	size_t len;
	uint8_t seed[SEED];
	uint8_t key[crypto_secretbox_KEYBYTES];
	uint8_t box[BOX];
};

/* ---- keys in memory -------------------------------------------------- */

static enum err
no_memory(void)
{
	log_line(LOG_ERROR, where, "there is no memory that can be guarded");
	return ERR_MEMORY;
}

static struct key_file *
key_alloc(enum key_kind kind)
{
	struct key_file *k = calloc(1, sizeof(*k));

	if (k == NULL)
		return NULL;
	k->kind = kind;
	if ((k->secret = sodium_malloc(crypto_sign_SECRETKEYBYTES)) == NULL) {
		free(k);
		return NULL;
	}
	return k;
}

void
key_file_free(struct key_file *k)
{
	if (k == NULL)
		return;
	sodium_free(k->secret); /* wipes */
	free(k);
}

/* The names and the public key, from the secret. */
static bool
fill(struct key_file *k, const char *name, const uint8_t *number,
    const uint8_t seed[SEED])
{
	uint8_t public[crypto_sign_PUBLICKEYBYTES];

	crypto_sign_seed_keypair(public, k->secret, seed);
	sodium_mprotect_readonly(k->secret);
	if (k->kind != KEY_BUNDLE)
		return note_key_make(name, types[k->kind], public, &k->note);
	memcpy(k->bundle.number, number, MINISIG_NUMBER);
	memcpy(k->bundle.key, public, MINISIG_KEY);
	return true;
}

enum err
key_file_new(enum key_kind kind, const char *name, struct key_file **out)
{
	uint8_t *seed = sodium_malloc(SEED), number[MINISIG_NUMBER];
	struct key_file *k = key_alloc(kind);
	enum err rc = ERR_OK;

	*out = NULL;
	if (seed == NULL || k == NULL) {
		rc = no_memory();
		goto out;
	}
	randombytes_buf(seed, SEED);
	randombytes_buf(number, sizeof(number));
	if (!fill(k, name, number, seed)) {
		rc = ERR_INVALID;
		goto out;
	}
	*out = k;
	k = NULL;
out:
	sodium_free(seed);
	key_file_free(k);
	return rc;
}

/* ---- closing and opening --------------------------------------------- */

struct cost {
	uint64_t operations, memory_bytes;
	uint8_t salt[SALT];
};

static enum err
derive(
    struct content *c, const struct cost *cost, const struct key_passphrase *p)
{
	if (crypto_pwhash(c->key, sizeof(c->key), p->text, p->len, cost->salt,
		cost->operations, (size_t)cost->memory_bytes,
		crypto_pwhash_ALG_ARGON2ID13) == 0)
		return ERR_OK;
	return no_memory();
}

static bool
open_box(struct content *c)
{
	return crypto_secretbox_open_easy(
		   c->seed, c->box + NONCE, BOX - NONCE, c->box, c->key) == 0;
}

static void
close_box(struct content *c)
{
	randombytes_buf(c->box, NONCE);
	crypto_secretbox_easy(c->box + NONCE, c->seed, SEED, c->box, c->key);
}

/* ---- files ----------------------------------------------------------- */

/*
 * For the owner's eyes alone.  systemd gives credentials to a user by an
 * access list, whose mask shows as the group's bits.
 */
static bool
is_private(const struct stat *st)
{
	mode_t others = st->st_uid == 0 ? 0037 : 0077;

	return S_ISREG(st->st_mode) && (st->st_mode & others) == 0;
}

/* The whole file into guarded memory; *len is how much. */
static enum err
read_private(const char *path, char *out, size_t cap, size_t *len)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum err rc = ERR_OK;
	struct stat st;
	ssize_t n;

	*len = 0;
	if (fd == -1) {
		rc = errno == ENOENT ? ERR_NOT_FOUND : ERR_INTERNAL;
		file_error(where, path);
		return rc;
	}
	if (fstat(fd, &st) == -1 || !is_private(&st)) {
		log_line(LOG_ERROR, where,
		    "%s: must be a file that its owner alone can read "
		    "(chmod 0600)",
		    path);
		rc = ERR_FORBIDDEN;
	}
	while (rc == ERR_OK && *len < cap &&
	    (n = read(fd, out + *len, cap - *len)) != 0) {
		if (n < 0 && errno != EINTR)
			rc = file_error(where, path);
		else if (n > 0)
			*len += (size_t)n;
	}
	close(fd);
	return rc;
}

/* The whole of it, or nothing under the name; and never over another. */
static enum err
name_it(const char *temporary, const char *path)
{
	if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) ==
	    0)
		return file_sync_name(path);
	return errno == EEXIST ? ERR_EXISTS : file_error(where, path);
}

static enum err
write_private(const char *path, const struct content *c)
{
	char temporary[PATH_MAX];
	enum err rc = ERR_OK;
	int fd, n;

	n = snprintf(temporary, sizeof(temporary), "%s.XXXXXX", path);
	if (n < 0 || (size_t)n >= sizeof(temporary))
		return ERR_INVALID;
	if ((fd = mkostemp(temporary, O_CLOEXEC)) == -1)
		return file_error(where, temporary);
	if (write(fd, c->text, c->len) != (ssize_t)c->len || fsync(fd) == -1)
		rc = file_error(where, temporary);
	close(fd);
	if (rc == ERR_OK)
		rc = name_it(temporary, path);
	if (rc != ERR_OK)
		unlink(temporary);
	return rc;
}

/* ---- reading --------------------------------------------------------- */

struct fields {
	struct span name, public;
	bool is_closed;
	struct cost cost;
};

/* "word value": the value, if the next line is of that word. */
static bool
take(struct span *rest, const char *word, struct span *value)
{
	struct span before = *rest;

	if (span_line(rest, value) && span_skip(value, word) &&
	    span_skip(value, " "))
		return true;
	*rest = before;
	return false;
}

static bool
take_cost(struct span value, struct cost *cost)
{
	struct span word;

	return span_until(&value, ' ', &word) &&
	    span_to_uint(word, OPERATIONS_MAX, &cost->operations) &&
	    span_until(&value, ' ', &word) &&
	    span_to_uint(word, MEMORY_BYTES_MAX, &cost->memory_bytes) &&
	    base64_decode(value.at, value.len, cost->salt, SALT) &&
	    cost->operations >= crypto_pwhash_OPSLIMIT_MIN &&
	    cost->memory_bytes >= crypto_pwhash_MEMLIMIT_MIN;
}

/* libsodium's decoder: this base64 is of secrets. */
static bool
take_secret(struct span value, uint8_t *out, size_t size)
{
	size_t len;

	return sodium_base642bin(out, size, value.at, value.len, NULL, &len,
		   NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
	    len == size;
}

static bool
take_fields(struct content *c, enum key_kind kind, struct fields *f)
{
	struct span rest = { c->text, c->len }, value;

	if (!span_line(&rest, &value) || !span_is(value, "entente-key/1") ||
	    !take(&rest, "kind", &value) || !span_is(value, kinds[kind]) ||
	    !take(&rest, "name", &f->name) ||
	    !take(&rest, "public", &f->public))
		return false;
	if (take(&rest, "secret", &value))
		return take_secret(value, c->seed, SEED) && rest.len == 0;
	f->is_closed = true;
	return take(&rest, "argon2id", &value) && take_cost(value, &f->cost) &&
	    take(&rest, "secretbox", &value) &&
	    take_secret(value, c->box, BOX) && rest.len == 0;
}

static enum err
refuse(const char *path, enum err rc, const char *why)
{
	log_line(LOG_ERROR, where, "%s: %s", path, why);
	return rc;
}

static bool
take_number(struct span text, uint8_t number[MINISIG_NUMBER])
{
	char again[MINISIG_NUMBER_TEXT], hex[MINISIG_NUMBER_TEXT];
	size_t len;

	if (!span_text(text, hex, sizeof(hex)) ||
	    sodium_hex2bin(
		number, MINISIG_NUMBER, hex, text.len, NULL, &len, NULL) != 0 ||
	    len != MINISIG_NUMBER)
		return false;
	/* As people see it, the last byte is first. */
	for (int i = 0; i < MINISIG_NUMBER / 2; i++) {
		uint8_t swap = number[i];

		number[i] = number[MINISIG_NUMBER - 1 - i];
		number[MINISIG_NUMBER - 1 - i] = swap;
	}
	minisig_number_text(number, again);
	return strcmp(again, hex) == 0;
}

/* The key, and is the public one in the file its own? */
static bool
make_key(const struct content *c, const struct fields *f, struct key_file *k)
{
	uint8_t number[MINISIG_NUMBER] = { 0 }, public[MINISIG_KEY];
	char name[NOTE_NAME];

	return span_text(f->name, name, sizeof(name)) &&
	    (k->kind != KEY_BUNDLE || take_number(f->name, number)) &&
	    base64_decode(f->public.at, f->public.len, public, MINISIG_KEY) &&
	    fill(k, name, number, c->seed) &&
	    memcmp(public, k->secret + SEED, MINISIG_KEY) == 0;
}

static enum err
read_key(struct content *c, const char *path, const struct key_passphrase *p,
    struct key_file *k)
{
	struct fields f = { .is_closed = false };
	enum err rc;

	if ((rc = read_private(path, c->text, KEY_FILE_MAX, &c->len)) != ERR_OK)
		return rc;
	if (!take_fields(c, k->kind, &f))
		return refuse(path, ERR_INVALID, "not a key of that kind");
	if (f.is_closed) {
		if (p == NULL)
			return refuse(path, ERR_REAUTH, "needs its passphrase");
		if ((rc = derive(c, &f.cost, p)) != ERR_OK)
			return rc;
		if (!open_box(c))
			return refuse(path, ERR_REAUTH, "wrong passphrase");
	}
	if (!make_key(c, &f, k))
		return refuse(path, ERR_INVALID,
		    "name, public and secret key do not belong together");
	return ERR_OK;
}

enum err
key_file_read(const char *path, enum key_kind kind,
    const struct key_passphrase *p, struct key_file **out)
{
	struct content *c = sodium_malloc(sizeof(*c));
	struct key_file *k = key_alloc(kind);
	enum err rc;

	*out = NULL;
	if (c == NULL || k == NULL) {
		rc = no_memory();
	} else if ((rc = read_key(c, path, p, k)) == ERR_OK) {
		*out = k;
		k = NULL;
	}
	key_file_free(k);
	sodium_free(c);
	return rc;
}

/* ---- writing --------------------------------------------------------- */

static void
add(struct content *c, const char *word, const void *bytes, size_t len)
{
	size_t used = strlen(word);

	memcpy(c->text + c->len, word, used);
	c->len += used;
	sodium_bin2base64(c->text + c->len, KEY_FILE_MAX - c->len, bytes, len,
	    sodium_base64_VARIANT_ORIGINAL);
	c->len += BASE64_LEN(len);
	c->text[c->len++] = '\n';
}

static void
write_head(struct content *c, const struct key_file *k)
{
	char number[MINISIG_NUMBER_TEXT];

	minisig_number_text(k->bundle.number, number);
	c->len = (size_t)snprintf(c->text, KEY_FILE_MAX,
	    "entente-key/1\nkind %s\nname %s\n", kinds[k->kind],
	    k->kind != KEY_BUNDLE ? k->note.name : number);
	add(c, "public ", k->secret + SEED, MINISIG_KEY);
}

static enum err
write_closed(struct content *c, const struct key_passphrase *p)
{
	struct cost cost = { .operations = OPERATIONS,
		.memory_bytes = MEMORY_BYTES };
	char line[80];
	enum err rc;

	randombytes_buf(cost.salt, SALT);
	if ((rc = derive(c, &cost, p)) != ERR_OK)
		return rc;
	close_box(c);
	snprintf(line, sizeof(line), "argon2id %llu %llu ",
	    (unsigned long long)cost.operations,
	    (unsigned long long)cost.memory_bytes);
	add(c, line, cost.salt, SALT);
	add(c, "secretbox ", c->box, BOX);
	return ERR_OK;
}

enum err
key_file_write(
    const char *path, const struct key_file *k, const struct key_passphrase *p)
{
	struct content *c = sodium_malloc(sizeof(*c));
	enum err rc = ERR_OK;

	if (c == NULL)
		return no_memory();
	memcpy(c->seed, k->secret, SEED);
	write_head(c, k);
	if (p == NULL)
		add(c, "secret ", c->seed, SEED);
	else
		rc = write_closed(c, p);
	if (rc == ERR_OK)
		rc = write_private(path, c);
	sodium_free(c);
	return rc;
}

/* ---- passphrases ----------------------------------------------------- */

enum err
key_passphrase_read(const char *path, struct key_passphrase **out)
{
	struct key_passphrase *p = sodium_malloc(sizeof(*p));
	const char *end;
	enum err rc;

	*out = NULL;
	if (p == NULL)
		return no_memory();
	rc = read_private(path, p->text, sizeof(p->text), &p->len);
	end = memchr(p->text, '\n', p->len);
	if (rc == ERR_OK && end == NULL && p->len == sizeof(p->text))
		rc = refuse(path, ERR_INVALID, "the passphrase is too long");
	if (end != NULL)
		p->len = (size_t)(end - p->text);
	if (rc == ERR_OK && p->len == 0)
		rc = refuse(path, ERR_INVALID, "the passphrase is empty");
	if (rc == ERR_OK)
		*out = p;
	else
		sodium_free(p);
	return rc;
}

void
key_passphrase_free(struct key_passphrase *p)
{
	sodium_free(p);
}
