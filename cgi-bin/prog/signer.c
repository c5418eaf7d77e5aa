/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signer: alone with the keys.  It reads them once, locks itself in, and
 * signs checkpoints that extend its last one, and lists of bundles.
 */
#include "prog/signer.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "crypt/signer_sandbox.h"
#include "crypt/token.h"

static const char where[] = "signer";

enum {
	EXIT_USAGE = 64,
	EXIT_SOFTWARE = 70,
	EXIT_CONFIG = 78,
	BACKLOG = 64,
	USER_NAME = 64
};

enum option {
	OPTION_LOG_KEY,
	OPTION_BUNDLE_KEY,
	OPTION_WITNESS_KEY,
	OPTION_STATE,
	OPTION_PASSPHRASE,
	OPTION_SOCKET,
	OPTION_PEER,
	OPTION__MAX
};

static const char *const options[OPTION__MAX + 1] = { "--log-key",
	"--bundle-key", "--witness-key", "--state", "--passphrase", "--socket",
	"--peer", NULL };

struct process {
	const char *value[OPTION__MAX];
	struct signer_peers peers;
	struct key_file *log, *bundle, *witness;
	char folder[512]; /* of the state */
	int listener;
	struct signer signer;
};

static volatile sig_atomic_t is_over;

static void
end(int signo)
{
	(void)signo;
	is_over = 1;
}

/* ---- the command line ------------------------------------------------ */

static int
usage(const char *why)
{
	fprintf(stderr,
	    "signer: %s\n"
	    "usage: signer --log-key FILE --bundle-key FILE"
	    " [--witness-key FILE] --state FILE --peer USER[:WHAT]..."
	    " [--passphrase FILE] [--socket PATH]\n"
	    "WHAT is checkpoint, bundle or cosign; without it, all of them\n",
	    why);
	return EXIT_USAGE;
}

/* A user by name or number. */
static bool
find_user(const char *name, uid_t *uid)
{
	const struct passwd *user;
	int64_t number;

	if (text_to_int(name, 0, UINT32_MAX - 1, &number)) {
		*uid = (uid_t)number;
		return true;
	}
	if ((user = getpwnam(name)) == NULL)
		return false;
	*uid = user->pw_uid;
	return true;
}

/* "USER" or "USER:WHAT"; the public keys anybody named may ask for. */
static bool
add_peer(struct signer_peers *peers, const char *text)
{
	static const char *const kinds[SIGNER_KIND__MAX + 1] = { "", "keys",
		"checkpoint", "bundle", "cosign", NULL };
	const char *what = strchr(text, ':');
	size_t len = what == NULL ? strlen(text) : (size_t)(what - text);
	char name[USER_NAME];
	int kind;

	if (peers->n == SIGNER_PEERS || len >= sizeof(name))
		return false;
	memcpy(name, text, len);
	name[len] = '\0';
	kind = what == NULL ? 0 : text_index(kinds, what + 1);
	if (kind < 0 || (what != NULL && what[1] == '\0') ||
	    !find_user(name, &peers->uid[peers->n]))
		return false;
	peers->kinds[peers->n++] =
	    kind == 0 ? SIGNER_ALL : 1U << SIGNER_KEYS | 1U << kind;
	return true;
}

static const char *
read_line(struct process *p, int argc, char **argv)
{
	for (int i = 1; i < argc; i += 2) {
		int o = text_index(options, argv[i]);

		if (o < 0 || i + 1 == argc)
			return "this is not understood";
		if (o == OPTION_PEER && !add_peer(&p->peers, argv[i + 1]))
			return "there is no such user, or nothing of that name"
			       " to ask, or there are too many";
		if (o != OPTION_PEER && p->value[o] != NULL)
			return "an option is given twice";
		p->value[o] = argv[i + 1];
	}
	if (p->value[OPTION_LOG_KEY] == NULL ||
	    p->value[OPTION_BUNDLE_KEY] == NULL ||
	    p->value[OPTION_STATE] == NULL || p->peers.n == 0)
		return "keys, state and a peer are needed";
	return NULL;
}

/* ---- what it needs --------------------------------------------------- */

static enum err
read_keys(struct process *p)
{
	struct key_passphrase *passphrase = NULL;
	enum err rc = ERR_OK;

	if (p->value[OPTION_PASSPHRASE] != NULL)
		rc = key_passphrase_read(
		    p->value[OPTION_PASSPHRASE], &passphrase);
	if (rc == ERR_OK)
		rc = key_file_read(
		    p->value[OPTION_LOG_KEY], KEY_LOG, passphrase, &p->log);
	if (rc == ERR_OK)
		rc = key_file_read(p->value[OPTION_BUNDLE_KEY], KEY_BUNDLE,
		    passphrase, &p->bundle);
	if (rc == ERR_OK && p->value[OPTION_WITNESS_KEY] != NULL)
		rc = key_file_read(p->value[OPTION_WITNESS_KEY], KEY_WITNESS,
		    passphrase, &p->witness);
	key_passphrase_free(passphrase);
	return rc;
}

/* The folder stays open, and locked: two signers would fork the log. */
static enum err
open_state(struct process *p)
{
	const char *path = p->value[OPTION_STATE];
	const char *slash = strrchr(path, '/');
	struct signer *s = &p->signer;
	size_t len = slash == NULL ? 0 : (size_t)(slash - path);
	enum err rc;

	if (len >= sizeof(p->folder))
		return ERR_TOO_LARGE;
	memcpy(p->folder, slash == NULL ? "." : path, len > 0 ? len : 1);
	s->file = slash == NULL ? path : slash + 1;
	s->log = p->log;
	s->bundle = p->bundle;
	s->witness.key = p->witness;
	s->folder = open(p->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->folder == -1)
		return file_error(where, p->folder);
	if (flock(s->folder, LOCK_EX | LOCK_NB) == -1) {
		log_line(LOG_ERROR, where,
		    "another signer, or ententectl key, has the state");
		return ERR_BUSY;
	}
	s->witness.folder = s->folder;
	if ((rc = signer_load(s)) != ERR_OK)
		return rc;
	return signer_witness_load(&s->witness);
}

static enum err
open_socket(struct process *p)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const char *path = p->value[OPTION_SOCKET];

	p->listener = STDIN_FILENO; /* systemd's */
	if (path == NULL)
		return ERR_OK;
	if (strlen(path) >= sizeof(address.sun_path))
		return ERR_TOO_LARGE;
	memcpy(address.sun_path, path, strlen(path) + 1);
	unlink(path);
	p->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (p->listener == -1 ||
	    bind(p->listener, (const struct sockaddr *)(const void *)&address,
		sizeof(address)) == -1 ||
	    listen(p->listener, BACKLOG) == -1)
		return file_error(where, path);
	return ERR_OK;
}

static void
catch_signals(void)
{
	struct sigaction act = { .sa_handler = end };

	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static enum err
get_ready(struct process *p)
{
	enum err rc;

	umask(0007);
	catch_signals();
	if ((rc = crypt_start()) != ERR_OK || (rc = read_keys(p)) != ERR_OK ||
	    (rc = open_state(p)) != ERR_OK || (rc = open_socket(p)) != ERR_OK)
		return rc;
	return signer_sandbox_enter(p->folder);
}

int
main(int argc, char **argv)
{
	struct process p = { .listener = -1 };
	const char *why;
	int status = 0;

	log_open("signer", LOG_INFO);
	if ((why = read_line(&p, argc, argv)) != NULL)
		return usage(why);
	if (get_ready(&p) == ERR_OK) {
		log_line(LOG_INFO, where, "signs for %s, from size %llu on",
		    p.log->note.name, (unsigned long long)p.signer.last.size);
		while (signer_serve(&p.signer, p.listener, &p.peers, &is_over))
			continue;
		status = is_over ? 0 : EXIT_SOFTWARE;
	} else {
		log_line(LOG_ERROR, where, "does not start");
		status = EXIT_CONFIG;
	}
	key_file_free(p.log);
	key_file_free(p.bundle);
	key_file_free(p.witness);
	return status;
}
