/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/bundle.h"

#include <string.h>

#include "base/buf.h"
#include "scan/unpack.h"

struct bundle {
	struct inspect *inspect;
	struct buf file; /* the one being read */
	enum format format;
	bool has_files;
};

static bool
open_file(void *to, const char *name, bool *is_wanted)
{
	struct bundle *b = to;
	struct verdict *v = &b->inspect->verdict;

	b->has_files = *is_wanted = true;
	b->format = format_of_name(name);
	buf_reset(&b->file);
	if (b->format == FORMAT_NONE)
		return verdict_refuse(v, VERDICT_FORBIDDEN, VERDICT_TYPE, name);
	if (b->format == FORMAT_ZIP)
		return verdict_refuse(
		    v, VERDICT_FORBIDDEN, VERDICT_ARCHIVE, name);
	return true;
}

static bool
add_to_file(void *to, const uint8_t *s, size_t len)
{
	struct bundle *b = to;

	buf_add(&b->file, s, len);
	return !b->file.overflow;
}

static bool
close_file(void *to, const char *name)
{
	struct bundle *b = to;
	struct inspect *in = b->inspect;
	bool is_right;

	extract_line(&in->text);
	in->budget.depth--;
	is_right = inspect_content(
	    in, b->format, (const uint8_t *)b->file.data, b->file.len);
	in->budget.depth++;
	if (is_right)
		return true;
	in->verdict.named = b->format;
	verdict_within(&in->verdict, name);
	return false;
}

bool
bundle_read(struct inspect *in, const uint8_t *s, size_t len)
{
	struct bundle b = { .inspect = in };
	const struct unpack_visitor visitor = {
		.to = &b,
		.open = open_file,
		.data = add_to_file,
		.close = close_file,
		.reads_all = true,
	};
	bool is_right;

	buf_init(&b.file, BUNDLE_FILE);
	is_right = unpack_all(s, len, &in->budget, &visitor, &in->verdict);
	if (b.file.overflow)
		verdict_refuse(
		    &in->verdict, VERDICT_TOO_LARGE, VERDICT_BYTES, NULL);
	else if (is_right && !b.has_files)
		is_right = verdict_refuse(
		    &in->verdict, VERDICT_EMPTY, VERDICT_WHAT_NONE, NULL);
	buf_free(&b.file);
	return is_right;
}
