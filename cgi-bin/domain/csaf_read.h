/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For csaf*.c alone: values out of a JSON document, checked and clean, and
 * the place where the first one is wrong.  After a fault every call gives
 * nothing ("" or NULL or 0), so a caller asks once, at its end.
 */
#ifndef DOMAIN_CSAF_READ_H
#define DOMAIN_CSAF_READ_H

#include <jansson.h>

#include "domain/csaf.h"

enum csaf_need { CSAF_MAY, CSAF_MUST };

/* Products by their number, in the order in which they were defined. */
struct csaf_products {
	const char **names;
	size_t count, cap;
	json_t *ids;	/* product_id to number */
	json_t *groups; /* group_id to its list of ids, borrowed */
};

struct csaf_reader {
	struct arena *arena;
	struct csaf_fault *fault;
	char place[1024];
	size_t place_len;
	struct advisory_part *parts;
	size_t part_count, part_cap;
	size_t text_left;  /* of CSAF_TEXT_MAX */
	size_t ids_left;   /* product references to resolve */
	size_t names_left; /* of CSAF_NAMES_MAX */
	struct csaf_products products;
};

bool csaf_is_ok(const struct csaf_reader *);

/* The first fault stays.  `key` (or NULL) is put behind the place; `detail`
   may be any text from the document. */
void csaf_refuse(struct csaf_reader *, enum csaf_reason, const char *key,
    const char *detail);

/* NULL when it is not there. */
const json_t *csaf_object(
    struct csaf_reader *, const json_t *, const char *key, enum csaf_need);
const char *csaf_line(
    struct csaf_reader *, const json_t *, const char *key, enum csaf_need);
const char *csaf_prose(
    struct csaf_reader *, const json_t *, const char *key, enum csaf_need);
/* Is it an http or https address? */
bool csaf_is_link(const char *);
/* Such an address, else "" with the address in *other. */
const char *csaf_url(struct csaf_reader *, const json_t *, const char *key,
    enum csaf_need, const char **other);
/* One of a NULL-ended list. */
const char *csaf_word(struct csaf_reader *, const json_t *, const char *key,
    enum csaf_need, const char *const *words);
int64_t csaf_time(
    struct csaf_reader *, const json_t *, const char *key, enum csaf_need);

/* Calls for each object of a list, with the place set; none is fine if it
   may be, and then it may be empty too. */
typedef void csaf_item(struct csaf_reader *, const json_t *, void *);
void csaf_each(struct csaf_reader *, const json_t *, const char *key,
    enum csaf_need, csaf_item *, void *);
/* A list of lines, joined; "" when it is not there. */
const char *csaf_lines(
    struct csaf_reader *, const json_t *, const char *key, const char *between);

/* Goes below a key, and back. */
size_t csaf_enter(struct csaf_reader *, const char *key);
void csaf_leave(struct csaf_reader *, size_t was);

void csaf_part(struct csaf_reader *, const struct advisory_part *);

/* ---- csaf_scan.c ----------------------------------------------------- */

/*
 * Bounds depth and number of values before the parser allocates.  False with
 * reason, line and column set.
 */
bool csaf_scan(const char *, size_t len, struct csaf_fault *);

/* Line and column of a pointer's value, or of the deepest one on its way;
   the bytes are known to be JSON. */
void csaf_locate(const char *, size_t len, struct csaf_fault *);

/* ---- csaf_product.c -------------------------------------------------- */

/* The tree to parts and names.  Free the products also after a fault. */
void csaf_products_read(struct csaf_reader *, const json_t *tree);
void csaf_products_free(struct csaf_products *);
/* Full names, none twice, one a line, whole lines within max bytes. */
const char *csaf_products_text(struct csaf_reader *, size_t max);

struct csaf_set {
	uint64_t *bits;
	size_t count;
};
/* Makes it those of two keys of an object: product ids and group ids (NULL:
   no such key).  A set of all zero is empty; one can be used again. */
void csaf_set_read(struct csaf_reader *, const json_t *, const char *ids,
    const char *groups, struct csaf_set *);
bool csaf_set_equal(const struct csaf_reader *, const struct csaf_set *,
    const struct csaf_set *);
/* Full names, one a line. */
const char *csaf_set_text(struct csaf_reader *, const struct csaf_set *);

/* ---- csaf_part.c, csaf_vulnerability.c -------------------------------- */

void csaf_notes_read(struct csaf_reader *, const json_t *, int depth);
void csaf_references_read(struct csaf_reader *, const json_t *, int depth);
void
csaf_acknowledgements_read(struct csaf_reader *, const json_t *, int depth);
void csaf_history_read(struct csaf_reader *, const json_t *tracking,
    const char *version, const char **change);

/* What lists show of all of them. */
struct csaf_sum {
	json_t *cves;		      /* a set; free it also after a fault */
	int severity_v3, severity_v2; /* the highest; -1 none */
};
void csaf_vulnerabilities_read(
    struct csaf_reader *, const json_t *root, struct csaf_sum *);

#endif
