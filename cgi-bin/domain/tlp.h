/* SPDX-License-Identifier: Apache-2.0 */
/* Labels of the Traffic Light Protocol 2.0 (FIRST, 2022), lowest first. */
#ifndef DOMAIN_TLP_H
#define DOMAIN_TLP_H

#include <stdbool.h>

enum tlp {
	TLP_CLEAR,
	TLP_GREEN,
	TLP_AMBER,
	TLP_AMBER_STRICT,
	TLP_RED,
	TLP__MAX
};

/* "TLP:AMBER+STRICT": never translated. */
extern const char *const tlp_names[TLP__MAX + 1];
/* "amber-strict": for form values, style classes, the command line. */
extern const char *const tlp_words[TLP__MAX + 1];
/*
 * Takes either of them, a name also without "TLP:", and TLP 1.0's "WHITE";
 * *label is TLP_RED when it is none.
 */
bool tlp_from_text(const char *, enum tlp *);

#endif
