/* SPDX-License-Identifier: Apache-2.0 */
#include "db/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

/*
 * How long a waiting writer sleeps between two looks; a write transaction
 * takes a quarter of a millisecond, most of it the fsync.  The times do not
 * grow: who waits longest would then have the least chance.
 */
enum { PAUSE_NEXT_US = 100, PAUSE_QUEUE_US = 250 };

static enum err
fail(struct db *db, const char *what)
{
	log_line(
	    LOG_ERROR, "db", "%s %s: %s", what, db->lock_path, strerror(errno));
	return ERR_INTERNAL;
}

/*
 * The lock file is made with the mode of the database, as SQLite does with
 * its own files, so that whoever may write the one may lock the other.
 */
enum err
db_lock_open(struct db *db)
{
	struct stat st;
	mode_t mode = 0600;

	if (stat(db->path, &st) == 0)
		mode = st.st_mode & 0666;
	db->lock_fd = open(
	    db->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode);
	return db->lock_fd == -1 ? fail(db, "open") : ERR_OK;
}

void
db_lock_close(struct db *db)
{
	if (db->lock_fd != -1)
		close(db->lock_fd);
	db->lock_fd = -1;
}

/*
 * Somebody who removes the lock file would leave us with a lock that nobody
 * else sees.
 */
static bool
is_removed(const struct db *db)
{
	struct stat st;

	return fstat(db->lock_fd, &st) == 0 && st.st_nlink == 0;
}

static enum err
reopen(struct db *db)
{
	log_line(
	    LOG_WARNING, "db", "%s was removed, made again", db->lock_path);
	db_lock_close(db);
	return db_lock_open(db);
}

/*
 * The place in front of the lock: a writer that has just let go, and wants the
 * lock again at once, must queue behind the one that stands there.  It is a
 * lock of another kind on the same open file (F_OFD_SETLK), so that it too
 * ends with its process.
 */
static bool
try_place(struct db *db, bool *failed)
{
	struct flock l = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1
	};

	if (fcntl(db->lock_fd, F_OFD_SETLK, &l) == 0)
		return true;
	*failed = errno != EAGAIN && errno != EACCES && errno != EINTR;
	return false;
}

static void
leave_place(struct db *db)
{
	struct flock l = {
		.l_type = F_UNLCK, .l_whence = SEEK_SET, .l_len = 1
	};

	if (fcntl(db->lock_fd, F_OFD_SETLK, &l) == -1)
		fail(db, "leave the queue of");
}

static bool
try_lock(struct db *db, bool *failed)
{
	if (flock(db->lock_fd, LOCK_EX | LOCK_NB) == 0)
		return true;
	*failed = errno != EWOULDBLOCK && errno != EINTR;
	return false;
}

/*
 * flock() has no time limit of its own, and a signal to end it belongs to the
 * whole process; so it is asked again and again.
 */
static enum err
wait_for(struct db *db, bool (*try)(struct db *, bool *), int pause_us,
    int64_t until)
{
	const struct timespec pause = { 0, pause_us * 1000L };
	bool failed = false;

	while (!try(db, &failed)) {
		if (failed)
			return fail(db, "lock");
		if (clock_steady() >= until) {
			snprintf(db->message, sizeof(db->message),
			    "other writers held the lock for %d ms",
			    db->busy_ms);
			log_line(LOG_WARNING, "db", "%s: %s", db->lock_path,
			    db->message);
			return ERR_BUSY;
		}
		nanosleep(&pause, NULL);
	}
	return ERR_OK;
}

enum err
db_lock_take(struct db *db)
{
	int64_t until = clock_steady() + (int64_t)db->busy_ms * 1000;
	enum err rc;

	do {
		rc = wait_for(db, try_place, PAUSE_QUEUE_US, until);
		if (rc != ERR_OK)
			return rc;
		rc = wait_for(db, try_lock, PAUSE_NEXT_US, until);
		leave_place(db);
		if (rc != ERR_OK || !is_removed(db))
			return rc;
	} while ((rc = reopen(db)) == ERR_OK);
	return rc;
}

void
db_lock_release(struct db *db)
{
	if (flock(db->lock_fd, LOCK_UN) == -1)
		fail(db, "unlock");
}
