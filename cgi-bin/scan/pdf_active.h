/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does a PDF act when somebody reads it: has it scripts, files inside, or
 * programs to start?  By the names that such things cannot be without, in the
 * file's bytes, and in its streams of objects (ISO 32000-1 §7.5.7), which are
 * packed; no other stream can hold objects.
 *
 * A name is found wherever its bytes are, in what is shown or told of the
 * document too, but for the address in a link: "(https://a.example/JavaScript)"
 * after /URI is a text for every reader.  In a stream of objects it is found
 * there as well, since objects may begin at any byte of one.
 *
 * The name JS is not looked for, since three bytes turn up in packed pictures
 * by chance; what it stands beside is.
 *
 * Not here: what is well-formed, which pdf.h tells.
 */
#ifndef SCAN_PDF_ACTIVE_H
#define SCAN_PDF_ACTIVE_H

#include <stddef.h>
#include <stdint.h>

#include "scan/verdict.h"

enum { PDF_ACTIVE_BYTES = 64 * 1024 * 1024 };

/*
 * The whole file.  *budget is how many bytes may still be unpacked, and
 * becomes less; a document begins with PDF_ACTIVE_BYTES.
 *
 * False with VERDICT_FORBIDDEN and VERDICT_ACTIVE (`where` is the name found,
 * "ObjStm" for objects packed in a way that nobody packs them), VERDICT_LIMIT,
 * VERDICT_ENCRYPTED, VERDICT_BROKEN.  The time is linear in the length and
 * the budget, whatever the bytes.
 */
bool pdf_active_check(
    const uint8_t *, size_t len, uint64_t *budget, struct verdict *);

#endif
