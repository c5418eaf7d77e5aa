/* SPDX-License-Identifier: Apache-2.0 */
/* What keeps a portal fast over months; entente-tidy.timer runs it daily. */
#include "prog/ctl.h"

#include "domain/advisory.h"

enum ctl_exit
ctl_tidy(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	enum ctl_exit status;
	int64_t pieces;
	enum err rc;
	int n;

	status = ctl_arguments(ctl, argc, argv, none, 0, 0, &n);
	if (status != CTL_DONE)
		return status;
	if ((rc = advisory_index_merge(&ctl->ctx, &pieces)) != ERR_OK)
		return ctl_fail(ctl, rc, "search index: %s", ctl_reason(rc));
	ctl_say(ctl, "The search index is in %lld piece%s.", (long long)pieces,
	    pieces == 1 ? "" : "s");
	return ctl_done(ctl, json_pack("{s:I}", "pieces", (json_int_t)pieces));
}
