/* SPDX-License-Identifier: Apache-2.0 */
#include "documents.h"
#include "scan/sniff.h"

#define ROW(bytes, media)                       \
	{                                       \
		bytes, sizeof(bytes) - 1, media \
	}

static const struct {
	const char *bytes;
	size_t len;
	const char *media;
} rows[] = {
	ROW("%PDF-1.4\n", "application/pdf"),
	ROW("plain text\n", "text/plain"),
	ROW("<!DOCTYPE html><html><body>x</body></html>", "text/html"),
	ROW("{\\rtf1 text}", "text/rtf"),
	ROW("%!PS-Adobe-3.0\n", "application/postscript"),
	ROW("<?xml version=\"1.0\"?><a/>", "text/xml"),
	ROW("\x7f"
	    "ELF\2\1\1",
	    "application/octet-stream"), /* that parser is off */
	ROW("\0\1\2\3\xfe\xff", "application/octet-stream"),
	ROW("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1", "image/png"),
	ROW("\xff\xd8\xff\xe0\0\20JFIF\0\1\1", "image/jpeg"),
	ROW("", "application/x-empty"),
};

START_TEST(media)
{
	struct sniff *s;

	ck_assert_int_eq(sniff_new(&s), ERR_OK);
	ck_assert_str_eq(
	    sniff_media(s, rows[_i].bytes, rows[_i].len), rows[_i].media);
	sniff_free(s);
	sniff_free(NULL);
}
END_TEST

UNIT_MAIN("sniff", UNIT_ROWS(media, rows))
