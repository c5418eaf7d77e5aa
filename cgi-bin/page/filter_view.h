/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The form that narrows a list: what was chosen in it, and how it is shown.
 * Its query is the field "q", the place in the list "before".  What a choice
 * means, the page says.
 */
#ifndef PAGE_FILTER_VIEW_H
#define PAGE_FILTER_VIEW_H

#include "page/visit.h"
#include "web/part.h"

/* A FIELD_CHOICE. */
struct filter_choice {
	const char *field;
	const char *words; /* of its choices, a block of the catalogue */
	bool is_members;   /* others are not asked */
};

struct filter {
	enum part_kind part; /* as which its choices' markup is kept */
	const char *template_name;
	const struct filter_choice *choices; /* seven at most; end with NULL */
};

/* Was something typed or chosen? */
bool filter_given(struct visit *, const char *field);
/* What was, as a number or as a bit of a set: -1 and 0 of nothing. */
int filter_choice(struct visit *, const char *field);
int64_t filter_bit(struct visit *, const char *field);

/*
 * Form.*, Filter (markup of its choices), Query, HasFilter, IsSearch and
 * IsPaged.
 */
enum err filter_view(struct visit *, const struct filter *);

/* FoundText, of a search: how many, or that so many are not all of them. */
void filter_found(struct visit *, size_t n, bool has_more);

/* "/documents?before=12&q=…&sector=…": the same filter, further on. */
const char *filter_next(
    struct visit *, const struct filter *, const char *path, int64_t before);

#endif
