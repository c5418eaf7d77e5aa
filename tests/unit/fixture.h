/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A portal of one's own for a test of the domain floor: a scratch directory
 * with fresh databases made by the real migrations, a context at a fixed
 * moment, and people to act as.
 *
 *	struct fixture f;
 *
 *	fixture_open(&f);
 *	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
 *	anna = fixture_person(&f, grid->ref, "Anna", ROLE_PUBLISHER);
 *	fixture_as(&f, anna);
 *	rc = advisory_create(&f.ctx, …);
 *	fixture_close(&f);
 *
 * Whatever a helper cannot do fails the test.  The schema is looked for in
 * the directory that ENTENTE_SCHEMA names, else in ./schema.
 */
#ifndef UNIT_FIXTURE_H
#define UNIT_FIXTURE_H

#include "unit.h"

#include "base/clock.h"
#include "base/text.h"
#include "crypt/token.h"
#include "db/migrate.h"
#include "domain/organisation.h"
#include "domain/person.h"
#include "domain/record.h"

#define FIXTURE_NOW "2026-03-02T09:00:00Z"

enum { FIXTURE_ARENA = 64 << 20 };

struct fixture {
	char dir[UNIT_PATH];
	char name[32];
	struct conf conf; /* data_dir is dir */
	struct arena *arena;
	struct ctx ctx;
	int64_t made; /* makes e-mail addresses differ */
};

#define fixture_ok(call) ck_assert_str_eq(err_name(call), "ok")
#define fixture_err(call, code) ck_assert_str_eq(err_name(call), err_name(code))

static inline struct db *
fixture_db(struct fixture *f, const char *which)
{
	const char *schema = getenv("ENTENTE_SCHEMA");
	char path[2 * UNIT_PATH], dir[2 * UNIT_PATH];
	struct db_options options = { .path = path, .create = true };
	struct migration_result result;
	struct db *db = NULL;
	char *problem = NULL;

	snprintf(path, sizeof(path), "%s/%s.db", f->dir, which);
	snprintf(dir, sizeof(dir), "%s/%s", schema != NULL ? schema : "schema",
	    which);
	fixture_ok(db_open(&options, &db));
	if (migrate(db, dir, NULL, f->arena, &result, &problem) != ERR_OK)
		ck_abort_msg("%s: %s", dir, problem);
	return db;
}

/* The console acts at first. */
static inline void
fixture_open(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	fixture_ok(crypt_start());
	unit_scratch(f->dir);
	f->arena = arena_new(FIXTURE_ARENA);
	snprintf(f->name, sizeof(f->name), "Entente");
	f->conf.data_dir = f->dir;
	f->conf.portal_name = f->name;
	f->conf.session_idle_s = 1800;
	f->conf.session_max_s = 12 * 3600;
	f->conf.reauth_s = 900;
	f->conf.invitation_s = 7 * 86400;
	f->ctx.arena = f->arena;
	f->ctx.conf = &f->conf;
	f->ctx.db = fixture_db(f, "portal");
	f->ctx.auth = fixture_db(f, "auth");
	f->ctx.actor.is_console = true;
	ck_assert(clock_parse(FIXTURE_NOW, &f->ctx.now_at));
}

static inline void
fixture_close(struct fixture *f)
{
	db_free(f->ctx.db);
	db_free(f->ctx.auth);
	arena_free(f->arena);
	unit_remove(f->dir);
}

/* ---- who acts, and when ---------------------------------------------- */

static inline void
fixture_nobody(struct fixture *f)
{
	memset(&f->ctx.actor, 0, sizeof(f->ctx.actor));
}

static inline void
fixture_console(struct fixture *f)
{
	fixture_nobody(f);
	f->ctx.actor.is_console = true;
}

static inline void
fixture_as(struct fixture *f, const struct person *p)
{
	struct organisation *o = NULL;

	fixture_ok(organisation_load(&f->ctx, p->organisation_ref, &o));
	f->ctx.actor = (struct actor){
		.person = p->id,
		.organisation = p->organisation,
		.roles = p->roles,
		.name = p->name,
		.ref = p->ref,
		.organisation_ref = p->organisation_ref,
		.organisation_name = p->organisation_name,
		.organisation_kind = p->organisation_kind,
		.sectors = o->sectors,
		.language = p->language,
	};
}

static inline void
fixture_later(struct fixture *f, int64_t us)
{
	f->ctx.now_at += us;
}

/* ---- organisations and people, made by the console ------------------- */

/* With a charter signed the day before, unless its kind has none. */
static inline struct organisation *
fixture_organisation(
    struct fixture *f, const char *name, enum org_kind kind, int64_t sectors)
{
	struct actor before = f->ctx.actor;
	struct organisation_new new = {
		.name = name, .kind = kind, .country = "FR", .sectors = sectors
	};
	struct organisation *o = NULL;
	char *ref = NULL;

	if (kind == ORG_OPERATOR || kind == ORG_INSTITUTION)
		new.charter_signed_at = clock_day(f->ctx.now_at - CLOCK_DAY);
	fixture_console(f);
	fixture_ok(organisation_admit(&f->ctx, &new, &ref));
	fixture_ok(organisation_load(&f->ctx, ref, &o));
	f->ctx.actor = before;
	return o;
}

/* As invited, with the token of the invitation. */
static inline struct person *
fixture_invited(struct fixture *f, const char *organisation_ref,
    const char *name, unsigned roles, char **token)
{
	struct actor before = f->ctx.actor;
	struct person_new new = { .name = name,
		.language = "en",
		.roles = roles,
		.email = arena_printf(f->arena, "%s.%d@%s.example",
		    text_slug(f->arena, name), (int)++f->made,
		    organisation_ref) };
	struct person *p = NULL;
	char *ref = NULL;

	fixture_console(f);
	fixture_ok(person_invite(&f->ctx, organisation_ref, &new, &ref, token));
	fixture_ok(person_load(&f->ctx, ref, &p));
	f->ctx.actor = before;
	return p;
}

/* Active: the invitation is used up. */
static inline struct person *
fixture_person(struct fixture *f, const char *organisation_ref,
    const char *name, unsigned roles)
{
	struct actor before = f->ctx.actor;
	struct person *p;
	char *token = NULL;

	p = fixture_invited(f, organisation_ref, name, roles, &token);
	fixture_console(f);
	fixture_ok(invitation_use(&f->ctx, token));
	fixture_ok(person_load(&f->ctx, p->ref, &p));
	f->ctx.actor = before;
	return p;
}

/* ---- looking behind the curtain -------------------------------------- */

/* One number; `sql` is a literal. */
static inline int64_t
fixture_int(struct fixture *f, const char *sql)
{
	int64_t n = -1;

	fixture_ok(db_one_int(f->ctx.db, sql, DB_NONE, &n));
	return n;
}

/* One text of one row, NULL for SQL NULL. */
static inline char *
fixture_text(struct fixture *f, const char *sql)
{
	struct db_rows *rows = db_query(f->ctx.db, sql, DB_NONE);
	char *text = NULL;

	ck_assert_msg(db_next(rows), "no row: %s", sql);
	text = db_col_text(rows, 0, f->arena);
	fixture_ok(db_done(rows));
	return text;
}

/* One statement in a transaction of its own, as db_exec() has it. */
static inline enum err
fixture_exec(
    struct fixture *f, const char *sql, const struct db_value *values, size_t n)
{
	fixture_ok(db_begin(f->ctx.db));
	return db_end(f->ctx.db, db_exec(f->ctx.db, sql, values, n));
}

static inline void
fixture_run(struct fixture *f, const char *sql)
{
	fixture_ok(fixture_exec(f, sql, DB_NONE));
}

#endif
