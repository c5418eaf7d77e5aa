/* SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>

#include "scratch_db.h"

START_TEST(lock_waits_then_is_busy)
{
	struct db_options o = { .path = path, .busy_ms = 100 };
	struct db *db, *hasty;
	int64_t before, took;

	setup();
	db = open_as(NULL);
	ck_assert_int_eq(db_open(&o, &hasty), ERR_OK);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	before = clock_steady();
	ck_assert_int_eq(db_begin(hasty), ERR_BUSY);
	took = clock_steady() - before;
	ck_assert_int_ge(took, 100000);
	ck_assert_int_le(took, 400000);
	ck_assert(!db_in_write(hasty));
	/* Readers never wait. */
	ck_assert_int_eq(count(hasty), 0);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	ck_assert_int_eq(db_begin(hasty), ERR_OK);
	ck_assert_int_eq(db_end(hasty, ERR_OK), ERR_OK);
	db_free(db);
	db_free(hasty);
	teardown();
}
END_TEST

START_TEST(lock_is_a_flock_on_the_named_file)
{
	char name[UNIT_PATH + 8];
	struct db *db;
	FILE *f;

	setup();
	snprintf(name, sizeof(name), "%s.lock", path);
	db = open_as(NULL);
	f = fopen(name, "r");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(flock(fileno(f), LOCK_EX | LOCK_NB), 0);
	ck_assert_int_eq(flock(fileno(f), LOCK_UN), 0);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_ne(flock(fileno(f), LOCK_SH | LOCK_NB), 0);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	ck_assert_int_eq(flock(fileno(f), LOCK_EX | LOCK_NB), 0);
	fclose(f);
	/* Removed under us: made again, and both see the same one. */
	ck_assert_int_eq(unlink(name), 0);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	f = fopen(name, "r");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ne(flock(fileno(f), LOCK_SH | LOCK_NB), 0);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	fclose(f);
	db_free(db);
	teardown();
}
END_TEST

enum { WRITERS = 4, WRITES = 250 };

static void
write_many(int who)
{
	struct db *db = open_as(NULL);

	for (int i = 0; i < WRITES; i++) {
		if (db_begin(db) != ERR_OK)
			_exit(1);
		/* Reads first: without IMMEDIATE this is what fails. */
		count(db);
		if (db_end(db, add(db, who * WRITES + i + 1, NULL)) != ERR_OK)
			_exit(2);
	}
	db_free(db);
	_exit(0);
}

START_TEST(processes_write_at_once)
{
	struct db *db;
	pid_t child[WRITERS];
	int status;

	setup();
	for (int i = 0; i < WRITERS; i++)
		if ((child[i] = fork()) == 0)
			write_many(i);
	for (int i = 0; i < WRITERS; i++) {
		ck_assert_int_eq(waitpid(child[i], &status, 0), child[i]);
		ck_assert_int_eq(status, 0);
	}
	db = open_as(NULL);
	ck_assert_int_eq(count(db), WRITERS * WRITES);
	db_free(db);
	teardown();
}
END_TEST

START_TEST(a_killed_writer_lets_go)
{
	struct db *db;
	pid_t child;
	int ends[2], status;
	char c;

	setup();
	ck_assert_int_eq(pipe(ends), 0);
	if ((child = fork()) == 0) {
		db = open_as(NULL);
		if (db_begin(db) != ERR_OK || add(db, 1, "lost") != ERR_OK ||
		    write(ends[1], "x", 1) != 1)
			_exit(1);
		pause();
	}
	ck_assert_int_eq(read(ends[0], &c, 1), 1);
	ck_assert_int_eq(kill(child, SIGKILL), 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	db = open_as(NULL);
	ck_assert_int_eq(db_begin(db), ERR_OK);
	ck_assert_int_eq(count(db), 0);
	ck_assert_int_eq(add(db, 2, "kept"), ERR_OK);
	ck_assert_int_eq(db_end(db, ERR_OK), ERR_OK);
	db_free(db);
	teardown();
}
END_TEST

START_TEST(fork_is_refused)
{
	struct db *db;
	pid_t child;
	int status;

	setup();
	db = open_as(NULL);
	if ((child = fork()) == 0)
		_exit(
		    db_begin(db) == ERR_INTERNAL && db_read(db) == ERR_INTERNAL
			? 0
			: 1);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	run(db, "INSERT INTO thing (id) VALUES (1)");
	db_free(db);
	teardown();
}
END_TEST

UNIT_MAIN("lock", UNIT(lock_waits_then_is_busy),
    UNIT(lock_is_a_flock_on_the_named_file), UNIT(processes_write_at_once),
    UNIT(a_killed_writer_lets_go), UNIT(fork_is_refused))
