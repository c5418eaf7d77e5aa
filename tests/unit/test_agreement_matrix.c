/* SPDX-License-Identifier: Apache-2.0 */
/* Who sees what of an agreement: a written matrix against every way to ask. */
#include "domain/agreement.h"

#include "pact.h"

enum {
	BOTH = 1 << GRID | 1 << CERT,
	THREE = BOTH | 1 << WATER,
	FOUR = THREE | 1 << BANK
};

/* The columns.  Of a charter, the first two are of whom it lets in. */
enum who {
	PROPOSER,	 /* a signatory of who proposed it */
	COLLEAGUE,	 /* of the same organisation, without a role */
	OTHER,		 /* a party */
	SUSPENDED_ONE,	 /* a party; once it is signed, suspended by another */
	LEAVING,	 /* a party; once it is signed, one that has left */
	AUDITOR_ITS,	 /* the auditor of its terms */
	KEEPER_ITS,	 /* the keeper */
	OUTSIDER,	 /* another member */
	DARK,		 /* … that the keeper suspended */
	AUDITOR_ANOTHER, /* an auditor that it does not name */
	CONSOLE,
	NOBODY, /* is signed in */
	WHO__MAX
};
static const char letters[WHO__MAX + 1] = "PcOSLAKMDNCV";

/* What they see, by a letter of the matrix. */
static const struct view {
	char letter;
	enum agreement_sight sight;
	bool has_text;	/* and digest, and bytes that are signed */
	bool has_talks; /* other versions, comments, history, standing */
	bool has_files; /* the record of a signature */
	bool is_listed; /* among the own organisation's */
} views[] = {
	{ 'P', SIGHT_PARTY, true, true, true, true },
	{ 'A', SIGHT_AUDITOR, true, false, true, true },
	{ 'K', SIGHT_AUDITOR, true, false, true, false },
	{ 'R', SIGHT_PUBLISHED, true, false, false, false },
	{ 't', SIGHT_PUBLISHED, false, false, false, false },
	{ '-', SIGHT__MAX, false, false, false, false },
};

struct scene {
	struct pact p;
	struct person *who[WHO__MAX];
	const char *ref;
};

/* ---- how each comes about ---------------------------------------------- */

static struct agreement_fault fault;

static struct agreement_input
input(struct scene *s, unsigned members)
{
	struct agreement_input in = pact_input(&s->p, members);

	in.auditor = "court";
	in.notice_days = 1;
	in.until_at = s->p.f.ctx.now_at + 100 * CLOCK_DAY;
	return in;
}

static void
draft(struct scene *s)
{
	struct agreement_input in = input(s, FOUR);

	s->ref = pact_draft(&s->p, GRID, &in);
}

static void
propose_input(struct scene *s, const struct agreement_input *in)
{
	s->ref = pact_propose_input(&s->p, GRID, in);
	fixture_ok(
	    agreement_comment(pact_as(&s->p, CERT), s->ref, 1, "Well said"));
	pact_sign(&s->p, s->ref, GRID);
}

/* Two other parties write on. */
static void
propose(struct scene *s)
{
	struct agreement_input in = input(s, FOUR);

	propose_input(s, &in);
	fixture_ok(agreement_revise(pact_as(&s->p, CERT), s->ref));
	fixture_ok(agreement_revise(pact_as(&s->p, BANK), s->ref));
}

/* One of the parties is not among those of the second version. */
static void
propose_again(struct scene *s)
{
	struct agreement_input in = input(s, THREE);
	struct agreement_version *v;

	propose(s);
	fixture_ok(agreement_load_draft(pact_as(&s->p, CERT), s->ref, &v));
	in.text = "Otherwise";
	fixture_ok(agreement_save(&s->p.f.ctx, s->ref, v->edit, &in, &fault));
	fixture_ok(pact_try(&s->p, CERT, s->ref, &fault));
	pact_sign(&s->p, s->ref, GRID);
}

static void
withdraw(struct scene *s)
{
	propose(s);
	fixture_ok(agreement_withdraw(pact_as(&s->p, GRID), s->ref, 1, "No"));
}

/* Signed by the others; one is suspended, one gives notice, a day passes. */
static void
sign(struct scene *s, int version, bool has_bank)
{
	bool is_for_all;
	int64_t leaves_at;

	pact_sign(&s->p, s->ref, CERT);
	pact_sign(&s->p, s->ref, WATER);
	if (has_bank) {
		ck_assert(pact_sign(&s->p, s->ref, BANK));
		fixture_ok(agreement_notice(pact_as(&s->p, BANK), s->ref,
		    version, "Enough", &leaves_at, &is_for_all));
		ck_assert(!is_for_all);
	}
	fixture_ok(agreement_suspend(pact_as(&s->p, CERT), s->ref, version,
	    s->p.org[WATER]->ref, "Stolen"));
	fixture_later(&s->p.f, 2 * CLOCK_DAY);
}

static void
sign_for_later(struct scene *s)
{
	struct agreement_input in = input(s, FOUR);

	in.from_at = s->p.f.ctx.now_at + 50 * CLOCK_DAY;
	propose_input(s, &in);
	sign(s, 1, true);
}

static void
force(struct scene *s)
{
	struct agreement_input in = input(s, FOUR);

	propose_input(s, &in);
	sign(s, 1, true);
}

static void
force_again(struct scene *s)
{
	propose_again(s);
	sign(s, 2, false);
}

static void
end(struct scene *s)
{
	force(s);
	fixture_later(&s->p.f, 200 * CLOCK_DAY);
}

/* ---- publishing -------------------------------------------------------- */

static void
ask(struct scene *s, enum agreement_publication to,
    enum agreement_extent extent)
{
	bool is_published;

	fixture_ok(agreement_ask_publication(
	    pact_as(&s->p, GRID), s->ref, to, extent, &is_published));
	ck_assert(!is_published);
}

/* Whoever has left is not asked. */
static void
publish(struct scene *s, enum agreement_publication to,
    enum agreement_extent extent)
{
	bool is_published;

	ask(s, to, extent);
	fixture_ok(agreement_agree_publication(
	    pact_as(&s->p, CERT), s->ref, to, extent, &is_published));
	ck_assert(!is_published);
	fixture_ok(agreement_agree_publication(
	    pact_as(&s->p, WATER), s->ref, to, extent, &is_published));
	ck_assert(is_published);
}

static void
force_asked(struct scene *s)
{
	force(s);
	ask(s, PUBLICATION_EVERYBODY, EXTENT_WHOLE);
}

static void
community_whole(struct scene *s)
{
	force(s);
	publish(s, PUBLICATION_COMMUNITY, EXTENT_WHOLE);
}

static void
community_terms(struct scene *s)
{
	force(s);
	publish(s, PUBLICATION_COMMUNITY, EXTENT_TERMS);
}

static void
everybody_whole(struct scene *s)
{
	force_again(s);
	publish(s, PUBLICATION_EVERYBODY, EXTENT_WHOLE);
}

static void
everybody_terms(struct scene *s)
{
	force(s);
	publish(s, PUBLICATION_EVERYBODY, EXTENT_TERMS);
}

static void
later_published(struct scene *s)
{
	sign_for_later(s);
	publish(s, PUBLICATION_COMMUNITY, EXTENT_WHOLE);
}

static void
ended_published(struct scene *s)
{
	everybody_terms(s);
	fixture_later(&s->p.f, 200 * CLOCK_DAY);
}

static void
taken_back(struct scene *s)
{
	force(s);
	publish(s, PUBLICATION_EVERYBODY, EXTENT_WHOLE);
	fixture_ok(agreement_unpublish(pact_as(&s->p, WATER), s->ref));
}

/* ---- charters ---------------------------------------------------------- */

static void
charter_offered(struct scene *s)
{
	static const struct agreement_charter charter = { "Charter", "We join.",
		NULL, 30 };
	const struct organisation_new new = { .name = "Rail",
		.kind = ORG_OPERATOR,
		.country = "BE",
		.sectors = 2,
		.charter = &charter };
	struct organisation *o;
	char *ref;

	fixture_console(&s->p.f);
	fixture_ok(organisation_admit(&s->p.f.ctx, &new, &ref));
	s->who[PROPOSER] = fixture_person(&s->p.f, ref, "Rail", ROLE_SIGNATORY);
	s->who[COLLEAGUE] = fixture_person(&s->p.f, ref, "Rea", 0);
	fixture_ok(organisation_load(&s->p.f.ctx, ref, &o));
	s->ref = o->charter_ref;
}

static struct ctx *
as_rail(struct scene *s)
{
	fixture_as(&s->p.f, s->who[PROPOSER]);
	fixture_later(&s->p.f, CLOCK_S);
	return &s->p.f.ctx;
}

static void
charter_withdrawn(struct scene *s)
{
	charter_offered(s);
	fixture_ok(
	    agreement_withdraw(pact_other(&s->p, KEEPER), s->ref, 1, "Wrong"));
}

static void
charter_signed(struct scene *s)
{
	struct agreement_signing given = { .version = 1 };
	struct agreement_refusal refusal;
	struct agreement *a;
	bool is_last;

	charter_offered(s);
	fixture_ok(agreement_load(as_rail(s), s->ref, &a));
	given.digest = a->current->digest;
	fixture_ok(
	    agreement_sign(&s->p.f.ctx, s->ref, &given, &is_last, &refusal));
	ck_assert(is_last);
}

static void
charter_left(struct scene *s)
{
	bool is_for_all;
	int64_t leaves_at;

	charter_signed(s);
	fixture_ok(agreement_notice(
	    as_rail(s), s->ref, 1, "Enough", &leaves_at, &is_for_all));
	ck_assert(is_for_all);
	s->p.f.ctx.now_at = leaves_at;
}

static void
charter_published(struct scene *s)
{
	bool is_published;

	charter_signed(s);
	fixture_ok(agreement_ask_publication(as_rail(s), s->ref,
	    PUBLICATION_EVERYBODY, EXTENT_TERMS, &is_published));
	ck_assert(is_published);
}

static void
charter_on_paper(struct scene *s)
{
	s->ref = s->p.org[GRID]->charter_ref;
}

/* ---- the matrix -------------------------------------------------------- */

#define COMMUNITY "PcOSLM"
#define EVERYBODY "PcOSLAKMDNCV"

static const struct row {
	const char *what;
	void (*make)(struct scene *);
	enum agreement_state state;
	int version;
	const char *sees;     /* letters of views[], by enum who */
	const char *drafts;   /* who has one there */
	const char *reads_it; /* in the register */
} rows[] = {
	/*		     PcOSLAKMDNCV */
	{ "draft", draft, AGREEMENT_DRAFT, 0, /**/
	    "PP----------", "Pc", "" },
	{ "proposed", propose, AGREEMENT_PROPOSED, 1, /**/
	    "PPPPP-------", "OL", "" },
	{ "proposed again", propose_again, AGREEMENT_PROPOSED, 2, /**/
	    "PPPP--------", "", "" },
	{ "withdrawn", withdraw, AGREEMENT_WITHDRAWN, 1, /**/
	    "PPPPP-------", "OL", "" },
	{ "signed", sign_for_later, AGREEMENT_SIGNED, 1, /**/
	    "PPPPAA------", "", "" },
	{ "in force", force, AGREEMENT_IN_FORCE, 1, /**/
	    "PPPPAA------", "", "" },
	{ "in force, second version", force_again, AGREEMENT_IN_FORCE, 2,
	    "PPPP-A------", "", "" },
	{ "ended", end, AGREEMENT_ENDED, 1, /**/
	    "PPPPAA------", "", "" },
	{ "asked for", force_asked, AGREEMENT_IN_FORCE, 1, /**/
	    "PPPPAA------", "", "" },
	{ "community, whole", community_whole, AGREEMENT_IN_FORCE, 1,
	    "PPPPAA-R----", "", COMMUNITY },
	{ "community, terms", community_terms, AGREEMENT_IN_FORCE, 1,
	    "PPPPAA-t----", "", COMMUNITY },
	{ "everybody, whole", everybody_whole, AGREEMENT_IN_FORCE, 2,
	    "PPPPRARRRRRR", "", EVERYBODY },
	{ "everybody, terms", everybody_terms, AGREEMENT_IN_FORCE, 1,
	    "PPPPAAtttttt", "", EVERYBODY },
	{ "signed, published", later_published, AGREEMENT_SIGNED, 1,
	    "PPPPAA-R----", "", COMMUNITY },
	{ "ended, published", ended_published, AGREEMENT_ENDED, 1,
	    "PPPPAAtttttt", "", EVERYBODY },
	{ "taken back", taken_back, AGREEMENT_IN_FORCE, 1, /**/
	    "PPPPAA------", "", "" },
	{ "charter, offered", charter_offered, AGREEMENT_PROPOSED, 1,
	    "PP----K---K-", "", "" },
	{ "charter, withdrawn", charter_withdrawn, AGREEMENT_WITHDRAWN, 1,
	    "PP----K---K-", "", "" },
	{ "charter, signed", charter_signed, AGREEMENT_IN_FORCE, 1,
	    "PP----K---K-", "", "" },
	{ "charter, left", charter_left, AGREEMENT_ENDED, 1, /**/
	    "PP----K---K-", "", "" },
	{ "charter, published", charter_published, AGREEMENT_IN_FORCE, 1,
	    "PPttttKtttKt", "", EVERYBODY },
	{ "charter, on paper", charter_on_paper, AGREEMENT_IN_FORCE, 0,
	    "PP----K---K-", "", "" },
};

/* What is being looked at, for messages. */
static const struct row *row;
static enum who who;

static void
check(const char *what, size_t is, size_t expected)
{
	ck_assert_msg(is == expected, "%s by %c: %s is %zu", row->what,
	    letters[who], what, is);
}

static const struct view *
view_of(const struct row *r, enum who w)
{
	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++)
		if (views[i].letter == r->sees[w])
			return &views[i];
	ck_abort_msg("%s: no view %c", r->what, r->sees[w]);
	return NULL;
}

/* ---- each way to ask --------------------------------------------------- */

static void
check_code(const char *what, enum err rc, bool may)
{
	ck_assert_msg(rc == (may ? ERR_OK : ERR_NOT_FOUND), "%s by %c: %s: %s",
	    row->what, letters[who], what, err_name(rc));
}

static void
check_version(const struct agreement_version *v, const struct view *view)
{
	check("text", v->text != NULL, view->has_text);
	check("digest", v->digest[0] != '\0', view->has_text);
	check("title", v->title != NULL && v->title[0] != '\0', true);
	check("change", v->change != NULL, view->has_talks);
	check("why of one kind", v->why_one_kind != NULL, view->has_talks);
	if (!view->has_talks)
		check("author", v->author_name != NULL, false);
}

/* Who is suspended or leaves, and why, is for the parties; one's own is. */
static void
check_standing(const struct agreement *a, const struct view *view)
{
	bool is_told = false, is_own = false;

	for (size_t i = 0; i < a->party_count; i++) {
		const struct agreement_party *p = &a->parties[i];
		bool has = p->suspended_at != 0 || p->suspended_why != NULL ||
		    p->suspended_by != NULL || p->leaves_at != 0 ||
		    p->notice_why != NULL || p->notice_at != 0 ||
		    p->ending_at != 0 || p->publishing_at != 0;

		if (p->is_own)
			is_own = has;
		else
			is_told = is_told || has;
	}
	if (!view->has_talks)
		check("standing", is_told, false);
	else if (row->version != 0 && a->kind != AGREEMENT_CHARTER &&
	    a->signed_at != 0)
		check("standing", is_told || is_own, true);
	check("what is asked", a->asked != PUBLICATION_NONE,
	    view->has_talks && row->make == force_asked);
	if (!view->has_talks)
		check("who asks", a->asked_by != NULL, false);
}

static void
check_load(struct scene *s, const struct view *view)
{
	struct agreement *a;
	enum err rc = agreement_load(&s->p.f.ctx, s->ref, &a);

	check_code("load", rc, view->letter != '-');
	if (rc != ERR_OK) {
		check("load", a != NULL, false);
		return;
	}
	check("sight", a->sight, view->sight);
	check("party", a->is_party, view->sight == SIGHT_PARTY);
	check("state", a->state, row->state);
	check("version", a->version, row->version);
	check("current", a->current != NULL, row->version != 0);
	check("draft", a->has_draft,
	    strchr(row->drafts, letters[who]) != NULL &&
		row->state != AGREEMENT_WITHDRAWN);
	if (a->current != NULL)
		check_version(a->current, view);
	check_standing(a, view);
}

static void
check_versions(struct scene *s, const struct view *view)
{
	struct ctx *ctx = &s->p.f.ctx;
	struct agreement_version_row *all;
	struct agreement_version *v;
	char *bytes;
	size_t n, len;
	enum err rc;

	for (int number = -1; number <= row->version + 1; number++) {
		bool is_there = number > 0 && number <= row->version;
		bool may = view->letter != '-' && is_there &&
		    (number == row->version || view->has_talks);

		rc = agreement_load_version(ctx, s->ref, number, &v);
		check_code("a version", rc, may);
		if (rc == ERR_OK)
			check_version(v, view);
		rc = agreement_canonical(ctx, s->ref, number, &bytes, &len);
		check_code("its bytes", rc, may && view->has_text);
	}
	rc = agreement_versions(ctx, s->ref, &all, &n);
	check_code("versions", rc, view->has_talks);
	check("versions", n, view->has_talks ? (size_t)row->version : 0);
	rc = agreement_load_draft(ctx, s->ref, &v);
	check_code("the draft", rc, strchr(row->drafts, letters[who]) != NULL);
}

static void
check_talks(struct scene *s, const struct view *view)
{
	struct ctx *ctx = &s->p.f.ctx;
	struct agreement_comment *comments;
	struct agreement_event *events;
	bool is_charter = strncmp(row->what, "charter", 7) == 0;
	size_t n;

	check_code("comments", agreement_comments(ctx, s->ref, &comments, &n),
	    view->has_talks);
	check("comments", n,
	    (size_t)(view->has_talks && row->version != 0 && !is_charter));
	check_code("history", agreement_history(ctx, s->ref, &events, &n),
	    view->has_talks);
	check("history", n > 0, view->has_talks && row->version != 0);
}

/* Of the version that counts; who signed for them is not published. */
static void
check_signatures(struct scene *s, const struct view *view)
{
	struct ctx *ctx = &s->p.f.ctx;
	bool is_grid = strncmp(row->what, "charter", 7) != 0;
	bool has =
	    row->version != 0 && (is_grid || row->state >= AGREEMENT_SIGNED);
	struct agreement_signature *all;
	struct agreement_file file;
	size_t n;
	enum err rc;

	rc = agreement_signatures(ctx, s->ref, &all, &n);
	check_code("signatures", rc, view->letter != '-');
	check("signatures", n > 0,
	    has && view->sight <= SIGHT_PUBLISHED &&
		(view->has_talks || row->state != AGREEMENT_PROPOSED));
	for (size_t i = 0; i < n; i++) {
		check("person", all[i].person_name != NULL,
		    view->sight != SIGHT_PUBLISHED);
		if (!view->has_talks)
			check("void", all[i].is_void, false);
	}
	rc = agreement_signature_file(ctx, s->ref, row->version,
	    s->who[PROPOSER]->organisation_ref, &file);
	check_code("a signature's record", rc, has && view->has_files);
	rc = agreement_signature_file(ctx, s->ref, row->version - 1,
	    s->who[PROPOSER]->organisation_ref, &file);
	check_code(
	    "an earlier one's", rc, row->version == 2 && view->has_talks);
}

/* ---- lists ------------------------------------------------------------- */

static bool
has(const struct agreement_list *list, const char *ref)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->rows[i].ref, ref) == 0)
			return true;
	return false;
}

static bool
is_of_group(enum agreement_group group)
{
	static const enum agreement_group groups[AGREEMENT_STATE__MAX] = {
		[AGREEMENT_DRAFT] = GROUP_DRAFTS,
		[AGREEMENT_PROPOSED] = GROUP_PROPOSED,
		[AGREEMENT_WITHDRAWN] = GROUP_ENDED,
		[AGREEMENT_SIGNED] = GROUP_IN_FORCE,
		[AGREEMENT_IN_FORCE] = GROUP_IN_FORCE,
		[AGREEMENT_ENDED] = GROUP_ENDED,
	};

	if (group == GROUP_DRAFTS && row->state == AGREEMENT_PROPOSED)
		return strchr(row->drafts, letters[who]) != NULL;
	return group == GROUP_ALL || group == groups[row->state];
}

static void
check_lists(struct scene *s, const struct view *view)
{
	struct agreement_filter f = { .kind = -1, .limit = 100 };
	bool reads_it = strchr(row->reads_it, letters[who]) != NULL;
	struct ctx *ctx = &s->p.f.ctx;
	struct agreement_list list;

	for (int g = 0; g < GROUP__MAX; g++) {
		bool is_ended = g != GROUP_ENDED && g != GROUP_IN_FORCE;

		f.group = (enum agreement_group)g;
		fixture_ok(agreement_list(ctx, &f, &list));
		check(agreement_groups[g], has(&list, s->ref),
		    view->is_listed && is_of_group(f.group));
		fixture_ok(agreement_register(ctx, &f, false, &list));
		check("the register", has(&list, s->ref),
		    reads_it && (is_ended || is_of_group(f.group)));
		fixture_ok(agreement_register(ctx, &f, true, &list));
		check("the feed", has(&list, s->ref),
		    strcmp(row->reads_it, EVERYBODY) == 0 &&
			(is_ended || is_of_group(f.group)));
	}
}

/* ---- all together ------------------------------------------------------ */

static void
scene_open(struct scene *s)
{
	struct pact *p = &s->p;
	struct organisation *o;

	memset(s, 0, sizeof(*s));
	pact_open(p);
	s->who[PROPOSER] = p->who[GRID];
	s->who[COLLEAGUE] = p->other[READER];
	s->who[OTHER] = p->who[CERT];
	s->who[SUSPENDED_ONE] = p->who[WATER];
	s->who[LEAVING] = p->who[BANK];
	s->who[AUDITOR_ITS] = p->other[COURT];
	s->who[KEEPER_ITS] = p->other[KEEPER];
	s->who[OUTSIDER] = p->who[AGENCY];
	o = fixture_organisation(&p->f, "Dark", ORG_OPERATOR, 1);
	s->who[DARK] = fixture_person(&p->f, o->ref, "Dark", ROLE_SIGNATORY);
	fixture_console(&p->f);
	fixture_ok(organisation_suspend(&p->f.ctx, o->ref, "Gone"));
	o = fixture_organisation(&p->f, "Audit Office", ORG_AUDITOR, 0);
	s->who[AUDITOR_ANOTHER] =
	    fixture_person(&p->f, o->ref, "Office", ROLE_AUDITOR);
}

static void
scene_as(struct scene *s, enum who w)
{
	if (w == CONSOLE)
		fixture_console(&s->p.f);
	else if (w == NOBODY)
		fixture_nobody(&s->p.f);
	else
		fixture_as(&s->p.f, s->who[w]);
}

START_TEST(matrix)
{
	struct scene s;

	row = &rows[_i];
	scene_open(&s);
	row->make(&s);
	for (who = 0; who < WHO__MAX; who++) {
		const struct view *view = view_of(row, who);

		scene_as(&s, who);
		check_load(&s, view);
		check_versions(&s, view);
		check_talks(&s, view);
		check_signatures(&s, view);
		check_lists(&s, view);
	}
	pact_verify(&s.p);
	pact_close(&s.p);
}
END_TEST

UNIT_MAIN("agreement matrix", UNIT_ROWS(matrix, rows))
