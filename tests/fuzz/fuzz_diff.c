/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two texts, with a form feed between them.  Whatever they are, the pieces
 * give both back byte for byte, what is marked the same is the same, and
 * neither time nor memory runs away.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/diff.h"
#include "base/log.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* As diff.h says; under sanitizers, on a machine that does other things. */
enum { ARENA_BYTES = 12 * 1024 * 1024, SECONDS = 3 };

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

static void
check_side(const struct diff *d, bool is_right, const char *text, size_t len)
{
	enum diff_kind kind = is_right ? DIFF_INSERTED : DIFF_DELETED;
	size_t at = 0, line = 0;

	for (size_t i = 0; i < d->count; i++) {
		const struct diff_side *side =
		    is_right ? &d->rows[i].right : &d->rows[i].left;

		line += side->count > 0;
		must(side->line == (side->count > 0 ? line : 0));
		for (size_t n = 0; n < side->count; n++) {
			const struct diff_piece *p = &side->pieces[n];

			must(p->kind == DIFF_SAME || p->kind == kind);
			must(p->len > 0 && p->len <= len - at);
			must(memcmp(p->text, text + at, p->len) == 0);
			must(p->text[p->len] == '\0');
			at += p->len;
		}
	}
	must(at == len);
}

/* What is the same of one side of a row, one behind the other. */
static char *
same_of(struct arena *a, const struct diff_side *side, size_t *len)
{
	char *out;

	*len = 0;
	for (size_t i = 0; i < side->count; i++)
		*len += side->pieces[i].len;
	out = arena_alloc(a, *len);
	*len = 0;
	for (size_t i = 0; i < side->count; i++) {
		if (side->pieces[i].kind != DIFF_SAME)
			continue;
		memcpy(out + *len, side->pieces[i].text, side->pieces[i].len);
		*len += side->pieces[i].len;
	}
	return out;
}

static void
check_row(struct arena *a, const struct diff_row *row)
{
	size_t n, m;
	const char *left = same_of(a, &row->left, &n);
	const char *right = same_of(a, &row->right, &m);

	must(n == m && memcmp(left, right, n) == 0);
	must((row->left.count > 0) == (row->kind != DIFF_INSERTED));
	must((row->right.count > 0) == (row->kind != DIFF_DELETED));
	must(row->kind != DIFF_SAME || row->left.count == 1);
	arena_reset(a);
}

static void
check_folds(struct diff *d)
{
	size_t end = 0;

	diff_fold(d, DIFF_CONTEXT);
	for (size_t i = 0; i < d->count; i++) {
		must(i >= end || d->rows[i].folded == 0);
		if (d->rows[i].folded > 0)
			end = i + d->rows[i].folded;
		must(end <= d->count);
		must(i >= end || d->rows[i].kind == DIFF_SAME);
	}
}

static void
check(const char *left, size_t n, const char *right, size_t m)
{
	struct arena *a = arena_new(ARENA_BYTES);
	struct arena *scratch = arena_new(ARENA_BYTES);
	clock_t started = clock();
	struct diff *d;
	enum err rc = diff_texts(a, left, n, right, m, &d);

	must(clock() - started < SECONDS * CLOCKS_PER_SEC);
	must((rc == ERR_OK) == (n <= DIFF_BYTES_MAX && m <= DIFF_BYTES_MAX));
	if (rc == ERR_OK) {
		check_side(d, false, left, n);
		check_side(d, true, right, m);
		for (size_t i = 0; i < d->count; i++)
			check_row(scratch, &d->rows[i]);
		check_folds(d);
		must((d->kinds[DIFF_SAME] == d->count) ==
		    (n == m && memcmp(left, right, n) == 0));
	}
	arena_free(a);
	arena_free(scratch);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *text = (const char *)data;
	const char *feed = len > 0 ? memchr(text, '\f', len) : NULL;
	size_t n = feed != NULL ? (size_t)(feed - text) : len;

	log_open("fuzz", LOG_ERROR);
	if (feed == NULL)
		check(text, n, text, n);
	else
		check(text, n, feed + 1, len - n - 1);
	return 0;
}
