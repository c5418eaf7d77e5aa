/* SPDX-License-Identifier: Apache-2.0 */
/* From one key of the log to the next, by what both of them signed. */
#include <string.h>

#include "prog/verify.h"

/* May a log have been at `was` before `is`, as far as two points tell? */
static bool
goes_on(const struct merkle_point *was, const struct merkle_point *is)
{
	return is->size > was->size ||
	    (is->size == was->size &&
		memcmp(is->root, was->root, MERKLE_HASH) == 0);
}

void
verify_goes_on(
    struct verify *v, const char *path, const struct merkle_point *tree)
{
	const size_t n = v->handover_count;

	if (n > 0 && !goes_on(&v->handover[n - 1].last, tree))
		verdict_add(v->verdict, VERDICT_FALSE, "fork", path,
		    "This does not go on from what the key before had signed "
		    "when it handed over: keep both files.");
}

static void
prove(struct verify *v, const struct key_handover *h, bool is_first)
{
	char key[NOTE_KEY_TEXT];

	note_key_text(&h->new, key);
	verdict_add(v->verdict, VERDICT_PROVED, NULL, NULL,
	    arena_printf(v->arena,
		"%s of the log %s handed over to this one, after it had "
		"signed %s records: %s",
		is_first ? "Your key" : "That key", h->old.name,
		verify_number(v->arena, h->last.size), key));
	if (is_first)
		verdict_add(v->verdict, VERDICT_NOT, NULL, NULL,
		    "Whether that was done by those who should have the key: "
		    "ask the keeper by another way, and keep all keys.");
}

bool
verify_follow(struct verify *v, const char *path)
{
	struct key_handover *h = &v->handover[v->handover_count];
	struct tlog_fault fault;
	struct buf b;

	if (!verify_read(v, path, NOTE_MAX, &b))
		return false;
	key_handover_read((struct span){ b.data, b.len }, h, &fault);
	buf_free(&b);
	if (fault.reason == TLOG_OK &&
	    memcmp(&h->old, &v->log, sizeof(v->log)) != 0)
		fault = (struct tlog_fault){ TLOG_UNSIGNED, 0 };
	if (fault.reason != TLOG_OK) {
		verify_false(v, "handover", path, &fault);
		return false;
	}
	verify_goes_on(v, path, &h->last);
	prove(v, h, v->handover_count == 0);
	v->handover_count++;
	v->log = h->new;
	return true;
}

void
verify_handover(struct verify *v)
{
	verify_follow(v, v->file[0]);
}
