/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lists and search find: rows derived from the newest published
 * revision (of what never was published: from its draft), in the transaction
 * that changes it.
 */
#include <string.h>

#include "base/buf.h"
#include "domain/access.h"
#include "domain/advisory_store.h"
#include "domain/derived.h"
#include "domain/fulltext.h"

enum { BODY_BYTES = 64 * 1024 };

enum {
	SQL_DROP_ROWS,
	SQL_ADD_ROWS,
	SQL_DROP_PEOPLE,
	SQL_ADD_PEOPLE,
	SQL_DROP_ASKED,
	SQL_ADD_ASKED,
	SQL_DROP_ASKED_OF,
	SQL_ADD_ASKED_OF,
	SQL_DROP_TEXT,
	SQL_ADD_TEXT,
	SQL_VERIFY_COUNT,
	SQL_VERIFY_MISSING,
	SQL_VERIFY_EXTRA,
	SQL_VERIFY_PEOPLE,
	SQL_VERIFY_ASKED,
	SQL_VERIFY_TEXT,
	SQL__MAX
};

/* clang-format off */
/* The revision that counts. */
#define NEWEST \
	" FROM advisory a JOIN advisory_revision v ON v.advisory = a.id" \
	" AND v.number = CASE a.revision WHEN 0 THEN a.draft" \
	" ELSE a.revision END"

#define ROW \
	"a.position, a.id, a.organisation, a.state, a.revision, v.label," \
	" v.severity, v.sectors, v.answer_by_at"

/* The three kinds of circle that have an advisory in their lists. */
#define ROWS(which) \
	"SELECT c.id, " ROW NEWEST \
	" JOIN circle c ON c.kind = 'own'" \
	" AND c.organisation = a.organisation" which \
	" UNION SELECT k.circle, " ROW NEWEST \
	" JOIN revision_circle k ON k.revision = v.id" \
	" WHERE a.state <> 'draft'" which \
	" UNION SELECT 1, " ROW NEWEST \
	" WHERE a.state <> 'draft' AND v.label = 0" which

#define KEPT \
	"SELECT circle, position, advisory, organisation, state, revision," \
	" label, severity, sectors, answer_by_at FROM advisory_circle"

/* Who is asked by x: whoever was ever let into a circle, and is silent. */
#define ASKED \
	"SELECT g.organisation, x.position, x.advisory" \
	" FROM advisory_circle x" \
	" JOIN access_grant g ON g.circle = x.circle" \
	" AND g.organisation <> x.organisation" \
	" WHERE x.answer_by_at IS NOT NULL AND x.state = 'published'" \
	" AND NOT EXISTS (SELECT 1 FROM answer w" \
	" WHERE w.advisory = x.advisory" \
	" AND w.organisation = g.organisation)"

#define ASK "INSERT INTO advisory_asked (organisation, position, advisory) "
#define ASKED_KEPT "SELECT organisation, position, advisory FROM advisory_asked"

#define PEOPLE \
	"SELECT a.id, k.person" NEWEST \
	" JOIN revision_person k ON k.revision = v.id"
#define PEOPLE_KEPT "SELECT advisory, person FROM advisory_person"

#define SHOWN "SELECT position FROM advisory WHERE state <> 'draft'"
#define FOUND "SELECT rowid FROM advisory_fts"

static const char *const sql[SQL__MAX] = {
	[SQL_DROP_ROWS] = "DELETE FROM advisory_circle WHERE advisory = $1",
	[SQL_ADD_ROWS] =
	    "INSERT INTO advisory_circle (circle, position, advisory,"
	    " organisation, state, revision, label, severity, sectors,"
	    " answer_by_at) "
	    ROWS(" AND a.id = $1"),
	[SQL_DROP_PEOPLE] = "DELETE FROM advisory_person WHERE advisory = $1",
	[SQL_ADD_PEOPLE] =
	    "INSERT INTO advisory_person (advisory, person) "
	    PEOPLE " WHERE a.id = $1",
	[SQL_DROP_ASKED] = "DELETE FROM advisory_asked WHERE advisory = $1",
	[SQL_ADD_ASKED] =
	    ASK ASKED " AND x.advisory = $1 GROUP BY 1, 2, 3",
	[SQL_DROP_ASKED_OF] =
	    "DELETE FROM advisory_asked WHERE organisation = $1",
	[SQL_ADD_ASKED_OF] =
	    ASK ASKED " AND g.organisation = $1 GROUP BY 1, 2, 3",
	/* The declared pair of statements for full text (SQLite: FTS5). */
	[SQL_DROP_TEXT] = "DELETE FROM advisory_fts WHERE rowid = $1",
	[SQL_ADD_TEXT] =
	    "INSERT INTO advisory_fts (rowid, title, summary, body, reach)"
	    " VALUES ($1, $2, $3, $4, $5)",
	[SQL_VERIFY_COUNT] = "SELECT COUNT(*) FROM advisory",
	[SQL_VERIFY_MISSING] =
	    "SELECT COUNT(*) FROM (" ROWS("") " EXCEPT " KEPT ") AS lost",
	[SQL_VERIFY_EXTRA] =
	    "SELECT COUNT(*) FROM (" KEPT " EXCEPT SELECT * FROM ("
	    ROWS("") ") AS right_ones) AS extra",
	[SQL_VERIFY_PEOPLE] = DERIVED_DIFFERENCE(PEOPLE, PEOPLE_KEPT),
	[SQL_VERIFY_ASKED] = DERIVED_DIFFERENCE(ASKED, ASKED_KEPT),
	[SQL_VERIFY_TEXT] = DERIVED_DIFFERENCE(SHOWN, FOUND),
};
/* clang-format on */

static const struct derived_check checks[] = {
	{ SQL_VERIFY_MISSING, "rows of lists are missing", false },
	{ SQL_VERIFY_EXTRA, "rows of lists should not be there", false },
	{ SQL_VERIFY_PEOPLE, "named persons differ", false },
	{ SQL_VERIFY_ASKED, "lists of what is unanswered differ", false },
	{ SQL_VERIFY_TEXT,
	    "advisories are not in the full text as they should be", false },
	{ 0, NULL, false },
};

enum err
advisory_index_rows(struct ctx *ctx, int64_t advisory)
{
	static const int steps[] = { SQL_DROP_ROWS, SQL_ADD_ROWS,
		SQL_DROP_PEOPLE, SQL_ADD_PEOPLE, SQL_DROP_ASKED, SQL_ADD_ASKED,
		-1 };

	return derived_run(ctx, sql, steps, advisory);
}

enum err
advisory_index_drop(struct ctx *ctx, int64_t advisory)
{
	static const int steps[] = { SQL_DROP_ROWS, SQL_DROP_PEOPLE, -1 };

	return derived_run(ctx, sql, steps, advisory);
}

enum err
advisory_index_asked(struct ctx *ctx, int64_t organisation)
{
	static const int steps[] = { SQL_DROP_ASKED_OF, SQL_ADD_ASKED_OF, -1 };

	return derived_run(ctx, sql, steps, organisation);
}

/* ---- full text -------------------------------------------------------- */

/*
 * As much as there is room for; a cut never parts a character, and what
 * comes after it is not looked at.
 */
static void
add_text(struct buf *body, const char *text)
{
	size_t room = body->max - body->len, len;

	if (text == NULL || *text == '\0' || room < 2)
		return;
	len = strnlen(text, room - 1);
	if (text[len] != '\0')
		while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	buf_add(body, text, len);
	buf_addc(body, '\n');
}

static void
fill_body(struct buf *body, const struct advisory *a,
    const struct advisory_part *parts, size_t n)
{
	const char *const texts[] = { a->happened, a->todo, a->ref,
		a->foreign_id, a->cves, a->products };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		add_text(body, texts[i]);
	for (size_t i = 0; i < n; i++) {
		add_text(body, parts[i].title);
		add_text(body, parts[i].name);
		add_text(body, parts[i].text);
	}
}

enum err
advisory_index_text(struct ctx *ctx, const struct advisory *a,
    const struct advisory_part *parts, size_t n,
    const struct advisory_place *place)
{
	bool is_shown = a->state != ADVISORY_WITHDRAWN;
	struct buf body;
	const char *words;
	enum err rc = ERR_OK;

	buf_init(&body, BODY_BYTES);
	if (place->from != 0)
		rc = db_exec(
		    ctx->db, sql[SQL_DROP_TEXT], DB_ARGS(db_i(place->from)));
	if (rc != ERR_OK ||
	    (rc = access_words_of(ctx, ACCESS_ADVISORY, a->id, &words)) !=
		ERR_OK)
		goto out;
	if (is_shown)
		fill_body(&body, a, parts, n);
	rc = db_exec(ctx->db, sql[SQL_ADD_TEXT],
	    DB_ARGS(db_i(place->to), db_t(a->title),
		db_t(is_shown ? a->summary : ""),
		db_t(body.len > 0 ? body.data : ""), db_t(words)));
out:
	buf_free(&body);
	return rc;
}

enum err
advisory_index_merge(struct ctx *ctx, int64_t *pieces)
{
	return fulltext_merge(ctx, FULLTEXT_ADVISORY, pieces);
}

/* ---- checking --------------------------------------------------------- */

enum err
advisory_verify(struct ctx *ctx, int64_t *checked, char **problem)
{
	enum err rc;

	*problem = NULL;
	rc = db_one_int(ctx->db, sql[SQL_VERIFY_COUNT], DB_NONE, checked);
	return rc == ERR_OK
	    ? derived_verify(ctx, sql, checks, "Advisories", problem)
	    : rc;
}
