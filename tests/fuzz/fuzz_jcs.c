/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as canonical JSON: read without a library, and by jansson and
 * written again.  Both must say the same of every text.
 */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/jcs.h"
#include "base/jcs_read.h"
#include "base/log.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum { SIZE_MAX_HERE = 8192 };

static bool
is_canonical(const char *text, size_t len)
{
	json_t *value = json_loadb(text, len,
	    JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	struct buf out;
	bool is_so;

	if (value == NULL)
		return false;
	buf_init(&out, 2 * SIZE_MAX_HERE);
	is_so = jcs_write(value, &out) == ERR_OK && out.len == len &&
	    memcmp(out.data, text, len) == 0;
	buf_free(&out);
	json_decref(value);
	return is_so;
}

static void
look(void *arg, const struct jcs_value *value)
{
	const struct span *all = arg;

	if (value->text.at < all->at ||
	    value->text.at + value->text.len > all->at + all->len ||
	    strlen(value->path) >= JCS_PATH)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct span text = { (const char *)data, len };
	bool is_read;

	log_open("fuzz", LOG_ERROR);
	if (len > SIZE_MAX_HERE)
		return 0;
	is_read = jcs_read(text, look, &text);
	/* What is deeper, has longer paths, or a NUL in a name, one of the two
	   does not take. */
	if (is_read != is_canonical(text.at, len) && len < JCS_PATH / 4 &&
	    memmem(data, len, "\\u0000", 6) == NULL && len < 2 * JCS_DEPTH)
		abort();
	return 0;
}
