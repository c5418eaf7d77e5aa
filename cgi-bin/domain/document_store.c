/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of documents and their versions, as they are written. */
#include "domain/document_store.h"

#include "domain/blob.h"
#include "domain/counter.h"

enum {
	SQL_FREE,
	SQL_ADD,
	SQL_ADD_VERSION,
	SQL_REPLACE,
	SQL_SET_FILE,
	SQL_ADD_TEXT,
	SQL_COPY,
	SQL_COPY_CIRCLES,
	SQL_COPY_PEOPLE,
	SQL_COPY_RELATED,
	SQL_NAME_SELF,
	SQL_ADD_CIRCLE,
	SQL_ADD_PERSON,
	SQL_ADD_RELATED,
	SQL_DROP_CIRCLES,
	SQL_DROP_PEOPLE,
	SQL_DROP_RELATED,
	SQL_DROP,
	SQL__MAX
};

/* clang-format off */
#define LINKS(what, column) \
	"INSERT INTO document_version_" what \
	" (document_version, " column ") "

static const char *const sql[SQL__MAX] = {
	/* Behind the first of those in a row from $1 on that has room. */
	[SQL_FREE] =
	    "SELECT CASE WHEN NOT EXISTS ("
	    "SELECT 1 FROM document WHERE position = $1) THEN $1 ELSE ("
	    "SELECT a.position + 1 FROM document a WHERE a.position >= $1"
	    " AND NOT EXISTS (SELECT 1 FROM document b"
	    " WHERE b.position = a.position + 1)"
	    " ORDER BY a.position LIMIT 1) END",
	[SQL_ADD] =
	    "INSERT INTO document (ref, organisation, state, version, draft,"
	    " position, created_at)"
	    " VALUES ($1, $2, 'draft', 0, 1, $3, $4) RETURNING id",
	[SQL_ADD_VERSION] =
	    "INSERT INTO document_version (document, number, edit, title,"
	    " summary, kind, language, sectors, measures, label, review_by_at,"
	    " translation_of, note, format, filename, author, saved_at)"
	    " VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
	    " 'none', '', $13, $14) RETURNING id",
	[SQL_REPLACE] =
	    "UPDATE document_version SET title = $1, summary = $2, kind = $3,"
	    " language = $4, sectors = $5, measures = $6, label = $7,"
	    " review_by_at = $8, translation_of = $9, note = $10, author = $11,"
	    " saved_at = $12, edit = edit + 1"
	    " WHERE id = $13 AND edit = $14 AND published_at IS NULL"
	    " AND document IN (SELECT a.id FROM document a"
	    " WHERE a.organisation = $15"
	    " AND a.draft = document_version.number)",
	[SQL_SET_FILE] =
	    "UPDATE document_version SET blob = $1, format = $2, filename = $3"
	    " WHERE id = $4 AND published_at IS NULL",
	[SQL_ADD_TEXT] =
	    "INSERT INTO document_text (blob, format, text, is_cut)"
	    " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
	[SQL_COPY] =
	    "INSERT INTO document_version (document, number, edit, title,"
	    " summary, kind, language, sectors, measures, label, review_by_at,"
	    " translation_of, note, blob, format, filename, author, saved_at)"
	    " SELECT v.document, v.number + 1, 1, v.title, v.summary, v.kind,"
	    " v.language, v.sectors, v.measures, v.label, v.review_by_at,"
	    " v.translation_of, '', v.blob, v.format, v.filename, $1, $2"
	    " FROM document_version v WHERE v.id = $3 RETURNING id",
	[SQL_COPY_CIRCLES] =
	    LINKS("circle", "circle")
	    "SELECT $1, circle FROM document_version_circle"
	    " WHERE document_version = $2",
	[SQL_COPY_PEOPLE] =
	    LINKS("person", "person")
	    "SELECT $1, person FROM document_version_person"
	    " WHERE document_version = $2",
	[SQL_COPY_RELATED] =
	    LINKS("related", "document")
	    "SELECT $1, document FROM document_version_related"
	    " WHERE document_version = $2",
	[SQL_NAME_SELF] =
	    LINKS("person", "person")
	    "VALUES ($1, $2) ON CONFLICT DO NOTHING",
	[SQL_ADD_CIRCLE] = LINKS("circle", "circle") "VALUES ($1, $2)",
	[SQL_ADD_PERSON] = LINKS("person", "person") "VALUES ($1, $2)",
	[SQL_ADD_RELATED] = LINKS("related", "document") "VALUES ($1, $2)",
	[SQL_DROP_CIRCLES] =
	    "DELETE FROM document_version_circle WHERE document_version = $1",
	[SQL_DROP_PEOPLE] =
	    "DELETE FROM document_version_person WHERE document_version = $1",
	[SQL_DROP_RELATED] =
	    "DELETE FROM document_version_related WHERE document_version = $1",
	[SQL_DROP] =
	    "DELETE FROM document_version"
	    " WHERE id = $1 AND published_at IS NULL",
};
/* clang-format on */

static const int drop_links[] = { SQL_DROP_CIRCLES, SQL_DROP_PEOPLE,
	SQL_DROP_RELATED };
enum { LINK_KINDS = sizeof(drop_links) / sizeof(drop_links[0]) };

/* ---- documents -------------------------------------------------------- */

enum err
document_free_position(struct ctx *ctx, int64_t at, int64_t *position)
{
	return db_one_int(ctx->db, sql[SQL_FREE], DB_ARGS(db_i(at)), position);
}

enum err
document_add(struct ctx *ctx, int64_t *id, char **ref)
{
	int64_t position;
	enum err rc;

	if ((rc = counter_next(ctx, "DOC", ref)) != ERR_OK)
		return rc;
	rc = document_free_position(ctx, ctx->now_at, &position);
	if (rc != ERR_OK)
		return rc;
	return db_one_int(ctx->db, sql[SQL_ADD],
	    DB_ARGS(db_t(*ref), db_i(ctx->actor.organisation), db_i(position),
		db_i(ctx->now_at)),
	    id);
}

/* ---- versions --------------------------------------------------------- */

static enum err
add_each(struct ctx *ctx, int statement, int64_t version, const int64_t *ids,
    size_t n)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		rc = db_exec(ctx->db, sql[statement],
		    DB_ARGS(db_i(version), db_i(ids[i])));
	return rc;
}

static enum err
add_links(struct ctx *ctx, int64_t id, const struct document_content *c)
{
	enum err rc;

	rc = add_each(
	    ctx, SQL_ADD_CIRCLE, id, c->to.circles, c->to.circle_count);
	if (rc == ERR_OK)
		rc = add_each(
		    ctx, SQL_ADD_PERSON, id, c->to.people, c->to.people_count);
	if (rc == ERR_OK)
		rc = add_each(
		    ctx, SQL_ADD_RELATED, id, c->related, c->related_count);
	return rc;
}

static enum err
remove_links(struct ctx *ctx, int64_t id)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; rc == ERR_OK && i < LINK_KINDS; i++)
		rc = db_exec(ctx->db, sql[drop_links[i]], DB_ARGS(db_i(id)));
	return rc;
}

/* Bytes, the text inside, and which of them the version has. */
static enum err
set_file(struct ctx *ctx, int64_t version, const struct document_file *file)
{
	const char *format = format_words[file->format];
	int64_t blob;
	enum err rc;

	rc =
	    blob_keep_file(ctx, file->bytes, format_media(file->format), &blob);
	if (rc == ERR_OK)
		rc = db_exec(ctx->db, sql[SQL_ADD_TEXT],
		    DB_ARGS(db_i(blob), db_t(format), db_t(file->text),
			db_i(file->is_text_cut)));
	if (rc == ERR_OK)
		rc = db_exec_one(ctx->db, sql[SQL_SET_FILE],
		    DB_ARGS(db_i(blob), db_t(format), db_t(file->filename),
			db_i(version)));
	return rc;
}

enum err
document_add_version(struct ctx *ctx, int64_t document, int number,
    const struct document_content *c, const struct document_file *file,
    int64_t *id)
{
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_ADD_VERSION],
	    DB_ARGS(db_i(document), db_i(number), db_t(c->title),
		db_t(c->summary), db_t(document_kinds[c->kind]),
		db_t(c->language), db_i(c->sectors), db_i(c->measures),
		db_i(c->label), db_at(c->review_by_at),
		db_id(c->translation_of), db_t(c->note),
		db_id(ctx->actor.person), db_i(ctx->now_at)),
	    id);
	if (rc == ERR_OK)
		rc = add_links(ctx, *id, c);
	return rc == ERR_OK && file != NULL ? set_file(ctx, *id, file) : rc;
}

enum err
document_replace_version(struct ctx *ctx, int64_t id, int edit,
    const struct document_content *c, const struct document_file *file)
{
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_REPLACE],
	    DB_ARGS(db_t(c->title), db_t(c->summary),
		db_t(document_kinds[c->kind]), db_t(c->language),
		db_i(c->sectors), db_i(c->measures), db_i(c->label),
		db_at(c->review_by_at), db_id(c->translation_of), db_t(c->note),
		db_id(ctx->actor.person), db_i(ctx->now_at), db_i(id),
		db_i(edit), db_i(ctx->actor.organisation)));
	if (rc == ERR_OK)
		rc = remove_links(ctx, id);
	if (rc == ERR_OK)
		rc = add_links(ctx, id, c);
	return rc == ERR_OK && file != NULL ? set_file(ctx, id, file) : rc;
}

enum err
document_copy_version(struct ctx *ctx, const struct document *d, int64_t *id)
{
	static const int links[LINK_KINDS] = { SQL_COPY_CIRCLES,
		SQL_COPY_PEOPLE, SQL_COPY_RELATED };
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_COPY],
	    DB_ARGS(db_id(ctx->actor.person), db_i(ctx->now_at),
		db_i(d->version_id)),
	    id);
	for (size_t i = 0; rc == ERR_OK && i < LINK_KINDS; i++)
		rc = db_exec(ctx->db, sql[links[i]],
		    DB_ARGS(db_i(*id), db_i(d->version_id)));
	/* Whoever writes a TLP:RED text has read it. */
	if (rc == ERR_OK && d->label == TLP_RED && ctx->actor.person != 0)
		rc = db_exec(ctx->db, sql[SQL_NAME_SELF],
		    DB_ARGS(db_i(*id), db_i(ctx->actor.person)));
	return rc;
}

enum err
document_remove_version(struct ctx *ctx, int64_t id)
{
	enum err rc = remove_links(ctx, id);

	return rc == ERR_OK
	    ? db_exec_one(ctx->db, sql[SQL_DROP], DB_ARGS(db_i(id)))
	    : rc;
}
