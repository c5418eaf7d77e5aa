/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the log stands, for its page: what is published, who witnesses it, how
 * it grew.  Nothing of it is secret.
 */
#ifndef DOMAIN_LOG_STATUS_H
#define DOMAIN_LOG_STATUS_H

#include "crypt/merkle.h"
#include "domain/ctx.h"
#include "domain/log_handover.h"

enum { LOG_POINTS_MAX = 60 };

/* What a witness said last. */
struct log_witness {
	char *name;	     /* of its key */
	int64_t size;	     /* the largest that it has cosigned; 0 none */
	int64_t cosigned_at; /* when it did; 0 never */
	int64_t asked_at;    /* when it was asked last */
	bool is_in_trouble;  /* it did not cosign then */
};

struct log_point {
	int64_t at;   /* the end of a day or of several */
	int64_t size; /* of the newest checkpoint before it */
};

struct log_status {
	struct merkle_point tree;      /* published; size 0 before the first */
	int64_t signed_at;	       /* its checkpoint; 0 likewise */
	char *checkpoint;	       /* as it is published, or NULL */
	int64_t waiting;	       /* records that are not in it yet */
	struct log_witness *witnesses; /* by name */
	size_t witness_count;
	struct log_handover *handovers; /* of its keys, the newest first */
	size_t handover_count;
	struct log_point points[LOG_POINTS_MAX]; /* oldest first */
	size_t point_count;
	int point_days; /* days from one to the next */
};

/* ERR_CORRUPT (logged): what is published cannot be read. */
enum err log_status_load(struct ctx *, struct log_status *);

#endif
