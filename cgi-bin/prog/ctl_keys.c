/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl_keys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

char *
keys_path(const struct keys *k, const char *name)
{
	return arena_printf(k->ctl->ctx.arena, "%s/%s", k->folder, name);
}

enum ctl_exit
keys_fail(const struct keys *k, enum err rc, const char *name)
{
	static const char *const reasons[ERR__MAX] = {
		[ERR_REAUTH] = "the passphrase is missing or wrong.",
		[ERR_FORBIDDEN] = "others can read it: chmod 0600.",
		[ERR_INVALID] = "it is not what it should be.",
		[ERR_EXISTS] = "it is there already, and stays.",
		[ERR_CORRUPT] = "it is not signed by the key.",
	};

	return ctl_fail(k->ctl, rc, "%s: %s", keys_path(k, name),
	    reasons[rc] != NULL ? reasons[rc] : ctl_reason(rc));
}

/* ---- the folder -------------------------------------------------------- */

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

enum ctl_exit
keys_open(struct keys *k, const char *passphrase)
{
	enum ctl_exit rc = read_passphrase(k, passphrase);

	if (rc != CTL_DONE)
		return rc;
	k->fd = open(k->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (k->fd == -1 || !become_owner(k->fd))
		return ctl_fail(k->ctl, ERR_INTERNAL, "%s: %s.", k->folder,
		    strerror(errno));
	if (flock(k->fd, LOCK_EX | LOCK_NB) == -1)
		return ctl_fail(k->ctl, ERR_BUSY,
		    "%s: the signer has it; stop it first.", k->folder);
	k->signer.folder = k->fd;
	k->signer.file = KEYS_STATE;
	k->signer.witness.folder = k->fd;
	return CTL_DONE;
}

/* Root is root again, where that was so. */
void
keys_close(struct keys *k)
{
	key_file_free(k->log);
	key_file_free(k->next);
	key_file_free(k->bundle);
	key_file_free(k->witness);
	key_passphrase_free(k->passphrase);
	if (k->fd != -1)
		close(k->fd);
	if (getuid() == 0 && (seteuid(0) == -1 || setegid(getgid()) == -1))
		ctl_fail(k->ctl, ERR_INTERNAL, "cannot become root again.");
}

/* ---- secret keys ------------------------------------------------------- */

enum ctl_exit
keys_make(struct keys *k, enum key_kind kind, const char *name,
    const char *file, struct key_file **key)
{
	enum err rc = key_file_new(kind, name, key);

	if (rc == ERR_INVALID)
		return ctl_usage(k->ctl,
		    "%s is no name for a %s: an address without scheme, as "
		    "in portal.example/%s.",
		    name, kind == KEY_LOG ? "log" : "witness",
		    kind == KEY_LOG ? "log" : "witness");
	if (rc == ERR_OK)
		rc = key_file_write(keys_path(k, file), *key, k->passphrase);
	return rc == ERR_OK ? CTL_DONE : keys_fail(k, rc, file);
}

enum ctl_exit
keys_read(
    struct keys *k, enum key_kind kind, const char *file, struct key_file **key)
{
	enum err rc =
	    key_file_read(keys_path(k, file), kind, k->passphrase, key);

	return rc == ERR_OK ? CTL_DONE : keys_fail(k, rc, file);
}

/* ---- public files ------------------------------------------------------ */

enum ctl_exit
keys_put_text(const struct keys *k, const char *name, const struct buf *text)
{
	enum err rc = ERR_TOO_LARGE;

	if (!text->overflow)
		rc = file_put(keys_path(k, name), text->data, text->len, 0644);
	return rc == ERR_OK ? CTL_DONE : keys_fail(k, rc, name);
}

enum ctl_exit
keys_put_key(const struct keys *k, const char *name, const struct note_key *key)
{
	char text[NOTE_KEY_TEXT];
	enum ctl_exit rc;
	struct buf b;

	note_key_text(key, text);
	buf_init(&b, NOTE_KEY_TEXT + 1);
	buf_addf(&b, "%s\n", text);
	rc = keys_put_text(k, name, &b);
	buf_free(&b);
	return rc;
}

enum ctl_exit
keys_get_text(const struct keys *k, const char *name, struct buf *b)
{
	enum err rc;

	buf_init(b, NOTE_MAX);
	rc = file_read(keys_path(k, name), b);
	return rc == ERR_OK ? CTL_DONE : keys_fail(k, rc, name);
}

enum ctl_exit
keys_get_key(const struct keys *k, const char *name, struct note_key *key)
{
	struct tlog_fault fault;
	enum ctl_exit status;
	struct buf b;
	enum err rc;

	status = keys_get_text(k, name, &b);
	if (status == CTL_DONE) {
		rc = note_key_parse(b.data, b.len, key, &fault);
		status = rc == ERR_OK ? CTL_DONE : keys_fail(k, rc, name);
	}
	buf_free(&b);
	return status;
}
