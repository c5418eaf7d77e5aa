/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ententectl document: entries of the library from this machine's files, what
 * there is, and withdrawing.
 */
#include "prog/ctl.h"

#include <string.h>

#include "base/text.h"
#include "domain/circle.h"
#include "domain/sector.h"
#include "prog/ctl_intake.h"

/* ---- adding ------------------------------------------------------------ */

enum {
	ADD_AS,
	ADD_TITLE,
	ADD_SUMMARY,
	ADD_KIND,
	ADD_LANGUAGE,
	ADD_SECTORS,
	ADD_MEASURES,
	ADD_LABEL,
	ADD_CIRCLES,
	ADD_REVIEW_BY,
	ADD__MAX
};

/* "a,c" as bits; each letter of NIS2 article 21(2) once. */
static enum ctl_exit
read_measures(struct ctl *ctl, const char *list, int64_t *measures)
{
	const char **words = ctl_words(ctl, list);
	int i;

	*measures = 0;
	for (; *words != NULL; words++) {
		if ((i = text_index(measure_words, *words)) < 0)
			return ctl_usage(ctl,
			    "%s is not a letter of NIS2 article 21(2), a to j.",
			    *words);
		*measures |= (int64_t)1 << i;
	}
	return CTL_DONE;
}

/* A day is good until its end. */
static enum ctl_exit
read_review_by(struct ctl *ctl, const char *text, int64_t *at)
{
	enum ctl_exit rc;

	*at = 0;
	if (text == NULL)
		return CTL_DONE;
	if ((rc = ctl_read_day(ctl, text, at)) != CTL_DONE)
		return rc;
	*at += CLOCK_DAY - 1;
	if (*at < ctl->ctx.now_at)
		return ctl_usage(ctl, "%s has passed.", text);
	if (*at > CLOCK_LAST)
		return ctl_usage(ctl, "%s is too far away.", text);
	return CTL_DONE;
}

static enum ctl_exit
read_words(
    struct ctl *ctl, const struct ctl_option *o, struct document_draft *d)
{
	int kind = text_index(document_kinds, o[ADD_KIND].value);

	if (kind < 0)
		return ctl_usage(ctl,
		    "%s is not guide, checklist, procedure, lesson, exercise"
		    " or policy.",
		    o[ADD_KIND].value);
	if (text_index(document_languages, o[ADD_LANGUAGE].value) < 0)
		return ctl_usage(ctl,
		    "%s is not a language that the library knows, such as en"
		    " or fr.",
		    o[ADD_LANGUAGE].value);
	d->kind = (enum document_kind)kind;
	d->language = o[ADD_LANGUAGE].value;
	d->title = o[ADD_TITLE].value;
	d->summary = o[ADD_SUMMARY].value;
	return CTL_DONE;
}

/* The circles of its sectors that may be addressed; or the community's. */
static enum ctl_exit
default_circles(struct ctl *ctl, int64_t sectors, const char *const **refs)
{
	const char **found =
	    arena_array(ctl->ctx.arena, SECTOR_COUNT + 2, sizeof(*found));
	struct circle *circles;
	size_t count, n = 0;
	enum err rc;

	rc = circle_addressable(&ctl->ctx, &circles, &count);
	if (rc != ERR_OK)
		return ctl_fail(ctl, rc, "circles: %s", ctl_reason(rc));
	for (int i = 0; i < SECTOR_COUNT; i++)
		if ((sectors >> i & 1) != 0 &&
		    circle_find(circles, count, sector_words[i]) != NULL)
			found[n++] = sector_words[i];
	if (n == 0)
		found[n++] = "community";
	*refs = found;
	return CTL_DONE;
}

static enum ctl_exit
read_draft(
    struct ctl *ctl, const struct ctl_option *o, struct document_draft *d)
{
	static const char *const nobody[] = { NULL };
	enum ctl_exit rc;

	d->named = nobody;
	d->label = TLP_AMBER;
	if ((rc = read_words(ctl, o, d)) != CTL_DONE ||
	    (rc = ctl_read_sectors(ctl, o[ADD_SECTORS].value, &d->sectors)) !=
		CTL_DONE ||
	    (rc = read_measures(ctl, o[ADD_MEASURES].value, &d->measures)) !=
		CTL_DONE ||
	    (rc = read_review_by(
		 ctl, o[ADD_REVIEW_BY].value, &d->review_by_at)) != CTL_DONE)
		return rc;
	if (o[ADD_LABEL].value != NULL &&
	    (rc = ctl_read_label(ctl, o[ADD_LABEL].value, &d->label)) !=
		CTL_DONE)
		return rc;
	if (o[ADD_CIRCLES].value == NULL)
		return default_circles(ctl, d->sectors, &d->circles);
	return ctl_read_circles(ctl, o[ADD_CIRCLES].value, &d->circles);
}

/* Rows end with NULL; what no row has is told as it is. */
static const char *
told(const char *const rows[][2], const char *word)
{
	for (size_t i = 0; rows[i][0] != NULL; i++)
		if (strcmp(rows[i][0], word) == 0)
			return rows[i][1];
	return word;
}

static enum ctl_exit
say_fault(struct ctl *ctl, const struct fault *fault)
{
	static const char *const options[][2] = {
		{ "title", "--title" },
		{ "summary", "--summary" },
		{ "circles", "--circles" },
		{ "review_by", "--review-by" },
		{ NULL, NULL },
	};
	static const char *const errors[][2] = {
		{ "Required", "it is empty." },
		{ "TooLong", "it is too long." },
		{ "NotText",
		    "it is not UTF-8 text, or holds characters that"
		    " no text has." },
		{ "Circles",
		    "no circle is named, or one that may not be"
		    " addressed." },
		{ NULL, NULL },
	};

	return ctl_fail(ctl, ERR_INVALID, "%s: %s", told(options, fault->field),
	    told(errors, fault->error));
}

/* Published or nothing: there is nobody who would find the draft. */
static enum err
put(struct ctl *ctl, const struct document_draft *draft,
    const struct document_file *file, char **ref, struct fault *fault)
{
	struct ctx *ctx = &ctl->ctx;
	struct document *d;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = document_create(ctx, draft, file, ref, fault);
	if (rc == ERR_OK)
		rc = document_load_draft(ctx, *ref, &d);
	if (rc == ERR_OK)
		rc = document_publish(ctx, *ref, d->edit, fault);
	return db_end(ctx->db, rc);
}

static enum ctl_exit
add(struct ctl *ctl, const char *path, const struct document_draft *draft,
    const struct document_file *file)
{
	struct fault fault = { .field = NULL };
	char *ref;
	enum err rc;

	rc = put(ctl, draft, file, &ref, &fault);
	if (rc == ERR_INVALID && fault.field != NULL)
		return say_fault(ctl, &fault);
	if (rc != ERR_OK)
		return ctl_fail(ctl, rc, "%s: %s", path, ctl_reason(rc));
	ctl_say(ctl, "%s", ref);
	return ctl_done(ctl,
	    json_pack("{s:s, s:s, s:s}", "ref", ref, "sha256",
		file->bytes->sha256, "format", format_words[file->format]));
}

static enum ctl_exit
say_refusal(
    struct ctl *ctl, const char *path, enum err rc, const struct ctl_intake *in)
{
	if (in->refusal != NULL)
		return ctl_fail(ctl, rc, "%s: %s", path, in->refusal);
	if (rc == ERR_TOO_LARGE)
		return ctl_fail(ctl, rc, "%s is larger than %d MiB.", path,
		    ctl->conf->document_max_mib);
	if (rc == ERR_STATE)
		return ctl_fail(ctl, rc, "%s is not a file.", path);
	if (rc == ERR_FORBIDDEN)
		return ctl_fail(ctl, rc, "%s may not be read.", path);
	return ctl_fail(ctl, rc, "%s: %s", path, ctl_reason(rc));
}

static enum ctl_exit
take(struct ctl *ctl, const char *path, const struct document_draft *draft)
{
	struct ctl_intake in;
	enum ctl_exit status;
	enum err rc;

	if ((rc = ctl_intake(ctl, path, &in)) == ERR_OK)
		status = add(ctl, path, draft, &in.file);
	else
		status = say_refusal(ctl, path, rc, &in);
	ctl_intake_end(&in);
	return status;
}

enum ctl_exit
ctl_document_add(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option o[ADD__MAX + 1] = {
		[ADD_AS] = { .name = "--as", .is_needed = true },
		[ADD_TITLE] = { .name = "--title", .is_needed = true },
		[ADD_SUMMARY] = { .name = "--summary", .is_needed = true },
		[ADD_KIND] = { .name = "--kind", .is_needed = true },
		[ADD_LANGUAGE] = { .name = "--language", .is_needed = true },
		[ADD_SECTORS] = { .name = "--sectors" },
		[ADD_MEASURES] = { .name = "--measures" },
		[ADD_LABEL] = { .name = "--label" },
		[ADD_CIRCLES] = { .name = "--circles" },
		[ADD_REVIEW_BY] = { .name = "--review-by" },
	};
	struct document_draft draft = { .title = NULL };
	enum ctl_exit rc;
	int n;

	if ((rc = ctl_arguments(ctl, argc, argv, o, 1, 1, &n)) != CTL_DONE ||
	    (rc = ctl_act_for(ctl, o[ADD_AS].value)) != CTL_DONE ||
	    (rc = read_draft(ctl, o, &draft)) != CTL_DONE)
		return rc;
	return take(ctl, argv[0], &draft);
}

/* ---- listing ------------------------------------------------------------ */

enum { SQL_LIST, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	/* What it says is protected, and not the console's to show. */
	[SQL_LIST] = "SELECT a.ref, a.state, o.ref, v.number, v.label, v.kind,"
		     " v.language, v.format, b.bytes, b.sha256"
		     " FROM document a"
		     " JOIN organisation o ON o.id = a.organisation"
		     " JOIN document_version v ON v.document = a.id"
		     " AND v.number ="
		     " CASE a.version WHEN 0 THEN a.draft ELSE a.version END"
		     " LEFT JOIN blob b ON b.id = v.blob ORDER BY a.position",
};

static json_t *
list_row(struct ctl *ctl, struct db_rows *rows)
{
	struct arena *a = ctl->ctx.arena;
	const char *ref = db_col_text(rows, 0, a);
	const char *state = db_col_text(rows, 1, a);
	const char *organisation = db_col_text(rows, 2, a);
	const int64_t version = db_col_int(rows, 3);
	const char *label = tlp_names[db_col_int(rows, 4)];
	const char *kind = db_col_text(rows, 5, a);
	const char *language = db_col_text(rows, 6, a);
	const char *format = db_col_text(rows, 7, a);
	const int64_t bytes = db_col_int(rows, 8);

	ctl_say(ctl, "%s %-9s v%lld %-16s %-9s %s %-8s %9lld  %s", ref, state,
	    (long long)version, label, kind, language, format, (long long)bytes,
	    organisation);
	return json_pack("{s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:s, s:I, s:s?}",
	    "ref", ref, "state", state, "organisation", organisation, "version",
	    (json_int_t)version, "label", label, "kind", kind, "language",
	    language, "format", format, "bytes", (json_int_t)bytes, "sha256",
	    db_col_text(rows, 9, a));
}

enum ctl_exit
ctl_document_list(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option none[] = { { .name = NULL } };
	struct db_rows *rows;
	enum ctl_exit status;
	json_t *list;
	enum err rc;
	int n;

	status = ctl_arguments(ctl, argc, argv, none, 0, 0, &n);
	if (status != CTL_DONE)
		return status;
	list = json_array();
	rows = db_query(ctl->ctx.db, sql[SQL_LIST], DB_NONE);
	while (db_next(rows))
		json_array_append_new(list, list_row(ctl, rows));
	if ((rc = db_done(rows)) != ERR_OK) {
		json_decref(list);
		return ctl_fail(ctl, rc, "%s", ctl_reason(rc));
	}
	return ctl_done(ctl, json_pack("{s:o}", "documents", list));
}

/* ---- withdrawing --------------------------------------------------------- */

enum { WITHDRAW_AS, WITHDRAW_WHY, WITHDRAW__MAX };

enum ctl_exit
ctl_document_withdraw(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option o[WITHDRAW__MAX + 1] = {
		[WITHDRAW_AS] = { .name = "--as", .is_needed = true },
		[WITHDRAW_WHY] = { .name = "--why", .is_needed = true },
	};
	enum ctl_exit status;
	enum err rc;
	int n;

	status = ctl_arguments(ctl, argc, argv, o, 1, 1, &n);
	if (status == CTL_DONE)
		status = ctl_act_for(ctl, o[WITHDRAW_AS].value);
	if (status != CTL_DONE)
		return status;
	rc = document_withdraw(&ctl->ctx, argv[0], o[WITHDRAW_WHY].value);
	if (rc == ERR_NOT_FOUND)
		return ctl_fail(ctl, rc, "%s has no document %s.",
		    ctl->ctx.actor.organisation_name, argv[0]);
	if (rc != ERR_OK)
		return ctl_fail(ctl, rc, "%s: %s", argv[0], ctl_reason(rc));
	ctl_say(ctl, "%s is withdrawn.", argv[0]);
	return ctl_done(ctl, json_pack("{s:s}", "ref", argv[0]));
}
