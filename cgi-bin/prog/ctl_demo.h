/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of ententectl demo share; nothing else includes it. */
#ifndef PROG_CTL_DEMO_H
#define PROG_CTL_DEMO_H

#include "prog/ctl.h"

enum { DEMO_ACCOUNTS = 200 };

struct demo_account; /* ctl_demo_account.c */

struct demo {
	struct ctl *ctl;
	struct ctx *ctx;
	json_t *data;	    /* the whole file */
	const char *folder; /* that it lies in: files are named from there */
	int64_t present_at;
	struct demo_account *accounts;
	size_t account_count;
	struct act *acts;
	size_t act_count;
};

/* One thing that somebody did: sorted by time, then done in order. */
struct act;
typedef enum err demo_run(struct demo *, struct act *);
struct act {
	int64_t at;
	size_t order;
	demo_run *run;
	json_t *what;
	json_t *subject; /* what it is about: has "ref" once it is there */
};

/* A member of an object: "" when it is none; an array, NULL-ended; a mask. */
const char *demo_text(json_t *, const char *name);
const char **demo_texts(struct demo *, json_t *, const char *name);
int64_t demo_sectors(json_t *);
/* So many days from the present, at the end of that day; 0 for none. */
int64_t demo_day(const struct demo *, json_t *, const char *name);
/* Circles by ref, or by the name of one that an agreement opened. */
const char *const *demo_circles(struct demo *, json_t *);

/* Who acts from now on.  ERR_NOT_FOUND: not in the file (logged). */
enum err demo_act_as(struct demo *, const char *email);

/* For later, at its "ago"; nothing for NULL.  ERR_TOO_LARGE. */
enum err demo_plan(struct demo *, json_t *subject, json_t *what, demo_run *);
/* Each of a list of the subject's. */
enum err
demo_plan_all(struct demo *, json_t *subject, const char *list, demo_run *);

/* What the file says of agreements, and of the library. */
enum err demo_agreements_plan(struct demo *, json_t *data);
enum err demo_library_plan(struct demo *, json_t *data);

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
