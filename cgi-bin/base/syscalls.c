/* SPDX-License-Identifier: Apache-2.0 */
#include "base/syscalls.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

static int
add(scmp_filter_ctx filter, const struct syscalls_way *w)
{
	uint32_t action =
	    w->error == 0 ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO((uint16_t)w->error);
	struct scmp_arg_cmp compare = {
		.arg = (unsigned)w->at,
		.op = SCMP_CMP_MASKED_EQ,
		.datum_a = w->mask,
		.datum_b = w->value,
	};

	/* Below zero: this processor's Linux has no such call. */
	if (w->call < 0)
		return 0;
	if (w->at == SYSCALLS_ALWAYS)
		return seccomp_rule_add(filter, action, w->call, 0);
	return seccomp_rule_add_array(filter, action, w->call, 1, &compare);
}

static int
fill(
    scmp_filter_ctx filter, const struct syscalls_way *ways, size_t n, int kind)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++)
		if (ways[i].kinds & kind)
			rc = add(filter, &ways[i]);
	return rc;
}

/* abort(), where memory is over: a signal to itself, and to nobody else. */
static int
add_abort(scmp_filter_ctx filter)
{
	const struct syscalls_way w = {
		.call = SCMP_SYS(tgkill),
		.at = 0,
		.mask = UINT32_MAX,
		.value = (uint64_t)getpid(),
	};

	return add(filter, &w);
}

enum err
syscalls_enter(const struct syscalls_way *ways, size_t n, int kind)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int rc = -ENOMEM;

	if (filter != NULL &&
	    (rc = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
		 SCMP_ACT_KILL_PROCESS)) == 0 &&
	    (rc = fill(filter, ways, n, kind)) == 0 &&
	    (rc = add_abort(filter)) == 0)
		rc = seccomp_load(filter);
	if (filter != NULL)
		seccomp_release(filter);
	if (rc == 0)
		return ERR_OK;
	log_line(LOG_ERROR, "syscalls", "cannot be loaded: %s", strerror(-rc));
	return ERR_INTERNAL;
}
