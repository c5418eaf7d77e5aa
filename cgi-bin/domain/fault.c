/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/fault.h"

#include <string.h>

void
fault_add(struct arena *arena, struct fault *first, const char *field,
    const char *error)
{
	struct fault *last = first;

	if (fault_has(first, field))
		return;
	if (first->field != NULL) {
		while (last->next != NULL)
			last = last->next;
		last->next = arena_alloc(arena, sizeof(*last));
		last = last->next;
	}
	*last = (struct fault){ .field = field, .error = error };
}

bool
fault_has(const struct fault *f, const char *field)
{
	while (f != NULL && (f->field == NULL || strcmp(f->field, field) != 0))
		f = f->next;
	return f != NULL;
}

char *
fault_clean(struct arena *arena, struct fault *first,
    const struct fault_text *text, const char *typed)
{
	char *clean;

	if (typed == NULL)
		typed = "";
	clean = text_clean(arena, typed, strlen(typed), text->kind);
	if (clean == NULL) {
		fault_add(arena, first, text->field, "NotText");
		return arena_copy(arena, "");
	}
	if (text_length(clean) > text->max)
		fault_add(arena, first, text->field, "TooLong");
	return clean;
}
