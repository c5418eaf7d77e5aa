/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where what somebody wrote is wrong beyond what its fields' types say: each
 * field once, the others behind the first, so that whoever wrote it is told
 * everything at once.
 */
#ifndef DOMAIN_FAULT_H
#define DOMAIN_FAULT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

struct fault {
	const char *field; /* its name in the form; NULL: nothing is wrong */
	const char *error; /* catalogue key below Form.Error */
	struct fault *next;
};

/* Of a field that has a fault already, the first one stays. */
void fault_add(
    struct arena *, struct fault *first, const char *field, const char *error);
bool fault_has(const struct fault *first, const char *field);

/*
 * A text cleaned (text_clean()); NULL counts as "".  NotText or TooLong are
 * noted, and the result is never NULL.  `max` is in characters.
 */
struct fault_text {
	const char *field;
	enum text_kind kind;
	size_t max;
};
char *fault_clean(struct arena *, struct fault *first,
    const struct fault_text *, const char *);

#endif
