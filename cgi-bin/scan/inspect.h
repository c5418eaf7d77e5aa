/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a document is, by its content and the ending of its name together,
 * and the text inside.  Runs in the sandbox, and without one under a fuzzer;
 * opens no file either way.
 */
#ifndef SCAN_INSPECT_H
#define SCAN_INSPECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "scan/extract.h"
#include "scan/pdf.h"
#include "scan/sniff.h"
#include "scan/unpack.h"
#include "scan/verdict.h"

enum { INSPECT_NAME = 255 }; /* bytes of a name */

struct inspect {
	struct sniff *sniff;
	struct pdf *pdf; /* NULL: no text of PDF is read; the text is cut */
	struct unpack_budget budget;
	uint64_t pdf_bytes; /* that may still be unpacked within PDF */
	struct extract text;
	struct verdict verdict;
	bool is_inside; /* of an archive */
};

/*
 * Sets the locale's character set to UTF-8 and the zone of time to UTC: what
 * the libraries would else read from files later.  Takes the reader of PDF,
 * if any.  As sniff_new().
 */
enum err inspect_init(struct inspect *, struct pdf *);
void inspect_free(struct inspect *);

/*
 * A whole document under its name.  True when it is good; the verdict tells,
 * and the text is finished.
 */
bool inspect_document(
    struct inspect *, const char *name, const uint8_t *, size_t len);

/* The same for a file inside an archive: of a format, without the name. */
bool
inspect_content(struct inspect *, enum format, const uint8_t *, size_t len);

#endif
