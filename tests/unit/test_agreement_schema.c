/* SPDX-License-Identifier: Apache-2.0 */
/* A database of before agreements: its charters and grants stay. */
#include <sys/stat.h>

#include "fixture.h"

#include "base/buf.h"
#include "base/file.h"
#include "domain/agreement.h"
#include "domain/circle.h"

/* Two operators with charters, one of them suspended; an auditor. */
static const char *const before[] = {
	"INSERT INTO organisation (id, ref, name, kind, country, sectors,"
	" state, admitted_at, suspended_at) VALUES"
	" (1, 'grid', 'Grid', 'operator', 'FR', 1, 'admitted', 1000, NULL),"
	" (2, 'dark', 'Dark', 'operator', 'FR', 1, 'suspended', 900, 5000),"
	" (3, 'court', 'Court', 'auditor', 'FR', 0, 'admitted', 1000, NULL)",
	"INSERT INTO agreement (id, ref, kind, organisation, signed_at,"
	" recorded_at) VALUES (1, 'AGR-2026-0001', 'charter', 1, 500, 1000),"
	" (2, 'AGR-2026-0002', 'charter', 2, 600, 900)",
	"INSERT INTO access_grant (agreement, organisation, circle, max_label,"
	" from_at, ended_at) VALUES (1, 1, 2, 3, 1000, NULL),"
	" (1, 1, 3, 3, 1000, NULL), (2, 2, 2, 3, 900, 5000),"
	" (2, 2, 3, 3, 900, 5000)",
	"INSERT INTO counter (name, year, last) VALUES ('AGR', 2026, 2)",
};

static char scripts[UNIT_PATH];

static void
copy_script(const char *name)
{
	const char *schema = getenv("ENTENTE_SCHEMA");
	char from[2 * UNIT_PATH];
	struct buf text;

	snprintf(from, sizeof(from), "%s/portal/%s",
	    schema != NULL ? schema : "schema", name);
	buf_init(&text, 1 << 20);
	fixture_ok(file_read(from, &text));
	unit_file(scripts, name, text.data, NULL);
	buf_free(&text);
}

static void
bring_up(struct fixture *f)
{
	struct migration_result result;
	char *problem = NULL;
	enum err rc;

	rc = migrate(f->ctx.db, scripts, NULL, f->arena, &result, &problem);
	ck_assert_msg(rc == ERR_OK, "%s", problem);
}

/* A database of schema 1 with those rows. */
static void
open_before(struct fixture *f)
{
	struct db_options options = { .create = true };
	char path[UNIT_PATH];

	fixture_open(f);
	unit_path(scripts, f->dir, "schema");
	ck_assert_int_eq(mkdir(scripts, 0700), 0);
	copy_script("0001_portal.sql");
	copy_script("0002_lists.sql");
	unit_path(path, f->dir, "before.db");
	options.path = path;
	db_free(f->ctx.db);
	fixture_ok(db_open(&options, &f->ctx.db));
	bring_up(f);
	for (int i = 0; i < UNIT_COUNT(before); i++)
		fixture_run(f, before[i]);
}

START_TEST(charters_stay)
{
	struct circle_grant *grants;
	struct organisation *o;
	struct agreement *a;
	struct fixture f;
	int64_t checked;
	char *problem;
	size_t n;

	open_before(&f);
	copy_script("0003_agreement.sql");
	/* Up to what the functions below read. */
	copy_script("0004_document.sql");
	copy_script("0005_log.sql");
	copy_script("0006_negotiation.sql");
	bring_up(&f);
	ck_assert_int_eq(
	    fixture_int(&f, "SELECT COUNT(*) FROM pragma_foreign_key_check"),
	    0);
	ck_assert_int_eq(
	    fixture_int(&f, "SELECT COUNT(*) FROM access_grant"), 4);
	ck_assert_int_eq(fixture_int(&f,
			     "SELECT COUNT(*) FROM sqlite_schema"
			     " WHERE name = 'agreement_before'"),
	    0);
	fixture_ok(agreement_verify(&f.ctx, &checked, &problem));
	ck_assert_msg(problem == NULL, "%s", problem);
	f.ctx.actor = (struct actor){ .organisation = 1, .person = 1 };
	fixture_ok(circle_granted(&f.ctx, &grants, &n));
	ck_assert_int_eq((int)n, 2);
	ck_assert_str_eq(grants[1].agreement_ref, "AGR-2026-0001");
	ck_assert_int_eq(grants[1].signed_at, 500);
	ck_assert_ptr_null(grants[1].agreement_title);
	fixture_ok(agreement_load(&f.ctx, "AGR-2026-0001", &a));
	ck_assert(a->is_on_paper && a->is_party);
	ck_assert_int_eq(a->state, AGREEMENT_IN_FORCE);
	ck_assert_int_eq((int)a->party_count, 1);
	ck_assert_int_eq(a->parties[0].signed_at, 500);
	ck_assert_int_eq((int)a->circle_count, 2);
	/* The suspended one comes back by its charter. */
	fixture_console(&f);
	fixture_ok(organisation_reinstate(&f.ctx, "dark"));
	fixture_ok(agreement_verify(&f.ctx, &checked, &problem));
	ck_assert_msg(problem == NULL, "%s", problem);
	fixture_ok(organisation_load(&f.ctx, "dark", &o));
	ck_assert_str_eq(o->charter_ref, "AGR-2026-0002");
	ck_assert_int_eq(o->charter_signed_at, 600);
	fixture_close(&f);
}
END_TEST

/* Nothing that refers to an agreement that is not there gets through. */
START_TEST(nothing_is_orphaned)
{
	struct fixture f;

	open_before(&f);
	copy_script("0003_agreement.sql");
	bring_up(&f);
	fixture_err(fixture_exec(&f,
			"INSERT INTO access_grant (agreement, organisation,"
			" circle, max_label, from_at) VALUES (9, 1, 2, 3, 1)",
			DB_NONE),
	    ERR_INTERNAL);
	fixture_err(
	    fixture_exec(&f, "DELETE FROM agreement WHERE id = 1", DB_NONE),
	    ERR_INTERNAL);
	fixture_close(&f);
}
END_TEST

static const char *const forbidden[] = {
	"UPDATE agreement_version SET text = 'x' WHERE number = 1",
	"UPDATE agreement_version SET number = NULL, digest = NULL"
	" WHERE number = 1",
	"DELETE FROM agreement_version",
	"UPDATE agreement_version_party SET name = 'x'",
	"DELETE FROM agreement_version_party",
	"INSERT INTO agreement_version_party VALUES (1, 2, 3, 'x')",
	"UPDATE agreement_signature SET signed_at = 1",
	"DELETE FROM agreement_signature",
	"INSERT INTO agreement_signature (version, organisation, person, way,"
	" digest, signed_at) VALUES (1, 2, 1, 'minisign', x'00', 1)",
};

/* Versions and signatures stay as they are. */
START_TEST(immutable)
{
	struct organisation *grid;
	struct person *anna;
	struct fixture f;

	fixture_open(&f);
	grid = fixture_organisation(&f, "Grid", ORG_OPERATOR, 1);
	anna = fixture_person(&f, grid->ref, "Anna", ROLE_SIGNATORY);
	fixture_ok(fixture_exec(&f,
	    "INSERT INTO agreement_version (id, agreement, edit, organisation,"
	    " title, text, change, why_one_kind, circle_name, sectors,"
	    " max_label, sharing, notice_days, signing_order, saved_at)"
	    " VALUES (1, 1, 1, $1, 't', 't', '', '', 'c', 0, 2, 'never', 0,"
	    " 'free', 1)",
	    DB_ARGS(db_i(grid->id))));
	fixture_ok(fixture_exec(&f,
	    "INSERT INTO agreement_version_party VALUES (1, 1, $1, 'Grid')",
	    DB_ARGS(db_i(grid->id))));
	fixture_run(
	    &f, "UPDATE agreement_version SET number = 1, digest = x'00'");
	fixture_ok(fixture_exec(&f,
	    "INSERT INTO agreement_signature (version, organisation, person,"
	    " way, digest, signed_at) VALUES (1, $1, $2, 'portal', x'00', 1)",
	    DB_ARGS(db_i(grid->id), db_i(anna->id))));
	fixture_err(fixture_exec(&f, forbidden[_i], DB_NONE), ERR_INTERNAL);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("agreement schema", UNIT(charters_stay), UNIT(nothing_is_orphaned),
    UNIT_ROWS(immutable, forbidden))
