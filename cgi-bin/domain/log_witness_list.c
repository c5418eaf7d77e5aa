/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/log_witness_list.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/span.h"

enum { FILE_BYTES = 64 * 1024 };

static const char ending[] = "/add-checkpoint";

struct reader {
	const char *path;
	int line; /* from 1; 0: the whole file is meant */
	struct arena *arena;
	const struct log_witness_listener *listener;
	struct log_witness_list *list;
};

static void
tell(const struct reader *r, const char *sentence)
{
	const char *at =
	    r->line == 0 ? "" : arena_printf(r->arena, ":%d", r->line);

	r->listener->wrong(r->listener->arg,
	    arena_printf(r->arena, "%s%s: %s", r->path, at, sentence));
}

/* ---- one line --------------------------------------------------------- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct span
trim(struct span s)
{
	while (s.len > 0 && is_blank(s.at[s.len - 1]))
		s.len--;
	while (s.len > 0 && is_blank(*s.at)) {
		s.at++;
		s.len--;
	}
	return s;
}

/* The first word, taken off. */
static struct span
take_word(struct span *rest)
{
	struct span word = { rest->at, 0 };

	while (word.len < rest->len && !is_blank(rest->at[word.len]))
		word.len++;
	*rest =
	    trim((struct span){ rest->at + word.len, rest->len - word.len });
	return word;
}

/* NULL when it is one. */
static const char *
read_key(const struct reader *r, struct span text, struct note_key *key)
{
	struct tlog_fault fault;

	if (note_key_parse(text.at, text.len, key, &fault) != ERR_OK)
		return arena_printf(r->arena,
		    "the line must begin with the witness's verifier key, but"
		    " %s.",
		    tlog_reason_text(fault.reason));
	if (key->type != NOTE_COSIGNATURE)
		return "this is the key of a log, not one that cosigns: ask"
		       " the witness for its own.";
	for (size_t i = 0; i < r->list->n; i++)
		if (strcmp(r->list->place[i].key.name, key->name) == 0)
			return "this witness was named before: remove one of"
			       " the lines.";
	return NULL;
}

static const char *
read_address(struct span text, char url[URL_MAX])
{
	if (text.len == 0)
		return "the witness's address is missing behind its key.";
	if (span_text(text, url, URL_MAX) && url_is_prefix(url) &&
	    strlen(url) + sizeof(ending) <= URL_MAX) {
		strncat(url, ending, URL_MAX - strlen(url) - 1);
		return NULL;
	}
	return "the address must be \"https://host\" or"
	       " \"https://host:port/path\", its host in lower case, without"
	       " a \"/\" at the end; \"http://\" is for localhost alone.";
}

static const char *
read_place(struct reader *r, struct span line)
{
	struct log_witness_place place = { .url = "" };
	const char *problem;

	if (r->list->n == LOG_WITNESSES)
		return "there are too many witnesses: a checkpoint has room"
		       " for 15.";
	if ((problem = read_key(r, take_word(&line), &place.key)) != NULL ||
	    (problem = read_address(line, place.url)) != NULL)
		return problem;
	r->list->place[r->list->n++] = place;
	return NULL;
}

_Static_assert(LOG_WITNESSES == 15, "as the sentence says");

/* ---- the file --------------------------------------------------------- */

static void
read_lines(struct reader *r, struct span rest)
{
	const char *problem;
	struct span line;

	while (rest.len > 0) {
		r->line++;
		/* The last one may have no end. */
		if (!span_line(&rest, &line)) {
			line = rest;
			rest.len = 0;
		}
		line = trim(line);
		if (line.len == 0 || *line.at == '#')
			continue;
		if ((problem = read_place(r, line)) != NULL)
			tell(r, problem);
	}
}

enum err
log_witness_list_read(const char *path, struct arena *arena,
    const struct log_witness_listener *listener, struct log_witness_list *list)
{
	struct reader r = { path, 0, arena, listener, list };
	struct buf text;
	enum err rc;

	memset(list, 0, sizeof(*list));
	buf_init(&text, FILE_BYTES);
	rc = file_read(path, &text);
	if (rc == ERR_OK)
		read_lines(&r, (struct span){ text.data, text.len });
	else if (rc == ERR_TOO_LARGE)
		tell(&r, "the file is larger than 64 KiB.");
	else if (rc != ERR_NOT_FOUND)
		tell(&r, "the file cannot be read; check its owner and mode.");
	buf_free(&text);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}
