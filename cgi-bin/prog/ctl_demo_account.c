/* SPDX-License-Identifier: Apache-2.0 */
/* The accounts of a demonstration: their secrets, and the file of them. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "domain/credential.h"
#include "domain/signin_link.h"
#include "prog/ctl_demo.h"

enum {
	DEMO_LINK_DAYS = 30,
	DEMO_PASSWORD = 20, /* characters of base64url: 120 bits */
	DEMO_THREADS = 4
};

struct demo_account {
	int64_t person;
	const char *email;
	const char *organisation;
	const char *roles;
	char password[DEMO_PASSWORD + 1];
	uint8_t totp[TOTP_SECRET];
	char hash[PASSWORD_HASH];
	char link[TOKEN_TEXT];
	enum err hashed;
};

/* The secrets of a person, and what accounts.txt says of them. */
enum err
demo_account_add(
    struct demo *demo, int64_t person, json_t *from, const char *organisation)
{
	struct demo_account *account;
	json_t *roles = json_object_get(from, "roles");
	const char *text = "reader";
	char token[TOKEN_TEXT];
	size_t i;

	if (demo->accounts == NULL)
		demo->accounts = arena_array(
		    demo->ctx->arena, DEMO_ACCOUNTS, sizeof(*account));
	if (demo->account_count == DEMO_ACCOUNTS)
		return ERR_TOO_LARGE;
	account = &demo->accounts[demo->account_count++];
	for (i = 0; i < json_array_size(roles); i++)
		text = arena_printf(demo->ctx->arena, "%s,%s", text,
		    json_string_value(json_array_get(roles, i)));
	token_new(token);
	memcpy(account->password, token, DEMO_PASSWORD);
	totp_secret_new(account->totp);
	account->person = person;
	account->email = json_string_value(json_object_get(from, "email"));
	account->organisation = organisation;
	account->roles = text;
	return ERR_OK;
}

struct share {
	struct demo *demo;
	size_t first;
};

/* Argon2id takes a core for a tenth of a second each: several at a time. */
static void *
hash_share(void *arg)
{
	struct share *share = arg;
	size_t i;

	for (i = share->first; i < share->demo->account_count;
	     i += DEMO_THREADS) {
		struct demo_account *account = &share->demo->accounts[i];

		account->hashed =
		    password_hash(account->password, account->hash);
	}
	return NULL;
}

static enum err
hash_all(struct demo *demo)
{
	pthread_t thread[DEMO_THREADS];
	struct share share[DEMO_THREADS];
	size_t i;
	enum err rc = ERR_OK;
	int n;

	for (n = 0; n < DEMO_THREADS; n++) {
		share[n] = (struct share){ demo, (size_t)n };
		if (pthread_create(&thread[n], NULL, hash_share, &share[n]) !=
		    0)
			break;
	}
	for (i = 0; i < (size_t)n; i++)
		pthread_join(thread[i], NULL);
	if (n < DEMO_THREADS)
		return ERR_MEMORY;
	for (i = 0; i < demo->account_count && rc == ERR_OK; i++)
		rc = demo->accounts[i].hashed;
	return rc;
}

static enum err
set_credentials(struct demo *demo)
{
	struct credential_codes codes; /* nobody is shown these */
	size_t i;
	enum err rc;

	demo->ctx->now_at = demo->present_at;
	if ((rc = db_begin(demo->ctx->auth)) != ERR_OK)
		return rc;
	for (i = 0; i < demo->account_count && rc == ERR_OK; i++) {
		struct demo_account *account = &demo->accounts[i];

		rc = credential_enrol(demo->ctx, account->person, account->hash,
		    account->totp, 0, &codes);
		if (rc == ERR_OK)
			rc = signin_link_new(demo->ctx, account->person,
			    demo->present_at + DEMO_LINK_DAYS * CLOCK_DAY,
			    account->link);
	}
	secret_wipe(&codes, sizeof(codes));
	return db_end(demo->ctx->auth, rc);
}

/* ---- accounts.txt ---------------------------------------------------- */

static void
write_account(const struct demo *demo, const struct demo_account *a, FILE *f)
{
	char base32[TOTP_BASE32];

	totp_base32(a->totp, base32);
	fprintf(f, "%s\t%s\t%s\t%s\t%s\t%s/sign-in/link/%s\n", a->email,
	    a->password, base32, a->organisation, a->roles,
	    demo->ctx->conf->origin[0] != NULL ? demo->ctx->conf->origin[0]
					       : "",
	    a->link);
}

/* To another name first: the file is there whole, or not at all. */
enum err
demo_accounts_write(const struct demo *demo, const char *path)
{
	const char *part = arena_printf(demo->ctx->arena, "%s.part", path);
	size_t i;
	FILE *f;
	int fd;

	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd == -1 || (f = fdopen(fd, "w")) == NULL)
		goto fail;
	for (i = 0; i < demo->account_count; i++)
		write_account(demo, &demo->accounts[i], f);
	if (fflush(f) != 0 || fsync(fd) != 0 || fclose(f) != 0 ||
	    rename(part, path) != 0)
		goto fail;
	return ERR_OK;
fail:
	log_line(LOG_ERROR, "demo", "accounts cannot be written: %s",
	    strerror(errno));
	return ERR_INTERNAL;
}

enum err
demo_accounts_enrol(struct demo *demo)
{
	enum err rc = hash_all(demo);

	return rc != ERR_OK ? rc : set_credentials(demo);
}
