/* SPDX-License-Identifier: Apache-2.0 */
/* Is a draft right, beyond the types of its fields? */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "domain/advisory_store.h"
#include "domain/list.h"

enum { SQL_PERSON, SQL__MAX };

static const char *const sql[SQL__MAX] = {
	[SQL_PERSON] = "SELECT id FROM person"
		       " WHERE email_folded = $1 AND state = 'active'",
};

/* One check at work. */
struct check {
	struct ctx *ctx;
	const struct advisory_draft *draft;
	enum draft_stage stage;
	int number;
	struct draft_content *out;
	struct advisory_fault *fault;
};

static enum err
wrong(struct check *k, const char *field, const char *error)
{
	k->fault->field = field;
	k->fault->error = error;
	return ERR_INVALID;
}

/* ---- texts ------------------------------------------------------------ */

struct text_field {
	const char *name;
	size_t from, to; /* offsets in the two structures */
	enum text_kind kind;
	size_t max; /* characters */
};

#define TEXT_FIELD(name, kind, max)                                     \
	{                                                               \
#name, offsetof(struct advisory_draft, name),           \
		    offsetof(struct draft_content, name), (kind), (max) \
	}

static const struct text_field text_fields[] = {
	TEXT_FIELD(title, TEXT_LINE, ADVISORY_TITLE_MAX),
	TEXT_FIELD(summary, TEXT_PROSE, ADVISORY_SUMMARY_MAX),
	TEXT_FIELD(happened, TEXT_PROSE, ADVISORY_TEXT_MAX),
	TEXT_FIELD(todo, TEXT_PROSE, ADVISORY_TEXT_MAX),
	TEXT_FIELD(products, TEXT_PROSE, ADVISORY_TEXT_MAX),
	TEXT_FIELD(cves, TEXT_PROSE, ADVISORY_TEXT_MAX),
	TEXT_FIELD(change, TEXT_PROSE, ADVISORY_CHANGE_MAX),
};

static enum err
check_text(struct check *k, const struct text_field *f)
{
	const char *typed;
	char *clean;

	memcpy(&typed, (const char *)k->draft + f->from, sizeof(typed));
	if (typed == NULL)
		typed = "";
	clean = text_clean(k->ctx->arena, typed, strlen(typed), f->kind);
	if (clean == NULL)
		return wrong(k, f->name, "NotText");
	if (text_length(clean) > f->max)
		return wrong(k, f->name, "TooLong");
	memcpy((char *)k->out + f->to, &clean, sizeof(clean));
	return ERR_OK;
}

static enum err
check_texts(struct check *k)
{
	enum err rc = ERR_OK;

	for (size_t i = 0;
	     rc == ERR_OK && i < sizeof(text_fields) / sizeof(text_fields[0]);
	     i++)
		rc = check_text(k, &text_fields[i]);
	return rc;
}

/* CVE-YYYY-NNNN, four digits or more (CVE syntax of 2014), upper case. */
static bool
is_cve(const char *s, size_t len)
{
	static const char form[] = "CVE-dddd-dddd";
	const size_t least = sizeof(form) - 1;

	if (len < least || len > least + 15)
		return false;
	for (size_t i = 0; i < len; i++) {
		char want = i < least ? form[i] : 'd';

		if (want == 'd' ? !isdigit((unsigned char)s[i]) : s[i] != want)
			return false;
	}
	return true;
}

static bool
has_line(const struct buf *lines, const char *s, size_t len)
{
	const char *p = lines->data;

	while (p != NULL && (p = strstr(p, s)) != NULL) {
		if ((p == lines->data || p[-1] == '\n') &&
		    (p[len] == '\n' || p[len] == '\0'))
			return true;
		p += len;
	}
	return false;
}

/* Takes one line, without the spaces around it; empty ones go. */
static bool
take_cve(struct arena *arena, struct buf *lines, const char *s, size_t len)
{
	char *one;

	while (len > 0 && isspace((unsigned char)*s))
		s++, len--;
	while (len > 0 && isspace((unsigned char)s[len - 1]))
		len--;
	if (len == 0)
		return true;
	one = arena_copy_n(arena, s, len);
	for (char *p = one; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	if (!is_cve(one, len))
		return false;
	if (!has_line(lines, one, len)) {
		if (lines->len > 0)
			buf_addc(lines, '\n');
		buf_adds(lines, one);
	}
	return true;
}

static enum err
check_cves(struct check *k)
{
	const char *s = k->out->cves, *end;
	struct buf lines;
	bool ok = true;

	buf_init(&lines, strlen(s));
	while (ok && *s != '\0') {
		end = strchrnul(s, '\n');
		ok = take_cve(k->ctx->arena, &lines, s, (size_t)(end - s));
		s = *end == '\0' ? end : end + 1;
	}
	if (ok)
		k->out->cves = arena_copy_n(
		    k->ctx->arena, lines.len > 0 ? lines.data : "", lines.len);
	buf_free(&lines);
	return ok ? ERR_OK : wrong(k, "cves", "Cve");
}

/* What an advisory that is to be read must have. */
static enum err
check_complete(struct check *k)
{
	const struct draft_content *c = k->out;

	if (k->stage == DRAFT_SAVED)
		return ERR_OK;
	if (*c->title == '\0')
		return wrong(k, "title", "Required");
	if (*c->summary == '\0')
		return wrong(k, "summary", "Required");
	if (k->stage == DRAFT_PUBLISHED && *c->happened == '\0' &&
	    *c->todo == '\0')
		return wrong(k, "happened", "Required");
	return ERR_OK;
}

static enum err
check_values(struct check *k)
{
	const struct advisory_draft *d = k->draft;
	bool is_imported = k->stage == DRAFT_IMPORTED;

	if ((unsigned)d->severity >= SEVERITY__MAX)
		return wrong(k, "severity", "Wrong");
	if ((unsigned)d->label >= TLP__MAX)
		return wrong(k, "label", "Wrong");
	if (d->answer_by_at != 0 && d->answer_by_at < k->ctx->now_at &&
	    !is_imported)
		return wrong(k, "answer_by", "Past");
	if (k->number > 1 && *k->out->change == '\0' && !is_imported)
		return wrong(k, "change", "Change");
	k->out->severity = d->severity;
	k->out->label = d->label;
	k->out->sectors = d->sectors;
	k->out->answer_by_at = d->answer_by_at;
	return ERR_OK;
}

/* ---- circles and people ----------------------------------------------- */

static void
add_once(struct arena *arena, int64_t **ids, size_t *n, int64_t id)
{
	for (size_t i = 0; i < *n; i++)
		if ((*ids)[i] == id)
			return;
	*ids = list_room(arena, *ids, *n, sizeof(**ids));
	(*ids)[(*n)++] = id;
}

static enum err
check_circle(
    struct check *k, const struct circle *may, size_t n, const char *ref)
{
	const struct circle *found = circle_find(may, n, ref);

	if (found == NULL)
		return wrong(k, "circles", "Unknown");
	add_once(
	    k->ctx->arena, &k->out->circles, &k->out->circle_count, found->id);
	return ERR_OK;
}

static enum err
check_circles(struct check *k)
{
	const char *const *refs = k->draft->circles;
	struct circle *may;
	size_t n;
	enum err rc;

	if ((rc = circle_addressable(k->ctx, &may, &n)) != ERR_OK)
		return rc;
	for (; rc == ERR_OK && refs != NULL && *refs != NULL; refs++)
		rc = check_circle(k, may, n, *refs);
	if (rc == ERR_OK && k->out->circle_count == 0 &&
	    k->out->label != TLP_CLEAR)
		return wrong(k, "circles", "Circles");
	return rc;
}

static enum err
check_person(struct check *k, const char *email)
{
	const char *folded = text_fold(k->ctx->arena, email);
	int64_t id;
	enum err rc;

	if (folded == NULL)
		return wrong(k, "named", "NotText");
	rc =
	    db_one_int(k->ctx->db, sql[SQL_PERSON], DB_ARGS(db_t(folded)), &id);
	if (rc == ERR_NOT_FOUND)
		return wrong(k, "named", "NamedUnknown");
	if (rc == ERR_OK)
		add_once(
		    k->ctx->arena, &k->out->people, &k->out->people_count, id);
	return rc;
}

/* Who writes a TLP:RED text has read it: always named. */
static enum err
check_people(struct check *k)
{
	const char *const *emails = k->draft->named;
	bool has_named = emails != NULL && *emails != NULL;
	int64_t self = k->ctx->actor.person;
	enum err rc = ERR_OK;

	if (k->out->label != TLP_RED)
		return has_named ? wrong(k, "named", "NamedOnly") : ERR_OK;
	for (; rc == ERR_OK && has_named && *emails != NULL; emails++)
		rc = check_person(k, *emails);
	if (rc == ERR_OK && self != 0)
		add_once(k->ctx->arena, &k->out->people, &k->out->people_count,
		    self);
	if (rc == ERR_OK && k->stage != DRAFT_SAVED &&
	    k->out->people_count == 0)
		return wrong(k, "named", "Named");
	return rc;
}

enum err
advisory_check(struct ctx *ctx, const struct advisory_draft *draft,
    enum draft_stage stage, int number, struct draft_content *out,
    struct advisory_fault *fault)
{
	static enum err (*const steps[])(struct check *) = { check_texts,
		check_cves, check_values, check_circles, check_people,
		check_complete };
	struct check k = { ctx, draft, stage, number, out, fault };
	enum err rc = ERR_OK;

	memset(out, 0, sizeof(*out));
	memset(fault, 0, sizeof(*fault));
	for (size_t i = 0; rc == ERR_OK && i < sizeof(steps) / sizeof(steps[0]);
	     i++)
		rc = steps[i](&k);
	return rc;
}
