/* SPDX-License-Identifier: Apache-2.0 */
/* matrix.tsv as data, and the things that its words stand for. */
#ifndef HTTP_MATRIX_H
#define HTTP_MATRIX_H

#include "world.h"

enum { MATRIX_WORDS = 3, MATRIX_ROWS = 300 };

struct matrix_row {
	int line; /* in the file */
	char *method, *path, *body;
	char *word[MATRIX_WORDS]; /* NULL-filled */
	bool is_made_again[MATRIX_WORDS];
	bool is_own_session, is_own_person, is_own_fresh;
	char *want[WHO__MAX];
	char *made[MATRIX_WORDS]; /* what the words stand for now */
};

/* Read once; the file's faults end the program. */
struct matrix_row *matrix_row(int i);
int matrix_count(void);
/* Those of them that let somebody in, by POST or by GET. */
struct matrix_row *matrix_post_row(int n);
int matrix_post_count(void);
struct matrix_row *matrix_get_row(int n);
int matrix_get_count(void);

/* Makes what the words stand for. */
void matrix_make(struct matrix_row *);
/* … again where the row says so, after a success. */
void matrix_make_again(struct matrix_row *);

/* The row's path for somebody, and any text with its {words} filled in. */
char *matrix_path(const struct matrix_row *);
char *matrix_fill(const struct matrix_row *, const char *text);

/* Neither refused nor led elsewhere: the act is done, or its form read. */
bool matrix_is_let_in(const char *want);

/* Does it answer with a page, or with a file to keep? */
bool matrix_is_page(const struct matrix_row *);

/* Who asks, with a proof as fresh as the row needs it. */
struct client *matrix_client(const struct matrix_row *, enum who);

/* Sends the row's request. */
const struct answer *matrix_ask(const struct matrix_row *, struct client *);

#endif
