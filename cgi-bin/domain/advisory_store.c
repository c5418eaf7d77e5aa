/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of advisories and their revisions, as they are written. */
#include "domain/advisory_store.h"

#include "domain/counter.h"

enum {
	SQL_FREE,
	SQL_ADD,
	SQL_ADD_REVISION,
	SQL_REPLACE,
	SQL_COPY,
	SQL_COPY_CIRCLES,
	SQL_COPY_PEOPLE,
	SQL_COPY_PARTS,
	SQL_ADD_CIRCLE,
	SQL_ADD_PERSON,
	SQL_ADD_PART,
	SQL_DROP_CIRCLES,
	SQL_DROP_PEOPLE,
	SQL_DROP_PARTS,
	SQL_DROP,
	SQL__MAX
};

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	/* Behind the first of those in a row from $1 on that has room. */
	[SQL_FREE] =
	    "SELECT CASE WHEN NOT EXISTS ("
	    "SELECT 1 FROM advisory WHERE position = $1) THEN $1 ELSE ("
	    "SELECT a.position + 1 FROM advisory a WHERE a.position >= $1"
	    " AND NOT EXISTS (SELECT 1 FROM advisory b"
	    " WHERE b.position = a.position + 1)"
	    " ORDER BY a.position LIMIT 1) END",
	[SQL_ADD] =
	    "INSERT INTO advisory (ref, organisation, state, revision, draft,"
	    " position, created_at, foreign_id)"
	    " VALUES ($1, $2, 'draft', 0, 1, $3, $4, $5) RETURNING id",
	[SQL_ADD_REVISION] =
	    "INSERT INTO advisory_revision (advisory, number, edit, title,"
	    " summary, happened, todo, products, cves, severity, label,"
	    " sectors, answer_by_at, change, foreign_version, source, author,"
	    " saved_at) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10,"
	    " $11, $12, $13, $14, $15, $16, $17) RETURNING id",
	[SQL_REPLACE] =
	    "UPDATE advisory_revision SET title = $1, summary = $2,"
	    " happened = $3, todo = $4, products = $5, cves = $6,"
	    " severity = $7, label = $8, sectors = $9, answer_by_at = $10,"
	    " change = $11, author = $12, saved_at = $13, edit = edit + 1"
	    " WHERE id = $14 AND edit = $15 AND published_at IS NULL"
	    " AND advisory IN (SELECT a.id FROM advisory a"
	    " WHERE a.organisation = $16"
	    " AND a.draft = advisory_revision.number)",
	[SQL_COPY] =
	    "INSERT INTO advisory_revision (advisory, number, edit, title,"
	    " summary, happened, todo, products, cves, severity, label,"
	    " sectors, answer_by_at, change, foreign_version, source, author,"
	    " saved_at) SELECT v.advisory, v.number + 1, 1, v.title,"
	    " v.summary, v.happened, v.todo, v.products, v.cves, v.severity,"
	    " v.label, v.sectors, v.answer_by_at, '', v.foreign_version,"
	    " v.source, $1, $2 FROM advisory_revision v WHERE v.id = $3"
	    " RETURNING id",
	[SQL_COPY_CIRCLES] =
	    "INSERT INTO revision_circle (revision, circle)"
	    " SELECT $1, circle FROM revision_circle WHERE revision = $2",
	[SQL_COPY_PEOPLE] =
	    "INSERT INTO revision_person (revision, person)"
	    " SELECT $1, person FROM revision_person WHERE revision = $2",
	[SQL_COPY_PARTS] =
	    "INSERT INTO advisory_part (revision, position, kind, depth, name,"
	    " title, text, url) SELECT $1, position, kind, depth, name, title,"
	    " text, url FROM advisory_part WHERE revision = $2",
	[SQL_ADD_CIRCLE] =
	    "INSERT INTO revision_circle (revision, circle) VALUES ($1, $2)",
	[SQL_ADD_PERSON] =
	    "INSERT INTO revision_person (revision, person) VALUES ($1, $2)",
	[SQL_ADD_PART] =
	    "INSERT INTO advisory_part (revision, position, kind, depth, name,"
	    " title, text, url) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	[SQL_DROP_CIRCLES] = "DELETE FROM revision_circle WHERE revision = $1",
	[SQL_DROP_PEOPLE] = "DELETE FROM revision_person WHERE revision = $1",
	[SQL_DROP_PARTS] = "DELETE FROM advisory_part WHERE revision = $1",
	[SQL_DROP] = "DELETE FROM advisory_revision"
		     " WHERE id = $1 AND published_at IS NULL",
};
/* clang-format on */

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* Changes that several rows at once may suffer. */
static enum err
run_all(struct ctx *ctx, const int *which, size_t n, int64_t id)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		rc = db_exec(ctx->db, sql[which[i]], DB_ARGS(db_i(id)));
	return rc;
}

/* ---- advisories ------------------------------------------------------- */

enum err
advisory_free_position(struct ctx *ctx, int64_t at, int64_t *position)
{
	return db_one_int(ctx->db, sql[SQL_FREE], DB_ARGS(db_i(at)), position);
}

enum err
advisory_add(struct ctx *ctx, const char *foreign_id, int64_t *id, char **ref)
{
	int64_t position;
	enum err rc;

	if ((rc = counter_next(ctx, "ENT", ref)) != ERR_OK)
		return rc;
	if ((rc = advisory_free_position(ctx, ctx->now_at, &position)) !=
	    ERR_OK)
		return rc;
	return db_one_int(ctx->db, sql[SQL_ADD],
	    DB_ARGS(db_t(*ref), db_i(ctx->actor.organisation), db_i(position),
		db_i(ctx->now_at), db_t(foreign_id)),
	    id);
}

/* ---- revisions -------------------------------------------------------- */

static enum err
add_links(struct ctx *ctx, int64_t id, const struct draft_content *c)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; rc == ERR_OK && i < c->to.circle_count; i++)
		rc = db_exec(ctx->db, sql[SQL_ADD_CIRCLE],
		    DB_ARGS(db_i(id), db_i(c->to.circles[i])));
	for (size_t i = 0; rc == ERR_OK && i < c->to.people_count; i++)
		rc = db_exec(ctx->db, sql[SQL_ADD_PERSON],
		    DB_ARGS(db_i(id), db_i(c->to.people[i])));
	return rc;
}

enum err
advisory_add_revision(struct ctx *ctx, const struct revision_new *new,
    const struct draft_content *c, int64_t *id)
{
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_ADD_REVISION],
	    DB_ARGS(db_i(new->advisory), db_i(new->number), db_t(c->title),
		db_t(c->summary), db_t(c->happened), db_t(c->todo),
		db_t(c->products), db_t(c->cves), db_i(c->severity),
		db_i(c->label), db_i(c->sectors), db_at(c->answer_by_at),
		db_t(c->change), db_t(new->foreign_version), db_id(new->source),
		db_id(ctx->actor.person), db_i(ctx->now_at)),
	    id);
	return rc == ERR_OK ? add_links(ctx, *id, c) : rc;
}

enum err
advisory_replace_revision(
    struct ctx *ctx, int64_t id, int edit, const struct draft_content *c)
{
	static const int links[] = { SQL_DROP_CIRCLES, SQL_DROP_PEOPLE };
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_REPLACE],
	    DB_ARGS(db_t(c->title), db_t(c->summary), db_t(c->happened),
		db_t(c->todo), db_t(c->products), db_t(c->cves),
		db_i(c->severity), db_i(c->label), db_i(c->sectors),
		db_at(c->answer_by_at), db_t(c->change),
		db_id(ctx->actor.person), db_i(ctx->now_at), db_i(id),
		db_i(edit), db_i(ctx->actor.organisation)));
	if (rc == ERR_OK)
		rc = run_all(ctx, links, 2, id);
	return rc == ERR_OK ? add_links(ctx, id, c) : rc;
}

enum err
advisory_copy_revision(struct ctx *ctx, const struct advisory *a, int64_t *id)
{
	static const int links[] = { SQL_COPY_CIRCLES, SQL_COPY_PEOPLE,
		SQL_COPY_PARTS };
	enum err rc;

	rc = db_one_int(ctx->db, sql[SQL_COPY],
	    DB_ARGS(db_id(ctx->actor.person), db_i(ctx->now_at),
		db_i(a->revision_id)),
	    id);
	for (size_t i = 0; rc == ERR_OK && i < 3; i++)
		rc = db_exec(ctx->db, sql[links[i]],
		    DB_ARGS(db_i(*id), db_i(a->revision_id)));
	return rc;
}

enum err
advisory_remove_revision(struct ctx *ctx, int64_t id)
{
	static const int links[] = { SQL_DROP_CIRCLES, SQL_DROP_PEOPLE,
		SQL_DROP_PARTS };
	enum err rc = run_all(ctx, links, 3, id);

	return rc == ERR_OK
	    ? db_exec_one(ctx->db, sql[SQL_DROP], DB_ARGS(db_i(id)))
	    : rc;
}

enum err
advisory_add_parts(struct ctx *ctx, int64_t revision,
    const struct advisory_part *parts, size_t n)
{
	enum err rc = ERR_OK;

	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		rc = db_exec(ctx->db, sql[SQL_ADD_PART],
		    DB_ARGS(db_i(revision), db_i((int64_t)i + 1),
			db_t(parts[i].kind), db_i(parts[i].depth),
			db_t(or_empty(parts[i].name)),
			db_t(or_empty(parts[i].title)),
			db_t(or_empty(parts[i].text)),
			db_t(or_empty(parts[i].url))));
	return rc;
}
