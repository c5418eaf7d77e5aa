/* SPDX-License-Identifier: Apache-2.0 */
/* What the records of a bundle refer to: for bundle_make.c alone. */
#ifndef DOMAIN_BUNDLE_PART_H
#define DOMAIN_BUNDLE_PART_H

#include "crypt/tlog_bundle.h"
#include "domain/ctx.h"

enum bundle_part_kind {
	BUNDLE_KEY,
	BUNDLE_SIGNATURE,
	BUNDLE_CANONICAL,
	BUNDLE_CONTENT
};

struct bundle_part {
	char *name; /* in the archive */
	enum bundle_part_kind kind;
	int64_t id; /* of its row */
};

/* In the order of a bundle, each once: keys before the others. */
struct bundle_parts {
	struct bundle_part *rows;
	size_t n;
};

/* `organisation` asked for it.  ERR_CORRUPT: a record is none (logged). */
enum err bundle_parts_find(
    struct ctx *, int64_t bundle, int64_t organisation, struct bundle_parts *);

/* Writes one; what fails is in the archive, or logged. */
enum err bundle_part_write(
    struct ctx *, const struct bundle_part *, struct tlog_bundle *);

#endif
