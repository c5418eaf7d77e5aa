/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of the log and of bundles: made, shown, and handed over. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/file.h"
#include "crypt/key_handover_sign.h"
#include "domain/log_handover.h"
#include "prog/ctl_keys.h"

/* ---- make ------------------------------------------------------------ */

static enum ctl_exit
make_texts(struct keys *k)
{
	struct merkle_point nothing = { .size = 0 };
	enum ctl_exit status;
	struct buf b;
	enum err rc;

	buf_init(&b, MINISIG_KEY_FILE_MAX);
	minisig_key_write(&b, &k->bundle->bundle);
	status = keys_put_text(k, KEYS_BUNDLE_TEXT, &b);
	buf_free(&b);
	if (status != CTL_DONE ||
	    (status = keys_put_key(k, KEYS_LOG_TEXT, &k->log->note)) !=
		CTL_DONE)
		return status;
	merkle_empty(nothing.root);
	k->signer.log = k->log;
	rc = signer_keep(&k->signer, &nothing);
	return rc == ERR_OK ? CTL_DONE : keys_fail(k, rc, KEYS_STATE);
}

/* Of a portal that witnesses others, else NULL. */
static char *
witness_text(const struct keys *k)
{
	char text[NOTE_KEY_TEXT];
	struct note_key key;

	if (access(keys_path(k, KEYS_WITNESS_TEXT), F_OK) == -1 ||
	    keys_get_key(k, KEYS_WITNESS_TEXT, &key) != CTL_DONE)
		return NULL;
	note_key_text(&key, text);
	return arena_copy(k->ctl->ctx.arena, text);
}

static enum ctl_exit
say_keys(const struct keys *k, const struct note_key *log, const char *bundle)
{
	char text[NOTE_KEY_TEXT], root[BASE64_LEN(MERKLE_HASH) + 1];
	const struct merkle_point *last = &k->signer.last;
	const char *witness = witness_text(k);

	note_key_text(log, text);
	base64_encode(last->root, MERKLE_HASH, root);
	ctl_say(k->ctl, "log     %s", text);
	ctl_say(k->ctl, "bundle  %s", bundle);
	if (witness != NULL)
		ctl_say(k->ctl, "witness %s", witness);
	ctl_say(k->ctl, "signed  size %llu, root %s",
	    (unsigned long long)last->size, root);
	return ctl_done(k->ctl,
	    json_pack("{s:s, s:s, s:s?, s:I, s:s}", "log", text, "bundle",
		bundle, "witness", witness, "size", (json_int_t)last->size,
		"root", root));
}

enum ctl_exit
ctl_key_make(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option o[] = { { .name = "--name", .is_needed = true },
		{ .name = "--passphrase" }, { .name = NULL } };
	struct keys k = { .ctl = ctl, .fd = -1 };
	char bundle[MINISIG_KEY_TEXT];
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, o, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	k.folder = argv[0];
	if (mkdir(k.folder, 0700) == -1 && errno != EEXIST)
		return ctl_fail(
		    ctl, ERR_INTERNAL, "%s: %s.", k.folder, strerror(errno));
	if ((rc = keys_open(&k, o[1].value)) == CTL_DONE &&
	    (rc = keys_make(&k, KEY_LOG, o[0].value, KEYS_LOG, &k.log)) ==
		CTL_DONE &&
	    (rc = keys_make(&k, KEY_BUNDLE, NULL, KEYS_BUNDLE, &k.bundle)) ==
		CTL_DONE &&
	    (rc = make_texts(&k)) == CTL_DONE) {
		minisig_key_text(&k.bundle->bundle, bundle);
		rc = say_keys(&k, &k.log->note, bundle);
	}
	keys_close(&k);
	return rc;
}

/* ---- show ------------------------------------------------------------ */

/* The public files alone: nobody needs a passphrase, or to stop the signer. */
static enum ctl_exit
show_bundle(struct keys *k, char text[MINISIG_KEY_TEXT])
{
	struct minisig_fault fault;
	struct minisig_key key;
	enum ctl_exit status;
	struct buf b;
	enum err rc;

	status = keys_get_text(k, KEYS_BUNDLE_TEXT, &b);
	if (status == CTL_DONE) {
		rc = minisig_key_parse(b.data, b.len, &key, &fault);
		minisig_key_text(&key, text);
		if (rc != ERR_OK)
			status = keys_fail(k, rc, KEYS_BUNDLE_TEXT);
	}
	buf_free(&b);
	return status;
}

enum ctl_exit
ctl_key_show(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	struct keys k = { .ctl = ctl, .fd = -1 };
	struct key_file public = { .kind = KEY_LOG };
	char bundle[MINISIG_KEY_TEXT];
	enum ctl_exit rc;
	enum err code;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	k.folder = argv[0];
	if ((rc = keys_get_key(&k, KEYS_LOG_TEXT, &public.note)) != CTL_DONE ||
	    (rc = show_bundle(&k, bundle)) != CTL_DONE)
		return rc;
	k.signer = (struct signer){ .log = &public,
		.folder = open(k.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
		.file = KEYS_STATE };
	code = signer_load(&k.signer);
	close(k.signer.folder);
	if (code != ERR_OK)
		return keys_fail(&k, code, KEYS_STATE);
	return say_keys(&k, &public.note, bundle);
}

/* ---- rotate ---------------------------------------------------------- */

/* A rotation that broke off goes on with the key that it has made. */
static enum err
next_key(struct keys *k)
{
	const char *path = keys_path(k, KEYS_NEXT);
	enum err rc;

	if (access(path, F_OK) == 0)
		return key_file_read(path, KEY_LOG, k->passphrase, &k->next);
	rc = key_file_new(KEY_LOG, k->log->note.name, &k->next);
	return rc == ERR_OK ? key_file_write(path, k->next, k->passphrase) : rc;
}

/* The last point signed, by the old key, or by the new one already. */
static enum err
load_state(struct keys *k)
{
	enum err rc;

	k->signer.log = k->log;
	if ((rc = signer_load(&k->signer)) != ERR_CORRUPT)
		return rc;
	k->signer.log = k->next;
	return signer_load(&k->signer);
}

static char *
handover_name(const struct keys *k)
{
	char name[LOG_HANDOVER_FILE];

	log_handover_file(&k->next->note, name);
	return arena_copy(k->ctl->ctx.arena, name);
}

/*
 * The portal's record of it is the data's owner's to append, who may not look
 * into this folder; so another process of the console does it, as root again
 * where root is at work.
 */
static bool
start_adopting(const struct keys *k, int from, pid_t *child)
{
	const char *argv[7];
	int n = 0;

	argv[n++] = "ententectl";
	if (k->ctl->conf_path != NULL) {
		argv[n++] = "-c";
		argv[n++] = k->ctl->conf_path;
	}
	argv[n++] = "key";
	argv[n++] = "adopt";
	argv[n++] = "-";
	argv[n] = NULL;
	if ((*child = fork()) != 0)
		return *child != -1;
	/* What it says is said here too; what it answers is not JSON's. */
	if ((getuid() == 0 && (seteuid(0) == -1 || setegid(getgid()) == -1)) ||
	    dup2(from, STDIN_FILENO) == -1 ||
	    dup2(STDERR_FILENO, STDOUT_FILENO) == -1)
		_exit(CTL_FAILED);
	execv("/proc/self/exe", (char **)(uintptr_t)argv);
	_exit(CTL_FAILED);
}

static enum ctl_exit
let_adopt(const struct keys *k, const char *name)
{
	int from = open(keys_path(k, name), O_RDONLY | O_CLOEXEC), status = -1;
	pid_t child;

	if (from == -1)
		return keys_fail(k, file_error("key", name), name);
	if (start_adopting(k, from, &child))
		while (waitpid(child, &status, 0) == -1 && errno == EINTR)
			continue;
	close(from);
	if (status == 0)
		return CTL_DONE;
	return ctl_fail(k->ctl, ERR_STATE,
	    "The portal did not take the hand-over: nothing has changed.  Mend"
	    " what is said above and try again; where the portal is on another"
	    " machine, use --apart.");
}

/* Both keys sign that one takes over; nothing has changed by it yet. */
static enum ctl_exit
hand_over(struct keys *k, bool is_apart)
{
	enum ctl_exit status;
	struct buf note;
	enum err rc;

	buf_init(&note, NOTE_MAX);
	rc = key_handover_write(k->log, k->next, &k->signer.last, &note);
	status = rc == ERR_OK ? keys_put_text(k, handover_name(k), &note)
			      : keys_fail(k, rc, KEYS_LOG);
	buf_free(&note);
	if (status == CTL_DONE && !is_apart)
		status = let_adopt(k, handover_name(k));
	return status;
}

/* From here on the new one signs. */
static enum ctl_exit
take_over(struct keys *k)
{
	enum ctl_exit status;
	enum err rc;

	k->signer.log = k->next;
	if ((rc = signer_keep(&k->signer, &k->signer.last)) != ERR_OK)
		return keys_fail(k, rc, KEYS_STATE);
	status = keys_put_key(k, KEYS_LOG_TEXT, &k->next->note);
	if (status != CTL_DONE)
		return status;
	/* The old secret is gone with this: nobody signs with it any more. */
	if (rename(keys_path(k, KEYS_NEXT), keys_path(k, KEYS_LOG)) == -1 ||
	    file_sync(keys_path(k, KEYS_LOG)) != ERR_OK)
		return keys_fail(k, file_error("key", "rename"), KEYS_LOG);
	return CTL_DONE;
}

static enum ctl_exit
rotate(struct keys *k, bool is_apart)
{
	enum ctl_exit status = keys_read(k, KEY_LOG, KEYS_LOG, &k->log);
	enum err rc;

	if (status != CTL_DONE)
		return status;
	if ((rc = next_key(k)) != ERR_OK)
		return keys_fail(k, rc, KEYS_NEXT);
	if ((rc = load_state(k)) != ERR_OK)
		return keys_fail(k, rc, KEYS_STATE);
	if ((status = hand_over(k, is_apart)) != CTL_DONE ||
	    (status = take_over(k)) != CTL_DONE)
		return status;
	ctl_say(k->ctl, "%s: give it to everybody who has the old key%s.",
	    keys_path(k, handover_name(k)),
	    is_apart ? ", and to `ententectl key adopt` on the portal" : "");
	return CTL_DONE;
}

enum ctl_exit
ctl_key_rotate(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option o[] = { { .name = "--passphrase" },
		{ .name = "--apart", .is_flag = true }, { .name = NULL } };
	struct keys k = { .ctl = ctl, .fd = -1 };
	char bundle[MINISIG_KEY_TEXT];
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, o, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	k.folder = argv[0];
	if ((rc = keys_open(&k, o[0].value)) == CTL_DONE &&
	    (rc = rotate(&k, o[1].is_set)) == CTL_DONE &&
	    (rc = show_bundle(&k, bundle)) == CTL_DONE)
		rc = say_keys(&k, &k.next->note, bundle);
	keys_close(&k);
	return rc;
}

/* ---- adopt ----------------------------------------------------------- */

static enum err
read_handover(const char *path, struct buf *b)
{
	char block[4096];
	size_t n;

	if (strcmp(path, "-") != 0)
		return file_read(path, b);
	while ((n = fread(block, 1, sizeof(block), stdin)) > 0)
		buf_add(b, block, n);
	return b->overflow  ? ERR_TOO_LARGE
	    : ferror(stdin) ? ERR_INTERNAL
			    : ERR_OK;
}

enum ctl_exit
ctl_key_adopt(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	bool is_new = false;
	enum ctl_exit rc;
	struct buf b;
	enum err code;
	int n;

	rc = ctl_arguments(ctl, argc, argv, none, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	buf_init(&b, NOTE_MAX);
	if ((code = read_handover(argv[0], &b)) == ERR_OK)
		code = log_handover_keep(
		    &ctl->ctx, (struct span){ b.data, b.len }, &is_new);
	buf_free(&b);
	if (code == ERR_INVALID)
		return ctl_fail(ctl, code,
		    "%s: this is no hand-over that both keys have signed.",
		    argv[0]);
	if (code == ERR_STATE)
		return ctl_fail(ctl, code,
		    "%s: its old key is not the one with which the log of this"
		    " portal is signed.",
		    argv[0]);
	if (code != ERR_OK)
		return ctl_fail(ctl, code, "%s: %s", argv[0], ctl_reason(code));
	ctl_say(ctl,
	    is_new ? "The hand-over is recorded."
		   : "The hand-over was recorded before.");
	return ctl_done(ctl, json_pack("{s:b}", "new", is_new));
}
