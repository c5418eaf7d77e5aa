/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/buf.h"
#include "domain/csaf_read.h"

enum { SET_BITS = 64 };

static const char *const branch_categories[] = { "architecture", "host_name",
	"language", "legacy", "patch_level", "product_family", "product_name",
	"product_version", "product_version_range", "service_pack",
	"specification", "vendor", NULL };

static const char *const relation_categories[] = { "default_component_of",
	"external_component_of", "installed_on", "installed_with",
	"optional_component_of", NULL };

/* ---- the table -------------------------------------------------------- */

static void
products_grow(struct csaf_reader *r)
{
	struct csaf_products *p = &r->products;
	size_t cap = p->cap > 0 ? 2 * p->cap : 64;
	const char **more = arena_array(r->arena, cap, sizeof(*more));

	if (p->count > 0)
		memcpy(more, p->names, p->count * sizeof(*more));
	p->names = more;
	p->cap = cap;
}

/* As it stands there: identifiers are compared, never shown. */
static const char *
identifier(struct csaf_reader *r, const json_t *object, const char *key)
{
	csaf_line(r, object, key, CSAF_MUST);
	return json_string_value(json_object_get(object, key));
}

/* A full_product_name: into the table under its id.  "" after a fault. */
static const char *
product(struct csaf_reader *r, const json_t *object)
{
	struct csaf_products *p = &r->products;
	const char *id = identifier(r, object, "product_id");
	const char *name = csaf_line(r, object, "name", CSAF_MUST);

	if (!csaf_is_ok(r))
		return "";
	if (json_object_get(p->ids, id) != NULL) {
		csaf_refuse(r, CSAF_TWICE, "product_id", id);
		return "";
	}
	if (p->count >= CSAF_PRODUCTS_MAX) {
		csaf_refuse(r, CSAF_MUCH, NULL, NULL);
		return "";
	}
	if (p->count == p->cap)
		products_grow(r);
	json_object_set_new(p->ids, id, json_integer((json_int_t)p->count));
	p->names[p->count++] = name;
	return name;
}

static const char *
product_below(struct csaf_reader *r, const json_t *object, const char *key,
    enum csaf_need need)
{
	const json_t *inner = csaf_object(r, object, key, need);
	const char *name;
	size_t was;

	if (inner == NULL)
		return "";
	was = csaf_enter(r, key);
	name = product(r, inner);
	csaf_leave(r, was);
	return name;
}

/* ---- the tree --------------------------------------------------------- */

/* `to` is the depth; the JSON's own depth bounds the recursion. */
static void
branch(struct csaf_reader *r, const json_t *item, void *to)
{
	const int *depth = to;
	int below = *depth + 1;
	struct advisory_part part = { .kind = "product", .depth = *depth };

	part.name =
	    csaf_word(r, item, "category", CSAF_MUST, branch_categories);
	part.title = csaf_line(r, item, "name", CSAF_MUST);
	part.text = product_below(r, item, "product", CSAF_MAY);
	part.url = "";
	csaf_part(r, &part);
	csaf_each(r, item, "branches", CSAF_MAY, branch, &below);
}

static void
full_name(struct csaf_reader *r, const json_t *item, void *to)
{
	struct advisory_part part = { "product", 0, "product", "", "", "" };

	(void)to;
	part.text = product(r, item);
	csaf_part(r, &part);
}

static void
relationship(struct csaf_reader *r, const json_t *item, void *to)
{
	struct advisory_part part = { "product", 0, "", "", "", "" };

	(void)to;
	part.name =
	    csaf_word(r, item, "category", CSAF_MUST, relation_categories);
	part.text = product_below(r, item, "full_product_name", CSAF_MUST);
	csaf_part(r, &part);
}

static void
group(struct csaf_reader *r, const json_t *item, void *to)
{
	struct advisory_part part = { "product", 0, "group", "", "", "" };
	const char *id = identifier(r, item, "group_id");
	struct csaf_set *set = to;

	csaf_set_read(r, item, "product_ids", NULL, set);
	if (!csaf_is_ok(r))
		return;
	if (json_object_get(r->products.groups, id) != NULL) {
		csaf_refuse(r, CSAF_TWICE, "group_id", id);
		return;
	}
	json_object_set(
	    r->products.groups, id, json_object_get(item, "product_ids"));
	part.title = csaf_line(r, item, "summary", CSAF_MAY);
	part.text = csaf_set_text(r, set);
	csaf_part(r, &part);
}

/* Groups come last: they name products, also those of relationships. */
void
csaf_products_read(struct csaf_reader *r, const json_t *root)
{
	struct csaf_set set = { NULL, 0 };
	const json_t *tree;
	int depth = 0;
	size_t was;

	r->products.ids = json_object();
	r->products.groups = json_object();
	if ((tree = csaf_object(r, root, "product_tree", CSAF_MAY)) == NULL)
		return;
	was = csaf_enter(r, "product_tree");
	csaf_each(r, tree, "branches", CSAF_MAY, branch, &depth);
	csaf_each(r, tree, "full_product_names", CSAF_MAY, full_name, NULL);
	csaf_each(r, tree, "relationships", CSAF_MAY, relationship, NULL);
	csaf_each(r, tree, "product_groups", CSAF_MAY, group, &set);
	csaf_leave(r, was);
}

void
csaf_products_free(struct csaf_products *p)
{
	json_decref(p->ids);
	json_decref(p->groups);
	p->ids = p->groups = NULL;
}

const char *
csaf_products_text(struct csaf_reader *r, size_t max)
{
	json_t *seen = json_object();
	const char *name, *text;
	struct buf b;

	buf_init(&b, max);
	for (size_t i = 0; i < r->products.count && !b.overflow; i++) {
		name = r->products.names[i];
		if (json_object_get(seen, name) != NULL)
			continue;
		json_object_set_new(seen, name, json_true());
		if (b.len + 1 + strlen(name) > max)
			break;
		buf_addf(&b, "%s%s", b.len > 0 ? "\n" : "", name);
	}
	text = arena_copy_n(r->arena, b.len > 0 ? b.data : "", b.len);
	buf_free(&b);
	json_decref(seen);
	return text;
}

/* ---- sets of products ------------------------------------------------- */

static size_t
set_words(const struct csaf_reader *r)
{
	return r->products.count / SET_BITS + 1;
}

static void
set_add(struct csaf_set *set, size_t product_number)
{
	uint64_t bit = (uint64_t)1 << product_number % SET_BITS;
	uint64_t *word = &set->bits[product_number / SET_BITS];

	set->count += (*word & bit) == 0;
	*word |= bit;
}

/* Each of a list of identifiers: a product's, or with `groups` a group's. */
static void
set_add_ids(struct csaf_reader *r, const json_t *list, const char *key,
    bool is_groups, struct csaf_set *set)
{
	const json_t *table = is_groups ? r->products.groups : r->products.ids;
	const json_t *found;
	const char *id;

	for (size_t i = 0; i < json_array_size(list) && csaf_is_ok(r); i++) {
		id = json_string_value(json_array_get(list, i));
		found = id == NULL ? NULL : json_object_get(table, id);
		if (r->ids_left-- == 0) {
			r->ids_left = 0;
			csaf_refuse(r, CSAF_MUCH, key, NULL);
		} else if (found == NULL) {
			csaf_refuse(r, CSAF_UNKNOWN, key, id);
		} else if (is_groups) {
			set_add_ids(r, found, key, false, set);
		} else {
			set_add(set, (size_t)json_integer_value(found));
		}
	}
}

static void
set_add_key(struct csaf_reader *r, const json_t *object, const char *key,
    bool is_groups, struct csaf_set *set)
{
	const json_t *list = json_object_get(object, key);

	if (list != NULL && !json_is_array(list))
		csaf_refuse(r, CSAF_TYPE, key, "array");
	else if (list != NULL)
		set_add_ids(r, list, key, is_groups, set);
}

void
csaf_set_read(struct csaf_reader *r, const json_t *object, const char *ids,
    const char *groups, struct csaf_set *set)
{
	if (!csaf_is_ok(r))
		return;
	if (set->bits == NULL)
		set->bits =
		    arena_array(r->arena, set_words(r), sizeof(*set->bits));
	memset(set->bits, 0, set_words(r) * sizeof(*set->bits));
	set->count = 0;
	set_add_key(r, object, ids, false, set);
	if (groups != NULL)
		set_add_key(r, object, groups, true, set);
}

bool
csaf_set_equal(const struct csaf_reader *r, const struct csaf_set *a,
    const struct csaf_set *b)
{
	return a->count == b->count &&
	    (a->count == 0 ||
		memcmp(a->bits, b->bits, set_words(r) * sizeof(*a->bits)) == 0);
}

const char *
csaf_set_text(struct csaf_reader *r, const struct csaf_set *set)
{
	size_t left = set->count;
	const char *text;
	struct buf b;

	/* A group of thousands may be named by thousands of few bytes each. */
	if (left > r->names_left) {
		csaf_refuse(r, CSAF_MUCH, NULL, NULL);
		return "";
	}
	r->names_left -= left;
	buf_init(&b, r->text_left);
	for (size_t i = 0; left > 0 && !b.overflow; i++) {
		if ((set->bits[i / SET_BITS] >> i % SET_BITS & 1) == 0)
			continue;
		left--;
		buf_addf(
		    &b, "%s%s", b.len > 0 ? "\n" : "", r->products.names[i]);
	}
	if (b.overflow)
		csaf_refuse(r, CSAF_MUCH, NULL, NULL);
	text = arena_copy_n(r->arena, b.len > 0 ? b.data : "", b.len);
	buf_free(&b);
	return text;
}
