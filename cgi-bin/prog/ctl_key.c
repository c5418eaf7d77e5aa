/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keys of the log and of bundles: made, shown, and handed over to the
 * next.  They lie in a folder of their own, which the signer alone needs:
 *
 *	log.key, bundle.key	secret (crypt/key_file.h)
 *	log-key.txt		the log's verifier key, for everybody
 *	bundle-key.pub		minisign's public key, for everybody
 *	state			the last checkpoint that was signed
 *	handover-<id>.txt	by the old key and the new one, of that id
 */
#include "prog/ctl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"
#include "crypt/key_handover.h"
#include "crypt/signer_core.h"

static const char log_file[] = "log.key";
static const char next_file[] = "log.key.next";
static const char bundle_file[] = "bundle.key";
static const char log_text[] = "log-key.txt";
static const char bundle_text[] = "bundle-key.pub";
static const char state_file[] = "state";

/* The folder, open and locked: not while a signer has it. */
struct keys {
	struct ctl *ctl;
	const char *folder;
	int fd;
	struct key_passphrase *passphrase;
	struct key_file *log, *next, *bundle;
	struct signer signer;
};

static char *
path_of(const struct keys *k, const char *name)
{
	return arena_printf(k->ctl->ctx.arena, "%s/%s", k->folder, name);
}

static enum ctl_exit
fail(const struct keys *k, enum err rc, const char *name)
{
	static const char *const reasons[ERR__MAX] = {
		[ERR_REAUTH] = "the passphrase is missing or wrong.",
		[ERR_FORBIDDEN] = "others can read it: chmod 0600.",
		[ERR_INVALID] = "it is not what it should be.",
		[ERR_EXISTS] = "it is there already, and stays.",
		[ERR_CORRUPT] = "it is not signed by the log's key.",
	};

	return ctl_fail(k->ctl, rc, "%s: %s", path_of(k, name),
	    reasons[rc] != NULL ? reasons[rc] : ctl_reason(rc));
}

/* What root makes belongs to the signer's user, who owns the folder. */
static bool
become_owner(int fd)
{
	struct stat st;

	return geteuid() != 0 ||
	    (fstat(fd, &st) == 0 && setegid(st.st_gid) == 0 &&
		seteuid(st.st_uid) == 0);
}

static enum ctl_exit
open_folder(struct keys *k)
{
	k->fd = open(k->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (k->fd == -1 || !become_owner(k->fd))
		return ctl_fail(k->ctl, ERR_INTERNAL, "%s: %s.", k->folder,
		    strerror(errno));
	if (flock(k->fd, LOCK_EX | LOCK_NB) == -1)
		return ctl_fail(k->ctl, ERR_BUSY,
		    "%s: the signer has it; stop it first.", k->folder);
	k->signer.folder = k->fd;
	k->signer.file = state_file;
	return CTL_DONE;
}

static enum ctl_exit
read_passphrase(struct keys *k, const char *path)
{
	enum err rc;

	if (path == NULL)
		return CTL_DONE;
	if ((rc = key_passphrase_read(path, &k->passphrase)) != ERR_OK)
		return ctl_fail(k->ctl, rc,
		    "%s: no passphrase that only its owner can read.", path);
	return CTL_DONE;
}

static void
close_folder(struct keys *k)
{
	key_file_free(k->log);
	key_file_free(k->next);
	key_file_free(k->bundle);
	key_passphrase_free(k->passphrase);
	if (k->fd != -1)
		close(k->fd);
}

/* A file that everybody may read, in place of what was there. */
static enum ctl_exit
put_text(const struct keys *k, const char *name, const struct buf *text)
{
	const char *path = path_of(k, name);
	const char *new = arena_printf(k->ctl->ctx.arena, "%s.new", path);
	int fd = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	bool is_written;

	if (fd == -1)
		return fail(k, file_error("key", new), name);
	is_written = fchmod(fd, 0644) == 0 && !text->overflow &&
	    write(fd, text->data, text->len) == (ssize_t)text->len;
	if (close(fd) == -1 || !is_written || rename(new, path) == -1)
		return fail(k, file_error("key", new), name);
	return file_sync(path) == ERR_OK ? CTL_DONE
					 : fail(k, ERR_INTERNAL, name);
}

static enum ctl_exit
put_log_text(const struct keys *k, const struct note_key *key)
{
	char text[NOTE_KEY_TEXT];
	enum ctl_exit rc;
	struct buf b;

	note_key_text(key, text);
	buf_init(&b, NOTE_KEY_TEXT + 1);
	buf_addf(&b, "%s\n", text);
	rc = put_text(k, log_text, &b);
	buf_free(&b);
	return rc;
}

/* ---- make ------------------------------------------------------------ */

static enum ctl_exit
make_one(
    struct keys *k, enum key_kind kind, const char *name, struct key_file **key)
{
	const char *file = kind == KEY_LOG ? log_file : bundle_file;
	enum err rc = key_file_new(kind, name, key);

	if (rc == ERR_INVALID)
		return ctl_usage(k->ctl,
		    "%s is no name for a log: an address without scheme, as "
		    "in portal.example/log.",
		    name);
	if (rc == ERR_OK)
		rc = key_file_write(path_of(k, file), *key, k->passphrase);
	return rc == ERR_OK ? CTL_DONE : fail(k, rc, file);
}

static enum ctl_exit
make_texts(struct keys *k)
{
	struct merkle_point nothing = { .size = 0 };
	enum ctl_exit status;
	struct buf b;
	enum err rc;

	buf_init(&b, MINISIG_KEY_FILE_MAX);
	minisig_key_write(&b, &k->bundle->bundle);
	status = put_text(k, bundle_text, &b);
	buf_free(&b);
	if (status != CTL_DONE ||
	    (status = put_log_text(k, &k->log->log)) != CTL_DONE)
		return status;
	merkle_empty(nothing.root);
	k->signer.log = k->log;
	rc = signer_keep(&k->signer, &nothing);
	return rc == ERR_OK ? CTL_DONE : fail(k, rc, state_file);
}

static enum ctl_exit
say_keys(const struct keys *k, const struct note_key *log, const char *bundle)
{
	char text[NOTE_KEY_TEXT], root[BASE64_LEN(MERKLE_HASH) + 1];
	const struct merkle_point *last = &k->signer.last;

	note_key_text(log, text);
	base64_encode(last->root, MERKLE_HASH, root);
	ctl_say(k->ctl, "log     %s", text);
	ctl_say(k->ctl, "bundle  %s", bundle);
	ctl_say(k->ctl, "signed  size %llu, root %s",
	    (unsigned long long)last->size, root);
	return ctl_done(k->ctl,
	    json_pack("{s:s, s:s, s:I, s:s}", "log", text, "bundle", bundle,
		"size", (json_int_t)last->size, "root", root));
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
	if ((rc = read_passphrase(&k, o[1].value)) == CTL_DONE &&
	    (rc = open_folder(&k)) == CTL_DONE &&
	    (rc = make_one(&k, KEY_LOG, o[0].value, &k.log)) == CTL_DONE &&
	    (rc = make_one(&k, KEY_BUNDLE, NULL, &k.bundle)) == CTL_DONE &&
	    (rc = make_texts(&k)) == CTL_DONE) {
		minisig_key_text(&k.bundle->bundle, bundle);
		rc = say_keys(&k, &k.log->log, bundle);
	}
	close_folder(&k);
	return rc;
}

/* ---- show ------------------------------------------------------------ */

/* The public files alone: nobody needs a passphrase, or to stop the signer. */
static enum ctl_exit
read_text(const struct keys *k, const char *name, struct buf *b)
{
	enum err rc;

	buf_init(b, NOTE_MAX);
	rc = file_read(path_of(k, name), b);
	return rc == ERR_OK ? CTL_DONE : fail(k, rc, name);
}

static enum ctl_exit
show_log(struct keys *k, struct note_key *key)
{
	struct tlog_fault fault;
	enum ctl_exit status;
	struct buf b;
	enum err rc;

	if ((status = read_text(k, log_text, &b)) != CTL_DONE)
		return status;
	rc = note_key_parse(b.data, b.len, key, &fault);
	buf_free(&b);
	return rc == ERR_OK ? CTL_DONE : fail(k, rc, log_text);
}

static enum ctl_exit
show_bundle(struct keys *k, char text[MINISIG_KEY_TEXT])
{
	struct minisig_fault fault;
	struct minisig_key key;
	enum ctl_exit status;
	struct buf b;
	enum err rc;

	if ((status = read_text(k, bundle_text, &b)) != CTL_DONE)
		return status;
	rc = minisig_key_parse(b.data, b.len, &key, &fault);
	buf_free(&b);
	minisig_key_text(&key, text);
	return rc == ERR_OK ? CTL_DONE : fail(k, rc, bundle_text);
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
	if ((rc = show_log(&k, &public.log)) != CTL_DONE ||
	    (rc = show_bundle(&k, bundle)) != CTL_DONE)
		return rc;
	k.signer = (struct signer){ .log = &public,
		.folder = open(k.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
		.file = state_file };
	code = signer_load(&k.signer);
	close(k.signer.folder);
	if (code != ERR_OK)
		return fail(&k, code, state_file);
	return say_keys(&k, &public.log, bundle);
}

/* ---- rotate ---------------------------------------------------------- */

/* A rotation that broke off goes on with the key that it has made. */
static enum err
next_key(struct keys *k)
{
	const char *path = path_of(k, next_file);
	enum err rc;

	if (access(path, F_OK) == 0)
		return key_file_read(path, KEY_LOG, k->passphrase, &k->next);
	rc = key_file_new(KEY_LOG, k->log->log.name, &k->next);
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
	char id[2 * NOTE_KEY_ID + 1];

	text_hex(k->next->log.id, NOTE_KEY_ID, id);
	return arena_printf(k->ctl->ctx.arena, "handover-%s.txt", id);
}

/*
 * Both keys have signed, and from here on the new one counts.  What the
 * portal keeps of it, a record of the change with the note's SHA-256, is for
 * the one to append who has the database open: it stands behind this call.
 */
static enum ctl_exit
handed_over(struct keys *k, const struct buf *note)
{
	enum ctl_exit rc = put_text(k, handover_name(k), note);

	if (rc == CTL_DONE)
		ctl_say(k->ctl, "%s: give it to everybody who has the old key.",
		    path_of(k, handover_name(k)));
	return rc;
}

static enum ctl_exit
rotate(struct keys *k)
{
	enum ctl_exit status;
	struct buf note;
	enum err rc;

	if ((rc = key_file_read(path_of(k, log_file), KEY_LOG, k->passphrase,
		 &k->log)) != ERR_OK)
		return fail(k, rc, log_file);
	if ((rc = next_key(k)) != ERR_OK)
		return fail(k, rc, next_file);
	if ((rc = load_state(k)) != ERR_OK)
		return fail(k, rc, state_file);
	buf_init(&note, NOTE_MAX);
	rc = key_handover_write(k->log, k->next, &k->signer.last, &note);
	status = rc == ERR_OK ? handed_over(k, &note) : fail(k, rc, log_file);
	buf_free(&note);
	if (status != CTL_DONE)
		return status;
	k->signer.log = k->next;
	if ((rc = signer_keep(&k->signer, &k->signer.last)) != ERR_OK)
		return fail(k, rc, state_file);
	if ((status = put_log_text(k, &k->next->log)) != CTL_DONE)
		return status;
	/* The old secret is gone with this: nobody signs with it any more. */
	if (rename(path_of(k, next_file), path_of(k, log_file)) == -1 ||
	    file_sync(path_of(k, log_file)) != ERR_OK)
		return fail(k, file_error("key", "rename"), log_file);
	return CTL_DONE;
}

enum ctl_exit
ctl_key_rotate(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option o[] = { { .name = "--passphrase" },
		{ .name = NULL } };
	struct keys k = { .ctl = ctl, .fd = -1 };
	char bundle[MINISIG_KEY_TEXT];
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, o, 1, 1, &n);
	if (rc != CTL_DONE)
		return rc;
	k.folder = argv[0];
	if ((rc = read_passphrase(&k, o[0].value)) == CTL_DONE &&
	    (rc = open_folder(&k)) == CTL_DONE &&
	    (rc = rotate(&k)) == CTL_DONE &&
	    (rc = show_bundle(&k, bundle)) == CTL_DONE)
		rc = say_keys(&k, &k.next->log, bundle);
	close_folder(&k);
	return rc;
}
