/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

enum { BLOCK = 64 * 1024, NAME_BYTES = 1024 };

struct reader {
	struct archive *archive;
	const struct unpack_visitor *visitor;
	struct unpack_budget *budget;
	struct verdict *verdict;
	uint64_t packed;   /* bytes of the whole archive */
	uint64_t unpacked; /* so far */
	uint8_t block[BLOCK];
};

bool
unpack_is_zip(const uint8_t *s, size_t len)
{
	return len >= 4 && memcmp(s, "PK\3\4", 4) == 0;
}

/* ---- names ------------------------------------------------------------ */

static bool
is_separator(char c)
{
	return c == '/' || c == '\\';
}

static bool
has_dots(const char *name)
{
	for (const char *p = name; (p = strstr(p, "..")) != NULL; p++)
		if ((p == name || is_separator(p[-1])) &&
		    (p[2] == '\0' || is_separator(p[2])))
			return true;
	return false;
}

static bool
is_absolute(const char *name)
{
	bool is_drive = ((name[0] | 0x20) >= 'a' && (name[0] | 0x20) <= 'z') &&
	    name[1] == ':';

	return is_separator(name[0]) || is_drive;
}

static bool
is_utf8(const char *s)
{
	size_t len = strlen(s);
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	for (size_t i = 0; i < len; i += (size_t)n)
		if ((n = utf8proc_iterate((const utf8proc_uint8_t *)s + i,
			 (utf8proc_ssize_t)(len - i), &c)) <= 0)
			return false;
	return true;
}

static bool
has_control(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return true;
	return false;
}

/* Old archives name files in a code page, where nothing is bidirectional. */
static bool
is_plain(const char *name)
{
	if (!is_utf8(name))
		return !has_control(name);
	return text_ok(name, strlen(name), TEXT_LINE);
}

static enum verdict_what
judge_name(const char *name)
{
	if (name == NULL || name[0] == '\0' || strlen(name) > NAME_BYTES ||
	    !is_plain(name))
		return VERDICT_NAME;
	if (is_absolute(name))
		return VERDICT_ABSOLUTE;
	return has_dots(name) ? VERDICT_PATH : VERDICT_WHAT_NONE;
}

/* ---- entries ---------------------------------------------------------- */

static enum verdict_what
judge_kind(struct archive_entry *e)
{
	if (archive_entry_symlink(e) != NULL ||
	    archive_entry_hardlink(e) != NULL ||
	    archive_entry_filetype(e) == AE_IFLNK)
		return VERDICT_LINK;
	if (archive_entry_filetype(e) != AE_IFREG &&
	    archive_entry_filetype(e) != AE_IFDIR)
		return VERDICT_DEVICE;
	return VERDICT_WHAT_NONE;
}

/* Before a byte of the entry is unpacked. */
static bool
entry_ok(struct reader *r, struct archive_entry *e, int status)
{
	const char *name = archive_entry_pathname(e);
	enum verdict_what what = judge_name(name);

	if (what == VERDICT_WHAT_NONE)
		what = judge_kind(e);
	if (what != VERDICT_WHAT_NONE)
		return verdict_refuse(
		    r->verdict, VERDICT_FORBIDDEN, what, name);
	if (archive_entry_is_encrypted(e))
		return verdict_refuse(
		    r->verdict, VERDICT_ENCRYPTED, VERDICT_WHAT_NONE, name);
	/* A warning: the folder of contents and the entry disagree. */
	if (status != ARCHIVE_OK)
		return verdict_refuse(
		    r->verdict, VERDICT_BROKEN, VERDICT_WHAT_NONE, name);
	if (r->budget->entries == 0)
		return verdict_refuse(
		    r->verdict, VERDICT_TOO_LARGE, VERDICT_ENTRIES, NULL);
	r->budget->entries--;
	return true;
}

/* What was unpacked counts, whatever the archive claims. */
static bool
charge(struct reader *r, const char *name, size_t n)
{
	r->unpacked += n;
	if (r->unpacked > UNPACK_RATIO_FROM &&
	    r->unpacked / UNPACK_RATIO > r->packed)
		return verdict_refuse(
		    r->verdict, VERDICT_TOO_LARGE, VERDICT_RATIO, name);
	if (n > r->budget->bytes)
		return verdict_refuse(
		    r->verdict, VERDICT_TOO_LARGE, VERDICT_BYTES, name);
	r->budget->bytes -= n;
	return true;
}

static bool
nesting_ok(struct reader *r, const char *name, size_t n)
{
	if (r->budget->depth > 0 || !unpack_is_zip(r->block, n))
		return true;
	return verdict_refuse(
	    r->verdict, VERDICT_FORBIDDEN, VERDICT_ARCHIVE, name);
}

static bool
read_data(struct reader *r, const char *name, bool is_wanted)
{
	const struct unpack_visitor *v = r->visitor;
	la_ssize_t n;
	bool is_first = true;

	while ((n = archive_read_data(r->archive, r->block, BLOCK)) > 0) {
		if (!charge(r, name, (size_t)n))
			return false;
		if (is_first && !nesting_ok(r, name, (size_t)n))
			return false;
		is_first = false;
		if (is_wanted && !v->data(v->to, r->block, (size_t)n))
			return false;
	}
	if (n < 0)
		return verdict_refuse(
		    r->verdict, VERDICT_BROKEN, VERDICT_WHAT_NONE, name);
	return !is_wanted || v->close(v->to, name);
}

static bool
read_entry(struct reader *r, struct archive_entry *e)
{
	const struct unpack_visitor *v = r->visitor;
	const char *name = archive_entry_pathname(e);
	bool is_wanted = false;

	if (archive_entry_filetype(e) == AE_IFDIR)
		return true;
	if (!v->open(v->to, name, &is_wanted))
		return false;
	return (!is_wanted && !v->reads_all) || read_data(r, name, is_wanted);
}

static bool
read_entries(struct reader *r)
{
	struct archive_entry *e;
	int status;

	while ((status = archive_read_next_header(r->archive, &e)) !=
	    ARCHIVE_EOF) {
		if (status <= ARCHIVE_FAILED)
			return verdict_refuse(r->verdict, VERDICT_BROKEN,
			    VERDICT_WHAT_NONE, NULL);
		if (!entry_ok(r, e, status) || !read_entry(r, e))
			return false;
	}
	return true;
}

/* ----------------------------------------------------------------------- */

bool
unpack_all(const uint8_t *s, size_t len, struct unpack_budget *budget,
    const struct unpack_visitor *visitor, struct verdict *v)
{
	struct reader *r = calloc(1, sizeof(*r));
	bool is_right = false;

	if (r == NULL)
		return verdict_refuse(
		    v, VERDICT_LIMIT, VERDICT_WHAT_NONE, NULL);
	r->visitor = visitor;
	r->budget = budget;
	r->verdict = v;
	r->packed = len;
	/* By the folder of contents at its end, as office programs read it. */
	if ((r->archive = archive_read_new()) == NULL ||
	    archive_read_support_format_zip_seekable(r->archive) != ARCHIVE_OK)
		verdict_refuse(v, VERDICT_LIMIT, VERDICT_WHAT_NONE, NULL);
	else if (archive_read_open_memory(r->archive, s, len) != ARCHIVE_OK)
		verdict_refuse(v, VERDICT_BROKEN, VERDICT_WHAT_NONE, NULL);
	else
		is_right = read_entries(r);
	archive_read_free(r->archive);
	free(r);
	return is_right;
}
