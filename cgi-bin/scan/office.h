/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Office documents, which are ZIP archives of XML: which of them one is, and
 * the text inside.  OpenDocument 1.3 part 2, and ECMA-376 part 2 (the list of
 * content types decides what a part is, not its name).
 *
 * Not here: what may be in an archive at all, which unpack.h refuses.
 */
#ifndef SCAN_OFFICE_H
#define SCAN_OFFICE_H

#include <stddef.h>
#include <stdint.h>

#include "scan/extract.h"
#include "scan/unpack.h"
#include "scan/verdict.h"

/*
 * Reads every entry, and then the text of those that have some.
 *
 * True when nothing was refused: *is the kind found, FORMAT_ZIP for an
 * archive that is no office document (its files were not looked at), or
 * FORMAT_NONE for another kind of office document, whose media type is in
 * `found` of the verdict.  Text is collected only when it is `wanted`.
 *
 * False with VERDICT_ENCRYPTED, VERDICT_FORBIDDEN (also VERDICT_MACRO,
 * VERDICT_ACTIVE and VERDICT_DUPLICATE), VERDICT_TOO_LARGE, VERDICT_BROKEN.
 * A DOCX or XLSX inside, the table of a chart, is looked into like the one
 * that it is in; its text does not count.
 */
struct office_input {
	const uint8_t *data;
	size_t len;
	enum format wanted;
	struct unpack_budget *budget;
};
bool office_read(const struct office_input *, struct extract *,
    struct verdict *, enum format *is);

/* An OLE container that holds an encrypted package ([MS-OFFCRYPTO] §2.3.4). */
bool office_is_encrypted(const uint8_t *, size_t len);

#endif
