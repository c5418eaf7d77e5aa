/* SPDX-License-Identifier: Apache-2.0 */
#include "web/part.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/*
 * Sets of a few slots: a key is in one of the slots of its set.  The hand
 * goes round and takes what was not asked for since it last came by.
 */
enum { SETS = 512, WAYS = 4, SLOTS = SETS * WAYS };

struct part {
	struct part_key key; /* kind 0: an empty slot */
	char *markup;
	size_t len;
	bool is_used; /* since the hand came by */
};

struct parts {
	struct part slots[SLOTS];
	size_t bytes;
	size_t hand;
};

struct parts *
parts_new(void)
{
	return calloc(1, sizeof(struct parts));
}

void
parts_free(struct parts *parts)
{
	if (parts == NULL)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		free(parts->slots[i].markup);
	free(parts);
}

static struct part *
set_of(struct parts *parts, const struct part_key *key)
{
	/* Odd constants, so that each word moves the upper bits. */
	uint64_t h = (key->kind * UINT64_C(0x9e3779b97f4a7c15)) ^
	    (key->id * UINT64_C(0xbf58476d1ce4e5b9)) ^
	    (key->state * UINT64_C(0x94d049bb133111eb)) ^
	    (key->at * UINT64_C(0xd6e8feb86659fd93));

	h ^= h >> 32;
	h *= UINT64_C(0x9e3779b97f4a7c15);
	return &parts->slots[(h >> 32) % SETS * WAYS];
}

static bool
is_same(const struct part_key *a, const struct part_key *b)
{
	return a->kind == b->kind && a->id == b->id && a->state == b->state &&
	    a->at == b->at;
}

const char *
parts_find(struct parts *parts, const struct part_key *key, size_t *len)
{
	struct part *set = set_of(parts, key);

	*len = 0;
	for (int i = 0; i < WAYS; i++) {
		if (!is_same(&set[i].key, key))
			continue;
		set[i].is_used = true;
		*len = set[i].len;
		return set[i].markup;
	}
	return NULL;
}

static void
drop(struct parts *parts, struct part *p)
{
	free(p->markup);
	parts->bytes -= p->len;
	memset(p, 0, sizeof(*p));
}

static void
make_room(struct parts *parts, size_t len)
{
	struct part *p;

	while (parts->bytes + len > PARTS_BYTES) {
		p = &parts->slots[parts->hand++ % SLOTS];
		if (p->is_used)
			p->is_used = false;
		else
			drop(parts, p);
	}
}

/* The slot of the set for a new part: its own, an empty one, an idle one. */
static struct part *
slot_for(struct parts *parts, const struct part_key *key)
{
	struct part *set = set_of(parts, key), *best = &set[0];

	for (int i = 0; i < WAYS; i++) {
		if (is_same(&set[i].key, key) || set[i].key.kind == 0)
			return &set[i];
		if (!set[i].is_used)
			best = &set[i];
	}
	return best;
}

void
parts_keep(struct parts *parts, const struct part_key *key, const char *markup,
    size_t len)
{
	struct part *p;
	char *copy;

	if (len > PART_BYTES || (copy = malloc(len + 1)) == NULL)
		return;
	make_room(parts, len);
	p = slot_for(parts, key);
	drop(parts, p);
	memcpy(copy, markup, len);
	copy[len] = '\0';
	p->key = *key;
	p->markup = copy;
	p->len = len;
	p->is_used = true;
	parts->bytes += len;
}
