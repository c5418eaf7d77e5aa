/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A .minisig file in a form: uploaded as "file", or its text in "pasted".
 * Not its meaning: crypto/minisig.h, and who asks for it.
 */
#ifndef PAGE_SIGNATURE_FILE_H
#define PAGE_SIGNATURE_FILE_H

#include "crypt/minisig.h"
#include "page/visit.h"

/* The two fields, for a row of field specifications. */
#define SIGNATURE_FILE_FIELDS                                                  \
	{ .name = "file",                                                      \
		.kind = FIELD_FILE,                                            \
		.max = MINISIG_FILE_MAX,                                       \
		.label = "signature" },                                        \
	{                                                                      \
		.name = "pasted", .kind = FIELD_PROSE, .max = MINISIG_FILE_MAX \
	}

/*
 * The bytes, which live as long as the request.  ERR_INVALID: there are none;
 * the form says so.
 */
enum err signature_file_take(struct visit *, const void **bytes, size_t *len);

/* "file" or "pasted": by which it came, for messages beside it. */
const char *signature_file_field(const struct visit *);

/* For a page: one of the two is needed, neither is optional. */
void signature_file_show(struct visit *);

#endif
