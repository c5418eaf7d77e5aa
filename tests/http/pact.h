/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agreements between the CSIRT and an operator in energy, made over HTTP by
 * their signatories.
 */
#ifndef HTTP_PACT_H
#define HTTP_PACT_H

#include "client.h"

#define PACT_CSIRT "jonas.peeters@csirt.example"
#define PACT_ENERGY "lucie.fontaine@nord-energie.example"

/* A session by a link whose proof is made fresh behind the portal's back. */
struct client *pact_fresh(const char *email);

/* Proposed by the operator: its ref. */
char *pact_propose(const char *title);
/* In force, and lets that organisation read their records up to GREEN. */
char *pact_audit(const char *title, const char *auditor);
/* For the organisation of that person, in the portal. */
void pact_sign(const char *email, const char *ref);
/* … with a new minisign key of the organisation: its line, as -P takes it. */
char *pact_sign_by_key(const char *email, const char *ref);
/* In force; the operator signed by a key, the CSIRT in the portal. */
char *pact_make(const char *title);
/* "community", "everybody"; "whole", "terms". */
void pact_publish(const char *ref, const char *to, const char *extent);
/* All three at once. */
char *pact_published(const char *title, const char *to, const char *extent);

#endif
