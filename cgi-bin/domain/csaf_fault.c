/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "domain/csaf.h"

const char *const csaf_reasons[CSAF__MAX + 1] = {
	[CSAF_OK] = "ok",
	[CSAF_SIZE] = "size",
	[CSAF_JSON] = "json",
	[CSAF_DEPTH] = "depth",
	[CSAF_VALUES] = "values",
	[CSAF_MISSING] = "missing",
	[CSAF_TYPE] = "type",
	[CSAF_TEXT] = "text",
	[CSAF_LONG] = "long",
	[CSAF_TIME] = "time",
	[CSAF_VALUE] = "value",
	[CSAF_EDITION] = "edition",
	[CSAF_DRAFT] = "draft",
	[CSAF_UNKNOWN] = "unknown",
	[CSAF_TWICE] = "twice",
	[CSAF_MUCH] = "much",
	[CSAF_LABEL] = "label",
	[CSAF_RED] = "red",
	[CSAF_FIELD] = "field",
	[CSAF__MAX] = NULL,
};

/* What stands before the place, between it and the detail, and behind. */
static const struct {
	const char *before, *between, *after;
} sentences[CSAF__MAX] = {
	[CSAF_OK] = { "nothing is wrong", "", "." },
	[CSAF_SIZE] = { "the file is empty or larger than 8 MiB", "", "." },
	[CSAF_JSON] = { "this is not JSON: ", "", "." },
	[CSAF_DEPTH] = { "the JSON is nested deeper than 64 levels", "", "." },
	[CSAF_VALUES] = { "the JSON has more than 400,000 values", "", "." },
	[CSAF_MISSING] = { "", " is missing or empty", "." },
	[CSAF_TYPE] = { "", " must be of JSON type ", "." },
	[CSAF_TEXT] = { "", " holds control characters", "." },
	[CSAF_LONG] = { "", " is longer than ", " bytes." },
	[CSAF_TIME] = { "", " is not a date and time (RFC 3339): ", "." },
	[CSAF_VALUE] = { "", " has a value that is not allowed: ", "." },
	[CSAF_EDITION] = { "", " must be 2.0, but is ", "." },
	[CSAF_DRAFT] = { "", " says that this is a draft: ", "." },
	[CSAF_UNKNOWN] = { "",
	    " names what is not in the product tree: ", "." },
	[CSAF_TWICE] = { "", " is there twice: ", "." },
	[CSAF_MUCH] = { "", " goes beyond what a document may hold", "." },
	[CSAF_LABEL] = { "", " is ", ", and a lower label was asked for." },
	[CSAF_RED] = { "",
	    " is TLP:RED: its readers must be named, so write it as a draft",
	    "." },
	[CSAF_FIELD] = { "the portal does not take the field ", ": ", "." },
};

const char *
csaf_fault_text(struct arena *a, const struct csaf_fault *fault)
{
	enum csaf_reason reason = fault->reason;
	const char *place = fault->place != NULL ? fault->place : "";

	if (*place == '\0' && *sentences[reason].before == '\0')
		place = "the document";
	return arena_printf(a, "%s%s%s%s%s", sentences[reason].before, place,
	    sentences[reason].between,
	    fault->detail != NULL ? fault->detail : "",
	    sentences[reason].after);
}
