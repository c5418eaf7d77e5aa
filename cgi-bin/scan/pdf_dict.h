/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The dictionary at the start of an object of a PDF, read only as far as it
 * tells whether a stream of objects follows (ISO 32000-1 §7.5.7), and how that
 * is packed.  Only for pdf_active.c.
 *
 * Readers disagree about dictionaries that are not well-formed; so these are
 * refused, and about the others nobody disagrees.
 */
#ifndef SCAN_PDF_DICT_H
#define SCAN_PDF_DICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pdf_dict_is {
	PDF_DICT_OTHER,	  /* no stream follows, or one without objects */
	PDF_DICT_PLAIN,	  /* objects as they are */
	PDF_DICT_DEFLATE, /* objects, by FlateDecode alone */
	PDF_DICT_ODD,	  /* objects, packed in another way */
	PDF_DICT_BROKEN	  /* not well-formed */
};

/*
 * The bytes after the word `obj`, to the end of the file.  *end is where the
 * reading ended: behind the line with the word `stream` where there are
 * objects.  Dictionaries are not read deeper than 200 levels.
 */
enum pdf_dict_is pdf_dict_read(const uint8_t *, size_t len, size_t *end);

#endif
