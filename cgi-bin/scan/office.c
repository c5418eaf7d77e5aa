/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "scan/office_parts.h"

enum {
	MIMETYPE_BYTES = 100,
	TYPES_BYTES = 1024 * 1024,
	MANIFEST_BYTES = 4 * 1024 * 1024
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
	int current;
	char macro[VERDICT_WHERE]; /* an entry that holds programs, or "" */
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
	    text_starts(name, "Basic/") || text_starts(name, "Scripts/");
}

static bool
open_any(void *to, const char *name, bool *is_wanted)
{
	struct office *o = to;

	if (o->macro[0] == '\0' && holds_macro(name))
		snprintf(o->macro, sizeof(o->macro), "%s", name);
	for (int i = 0; i < INDEX__MAX; i++) {
		if (strcmp(name, indexes[i].name) != 0)
			continue;
		if (o->has_index[i])
			return verdict_refuse(o->verdict, VERDICT_FORBIDDEN,
			    VERDICT_DUPLICATE, name);
		o->has_index[i] = *is_wanted = true;
		o->current = i;
	}
	return true;
}

static bool
keep(void *to, const uint8_t *s, size_t len)
{
	struct office *o = to;

	buf_add(&o->index[o->current], s, len);
	return !o->index[o->current].overflow ||
	    verdict_refuse(o->verdict, VERDICT_TOO_LARGE, VERDICT_BYTES,
		indexes[o->current].name);
}

static bool
kept(void *to, const char *name)
{
	(void)to;
	(void)name;
	return true;
}

static bool
read_all(struct office *o)
{
	const struct unpack_visitor visitor = {
		.to = o,
		.open = open_any,
		.data = keep,
		.close = kept,
		/* Of an archive, somebody else reads the files. */
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
	return true;
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
	markup_free(o->markup);
	office_parts_free(&o->parts);
	free(o);
	return is_right;
}
