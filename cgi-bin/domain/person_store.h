/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What person.c (loading, inviting) and person_change.c share; nothing else
 * includes it.  What takes a context and changes something must be called
 * inside db_begin().
 */
#ifndef DOMAIN_PERSON_STORE_H
#define DOMAIN_PERSON_STORE_H

#include <jansson.h>

#include "domain/person.h"

/* The console counts as one. */
bool person_is_keeper(const struct ctx *);

/* As person_load(), of the own organisation for its steward alone. */
enum err person_load_charge(struct ctx *, const char *ref, struct person **);

/* Active people of an organisation with one of these roles, but one of them
   (0: all). */
enum err person_count_others(struct ctx *, int64_t organisation, int64_t but,
    unsigned roles, int64_t *n);

/* Shapes of what is typed; whether it is an address, a mail will tell. */
bool person_name_ok(const char *);
bool person_email_ok(const char *);
bool person_language_ok(const char *);

/* Only a keeper makes keepers. */
bool person_may_give(const struct ctx *, enum org_kind, unsigned roles);

json_t *person_role_list(unsigned roles);
enum err person_record_invited(
    struct ctx *, const char *ref, const char *organisation, unsigned roles);

#endif
