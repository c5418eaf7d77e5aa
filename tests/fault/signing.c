/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Last signatures, and a process that dies among them.
 *
 * prepare makes agreements that wait for one signature each, and lists them:
 * "REF EMAIL" of who has to sign.  sign is one round: a process signs them one
 * after the other, and is killed so many microseconds after the AFTERth of
 * them was acknowledged.  It notes in the journal
 *
 *	signing REF	before
 *	signed REF	when it was acknowledged
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "clients.h"
#include "domain/agreement_end.h"
#include "domain/agreement_list.h"
#include "domain/agreement_sign.h"
#include "domain/organisation.h"
#include "domain/person.h"

enum { LIST_MAX = 10000, EMAIL_BYTES = 96, ALL_SIGNED = 3 };

/* ---- who signs --------------------------------------------------------- */

enum member { CERT, GRID, LINE, METER, MEMBERS };

static const struct {
	const char *name;
	enum org_kind kind;
	int64_t sectors;
} members[MEMBERS] = {
	{ "Signing Team", ORG_INSTITUTION, 0 },
	{ "Signing Grid", ORG_OPERATOR, 1 },
	{ "Signing Line", ORG_OPERATOR, 4 },
	{ "Signing Meter", ORG_OPERATOR, 1 },
};

static const struct agreement_charter charter = { "The charter",
	"Whoever joins *tells*.", NULL, 30 };

struct preparing {
	struct ctx *ctx;
	FILE *list;
	struct person who[MEMBERS];
	int made;
};

static void
as_console(struct ctx *ctx)
{
	memset(&ctx->actor, 0, sizeof(ctx->actor));
	ctx->actor.is_console = true;
	ctx->now_at = clock_now();
}

static void
as(struct preparing *p, enum member m)
{
	act_as(p->ctx, &p->who[m]);
}

static char *
admit(struct ctx *ctx, const char *name, enum org_kind kind, int64_t sectors)
{
	const struct organisation_new new = { .name = name,
		.kind = kind,
		.country = "FR",
		.sectors = sectors,
		.charter = &charter };
	char *ref;

	as_console(ctx);
	must_ok(organisation_admit(ctx, &new, &ref), name);
	return ref;
}

static struct person *
signatory(struct ctx *ctx, const char *organisation)
{
	const struct person_new new = { .name = organisation,
		.email = arena_printf(
		    ctx->arena, "%s@signing.example", organisation),
		.language = "fr",
		.roles = ROLE_SIGNATORY };
	struct person *p;
	char *ref, *token;

	as_console(ctx);
	must_ok(person_invite(ctx, organisation, &new, &ref, &token), ref);
	must_ok(invitation_use(ctx, token), ref);
	must_ok(person_load(ctx, ref, &p), ref);
	return p;
}

/* ---- signing ----------------------------------------------------------- */

/* The version that counts; true: it was the last signature. */
static bool
sign(struct ctx *ctx, const char *ref)
{
	struct agreement_signing given = { .minisig = NULL };
	struct agreement_refusal refusal;
	struct agreement *a;
	bool is_last;

	ctx->now_at = clock_now();
	must_ok(agreement_load(ctx, ref, &a), ref);
	given.version = a->version;
	given.digest = a->current->digest;
	must_ok(agreement_sign(ctx, ref, &given, &is_last, &refusal), ref);
	return is_last;
}

/* The charter of a new organisation, by its first signatory. */
static char *
offered(struct preparing *p, const char *organisation)
{
	struct organisation *o;

	as_console(p->ctx);
	must_ok(organisation_load(p->ctx, organisation, &o), organisation);
	must(o->charter_ref != NULL, "no charter was offered");
	return o->charter_ref;
}

/* ---- what waits for a signature ---------------------------------------- */

static struct agreement_input
input(struct preparing *p, int parties)
{
	const char **refs =
	    arena_array(p->ctx->arena, MEMBERS + 1, sizeof(*refs));

	for (int m = 0; m < parties; m++)
		refs[m] = p->who[m].organisation_ref;
	return (struct agreement_input){
		.kind = AGREEMENT_EXCHANGE,
		.title = arena_printf(p->ctx->arena, "Exchange %d", p->made),
		.text = "1. The parties *tell* each other.",
		.change = "",
		.why_one_kind = "",
		.circle_name =
		    arena_printf(p->ctx->arena, "Circle %d", p->made),
		.max_label = parties > 2 ? TLP_RED : TLP_AMBER,
		.until_at = parties > 2 ? p->ctx->now_at + 300 * CLOCK_DAY : 0,
		.notice_days = 30,
		.parties = refs,
	};
}

static void
propose(struct preparing *p, const char *ref, int version)
{
	struct agreement_fault fault;
	struct agreement_version *v;

	must_ok(agreement_load_draft(p->ctx, ref, &v), ref);
	must_ok(agreement_propose(p->ctx, ref, v->edit, version, &fault), ref);
}

/* The first so many parties do. */
static void
sign_first(struct preparing *p, const char *ref, int n, bool is_all)
{
	bool is_last = false;

	for (int m = 0; m < n; m++) {
		as(p, (enum member)m);
		is_last = sign(p->ctx, ref);
	}
	must(is_last == is_all, ref);
}

/* Signed by all, or all but the last. */
static char *
proposed(struct preparing *p, int parties, bool is_all)
{
	struct agreement_input in;
	struct agreement_fault fault;
	char *ref;

	as(p, CERT);
	in = input(p, parties);
	must_ok(agreement_create(p->ctx, &in, &ref, &fault), in.title);
	propose(p, ref, 0);
	sign_first(p, ref, parties - !is_all, is_all);
	return ref;
}

/* It ends one that is in force, and lets a third party in. */
static char *
amended(struct preparing *p)
{
	struct agreement_version *v;
	struct agreement_input in;
	struct agreement_fault fault;
	char *ref = proposed(p, 2, true), *next;

	as(p, CERT);
	must_ok(agreement_amend(p->ctx, ref, &next), ref);
	must_ok(agreement_load_draft(p->ctx, next, &v), next);
	in = input(p, 3);
	must_ok(agreement_save(p->ctx, next, v->edit, &in, &fault), next);
	propose(p, next, 0);
	sign_first(p, next, 2, false);
	return next;
}

static void
prepare_one(struct preparing *p)
{
	enum member last = GRID;
	const char *email;
	char *ref, *name;

	switch (p->made % 4) {
	case 0:
		ref = proposed(p, 2, false);
		break;
	case 1:
		ref = proposed(p, 4, false);
		last = METER;
		break;
	case 2:
		ref = amended(p);
		last = LINE;
		break;
	default:
		name = arena_printf(p->ctx->arena, "Joins %d", p->made);
		name = admit(p->ctx, name, ORG_OPERATOR, 1 | 8);
		email = signatory(p->ctx, name)->email;
		fprintf(p->list, "%s %s\n", offered(p, name), email);
		return;
	}
	fprintf(p->list, "%s %s\n", ref, p->who[last].email);
}

/* They sign their charters, too.  Others when one has proposed enough. */
static void
prepare_members(struct preparing *p)
{
	const char *ref, *name;

	for (int m = 0; m < MEMBERS; m++) {
		name = arena_printf(
		    p->ctx->arena, "%s %d", members[m].name, p->made);
		ref = admit(p->ctx, name, members[m].kind, members[m].sectors);
		p->who[m] = *signatory(p->ctx, ref);
		ref = offered(p, ref);
		as(p, (enum member)m);
		must(sign(p->ctx, ref), "a charter");
	}
}

int
prepare_main(int argc, char **argv)
{
	struct ctx ctx;
	struct preparing p = { .ctx = &ctx, .list = fopen(argv[0], "w") };
	const int count = number_of(argv[1]);
	struct arena *people, *arena;

	(void)argc;
	must(p.list != NULL, "the list cannot be written");
	portal_open(&ctx);
	people = ctx.arena;
	must_ok(db_begin(ctx.db), "the database");
	arena = arena_new(64 << 20);
	for (; p.made < count; p.made++) {
		if (p.made % AGREEMENT_PROPOSALS_MAX == 0)
			prepare_members(&p);
		ctx.arena = arena;
		prepare_one(&p);
		ctx.arena = people;
		arena_reset(arena);
	}
	must_ok(db_end(ctx.db, ERR_OK), "the agreements");
	arena_free(arena);
	portal_close(&ctx);
	must(fclose(p.list) == 0, "the list cannot be written");
	return EXIT_SUCCESS;
}

/* ---- a round ----------------------------------------------------------- */

struct waiting {
	char ref[NAME_BYTES], email[EMAIL_BYTES];
};

static int
read_list(const char *file, struct waiting *all)
{
	FILE *f = fopen(file, "r");
	int n = 0;

	must(f != NULL, "the list cannot be opened");
	while (n < LIST_MAX &&
	    fscanf(f, "%63s %95s", all[n].ref, all[n].email) == 2)
		n++;
	fclose(f);
	must(n > 0, "the list is empty");
	return n;
}

/* Where the one before it died: that one is tried again. */
static int
first_of(const char *journal, const struct waiting *all, int n)
{
	char kind[NAME_BYTES], ref[NAME_BYTES];
	FILE *f = fopen(journal, "r");
	int at = 0;

	must(f != NULL, "the journal cannot be opened");
	while (fscanf(f, "%63s %63s", kind, ref) == 2)
		while (at < n && strcmp(all[at].ref, ref) != 0)
			at++;
	fclose(f);
	must(at < n, "the journal is of another list");
	return at;
}

/* What the one before died in may be signed: false. */
static bool
sign_noted(struct ctx *ctx, const char *ref, int journal)
{
	struct agreement *a;

	must_ok(agreement_load(ctx, ref, &a), ref);
	if (a->state != AGREEMENT_PROPOSED)
		return false;
	note(journal, "signing %s", ref);
	must(sign(ctx, ref), "it is the last signature");
	note(journal, "signed %s", ref);
	return true;
}

/* Tells the one that kills it: it is ready, and then of each that it signed. */
static void
tell(int alive)
{
	must(write(alive, "", 1) == 1, "nobody waits");
}

static void
sign_all(const char *list, const char *file, int alive)
{
	static struct waiting all[LIST_MAX];
	int n = read_list(list, all), at = first_of(file, all, n);
	int journal = open(file, O_WRONLY | O_APPEND | O_CLOEXEC);
	struct person *p;
	struct ctx ctx;

	must(journal != -1, "the journal cannot be opened");
	portal_open(&ctx);
	tell(alive);
	for (; at < n; at++) {
		as_console(&ctx);
		must_ok(
		    person_by_email(&ctx, all[at].email, &p), all[at].email);
		act_as(&ctx, p);
		if (sign_noted(&ctx, all[at].ref, journal))
			tell(alive);
		arena_reset(ctx.arena);
	}
	_exit(ALL_SIGNED);
}

int
sign_main(int argc, char **argv)
{
	int alive[2], status, after = number_of(argv[2]);
	ssize_t got = 1;
	pid_t pid;
	char byte;

	(void)argc;
	must(pipe(alive) == 0, "a pipe");
	if ((pid = fork()) == 0) {
		close(alive[0]);
		sign_all(argv[0], argv[1], alive[1]);
	}
	must(pid != -1, "fork");
	close(alive[1]);
	for (int i = 0; i <= after && got == 1; i++)
		got = read(alive[0], &byte, 1);
	usleep((useconds_t)number_of(argv[3]));
	kill(pid, SIGKILL);
	must(waitpid(pid, &status, 0) == pid, "waiting");
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return EXIT_SUCCESS;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}

/* ---- notices ----------------------------------------------------------- */

static bool
is_awaited(struct ctx *ctx, const char *ref)
{
	struct agreement_waiting *all;
	size_t n;

	must_ok(agreement_awaiting(ctx, &all, &n), ref);
	for (size_t i = 0; i < n; i++)
		if (all[i].wait == WAIT_SIGNATURE &&
		    strcmp(all[i].ref, ref) == 0)
			return true;
	return false;
}

/* The last of them was told to the other parties; a charter has none. */
static bool
is_told(struct ctx *ctx, const struct agreement *a)
{
	struct agreement_event *all;
	size_t n;

	as_console(ctx);
	for (size_t i = 0; i < a->party_count; i++) {
		if (a->parties[i].is_own)
			continue;
		ctx->actor = (struct actor){ .organisation =
						 a->parties[i].organisation };
		must_ok(agreement_news(ctx, a->signed_at, &all, &n), a->ref);
		while (n > 0 &&
		    (strcmp(all[n - 1].agreement_ref, a->ref) != 0 ||
			strcmp(all[n - 1].kind, "agreement.in-force") != 0))
			n--;
		if (n == 0)
			return false;
	}
	return true;
}

/* Where the last one died: whoever had to sign is asked, or others are told. */
int
told_main(int argc, char **argv)
{
	static struct waiting all[LIST_MAX];
	int n = read_list(argv[0], all), at = first_of(argv[1], all, n);
	struct agreement *a;
	struct person *p;
	struct ctx ctx;
	bool is_open, is_so;

	(void)argc;
	portal_open(&ctx);
	must_ok(person_by_email(&ctx, all[at].email, &p), all[at].email);
	act_as(&ctx, p);
	must_ok(agreement_load(&ctx, all[at].ref, &a), all[at].ref);
	is_open = a->state == AGREEMENT_PROPOSED;
	is_so = is_awaited(&ctx, a->ref) == is_open;
	if (!is_open)
		is_so = is_told(&ctx, a) && is_so;
	if (!is_so)
		printf("%s is %s, and people are told otherwise\n", a->ref,
		    agreement_states[a->state]);
	portal_close(&ctx);
	return is_so ? EXIT_SUCCESS : EXIT_FAILURE;
}
