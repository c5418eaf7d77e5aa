/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Full text.  The words that a reader types become data of an FTS5 query,
 * never its syntax; the reader's reach is part of the same query, so that
 * neither a row, nor its place, nor the time it takes tells of what is
 * hidden; and the rows found still pass the access rule.
 *
 * An index of prefixes would be as large as that of words, and a prefix
 * without one reads every word that has it.  So the last word is one only
 * where the whole words find nothing.
 */
#include <string.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/text.h"
#include "domain/access.h"
#include "domain/advisory_rows.h"

enum {
	WORDS_MAX = 32,	     /* of a query; the rest is not looked at */
	PREFIX_CHARS = 3,    /* shorter ones stand for too many words */
	MATCH_BYTES = 256 * 1024
};

enum { SQL_SEARCH, SQL_ANY, SQL__MAX };

/* clang-format off: a macro's line is a line of SQL */
#define HITS(call, column) call "(advisory_fts, " column ", char(2), char(3)"

/* The words' own best place: the summary, else the body. */
#define HIT_TEXT \
	"CASE WHEN instr(" HITS("snippet", "1") ", '…', 30), char(2)) > 0" \
	" THEN " HITS("snippet", "1") ", '…', 30)" \
	" ELSE " HITS("snippet", "2") ", '…', 30) END"

/* Newest first by the index's own order: a row's id is its position. */
#define FROM_WHERE \
	" FROM advisory_fts f CROSS JOIN reader" \
	" JOIN advisory a ON a.position = f.rowid" ROWS_JOIN_OF("a.revision") \
	" WHERE advisory_fts MATCH $4 AND f.rowid < $5 AND f.rowid >= $6" \
	" AND EXISTS (SELECT 1 FROM reach r" \
	" JOIN advisory_circle x ON x.circle = r.circle" \
	" AND x.position = f.rowid WHERE " ACCESS_MAY " AND " ROWS_FILTER \
	" AND ($10 = 0 OR a.organisation = reader.organisation)" \
	" AND ($11 = 0 OR " ROWS_IS_UNREAD ")" \
	" AND ($12 = 0 OR (r.circle <> 1 AND " ROWS_IS_AWAITING "))" \
	" AND ($13 = 0 OR " ROWS_IS_OVERDUE "))" \
	" ORDER BY f.rowid DESC"

static const char *const sql[SQL__MAX] = {
	[SQL_SEARCH] =
	    "WITH " ACCESS_REACH " SELECT " ROWS_COLUMNS ", "
	    HITS("highlight", "0") "), " HIT_TEXT FROM_WHERE " LIMIT $14",
	[SQL_ANY] =
	    "WITH " ACCESS_REACH " SELECT 1" FROM_WHERE " LIMIT 1",
};
/* clang-format on */

/* ---- from words to a query -------------------------------------------- */

/* What the tokenizer takes for a part of a word: L*, N*, Co. */
static bool
is_word_char(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
	case UTF8PROC_CATEGORY_CO:
		return true;
	/* clang-format off */
	case UTF8PROC_CATEGORY_CN: case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_PC: case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PS: case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI: case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO: case UTF8PROC_CATEGORY_SM:
	case UTF8PROC_CATEGORY_SC: case UTF8PROC_CATEGORY_SK:
	case UTF8PROC_CATEGORY_SO: case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL: case UTF8PROC_CATEGORY_ZP:
	case UTF8PROC_CATEGORY_CC: case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
		return false;
		/* clang-format on */
	}
	return false;
}

/* Characters of the last word that the tokenizer finds in the text, or 0. */
static size_t
last_word(const char *s, size_t len)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;
	size_t run = 0;
	bool is_inside = false;

	for (; len > 0; s += n, len -= (size_t)n) {
		n = utf8proc_iterate(
		    (const utf8proc_uint8_t *)s, (utf8proc_ssize_t)len, &c);
		if (n <= 0)
			break;
		if (!is_word_char(c)) {
			is_inside = false;
			continue;
		}
		run = is_inside ? run + 1 : 1;
		is_inside = true;
	}
	return run;
}

/* As a string of FTS5: in quotes, and a quote in it is two. */
static void
add_quoted(struct buf *out, const char *s, size_t len)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '"')
			buf_addc(out, '"');
		buf_addc(out, s[i]);
	}
	buf_addc(out, '"');
}

/*
 * All the words, joined; *last_chars is how long the last one is.  False
 * when there is none: a term of mere punctuation is none, and as a phrase
 * without a word it would let FTS5 find nothing.
 */
static bool
add_words(struct buf *out, const char *query, size_t *last_chars)
{
	static const char spaces[] = " \t\r\n\v\f";
	size_t len, chars, count = 0;

	for (; *query != '\0' && count < WORDS_MAX; query += len) {
		query += strspn(query, spaces);
		len = strcspn(query, spaces);
		if ((chars = last_word(query, len)) == 0)
			continue;
		if (count++ > 0)
			buf_adds(out, " AND ");
		add_quoted(out, query, len);
		*last_chars = chars;
	}
	return count > 0;
}

/* Both forms of a query: of whole words, and with the last as a prefix. */
struct match {
	char *whole;
	char *prefix; /* NULL: the last word is too short */
};

static char *
with_reach(
    struct arena *arena, const char *words, const char *end, const char *reach)
{
	return arena_printf(arena,
	    "{title summary body} : (%s%s) AND reach : (%s)", words, end,
	    reach);
}

static enum err
make_match(struct ctx *ctx, const char *query, struct match *m)
{
	size_t last_chars = 0;
	struct buf words;
	char *reach;
	enum err rc = ERR_INVALID;

	buf_init(&words, MATCH_BYTES);
	if (query == NULL || !text_ok(query, strlen(query), TEXT_PROSE) ||
	    !add_words(&words, query, &last_chars) || words.overflow)
		goto out;
	if ((rc = access_words(ctx, &reach)) != ERR_OK)
		goto out;
	m->whole = with_reach(ctx->arena, words.data, "", reach);
	m->prefix = last_chars < PREFIX_CHARS ?
	    NULL :
	    with_reach(ctx->arena, words.data, " *", reach);
out:
	buf_free(&words);
	return rc;
}

/* ---- from a query to rows --------------------------------------------- */

#define VALUES(ctx, match, f, before)                                    \
	ACCESS_READER(ctx), db_t(match), ROWS_VALUES(f, before),         \
	    db_i((f)->is_own), db_i((f)->is_unread),                     \
	    db_i((f)->is_awaiting || (f)->is_overdue), db_i((f)->is_overdue)

/* Texts without a hit are not shown as one. */
static char *
hit(struct ctx *ctx, struct db_rows *rows, int column)
{
	const char *text = db_col_peek(rows, column, NULL);

	return text != NULL && strchr(text, 2) != NULL ?
	    arena_copy(ctx->arena, text) :
	    NULL;
}

static enum err
find(struct ctx *ctx, const char *match, const struct advisory_filter *f,
    struct advisory_list *list)
{
	const int limit = advisory_rows_limit(f);
	struct advisory_row *row;
	struct db_rows *rows = db_query(ctx->db, sql[SQL_SEARCH],
	    DB_ARGS(VALUES(ctx, match, f, advisory_rows_before(f)),
		db_i(limit + 1)));

	while (db_next(rows)) {
		if (list->count == (size_t)limit) {
			list->next = list->rows[limit - 1].position;
			break;
		}
		row = &list->rows[list->count++];
		advisory_row_fill(ctx->arena, rows, row);
		row->hit_title = hit(ctx, rows, 15);
		row->hit_text = hit(ctx, rows, 16);
	}
	return db_done(rows);
}

/* Do the whole words find something before this page? */
static enum err
finds_any(struct ctx *ctx, const char *match, const struct advisory_filter *f,
    bool *any)
{
	struct db_rows *rows = db_query(
	    ctx->db, sql[SQL_ANY], DB_ARGS(VALUES(ctx, match, f, INT64_MAX)));

	*any = db_next(rows);
	return db_done(rows);
}

enum err
advisory_search(struct ctx *ctx, const char *query,
    const struct advisory_filter *f, struct advisory_list *list)
{
	struct match match;
	bool any = false;
	enum err rc;

	memset(list, 0, sizeof(*list));
	if ((rc = make_match(ctx, query, &match)) != ERR_OK)
		return rc;
	if (f->is_draft)
		return ERR_OK; /* what is unpublished is not indexed */
	list->rows = arena_array(ctx->arena, (size_t)advisory_rows_limit(f),
	    sizeof(*list->rows));
	rc = find(ctx, match.whole, f, list);
	if (rc != ERR_OK || list->count > 0 || match.prefix == NULL)
		return rc;
	if (f->before > 0)
		rc = finds_any(ctx, match.whole, f, &any);
	return rc == ERR_OK && !any ? find(ctx, match.prefix, f, list) : rc;
}
