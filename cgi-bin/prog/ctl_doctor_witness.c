/* SPDX-License-Identifier: Apache-2.0 */
/* Whether courier(8) understands who is to cosign the log. */
#include "prog/ctl_doctor.h"

#include "domain/log_witness_list.h"

static void
is_wrong(void *arg, const char *sentence)
{
	doctor_tell(arg, DOCTOR_BAD, sentence,
	    "courier(8) tells how a line is; then run: systemctl restart"
	    " entente-courier");
}

void
doctor_witnesses(struct doctor *d)
{
	const struct log_witness_listener listener = { is_wrong, d };
	const char *path = d->ctl->conf->witness_file;
	struct log_witness_list list;

	d->subject = "witnesses";
	if (log_witness_list_read(path, d->ctl->ctx.arena, &listener, &list) !=
	    ERR_OK)
		return;
	doctor_tell(d, DOCTOR_OK,
	    list.n == 0 ? SAY(d, "%s names nobody to cosign the log.", path)
			: SAY(d, "%zu in %s can be asked to cosign the log.",
			      list.n, path),
	    NULL);
}
