/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/minisig_sign.h"

#include <string.h>

#include <sodium.h>

#include "base/log.h"

_Static_assert(MINISIG_SECRET_KEY == crypto_sign_SECRETKEYBYTES, "Ed25519");

enum err
minisig_sign(const struct minisig_key *key,
    const uint8_t secret[MINISIG_SECRET_KEY],
    const uint8_t prehash[MINISIG_PREHASH], const char *trusted,
    struct minisig *m)
{
	uint8_t both[MINISIG_SIGNATURE + MINISIG_TRUSTED_MAX];
	struct minisig_fault fault;
	size_t len = strlen(trusted);

	memset(m, 0, sizeof(*m));
	if (!minisig_trusted_ok(trusted))
		return ERR_INVALID;
	m->is_prehashed = true;
	m->comment = "";
	m->trusted = trusted;
	memcpy(m->number, key->number, MINISIG_NUMBER);
	crypto_sign_detached(
	    m->signature, NULL, prehash, MINISIG_PREHASH, secret);
	memcpy(both, m->signature, MINISIG_SIGNATURE);
	memcpy(both + MINISIG_SIGNATURE, trusted, len);
	crypto_sign_detached(
	    m->global, NULL, both, MINISIG_SIGNATURE + len, secret);
	if (minisig_verify_prehash(m, key, prehash, &fault) == ERR_OK)
		return ERR_OK;
	memset(m, 0, sizeof(*m));
	log_line(LOG_ERROR, "minisig", "a signature of ours does not hold");
	return ERR_INVALID;
}
