/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/tlog_name.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/span.h"

enum { INDEX_DIGITS = 12, VERSION_MAX = 999999 };

/* The one file of a part, or the folder of its files, with a '/'. */
static const char *const places[PART__MAX] = {
	[PART_README] = "README.txt",
	[PART_CHECKPOINT] = "checkpoint",
	[PART_LOG_KEY] = "log-key.txt",
	[PART_BUNDLE_KEY] = "bundle-key.pub",
	[PART_WITNESS_KEYS] = "witness-keys.txt",
	[PART_KEY] = "keys/",
	[PART_RECORD] = "records/",
	[PART_PROOF] = "proofs/",
	[PART_AGREEMENT] = "agreements/",
	[PART_CONTENT] = "contents/",
	[PART_SUMS] = "SHA256SUMS",
	[PART_SUMS_SIGNATURE] = "SHA256SUMS.minisig",
};

static const char *const index_ends[PART__MAX] = {
	[PART_RECORD] = ".json",
	[PART_PROOF] = ".tlog-proof",
};

static bool
is_folder(enum tlog_part part)
{
	return strchr(places[part], '/') != NULL;
}

/* What is behind the folder, nothing for a file; false: no part's. */
static bool
find_part(const char *name, enum tlog_part *part, struct span *rest)
{
	for (int i = 0; i < PART__MAX; i++) {
		*part = (enum tlog_part)i;
		*rest = span_of(name);
		if (span_skip(rest, places[i]) &&
		    (is_folder(*part) || rest->len == 0))
			return true;
	}
	return false;
}

/* ---- reading --------------------------------------------------------- */

static bool
take_end(struct span *s, const char *end)
{
	size_t len = strlen(end);

	if (s->len <= len || memcmp(s->at + s->len - len, end, len) != 0)
		return false;
	s->len -= len;
	return true;
}

static bool
is_of(struct span s, const char *letters)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == '\0' || strchr(letters, s.at[i]) == NULL)
			return false;
	return true;
}

/* The record's number, which is from 1 on: one more than its leaf. */
static bool
read_index(struct span rest, struct tlog_name *n)
{
	uint64_t value = 0;

	if (!take_end(&rest, index_ends[n->part]) || rest.len != INDEX_DIGITS ||
	    !is_of(rest, "0123456789"))
		return false;
	for (size_t i = 0; i < rest.len; i++)
		value = value * 10 + (uint64_t)(rest.at[i] - '0');
	if (value == 0)
		return false;
	n->index = value - 1;
	return true;
}

/* <org>-<number>.pub; an organisation's name may have a '-', too. */
static bool
read_key(struct span rest, struct tlog_name *n)
{
	enum { DIGITS = MINISIG_NUMBER_TEXT - 1 };
	struct span number;

	if (!take_end(&rest, ".pub") || rest.len < DIGITS + 2 ||
	    rest.at[rest.len - DIGITS - 1] != '-')
		return false;
	number = (struct span){ rest.at + rest.len - DIGITS, DIGITS };
	rest.len -= DIGITS + 1;
	return is_of(number, "0123456789ABCDEF") &&
	    span_text(number, n->number, sizeof(n->number)) &&
	    span_text(rest, n->organisation, sizeof(n->organisation));
}

/* <ref>/<version>.canonical, <ref>/<version>-<org>.minisig */
static bool
read_agreement(struct span rest, struct tlog_name *n)
{
	struct span ref, version;
	uint64_t number;

	if (!span_until(&rest, '/', &ref) ||
	    !span_text(ref, n->ref, sizeof(n->ref)))
		return false;
	n->is_signature = take_end(&rest, ".minisig");
	if (n->is_signature) {
		if (!span_until(&rest, '-', &version) || rest.len == 0 ||
		    memchr(rest.at, '/', rest.len) != NULL ||
		    !span_text(rest, n->organisation, sizeof(n->organisation)))
			return false;
	} else {
		if (!take_end(&rest, ".canonical"))
			return false;
		version = rest;
	}
	if (!span_to_uint(version, VERSION_MAX, &number))
		return false;
	n->version = (int)number;
	return true;
}

static bool
read_content(struct span rest, struct tlog_name *n)
{
	return rest.len == sizeof(n->sha256) - 1 &&
	    is_of(rest, "0123456789abcdef") &&
	    span_text(rest, n->sha256, sizeof(n->sha256));
}

static bool (*const readers[PART__MAX])(struct span, struct tlog_name *) = {
	[PART_KEY] = read_key,
	[PART_RECORD] = read_index,
	[PART_PROOF] = read_index,
	[PART_AGREEMENT] = read_agreement,
	[PART_CONTENT] = read_content,
};

bool
tlog_name_read(const char *name, struct tlog_name *n)
{
	char again[TAR_NAME];
	struct span rest;

	memset(n, 0, sizeof(*n));
	if (!tar_name_ok(name) || !find_part(name, &n->part, &rest))
		return false;
	if (readers[n->part] != NULL && !readers[n->part](rest, n))
		return false;
	return tlog_name_write(n, again) && strcmp(again, name) == 0;
}

/* ---- writing --------------------------------------------------------- */

static int
write_agreement(const struct tlog_name *n, char out[TAR_NAME])
{
	if (n->is_signature)
		return snprintf(out, TAR_NAME, "agreements/%s/%d-%s.minisig",
		    n->ref, n->version, n->organisation);
	return snprintf(
	    out, TAR_NAME, "agreements/%s/%d.canonical", n->ref, n->version);
}

bool
tlog_name_write(const struct tlog_name *n, char out[TAR_NAME])
{
	int len = 0;

	out[0] = '\0';
	switch (n->part) {
	case PART_KEY:
		len = snprintf(out, TAR_NAME, "keys/%s-%s.pub", n->organisation,
		    n->number);
		break;
	case PART_RECORD:
	case PART_PROOF:
		len = snprintf(out, TAR_NAME, "%s%012" PRIu64 "%s",
		    places[n->part], n->index + 1, index_ends[n->part]);
		break;
	case PART_AGREEMENT:
		len = write_agreement(n, out);
		break;
	case PART_CONTENT:
		len = snprintf(out, TAR_NAME, "contents/%s", n->sha256);
		break;
	case PART_README:
	case PART_CHECKPOINT:
	case PART_LOG_KEY:
	case PART_BUNDLE_KEY:
	case PART_WITNESS_KEYS:
	case PART_SUMS:
	case PART_SUMS_SIGNATURE:
		len = snprintf(out, TAR_NAME, "%s", places[n->part]);
		break;
	case PART__MAX:
		return false;
	}
	return len > 0 && len < TAR_NAME && tar_name_ok(out);
}

/* ---- order ----------------------------------------------------------- */

int
tlog_name_order(const char *a, const char *b)
{
	enum tlog_part of_a, of_b;
	struct span rest;

	if (!find_part(a, &of_a, &rest))
		of_a = PART__MAX;
	if (!find_part(b, &of_b, &rest))
		of_b = PART__MAX;
	return of_a != of_b ? (int)of_a - (int)of_b : strcmp(a, b);
}
