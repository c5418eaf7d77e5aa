/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/record_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/list.h"
#include "domain/newest.h"

enum { LIMIT = 50, LIMIT_MAX = 200 };

enum { SQL_SCOPE, SQL_OBJECT, SQL_IDS, SQL_MAY, SQL_ROW, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	[SQL_SCOPE] =
	    "SELECT x.record, 0, 0 FROM record_concern x WHERE " RECORD_SCOPE
	    " ORDER BY x.record DESC LIMIT $9",
	/* Of one object: from its few records. */
	[SQL_OBJECT] =
	    "SELECT x.record, 0, 0 FROM record r CROSS JOIN record_concern x"
	    " WHERE " RECORD_SCOPE " AND x.record = r.id AND r.object = $9"
	    " ORDER BY x.record DESC LIMIT $10",
	[SQL_IDS] =
	    "SELECT x.record FROM record_concern x WHERE " RECORD_SCOPE
	    " AND ($9 = '' OR EXISTS (SELECT 1 FROM record r"
	    " WHERE r.id = x.record AND r.object = $9))"
	    " ORDER BY x.record",
	[SQL_MAY] =
	    "SELECT COUNT(*) FROM record_concern x WHERE " RECORD_SCOPE,
	[SQL_ROW] =
	    "SELECT r.id, r.recorded_at, r.kind, p.name, o.ref, o.name,"
	    " r.object, r.digest, r.body FROM record r"
	    " LEFT JOIN person p ON p.id = r.actor"
	    " LEFT JOIN organisation o ON o.id = r.organisation"
	    " WHERE r.id = $1",
};
/* clang-format on */

static int
limit_of(const struct record_filter *f)
{
	if (f->limit <= 0)
		return LIMIT;
	return f->limit > LIMIT_MAX ? LIMIT_MAX : f->limit;
}

static bool
is_asked(const struct record_filter *f, const struct record_scope *s)
{
	return f->organisation == NULL || *f->organisation == '\0' ||
	    strcmp(f->organisation, s->organisation_ref) == 0;
}

static bool
has_object(const struct record_filter *f)
{
	return f->object != NULL && *f->object != '\0';
}

static enum err
find_in(struct ctx *ctx, const struct record_filter *f,
    const struct record_scope *s, struct newest *found)
{
	const int64_t least = newest_since(found, 0);

	if (has_object(f))
		return newest_add(found,
		    db_query(ctx->db, sql[SQL_OBJECT],
			DB_ARGS(RECORD_SCOPE_VALUES(s, f, least),
			    db_t(f->object), db_i((int64_t)found->most))));
	return newest_add(found,
	    db_query(ctx->db, sql[SQL_SCOPE],
		DB_ARGS(RECORD_SCOPE_VALUES(s, f, least),
		    db_i((int64_t)found->most))));
}

static void
fill(struct ctx *ctx, struct db_rows *rows, struct record_row *row)
{
	const char *digest;
	size_t len;

	row->id = db_col_int(rows, 0);
	row->recorded_at = db_col_int(rows, 1);
	row->kind = db_col_text(rows, 2, ctx->arena);
	row->actor_name = db_col_text(rows, 3, ctx->arena);
	row->organisation_ref = db_col_text(rows, 4, ctx->arena);
	row->organisation_name = db_col_text(rows, 5, ctx->arena);
	row->object = db_col_text(rows, 6, ctx->arena);
	digest = db_col_peek(rows, 7, &len);
	if (digest != NULL && len == DIGEST_BYTES)
		text_hex(digest, len, row->digest);
}

/* A row that was found by the rule; its bytes too, where they are wanted. */
static enum err
load_row(
    struct ctx *ctx, int64_t id, struct record_row *row, struct record *whole)
{
	struct db_rows *rows =
	    db_query(ctx->db, sql[SQL_ROW], DB_ARGS(db_i(id)));
	const char *body;
	bool is_found;
	enum err rc;

	memset(row, 0, sizeof(*row));
	if ((is_found = db_next(rows))) {
		fill(ctx, rows, row);
		if (whole != NULL) {
			body = db_col_peek(rows, 8, &whole->body_len);
			whole->body =
			    arena_copy_n(ctx->arena, body, whole->body_len);
		}
	}
	rc = db_done(rows);
	return rc == ERR_OK && !is_found ? ERR_NOT_FOUND : rc;
}

enum err
record_list(
    struct ctx *ctx, const struct record_filter *f, struct record_list *list)
{
	struct record_scope *scopes;
	struct newest found;
	size_t n;
	enum err rc;

	memset(list, 0, sizeof(*list));
	rc = record_scopes(ctx, &scopes, &n);
	newest_start(ctx, limit_of(f), &found);
	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		if (is_asked(f, &scopes[i]))
			rc = find_in(ctx, f, &scopes[i], &found);
	if (rc != ERR_OK)
		return rc;
	list->next = newest_end(&found);
	list->count = found.count;
	list->rows =
	    arena_array(ctx->arena, found.count + 1, sizeof(*list->rows));
	for (size_t i = 0; rc == ERR_OK && i < found.count; i++)
		rc = load_row(ctx, found.rows[i].key, &list->rows[i], NULL);
	return rc;
}

/* ---- all of them ------------------------------------------------------ */

static int
by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* What one scope has, behind what is there. */
static enum err
gather(struct ctx *ctx, const struct record_filter *f,
    const struct record_scope *s, int64_t **ids, size_t *n)
{
	struct db_rows *rows = db_query(ctx->db, sql[SQL_IDS],
	    DB_ARGS(RECORD_SCOPE_VALUES(s, f, 0),
		db_t(has_object(f) ? f->object : "")));

	while (db_next(rows)) {
		*ids = list_room(ctx->arena, *ids, *n, sizeof(**ids));
		(*ids)[(*n)++] = db_col_int(rows, 0);
	}
	return db_done(rows);
}

enum err
record_list_ids(struct ctx *ctx, const struct record_filter *f, int64_t **out,
    size_t *count)
{
	struct record_scope *scopes;
	int64_t *ids = NULL;
	size_t n, all = 0;
	enum err rc;

	*out = NULL;
	*count = 0;
	rc = record_scopes(ctx, &scopes, &n);
	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		if (is_asked(f, &scopes[i]))
			rc = gather(ctx, f, &scopes[i], &ids, &all);
	if (rc != ERR_OK || all == 0)
		return rc;
	/* What concerns two organisations is there twice. */
	qsort(ids, all, sizeof(*ids), by_number);
	for (size_t i = 0; i < all; i++)
		if (*count == 0 || ids[*count - 1] != ids[i])
			ids[(*count)++] = ids[i];
	*out = ids;
	return ERR_OK;
}

/* ---- one -------------------------------------------------------------- */

static enum err
may_read(struct ctx *ctx, int64_t id, const struct record_scope *s, bool *may)
{
	const struct record_filter only = { .before = id + 1 };
	int64_t n;
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_MAY],
	    DB_ARGS(RECORD_SCOPE_VALUES(s, &only, id)), &n);
	*may = n > 0;
	return rc;
}

enum err
record_load(struct ctx *ctx, int64_t id, struct record **out)
{
	struct record *record = arena_alloc(ctx->arena, sizeof(*record));
	struct record_scope *scopes;
	bool may = false;
	size_t n, i;
	enum err rc;

	*out = NULL;
	rc = record_scopes(ctx, &scopes, &n);
	for (i = 0; rc == ERR_OK && !may && i < n; i++)
		rc = may_read(ctx, id, &scopes[i], &may);
	if (rc != ERR_OK)
		return rc;
	if (!may)
		return ERR_NOT_FOUND;
	record->agreement_ref = scopes[i - 1].agreement_ref;
	record->agreement_title = scopes[i - 1].agreement_title;
	rc = load_row(ctx, id, &record->row, record);
	if (rc == ERR_OK)
		*out = record;
	return rc;
}
