/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "crypt/token.h"
#include "db/migrate.h"

enum { ARENA_BYTES = 256 * 1024 * 1024, SENTENCE = 2048 };

/* Files that workers of other users share are made with the group's bits. */
enum { UMASK = 0007 };

#define BOTH (CTL_CONF | CTL_PORTAL | CTL_AUTH)
#define ONE (CTL_CONF | CTL_PORTAL)

/* clang-format off */
static const struct ctl_command commands[] = {
	{ "migrate", NULL, "",
	    "bring both databases to this version's schema",
	    CTL_CONF, ctl_migrate },
	{ "org", "add", "NAME --kind KIND --country XX [--sectors A,B]"
	    " [--signed YYYY-MM-DD | --charter en|fr]",
	    "admit an organisation, by its charter", ONE, ctl_org_add },
	{ "org", "list", "", "all organisations", ONE, ctl_org_list },
	{ "org", "suspend", "ORGANISATION --why TEXT",
	    "end its grants and sessions now", ONE, ctl_org_suspend },
	{ "org", "reinstate", "ORGANISATION",
	    "open its circles again from now on", ONE, ctl_org_reinstate },
	{ "person", "invite", "ORGANISATION --name NAME --email EMAIL"
	    " [--roles A,B] [--language en|fr]",
	    "add a person and print the invitation's link",
	    ONE, ctl_person_invite },
	{ "person", "list", "[ORGANISATION]", "people and their state",
	    ONE, ctl_person_list },
	{ "person", "disable", "EMAIL", "end the person's sessions and access",
	    ONE, ctl_person_disable },
	{ "person", "enable", "EMAIL", "let the person in again",
	    ONE, ctl_person_enable },
	{ "person", "link", "EMAIL",
	    "print a one-time link that signs in (demonstrations only)",
	    BOTH, ctl_person_link },
	{ "person", "unlock", "EMAIL",
	    "let a person try again after too many wrong tries",
	    BOTH, ctl_person_unlock },
	{ "person", "reset", "EMAIL",
	    "forget password and code; print a new invitation's link",
	    BOTH, ctl_person_reset },
	{ "advisory", "import", "PATH... --as ORGANISATION [--circles A,B]"
	    " [--label LABEL]",
	    "take in CSAF 2.0 files and folders", ONE, ctl_advisory_import },
	{ "document", "add", "FILE --as ORGANISATION --title TEXT"
	    " --summary TEXT --kind KIND --language XX [--sectors A,B]"
	    " [--measures a,b] [--label LABEL] [--circles A,B]"
	    " [--review-by YYYY-MM-DD]",
	    "publish a file as an entry of the library", ONE,
	    ctl_document_add },
	{ "document", "list", "", "all entries of the library, without titles",
	    ONE, ctl_document_list },
	{ "document", "withdraw", "REF --as ORGANISATION --why TEXT",
	    "leave a notice in its place", ONE, ctl_document_withdraw },
	{ "backup", NULL, "FILE", "copy all data into one file, while serving",
	    BOTH, ctl_backup },
	{ "restore", NULL, "FILE", "put a backup into an empty data directory",
	    CTL_CONF, ctl_restore },
	{ "check", NULL, "", "verify databases, documents and records",
	    BOTH, ctl_check },
	{ "tidy", NULL, "",
	    "merge the search indexes and remove what uploads left",
	    ONE, ctl_tidy },
	{ "key", "make", "FOLDER --name LOG [--passphrase FILE]",
	    "make the keys of the log and of bundles", 0, ctl_key_make },
	{ "key", "show", "FOLDER", "the public keys, and what was signed last",
	    0, ctl_key_show },
	{ "key", "rotate", "FOLDER [--passphrase FILE] [--apart]",
	    "let the log's key hand over to a new one", 0, ctl_key_rotate },
	{ "key", "adopt", "FILE", "record that the log's key was handed over",
	    ONE, ctl_key_adopt },
	{ "witness", "make", "FOLDER --name NAME [--passphrase FILE]",
	    "make the key that witnesses other logs", 0, ctl_witness_make },
	{ "witness", "add", "FOLDER KEY [--passphrase FILE]",
	    "witness the log of that verifier key", 0, ctl_witness_add },
	{ "witness", "remove", "FOLDER KEY",
	    "cosign nothing more that this key signs", 0, ctl_witness_remove },
	{ "witness", "list", "FOLDER", "the logs that are witnessed",
	    0, ctl_witness_list },
	{ "doctor", NULL, "",
	    "say what is wrong with this installation and how to mend it",
	    0, ctl_doctor },
	{ "demo", NULL, "PARTNERSHIP --accounts FILE",
	    "fill empty databases with a demonstration partnership",
	    BOTH, ctl_demo },
};
/* clang-format on */

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static const char *const reasons[ERR__MAX] = {
	[ERR_OK] = "all is well.",
	[ERR_NOT_FOUND] = "there is no such one.",
	[ERR_FORBIDDEN] = "that is not allowed.",
	[ERR_CHARTER] = "the organisation has no charter in force.",
	[ERR_MALFORMED] = "the text is not well-formed.",
	[ERR_TOO_LARGE] = "it is too large.",
	[ERR_INVALID] = "a value is not allowed here.",
	[ERR_STALE] = "somebody else changed it meanwhile; try again.",
	[ERR_STATE] = "it is not in a state that allows this.",
	[ERR_AUDIENCE] = "nobody would be able to read it.",
	[ERR_EXISTS] = "that is taken already.",
	[ERR_BUSY] = "the database is busy; try again.",
	[ERR_QUOTA] = "there are as many as an organisation may have at once.",
	[ERR_FULL] = "the disk is full.",
	[ERR_MEMORY] = "there is no memory left.",
	[ERR_CORRUPT] = "stored data is damaged; run ententectl check.",
	[ERR_INTERNAL] = "a fault inside; the log lines above say more.",
};

const char *
ctl_reason(enum err rc)
{
	if ((unsigned)rc >= ERR__MAX || reasons[rc] == NULL)
		return "that is not possible.";
	return reasons[rc];
}

/* ---- what it says ---------------------------------------------------- */

void
ctl_say(struct ctl *ctl, const char *format, ...)
{
	va_list ap;

	if (ctl->is_json)
		return;
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	putchar('\n');
}

enum ctl_exit
ctl_found(struct ctl *ctl, json_t *result, bool is_ok)
{
	enum ctl_exit rc = is_ok ? CTL_DONE : CTL_FAILED;

	if (result == NULL)
		result = json_object();
	if (ctl->is_json) {
		json_object_set_new(result, "ok", json_boolean(is_ok));
		json_dumpf(result, stdout, JSON_INDENT(2));
		putchar('\n');
	}
	json_decref(result);
	if (fflush(stdout) != 0) {
		fprintf(stderr, "ententectl: standard output: %s.\n",
		    strerror(errno));
		rc = CTL_FAILED;
	}
	return rc;
}

enum ctl_exit
ctl_done(struct ctl *ctl, json_t *result)
{
	return ctl_found(ctl, result, true);
}

static void
complain(struct ctl *ctl, enum err code, const char *sentence)
{
	json_t *result;

	if (!ctl->is_json) {
		fprintf(stderr, "ententectl: %s\n", sentence);
		return;
	}
	result = json_pack(
	    "{s:s, s:s}", "error", err_name(code), "message", sentence);
	ctl_found(ctl, result, false);
}

enum ctl_exit
ctl_fail(struct ctl *ctl, enum err code, const char *format, ...)
{
	char sentence[SENTENCE];
	va_list ap;

	va_start(ap, format);
	vsnprintf(sentence, sizeof(sentence), format, ap);
	va_end(ap);
	complain(ctl, code, sentence);
	return CTL_FAILED;
}

static void
usage_line(FILE *out, const struct ctl_command *c)
{
	fprintf(out, "usage: ententectl [-c CONF] [--json] %s%s%s%s%s\n",
	    c->noun, c->verb == NULL ? "" : " ", c->verb == NULL ? "" : c->verb,
	    c->arguments[0] == '\0' ? "" : " ", c->arguments);
}

enum ctl_exit
ctl_usage(struct ctl *ctl, const char *format, ...)
{
	char sentence[SENTENCE];
	va_list ap;

	va_start(ap, format);
	vsnprintf(sentence, sizeof(sentence), format, ap);
	va_end(ap);
	complain(ctl, ERR_INVALID, sentence);
	if (ctl->command != NULL)
		usage_line(stderr, ctl->command);
	else
		fprintf(stderr, "Try: ententectl help\n");
	return CTL_USAGE;
}

/* ---- the command line ------------------------------------------------ */

/* The option that an argument names; *value what stands after its "=". */
static struct ctl_option *
find_option(struct ctl_option *options, const char *text, const char **value)
{
	size_t len = strcspn(text, "=");

	*value = text[len] == '=' ? text + len + 1 : NULL;
	for (; options->name != NULL; options++)
		if (strncmp(options->name, text, len) == 0 &&
		    options->name[len] == '\0')
			return options;
	return NULL;
}

/* Takes argv[*i], an option, and argv[*i + 1] where that is its value. */
static enum ctl_exit
take_option(
    struct ctl *ctl, struct ctl_option *options, int argc, char **argv, int *i)
{
	const char *text = argv[*i], *value;
	struct ctl_option *o = find_option(options, text, &value);

	if (o == NULL)
		return ctl_usage(ctl, "%s is not an option here.", text);
	if (o->is_set)
		return ctl_usage(ctl, "%s was given twice.", o->name);
	if (o->is_flag && value != NULL)
		return ctl_usage(ctl, "%s takes no value.", o->name);
	if (!o->is_flag && value == NULL) {
		if (*i + 1 >= argc)
			return ctl_usage(ctl, "%s needs a value.", o->name);
		value = argv[++*i];
	}
	o->is_set = true;
	o->value = value;
	return CTL_DONE;
}

static enum ctl_exit
check_needed(struct ctl *ctl, const struct ctl_option *o)
{
	for (; o->name != NULL; o++)
		if (o->is_needed && !o->is_set)
			return ctl_usage(ctl, "%s is needed.", o->name);
	return CTL_DONE;
}

enum ctl_exit
ctl_arguments(struct ctl *ctl, int argc, char **argv,
    struct ctl_option *options, int min, int max, int *operands)
{
	bool may_be_option = true;
	enum ctl_exit rc;

	*operands = 0;
	for (int i = 0; i < argc; i++) {
		if (may_be_option && strcmp(argv[i], "--") == 0) {
			may_be_option = false;
		} else if (may_be_option && argv[i][0] == '-' &&
		    argv[i][1] != '\0') {
			rc = take_option(ctl, options, argc, argv, &i);
			if (rc != CTL_DONE)
				return rc;
		} else {
			argv[(*operands)++] = argv[i];
		}
	}
	if (*operands < min)
		return ctl_usage(ctl, "something is missing.");
	if (*operands > max)
		return ctl_usage(ctl, "%s is one too many.", argv[max]);
	return check_needed(ctl, options);
}

const char **
ctl_words(struct ctl *ctl, const char *list)
{
	char *text = arena_copy(ctl->ctx.arena, list == NULL ? "" : list);
	const char **words =
	    arena_array(ctl->ctx.arena, strlen(text) + 1, sizeof(words[0]));
	size_t n = 0;
	char *word;

	while ((word = strsep(&text, ",")) != NULL)
		if (*word != '\0')
			words[n++] = word;
	words[n] = NULL;
	return words;
}

char *
ctl_path(struct ctl *ctl, const char *name)
{
	return arena_printf(ctl->ctx.arena, "%s/%s", ctl->conf->data_dir, name);
}

/* ---- getting ready --------------------------------------------------- */

/*
 * Root becomes the owner of the data: a database file, its -wal or a lock
 * that root makes would lock the workers out.
 */
static enum ctl_exit
become_owner(struct ctl *ctl)
{
	const char *dir = ctl->conf->data_dir;
	struct passwd *owner;
	struct stat st;

	if (geteuid() != 0 || stat(dir, &st) == -1 || st.st_uid == 0)
		return CTL_DONE;
	if ((owner = getpwuid(st.st_uid)) == NULL)
		return ctl_fail(ctl, ERR_NOT_FOUND,
		    "%s belongs to user %u, who does not exist; give it to the"
		    " portal's user.",
		    dir, (unsigned)st.st_uid);
	if (initgroups(owner->pw_name, owner->pw_gid) == -1 ||
	    setgid(st.st_gid) == -1 || setuid(st.st_uid) == -1)
		return ctl_fail(ctl, ERR_INTERNAL, "cannot become %s: %s.",
		    owner->pw_name, strerror(errno));
	return CTL_DONE;
}

static enum ctl_exit
load_conf(struct ctl *ctl)
{
	enum ctl_exit rc;
	char *problem;
	enum err code;

	code = conf_load(ctl->conf_path, &ctl->conf, &problem);
	if (code != ERR_OK) {
		rc = ctl_fail(ctl, code, "%s",
		    problem != NULL ? problem : ctl_reason(code));
		free(problem);
		return rc;
	}
	ctl->ctx.conf = ctl->conf;
	return become_owner(ctl);
}

enum ctl_exit
ctl_open(struct ctl *ctl, const char *file, int schema, struct db **db)
{
	struct db_options o = { .path = ctl_path(ctl, file), .schema = schema };
	enum err rc = ERR_NOT_FOUND;

	if (access(o.path, F_OK) == 0 || errno != ENOENT)
		rc = db_open(&o, db);
	if (rc == ERR_OK)
		return CTL_DONE;
	if (rc == ERR_NOT_FOUND)
		return ctl_fail(ctl, rc,
		    "%s is not there; run ententectl migrate to make it.",
		    o.path);
	if (rc == ERR_STATE)
		return ctl_fail(ctl, rc,
		    "%s has another schema than %d, which this version needs;"
		    " run ententectl migrate.",
		    o.path, schema);
	return ctl_fail(
	    ctl, rc, "%s cannot be opened: %s", o.path, ctl_reason(rc));
}

static enum ctl_exit
get_ready(struct ctl *ctl, unsigned needs)
{
	enum ctl_exit rc = CTL_DONE;

	if (needs & CTL_CONF)
		rc = load_conf(ctl);
	if (rc == CTL_DONE && (needs & CTL_PORTAL))
		rc = ctl_open(ctl, "portal.db", SCHEMA_PORTAL, &ctl->ctx.db);
	if (rc == CTL_DONE && (needs & CTL_AUTH))
		rc = ctl_open(ctl, CONF_AUTH_DB, SCHEMA_AUTH, &ctl->ctx.auth);
	return rc;
}

/* ---- main ------------------------------------------------------------ */

static enum ctl_exit
help(void)
{
	printf("usage: ententectl [-c CONF] [--json] COMMAND ...\n"
	       "       ententectl --version\n\n");
	for (size_t i = 0; i < COMMANDS; i++) {
		const struct ctl_command *c = &commands[i];

		printf("  %s%s%s%s%s\n        %s\n", c->noun,
		    c->verb == NULL ? "" : " ", c->verb == NULL ? "" : c->verb,
		    c->arguments[0] == '\0' ? "" : " ", c->arguments, c->does);
	}
	printf("\nCONF is a file, /etc/entente/entente.conf unless named here"
	       " or in ENTENTE_CONF.\nSee ententectl(8).\n");
	return CTL_DONE;
}

static enum ctl_exit
version(struct ctl *ctl)
{
	ctl_say(ctl, "ententectl %s, schema %d of portal.db and %d of auth.db",
	    ENTENTE_VERSION, SCHEMA_PORTAL, SCHEMA_AUTH);
	return ctl_done(ctl,
	    json_pack("{s:s, s:i, s:i}", "version", ENTENTE_VERSION, "portal",
		SCHEMA_PORTAL, "auth", SCHEMA_AUTH));
}

/*
 * Takes -c, --json, --help and -h out of the line, wherever they stand before a
 * "--", and leaves the rest in order.  CTL_USAGE when -c has no value.
 */
static enum ctl_exit
take_global(struct ctl *ctl, int *argc, char **argv, bool *wants_help)
{
	bool is_over = false;
	int n = 0;

	for (int i = 1; i < *argc; i++) {
		is_over = is_over || strcmp(argv[i], "--") == 0;
		if (!is_over && strcmp(argv[i], "--json") == 0)
			ctl->is_json = true;
		else if (!is_over &&
		    (strcmp(argv[i], "--help") == 0 ||
			strcmp(argv[i], "-h") == 0))
			*wants_help = true;
		else if (!is_over && strcmp(argv[i], "-c") == 0) {
			if ((ctl->conf_path = argv[++i]) == NULL)
				return ctl_usage(ctl, "-c needs a file.");
		} else
			argv[n++] = argv[i];
	}
	*argc = n;
	return CTL_DONE;
}

/* The row that the line names, and how many words its name has. */
static const struct ctl_command *
find_command(int argc, char **argv, int *words)
{
	for (size_t i = 0; i < COMMANDS; i++) {
		const struct ctl_command *c = &commands[i];

		*words = c->verb == NULL ? 1 : 2;
		if (argc >= *words && strcmp(c->noun, argv[0]) == 0 &&
		    (c->verb == NULL || strcmp(c->verb, argv[1]) == 0))
			return c;
	}
	return NULL;
}

/* Of a noun that is one, what can follow it. */
static enum ctl_exit
no_command(struct ctl *ctl, int argc, char **argv)
{
	const char *verbs = "";

	for (size_t i = 0; i < COMMANDS; i++)
		if (commands[i].verb != NULL &&
		    strcmp(commands[i].noun, argv[0]) == 0)
			verbs = arena_printf(ctl->ctx.arena, "%s%s %s", verbs,
			    verbs[0] == '\0' ? "" : ",", commands[i].verb);
	return ctl_usage(ctl, "%s%s%s is not a command%s%s.", argv[0],
	    argc > 1 ? " " : "", argc > 1 ? argv[1] : "",
	    verbs[0] == '\0' ? "" : "; there are:", verbs);
}

static enum ctl_exit
run(struct ctl *ctl, int argc, char **argv)
{
	bool wants_help = false;
	enum ctl_exit rc;
	int words;

	if ((rc = take_global(ctl, &argc, argv, &wants_help)) != CTL_DONE)
		return rc;
	if (argc == 0 && !wants_help)
		return ctl_usage(ctl, "a command is needed.");
	if (argc > 0 && strcmp(argv[0], "--version") == 0)
		return version(ctl);
	if (argc == 0 || strcmp(argv[0], "help") == 0)
		return help();
	if ((ctl->command = find_command(argc, argv, &words)) == NULL)
		return no_command(ctl, argc, argv);
	if (wants_help) {
		usage_line(stdout, ctl->command);
		return CTL_DONE;
	}
	if ((rc = get_ready(ctl, ctl->command->needs)) != CTL_DONE)
		return rc;
	return ctl->command->run(ctl, argc - words, argv + words);
}

int
main(int argc, char **argv)
{
	struct ctl ctl = { .ctx.actor.is_console = true };
	enum ctl_exit rc = CTL_FAILED;

	umask(UMASK);
	log_open("ententectl", LOG_WARNING);
	ctl.ctx.arena = arena_new(ARENA_BYTES);
	ctl.ctx.now_at = clock_now();
	if (crypt_start() == ERR_OK)
		rc = run(&ctl, argc, argv);
	db_free(ctl.ctx.db);
	db_free(ctl.ctx.auth);
	conf_free(ctl.conf);
	arena_free(ctl.ctx.arena);
	return (int)rc;
}
