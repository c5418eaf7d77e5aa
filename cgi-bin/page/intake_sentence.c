/* SPDX-License-Identifier: Apache-2.0 */
/* Why a document was refused, as one sentence in somebody's language. */
#include "page/intake.h"

/* Whose words are used, and where the sentence is made. */
struct speech {
	struct pages *pages;
	enum lang lang;
	struct arena *arena;
};

static const char *
word_of(const struct speech *s, const char *block, const char *word)
{
	return lang_text(
	    s->pages, s->lang, arena_printf(s->arena, "%s.%s", block, word));
}

/* What the content is: a kind that is taken by its name, or a media type. */
static const char *
found_text(const struct speech *s, const struct verdict *verdict)
{
	const enum format format = format_of_media(verdict->found);

	if (format != FORMAT_NONE)
		return word_of(s, "Document.Format", format_words[format]);
	return verdict->found[0] != '\0' ? verdict->found
					 : word_of(s, "Intake", "Nothing");
}

/* The key of the fault, with what it is about where that has a sentence. */
static const char *
key_of(const struct speech *s, const struct verdict *verdict)
{
	const char *fault = verdict_faults[verdict->fault];
	const char *key = arena_printf(s->arena, "Intake.Fault.%s.%s", fault,
	    verdict_whats[verdict->what]);

	if (lang_has(s->pages, s->lang, key))
		return key;
	return arena_printf(s->arena, "Intake.Fault.%s.none", fault);
}

const char *
intake_reason(struct pages *pages, enum lang lang, struct arena *arena,
    const struct verdict *verdict)
{
	const struct speech s = { pages, lang, arena };
	struct say say[] = {
		{ "named",
		    word_of(
			&s, "Document.Format", format_words[verdict->named]),
		    0 },
		{ "found", found_text(&s, verdict), 0 },
		{ "where", verdict->where, 0 },
		{ "sentence", NULL, 0 },
		{ NULL, NULL, 0 },
	};

	if (verdict->fault == VERDICT_GOOD)
		return NULL;
	say[3].text = lang_say(pages, lang, arena, key_of(&s, verdict), say);
	/* Of one part of it, that is named behind. */
	return lang_say(pages, lang, arena,
	    verdict->where[0] != '\0' ? "Intake.Within" : "Intake.Whole", say);
}

const char *
intake_sentence(struct visit *v, const struct verdict *verdict)
{
	return intake_reason(v->site->pages, v->lang, v->req->arena, verdict);
}
