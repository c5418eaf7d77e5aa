/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/verify.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "crypt/token.h"

enum { ARENA_BYTES = 16 * 1024 * 1024, KEY_FILE_MAX = 4096 };

struct verify_command {
	const char *name; /* NULL: none is needed */
	const char *arguments;
	int operands;
	void (*run)(struct verify *);
};

static const struct verify_command commands[] = {
	{ NULL, "BUNDLE.tar", 1, verify_bundle },
	{ "checkpoint", "FILE", 1, verify_checkpoint },
	{ "proof", "PROOF RECORD", 2, verify_proof },
	{ "consistency", "[--tiles FOLDER | --hashes FILE] OLD NEW", 2,
	    verify_consistency },
	{ "handover", "FILE", 1, verify_handover },
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

/* ---- the command line ------------------------------------------------ */

enum option {
	OPTION_KEY,
	OPTION_HANDOVER,
	OPTION_WITNESS,
	OPTION_POLICY,
	OPTION_BUNDLE_KEY,
	OPTION_TILES,
	OPTION_HASHES,
	OPTION_JSON,
	OPTION__MAX
};

static const char *const options[OPTION__MAX + 1] = { "--key", "--handover",
	"--witness", "--policy", "--bundle-key", "--tiles", "--hashes",
	"--json", NULL };

enum { SEVERAL = 16 };

_Static_assert((int)SEVERAL <= (int)TLOG_WITNESSES, "witnesses");
_Static_assert((int)SEVERAL <= (int)VERIFY_HANDOVERS, "hand-overs");

struct several {
	const char *path[SEVERAL];
	size_t n;
};

struct line {
	const char *value[OPTION__MAX]; /* of the last one given */
	struct several handovers, witnesses;
};

static enum verify_exit
usage(const char *why)
{
	if (why != NULL)
		fprintf(stderr, "entente-verify: %s.\n", why);
	for (int i = 0; i < COMMANDS; i++)
		fprintf(why != NULL ? stderr : stdout,
		    "%s entente-verify %s%s--key FILE [--handover FILE]... "
		    "[--witness FILE]... [--policy K]%s [--json] %s\n",
		    i == 0 ? "usage:" : "      ",
		    commands[i].name != NULL ? commands[i].name : "",
		    commands[i].name != NULL ? " " : "",
		    i == 0 ? " [--bundle-key FILE]" : "",
		    commands[i].arguments);
	return why != NULL ? VERIFY_OPEN : VERIFY_TRUE;
}

static const struct verify_command *
find_command(int *argc, char ***argv)
{
	for (int i = 1; *argc > 0 && i < COMMANDS; i++)
		if (strcmp(commands[i].name, (*argv)[0]) == 0) {
			--*argc;
			++*argv;
			return &commands[i];
		}
	return &commands[0];
}

/* NULL for an option that is given once. */
static struct several *
several_of(struct line *l, int option)
{
	if (option == OPTION_HANDOVER)
		return &l->handovers;
	return option == OPTION_WITNESS ? &l->witnesses : NULL;
}

/* NULL, or why the line is not understood.  Operands move to its front. */
static const char *
read_line(int argc, char **argv, struct line *l, int *operands)
{
	struct several *several;

	*operands = 0;
	for (int i = 0; i < argc; i++) {
		int o = text_index(options, argv[i]);

		if (o < 0 && text_starts(argv[i], "--"))
			return "there is no such option";
		if (o < 0) {
			argv[(*operands)++] = argv[i];
			continue;
		}
		several = several_of(l, o);
		if (several == NULL && l->value[o] != NULL)
			return "an option is given twice";
		if (o != OPTION_JSON && i + 1 == argc)
			return "the last option needs a value";
		l->value[o] = o == OPTION_JSON ? "" : argv[++i];
		if (several == NULL)
			continue;
		if (several->n == SEVERAL)
			return "an option is given more than 16 times";
		several->path[several->n++] = argv[i];
	}
	return NULL;
}

/* ---- keys ------------------------------------------------------------ */

void
verify_open(struct verify *v, const char *path, const char *why)
{
	verdict_add(v->verdict, VERDICT_OPEN, "unreadable", path, why);
}

void
verify_false(struct verify *v, const char *code, const char *path,
    const struct tlog_fault *fault)
{
	char line[32] = "";

	if (fault->line > 0)
		snprintf(line, sizeof(line), ", line %d", fault->line);
	verdict_add(v->verdict, VERDICT_FALSE, code, path,
	    arena_printf(
		v->arena, "%s%s.", tlog_reason_text(fault->reason), line));
}

bool
verify_read(struct verify *v, const char *path, size_t max, struct buf *b)
{
	enum err rc;

	buf_init(b, max);
	if ((rc = file_read(path, b)) == ERR_OK)
		return true;
	buf_free(b);
	if (rc == ERR_NOT_FOUND)
		verify_open(v, path, "There is no such file.");
	else if (rc == ERR_TOO_LARGE)
		verify_open(v, path, "The file is too large.");
	else
		verify_open(v, path, "The file cannot be read.");
	return false;
}

static bool
read_note_key(struct verify *v, const char *path, enum note_type type,
    struct note_key *key)
{
	struct tlog_fault fault = { TLOG_OK, 0 };
	struct buf b;

	if (!verify_read(v, path, KEY_FILE_MAX, &b))
		return false;
	note_key_parse(b.data, b.len, key, &fault);
	buf_free(&b);
	if (fault.reason == TLOG_OK && key->type != type)
		fault.reason = TLOG_KEY_TYPE;
	if (fault.reason == TLOG_OK)
		return true;
	verify_open(v, path,
	    arena_printf(v->arena, "This is no key to verify with: %s.",
		tlog_reason_text(fault.reason)));
	return false;
}

static bool
read_bundle_key(struct verify *v, const char *path)
{
	struct minisig_fault fault;
	struct buf b;

	if (!verify_read(v, path, MINISIG_KEY_FILE_MAX, &b))
		return false;
	v->has_bundle_key =
	    minisig_key_parse(b.data, b.len, &v->bundle_key, &fault) == ERR_OK;
	buf_free(&b);
	if (!v->has_bundle_key)
		verify_open(v, path, "This is no public key of minisign.");
	return v->has_bundle_key;
}

/* Whatever its name: the same key again, or one of the log's, sees no more. */
static bool
is_another(const struct verify *v, const struct note_key *key)
{
	if (memcmp(key->key, v->log.key, NOTE_KEY) == 0)
		return false;
	for (size_t i = 0; i < v->handover_count; i++)
		if (memcmp(key->key, v->handover[i].old.key, NOTE_KEY) == 0)
			return false;
	for (size_t i = 0; i < v->witness_count; i++)
		if (memcmp(key->key, v->witness[i].key, NOTE_KEY) == 0)
			return false;
	return true;
}

static bool
read_witness(struct verify *v, const char *path)
{
	struct note_key *key = &v->witness[v->witness_count];

	if (!read_note_key(v, path, NOTE_COSIGNATURE, key))
		return false;
	if (!is_another(v, key)) {
		verify_open(v, path,
		    "This key is given twice: it is no other witness.");
		return false;
	}
	v->witness_count++;
	return true;
}

static bool
read_keys(struct verify *v, const struct line *l)
{
	if (!read_note_key(v, l->value[OPTION_KEY], NOTE_ED25519, &v->log))
		return false;
	for (size_t i = 0; i < l->handovers.n; i++)
		if (!verify_follow(v, l->handovers.path[i]))
			return false;
	for (size_t i = 0; i < l->witnesses.n; i++)
		if (!read_witness(v, l->witnesses.path[i]))
			return false;
	return l->value[OPTION_BUNDLE_KEY] == NULL ||
	    read_bundle_key(v, l->value[OPTION_BUNDLE_KEY]);
}

/* NULL, or what the line lacks. */
static const char *
check_line(struct verify *v, const struct line *l, int operands)
{
	int64_t policy = (int64_t)l->witnesses.n;

	if (l->value[OPTION_KEY] == NULL)
		return "the log's key is needed: --key FILE";
	if (operands != v->command->operands)
		return "that is not the right number of files";
	if (l->value[OPTION_POLICY] != NULL &&
	    !text_to_int(l->value[OPTION_POLICY], 0, policy, &policy))
		return "--policy is a number of the witnesses that are named";
	v->policy = (size_t)policy;
	v->is_json = l->value[OPTION_JSON] != NULL;
	v->tiles = l->value[OPTION_TILES];
	v->hashes = l->value[OPTION_HASHES];
	return NULL;
}

static enum verify_exit
run(struct verify *v, int argc, char **argv)
{
	struct line l = { .witnesses = { .n = 0 } };
	const char *why;
	int operands;

	v->command = find_command(&argc, &argv);
	if ((why = read_line(argc, argv, &l, &operands)) != NULL ||
	    (why = check_line(v, &l, operands)) != NULL)
		return usage(why);
	v->file = argv;
	if (read_keys(v, &l))
		v->command->run(v);
	return verdict_say(v->verdict, v->is_json);
}

int
main(int argc, char **argv)
{
	struct verify v = { .arena = arena_new(ARENA_BYTES) };
	enum verify_exit rc = VERIFY_OPEN;

	log_open("entente-verify", LOG_WARNING);
	v.verdict = verdict_new(v.arena);
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		rc = usage(NULL);
	else if (argc == 2 && strcmp(argv[1], "--version") == 0)
		rc = printf("entente-verify %s\n", ENTENTE_VERSION) > 0
		    ? VERIFY_TRUE
		    : VERIFY_OPEN;
	else if (crypt_start() == ERR_OK)
		rc = run(&v, argc - 1, argv + 1);
	arena_free(v.arena);
	return (int)rc;
}
