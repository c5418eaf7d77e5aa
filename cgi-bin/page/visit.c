/* SPDX-License-Identifier: Apache-2.0 */
#include "page/visit.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "domain/advisory.h"
#include "domain/blob.h"
#include "domain/sector.h"
#include "domain/tlp.h"
#include "web/markdown.h"
#include "web/part.h"

enum { DIGEST_PART = 8 }; /* characters that people compare at a time */

void
visit_start(
    struct visit *v, struct site *site, struct req *req, struct resp *resp)
{
	memset(v, 0, sizeof(*v));
	v->site = site;
	v->req = req;
	v->resp = resp;
	v->ctx.arena = req->arena;
	v->ctx.db = site->db;
	v->ctx.auth = site->auth;
	v->ctx.conf = site->conf;
	v->ctx.tiles = site->tiles;
	v->ctx.now_at = clock_now();
	v->form = form_new(req->arena, NULL);
}

void
visit_page(struct visit *v, enum lang lang)
{
	page_free(v->page);
	v->lang = lang;
	v->page = page_new(v->site->pages, lang);
	v->root = page_root(v->page);
	v->resp->language = lang_code(lang);
}

void
visit_end(struct visit *v)
{
	form_settle(v->form);
	page_free(v->page);
	buf_rest(&v->site->scratch, RESP_KEPT_BYTES);
	buf_rest(&v->site->rows, RESP_KEPT_BYTES);
	v->page = NULL;
	secret_wipe(v->session_token, sizeof(v->session_token));
}

const char *
visit_param(const struct visit *v, int index)
{
	assert(index >= 0 && index < ROUTE_PARAMS);
	return v->match.param[index];
}

const char *
visit_back(const struct visit *v)
{
	struct arena *arena = v->req->arena;
	const char *path = v->req->path, *slash;
	struct route_match m;

	while (v->req->method != METHOD_GET &&
	    route_find(arena, v->site->routes, METHOD_GET, path, &m) !=
		ERR_OK) {
		slash = strrchr(path, '/');
		if (slash == NULL || slash == path)
			return "/";
		path = arena_copy_n(arena, path, (size_t)(slash - path));
	}
	return path;
}

enum err
visit_hidden(const struct visit *v, enum err rc)
{
	if (rc == ERR_NOT_FOUND && v->ctx.actor.person == 0)
		return ERR_SIGN_IN;
	return rc;
}

enum err
go_to(struct visit *v, const char *done, const char *format, ...)
{
	char path[1024];
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(path, sizeof(path), format, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(path)) {
		log_line(LOG_ERROR, "visit", "way on is too long");
		return ERR_INTERNAL;
	}
	if (done == NULL)
		return resp_see_other(v->resp, v->req->arena, path);
	return resp_see_other(v->resp, v->req->arena,
	    arena_printf(v->req->arena, "%s%cdone=%s", path,
		strchr(path, '?') == NULL ? '?' : '&', done));
}

enum err
page_send_bytes(struct visit *v, const char *bytes, size_t len,
    const char *type, const char *filename)
{
	buf_reset(&v->resp->body);
	buf_add(&v->resp->body, bytes, len);
	v->resp->type = type;
	return resp_attachment(v->resp, v->req->arena, filename);
}

enum err
page_send_blob(
    struct visit *v, int64_t blob, const char *type, const char *filename)
{
	char *path, *kept_as;
	enum err rc;

	if ((rc = blob_path(&v->ctx, blob, &path, &kept_as)) != ERR_OK)
		return rc;
	v->resp->accel = arena_printf(v->req->arena, "/blobs/%s", path);
	v->resp->type = type != NULL ? type : kept_as;
	return resp_attachment(v->resp, v->req->arena, filename);
}

void
page_section(struct visit *v, const char *section)
{
	v->section = section;
}

const char *
page_word(struct visit *v, const char *block, const char *word)
{
	return lang_word(v->site->pages, v->lang, block, word);
}

void
page_count(struct visit *v, struct node *node, const char *name,
    const char *key, int64_t n)
{
	const struct say say[] = { { "n", NULL, n }, { NULL, NULL, 0 } };

	node_say(v->page, node, name, key, say);
}

void
page_lines(struct visit *v, struct node *node, const char *list,
    const char *name, const char *text)
{
	size_t n;

	while (text != NULL && *text != '\0') {
		n = strcspn(text, "\n");
		if (n > 0)
			node_set(node_row(node, list), name,
			    arena_copy_n(v->req->arena, text, n));
		text += n + (text[n] != '\0');
	}
}

void
page_tlp(struct visit *v, struct node *node, int label)
{
	(void)v;
	assert(label >= 0 && label < TLP__MAX);
	node_set(node, "Label", tlp_names[label]);
	node_set(node, "LabelWord", tlp_words[label]);
}

void
page_severity(struct visit *v, struct node *node, int severity)
{
	assert(severity >= 0 && severity < SEVERITY__MAX);
	if (severity == SEVERITY_NONE)
		return;
	node_set(node, "SeverityWord", severities[severity]);
	node_set(
	    node, "Severity", page_word(v, "Severity", severities[severity]));
}

enum err
page_prose(struct visit *v, struct node *node, const char *name,
    const struct part_key *key, const char *text)
{
	const char *html = NULL;
	char *made;
	size_t len;
	enum err rc;

	if (text == NULL || text[0] == '\0')
		return ERR_OK;
	if (key != NULL)
		html = parts_find(v->site->parts, key, &len);
	if (html == NULL) {
		rc = markdown_html(v->req->arena, text, &made);
		if (rc != ERR_OK)
			return rc;
		if (key != NULL)
			parts_keep(v->site->parts, key, made, strlen(made));
		html = made;
	}
	node_html(v->page, node, name, html);
	return ERR_OK;
}

const char *
sector_title(struct visit *v, int sector)
{
	return page_word(v, "Sector", sector_words[sector]);
}

void
page_sectors(
    struct visit *v, struct node *node, const char *list, int64_t sectors)
{
	struct node *row;
	int i;

	for (i = 0; i < SECTOR_COUNT; i++) {
		if ((sectors & ((int64_t)1 << i)) == 0)
			continue;
		row = node_row(node, list);
		node_set(row, "Word", sector_words[i]);
		node_set(row, "Name", sector_title(v, i));
	}
}

void
page_digest(struct visit *v, struct node *node, const char *digest)
{
	size_t n;

	if (digest == NULL || digest[0] == '\0')
		return;
	node_set(node, "Digest", digest);
	for (; (n = strnlen(digest, DIGEST_PART)) > 0; digest += n)
		node_set(node_row(node, "DigestParts"), "Part",
		    arena_copy_n(v->req->arena, digest, n));
}

const char *
sector_titles(struct visit *v, int64_t sectors)
{
	const char *text = NULL, *name;

	for (int i = 0; i < SECTOR_COUNT; i++) {
		if ((sectors >> i & 1) == 0)
			continue;
		name = sector_title(v, i);
		text = text == NULL
		    ? name
		    : arena_printf(v->req->arena, "%s, %s", text, name);
	}
	return text;
}

const char *
circle_title(struct visit *v, const char *ref, const char *name)
{
	if (name != NULL)
		return name;
	if (text_starts(ref, "own-"))
		ref = "own";
	return page_word(v, "Circle", ref);
}

int64_t
page_last(int64_t until_at)
{
	return until_at != 0 && until_at % CLOCK_DAY == 0 ? until_at - 1
							  : until_at;
}

const char *
visit_origin(const struct visit *v)
{
	const struct conf *conf = v->ctx.conf;
	const char *asked = conf_origin(conf, v->req->origin_of_us);

	if (asked != NULL)
		return asked;
	return conf->origin[0] != NULL ? conf->origin[0] : "";
}
