/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <check.h>
#include <unistd.h>

#include "world.h"

enum { WAIT_US = 50 * 1000, TRIES = 1200 };

void
log_wait(int64_t record)
{
	int tries = 0;

	while (stored_int("SELECT COALESCE(MAX(size), 0) FROM log_checkpoint",
		   NULL) < record) {
		ck_assert_msg(++tries < TRIES,
		    "record %lld is in no checkpoint", (long long)record);
		usleep(WAIT_US);
	}
}
