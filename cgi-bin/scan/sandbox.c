/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/sandbox.h"

#include <dirent.h>
#include <elf.h>
#include <link.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/landlock.h"
#include "base/log.h"
#include "scan/filter.h"

enum { LOG_BYTES = 64 * 1024 };

static const char where[] = "sandbox";

#if defined(__SANITIZE_ADDRESS__)
#define THIN true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define THIN true
#endif
#endif
#ifndef THIN
#define THIN false
#endif

const bool sandbox_is_thin = THIN;

void
sandbox_close_fds(int from)
{
	if (close_range((unsigned)from, ~0U, 0) == 0)
		return;
	for (int fd = from; fd < 1024; fd++) /* Linux before 5.9 */
		close(fd);
}

/* ---- limits -------------------------------------------------------------- */

static const struct {
	int what;
	rlim_t most;
	bool in_thin;
} limits[] = {
	{ RLIMIT_CORE, 0, true },
	{ RLIMIT_FSIZE, 0, true }, /* but see log_limit() */
	{ RLIMIT_NPROC, 0, false },
	{ RLIMIT_NOFILE, SANDBOX_FILES, true },
	{ RLIMIT_CPU, SANDBOX_CPU_S, true },
	{ RLIMIT_DATA, SANDBOX_MEMORY, false },
	{ RLIMIT_AS, SANDBOX_SPACE, false },
};

/*
 * Where standard error is a file, as under `make run`, what goes wrong can
 * still be said, in a few lines.
 */
static rlim_t
log_limit(void)
{
	struct stat st;

	if (fstat(STDERR_FILENO, &st) == -1 || !S_ISREG(st.st_mode))
		return 0;
	return (rlim_t)st.st_size + LOG_BYTES;
}

static enum err
set_limits(void)
{
	struct rlimit now;
	rlim_t most;

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		if (THIN && !limits[i].in_thin)
			continue;
		if (getrlimit(limits[i].what, &now) == -1)
			return file_error(where, "getrlimit");
		most = limits[i].what == RLIMIT_FSIZE ? log_limit()
						      : limits[i].most;
		/* Never above what somebody has set before. */
		if (most < now.rlim_cur)
			now.rlim_cur = most;
		/* SIGXCPU, which tells why, comes before SIGKILL. */
		if (limits[i].what != RLIMIT_CPU)
			now.rlim_max = now.rlim_cur;
		else if (now.rlim_cur < now.rlim_max)
			now.rlim_max = now.rlim_cur + 1;
		if (setrlimit(limits[i].what, &now) == -1)
			return file_error(where, "setrlimit");
	}
	return ERR_OK;
}

static enum err
give_up_rights(void)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		return file_error(where, "no_new_privs");
	if (!THIN && prctl(PR_SET_DUMPABLE, 0) == -1)
		return file_error(where, "dumpable");
	return ERR_OK;
}

/* ---- files --------------------------------------------------------------- */

/* The loader that our own program names: pdftotext has the same. */
static int
find_loader(struct dl_phdr_info *object, size_t size, void *out)
{
	(void)size;
	for (int i = 0; i < object->dlpi_phnum; i++)
		if (object->dlpi_phdr[i].p_type == PT_INTERP)
			*(const char **)out = (const char *)(object->dlpi_addr +
			    object->dlpi_phdr[i].p_vaddr);
	return 1; /* the first is the program; it has the only one */
}

static enum err
close_files(enum sandbox_kind kind, const char *program)
{
	const char *loader = NULL;
	struct landlock_path paths[] = {
		{ "/usr/lib", LANDLOCK_MAY_READ },
		{ "/lib", LANDLOCK_MAY_READ },
		{ "/lib64", LANDLOCK_MAY_READ },
		{ "/etc/ld.so.cache", LANDLOCK_MAY_READ },
		{ "/usr/share/poppler", LANDLOCK_MAY_READ },
		{ program, LANDLOCK_MAY_EXECUTE },
		{ NULL, LANDLOCK_MAY_EXECUTE }, /* the loader */
		{ NULL, LANDLOCK_MAY_READ },
	};
	static const struct landlock_path none[] = {
		{ THIN ? "/proc" : NULL, LANDLOCK_MAY_READ },
		{ NULL, LANDLOCK_MAY_READ },
	};

	if (kind == SANDBOX_READER)
		return landlock_enter(none);
	dl_iterate_phdr(find_loader, &loader);
	paths[sizeof(paths) / sizeof(paths[0]) - 2].path = loader;
	return landlock_enter(paths);
}

/* -------------------------------------------------------------------- */

enum err
sandbox_enter(enum sandbox_kind kind, const char *program)
{
	enum err rc;

	if ((rc = give_up_rights()) != ERR_OK)
		return rc;
	rc = close_files(kind, program);
	if (rc == ERR_STATE && kind == SANDBOX_READER) {
		log_line(LOG_WARNING, where,
		    "no Landlock in the kernel, or it must not be used: "
		    "seccomp alone keeps files");
		rc = ERR_OK;
	}
	if (rc == ERR_OK)
		rc = set_limits();
	if (rc == ERR_OK && !THIN)
		rc = filter_enter(kind);
	return rc;
}
