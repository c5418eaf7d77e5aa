/* SPDX-License-Identifier: Apache-2.0 */
#include "page/family_view.h"

#include "domain/record.h"

const char *
family_titles(struct visit *v, int64_t families)
{
	const char *text = NULL, *word;

	for (int i = 0; record_families[i] != NULL; i++) {
		if ((families >> i & 1) == 0)
			continue;
		word = page_word(v, "Bundle.Family", record_families[i]);
		text = text == NULL
		    ? word
		    : arena_printf(v->req->arena, "%s, %s", text, word);
	}
	return text;
}
