/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a record's canonical bytes say, for people.  The bytes themselves are
 * what counts.
 */
#ifndef DOMAIN_RECORD_DETAIL_H
#define DOMAIN_RECORD_DETAIL_H

#include "domain/record_list.h"

struct record_detail {
	char *name; /* a key of "what" */
	/* As text, one or several; what is null or empty is left out. */
	char **values;
	size_t count;
};

/* In the order of the bytes.  ERR_CORRUPT: they are no record. */
enum err record_details(
    struct ctx *, const struct record *, struct record_detail **, size_t *n);

/* "advisory.published": RECORD_OF_ADVISORY; else RECORD_FAMILY__MAX. */
enum record_family record_family_of(const char *kind);

#endif
