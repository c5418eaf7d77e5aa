/* SPDX-License-Identifier: Apache-2.0 */
/* The Cookie header, and Accept-Language, which is read as liberally. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/page.h"
#include "web/req.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *arena = arena_new(1024 * 1024 + 4 * len);
	char *text = arena_copy_n(arena, data, len);
	struct pair *pairs;
	int n = 0;

	if (cookie_parse(arena, text, &pairs) == ERR_OK) {
		for (; pairs[n].name != NULL; n++)
			if (pairs[n].name[0] == '\0' ||
			    strpbrk(pairs[n].name, "=; \r\n") != NULL ||
			    strpbrk(pairs[n].value, "\"; \r\n\\") != NULL)
				abort();
		if (n > REQ_COOKIES_MAX)
			abort();
	} else if (pairs != NULL) {
		abort();
	}
	if ((unsigned)lang_accepted(text) >= LANG__MAX)
		abort();
	arena_free(arena);
	return 0;
}
