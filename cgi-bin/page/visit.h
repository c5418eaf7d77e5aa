/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One request on its way through: what was asked, who asks, the form, the
 * page being filled.  A handler is some 15 lines: it calls the domain, fills
 * the page, and ends with page_send() or go_to().
 *
 * The dispatcher (page/dispatch.c) has done the rest before a handler runs:
 * found the route, resumed the session, asked the guard, checked the form.
 * It runs a GET inside db_read() and a POST inside db_begin() with the
 * form's once-key, so an act, its record and its key are one transaction, and
 * the answer goes out after the commit.  A handler that must not hold the
 * writer lock (password hashing) has WHO_OWN_TX in its row.
 */
#ifndef PAGE_VISIT_H
#define PAGE_VISIT_H

#include "domain/ctx.h"
#include "domain/session.h"
#include "web/form.h"
#include "web/page.h"
#include "web/req.h"
#include "web/resp.h"
#include "web/route.h"

struct fault;	 /* domain/fault.h */
struct intake;	 /* page/intake.h */
struct parts;	 /* web/part.h */
struct part_key; /* likewise */
struct picture;	 /* page/page_today.c keeps sector pictures for a minute */

/* Lives as long as the process. */
struct site {
	struct conf *conf;
	const struct route *routes;
	const char *program; /* "portal", "login" */
	struct pages *pages;
	struct parts *parts; /* markup that was made before */
	struct buf scratch;  /* of one part */
	struct buf rows;     /* of parts put together */
	struct log_tiles *tiles;
	struct db *db;
	struct db *auth; /* login alone */
	struct picture *picture;
};

struct visit {
	struct site *site;
	struct ctx ctx;
	struct req *req;
	struct resp *resp;
	struct route_match match;
	struct session session;		/* id 0: nobody is signed in */
	char session_token[TOKEN_TEXT]; /* "" likewise */
	char csrf[TOKEN_TEXT];
	struct form *form; /* never NULL in a handler */
	struct page *page;
	struct node *root;
	enum lang lang;
	const char *section; /* of the navigation */
	const char *done;    /* word of the notice that is shown */
	/*
	 * What a GET notes once its page is made (that it was read), in a
	 * transaction of its own, before the page goes out.  An error replaces
	 * the page.
	 */
	enum err (*after)(struct visit *);
	void *after_data;
	void *again_data;      /* what a POST found, for `again` */
	struct intake *intake; /* of a route with WHO_SCAN: page/intake.h */
};

/* For the dispatcher: a visit begins, gets its language's page, ends. */
void visit_start(struct visit *, struct site *, struct req *, struct resp *);
void visit_page(struct visit *, enum lang);
void visit_end(struct visit *);

/*
 * Where a POST leads back to: its own path when a GET has it too, else the
 * nearest one above that a GET has.
 */
const char *visit_back(const struct visit *);

/*
 * What is not to be seen: somebody who is not signed in may be allowed more
 * once they are, so ERR_NOT_FOUND becomes ERR_SIGN_IN for them.
 */
enum err visit_hidden(const struct visit *, enum err);

/* Of the route's pattern: "ref" is the first parameter, and so on. */
const char *visit_param(const struct visit *, int index);

/*
 * The origin for links that leave the page: the one that was asked, when the
 * configuration names it, else the first that it names.  Never what a Host
 * header says on its own.
 */
const char *visit_origin(const struct visit *);

/*
 * Renders the template into the response; the frame's data are filled here.
 * `section` says which entry of the navigation is the present one.
 */
enum err page_send(struct visit *, const char *template_name);
void page_section(struct visit *, const char *section);

/* The visitor's choice of a language, for those who are not signed in. */
#define LANGUAGE_COOKIE "__Host-lang"

/*
 * 303 to a path, printf-like; with `done` not NULL the page that follows
 * shows the notice of the catalogue's "Done.<done>".
 */
enum err go_to(struct visit *, const char *done, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* In place of a page exactly these bytes, as a file to keep. */
enum err page_send_bytes(struct visit *, const char *bytes, size_t len,
    const char *type, const char *filename);
/* A blob likewise, sent by nginx; type NULL: what it was kept as. */
enum err page_send_blob(
    struct visit *, int64_t blob, const char *type, const char *filename);

/*
 * Fills Form.<field>.Value, .Error, .Options.N.{Value,Label,Checked} and
 * Form.Errors.N.{Field,Text} from v->form.  Labels of choices come from the
 * catalogue: "<label_key>.<choice>", by page_options().
 */
void page_form(struct visit *);
void page_options(struct visit *, const char *field, const char *label_key);
/*
 * The field that is typed in first, where a page is for nothing else: it has
 * the focus from the start, unless the form comes again.
 */
void page_focus(struct visit *, const char *field);
/* A message that the catalogue alone cannot say; NULL: none. */
void page_error(struct visit *, const char *field, const char *text);
/* One option of a FIELD_LIST, whose choices come from data. */
void page_option(
    struct visit *, const char *field, const char *value, const char *label);
/* Options of the field "circles": those that the actor may address. */
enum err page_circles(struct visit *);

/*
 * The form of a page whose GET has no fields: what was submitted, when the
 * page is a POST's `again`, or an empty one.  True when it is empty, for the
 * values that it first shows.
 */
bool page_form_start(struct visit *, const struct field *);

/*
 * What the domain found wrong, into the form's errors; other codes pass.
 * `rc` is what the act said, and is handed on.  Of a field that has an error
 * already, that stays.
 */
enum err page_refuse(struct visit *, enum err rc, const struct fault *);
/* The lines of a FIELD_PROSE that are not empty, NULL-ended; and back. */
const char *const *page_form_lines(struct visit *, const char *field);
void page_form_put_lines(struct form *, const char *field, char *const *lines);
/* "&q=…&sector=…": the fields of a query that have a value, NULL-ended. */
const char *page_kept(struct visit *, const char *const *fields);

/* The catalogue's "<block>.<word>": what a word of a table is called. */
const char *page_word(struct visit *, const char *block, const char *word);
/* A sentence whose one place is {n}. */
void page_count(struct visit *, struct node *, const char *name,
    const char *key, int64_t n);
/* The lines of a text that are not empty, as rows <list>.N.<name>. */
void page_lines(struct visit *, struct node *, const char *list,
    const char *name, const char *text);

/*
 * The last moment before an end: one that was agreed is the midnight behind a
 * day, and that day is what people mean.  0 stays 0.
 */
int64_t page_last(int64_t until_at);

/* Common parts of pages. */
void page_tlp(struct visit *, struct node *, int label); /* .Label .LabelWord */
void page_sectors(struct visit *, struct node *, const char *list,
    int64_t sectors); /* rows .Word .Name */
/* A digest in hex: .Digest, and .DigestParts.N.Part: it breaks between them. */
void page_digest(struct visit *, struct node *, const char *digest);
/* "energy, water"; NULL of none. */
const char *sector_titles(struct visit *, int64_t sectors);
void page_severity(struct visit *, struct node *, int severity);
/*
 * Markdown as markup; nothing of an empty text, or NULL.  Of a text that never
 * changes it is kept, by its key; NULL: it is made anew.
 */
enum err page_prose(struct visit *, struct node *, const char *name,
    const struct part_key *, const char *text);
/* "Publisher, steward" */
const char *roles_text(struct visit *, unsigned roles);
const char *sector_title(struct visit *, int sector);
const char *circle_title(struct visit *, const char *ref, const char *name);

#endif
