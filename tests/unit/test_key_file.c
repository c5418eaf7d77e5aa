/* SPDX-License-Identifier: Apache-2.0 */
/* Secret keys as files: what is made is read, and nothing else is. */
#include <sodium.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/file.h"
#include "base/log.h"
#include "crypt/key_file.h"
#include "unit.h"

static char dir[UNIT_PATH], path[UNIT_PATH], pass[UNIT_PATH];
static struct key_passphrase *passphrase;

static void
start(void)
{
	log_open("test", LOG_ERROR);
	ck_assert(sodium_init() >= 0);
	unit_scratch(dir);
	unit_path(path, dir, "key");
	unit_file(dir, "pass", "correct horse\n", pass);
	chmod(pass, 0600);
	ck_assert_int_eq(key_passphrase_read(pass, &passphrase), ERR_OK);
	ck_assert_uint_eq(passphrase->len, strlen("correct horse"));
}

static void
stop(void)
{
	key_passphrase_free(passphrase);
	unit_remove(dir);
}

static struct key_file *
make(enum key_kind kind, bool is_closed)
{
	struct key_file *k;

	ck_assert_int_eq(
	    key_file_new(kind, kind == KEY_LOG ? "log.example" : NULL, &k),
	    ERR_OK);
	ck_assert_int_eq(
	    key_file_write(path, k, is_closed ? passphrase : NULL), ERR_OK);
	return k;
}

static enum err
judge(enum key_kind kind, const struct key_passphrase *p)
{
	struct key_file *k;
	enum err rc = key_file_read(path, kind, p, &k);

	ck_assert_int_eq(rc == ERR_OK, k != NULL);
	key_file_free(k);
	return rc;
}

static const struct {
	enum key_kind kind;
	bool is_closed;
} forms[] = { { KEY_LOG, false }, { KEY_BUNDLE, false }, { KEY_LOG, true },
	{ KEY_BUNDLE, true } };

START_TEST(made_and_read)
{
	struct key_file *k, *again;
	struct stat st;
	struct buf b;

	start();
	k = make(forms[_i].kind, forms[_i].is_closed);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0600);
	ck_assert_int_eq(key_file_write(path, k, NULL), ERR_EXISTS);
	ck_assert_int_eq(key_file_read(path, forms[_i].kind,
			     forms[_i].is_closed ? passphrase : NULL, &again),
	    ERR_OK);
	ck_assert_mem_eq(again->secret, k->secret, 64);
	ck_assert_mem_eq(&again->note, &k->note, sizeof(k->note));
	ck_assert_mem_eq(&again->bundle, &k->bundle, sizeof(k->bundle));
	/* The seed stands in the file only where nothing closes it. */
	buf_init(&b, 4096);
	file_read(path, &b);
	ck_assert_int_eq(
	    strstr(b.data, "secret ") != NULL, !forms[_i].is_closed);
	buf_free(&b);
	key_file_free(again);
	key_file_free(k);
	stop();
}
END_TEST

START_TEST(passphrases)
{
	struct key_passphrase *other, *none;
	char name[UNIT_PATH];

	start();
	key_file_free(make(KEY_LOG, true));
	ck_assert_int_eq(judge(KEY_LOG, passphrase), ERR_OK);
	ck_assert_int_eq(judge(KEY_LOG, NULL), ERR_REAUTH);
	unit_file(dir, "other", "correct horse ", name);
	chmod(name, 0600);
	ck_assert_int_eq(key_passphrase_read(name, &other), ERR_OK);
	ck_assert_int_eq(judge(KEY_LOG, other), ERR_REAUTH);
	key_passphrase_free(other);
	unit_file(dir, "empty", "\nx", name);
	chmod(name, 0600);
	ck_assert_int_eq(key_passphrase_read(name, &none), ERR_INVALID);
	chmod(pass, 0644);
	ck_assert_int_eq(key_passphrase_read(pass, &none), ERR_FORBIDDEN);
	stop();
}
END_TEST

START_TEST(for_the_owner_alone)
{
	static const struct {
		mode_t mode;
		enum err rc;
	} modes[] = { { 0600, ERR_OK }, { 0400, ERR_OK },
		{ 0644, ERR_FORBIDDEN }, { 0604, ERR_FORBIDDEN },
		{ 0660, ERR_FORBIDDEN }, { 0620, ERR_FORBIDDEN },
		{ 0610, ERR_FORBIDDEN } };
	char link[UNIT_PATH];

	start();
	key_file_free(make(KEY_LOG, false));
	for (int i = 0; i < UNIT_COUNT(modes); i++) {
		chmod(path, modes[i].mode);
		ck_assert_int_eq(judge(KEY_LOG, NULL), modes[i].rc);
	}
	ck_assert_int_eq(judge(KEY_BUNDLE, NULL), ERR_FORBIDDEN);
	chmod(path, 0600);
	ck_assert_int_eq(judge(KEY_BUNDLE, NULL), ERR_INVALID);
	unit_path(link, dir, "folder");
	mkdir(link, 0700);
	memcpy(path, link, sizeof(path));
	ck_assert_int_eq(judge(KEY_LOG, NULL), ERR_FORBIDDEN);
	unit_path(path, dir, "none");
	ck_assert_int_eq(judge(KEY_LOG, NULL), ERR_NOT_FOUND);
	stop();
}
END_TEST

/* The file with one byte changed, cut, or longer: never another key. */
START_TEST(every_byte)
{
	struct key_file *k, *other;
	struct buf b;
	FILE *f;

	start();
	k = make(forms[_i].kind, false);
	buf_init(&b, 4096);
	file_read(path, &b);
	log_open("test", LOG_ERROR);
	for (size_t i = 0; i <= 2 * b.len; i++) {
		size_t at = i % b.len, len = i < b.len ? b.len : at;

		if (i < b.len)
			b.data[at] ^= 1;
		f = fopen(path, "wb");
		fwrite(b.data, 1, i == 2 * b.len ? b.len : len, f);
		if (i == 2 * b.len)
			fputc('\n', f);
		fclose(f);
		if (key_file_read(path, forms[_i].kind, NULL, &other) ==
		    ERR_OK) {
			/* Only its name may be another one. */
			ck_assert_mem_eq(other->secret, k->secret, 64);
			key_file_free(other);
		}
		if (i < b.len)
			b.data[at] ^= 1;
	}
	buf_free(&b);
	key_file_free(k);
	stop();
}
END_TEST

START_TEST(names)
{
	struct key_file *k;

	start();
	ck_assert_int_eq(key_file_new(KEY_LOG, "a b", &k), ERR_INVALID);
	ck_assert_ptr_null(k);
	ck_assert_int_eq(key_file_new(KEY_LOG, "", &k), ERR_INVALID);
	key_file_free(NULL);
	stop();
}
END_TEST

/* Who writes into the secret does not live to tell, sanitizer or not. */
START_TEST(secret_is_read_only)
{
	struct key_file *k;
	int status;
	pid_t pid;

	start();
	ck_assert_int_eq(key_file_new(KEY_LOG, "a", &k), ERR_OK);
	if ((pid = fork()) == 0) {
		k->secret[0] ^= 1;
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
	key_file_free(k);
	stop();
}
END_TEST

static const int twice[2];

UNIT_MAIN("key_file", UNIT_ROWS(made_and_read, forms), UNIT(passphrases),
    UNIT(for_the_owner_alone), UNIT_ROWS(every_byte, twice), UNIT(names),
    UNIT(secret_is_read_only))
