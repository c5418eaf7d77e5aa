/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bytes as a public key and as a signature of "hello\n".  What parses is
 * written out and parses to the same; and nothing verifies but the two
 * signatures that minisign made with a key that was thrown away.
 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "crypt/minisig.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char public_key[] =
    "RWRLw8ktFVr34OhvubGrUTews23ANflKm4GCD1ZKfbH//n2lG2nxV+Gf";
static const char *const trusted[] = { "tab\there \xc3\xa9",
	"timestamp:1795400440\tfile:f" };
static const char hello[] = "hello\n";

static void
must(bool is_so)
{
	if (!is_so)
		abort();
}

static void
check_fault(enum err rc, const struct minisig_fault *fault)
{
	must(rc == ERR_OK || rc == ERR_INVALID);
	must((rc == ERR_OK) == (fault->reason == MINISIG_OK));
	must(fault->reason >= 0 && fault->reason < MINISIG__MAX);
	must(fault->line >= 0 && fault->line <= 5);
	must(minisig_reasons[fault->reason] != NULL);
}

static void
check_key(const uint8_t *data, size_t len)
{
	struct minisig_key key, again;
	struct minisig_fault fault;
	char text[MINISIG_KEY_TEXT];
	enum err rc = minisig_key_parse(data, len, &key, &fault);

	check_fault(rc, &fault);
	if (rc != ERR_OK)
		return;
	minisig_key_text(&key, text);
	must(strlen(text) == MINISIG_KEY_TEXT - 1);
	must(minisig_key_parse(text, strlen(text), &again, &fault) == ERR_OK);
	must(memcmp(&key, &again, sizeof(key)) == 0);
}

static void
check_comment(const char *s, size_t max)
{
	must(strlen(s) <= max && strpbrk(s, "\r\n") == NULL);
	must(text_ok(s, strlen(s), TEXT_PROSE));
}

/* The four lines of it. */
static const char *
write_out(struct arena *a, const struct minisig *m)
{
	uint8_t bytes[2 + MINISIG_NUMBER + MINISIG_SIGNATURE] = "Ed";
	char text[2][128];

	bytes[1] = m->is_prehashed ? 'D' : 'd';
	memcpy(bytes + 2, m->number, MINISIG_NUMBER);
	memcpy(bytes + 2 + MINISIG_NUMBER, m->signature, MINISIG_SIGNATURE);
	sodium_bin2base64(text[0], sizeof(text[0]), bytes, sizeof(bytes),
	    sodium_base64_VARIANT_ORIGINAL);
	sodium_bin2base64(text[1], sizeof(text[1]), m->global,
	    sizeof(m->global), sodium_base64_VARIANT_ORIGINAL);
	return arena_printf(a,
	    "untrusted comment: %s\n%s\ntrusted comment: %s\n%s\n", m->comment,
	    text[0], m->trusted, text[1]);
}

static void
check_again(struct arena *a, const struct minisig *m)
{
	const char *text = write_out(a, m);
	struct minisig_fault fault;
	struct minisig *again;

	must(minisig_parse(a, text, strlen(text), &again, &fault) == ERR_OK);
	must(strcmp(again->comment, m->comment) == 0);
	must(strcmp(write_out(a, again), text) == 0);
}

static void
check_signature(struct arena *a, const uint8_t *data, size_t len)
{
	struct minisig_fault fault;
	struct minisig_key key;
	struct minisig *m;
	enum err rc = minisig_parse(a, data, len, &m, &fault);

	check_fault(rc, &fault);
	must((rc == ERR_OK) == (m != NULL));
	if (rc != ERR_OK)
		return;
	check_comment(m->comment, MINISIG_COMMENT_MAX);
	check_comment(m->trusted, MINISIG_TRUSTED_MAX);
	check_again(a, m);
	must(minisig_key_parse(public_key, strlen(public_key), &key, &fault) ==
	    ERR_OK);
	rc = minisig_verify(m, &key, hello, strlen(hello), &fault);
	check_fault(rc, &fault);
	must(
	    rc != ERR_OK || strcmp(m->trusted, trusted[!m->is_prehashed]) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct arena *a = arena_new(1024 * 1024);

	log_open("fuzz", LOG_ERROR);
	must(sodium_init() >= 0);
	check_key(data, len);
	check_signature(a, data, len);
	arena_free(a);
	return 0;
}
