/* SPDX-License-Identifier: Apache-2.0 */
/* What agreement_draft.c asks agreement_check.c; nobody else. */
#ifndef DOMAIN_AGREEMENT_DRAFT_H
#define DOMAIN_AGREEMENT_DRAFT_H

#include "domain/agreement_store.h"

/* What an input's references stand for. */
struct agreement_fit {
	bool keeps_circle;	/* the one that the draft has already */
	const char *circle_ref; /* NULL: a new one */
	const char *circle_name;
	int64_t auditor; /* 0: none */
	char *auditor_name;
	struct agreement_named *parties;
	size_t party_count;
};

/* Fills *fault; always ERR_INVALID.  `who` may be NULL. */
enum err agreement_refuse(struct agreement_fault *, const char *field,
    const char *error, const char *who);

/* May its kind still be chosen?  A successor is of its predecessor's. */
bool agreement_kind_is_open(const struct agreement *);

/* Fit to be kept?  `a` is NULL for a new one.  ERR_INVALID fills *fault. */
enum err agreement_fit(struct ctx *, const struct agreement *,
    const struct agreement_input *, struct agreement_fit *,
    struct agreement_fault *);

#endif
