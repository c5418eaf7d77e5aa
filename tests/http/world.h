/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The portal that the tests talk to: who is there, how they sign in, the
 * keeper's console, and a look at what is stored.  world_open() signs
 * everybody in once, before any test; a test that ends or changes a session
 * signs in on its own.
 */
#ifndef HTTP_WORLD_H
#define HTTP_WORLD_H

#include <stdint.h>

#include "client.h"

/* Kinds of person, as the columns of matrix.tsv. */
enum who {
	VISITOR,
	READER,	   /* of an operator in energy */
	PUBLISHER, /* of an institution, the CSIRT */
	STEWARD,   /* of another operator in energy */
	SIGNATORY, /* of another institution, the ministry */
	AUDITOR,
	KEEPER,
	KEEPER_FRESH,  /* signed in by password and code */
	STEWARD_FRESH, /* likewise; of an operator in water */
	DISABLED,      /* with the cookie from before */
	SUSPENDED,     /* of a suspended organisation, likewise */
	WHO__MAX
};
extern const char *const who_names[WHO__MAX + 1];

enum { WORLD_TEXT = 128 };

struct world {
	const char *run_dir;
	char *http, *https; /* "http://localhost:8080" */
	char *ca_file;
	char *ententectl;
	struct client *as[WHO__MAX];
};
extern struct world world;

/* Refs of organisations, by what the tests use them for. */
#define CSIRT "National CSIRT"
#define MINISTRY "Ministry of Infrastructure"
#define ENERGY "Réseau Nord Énergie"
#define SECRETARIAT "Entente Secretariat"
#define WATER "Syndicat des eaux du Sud"

struct account {
	char email[WORLD_TEXT], password[WORLD_TEXT], totp[WORLD_TEXT];
	char codes[10][24]; /* recovery codes, of those who joined here */
};

void world_open(void);
void world_close(void);

/* ---- the console ------------------------------------------------------ */

/* ententectl with these words; its exit status, and what it printed. */
int console_run(const char *const *words, char **printed);
/* … which must succeed: the first line it printed.  malloc'ed. */
#define console(...) console_line((const char *const[]){ __VA_ARGS__, NULL })
char *console_line(const char *const *words);

/* ---- people ------------------------------------------------------------ */

/* Of accounts.txt; ends the test when there is none. */
struct account account_of(const char *email);

/*
 * Somebody new, invited by the console: the path of the invitation
 * ("/invitation/…"); `email` is made up.
 */
char *invite(const char *organisation_name, const char *roles, char *email);
/* … who has joined over HTTP, and is signed in freshly. */
struct client *
join(const char *organisation_name, const char *roles, struct account *);
/* Takes an invitation; the account has the e-mail. */
struct client *join_by(const char *path, struct account *);

/* By a one-time link: never fresh. */
struct client *signed_in(const char *email);
/* By password and code. */
struct client *signed_in_fresh(struct account *);
/* Both steps of it, in this client: the last answer. */
const struct answer *sign_in(struct client *, struct account *);

/*
 * A code that this account has not used yet; waits when it must.  The steps
 * that were used are kept beside the portal, so that tests share them.
 */
void totp_code(const struct account *, char code[8]);

const char *email_of(enum who);
/* Another session of that kind of person, by a link. */
struct client *another(enum who);
/* Somebody new of that kind, where that is possible. */
struct client *somebody_else(enum who);

/* ---- what is stored ---------------------------------------------------- */

int64_t stored_int(const char *sql, const char *arg);
char *stored_text(const char *sql, const char *arg);
/* That of "portal.db" or "auth/auth.db"; closing the descriptor lets it go. */
int writer_lock(const char *name);
/* Changes portal.db or auth.db behind the portal's back, under the lock. */
void store(const char *sql, const char *arg);
void store_auth(const char *sql, const char *arg);
char *organisation_ref(const char *name);
int64_t records(void);
/*
 * One line about everything that an act could change; sessions' last use and
 * readings are left out.
 */
char *stored_state(void);

/* ---- things to act on -------------------------------------------------- */

/* A draft of the CSIRT, or one that it published: its ref. */
char *make_draft(const char *title, const char *label, const char *circle);
char *make_published(const char *title, const char *label, const char *circle);
void publish(struct client *, const char *ref);
/* A CSAF document with that title and id.  malloc'ed. */
char *csaf_document(const char *id, const char *title, const char *text);
/* … published through the upload form; "" is its own label. */
char *make_imported(
    const char *id, const char *title, const char *label, const char *circle);
/* A new operator in that sector: its name. */
char *make_organisation(const char *sector);
/* "prefix-17-3": not used before. */
char *unique(const char *prefix);

#endif
