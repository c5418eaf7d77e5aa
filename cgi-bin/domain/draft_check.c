/* SPDX-License-Identifier: Apache-2.0 */
/* Is a draft right, beyond the types of its fields? */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "domain/advisory_store.h"
#include "domain/list.h"

/* One check at work. */
struct check {
	struct ctx *ctx;
	const struct advisory_draft *draft;
	enum draft_stage stage;
	int number;
	struct draft_content *out;
	struct fault *fault; /* the first; the others hang on it */
};

/* Notes what is wrong, and the check goes on: ERR_OK, to end a step. */
static enum err
wrong(struct check *k, const char *field, const char *error)
{
	fault_add(k->ctx->arena, k->fault, field, error);
	return ERR_OK;
}

/* ---- texts ------------------------------------------------------------ */

struct text_field {
	struct fault_text text;
	size_t from, to; /* offsets in the two structures */
};

#define TEXT_FIELD(name, kind, max)                        \
	{                                                  \
		{ #name, (kind), (max) },                  \
		    offsetof(struct advisory_draft, name), \
		    offsetof(struct draft_content, name)   \
	}

static const struct text_field text_fields[] = {
	TEXT_FIELD(title, TEXT_LINE, ADVISORY_TITLE_MAX),
	TEXT_FIELD(summary, TEXT_PROSE, ADVISORY_SUMMARY_MAX),
	TEXT_FIELD(happened, TEXT_PROSE, ADVISORY_TEXT_MAX),
	TEXT_FIELD(todo, TEXT_PROSE, ADVISORY_TEXT_MAX),
	TEXT_FIELD(products, TEXT_PROSE, ADVISORY_LINES_MAX),
	TEXT_FIELD(cves, TEXT_PROSE, ADVISORY_LINES_MAX),
	TEXT_FIELD(change, TEXT_PROSE, ADVISORY_CHANGE_MAX),
};

static void
check_text(struct check *k, const struct text_field *f)
{
	const char *typed;
	char *clean;

	memcpy(&typed, (const char *)k->draft + f->from, sizeof(typed));
	clean = fault_clean(k->ctx->arena, k->fault, &f->text, typed);
	memcpy((char *)k->out + f->to, &clean, sizeof(clean));
}

static enum err
check_texts(struct check *k)
{
	for (size_t i = 0; i < sizeof(text_fields) / sizeof(text_fields[0]);
	     i++)
		check_text(k, &text_fields[i]);
	return ERR_OK;
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
		wrong(k, "title", "Required");
	if (*c->summary == '\0')
		wrong(k, "summary", "Required");
	if (k->stage == DRAFT_PUBLISHED && *c->happened == '\0' &&
	    *c->todo == '\0')
		wrong(k, "happened", "Text");
	if (k->number > 1 && *c->change == '\0' && k->stage != DRAFT_IMPORTED)
		wrong(k, "change", "Change");
	addressing_complete(k->ctx->arena, c->label, &c->to, k->fault);
	return ERR_OK;
}

static enum err
check_values(struct check *k)
{
	const struct advisory_draft *d = k->draft;
	bool is_imported = k->stage == DRAFT_IMPORTED;

	if ((unsigned)d->severity >= SEVERITY__MAX)
		wrong(k, "severity", "Wrong");
	if (d->answer_by_at != 0 && d->answer_by_at < k->ctx->now_at &&
	    !is_imported)
		wrong(k, "answer_by", "Past");
	k->out->severity = d->severity;
	k->out->label = d->label;
	k->out->sectors = d->sectors;
	k->out->answer_by_at = d->answer_by_at;
	return ERR_OK;
}

static enum err
check_addressing(struct check *k)
{
	const struct addressing a = { k->draft->label, k->draft->circles,
		k->draft->named };

	return addressing_check(k->ctx, &a, &k->out->to, k->fault);
}

enum err
advisory_check(struct ctx *ctx, const struct advisory_draft *draft,
    enum draft_stage stage, int number, struct draft_content *out,
    struct fault *fault)
{
	static enum err (*const steps[])(struct check *) = { check_texts,
		check_cves, check_values, check_addressing, check_complete };
	struct check k = { ctx, draft, stage, number, out, fault };
	enum err rc = ERR_OK;

	memset(out, 0, sizeof(*out));
	memset(fault, 0, sizeof(*fault));
	for (size_t i = 0; rc == ERR_OK && i < sizeof(steps) / sizeof(steps[0]);
	     i++)
		rc = steps[i](&k);
	if (rc == ERR_OK && fault->field != NULL)
		rc = ERR_INVALID;
	return rc;
}
