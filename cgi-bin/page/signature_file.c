/* SPDX-License-Identifier: Apache-2.0 */
#include "page/signature_file.h"

#include <string.h>

#include "base/file.h"

void
signature_file_show(struct visit *v)
{
	node_flag(node_at(v->root, "Form.file"), "IsOptional", false);
	node_flag(node_at(v->root, "Form.pasted"), "IsOptional", false);
	node_int(v->root, "Form.pasted.Max", 0);
}

const char *
signature_file_field(const struct visit *v)
{
	return form_value(v->form, "file")->is_given ? "file" : "pasted";
}

/*
 * The file as it came; what was pasted is text that was cleaned, which leaves
 * what minisign writes as it is.
 */
enum err
signature_file_take(struct visit *v, const void **into, size_t *len)
{
	const struct value *file = form_value(v->form, "file");
	const char *pasted = form_text(v->form, "pasted");
	struct buf bytes;
	enum err rc;

	*into = NULL;
	*len = 0;
	if (!file->is_given && pasted[0] == '\0') {
		form_refuse(v->form, "file", "NoSignature");
		return ERR_INVALID;
	}
	if (!file->is_given) {
		*into = pasted;
		*len = strlen(pasted);
		return ERR_OK;
	}
	buf_init(&bytes, file->file_bytes);
	if ((rc = file_read(file->file, &bytes)) == ERR_OK) {
		*into = arena_copy_n(v->req->arena, bytes.data, bytes.len);
		*len = bytes.len;
	}
	buf_free(&bytes);
	return rc;
}
