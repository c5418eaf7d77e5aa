/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/tlog_bundle.h"

#include <string.h>

#include "base/log.h"
#include "crypt/token.h"

static const char where[] = "bundle";

/* Of some 100 bytes a file. */
enum { SUMS_MAX = 256 * 1024 * 1024 };

_Static_assert(
    sizeof(struct digest) <= sizeof(((struct tlog_bundle *)0)->digest),
    "struct tlog_bundle has no room for a digest");

static struct digest *
digest_of(struct tlog_bundle *b)
{
	return (struct digest *)(void *)b->digest;
}

void
tlog_bundle_start(struct tlog_bundle *b, const struct tlog_bundle_out *out)
{
	memset(b, 0, sizeof(*b));
	b->out = *out;
	buf_init(&b->sums, SUMS_MAX);
}

static void
emit(struct tlog_bundle *b, const void *bytes, size_t len)
{
	if (b->rc == ERR_OK && len > 0)
		b->rc = b->out.write(b->out.arg, bytes, len);
}

static void
refuse(struct tlog_bundle *b, const char *name, const char *why)
{
	if (b->rc != ERR_OK)
		return;
	log_line(LOG_ERROR, where, "%s: %s", name, why);
	b->rc = ERR_INVALID;
}

static void
open_file(struct tlog_bundle *b, const char *name, uint64_t size)
{
	uint8_t header[TAR_BLOCK];

	if (b->left > 0)
		refuse(b, b->name, "has fewer bytes than was said");
	if (b->name[0] != '\0' && tlog_name_order(b->name, name) >= 0)
		refuse(b, name, "is not in its place");
	if (!tar_header(name, size, header))
		refuse(b, name, "cannot be in an archive");
	if (b->rc != ERR_OK)
		return;
	memcpy(b->name, name, strlen(name) + 1);
	b->size = b->left = size;
	digest_start(digest_of(b));
	emit(b, header, sizeof(header));
}

/* The zeros behind the present file, and its line. */
static void
close_file(struct tlog_bundle *b)
{
	static const uint8_t zeros[TAR_BLOCK];
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_TEXT];

	emit(b, zeros, tar_padding(b->size));
	digest_finish(digest_of(b), digest);
	digest_hex(digest, hex);
	buf_addf(&b->sums, "%s  %s\n", hex, b->name);
	if (b->sums.overflow && b->rc == ERR_OK)
		b->rc = ERR_TOO_LARGE;
}

enum err
tlog_bundle_begin(struct tlog_bundle *b, const char *name, uint64_t size)
{
	struct tlog_name n;

	if (b->rc == ERR_OK && !tlog_name_read(name, &n))
		refuse(b, name, "is no name of a bundle's file");
	if (b->rc == ERR_OK && n.part >= PART_SUMS)
		refuse(b, name, "is for the bundle itself to write");
	open_file(b, name, size);
	if (b->rc == ERR_OK && size == 0)
		close_file(b);
	return b->rc;
}

enum err
tlog_bundle_data(struct tlog_bundle *b, const void *bytes, size_t len)
{
	if (len == 0)
		return b->rc;
	if (len > b->left) {
		refuse(b, b->name, "has more bytes than was said");
		return b->rc;
	}
	digest_feed(digest_of(b), bytes, len);
	emit(b, bytes, len);
	b->left -= len;
	if (b->left == 0)
		close_file(b);
	return b->rc;
}

enum err
tlog_bundle_file(struct tlog_bundle *b, const char *name, struct span bytes)
{
	tlog_bundle_begin(b, name, bytes.len);
	return tlog_bundle_data(b, bytes.at, bytes.len);
}

/* Not in SHA256SUMS: of it. */
static void
write_last(struct tlog_bundle *b, const char *name, const struct buf *bytes)
{
	size_t kept = b->sums.len;

	open_file(b, name, bytes->len);
	emit(b, bytes->data, bytes->len);
	b->left = 0;
	if (b->rc == ERR_OK)
		close_file(b);
	/* Its line, unsaid. */
	b->sums.len = kept;
}

static void
sign(struct tlog_bundle *b, const char *trusted, struct minisig *m)
{
	uint8_t prehash[MINISIG_PREHASH];
	struct minisig_hash h;

	if (b->rc != ERR_OK)
		return;
	minisig_hash_start(&h);
	minisig_hash_feed(&h, b->sums.data, b->sums.len);
	minisig_hash_finish(&h, prehash);
	b->rc = b->out.sign(b->out.arg, prehash, trusted, m);
}

enum err
tlog_bundle_finish(struct tlog_bundle *b, const char *trusted)
{
	static const uint8_t zeros[2 * TAR_BLOCK];
	struct minisig m = { 0 };
	struct buf file;

	buf_init(&file, MINISIG_FILE_MAX);
	if (b->sums.len == 0)
		refuse(b, "SHA256SUMS", "there is no file");
	sign(b, trusted, &m);
	if (b->rc == ERR_OK) {
		m.comment = TLOG_BUNDLE_COMMENT;
		m.trusted = trusted;
		minisig_write(&file, &m);
		write_last(b, "SHA256SUMS", &b->sums);
		write_last(b, "SHA256SUMS.minisig", &file);
	}
	emit(b, zeros, sizeof(zeros));
	buf_free(&file);
	buf_free(&b->sums);
	return b->rc;
}
