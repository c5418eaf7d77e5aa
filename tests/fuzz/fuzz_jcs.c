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

/* So few brackets that neither says "too deep". */
static bool
is_flat(struct span text)
{
	int n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.at[i] == '[' || text.at[i] == '{';
	return n < JCS_DEPTH - 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct span text = { (const char *)data, len };
	bool is_read, is_same;

	log_open("fuzz", LOG_ERROR);
	if (len > SIZE_MAX_HERE)
		return 0;
	is_read = jcs_read(text, look, &text);
	/* jansson has no NUL in a name. */
	if (!is_flat(text) || memmem(data, len, "\\u0000", 6) != NULL)
		return 0;
	is_same = is_canonical(text.at, len);
	if (is_read && !is_same)
		abort();
	/* A path may be too long for the one. */
	if (is_same && !is_read && len < JCS_PATH)
		abort();
	return 0;
}
