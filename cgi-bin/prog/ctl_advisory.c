/* SPDX-License-Identifier: Apache-2.0 */
#include "prog/ctl.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "domain/circle.h"
#include "domain/csaf.h"
#include "domain/organisation.h"

enum { BAR = 30, DRAW_EVERY = 100000 /* µs */ };

/* A file to take in. */
struct file {
	char *path;
	int64_t released_at; /* 0: it does not say, or cannot be read */
	size_t order;	     /* among the names, in case of equal times */
};

struct import {
	struct ctl *ctl;
	struct csaf_options options;
	struct file *files;
	size_t count, cap;
	size_t done; /* files looked at */
	int64_t results[ADVISORY_IMPORT__MAX];
	json_t *refused;  /* list of {path, line, column, place, reason} */
	json_t *absent;	  /* names of sectors that NIS2 has not: how often */
	json_t *unknown;  /* names that are in no table: how often */
	enum err stopped; /* why the rest was not tried, or ERR_OK */
	bool has_bar;
	int64_t started_at, drawn_at; /* clock_steady() */
	struct buf bytes;
};

/* ---- progress --------------------------------------------------------- */

static void
bar_clear(struct import *im)
{
	if (im->has_bar)
		fputs("\r\033[K", stderr);
	im->drawn_at = 0;
}

static void
bar_draw(struct import *im)
{
	static const char full[] = "##############################";
	int64_t now_at = clock_steady();
	int filled = (int)((size_t)BAR * im->done / im->count);

	if (!im->has_bar || now_at - im->drawn_at < DRAW_EVERY)
		return;
	im->drawn_at = now_at;
	fprintf(stderr, "\r\033[K[%.*s%*s] %zu of %zu", filled, full,
	    BAR - filled, "", im->done, im->count);
	fflush(stderr);
}

/* ---- what was refused ------------------------------------------------- */

/* A name of a file is any bytes; a line on a terminal is text. */
static const char *
shown(struct import *im, const char *path)
{
	char *text = arena_copy(im->ctl->ctx.arena, path);

	if (text_ok(text, strlen(text), TEXT_LINE))
		return text;
	for (char *p = text; *p != '\0'; p++)
		if (*p < ' ' || *p > '~')
			*p = '?';
	return text;
}

static void
refuse(struct import *im, const char *path, const struct csaf_fault *fault,
    const char *why)
{
	const char *name = shown(im, path);

	json_array_append_new(im->refused,
	    json_pack("{s:s, s:i, s:i, s:s, s:s}", "path", name, "line",
		fault->line, "column", fault->column, "place",
		fault->place != NULL ? fault->place : "", "reason", why));
	bar_clear(im);
	if (im->ctl->is_json)
		return;
	if (fault->line > 0)
		fprintf(stderr, "%s:%d:%d: %s\n", name, fault->line,
		    fault->column, why);
	else
		fprintf(stderr, "%s: %s\n", name, why);
}

static void
refuse_path(struct import *im, const char *path, const char *why)
{
	static const struct csaf_fault nowhere = { .reason = CSAF_OK };

	refuse(im, path, &nowhere, why);
}

/* ---- which files ------------------------------------------------------ */

/*
 * The order of release, so that a reference's number follows it and version
 * 2 comes after version 1.  Only an order: what the document says is read
 * and checked at its turn.
 */
static int64_t
release(const struct buf *b)
{
	static const char key[] = "\"current_release_date\"";
	const char *p =
	    b->len == 0 ? NULL : memmem(b->data, b->len, key, sizeof(key) - 1);
	char when[CLOCK_TEXT];
	int64_t at = 0;
	size_t len;

	if (p == NULL)
		return 0;
	p += sizeof(key) - 1;
	p += strspn(p, " \t\r\n:\"");
	len = strcspn(p, "\"");
	if (len >= sizeof(when))
		return 0;
	memcpy(when, p, len);
	when[len] = '\0';
	return clock_parse(when, &at) ? at : 0;
}

static enum err
read_bytes(struct import *im, const char *path)
{
	buf_reset(&im->bytes);
	return file_read(path, &im->bytes);
}

static void
add_file(struct import *im, const char *path)
{
	struct arena *a = im->ctl->ctx.arena;
	struct file *more;

	if (im->count == im->cap) {
		im->cap = im->cap > 0 ? 2 * im->cap : 256;
		more = arena_array(a, im->cap, sizeof(*more));
		if (im->count > 0)
			memcpy(more, im->files, im->count * sizeof(*more));
		im->files = more;
	}
	im->files[im->count].path = arena_copy(a, path);
	if (read_bytes(im, path) == ERR_OK)
		im->files[im->count].released_at = release(&im->bytes);
	im->files[im->count].order = im->count;
	im->count++;
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool
is_json_name(const char *name)
{
	size_t len = strlen(name);

	return len > 5 && strcmp(name + len - 5, ".json") == 0;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/*
 * Of a folder the files that end in .json; a file that is named itself
 * whatever its name.  A folder from elsewhere does not lead out of itself:
 * what it links to would be published with the rest.
 */
static void
visit(struct import *im, const FTSENT *e)
{
	switch (e->fts_info) {
	case FTS_F:
		if (e->fts_level == FTS_ROOTLEVEL || is_json_name(e->fts_name))
			add_file(im, e->fts_path);
		break;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		refuse_path(im, e->fts_path, strerror(e->fts_errno));
		break;
	case FTS_DC:
		refuse_path(im, e->fts_path, "the folder contains itself");
		break;
	case FTS_SL:
		if (is_json_name(e->fts_name) || is_folder(e->fts_accpath))
			refuse_path(im, e->fts_path,
			    "it is a symbolic link; name where it leads");
		break;
	case FTS_DEFAULT:
	case FTS_SLNONE:
		if (e->fts_level == FTS_ROOTLEVEL || is_json_name(e->fts_name))
			refuse_path(im, e->fts_path, "it is not a file");
		break;
	default: /* FTS_D, FTS_DP: a folder on the way in and out */
		break;
	}
}

static int
by_release(const void *a, const void *b)
{
	const struct file *x = a, *y = b;

	if (x->released_at != y->released_at)
		return x->released_at < y->released_at ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static enum err
find_files(struct import *im, char **paths)
{
	FTS *walk = fts_open(
	    paths, FTS_COMFOLLOW | FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	const FTSENT *e;

	if (walk == NULL)
		return errno == ENOMEM ? ERR_MEMORY : ERR_INTERNAL;
	while ((e = fts_read(walk)) != NULL)
		visit(im, e);
	fts_close(walk);
	if (im->count > 0)
		qsort(im->files, im->count, sizeof(*im->files), by_release);
	return ERR_OK;
}

/* ---- taking in -------------------------------------------------------- */

static void
count(json_t *counts, const char *name)
{
	json_int_t n = json_integer_value(json_object_get(counts, name));

	json_object_set_new(counts, name, json_integer(n + 1));
}

static void
count_sectors(struct import *im, const struct csaf_sectors *s)
{
	for (size_t i = 0; i < s->left_count; i++)
		count(s->left[i].is_known ? im->absent : im->unknown,
		    s->left[i].name);
}

/* What will be no better with the next file. */
static bool
is_hopeless(enum err rc)
{
	return rc == ERR_FULL || rc == ERR_BUSY || rc == ERR_CORRUPT ||
	    rc == ERR_MEMORY;
}

static void
take(struct import *im, const char *path)
{
	struct ctl *ctl = im->ctl;
	struct csaf_result result = { .ref = NULL };
	enum err rc;

	rc = read_bytes(im, path);
	if (rc != ERR_OK) {
		refuse_path(im, path,
		    rc == ERR_TOO_LARGE ? "the file is larger than 8 MiB."
					: ctl_reason(rc));
		return;
	}
	ctl->ctx.now_at = clock_now();
	rc = csaf_import(
	    &ctl->ctx, im->bytes.data, im->bytes.len, &im->options, &result);
	count_sectors(im, &result.sectors);
	if (rc == ERR_OK)
		im->results[result.result]++;
	else if (result.fault.reason != CSAF_OK)
		refuse(im, path, &result.fault,
		    csaf_fault_text(ctl->ctx.arena, &result.fault));
	else
		refuse_path(im, path, ctl_reason(rc));
	if (is_hopeless(rc))
		im->stopped = rc;
}

static void
take_all(struct import *im)
{
	im->started_at = clock_steady();
	for (; im->done < im->count && im->stopped == ERR_OK; im->done++) {
		bar_draw(im);
		take(im, im->files[im->done].path);
	}
	bar_clear(im);
}

/* ---- what it says at the end ------------------------------------------ */

/* "Commercial Facilities (84), Dams (10)" */
static void
say_names(struct import *im, const char *what, json_t *counts)
{
	json_t *n;
	const char *name;
	struct buf b;

	if (json_object_size(counts) == 0)
		return;
	buf_init(&b, 64 * 1024);
	json_object_foreach(counts, name, n) buf_addf(&b, "%s%s (%lld)",
	    b.len > 0 ? ", " : "", name, (long long)json_integer_value(n));
	ctl_say(im->ctl, "%s: %s.", what, b.len > 0 ? b.data : "");
	buf_free(&b);
}

static enum ctl_exit
finish(struct import *im)
{
	double s = (double)(clock_steady() - im->started_at) / (double)CLOCK_S;
	size_t refused = json_array_size(im->refused);
	const int64_t *n = im->results;

	ctl_say(im->ctl,
	    "%lld imported, %lld revised, %lld skipped, %zu refused"
	    " in %.1f seconds (%.0f a second).",
	    (long long)n[ADVISORY_IMPORT_CREATED],
	    (long long)n[ADVISORY_IMPORT_REVISED],
	    (long long)n[ADVISORY_IMPORT_SKIPPED], refused, s,
	    s > 0 ? (double)im->done / s : 0.0);
	say_names(im, "Sectors that NIS2 does not have", im->absent);
	say_names(im, "Sectors that are not known", im->unknown);
	if (im->stopped != ERR_OK)
		ctl_say(im->ctl, "Stopped before %zu more: %s",
		    im->count - im->done, ctl_reason(im->stopped));
	return ctl_found(im->ctl,
	    json_pack("{s:I, s:I, s:I, s:O, s:O, s:O, s:I, s:f}", "imported",
		(json_int_t)n[ADVISORY_IMPORT_CREATED], "revised",
		(json_int_t)n[ADVISORY_IMPORT_REVISED], "skipped",
		(json_int_t)n[ADVISORY_IMPORT_SKIPPED], "refused", im->refused,
		"sectors_absent", im->absent, "sectors_unknown", im->unknown,
		"not_tried", (json_int_t)(im->count - im->done), "seconds", s),
	    refused == 0 && im->stopped == ERR_OK);
}

/* ---- the command line ------------------------------------------------- */

static enum ctl_exit
read_label(struct import *im, const char *text)
{
	enum ctl_exit rc;
	enum tlp label;

	im->options.label = -1;
	if (text == NULL)
		return CTL_DONE;
	if ((rc = ctl_read_label(im->ctl, text, &label)) == CTL_DONE)
		im->options.label = (int)label;
	return rc;
}

static enum ctl_exit
run(struct import *im, char **paths)
{
	enum ctl_exit status;
	enum err rc;

	buf_init(&im->bytes, CSAF_BYTES_MAX);
	im->refused = json_array();
	im->absent = json_object();
	im->unknown = json_object();
	im->has_bar = !im->ctl->is_json && isatty(STDERR_FILENO) == 1;
	rc = find_files(im, paths);
	if (rc != ERR_OK) {
		status = ctl_fail(im->ctl, rc, "%s", ctl_reason(rc));
	} else {
		if (im->count == 0 && json_array_size(im->refused) == 0)
			refuse_path(im, paths[0], "no .json file is in there.");
		take_all(im);
		status = finish(im);
	}
	json_decref(im->refused);
	json_decref(im->absent);
	json_decref(im->unknown);
	buf_free(&im->bytes);
	return status;
}

enum { IMPORT_AS, IMPORT_CIRCLES, IMPORT_LABEL, IMPORT__MAX };

enum ctl_exit
ctl_advisory_import(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_option o[IMPORT__MAX + 1] = {
		[IMPORT_AS] = { .name = "--as", .is_needed = true },
		[IMPORT_CIRCLES] = { .name = "--circles" },
		[IMPORT_LABEL] = { .name = "--label" },
	};
	struct import im = { .ctl = ctl };
	enum ctl_exit rc;
	int n;

	rc = ctl_arguments(ctl, argc, argv, o, 1, argc, &n);
	if (rc != CTL_DONE)
		return rc;
	argv[n] = NULL; /* main()'s ends with NULL, so there is room */
	if ((rc = ctl_act_for(ctl, o[IMPORT_AS].value)) != CTL_DONE)
		return rc;
	/* Once for all documents, rather than once refused for each. */
	rc =
	    ctl_read_circles(ctl, o[IMPORT_CIRCLES].value, &im.options.circles);
	if (rc != CTL_DONE)
		return rc;
	if ((rc = read_label(&im, o[IMPORT_LABEL].value)) != CTL_DONE)
		return rc;
	return run(&im, argv);
}
