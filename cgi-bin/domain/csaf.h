/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CSAF 2.0 documents (OASIS Standard, 2022) as they come in: bytes from
 * anywhere to a checked advisory_imported, or one reason at one place why
 * not.  Refuses rather than repairs; takes fields that it does not know.
 * Not here: making CSAF documents, and the 33 mandatory tests as such.
 *
 * How the rows of advisory_part are used.  Every text is clean UTF-8 (NFC),
 * `text` and a remediation's title may have several lines, the others are
 * one; "" where there is none.  `url` is http:// or https:// or "".  depth 1
 * (of any kind but product): belongs to the last vulnerability before it;
 * depth 0: to the document.
 *
 * note		name  category: description details faq general
 *		      legal_disclaimer other summary; of a vulnerability also
 *		      threat_exploit_status threat_impact threat_target_set
 *		title its heading, text what it says
 * product	name  what it is: architecture host_name language legacy
 *		      patch_level product_family product_name product_version
 *		      product_version_range service_pack specification vendor
 *		      (branches of a tree, by depth from 0); product (a full
 *		      name outside of the tree); default_component_of
 *		      external_component_of installed_on installed_with
 *		      optional_component_of (products of two); group
 *		title name of the branch, or summary of the group
 *		text  full name of the product at a leaf; of a group: its
 *		      products, one a line
 * vulnerability name  CVE, or another identifier, or ""
 *		title its title
 *		text  "CWE-79 Improper Neutralization of …"
 * score	name  CVSS vector
 *		title "3.1 7.5 HIGH": version, base score, severity
 *		text  products, one a line (see below)
 * status	name  known_affected first_affected last_affected
 *		      under_investigation known_not_affected fixed first_fixed
 *		      recommended; or why a product is not affected (a flag):
 *		      component_not_present inline_mitigations_already_exist
 *		      vulnerable_code_cannot_be_controlled_by_adversary
 *		      vulnerable_code_not_in_execute_path
 *		      vulnerable_code_not_present
 *		title how many products, in digits
 *		text  the products, one a line; "" when these are all products
 *		      of the document and more than eight
 * remediation	name  category: mitigation no_fix_planned none_available
 *		      vendor_fix workaround; then, each behind a space and
 *		      only where it is known: what it restarts, restart_ and
 *		      none vulnerable_component service parent dependencies
 *		      connected machine system zone; its date (RFC 3339)
 *		title products, one a line (see below)
 *		text  what to do, url where
 * reference	name  category: external self
 *		title its summary
 *		text  an address that is neither http nor https, else ""
 * acknowledgement name  names, with commas
 *		title organisation, text its summary, url its first address
 * history	name  version, title its date (RFC 3339), text its summary
 *
 * Products of a score or a remediation are "" when they are those that the
 * vulnerability's known_affected status names, or when none are named.
 *
 * Order: the document's notes, products, each vulnerability followed by its
 * notes, scores, statuses, remediations, references, acknowledgements; then
 * the document's references, acknowledgements, history.  Kinds, and names of
 * the closed lists above, are checked; so a page may use them in a key.
 */
#ifndef DOMAIN_CSAF_H
#define DOMAIN_CSAF_H

#include "domain/advisory.h"
#include "domain/csaf_sector.h"
#include "domain/ctx.h"

enum {
	CSAF_BYTES_MAX = 8 * 1024 * 1024,
	CSAF_DEPTH_MAX = 64,	  /* of JSON arrays and objects */
	CSAF_VALUES_MAX = 400000, /* of JSON: bounds the parser's memory */
	CSAF_LINE_BYTES = 4096,	  /* names, titles, addresses */
	CSAF_PROSE_BYTES = 65536, /* a note, a remediation */
	CSAF_SUMMARY_CHARS = 600, /* for lists; the note has it whole */
	CSAF_PRODUCTS_MAX = 20000,
	CSAF_PARTS_MAX = 20000,
	CSAF_NAMES_MAX = 50000, /* of products, in all parts: rows of a page */
	CSAF_TEXT_MAX = 4 * 1024 * 1024 /* bytes of all parts together */
};

/* Why a document is refused. */
enum csaf_reason {
	CSAF_OK,
	CSAF_SIZE, /* more than CSAF_BYTES_MAX, or empty */
	CSAF_JSON, /* not JSON; detail: the parser's words */
	CSAF_DEPTH,
	CSAF_VALUES,
	CSAF_MISSING, /* a value that must be there, or is empty */
	CSAF_TYPE,    /* detail: the JSON type it should have */
	CSAF_TEXT,    /* control or bidirectional characters */
	CSAF_LONG,    /* detail: bytes allowed */
	CSAF_TIME,    /* not an RFC 3339 date and time */
	CSAF_VALUE,   /* detail: the value, not one of those allowed */
	CSAF_EDITION, /* detail: the csaf_version, not 2.0 */
	CSAF_DRAFT,   /* not released: status draft, version 0 or 0.x */
	CSAF_UNKNOWN, /* detail: an identifier that is not in the tree */
	CSAF_TWICE,   /* detail: an identifier that is there twice */
	CSAF_MUCH,    /* over a limit of products, parts, names or text */
	CSAF_LABEL,   /* detail: its own label; a lower one was asked for */
	CSAF_RED,     /* TLP:RED, whose readers must be named */
	CSAF_FIELD,   /* the portal's own check; place: field, detail: key */
	CSAF__MAX
};
/* "missing": the catalogue has a sentence Csaf.Fault.<word> for each, with
   the places {place} {detail} {line} {column}. */
extern const char *const csaf_reasons[CSAF__MAX + 1];

struct csaf_fault {
	enum csaf_reason reason;
	int line, column;   /* from 1; 0: not at one place */
	const char *place;  /* JSON pointer (RFC 6901), or "" */
	const char *detail; /* one clean line, or "" */
};

/* One English sentence: what and where, without the line. */
const char *csaf_fault_text(struct arena *, const struct csaf_fault *);

struct csaf {
	struct advisory_imported document; /* no circles, no source yet */
	bool has_label;			   /* else draft.label is TLP_CLEAR */
	struct csaf_sectors sectors;	   /* draft.sectors has its bits */
};

/*
 * Everything lives in the arena, which needs room for some five times the
 * bytes and 16 MiB.  ERR_INVALID fills *fault.
 */
enum err csaf_parse(struct arena *, const void *, size_t len, struct csaf **,
    struct csaf_fault *fault);

/*
 * Versions as CSAF has them (§3.1.11): an integer, or semantic versioning
 * 2.0.0, whose build part does not count.
 */
bool csaf_version_ok(const char *);
/* Below 0, 0, above 0 as a is older, as new, newer; both are of the form
   above.  Of mixed forms the integer counts as major version. */
int csaf_version_compare(const char *a, const char *b);

struct csaf_options {
	/*
	 * Refs of circles, NULL-ended.  NULL: those of its sectors that the
	 * actor may address; the community's when it names no sector or
	 * "multiple" ones, and also, up to TLP:GREEN, when it names none that
	 * may be addressed.
	 */
	const char *const *circles;
	int label; /* enum tlp, at least its own; -1: its own, or TLP:CLEAR;
			TLP:RED is refused */
};

struct csaf_result {
	enum advisory_import_result result;
	char *ref; /* of the advisory */
	const char *foreign_id, *foreign_version;
	struct csaf_sectors sectors;
	struct csaf_fault fault; /* reason CSAF_OK unless ERR_INVALID */
};

/*
 * Parses, keeps the bytes, publishes (advisory_import()), in one transaction
 * or inside the caller's.  The result is in ctx->arena.  ERR_INVALID fills
 * result->fault; the other errors are those of blob_keep() and
 * advisory_import().
 */
enum err csaf_import(struct ctx *, const void *, size_t len,
    const struct csaf_options *, struct csaf_result *);

#endif
