/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For the benchmark of entente-verify:
 *
 *	bundle make COUNT FOLDER	a bundle of that many records, and the
 *					log's key; prints how long it took
 *	bundle run PROGRAM ...		runs it; prints how long it took, and
 *					the most memory that it had
 *
 * in microseconds and KiB.
 */
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "log_bundle.h"

static void
put(const char *folder, const char *name, const void *bytes, size_t len)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "wb");
	bundle_must(
	    f != NULL && fwrite(bytes, 1, len, f) == len && fclose(f) == 0,
	    path);
}

static int
make(uint64_t count, const char *folder)
{
	static struct log_bundle b;
	char key[NOTE_KEY_TEXT];
	int64_t begin;

	bundle_must(crypt_start() == ERR_OK, "libsodium");
	log_bundle_start(&b, count, 1, true);
	begin = clock_steady();
	log_bundle_make(&b);
	printf("%lld\n", (long long)(clock_steady() - begin));
	put(folder, "bundle.tar", b.out.data, b.out.len);
	note_key_text(&b.log, key);
	put(folder, "log.key", key, strlen(key));
	log_bundle_free(&b);
	return 0;
}

static int
run(char **argv)
{
	int64_t begin = clock_steady();
	struct rusage used;
	int status, fd;
	pid_t pid;

	if ((pid = fork()) == 0) {
		fd = open("/dev/null", O_WRONLY);
		dup2(fd, STDOUT_FILENO);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (pid == -1 || wait4(pid, &status, 0, &used) != pid ||
	    !WIFEXITED(status))
		return 1;
	printf(
	    "%lld %ld\n", (long long)(clock_steady() - begin), used.ru_maxrss);
	return WEXITSTATUS(status);
}

int
main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "make") == 0)
		return make(strtoull(argv[2], NULL, 10), argv[3]);
	if (argc > 2 && strcmp(argv[1], "run") == 0)
		return run(argv + 2);
	fputs("usage: bundle make COUNT FOLDER | run PROGRAM ...\n", stderr);
	return 64;
}
