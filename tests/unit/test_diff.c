/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows are written as text: a sign (= ~ - +), the left side, '|', the right
 * side; [-deleted-] and {+inserted+}; "$" is a line's end.
 */
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diff.h"
#include "base/log.h"
#include "unit.h"

enum { ARENA = 64 << 20 };

static void
write_side(struct buf *out, const struct diff_side *side)
{
	static const char *const marks[DIFF__MAX][2] = {
		[DIFF_SAME] = { "", "" },
		[DIFF_CHANGED] = { "?", "?" },
		[DIFF_DELETED] = { "[-", "-]" },
		[DIFF_INSERTED] = { "{+", "+}" },
	};

	for (size_t i = 0; i < side->count; i++) {
		const struct diff_piece *p = &side->pieces[i];

		buf_adds(out, marks[p->kind][0]);
		for (size_t n = 0; n < p->len; n++)
			buf_addc(out, p->text[n] == '\n' ? '$' : p->text[n]);
		buf_adds(out, marks[p->kind][1]);
	}
}

static void
write_rows(struct buf *out, const struct diff *d)
{
	for (size_t i = 0; i < d->count; i++) {
		buf_addc(out, "=~-+"[d->rows[i].kind]);
		write_side(out, &d->rows[i].left);
		buf_addc(out, '|');
		write_side(out, &d->rows[i].right);
		buf_addc(out, '\n');
	}
}

static const struct diff *
diff(struct arena *a, const char *left, const char *right)
{
	struct diff *d;

	ck_assert_int_eq(
	    diff_texts(a, left, strlen(left), right, strlen(right), &d),
	    ERR_OK);
	return d;
}

static const struct {
	const char *left, *right, *expected;
} rows[] = {
	{ "", "", "" },
	{ "", "a\n", "+|{+a$+}\n" },
	{ "a\n", "", "-[-a$-]|\n" },
	{ "a\nb\n", "a\nb\n", "=a$|a$\n=b$|b$\n" },
	{ "a\nc\n", "a\nb\nc\n", "=a$|a$\n+|{+b$+}\n=c$|c$\n" },
	{ "a\nb\nc\n", "a\nc\n", "=a$|a$\n-[-b$-]|\n=c$|c$\n" },
	/* Words. */
	{ "the notice period is 30 days\n", "the notice period is 60 days\n",
	    "~the notice period is [-30-] days$|"
	    "the notice period is {+60+} days$\n" },
	{ "each party may leave\n", "each party may not leave\n",
	    "~each party may leave$|each party may {+not +}leave$\n" },
	{ "until 2026-12-31.", "until 2027-12-31.",
	    "~until [-2026-]-12-31.|until {+2027+}-12-31.\n" },
	{ "l'énergie est partagée\n", "l’énergie n'est pas partagée\n",
	    "~l[-'-]énergie est partagée$|"
	    "l{+’+}énergie {+n'+}est{+ pas+} partagée$\n" },
	/* One change, not three, where only spaces lie between. */
	{ "shared with the members of the circle\n",
	    "shared with all parties of the circle\n",
	    "~shared with [-the members-] of the circle$|"
	    "shared with {+all parties+} of the circle$\n" },
	/* No piece begins with a combining mark. */
	{ "un elan nouveau", "un e\xcc\x81lan nouveau",
	    "~un [-elan-] nouveau|un {+e\xcc\x81lan+} nouveau\n" },
	/* White space is text. */
	{ "a line", "a line\n", "~a line|a line{+$+}\n" },
	{ "some words\r\n", "some words\n",
	    "~some words[-\r-]$|some words$\n" },
	{ "some  words", "some words", "~some[-  -]words|some{+ +}words\n" },
	{ "a\n\n\nb\n", "a\n\nb\n", "=a$|a$\n=$|$\n-[-$-]|\n=b$|b$\n" },
	/* What has hardly a word in common is not the same line. */
	{ "The parties meet twice a year.\n",
	    "Keys are kept by the signer alone.\n",
	    "-[-The parties meet twice a year.$-]|\n"
	    "+|{+Keys are kept by the signer alone.$+}\n" },
	/* The line that is most alike is the partner, not the first one. */
	{ "The parties share advisories.\n",
	    "Definitions.\nThe parties share all advisories.\n",
	    "+|{+Definitions.$+}\n"
	    "~The parties share advisories.$|"
	    "The parties share {+all +}advisories.$\n" },
	{ "one apple\ntwo pears\nthree plums\n",
	    "two ripe pears\nthree plums\n",
	    "-[-one apple$-]|\n"
	    "~two pears$|two {+ripe +}pears$\n"
	    "=three plums$|three plums$\n" },
	/* Blank lines between paragraphs are no landmark. */
	{ "Red apples fall.\n\nGreen pears stay.\n",
	    "Nothing of it.\n\nRed apples may fall.\n\nGreen pears stay on.\n",
	    "+|{+Nothing of it.$+}\n+|{+$+}\n"
	    "~Red apples fall.$|Red apples {+may +}fall.$\n"
	    "=$|$\n"
	    "~Green pears stay.$|Green pears stay{+ on+}.$\n" },
	/* Markdown. */
	{ "a **bold** word", "a *bold* word",
	    "~a [-**-]bold[-**-] word|a {+*+}bold{+*+} word\n" },
	{ "# Purpose\n", "## Purpose\n", "~[-#-] Purpose$|{+##+} Purpose$\n" },
	/* Not UTF-8: no word is lost. */
	{ "a \xff b c", "a \xfe b c", "~a [-\xff-] b c|a {+\xfe+} b c\n" },
};

START_TEST(rows_are)
{
	struct arena *a = arena_new(ARENA);
	struct buf out;

	buf_init(&out, 4096);
	write_rows(&out, diff(a, rows[_i].left, rows[_i].right));
	ck_assert_str_eq(out.data != NULL ? out.data : "", rows[_i].expected);
	buf_free(&out);
	arena_free(a);
}
END_TEST

/* ---- what always holds ---------------------------------------------- */

/* Check writes a message for each of its assertions: too slow for pieces. */
static void
must(bool is_so, const char *what, size_t row)
{
	if (!is_so)
		ck_abort_msg("row %zu: %s", row, what);
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
		must(side->line == (side->count > 0 ? line : 0), "number", i);
		for (size_t n = 0; n < side->count; n++) {
			const struct diff_piece *p = &side->pieces[n];

			must(
			    p->kind == DIFF_SAME || p->kind == kind, "kind", i);
			must(p->len > 0 && p->len <= len - at &&
				memcmp(p->text, text + at, p->len) == 0 &&
				p->text[p->len] == '\0',
			    "text", i);
			at += p->len;
		}
	}
	ck_assert_uint_eq(at, len);
}

/* The next piece that is the same, from *i on; *i is behind it. */
static const struct diff_piece *
next_same(const struct diff_side *side, size_t *i)
{
	while (*i < side->count)
		if (side->pieces[(*i)++].kind == DIFF_SAME)
			return &side->pieces[*i - 1];
	return NULL;
}

/*
 * What is marked the same is the same, in that order, on both sides; its
 * pieces may be cut in other places.
 */
static void
check_same(const struct diff_row *row, size_t number)
{
	const struct diff_piece *l = NULL, *r = NULL;
	size_t i = 0, j = 0, x = 0, y = 0;

	for (;; x++, y++) {
		for (; l == NULL || x == l->len; x = 0)
			if ((l = next_same(&row->left, &i)) == NULL)
				break;
		for (; r == NULL || y == r->len; y = 0)
			if ((r = next_same(&row->right, &j)) == NULL)
				break;
		must((l == NULL) == (r == NULL), "more is the same", number);
		if (l == NULL)
			return;
		must(l->text[x] == r->text[y], "not the same", number);
	}
}

static const struct diff *
check(struct arena *a, const char *left, size_t n, const char *right, size_t m)
{
	size_t kinds[DIFF__MAX] = { 0 }, total = 0;
	struct diff *d;

	ck_assert_int_eq(diff_texts(a, left, n, right, m, &d), ERR_OK);
	check_side(d, false, left, n);
	check_side(d, true, right, m);
	for (size_t i = 0; i < d->count; i++) {
		check_same(&d->rows[i], i);
		kinds[d->rows[i].kind]++;
	}
	for (int k = 0; k < DIFF__MAX; k++) {
		ck_assert_uint_eq(d->kinds[k], kinds[k]);
		total += kinds[k];
	}
	ck_assert_uint_eq(total, d->count);
	if (n == m && (n == 0 || memcmp(left, right, n) == 0))
		ck_assert_uint_eq(kinds[DIFF_SAME], d->count);
	else
		ck_assert_uint_lt(kinds[DIFF_SAME], d->count);
	return d;
}

static uint32_t state;

static uint32_t
next(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % below;
}

static const char *const alphabets[] = { "ab \n", "a\n", " \n", "abcdef .\n",
	"e\xcc\x81\xc3\xa9 \n", "\xff\xc3\xa9x\n", "aaaaaaaaab" };

static size_t
fill(char *out, size_t max, const char *alphabet)
{
	size_t len = next((uint32_t)max + 1);

	for (size_t i = 0; i < len; i++)
		out[i] = alphabet[next((uint32_t)strlen(alphabet))];
	return len;
}

/* One more text: the other with a few bytes gone, come or changed. */
static size_t
edit(char *out, const char *from, size_t len, const char *alphabet)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		uint32_t what = next(40);

		if (what < 2)
			out[n++] = alphabet[next((uint32_t)strlen(alphabet))];
		if (what != 2)
			out[n++] = from[i];
	}
	return n;
}

START_TEST(any_texts)
{
	static char left[400], right[800];
	size_t n, m;

	state = 2463534242U + (uint32_t)_i;
	for (int round = 0; round < 400; round++) {
		struct arena *a = arena_new(ARENA);

		n = fill(left, sizeof(left), alphabets[_i]);
		m = round % 2 ? fill(right, sizeof(left), alphabets[_i])
			      : edit(right, left, n, alphabets[_i]);
		check(a, left, n, right, m);
		arena_free(a);
	}
}
END_TEST

START_TEST(same_twice)
{
	static char left[4000], right[8000];
	struct arena *a = arena_new(ARENA);
	struct buf out[2];
	size_t n, m;

	state = 88675123;
	n = fill(left, sizeof(left), "abc \n");
	m = edit(right, left, n, "abc \n");
	for (int i = 0; i < 2; i++) {
		buf_init(&out[i], 1 << 20);
		write_rows(&out[i], check(a, left, n, right, m));
	}
	ck_assert_str_eq(out[0].data, out[1].data);
	buf_free(&out[0]);
	buf_free(&out[1]);
	arena_free(a);
}
END_TEST

/* ---- the largest ---------------------------------------------------- */

/* Two texts of 64 KiB that are made to be hard, each in its way. */
static const struct {
	const char *name, *left, *right; /* alphabets; of the same length */
	uint32_t line;			 /* every so many bytes; 0 random */
} hard[] = {
	{ "lines of one letter", "abcdefgh\n", "hgfedcba\n", 2 },
	{ "empty lines", "\n", "\n\n\na", 0 },
	{ "nothing in common", "abcd\n", "wxyz\n", 2 },
	{ "one line, words of one letter", "a b c d ", "d c b a ", 1 << 20 },
	{ "one line of signs", "!?;:,.", ".,:;?!", 1 << 20 },
	{ "two blocks of lines", "ab \n", "a b\n", 1024 },
	{ "prose, another prose", "the of to and in ", "in and to of the ",
	    80 },
	{ "short lines against long ones", "ab cd ef ", "ab cd ef \n", 0 },
	{ "not UTF-8", "\xff\xfe\x80\n", "\x80\xc3\xa9\n", 0 },
};

enum { HARD_MS = 2000, HARD_BYTES = 12 << 20 };

static void
fill_hard(char *out, size_t len, const char *alphabet, uint32_t line)
{
	for (size_t i = 0; i < len; i++)
		out[i] = line > 0 && i % line == line - 1
		    ? '\n'
		    : alphabet[next((uint32_t)strlen(alphabet))];
}

START_TEST(largest_are_bounded)
{
	static char left[DIFF_BYTES_MAX], right[DIFF_BYTES_MAX];
	struct arena *a = arena_new(ARENA);
	struct diff *d;
	clock_t started;
	long ms;

	state = 123456789;
	fill_hard(left, sizeof(left), hard[_i].left, hard[_i].line);
	fill_hard(right, sizeof(right), hard[_i].right, hard[_i].line);
	started = clock();
	ck_assert_int_eq(
	    diff_texts(a, left, sizeof(left), right, sizeof(right), &d),
	    ERR_OK);
	ms = (clock() - started) * 1000 / CLOCKS_PER_SEC;
	ck_assert_msg(ms < HARD_MS, "%s: %ld ms", hard[_i].name, ms);
	ck_assert_msg(arena_used(a) <= HARD_BYTES, "%s: %zu bytes",
	    hard[_i].name, arena_used(a));
	if (getenv("DIFF_SHOW") != NULL)
		fprintf(stderr, "%s: %ld ms, %zu bytes, %zu rows\n",
		    hard[_i].name, ms, arena_used(a), d->count);
	check(a, left, sizeof(left), right, sizeof(right));
	arena_free(a);
}
END_TEST

/* Paragraphs that are hard each for itself, between lines that stay. */
static size_t
fill_blocks(char *out, const char *alphabet)
{
	size_t n = 0;

	for (int block = 0; block < 15; block++) {
		fill_hard(out + n, 4096, alphabet, 4096);
		n += 4096;
		n += (size_t)snprintf(out + n, 16, "Article %d\n", block);
	}
	return n;
}

/* One bound holds for all blocks: the last ones are replaced as they are. */
START_TEST(blocks_share_the_work)
{
	static char left[DIFF_BYTES_MAX], right[DIFF_BYTES_MAX];
	struct arena *a = arena_new(ARENA);
	const struct diff *d;
	size_t n, m;

	state = 521288629;
	n = fill_blocks(left, "a b c d ");
	m = fill_blocks(right, "d c b a ");
	d = check(a, left, n, right, m);
	ck_assert_uint_eq(d->count, 30);
	ck_assert_int_eq(d->rows[0].kind, DIFF_CHANGED);
	ck_assert_uint_gt(d->rows[0].left.count, 100);
	ck_assert_int_eq(d->rows[28].kind, DIFF_CHANGED);
	ck_assert_uint_le(d->rows[28].left.count, 3);
	arena_free(a);
}
END_TEST

START_TEST(size_has_a_limit)
{
	static char much[DIFF_BYTES_MAX + 1];
	struct arena *a = arena_new(ARENA);
	struct diff *d;

	log_open("test", LOG_ERROR);
	memset(much, 'a', sizeof(much));
	ck_assert_int_eq(
	    diff_texts(a, much, sizeof(much), "", 0, &d), ERR_TOO_LARGE);
	ck_assert_ptr_null(d);
	ck_assert_int_eq(
	    diff_texts(a, "", 0, much, sizeof(much), &d), ERR_TOO_LARGE);
	ck_assert_ptr_null(d);
	check(a, much, sizeof(much) - 1, "", 0);
	arena_free(a);
}
END_TEST

START_TEST(nul_is_a_byte)
{
	static const char left[] = "a\0b\n", right[] = "a\0c\n";
	struct arena *a = arena_new(ARENA);

	check(a, left, sizeof(left) - 1, right, sizeof(right) - 1);
	check(a, NULL, 0, right, sizeof(right) - 1);
	arena_free(a);
}
END_TEST

/* ---- folding -------------------------------------------------------- */

/* A letter a row: s same, x not; digits: what is folded from there. */
static const struct {
	const char *rows;
	size_t context;
	const char *folded;
} folds[] = {
	{ "", 3, "" },
	{ "x", 3, "0" },
	{ "s", 3, "0" },
	{ "ss", 3, "20" },
	{ "sssss", 0, "50000" },
	{ "xsssssx", 2, "0000000" },
	{ "xssssssx", 2, "00020000" },
	{ "xssssssx", 0, "06000000" },
	{ "ssssx", 2, "20000" },
	{ "sssx", 2, "0000" },
	{ "xssss", 2, "00020" },
	{ "ssssxxsssssss", 1, "3000000600000" },
	{ "sssssssx", (size_t)-1, "00000000" },
};

START_TEST(folding)
{
	struct diff_row made[16];
	struct diff d = { .rows = made, .count = strlen(folds[_i].rows) };

	memset(made, 0xff, sizeof(made));
	for (size_t i = 0; i < d.count; i++)
		made[i].kind =
		    folds[_i].rows[i] == 's' ? DIFF_SAME : DIFF_CHANGED;
	diff_fold(&d, folds[_i].context);
	for (size_t i = 0; i < d.count; i++)
		ck_assert_int_eq(
		    (int)made[i].folded, folds[_i].folded[i] - '0');
}
END_TEST

UNIT_MAIN("diff", UNIT_ROWS(rows_are, rows), UNIT_ROWS(any_texts, alphabets),
    UNIT(same_twice), UNIT_ROWS(largest_are_bounded, hard),
    UNIT(blocks_share_the_work), UNIT(size_has_a_limit), UNIT(nul_is_a_byte),
    UNIT_ROWS(folding, folds))
