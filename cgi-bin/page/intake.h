/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Takes in an uploaded document before the act that wants it begins: whoever
 * looks at it for seconds must not hold the writer lock.  The dispatcher does
 * so for routes with WHO_SCAN, whose form has the FIELD_FILE "file".
 */
#ifndef PAGE_INTAKE_H
#define PAGE_INTAKE_H

#include "domain/blob.h"
#include "domain/document.h"
#include "page/visit.h"
#include "scan/verdict.h"

struct intake {
	bool is_taken; /* `file` is good; else none came, or it was refused */
	struct document_file file;
	struct blob_file bytes;
	struct verdict verdict; /* VERDICT_GOOD unless it was refused */
};

/* Bytes of one document, by the configuration. */
int64_t intake_max(const struct visit *);

/*
 * Sets v->intake (never NULL after this).  A document that is refused is
 * ERR_INVALID, with the error "Refused" at the field "file" and the reason in
 * the verdict.  ERR_INTERNAL (logged): nobody could look at it.
 */
enum err intake_take(struct visit *);

/* The verdict as a sentence in the visitor's language; NULL when it is good. */
const char *intake_sentence(struct visit *, const struct verdict *);
/* The same without a visitor, for the console; in the arena. */
const char *intake_reason(
    struct pages *, enum lang, struct arena *, const struct verdict *);

#endif
