/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The texts of a language by their whole key, hashed: a page asks for a
 * hundred and more, and a walk down the tree for each, with a key put
 * together first, takes longer than the page's own data.
 */
#include <stdlib.h>
#include <string.h>

#include "web/pages.h"

enum { KEY_BYTES = 128 };

/*
 * The words of the database and of addresses have hyphens, which names in an
 * HDF file cannot have: the catalogue says financial_markets.
 */
static unsigned char
letter(char c)
{
	return c == '-' ? '_' : (unsigned char)c;
}

/* FNV-1a */
static uint32_t
hash(uint32_t h, const char *s)
{
	for (; *s != '\0'; s++)
		h = (h ^ letter(*s)) * UINT32_C(16777619);
	return h;
}

static uint32_t
hash_key(const char *block, const char *word)
{
	uint32_t h = UINT32_C(2166136261);

	return block == NULL ? hash(h, word)
			     : hash(hash(hash(h, block), "."), word);
}

/* Where `key` goes on after `part`, or NULL. */
static const char *
after(const char *key, const char *part)
{
	for (; *part != '\0'; part++, key++)
		if ((unsigned char)*key != letter(*part))
			return NULL;
	return key;
}

static bool
is_key(const char *key, const char *block, const char *word)
{
	if (block != NULL && (key = after(key, block)) != NULL)
		key = after(key, ".");
	return key != NULL && (key = after(key, word)) != NULL && *key == '\0';
}

/* The slot of the key, or the empty one where it would go. */
static struct catalogue_text *
slot(const struct catalogue *c, const char *block, const char *word)
{
	size_t i = hash_key(block, word) & (c->size - 1);

	while (c->texts[i].key != NULL && !is_key(c->texts[i].key, block, word))
		i = (i + 1) & (c->size - 1);
	return &c->texts[i];
}

const char *
catalogue_find(const struct catalogue *c, const char *block, const char *word)
{
	return slot(c, block, word)->text;
}

static size_t
count(HDF *node)
{
	size_t n = 0;

	for (HDF *h = hdf_obj_child(node); h != NULL; h = hdf_obj_next(h))
		n += 1 + count(h);
	return n;
}

/* Keys of more than KEY_BYTES are left out: nothing asks for them. */
static enum err
add(struct catalogue *c, HDF *node, const char *above)
{
	char key[KEY_BYTES];
	struct catalogue_text *t;
	enum err rc = ERR_OK;
	int len;

	for (HDF *h = hdf_obj_child(node); h != NULL && rc == ERR_OK;
	     h = hdf_obj_next(h)) {
		len = snprintf(key, sizeof(key), "%s%s%s", above,
		    *above != '\0' ? "." : "", hdf_obj_name(h));
		if (len < 0 || (size_t)len >= sizeof(key))
			continue;
		if (hdf_obj_value(h) != NULL) {
			t = slot(c, NULL, key);
			t->text = hdf_obj_value(h);
			if (t->key == NULL && (t->key = strdup(key)) == NULL)
				return ERR_MEMORY;
		}
		rc = add(c, h, key);
	}
	return rc;
}

enum err
catalogue_fill(struct catalogue *c, HDF *words)
{
	/* At most half full, and so always with an empty slot. */
	for (c->size = 16; c->size < count(words) * 2; c->size *= 2)
		;
	c->texts = calloc(c->size, sizeof(*c->texts));
	return c->texts == NULL ? ERR_MEMORY : add(c, words, "");
}

void
catalogue_free(struct catalogue *c)
{
	for (size_t i = 0; c->texts != NULL && i < c->size; i++)
		free(c->texts[i].key);
	free(c->texts);
}
