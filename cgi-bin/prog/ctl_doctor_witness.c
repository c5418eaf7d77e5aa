/* SPDX-License-Identifier: Apache-2.0 */
/* Who is to cosign the log, and whether this portal can cosign others'. */
#include "prog/ctl_doctor.h"

#include <string.h>
#include <unistd.h>

#include "domain/log_witness_list.h"

static void
is_wrong(void *arg, const char *sentence)
{
	doctor_tell(arg, DOCTOR_BAD, sentence,
	    "courier(8) tells how a line is; it reads the file again by"
	    " itself.");
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

/*
 * A portal from before witnesses has no such key, and systemd passes over the
 * signer without a word.
 */
void
doctor_witness_key(struct doctor *d)
{
	const char *folder = SAY(d, "%s/signer", d->ctl->conf->data_dir);
	const char *origin = d->ctl->conf->origin[0];

	d->subject = "signer";
	/* Not here, or not for these eyes. */
	if (access(SAY(d, "%s/log.key", folder), F_OK) == -1 ||
	    access(SAY(d, "%s/witness.key", folder), F_OK) == 0)
		return;
	doctor_tell(d, DOCTOR_BAD,
	    SAY(d,
		"%s/witness.key is missing: entente-signer does not start"
		" without it.",
		folder),
	    SAY(d,
		"Run: ententectl witness make %s --name %s/witness; then:"
		" systemctl start entente-signer",
		folder, strstr(origin, "://") + 3));
}
