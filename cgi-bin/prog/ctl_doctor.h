/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The doctor looks at an installation from outside, changes nothing, and says
 * of each thing whether it is well, and if not, how to mend it: with the
 * names and commands of this machine, so that nobody needs to know the house.
 */
#ifndef PROG_CTL_DOCTOR_H
#define PROG_CTL_DOCTOR_H

#include "prog/ctl.h"

enum doctor_word { DOCTOR_OK, DOCTOR_WARN, DOCTOR_BAD, DOCTOR__MAX };

struct doctor {
	struct ctl *ctl;
	json_t *list;
	const char *subject; /* what is looked at now */
	bool is_well;
};

/* A text in the arena. */
#define SAY(d, ...) arena_printf((d)->ctl->ctx.arena, __VA_ARGS__)

/* `mend` is NULL when there is nothing to do. */
void doctor_tell(
    struct doctor *, enum doctor_word, const char *text, const char *mend);

/* The machine (ctl_doctor_machine.c). */
void doctor_disk(struct doctor *);
void doctor_memory(struct doctor *);
void doctor_clock(struct doctor *);
void doctor_sockets(struct doctor *);
void doctor_ports(struct doctor *);
void doctor_nginx(struct doctor *);

/* Who is asked to cosign the log; our own key (ctl_doctor_witness.c). */
void doctor_witnesses(struct doctor *);
void doctor_witness_key(struct doctor *);

/* What documents that are handed in need (ctl_doctor_document.c). */
void doctor_documents(struct doctor *);

#endif
