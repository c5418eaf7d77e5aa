/* SPDX-License-Identifier: Apache-2.0 */
/* Files for documents of the library, as an upload leaves them. */
#ifndef UNIT_DOCUMENT_FILE_H
#define UNIT_DOCUMENT_FILE_H

#include "fixture.h"

#include "domain/blob.h"
#include "domain/document.h"

/* A file as it is after the upload was looked at: its text is its bytes. */
static inline struct document_file *
document_file_of(struct fixture *f, const char *name, const char *text)
{
	struct document_file *file = arena_alloc(f->arena, sizeof(*file));
	struct blob_file *bytes = arena_alloc(f->arena, sizeof(*bytes));
	char *path = arena_printf(f->arena, "%s/upload-XXXXXX", f->dir);
	int fd = mkstemp(path);
	FILE *out;

	ck_assert_int_ge(fd, 0);
	ck_assert_ptr_nonnull(out = fdopen(fd, "w"));
	ck_assert_int_ge(fputs(text, out), 0);
	ck_assert_int_eq(fclose(out), 0);
	fixture_ok(blob_measure(path, bytes));
	*file = (struct document_file){
		.bytes = bytes,
		.filename = name,
		.format = format_of_name(name),
		.text = text,
	};
	return file;
}

#endif
