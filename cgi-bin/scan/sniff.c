/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/sniff.h"

#include <magic.h>
#include <stdlib.h>

#include "base/log.h"
#include "scan/format.h"

enum { SNIFF_BYTES = 1024 * 1024 };

struct sniff {
	magic_t magic;
};

/*
 * It must not unpack, read tar or CDF, or run through JSON and CSV: those are
 * parsers of hostile bytes which nobody needs here.
 */
static const int flags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS |
    MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_APPTYPE |
    MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_CSV;

enum err
sniff_new(struct sniff **out)
{
	struct sniff *s;

	*out = NULL;
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return ERR_MEMORY;
	s->magic = magic_open(flags);
	if (s->magic == NULL || magic_load(s->magic, NULL) == -1) {
		log_line(LOG_ERROR, "sniff", "libmagic: %s",
		    s->magic != NULL ? magic_error(s->magic) : "no memory");
		sniff_free(s);
		return ERR_INTERNAL;
	}
	*out = s;
	return ERR_OK;
}

void
sniff_free(struct sniff *s)
{
	if (s == NULL)
		return;
	if (s->magic != NULL)
		magic_close(s->magic);
	free(s);
}

const char *
sniff_media(struct sniff *s, const void *data, size_t len)
{
	const char *media;

	media =
	    magic_buffer(s->magic, data, len < SNIFF_BYTES ? len : SNIFF_BYTES);
	return media != NULL ? media : format_media(FORMAT_NONE);
}
