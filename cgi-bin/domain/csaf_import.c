/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "domain/blob.h"
#include "domain/circle.h"
#include "domain/csaf.h"
#include "domain/sector.h"

/*
 * A document's own memory, beside the request's: what a hostile one can make
 * of its 8 MiB stays away from the worker's limit, and goes when it is done.
 */
enum { ARENA_BYTES = 256 * 1024 * 1024 };

enum sql { SQL_HAVE, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_HAVE] = "SELECT a.ref, r.foreign_version FROM advisory a"
		     " JOIN advisory_revision r"
		     " ON r.advisory = a.id AND r.number = a.revision"
		     " WHERE a.organisation = $1 AND a.foreign_id = $2",
};

/*
 * Is it here already, as new or newer?  Asked before the bytes are kept, so
 * that what changes nothing writes nothing.
 */
static enum err
is_here(struct ctx *ctx, const struct advisory_imported *document,
    struct csaf_result *out, bool *is)
{
	struct db_rows *rows;
	const char *have;

	*is = false;
	rows = db_query(ctx->db, sql[SQL_HAVE],
	    DB_ARGS(db_i(ctx->actor.organisation), db_t(document->foreign_id)));
	if (db_next(rows)) {
		out->ref = db_col_text(rows, 0, ctx->arena);
		have = db_col_text(rows, 1, ctx->arena);
		*is = have != NULL && csaf_version_ok(have) &&
		    csaf_version_compare(document->foreign_version, have) <= 0;
	}
	if (*is)
		out->result = ADVISORY_IMPORT_SKIPPED;
	return db_done(rows);
}

/* ---- label and circles ------------------------------------------------ */

/*
 * The source's label binds: what it shares under one never gets a lower.
 * TLP:RED is for persons, whom neither document nor caller can name.
 */
static enum err
set_label(
    struct ctx *ctx, struct csaf *csaf, int asked, struct csaf_fault *fault)
{
	enum tlp *label = &csaf->document.draft.label;

	if (csaf->has_label && asked >= 0 && asked < (int)*label)
		fault->reason = CSAF_LABEL;
	else if (asked >= 0)
		*label = (enum tlp)asked;
	if (fault->reason == CSAF_OK && *label == TLP_RED)
		fault->reason = CSAF_RED;
	if (fault->reason == CSAF_OK)
		return ERR_OK;
	fault->place = "/document/distribution/tlp/label";
	if (fault->reason == CSAF_LABEL)
		fault->detail = arena_copy(ctx->arena, tlp_names[*label]);
	return ERR_INVALID;
}

/* The sectors' circles that the actor may address; their number. */
static enum err
sector_circles(struct ctx *ctx, int64_t bits, const char **refs, size_t *n)
{
	struct circle unused;
	enum err rc = ERR_OK;

	*n = 0;
	for (int i = 0; rc == ERR_OK && i < SECTOR_COUNT; i++) {
		if ((bits >> i & 1) == 0)
			continue;
		rc = circle_may_address(ctx, sector_words[i], &unused);
		if (rc == ERR_OK)
			refs[(*n)++] = sector_words[i];
		else if (rc == ERR_NOT_FOUND)
			rc = ERR_OK;
	}
	return rc;
}

/*
 * "Multiple sectors" are everybody's matter, whatever else is named.  What
 * is for few (from TLP:AMBER on) never goes to everybody because the few are
 * not here.
 */
static enum err
default_circles(struct ctx *ctx, struct csaf *csaf)
{
	struct advisory_draft *draft = &csaf->document.draft;
	int64_t bits = csaf->sectors.is_multiple ? 0 : csaf->sectors.bits;
	const char **refs =
	    arena_array(ctx->arena, SECTOR_COUNT + 1, sizeof(*refs));
	enum err rc;
	size_t n;

	draft->circles = refs;
	if ((rc = sector_circles(ctx, bits, refs, &n)) != ERR_OK || n > 0)
		return rc;
	if (bits != 0 && draft->label > TLP_GREEN)
		return ERR_AUDIENCE;
	refs[0] = "community";
	return ERR_OK;
}

/* ---- the import ------------------------------------------------------- */

static enum err
publish(struct ctx *ctx, struct csaf *csaf, struct csaf_result *out)
{
	struct fault wrong = { .field = NULL };
	enum err rc;

	rc = advisory_import(
	    ctx, &csaf->document, &out->ref, &out->result, &wrong);
	if (rc == ERR_INVALID) {
		out->fault.reason = CSAF_FIELD;
		out->fault.place = wrong.field;
		out->fault.detail = wrong.error;
	}
	return rc;
}

static enum err
import_parsed(struct ctx *ctx, const void *bytes, size_t len, struct csaf *csaf,
    struct csaf_result *out)
{
	bool is_skipped;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = is_here(ctx, &csaf->document, out, &is_skipped);
	if (rc != ERR_OK || is_skipped)
		goto out;
	rc = blob_keep(
	    ctx, bytes, len, "application/json", &csaf->document.source);
	if (rc != ERR_OK)
		goto out;
	rc = publish(ctx, csaf, out);
out:
	return db_end(ctx->db, rc);
}

static enum err
import(struct ctx *ctx, const void *bytes, size_t len,
    const struct csaf_options *options, struct csaf_result *out)
{
	struct csaf *csaf;
	enum err rc;

	rc = csaf_parse(ctx->arena, bytes, len, &csaf, &out->fault);
	if (rc != ERR_OK)
		return rc;
	out->foreign_id = csaf->document.foreign_id;
	out->foreign_version = csaf->document.foreign_version;
	out->sectors = csaf->sectors;
	rc = set_label(ctx, csaf, options->label, &out->fault);
	if (rc != ERR_OK)
		return rc;
	csaf->document.draft.circles = options->circles;
	if (options->circles == NULL)
		rc = default_circles(ctx, csaf);
	if (rc != ERR_OK)
		return rc;
	return import_parsed(ctx, bytes, len, csaf, out);
}

/* What outlives the document's own memory. */
static void
move_result(struct arena *to, struct csaf_result *r)
{
	struct csaf_sector_name *left = r->sectors.left;

	r->ref = arena_copy(to, r->ref);
	r->foreign_id = arena_copy(to, r->foreign_id);
	r->foreign_version = arena_copy(to, r->foreign_version);
	r->fault.place = arena_copy(to, r->fault.place);
	r->fault.detail = arena_copy(to, r->fault.detail);
	r->sectors.left =
	    arena_array(to, r->sectors.left_count + 1, sizeof(*left));
	for (size_t i = 0; i < r->sectors.left_count; i++) {
		r->sectors.left[i].name = arena_copy(to, left[i].name);
		r->sectors.left[i].is_known = left[i].is_known;
	}
}

enum err
csaf_import(struct ctx *ctx, const void *bytes, size_t len,
    const struct csaf_options *options, struct csaf_result *out)
{
	struct arena *own = ctx->arena;
	enum err rc;

	memset(out, 0, sizeof(*out));
	ctx->arena = arena_new(ARENA_BYTES);
	rc = import(ctx, bytes, len, options, out);
	move_result(own, out);
	arena_free(ctx->arena);
	ctx->arena = own;
	return rc;
}
