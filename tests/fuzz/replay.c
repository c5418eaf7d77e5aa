/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a harness over every file of the folders named: what a fuzzer once
 * found stays found, without a fuzzer at hand.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static int
run(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	long len;
	int rc = -1;

	if (f == NULL)
		return -1;
	if (fseek(f, 0, SEEK_END) == 0 && (len = ftell(f)) >= 0 &&
	    fseek(f, 0, SEEK_SET) == 0 &&
	    (data = malloc((size_t)len + 1)) != NULL &&
	    fread(data, 1, (size_t)len, f) == (size_t)len) {
		LLVMFuzzerTestOneInput(data, (size_t)len);
		rc = 0;
	}
	free(data);
	fclose(f);
	return rc;
}

/* Files run, or -1 when one could not be read. */
static int
run_all(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char path[4096];
	int n = 0;

	if (d == NULL)
		return -1;
	while (n >= 0 && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		n = run(path) == 0 ? n + 1 : -1;
	}
	closedir(d);
	return n;
}

int
main(int argc, char **argv)
{
	int n;

	if (argc < 2) {
		fprintf(stderr, "usage: %s folder ...\n", argv[0]);
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		if ((n = run_all(argv[i])) <= 0) {
			fprintf(stderr, "%s: nothing could be run\n", argv[i]);
			return 1;
		}
		printf("%s: %d\n", argv[i], n);
	}
	return 0;
}
