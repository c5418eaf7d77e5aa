/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The public key of this portal's log, as a file has it.  Not here: the
 * secret one, which the signer alone has.
 */
#ifndef DOMAIN_LOG_KEY_H
#define DOMAIN_LOG_KEY_H

#include "base/conf.h"
#include "crypt/note.h"

enum log_key_place {
	LOG_KEY_PUBLISHED, /* beside the log, for everybody */
	LOG_KEY_WITNESS,   /* … with which this portal cosigns others' logs */
	LOG_KEY_SIGNER	   /* beside the secret one: the signer's folder */
};

/*
 * ERR_NOT_FOUND: it is not there; ERR_FORBIDDEN: this program may not look
 * there; ERR_INVALID (logged): it is no key; ERR_INTERNAL (logged).
 */
enum err
log_key_read(const struct conf *, enum log_key_place, struct note_key *);

#endif
