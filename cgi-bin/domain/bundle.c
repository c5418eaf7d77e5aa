/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/bundle.h"

#include <jansson.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "crypt/token.h"
#include "domain/list.h"
#include "domain/record_list.h"

enum { REF_CHARACTERS = 16, LIMIT = 50 };

enum {
	SQL_OPEN,
	SQL_LATELY,
	SQL_ADD,
	SQL_FILL,
	SQL_COUNT,
	SQL_SAY_COUNT,
	SQL_IDS,
	SQL_LOAD,
	SQL_LIST,
	SQL_COVERED,
	SQL_EXPIRE,
	SQL_LEFT,
	SQL__MAX
};

/* clang-format off */
#define BUNDLE \
	"SELECT b.id, b.ref, p.name, b.families, o.ref, o.name, b.object," \
	" b.from_at, b.until_at, b.state, b.records, b.done, b.size," \
	" b.blob, x.sha256, x.bytes, b.trouble, b.asked_at, b.ready_at" \
	" FROM bundle b JOIN person p ON p.id = b.person" \
	" LEFT JOIN organisation o ON o.id = b.about" \
	" LEFT JOIN blob x ON x.id = b.blob"

static const char *const sql[SQL__MAX] = {
	[SQL_OPEN] =
	    "SELECT COUNT(*) FROM bundle WHERE organisation = $1"
	    " AND state IN ('asked', 'making')",
	[SQL_LATELY] =
	    "SELECT COUNT(*) FROM bundle WHERE organisation = $1"
	    " AND asked_at > $2",
	[SQL_ADD] =
	    "INSERT INTO bundle (ref, organisation, person, language, families,"
	    " about, object, from_at, until_at, state, records, done, size,"
	    " trouble, asked_at) VALUES ($1, $2, $3, $4, $5,"
	    " (SELECT id FROM organisation WHERE ref = $6), $7, $8, $9,"
	    " 'asked', 0, 0, 0, '', $10) RETURNING id",
	/* What concerns two organisations is there once. */
	[SQL_FILL] =
	    "INSERT INTO bundle_record (record, bundle)"
	    " SELECT x.record, b.id FROM record_concern x CROSS JOIN bundle b"
	    " WHERE " RECORD_SCOPE
	    " AND ($9 = '' OR EXISTS (SELECT 1 FROM record r"
	    " WHERE r.id = x.record AND r.object = $9)) AND b.id = $10"
	    " ORDER BY x.record LIMIT $11"
	    " ON CONFLICT (bundle, record) DO NOTHING",
	[SQL_COUNT] = "SELECT COUNT(*) FROM bundle_record WHERE bundle = $1",
	[SQL_SAY_COUNT] =
	    "UPDATE bundle SET records = $1 WHERE id = $2"
	    " AND organisation = $3 AND state = 'asked'",
	[SQL_IDS] =
	    "SELECT record FROM bundle_record WHERE bundle = $1"
	    " ORDER BY record",
	[SQL_LOAD] = BUNDLE " WHERE b.ref = $1 AND b.organisation = $2",
	[SQL_LIST] =
	    BUNDLE " WHERE b.organisation = $1 AND b.id < $2"
	    " ORDER BY b.id DESC LIMIT $3",
	[SQL_LEFT] =
	    "SELECT COUNT(*) FROM bundle WHERE state = 'ready'"
	    " AND blob IS NOT NULL AND ready_at < $1",
	[SQL_EXPIRE] =
	    "UPDATE bundle SET blob = NULL WHERE state = 'ready'"
	    " AND blob IS NOT NULL AND ready_at < $1",
	[SQL_COVERED] =
	    "SELECT x.record FROM bundle_record k CROSS JOIN record_concern x"
	    " WHERE " RECORD_SCOPE
	    " AND x.record = k.record AND k.bundle = $9"
	    " ORDER BY k.record",
};
/* clang-format on */

const char *const bundle_states[BUNDLE_STATE__MAX + 1] = { "asked", "making",
	"ready", "failed", "expired", NULL };

/* ---- asking ------------------------------------------------------------ */

/* Nobody guesses one: 80 bits. */
static void
ref_new(char out[REF_CHARACTERS + 1])
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	uint8_t bytes[REF_CHARACTERS];

	random_bytes(bytes, sizeof(bytes));
	for (int i = 0; i < REF_CHARACTERS; i++)
		out[i] = letters[bytes[i] % (sizeof(letters) - 1)];
	out[REF_CHARACTERS] = '\0';
}

static bool
has(const char *text)
{
	return text != NULL && *text != '\0';
}

static enum err
add(struct ctx *ctx, const struct bundle_filter *f, const char *ref,
    int64_t *id)
{
	const struct actor *a = &ctx->actor;

	return db_one_int(ctx->db, sql[SQL_ADD],
	    DB_ARGS(db_t(ref), db_i(a->organisation), db_i(a->person),
		db_t(a->language != NULL ? a->language : "en"),
		db_i(f->families),
		db_t(has(f->organisation) ? f->organisation : NULL),
		db_t(has(f->object) ? f->object : ""), db_i(f->from_at),
		db_i(f->until_at), db_i(ctx->now_at)),
	    id);
}

/* What one scope has of it. */
static enum err
fill(struct ctx *ctx, const struct bundle_filter *f,
    const struct record_scope *s, int64_t id)
{
	const struct record_filter records = { .families = f->families,
		.from_at = f->from_at,
		.until_at = f->until_at };

	return db_exec(ctx->db, sql[SQL_FILL],
	    DB_ARGS(RECORD_SCOPE_VALUES(s, &records, 0),
		db_t(has(f->object) ? f->object : ""), db_i(id),
		db_i(BUNDLE_RECORDS_MAX + 1)));
}

static enum err
fill_all(struct ctx *ctx, const struct bundle_filter *f, int64_t id,
    int64_t *records)
{
	struct record_scope *scopes;
	size_t n;
	enum err rc;

	*records = 0;
	rc = record_scopes(ctx, &scopes, &n);
	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		if (has(f->organisation) &&
		    strcmp(f->organisation, scopes[i].organisation_ref) != 0)
			continue;
		rc = fill(ctx, f, &scopes[i], id);
		if (rc == ERR_OK)
			rc = db_one_int(ctx->db, sql[SQL_COUNT],
			    DB_ARGS(db_i(id)), records);
		if (rc == ERR_OK && *records > BUNDLE_RECORDS_MAX)
			rc = ERR_TOO_LARGE;
	}
	return rc == ERR_OK && *records == 0 ? ERR_NOT_FOUND : rc;
}

static json_t *
time_json(int64_t at)
{
	char text[CLOCK_TEXT];

	if (at == 0)
		return json_null();
	clock_rfc3339(at, text);
	return json_string(text);
}

static json_t *
families_json(int64_t families)
{
	json_t *list = json_array();

	for (int i = 0; i < RECORD_FAMILY__MAX; i++)
		if (families == 0 || (families >> i & 1) == 1)
			json_array_append_new(
			    list, json_string(record_families[i]));
	return list;
}

static enum err
record_asked(struct ctx *ctx, const struct bundle_filter *f, const char *ref,
    int64_t records)
{
	return record_append(ctx, RECORD_BUNDLE_ASKED, ref,
	    json_pack("{s:I, s:o, s:s?, s:s?, s:o, s:o}", "records",
		(json_int_t)records, "families", families_json(f->families),
		"about", has(f->organisation) ? f->organisation : NULL,
		"object", has(f->object) ? f->object : NULL, "from",
		time_json(f->from_at), "until", time_json(f->until_at)));
}

/* Each takes the bundler's time, and stays on the disk. */
static enum err
check_number(struct ctx *ctx)
{
	const struct db_value organisation = db_i(ctx->actor.organisation);
	int64_t open, lately;
	enum err rc;

	if ((rc = db_one_int(ctx->db, sql[SQL_OPEN], DB_ARGS(organisation),
		 &open)) != ERR_OK ||
	    (rc = db_one_int(ctx->db, sql[SQL_LATELY],
		 DB_ARGS(organisation, db_i(ctx->now_at - CLOCK_DAY)),
		 &lately)) != ERR_OK)
		return rc;
	return open >= BUNDLE_OPEN_MAX || lately >= BUNDLE_DAY_MAX
	    ? ERR_TOO_MANY
	    : ERR_OK;
}

enum err
bundle_ask(struct ctx *ctx, const struct bundle_filter *f, char **ref)
{
	char name[REF_CHARACTERS + 1];
	int64_t id, records;
	enum err rc;

	*ref = NULL;
	ref_new(name);
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = check_number(ctx)) != ERR_OK ||
	    (rc = add(ctx, f, name, &id)) != ERR_OK ||
	    (rc = fill_all(ctx, f, id, &records)) != ERR_OK)
		goto out;
	rc = db_exec_one(ctx->db, sql[SQL_SAY_COUNT],
	    DB_ARGS(db_i(records), db_i(id), db_i(ctx->actor.organisation)));
	/* Behind its rows: they say whom it concerns. */
	if (rc == ERR_OK)
		rc = record_asked(ctx, f, name, records);
out:
	if ((rc = db_end(ctx->db, rc)) == ERR_OK)
		*ref = arena_copy(ctx->arena, name);
	return rc;
}

/* ---- reading ----------------------------------------------------------- */

static void
read_row(struct ctx *ctx, struct db_rows *rows, struct bundle *b)
{
	struct arena *arena = ctx->arena;
	int state = text_index(bundle_states, db_col_peek(rows, 9, NULL));

	b->id = db_col_int(rows, 0);
	b->ref = db_col_text(rows, 1, arena);
	b->person_name = db_col_text(rows, 2, arena);
	b->families = db_col_int(rows, 3);
	b->about_ref = db_col_text(rows, 4, arena);
	b->about_name = db_col_text(rows, 5, arena);
	b->object = db_col_text(rows, 6, arena);
	b->from_at = db_col_int(rows, 7);
	b->until_at = db_col_int(rows, 8);
	/* The CHECK of the table knows the same states. */
	b->state = state < 0 ? BUNDLE_FAILED : (enum bundle_state)state;
	b->records = db_col_int(rows, 10);
	b->done = db_col_int(rows, 11);
	b->size = db_col_int(rows, 12);
	b->blob = db_col_int(rows, 13);
	/* Without a file it is one no more; no row says so. */
	if (b->state == BUNDLE_READY && b->blob == 0)
		b->state = BUNDLE_EXPIRED;
	b->sha256 = db_col_text(rows, 14, arena);
	b->bytes = db_col_int(rows, 15);
	b->trouble = db_col_text(rows, 16, arena);
	b->asked_at = db_col_int(rows, 17);
	b->ready_at = db_col_int(rows, 18);
}

enum err
bundle_load(struct ctx *ctx, const char *ref, struct bundle **out)
{
	struct bundle *b = arena_alloc(ctx->arena, sizeof(*b));
	struct db_rows *rows;
	bool is_found;
	enum err rc;

	*out = NULL;
	rows = db_query(ctx->db, sql[SQL_LOAD],
	    DB_ARGS(db_t(ref), db_i(ctx->actor.organisation)));
	if ((is_found = db_next(rows)))
		read_row(ctx, rows, b);
	rc = db_done(rows);
	if (rc == ERR_OK && is_found)
		*out = b;
	return rc == ERR_OK && !is_found ? ERR_NOT_FOUND : rc;
}

enum err
bundle_list(struct ctx *ctx, int64_t before, struct bundle_list *list)
{
	struct db_rows *rows;

	memset(list, 0, sizeof(*list));
	rows = db_query(ctx->db, sql[SQL_LIST],
	    DB_ARGS(db_i(ctx->actor.organisation),
		db_i(before > 0 ? before : INT64_MAX), db_i(LIMIT + 1)));
	while (db_next(rows)) {
		list->rows = list_room(
		    ctx->arena, list->rows, list->count, sizeof(*list->rows));
		read_row(ctx, rows, &list->rows[list->count++]);
	}
	if (list->count > LIMIT)
		list->next = list->rows[--list->count - 1].id;
	return db_done(rows);
}

/* ---- taking ------------------------------------------------------------ */

/* Records of a bundle, ascending, and which of them were seen. */
struct covered {
	int64_t *ids;
	bool *is_seen;
	size_t n;
};

/* Both are in order: one walk. */
static enum err
mark(struct ctx *ctx, int64_t bundle, const struct record_scope *s,
    struct covered *c)
{
	const struct record_filter all = { .families = 0 };
	struct db_rows *rows = db_query(ctx->db, sql[SQL_COVERED],
	    DB_ARGS(RECORD_SCOPE_VALUES(s, &all, 0), db_i(bundle)));
	size_t i = 0;

	while (db_next(rows)) {
		while (i < c->n && c->ids[i] < db_col_int(rows, 0))
			i++;
		if (i < c->n && c->ids[i] == db_col_int(rows, 0))
			c->is_seen[i] = true;
	}
	return db_done(rows);
}

static enum err
load_ids(struct ctx *ctx, const struct bundle *b, struct covered *c)
{
	struct db_rows *rows =
	    db_query(ctx->db, sql[SQL_IDS], DB_ARGS(db_i(b->id)));
	const size_t most = (size_t)b->records;

	c->ids = arena_array(ctx->arena, most + 1, sizeof(*c->ids));
	c->is_seen = arena_array(ctx->arena, most + 1, sizeof(*c->is_seen));
	while (c->n < most && db_next(rows))
		c->ids[c->n++] = db_col_int(rows, 0);
	return db_done(rows);
}

enum err
bundle_may_take(struct ctx *ctx, const struct bundle *b)
{
	struct covered c = { .n = 0 };
	struct record_scope *scopes;
	size_t n;
	enum err rc;

	rc = load_ids(ctx, b, &c);
	if (rc == ERR_OK)
		rc = record_scopes(ctx, &scopes, &n);
	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		rc = mark(ctx, b->id, &scopes[i], &c);
	for (size_t i = 0; rc == ERR_OK && i < c.n; i++)
		if (!c.is_seen[i])
			rc = ERR_FORBIDDEN;
	return rc;
}

enum err
bundle_note_taken(struct ctx *ctx, const struct bundle *b)
{
	enum err rc;

	if (b->state != BUNDLE_READY || b->sha256 == NULL)
		return ERR_STATE;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = record_append(ctx, RECORD_BUNDLE_DOWNLOADED, b->ref,
	    json_pack("{s:s, s:I}", "sha256", b->sha256, "records",
		(json_int_t)b->records));
	return db_end(ctx->db, rc);
}

/* ---- letting go -------------------------------------------------------- */

enum err
bundle_expire(struct ctx *ctx, int64_t *n)
{
	const int64_t before_at = ctx->now_at - BUNDLE_KEPT_DAYS * CLOCK_DAY;
	enum err rc;

	*n = 0;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = db_one_int(ctx->db, sql[SQL_LEFT], DB_ARGS(db_i(before_at)), n);
	if (rc == ERR_OK && *n > 0)
		rc =
		    db_exec(ctx->db, sql[SQL_EXPIRE], DB_ARGS(db_i(before_at)));
	return db_end(ctx->db, rc);
}
