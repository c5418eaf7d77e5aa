/* SPDX-License-Identifier: Apache-2.0 */
/* What ctl_demo.c and ctl_demo_account.c share. */
#ifndef PROG_CTL_DEMO_H
#define PROG_CTL_DEMO_H

#include "prog/ctl.h"

enum { DEMO_ACCOUNTS = 200 };

struct demo_account; /* ctl_demo_account.c */

struct demo {
	struct ctl *ctl;
	struct ctx *ctx;
	int64_t present_at;
	struct demo_account *accounts;
	size_t account_count;
	struct act *acts;
	size_t act_count;
};

/*
 * Makes the secrets of a person who was invited: a random password and TOTP
 * secret.  `from` and `organisation` must live as long as the demonstration.
 * ERR_TOO_LARGE over DEMO_ACCOUNTS.
 */
enum err demo_account_add(
    struct demo *, int64_t person, json_t *from, const char *organisation);

/* Hashes the passwords, enrols all, makes a one-time link for each. */
enum err demo_accounts_enrol(struct demo *);

/* One a line, tab-separated, mode 0600: there whole, or not at all. */
enum err demo_accounts_write(const struct demo *, const char *path);

#endif
