/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "scan/office_active.h"
#include "scan/office_parts.h"

enum {
	MIMETYPE_BYTES = 100,
	TYPES_BYTES = 1024 * 1024,
	MANIFEST_BYTES = 4 * 1024 * 1024,
	TABLE_BYTES = 32 * 1024 * 1024 /* of a document inside */
};

/* What tells the kind; read whole, then parsed. */
enum index { INDEX_MIMETYPE, INDEX_TYPES, INDEX_MANIFEST, INDEX__MAX };

static const struct {
	const char *name;
	size_t max;
} indexes[INDEX__MAX] = {
	[INDEX_MIMETYPE] = { "mimetype", MIMETYPE_BYTES },
	[INDEX_TYPES] = { "[Content_Types].xml", TYPES_BYTES },
	[INDEX_MANIFEST] = { "META-INF/manifest.xml", MANIFEST_BYTES },
};

struct office {
	const struct office_input *input;
	struct extract *text;
	struct verdict *verdict;
	struct buf index[INDEX__MAX];
	bool has_index[INDEX__MAX];
	int current;		   /* of the indexes, or -1 */
	char macro[VERDICT_WHERE]; /* an entry that holds programs, or "" */
	struct office_active active;
	enum format table_format; /* of the document inside being read */
	struct buf table;
	struct office_parts parts;
	struct markup *markup; /* of the part being read */
	struct office_place place;
	char part[VERDICT_WHERE];
};

bool
office_is_encrypted(const uint8_t *s, size_t len)
{
	static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
	static const char package[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0"
				      "k\0a\0g\0e";

	return len >= sizeof(ole) - 1 && memcmp(s, ole, sizeof(ole) - 1) == 0 &&
	    memmem(s, len, package, sizeof(package) - 1) != NULL;
}

/* ---- first: everything once, and what tells the kind kept ------------- */

static bool
holds_macro(const char *name)
{
	const char *base = strrchr(name, '/');

	base = base != NULL ? base + 1 : name;
	return strcasecmp(base, "vbaProject.bin") == 0 ||
	    office_active_below(name, "Basic") ||
	    office_active_below(name, "Scripts");
}

static bool
open_index(struct office *o, const char *name)
{
	o->current = -1;
	for (int i = 0; i < INDEX__MAX; i++) {
		if (strcasecmp(name, indexes[i].name) != 0)
			continue;
		if (o->has_index[i])
			return verdict_refuse(o->verdict, VERDICT_FORBIDDEN,
			    VERDICT_DUPLICATE, name);
		o->has_index[i] = true;
		o->current = i;
	}
	return true;
}

static bool
open_any(void *to, const char *name, bool *is_wanted)
{
	struct office *o = to;

	if (o->macro[0] == '\0' && holds_macro(name))
		snprintf(o->macro, sizeof(o->macro), "%s", name);
	if (!open_index(o, name))
		return false;
	*is_wanted = o->current != -1;
	/* Of an archive, somebody else reads the files. */
	if (o->input->wanted == FORMAT_ZIP)
		return true;
	*is_wanted = true;
	o->table_format = office_active_table(name);
	return office_active_open(&o->active, name);
}

static bool
keep(struct buf *b, const uint8_t *s, size_t len)
{
	buf_add(b, s, len);
	return !b->overflow;
}

static bool
keep_any(void *to, const uint8_t *s, size_t len)
{
	struct office *o = to;
	bool fits = true;

	if (o->current != -1)
		fits = keep(&o->index[o->current], s, len);
	else if (o->table_format != FORMAT_NONE)
		fits = keep(&o->table, s, len);
	if (!fits)
		return verdict_refuse(o->verdict, VERDICT_TOO_LARGE,
		    VERDICT_BYTES,
		    o->current != -1 ? indexes[o->current].name
				     : o->active.name);
	return o->input->wanted == FORMAT_ZIP ||
	    office_active_data(&o->active, s, len);
}

static bool judge_table(struct office *, const char *name);

static bool
close_any(void *to, const char *name)
{
	struct office *o = to;
	bool is_right;

	if (o->input->wanted == FORMAT_ZIP)
		return true;
	is_right = office_active_close(&o->active);
	if (is_right && o->table_format != FORMAT_NONE)
		is_right = judge_table(o, name);
	buf_rest(&o->table, 0);
	return is_right;
}

static bool
read_all(struct office *o)
{
	const struct unpack_visitor visitor = {
		.to = o,
		.open = open_any,
		.data = keep_any,
		.close = close_any,
		.reads_all = o->input->wanted != FORMAT_ZIP,
	};

	return unpack_all(o->input->data, o->input->len, o->input->budget,
	    &visitor, o->verdict);
}

/* ---- then: which kind -------------------------------------------------- */

static bool
parse_index(struct office *o, enum index i,
    enum markup_act (*ask)(void *, const char *, const char **))
{
	const struct markup_options options = {
		.ask = ask,
		.to = &o->parts,
		.text = o->text,
		.verdict = o->verdict,
		.where = indexes[i].name,
	};
	struct markup *m = markup_new(&options);
	bool is_right = m != NULL &&
	    markup_feed(
		m, (const uint8_t *)o->index[i].data, o->index[i].len) &&
	    markup_end(m);

	markup_free(m);
	return is_right ||
	    verdict_refuse(o->verdict, VERDICT_LIMIT, VERDICT_WHAT_NONE, NULL);
}

static bool
judge_kind(struct office *o, enum format *is)
{
	*is = FORMAT_ZIP;
	if (o->has_index[INDEX_TYPES] && o->index[INDEX_TYPES].len > 0) {
		if (!parse_index(o, INDEX_TYPES, office_parts_types))
			return false;
		*is = o->parts.format;
	} else if (o->has_index[INDEX_MIMETYPE] &&
	    o->index[INDEX_MIMETYPE].len > 0) {
		office_parts_odf(&o->parts, o->index[INDEX_MIMETYPE].data);
		*is = o->parts.format;
	}
	if (*is == FORMAT_NONE && o->parts.media[0] != '\0')
		verdict_found(o->verdict, o->parts.media);
	else
		verdict_found(o->verdict, format_media(*is));
	return true;
}

static bool
judge_content(struct office *o)
{
	if (o->has_index[INDEX_MANIFEST] && o->index[INDEX_MANIFEST].len > 0 &&
	    !parse_index(o, INDEX_MANIFEST, office_parts_manifest))
		return false;
	if (o->parts.is_encrypted)
		return verdict_refuse(
		    o->verdict, VERDICT_ENCRYPTED, VERDICT_WHAT_NONE, NULL);
	if (o->macro[0] != '\0' || o->parts.has_macros)
		return verdict_refuse(
		    o->verdict, VERDICT_FORBIDDEN, VERDICT_MACRO, o->macro);
	if (o->active.found[0] == '\0')
		snprintf(o->active.found, sizeof(o->active.found), "%s",
		    o->parts.object);
	return o->active.found[0] == '\0' ||
	    verdict_refuse(
		o->verdict, VERDICT_FORBIDDEN, VERDICT_ACTIVE, o->active.found);
}

/* ---- last: the text ---------------------------------------------------- */

static bool
start_part(struct office *o, const struct office_part *part)
{
	const struct markup_options options = {
		.ask = office_parts_ask,
		.to = &o->place,
		.text = o->text,
		.verdict = o->verdict,
		.where = o->part,
	};

	snprintf(o->part, sizeof(o->part), "%s", part->name);
	o->place = (struct office_place){ .dialect = part->dialect };
	extract_line(o->text);
	o->markup = markup_new(&options);
	return o->markup != NULL ||
	    verdict_refuse(
		o->verdict, VERDICT_LIMIT, VERDICT_WHAT_NONE, o->part);
}

static bool
open_part(void *to, const char *name, bool *is_wanted)
{
	struct office *o = to;
	struct office_part *part = office_parts_find(&o->parts, name);

	if (part == NULL)
		return true;
	if (part->is_seen)
		return verdict_refuse(
		    o->verdict, VERDICT_FORBIDDEN, VERDICT_DUPLICATE, name);
	part->is_seen = true;
	*is_wanted = part->dialect != 0;
	return !*is_wanted || start_part(o, part);
}

static bool
feed_part(void *to, const uint8_t *s, size_t len)
{
	struct office *o = to;

	return markup_feed(o->markup, s, len);
}

static bool
close_part(void *to, const char *name)
{
	struct office *o = to;
	bool is_right = markup_end(o->markup);

	(void)name;
	markup_free(o->markup);
	o->markup = NULL;
	return is_right;
}

static bool
read_text(struct office *o)
{
	/* The same bytes once more: they have passed the other one. */
	struct unpack_budget budget = UNPACK_BUDGET;
	const struct unpack_visitor visitor = {
		.to = o,
		.open = open_part,
		.data = feed_part,
		.close = close_part,
	};

	unpack_all(
	    o->input->data, o->input->len, &budget, &visitor, o->verdict);
	/* Where there was text enough, the rest was not looked at. */
	if (!o->text->is_full && !office_parts_complete(&o->parts))
		verdict_refuse(
		    o->verdict, VERDICT_BROKEN, VERDICT_WHAT_NONE, NULL);
	return o->verdict->fault == VERDICT_GOOD;
}

/* ------------------------------------------------------------------------ */

/* A fault inside is told with both names; nothing else of it counts. */
static bool
judge_table(struct office *o, const char *name)
{
	struct unpack_budget *budget = o->input->budget;
	const struct office_input input = {
		.data = (const uint8_t *)o->table.data,
		.len = o->table.len,
		.wanted = o->table_format,
		.budget = budget,
	};
	struct verdict v = { .fault = VERDICT_GOOD };
	struct extract text;
	enum format is;
	bool is_right;

	/* What begins like an object is told as one. */
	if (!unpack_is_zip(input.data, input.len))
		return o->active.found[0] != '\0' ||
		    verdict_refuse(
			o->verdict, VERDICT_BROKEN, VERDICT_WHAT_NONE, name);
	if (budget->depth == 0)
		return verdict_refuse(
		    o->verdict, VERDICT_FORBIDDEN, VERDICT_ARCHIVE, name);
	extract_init(&text);
	budget->depth--;
	is_right = office_read(&input, &text, &v, &is);
	budget->depth++;
	extract_free(&text);
	if (is_right && is == input.wanted)
		return true;
	if (is_right)
		verdict_refuse(&v, VERDICT_FORBIDDEN, VERDICT_ACTIVE, NULL);
	verdict_within(&v, name);
	return verdict_refuse(o->verdict, v.fault, v.what, v.where);
}

bool
office_read(const struct office_input *input, struct extract *text,
    struct verdict *v, enum format *is)
{
	struct office *o = calloc(1, sizeof(*o));
	bool is_right = false;

	*is = FORMAT_NONE;
	if (o == NULL)
		return verdict_refuse(
		    v, VERDICT_LIMIT, VERDICT_WHAT_NONE, NULL);
	o->input = input;
	o->text = text;
	o->verdict = v;
	o->active.text = text;
	o->active.verdict = v;
	buf_init(&o->table, TABLE_BYTES);
	for (int i = 0; i < INDEX__MAX; i++)
		buf_init(&o->index[i], indexes[i].max);
	if (!read_all(o) || !judge_kind(o, is))
		goto out;
	if (*is == FORMAT_ZIP || *is == FORMAT_NONE || *is != input->wanted) {
		is_right = true;
		goto out;
	}
	is_right = judge_content(o) && read_text(o);
out:
	for (int i = 0; i < INDEX__MAX; i++)
		buf_free(&o->index[i]);
	buf_free(&o->table);
	office_active_free(&o->active);
	markup_free(o->markup);
	office_parts_free(&o->parts);
	free(o);
	return is_right;
}
