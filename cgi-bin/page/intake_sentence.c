/* SPDX-License-Identifier: Apache-2.0 */
/* Why a document was refused, as one sentence in the visitor's language. */
#include "page/intake.h"

/* What the content is: a kind that is taken by its name, or a media type. */
static const char *
found_text(struct visit *v, const struct verdict *verdict)
{
	const enum format format = format_of_media(verdict->found);

	if (format != FORMAT_NONE)
		return page_word(v, "Document.Format", format_words[format]);
	return verdict->found[0] != '\0' ? verdict->found
					 : page_word(v, "Intake", "Nothing");
}

/* The key of the fault, with what it is about where that has a sentence. */
static const char *
key_of(struct visit *v, const struct verdict *verdict)
{
	const char *fault = verdict_faults[verdict->fault];
	const char *key = arena_printf(v->req->arena, "Intake.Fault.%s.%s",
	    fault, verdict_whats[verdict->what]);

	if (lang_has(v->site->pages, v->lang, key))
		return key;
	return arena_printf(v->req->arena, "Intake.Fault.%s.none", fault);
}

const char *
intake_sentence(struct visit *v, const struct verdict *verdict)
{
	struct say say[] = {
		{ "named",
		    page_word(
			v, "Document.Format", format_words[verdict->named]),
		    0 },
		{ "found", found_text(v, verdict), 0 },
		{ "where", verdict->where, 0 },
		{ "sentence", NULL, 0 },
		{ NULL, NULL, 0 },
	};

	if (verdict->fault == VERDICT_GOOD)
		return NULL;
	say[3].text = lang_say(
	    v->site->pages, v->lang, v->req->arena, key_of(v, verdict), say);
	/* Of one part of it, that is named behind. */
	return lang_say(v->site->pages, v->lang, v->req->arena,
	    verdict->where[0] != '\0' ? "Intake.Within" : "Intake.Whole", say);
}
