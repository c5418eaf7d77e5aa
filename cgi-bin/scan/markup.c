/* SPDX-License-Identifier: Apache-2.0 */
#include "scan/markup.h"

#include <expat.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct markup {
	XML_Parser parser;
	struct markup_options options;
	XML_Index fed; /* bytes */
	unsigned depth;
	unsigned skipping;   /* open elements from the one to be skipped */
	unsigned collecting; /* … from the one whose text counts */
	bool is_enough;
};

/* Between namespace and name; never in a name, seldom in a namespace. */
static const XML_Char separator = ' ';

static const char *
local(const char *name)
{
	const char *at = strrchr(name, separator);

	return at != NULL ? at + 1 : name;
}

bool
markup_is_called(const char *attribute, const char *name)
{
	return strcmp(local(attribute), name) == 0;
}

const char *
markup_attribute(const char **attributes, const char *name)
{
	for (; attributes[0] != NULL; attributes += 2)
		if (markup_is_called(attributes[0], name))
			return attributes[1];
	return NULL;
}

static void
stop(struct markup *m, enum verdict_fault fault, enum verdict_what what)
{
	verdict_refuse(m->options.verdict, fault, what, m->options.where);
	XML_StopParser(m->parser, XML_FALSE);
}

/* ---- what expat calls ------------------------------------------------- */

static void
act(struct markup *m, enum markup_act what)
{
	m->collecting += m->collecting > 0;
	switch (what) {
	case MARKUP_PASS:
		break;
	case MARKUP_LINE:
		extract_line(m->options.text);
		break;
	case MARKUP_SPACE:
		extract_space(m->options.text);
		break;
	case MARKUP_TEXT:
		if (m->collecting == 0)
			m->collecting = 1;
		break;
	case MARKUP_SKIP:
		m->skipping = 1;
		break;
	}
}

static void XMLCALL
on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
	struct markup *m = user;

	if (++m->depth > MARKUP_DEPTH)
		stop(m, VERDICT_TOO_LARGE, VERDICT_DEPTH);
	else if (m->skipping > 0)
		m->skipping++;
	else
		act(m, m->options.ask(m->options.to, local(name), attributes));
}

static void XMLCALL
on_end(void *user, const XML_Char *name)
{
	struct markup *m = user;

	(void)name;
	m->depth--;
	if (m->skipping > 1) {
		m->skipping--;
		return;
	}
	m->skipping = 0;
	m->collecting -= m->collecting > 0;
}

static void XMLCALL
on_text(void *user, const XML_Char *s, int len)
{
	struct markup *m = user;

	if (m->collecting == 0 || m->skipping > 0)
		return;
	if (!extract_add(m->options.text, s, (size_t)len)) {
		m->is_enough = true;
		XML_StopParser(m->parser, XML_FALSE);
	}
}

static void XMLCALL
on_doctype(void *user, const XML_Char *name, const XML_Char *system_id,
    const XML_Char *public_id, int has_internal_subset)
{
	(void)name;
	(void)system_id;
	(void)public_id;
	(void)has_internal_subset;
	stop(user, VERDICT_FORBIDDEN, VERDICT_DTD);
}

/* ----------------------------------------------------------------------- */

struct markup *
markup_new(const struct markup_options *options)
{
	struct markup *m = calloc(1, sizeof(*m));

	if (m == NULL)
		return NULL;
	m->options = *options;
	m->parser = XML_ParserCreateNS(NULL, separator);
	if (m->parser == NULL) {
		free(m);
		return NULL;
	}
	XML_SetUserData(m->parser, m);
	XML_SetElementHandler(m->parser, on_start, on_end);
	XML_SetCharacterDataHandler(m->parser, on_text);
	XML_SetStartDoctypeDeclHandler(m->parser, on_doctype);
	return m;
}

void
markup_free(struct markup *m)
{
	if (m == NULL)
		return;
	XML_ParserFree(m->parser);
	free(m);
}

static bool
parse(struct markup *m, const uint8_t *s, size_t len, bool is_last)
{
	if (m->is_enough)
		return false;
	if (len <= INT_MAX &&
	    XML_Parse(m->parser, (const char *)s, (int)len, is_last) ==
		XML_STATUS_OK)
		return true;
	if (!m->is_enough)
		verdict_refuse(m->options.verdict, VERDICT_BROKEN,
		    VERDICT_WHAT_NONE, m->options.where);
	return false;
}

/*
 * A tag or comment that is not whole yet is looked at from its start with
 * each piece: time grows with its square, unless it has an end.
 */
static bool
token_ok(struct markup *m, size_t len)
{
	m->fed += (XML_Index)len;
	return m->fed - XML_GetCurrentByteIndex(m->parser) <= MARKUP_TOKEN ||
	    verdict_refuse(m->options.verdict, VERDICT_TOO_LARGE, VERDICT_BYTES,
		m->options.where);
}

bool
markup_feed(struct markup *m, const uint8_t *s, size_t len)
{
	return parse(m, s, len, false) && token_ok(m, len);
}

bool
markup_end(struct markup *m)
{
	return parse(m, (const uint8_t *)"", 0, true);
}
