/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/signer_message.h"

#include <string.h>

static const uint8_t magic[5] = { 'E', 'N', 'T', 'S', 2 };

const char *const signer_statuses[SIGNER_STATUS__MAX + 1] = { "done", "back",
	"fork", "proof", "text", "failed", "unknown", "unsigned", "stale",
	NULL };

/* Where fields stand in a message. */
enum {
	AT_KIND = 5,
	AT_STATUS = 6,
	AT_SIZE = 8,
	AT_ROOT = 16,

	/* a request */
	AT_COUNT = 48,
	AT_PROOF = 64,
	AT_PREHASH = AT_PROOF + MERKLE_PROOF_MAX * MERKLE_HASH,
	AT_COMMENT = AT_PREHASH + MINISIG_PREHASH,
	AT_OLD = AT_COMMENT + SIGNER_COMMENT,
	AT_ORIGIN = AT_OLD + 8,
	AT_LOG_SIGNATURE = AT_ORIGIN + NOTE_NAME,
	REQUEST_USED = AT_LOG_SIGNATURE + NOTE_SIGNATURE,

	/* an answer */
	AT_SIGNATURE = 48,
	AT_GLOBAL = AT_SIGNATURE + NOTE_SIGNATURE,
	AT_NAME = AT_GLOBAL + MINISIG_SIGNATURE,
	AT_LOG_KEY = AT_NAME + NOTE_NAME,
	AT_NUMBER = AT_LOG_KEY + NOTE_KEY,
	AT_BUNDLE_KEY = AT_NUMBER + MINISIG_NUMBER,
	AT_TIME = AT_BUNDLE_KEY + MINISIG_KEY,
	AT_WITNESS = AT_TIME + 8,
	AT_WITNESS_KEY = AT_WITNESS + NOTE_NAME,
	ANSWER_USED = AT_WITNESS_KEY + NOTE_KEY
};

_Static_assert((int)REQUEST_USED == (int)SIGNER_REQUEST, "a request");
_Static_assert((int)ANSWER_USED == (int)SIGNER_ANSWER, "an answer");

static void
put_number(uint8_t *at, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		at[i] = (uint8_t)(value >> 8 * (bytes - 1 - i));
}

static uint64_t
get_number(const uint8_t *at, int bytes)
{
	uint64_t value = 0;

	for (int i = 0; i < bytes; i++)
		value = value << 8 | at[i];
	return value;
}

static void
put_head(uint8_t *out, size_t size, enum signer_kind kind,
    const struct merkle_point *tree)
{
	memset(out, 0, size);
	memcpy(out, magic, sizeof(magic));
	out[AT_KIND] = (uint8_t)kind;
	put_number(out + AT_SIZE, tree->size, 8);
	memcpy(out + AT_ROOT, tree->root, MERKLE_HASH);
}

static bool
get_head(const uint8_t *in, enum signer_kind *kind, struct merkle_point *tree)
{
	if (memcmp(in, magic, sizeof(magic)) != 0 || in[AT_KIND] == 0 ||
	    in[AT_KIND] >= SIGNER_KIND__MAX)
		return false;
	*kind = (enum signer_kind)in[AT_KIND];
	tree->size = get_number(in + AT_SIZE, 8);
	memcpy(tree->root, in + AT_ROOT, MERKLE_HASH);
	return tree->size <= MERKLE_SIZE_MAX;
}

static void
put_text(uint8_t *at, const char *text, size_t size)
{
	memcpy(at, text, strnlen(text, size - 1));
}

/* A text that ends within its field. */
static bool
get_text(const uint8_t *in, char *out, size_t size)
{
	if (memchr(in, '\0', size) == NULL)
		return false;
	memcpy(out, in, strlen((const char *)in) + 1);
	return true;
}

/* ---- requests -------------------------------------------------------- */

void
signer_request_write(
    const struct signer_request *r, uint8_t out[SIGNER_REQUEST])
{
	size_t n =
	    r->proof.n < MERKLE_PROOF_MAX ? r->proof.n : MERKLE_PROOF_MAX;

	put_head(out, SIGNER_REQUEST, r->kind, &r->tree);
	put_number(out + AT_COUNT, n, 2);
	memcpy(out + AT_PROOF, r->proof.hash, n * MERKLE_HASH);
	memcpy(out + AT_PREHASH, r->prehash, MINISIG_PREHASH);
	put_text(out + AT_COMMENT, r->comment, SIGNER_COMMENT);
	put_number(out + AT_OLD, r->old, 8);
	put_text(out + AT_ORIGIN, r->origin, NOTE_NAME);
	memcpy(out + AT_LOG_SIGNATURE, r->signature, NOTE_SIGNATURE);
}

static bool
is_zero(const void *bytes, size_t len)
{
	const uint8_t *p = bytes;

	while (len > 0 && *p == 0) {
		p++;
		len--;
	}
	return len == 0;
}

/* A kind has its own fields and no others. */
static bool
is_of_its_kind(const struct signer_request *r)
{
	bool has_tree = r->tree.size != 0 || r->proof.n != 0 ||
	    !is_zero(r->tree.root, MERKLE_HASH);
	bool has_bundle =
	    r->comment[0] != '\0' || !is_zero(r->prehash, MINISIG_PREHASH);
	bool has_log = r->old != 0 || r->origin[0] != '\0' ||
	    !is_zero(r->signature, NOTE_SIGNATURE);

	return (r->kind == SIGNER_CHECKPOINT || r->kind == SIGNER_COSIGN ||
		   !has_tree) &&
	    (r->kind == SIGNER_BUNDLE || !has_bundle) &&
	    (r->kind == SIGNER_COSIGN || !has_log);
}

bool
signer_request_read(const uint8_t in[SIGNER_REQUEST], struct signer_request *r)
{
	uint8_t same[SIGNER_REQUEST];

	memset(r, 0, sizeof(*r));
	if (!get_head(in, &r->kind, &r->tree))
		return false;
	r->proof.n = (size_t)get_number(in + AT_COUNT, 2);
	if (r->proof.n > MERKLE_PROOF_MAX)
		return false;
	memcpy(r->proof.hash, in + AT_PROOF, r->proof.n * MERKLE_HASH);
	memcpy(r->prehash, in + AT_PREHASH, MINISIG_PREHASH);
	r->old = get_number(in + AT_OLD, 8);
	memcpy(r->signature, in + AT_LOG_SIGNATURE, NOTE_SIGNATURE);
	if (!get_text(in + AT_COMMENT, r->comment, SIGNER_COMMENT) ||
	    !get_text(in + AT_ORIGIN, r->origin, NOTE_NAME) ||
	    r->old > MERKLE_SIZE_MAX || !is_of_its_kind(r))
		return false;
	/* Whatever it is, there is one way to say it. */
	signer_request_write(r, same);
	return memcmp(same, in, SIGNER_REQUEST) == 0;
}

/* ---- answers --------------------------------------------------------- */

void
signer_answer_write(const struct signer_answer *a, uint8_t out[SIGNER_ANSWER])
{
	put_head(out, SIGNER_ANSWER, a->kind, &a->last);
	out[AT_STATUS] = (uint8_t)a->status;
	memcpy(out + AT_SIGNATURE, a->signature, NOTE_SIGNATURE);
	memcpy(out + AT_GLOBAL, a->global, MINISIG_SIGNATURE);
	put_text(out + AT_NAME, a->log.name, NOTE_NAME);
	memcpy(out + AT_LOG_KEY, a->log.key, NOTE_KEY);
	memcpy(out + AT_NUMBER, a->bundle.number, MINISIG_NUMBER);
	memcpy(out + AT_BUNDLE_KEY, a->bundle.key, MINISIG_KEY);
	put_number(out + AT_TIME, a->time_s, 8);
	put_text(out + AT_WITNESS, a->witness.name, NOTE_NAME);
	memcpy(out + AT_WITNESS_KEY, a->witness.key, NOTE_KEY);
}

/* Without a name there is no key either. */
static bool
get_witness(const uint8_t *in, struct note_key *key)
{
	char name[NOTE_NAME];

	if (!get_text(in + AT_WITNESS, name, NOTE_NAME))
		return false;
	return name[0] == '\0' ||
	    note_key_make(name, NOTE_COSIGNATURE, in + AT_WITNESS_KEY, key);
}

bool
signer_answer_read(const uint8_t in[SIGNER_ANSWER], struct signer_answer *a)
{
	uint8_t same[SIGNER_ANSWER];
	char name[NOTE_NAME];

	memset(a, 0, sizeof(*a));
	if (!get_head(in, &a->kind, &a->last) ||
	    in[AT_STATUS] >= SIGNER_STATUS__MAX ||
	    !get_text(in + AT_NAME, name, NOTE_NAME) ||
	    !note_key_make(name, NOTE_ED25519, in + AT_LOG_KEY, &a->log) ||
	    !get_witness(in, &a->witness))
		return false;
	a->status = (enum signer_status)in[AT_STATUS];
	memcpy(a->signature, in + AT_SIGNATURE, NOTE_SIGNATURE);
	memcpy(a->global, in + AT_GLOBAL, MINISIG_SIGNATURE);
	memcpy(a->bundle.number, in + AT_NUMBER, MINISIG_NUMBER);
	memcpy(a->bundle.key, in + AT_BUNDLE_KEY, MINISIG_KEY);
	a->time_s = get_number(in + AT_TIME, 8);
	signer_answer_write(a, same);
	return memcmp(same, in, SIGNER_ANSWER) == 0;
}
