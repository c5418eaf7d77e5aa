/* SPDX-License-Identifier: Apache-2.0 */
#include "clients.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "db/migrate.h"
#include "domain/person.h"

enum { ARENA_BYTES = 256 << 20 };

void
must(bool is_so, const char *what)
{
	if (is_so)
		return;
	fprintf(stderr, "clients: %s\n", what);
	exit(EXIT_FAILURE);
}

void
must_ok(enum err rc, const char *what)
{
	if (rc == ERR_OK)
		return;
	fprintf(stderr, "clients: %s: %s\n", what, err_name(rc));
	exit(EXIT_FAILURE);
}

int
number_of(const char *text)
{
	int64_t number = 0;

	must(text_to_int(text, 0, INT32_MAX, &number), text);
	return (int)number;
}

static struct db *
open_one(const struct conf *conf, const char *name, int schema)
{
	char path[512];
	struct db_options options = { .path = path, .schema = schema };
	struct db *db;

	snprintf(path, sizeof(path), "%s/%s", conf->data_dir, name);
	must_ok(db_open(&options, &db), path);
	return db;
}

void
portal_open(struct ctx *ctx)
{
	struct conf *conf;
	char *problem = NULL;

	memset(ctx, 0, sizeof(*ctx));
	must_ok(conf_load(NULL, &conf, &problem), "the configuration");
	ctx->conf = conf;
	ctx->db = open_one(conf, "portal.db", SCHEMA_PORTAL);
	ctx->auth = open_one(conf, CONF_AUTH_DB, SCHEMA_AUTH);
	ctx->arena = arena_new(ARENA_BYTES);
	ctx->now_at = clock_now();
	ctx->actor.is_console = true;
}

void
portal_close(struct ctx *ctx)
{
	db_free(ctx->db);
	db_free(ctx->auth);
	arena_free(ctx->arena);
}

void
act_as(struct ctx *ctx, const struct person *p)
{
	ctx->now_at = clock_now();
	ctx->actor = (struct actor){ .person = p->id,
		.organisation = p->organisation,
		.roles = p->roles,
		.name = p->name,
		.ref = p->ref,
		.organisation_ref = p->organisation_ref,
		.organisation_name = p->organisation_name,
		.organisation_kind = p->organisation_kind,
		.language = p->language };
}

void
people_read(struct people *p, const char *file)
{
	FILE *f = fopen(file, "r");
	char csrf[TOKEN_TEXT];

	memset(p, 0, sizeof(*p));
	must(f != NULL, "the people's file cannot be opened");
	while (p->count < PEOPLE_MAX &&
	    fscanf(f, "%63s %43s %43s %63s", p->all[p->count].name,
		p->all[p->count].token, csrf,
		p->all[p->count].organisation) == 4)
		p->count++;
	fclose(f);
	must(p->count > 0, "the people's file is empty");
}

const struct someone *
people_find(const struct people *p, const char *name)
{
	for (int i = 0; i < p->count; i++)
		if (strcmp(p->all[i].name, name) == 0)
			return &p->all[i];
	must(false, name);
	return NULL;
}

/* A once-key for a form that a script sends. */
static int
once_main(int argc, char **argv)
{
	char token[TOKEN_TEXT];

	(void)argc;
	(void)argv;
	token_new(token);
	puts(token);
	return EXIT_SUCCESS;
}

/* A visitor's cookie and the csrf that goes with it. */
static int
visitor_main(int argc, char **argv)
{
	char token[TOKEN_TEXT], csrf[TOKEN_TEXT];

	(void)argc;
	(void)argv;
	token_new(token);
	must_ok(csrf_token(token, csrf), "csrf");
	printf("%s %s\n", token, csrf);
	return EXIT_SUCCESS;
}

static const struct {
	const char *name, *arguments;
	int arguments_count;
	int (*run)(int, char **);
} programs[] = {
	{ "world", "PEOPLE", 1, world_main },
	{ "age", "", 0, age_main },
	{ "act", "PEOPLE JOURNAL PORT", 3, act_main },
	{ "verify", "JOURNAL", 1, verify_main },
	{ "prepare", "LIST COUNT", 2, prepare_main },
	{ "sign", "LIST JOURNAL AFTER MICROSECONDS", 4, sign_main },
	{ "told", "LIST JOURNAL", 2, told_main },
	{ "mixed", "PEOPLE PORT FROM TO", 4, mixed_main },
	{ "roots", "", 0, roots_main },
	{ "visitor", "", 0, visitor_main },
	{ "once", "", 0, once_main },
};

int
main(int argc, char **argv)
{
	const size_t n = sizeof(programs) / sizeof(programs[0]);

	umask(0077);
	log_open("clients", LOG_WARNING);
	must_ok(crypt_start(), "libsodium");
	for (size_t i = 0; i < n && argc > 1; i++)
		if (strcmp(argv[1], programs[i].name) == 0 &&
		    argc - 2 == programs[i].arguments_count)
			return programs[i].run(argc - 2, argv + 2);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "usage: clients %s %s\n", programs[i].name,
		    programs[i].arguments);
	return 2;
}
