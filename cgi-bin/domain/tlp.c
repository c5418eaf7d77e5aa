/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/tlp.h"

#include <stddef.h>
#include <string.h>

const char *const tlp_names[TLP__MAX + 1] = {
	[TLP_CLEAR] = "TLP:CLEAR",
	[TLP_GREEN] = "TLP:GREEN",
	[TLP_AMBER] = "TLP:AMBER",
	[TLP_AMBER_STRICT] = "TLP:AMBER+STRICT",
	[TLP_RED] = "TLP:RED",
};

const char *const tlp_words[TLP__MAX + 1] = {
	[TLP_CLEAR] = "clear",
	[TLP_GREEN] = "green",
	[TLP_AMBER] = "amber",
	[TLP_AMBER_STRICT] = "amber-strict",
	[TLP_RED] = "red",
};

static const char prefix[] = "TLP:";

/* A name is taken with and without its prefix: CSAF writes it without. */
static bool
is_name(const char *text, const char *name)
{
	return strcmp(text, name) == 0 ||
	    strcmp(text, name + sizeof(prefix) - 1) == 0;
}

bool
tlp_from_text(const char *text, enum tlp *label)
{
	*label = TLP_RED;
	if (text == NULL)
		return false;
	for (int i = 0; i < TLP__MAX; i++) {
		if (is_name(text, tlp_names[i]) ||
		    strcmp(text, tlp_words[i]) == 0) {
			*label = (enum tlp)i;
			return true;
		}
	}
	if (!is_name(text, "TLP:WHITE"))
		return false;
	*label = TLP_CLEAR; /* what TLP 1.0 called it */
	return true;
}
