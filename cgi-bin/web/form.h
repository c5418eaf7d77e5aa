/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fields from a query or a body, turned into typed values by a table before
 * any handler sees them.  What is wrong becomes a message beside the field
 * (a key of the catalogue), and what was typed is kept as it was.
 *
 *	static const struct field f_answer[] = {
 *		{ "state", FIELD_CHOICE, .required = true, .choices = states },
 *		{ "comment", FIELD_PROSE, .max = 2000 },
 *		{ NULL }
 *	};
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "web/req.h"

enum field_kind {
	FIELD_LINE,   /* one line of text, cleaned (NFC, trimmed) */
	FIELD_PROSE,  /* several lines of text */
	FIELD_EXACT,  /* bytes kept as typed (passwords): UTF-8, no control */
	FIELD_INT,    /* decimal within [min, max] */
	FIELD_DATE,   /* YYYY-MM-DD; number is µs UTC at midnight */
	FIELD_CHOICE, /* one of choices; number is its index */
	FIELD_SET,    /* any of choices, repeated; number is a bit mask, at
			 most 63 choices */
	FIELD_LIST,   /* repeated free values (ids): lines, see form_list() */
	FIELD_FLAG,   /* a check box: present with value "1" */
	FIELD_EMAIL,  /* one line, an address as RFC 5321 allows, no quotes */
	FIELD_FILE,   /* an uploaded file (multipart only) */
	FIELD__MAX
};

/*
 * Bounds: characters of text kinds (max 0 is 200, 254 for FIELD_EMAIL);
 * values of FIELD_INT (max 0 is none); how many of FIELD_SET and FIELD_LIST
 * (max 0 is 200, each of 200 characters at most); bytes of FIELD_FILE (max 0
 * is 16 MiB).
 */
struct field {
	const char *name;
	enum field_kind kind;
	bool required;
	int64_t min;
	int64_t max;
	const char *const *choices; /* ends with NULL */
	const char *label; /* its key below Form.Label; NULL: its name */
};

/*
 * The errors that come from here: Required ChooseOne ChooseSome ChooseFile
 * FileName TooShort TooLong Characters Number
 * TooSmall TooLarge Date Choice TooFew TooMany Email FileEmpty FileTooLarge.
 */
struct value {
	const struct field *field;
	bool is_given;
	const char *text; /* as typed, or cleaned when it was right */
	int64_t number;
	const char *const *list; /* FIELD_SET, FIELD_LIST: NULL-ended */
	const char *error;	 /* catalogue key below "Form.Error", e.g.
				       "Required", "TooLong"; NULL is right */
	int64_t limit;		 /* the bound that the message names */
	const char *file;	 /* FIELD_FILE: a temporary file's path */
	size_t file_bytes;
};

struct form {
	struct arena *arena;  /* where form_put() and others write */
	bool is_submitted;    /* came with POST, not an empty form */
	struct value *values; /* in the order of the field table */
	size_t count;
	int64_t file_max; /* req.file_max */
	/* Outside of the table, NULL when absent: the two fields of each POST
	   form, and in a query the word of the notice that a page shows. */
	const char *csrf;
	const char *once;
	const char *done;
};

/* The upper bound of a field, with the defaults said above. */
int64_t form_max(const struct field *);
/* The same of a file in this form, whose request may have a lower one. */
int64_t form_file_max(const struct form *, const struct field *);

/* An empty form over the table, for the GET of a form page. */
struct form *form_new(struct arena *, const struct field *);

/*
 * Splits application/x-www-form-urlencoded text into pairs (name NULL ends).
 * ERR_MALFORMED on broken escapes, NUL, not UTF-8; ERR_TOO_LARGE over
 * REQ_FIELDS_MAX.
 */
enum err form_split(struct arena *, const char *, size_t len, struct pair **);

/*
 * Checks pairs against the table of a form that form_new() made.  A field that
 * the table does not have (other than "csrf", "once", "done"), or a
 * single-valued one given twice, is ERR_MALFORMED; wrong values are
 * ERR_INVALID with the errors in the form.
 */
enum err form_fill(struct form *, const struct pair *);

/* The query string of a GET, into a new form.  As form_fill(). */
enum err form_from_query(struct req *, const struct field *, struct form **);

/*
 * The body of a POST: urlencoded or multipart/form-data (RFC 7578), by the
 * content type; any other is ERR_MEDIA.  A body that ends early is
 * ERR_MALFORMED, never a shorter field.  Files go to `tmp_dir`, named by the
 * system, unlinked by form_settle().
 */
enum err form_from_body(
    struct req *, const struct field *, const char *tmp_dir, struct form **);

/* Removes temporary files that nobody took.  NULL is harmless. */
void form_settle(struct form *);

/* By name; the name must be in the table (asserted). */
struct value *form_value(struct form *, const char *name);
const char *form_text(struct form *, const char *name); /* "" when absent */
int64_t form_int(struct form *, const char *name);
bool form_flag(struct form *, const char *name);
const char *const *form_list(struct form *, const char *name);

/* What a handler finds wrong itself: sets the field's error. */
void form_refuse(struct form *, const char *name, const char *error);
bool form_is_right(const struct form *);

/* Fills a value for the first display of an edit form. */
void form_put(struct form *, const char *name, const char *text);
void form_put_int(struct form *, const char *name, int64_t);
void form_put_list(struct form *, const char *name, const char *const *);
/* Of a FIELD_SET: bit n stands for choice n. */
void form_put_set(struct form *, const char *name, int64_t mask);

#endif
