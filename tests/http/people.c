/* SPDX-License-Identifier: Apache-2.0 */
/* How people of the tests' world sign in and join. */
#include <check.h>
#include <ctype.h>
#include <fcntl.h>
#include <liboath/oath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "html.h"
#include "world.h"

enum { STEP_S = 30 };

/* The password of everybody who joins here. */
static const char password[] = "seven drab kettles hum at dusk";

/* ---- accounts ----------------------------------------------------------- */

static void
copy(char *to, const char *from, size_t len)
{
	ck_assert_uint_lt(len, WORLD_TEXT);
	memcpy(to, from, len);
	to[len] = '\0';
}

/* e-mail, password, secret, organisation, roles, link: tabs between. */
struct account
account_of(const char *email)
{
	char line[2048];
	struct account a = { .email = "" };
	const size_t len = strlen(email);
	FILE *f;

	f = fopen(textf("%s/accounts.txt", world.run_dir), "r");
	ck_assert_ptr_nonnull(f);
	while (a.email[0] == '\0' && fgets(line, sizeof(line), f) != NULL) {
		const char *p = line + len + 1;
		size_t n = strcspn(p, "\t");

		if (strncmp(line, email, len) != 0 || line[len] != '\t')
			continue;
		copy(a.email, email, len);
		copy(a.password, p, n);
		p += n + 1;
		copy(a.totp, p, strcspn(p, "\t"));
	}
	fclose(f);
	ck_assert_msg(a.email[0] != '\0', "%s has no account", email);
	return a;
}

/* ---- codes ---------------------------------------------------------------- */

/* The step that was used last, of a secret. */
static int
open_steps(const struct account *a)
{
	int fd;

	(void)mkdir(textf("%s/steps", world.run_dir), 0700);
	fd = open(textf("%s/steps/%s", world.run_dir, a->totp),
	    O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	ck_assert_int_ne(fd, -1);
	ck_assert_int_eq(flock(fd, LOCK_EX), 0);
	return fd;
}

/*
 * The portal takes the present step and those beside it, each once: so three
 * codes in half a minute, the earliest first while it cannot be too late.
 */
static time_t
next_step(int fd)
{
	char text[32] = "";
	time_t used = 0, now, step;

	if (pread(fd, text, sizeof(text) - 1, 0) > 0)
		used = strtoll(text, NULL, 10);
	while ((now = time(NULL)) / STEP_S + 1 <= used)
		usleep(200 * 1000);
	step = now / STEP_S - (now % STEP_S < STEP_S - 8);
	if (step <= used)
		step = used + 1;
	snprintf(text, sizeof(text), "%lld\n", (long long)step);
	ck_assert_int_gt(pwrite(fd, text, strlen(text), 0), 0);
	return step;
}

void
totp_code(const struct account *a, char code[8])
{
	const int fd = open_steps(a);
	const time_t step = next_step(fd);
	char *secret = NULL;
	size_t len = 0;

	close(fd);
	ck_assert_int_eq(
	    oath_base32_decode(a->totp, strlen(a->totp), &secret, &len),
	    OATH_OK);
	ck_assert_int_eq(
	    oath_totp_generate(secret, len, step * STEP_S, STEP_S, 0, 6, code),
	    OATH_OK);
	free(secret);
}

/* ---- signing in ----------------------------------------------------------- */

/* "http://host/sign-in/link/…" without the host. */
static const char *
path_of(const char *link)
{
	const char *path = strstr(link, "://");

	ck_assert_ptr_nonnull(path);
	path = strchr(path + 3, '/');
	ck_assert_ptr_nonnull(path);
	return path;
}

struct client *
signed_in(const char *email)
{
	const char *path = path_of(console("person", "link", email));
	struct client *c = client_new();
	const struct answer *a = client_get(c, path);
	struct html_form *form = html_form(a, path);

	ck_assert_msg(form != NULL, "a link: %s", answer_gist(a));
	a = html_send(c, form);
	ck_assert_int_eq(a->status, 303);
	ck_assert_str_eq(answer_location(a), "/today");
	return c;
}

const struct answer *
sign_in(struct client *c, struct account *account)
{
	const struct answer *a = client_get(c, "/sign-in");
	struct html_form *form = html_form(a, "/sign-in");
	char code[8];

	ck_assert_msg(form != NULL, "no form to sign in: %d", a->status);
	html_set(form, "email", account->email);
	html_set(form, "password", account->password);
	a = html_send(c, form);
	if (a->status != 303)
		return a;
	ck_assert_str_eq(answer_location(a), "/sign-in/code");
	a = client_get(c, "/sign-in/code");
	ck_assert_ptr_nonnull(form = html_form(a, "/sign-in/code"));
	totp_code(account, code);
	html_set(form, "code", code);
	return html_send(c, form);
}

struct client *
signed_in_fresh(struct account *account)
{
	struct client *c = client_new();
	const struct answer *a = sign_in(c, account);

	ck_assert_msg(
	    a->status == 303, "%s: %s", account->email, answer_gist(a));
	ck_assert_str_eq(answer_location(a), "/today");
	return c;
}

/* ---- joining --------------------------------------------------------------- */

char *
invite(const char *organisation_name, const char *roles, char *email)
{
	char *organisation = organisation_ref(organisation_name);
	char *name = unique("person"), *link;

	snprintf(email, WORLD_TEXT, "%s@invited.example", name);
	link = console("person", "invite", organisation, "--name", name,
	    "--email", email, "--roles", roles, "--language", "en");
	return strdup(path_of(link));
}

/* The secret as the page shows it: groups of four, no spaces now. */
static void
read_secret(const struct answer *a, struct account *account)
{
	static const char mark[] = "<p class=\"secret\" translate=\"no\">";
	const char *p = strstr(a->body, mark);
	size_t n = 0;

	ck_assert_msg(p != NULL, "no secret in the page: %d", a->status);
	for (p += strlen(mark); *p != '<'; p++)
		if (*p != ' ' && n + 1 < sizeof(account->totp))
			account->totp[n++] = *p;
	account->totp[n] = '\0';
}

static void
read_codes(const struct answer *a, struct account *account)
{
	const char *p = a->body;
	int n;

	for (n = 0; n < 10; n++) {
		ck_assert_ptr_nonnull(p = strstr(p, "<li><code>"));
		p += strlen("<li><code>");
		ck_assert_uint_lt(strcspn(p, "<"), sizeof(account->codes[n]));
		copy(account->codes[n], p, strcspn(p, "<"));
	}
}

struct client *
join_by(const char *path, struct account *account)
{
	struct client *c = client_new();
	char *factor = textf("%s/factor", path), code[8];
	const struct answer *a;
	struct html_form *form;

	a = client_get(c, path);
	ck_assert_ptr_nonnull(form = html_form(a, path));
	html_set(form, "password", password);
	a = html_send(c, form);
	ck_assert_msg(a->status == 303, "%s", answer_gist(a));
	ck_assert_str_eq(answer_location(a), factor);
	a = client_get(c, factor);
	read_secret(a, account);
	copy(account->password, password, strlen(password));
	ck_assert_ptr_nonnull(form = html_form(a, factor));
	totp_code(account, code);
	html_set(form, "code", code);
	a = html_send(c, form);
	ck_assert_msg(a->status == 200, "%s", answer_gist(a));
	read_codes(a, account);
	return c;
}

struct client *
join(const char *organisation_name, const char *roles, struct account *account)
{
	const char *path = invite(organisation_name, roles, account->email);

	return join_by(path, account);
}

/* ---- the world -------------------------------------------------------------- */

static const char *
needed(const char *name)
{
	const char *value = getenv(name);

	if (value == NULL || *value == '\0') {
		fprintf(stderr, "%s is not set: tests/http/run does.\n", name);
		exit(2);
	}
	return value;
}

static void
read_environment(void)
{
	world.run_dir = needed("RUN_DIR");
	world.http = textf("http://localhost:%s", needed("PORT"));
	world.https = textf("https://localhost:%s", needed("TLS_PORT"));
	world.ca_file = textf("%s/localhost.crt", world.run_dir);
	world.ententectl = textf("%s/bin/ententectl", needed("BUILD"));
	setenv("ENTENTE_CONF", textf("%s/entente.conf", world.run_dir), 1);
	client_start(world.http, world.ca_file);
}

/* Whose sessions are made from what the console can do alone. */
static const struct {
	enum who who;
	const char *email;		  /* of the demonstration */
	const char *organisation, *roles; /* or somebody new */
} kinds[] = {
	{ READER, NULL, ENERGY, "reader" },
	{ PUBLISHER, NULL, CSIRT, "publisher" },
	{ STEWARD, "ines.perrin@stockages-vallee.example",
	    "Stockages de la Vallée", "steward" },
	{ SIGNATORY, "eva.maes@infrastructure.example", MINISTRY, "signatory" },
	{ AUDITOR, "marc.weber@audit.example", "Court of Audit", "auditor" },
	{ KEEPER, "sofie.jacobs@secretariat.example", SECRETARIAT, "keeper" },
	{ DISABLED, NULL, CSIRT, "reader" },
	{ SUSPENDED, NULL, NULL, "reader" }, /* of a new organisation */
	{ KEEPER_FRESH, "paul.kremer@secretariat.example", SECRETARIAT,
	    "keeper" },
	{ STEWARD_FRESH, "michel.thill@eaux-sud.example", WATER, "steward" },
};

static char emails[WHO__MAX][WORLD_TEXT];

const char *
email_of(enum who who)
{
	return emails[who];
}

struct client *
another(enum who who)
{
	if (who == VISITOR)
		return client_new();
	if (who == DISABLED || who == SUSPENDED)
		return client_copy(world.as[who]);
	return signed_in(emails[who]);
}

struct client *
somebody_else(enum who who)
{
	struct account a;
	size_t i;

	if (who == DISABLED)
		return another(who);
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].who == who && kinds[i].organisation != NULL)
			return join(kinds[i].organisation, kinds[i].roles, &a);
	return another(who);
}

static void
sign_in_fresh(enum who who)
{
	struct account a = account_of(emails[who]);

	client_free(world.as[who]);
	world.as[who] = signed_in_fresh(&a);
}

/* Everybody reads English, so that texts can be compared. */
static void
speak_english(struct client *c)
{
	const struct answer *a = client_post(
	    c, "/language", FIELDS("language", "en", "to", "/today"));

	ck_assert_int_eq(a->status, 303);
}

void
world_open(void)
{
	char *suspended;
	size_t i;

	curl_global_init(CURL_GLOBAL_ALL);
	oath_init();
	read_environment();
	suspended = make_organisation("energy");
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const enum who who = kinds[i].who;
		const char *organisation = kinds[i].organisation;
		struct account a = { .email = "" };

		if (organisation == NULL)
			organisation = suspended;
		if (kinds[i].email != NULL)
			copy(a.email, kinds[i].email, strlen(kinds[i].email));
		else
			client_free(join(organisation, kinds[i].roles, &a));
		copy(emails[who], a.email, strlen(a.email));
		world.as[who] = signed_in(a.email);
	}
	sign_in_fresh(KEEPER_FRESH);
	sign_in_fresh(STEWARD_FRESH);
	for (i = VISITOR + 1; i < WHO__MAX; i++)
		speak_english(world.as[i]);
	world.as[VISITOR] = client_new();
	console("person", "disable", emails[DISABLED]);
	console("org", "suspend", organisation_ref(suspended), "--why",
	    "For the tests.");
	/* Their next page has a visitor's token. */
	world.as[DISABLED]->csrf[0] = world.as[SUSPENDED]->csrf[0] = '\0';
}

void
world_close(void)
{
	int i;

	for (i = 0; i < WHO__MAX; i++)
		client_free(world.as[i]);
	oath_done();
	curl_global_cleanup();
}
