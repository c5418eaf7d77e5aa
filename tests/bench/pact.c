/* SPDX-License-Identifier: Apache-2.0 */
#include "pact.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "domain/agreement_list.h"
#include "domain/agreement_sign.h"

enum {
	PARTIES_MAX = 6,
	WIDE_EVERY = 5,
	CLAUSES = 60,
	TALKS_NUMBER = 1020, /* as 0 in all but its names */
	TALKS_VERSIONS = 4,
	TALKS_COMMENTS = 12,
	TALKS_SIGNATURES = 3
};

/* What becomes of it, in the shares of ten. */
enum fate { DRAFTED, PROPOSED, WITHDRAWN, FORCED, ENDED, PUBLISHED };

static const enum fate fates[] = { FORCED, PUBLISHED, DRAFTED, FORCED, PROPOSED,
	PUBLISHED, ENDED, FORCED, WITHDRAWN, PUBLISHED };

static const char *const subjects[] = { "Exchange of warnings",
	"Mutual assistance in incidents", "Arrangement of the sector",
	"Joint exercises", "Early notice of outages" };

static const char *const clauses[] = {
	"Each party **tells** the others without delay what it learns of an"
	" attack that could reach them, and names a contact for each hour of"
	" the day.",
	"What a party receives it uses *for its own protection only*, keeps as"
	" long as it needs it, and destroys it then.",
	"Nobody is named as the victim of an incident without having agreed to"
	" it in writing.",
	"The parties meet twice a year, compare what they have learned, and"
	" write down what they change.",
	"Each party bears its own costs; nobody owes anything for help that was"
	" given in good faith.",
	"A party that cannot keep to a term says so **at once**, and says until"
	" when.",
};

/* An agreement under way. */
struct making {
	const struct pact *p;
	const struct actor *parties[PARTIES_MAX];
	const char *refs[PARTIES_MAX + 1];
	size_t count;
	char *ref;
	int version;
};

static enum err
told(enum err rc, const char *act, const struct making *m)
{
	if (rc != ERR_OK)
		fprintf(stderr, "fill: %s %s: %s\n", act,
		    m->ref != NULL ? m->ref : "an agreement", err_name(rc));
	return rc;
}

/* A minute after the last act. */
static struct ctx *
as(const struct making *m, size_t party)
{
	m->p->ctx->actor = *m->parties[party];
	m->p->ctx->now_at += CLOCK_MINUTE;
	return m->p->ctx;
}

/* ---- what is agreed ---------------------------------------------------- */

static void
add_party(struct making *m, int who)
{
	const struct actor *actor = &m->p->signatories[who];

	for (size_t i = 0; i < m->count; i++)
		if (m->parties[i] == actor)
			return;
	m->parties[m->count] = actor;
	m->refs[m->count++] = actor->organisation_ref;
}

/* An institution first, which proposes it. */
static void
choose_parties(struct making *m, size_t count, bool has_wide)
{
	const struct pact *p = m->p;

	add_party(m, (int)chance(p->chance, (unsigned)p->institutions));
	if (has_wide)
		add_party(m, p->wide);
	while (m->count < count)
		add_party(m,
		    p->institutions +
			(int)chance(p->chance, (unsigned)p->others));
}

static const char *
text_of(const struct making *m, int edition)
{
	const size_t n = sizeof(clauses) / sizeof(clauses[0]);
	struct buf text;
	const char *copy;

	buf_init(&text, AGREEMENT_TEXT_MAX);
	buf_addf(&text, "# Purpose\n\nEdition %d.\n\n", edition);
	for (int i = 1; i <= CLAUSES; i++) {
		if (i % 12 == 0)
			buf_addf(&text, "\n# Part %d\n\n", i / 12);
		buf_addf(&text, "%d. %s\n", i,
		    clauses[chance(m->p->chance, (unsigned)n)]);
	}
	copy = arena_copy_n(m->p->ctx->arena, text.data, text.len);
	buf_free(&text);
	return copy;
}

static struct agreement_input
input(const struct making *m, int i, int edition)
{
	static const enum agreement_kind kinds[] = { AGREEMENT_EXCHANGE,
		AGREEMENT_MUTUAL_AID, AGREEMENT_SECTOR, AGREEMENT_OTHER,
		AGREEMENT_EXCHANGE };
	struct arena *arena = m->p->ctx->arena;
	const char *subject = subjects[i % 5];

	return (struct agreement_input){
		.kind = kinds[i % 5],
		.title = arena_printf(arena, "%s %d", subject, i),
		.text = text_of(m, edition),
		.change = edition > 1 ? "Clauses of the last meeting." : "",
		.why_one_kind = "",
		.circle_name =
		    arena_printf(arena, "Circle of %s %d", subject, i),
		.sectors = 1 << i % 4,
		.max_label = i % 3 == 0 ? TLP_AMBER : TLP_AMBER_STRICT,
		.sharing = (enum agreement_sharing)(i % SHARING__MAX),
		.until_at = fates[i % 10] == ENDED
		    ? m->p->ctx->now_at + 200 * CLOCK_DAY
		    : 0,
		.notice_days = 30,
		.parties = m->refs,
	};
}

/* ---- acts -------------------------------------------------------------- */

static enum err
draft(struct making *m, int i)
{
	struct agreement_fault fault = { .field = NULL };
	struct agreement_input in;
	enum err rc;

	as(m, 0);
	in = input(m, i, 1);
	rc = agreement_create(m->p->ctx, &in, &m->ref, &fault);
	return told(rc, fault.field != NULL ? fault.field : "create", m);
}

static enum err
propose(struct making *m, size_t party)
{
	struct agreement_fault fault = { .field = NULL };
	struct agreement_version *v;
	enum err rc;

	rc = agreement_load_draft(as(m, party), m->ref, &v);
	if (rc == ERR_OK)
		rc = agreement_propose(
		    m->p->ctx, m->ref, v->edit, m->version, &fault);
	m->version++;
	return told(rc, fault.field != NULL ? fault.field : "propose", m);
}

static enum err
sign(struct making *m, size_t signatures)
{
	struct agreement_refusal refusal;
	struct agreement_signing s = { .version = m->version };
	struct agreement *a;
	bool is_last;
	enum err rc = ERR_OK;

	for (size_t i = 0; rc == ERR_OK && i < signatures; i++) {
		rc = agreement_load(as(m, i), m->ref, &a);
		if (rc != ERR_OK)
			break;
		s.digest = a->current->digest;
		rc = agreement_sign(m->p->ctx, m->ref, &s, &is_last, &refusal);
	}
	return told(rc, "sign", m);
}

static enum err
publish(struct making *m, int i)
{
	enum agreement_publication to =
	    i % 3 == 0 ? PUBLICATION_COMMUNITY : PUBLICATION_EVERYBODY;
	enum agreement_extent extent =
	    i / 10 % 2 == 0 ? EXTENT_WHOLE : EXTENT_TERMS;
	bool is_published;
	enum err rc;

	rc = agreement_ask_publication(
	    as(m, 0), m->ref, to, extent, &is_published);
	for (size_t k = 1; rc == ERR_OK && k < m->count; k++)
		rc = agreement_agree_publication(
		    as(m, k), m->ref, to, extent, &is_published);
	return told(rc, "publish", m);
}

enum err
pact_add(const struct pact *p, int i)
{
	struct making m = { .p = p };
	const enum fate fate = fates[i % 10];
	enum err rc;

	/* Of wide's there are some in each state. */
	choose_parties(&m, 2 + chance(p->chance, 4),
	    i % WIDE_EVERY == i / 10 % WIDE_EVERY);
	rc = draft(&m, i);
	if (rc == ERR_OK && fate != DRAFTED)
		rc = propose(&m, 0);
	if (rc == ERR_OK && fate == WITHDRAWN)
		rc = told(agreement_withdraw(as(&m, 0), m.ref, m.version,
			      "It comes again after the elections."),
		    "withdraw", &m);
	if (rc == ERR_OK && fate >= FORCED)
		rc = sign(&m, m.count);
	if (rc == ERR_OK && fate == PROPOSED)
		rc = sign(&m, m.count - 1);
	if (rc == ERR_OK && fate == PUBLISHED)
		rc = publish(&m, i);
	return rc;
}

/* ---- talks ------------------------------------------------------------- */

static enum err
next_version(struct making *m, int edition)
{
	struct agreement_fault fault = { .field = NULL };
	struct agreement_version *v;
	struct agreement_input in;
	const size_t party = (size_t)edition % m->count;
	enum err rc;

	rc = agreement_revise(as(m, party), m->ref);
	if (rc == ERR_OK)
		rc = agreement_load_draft(m->p->ctx, m->ref, &v);
	if (rc != ERR_OK)
		return told(rc, "revise", m);
	in = input(m, TALKS_NUMBER, edition);
	rc = agreement_save(m->p->ctx, m->ref, v->edit, &in, &fault);
	if (rc != ERR_OK)
		return told(rc, "save", m);
	return propose(m, party);
}

static enum err
comment(struct making *m, int count)
{
	enum err rc = ERR_OK;

	for (int i = 0; rc == ERR_OK && i < count; i++)
		rc = agreement_comment(as(m, (size_t)i % m->count), m->ref,
		    m->version,
		    "Our lawyers ask whether the third clause holds for"
		    " subsidiaries, too.\n\nElse we agree.");
	return told(rc, "comment", m);
}

enum err
pact_add_talks(const struct pact *p)
{
	struct making m = { .p = p };
	enum err rc;

	choose_parties(&m, PARTIES_MAX, true);
	if ((rc = draft(&m, TALKS_NUMBER)) != ERR_OK ||
	    (rc = propose(&m, 0)) != ERR_OK)
		return rc;
	for (int i = 2; rc == ERR_OK && i <= TALKS_VERSIONS; i++) {
		rc = comment(&m, TALKS_COMMENTS / (TALKS_VERSIONS - 1));
		if (rc == ERR_OK)
			rc = sign(&m, 1); /* void with the next */
		if (rc == ERR_OK)
			rc = next_version(&m, i);
	}
	return rc == ERR_OK ? sign(&m, TALKS_SIGNATURES) : rc;
}
