/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kinds of documents that the library takes: their words, the endings of
 * their names, and the media types under which they are sent.
 */
#ifndef SCAN_FORMAT_H
#define SCAN_FORMAT_H

enum format {
	FORMAT_NONE, /* none of those taken */
	FORMAT_PDF,
	FORMAT_ODT,
	FORMAT_DOCX,
	FORMAT_XLSX,
	FORMAT_ODS,
	FORMAT_TXT,
	FORMAT_MARKDOWN,
	FORMAT_CSV,
	FORMAT_PNG,
	FORMAT_JPEG,
	FORMAT_ZIP,
	FORMAT__MAX
};

/* "none", "pdf" … "zip", for columns and keys of a catalogue; ends in NULL. */
extern const char *const format_words[FORMAT__MAX + 1];

/* "application/octet-stream" for FORMAT_NONE; never with a charset. */
const char *format_media(enum format);

/* By the ending of a file's name, in any case; FORMAT_NONE for all others. */
enum format format_of_name(const char *name);

/* By a media type, the whole string; FORMAT_NONE for all others. */
enum format format_of_media(const char *media);

#endif
