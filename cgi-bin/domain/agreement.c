/* SPDX-License-Identifier: Apache-2.0 */
/* What an agreement is, what may be done with it, and who sees it. */
#include "domain/agreement.h"

#include <string.h>

#include "base/text.h"
#include "domain/access.h"
#include "domain/agreement_store.h"
#include "domain/list.h"

const char *const agreement_kinds[AGREEMENT_KIND__MAX + 1] = {
	[AGREEMENT_CHARTER] = "charter",
	[AGREEMENT_EXCHANGE] = "exchange",
	[AGREEMENT_SECTOR] = "sector",
	[AGREEMENT_MUTUAL_AID] = "mutual-aid",
	[AGREEMENT_AUDIT] = "audit",
	[AGREEMENT_OTHER] = "other",
};

const char *const agreement_states[AGREEMENT_STATE__MAX + 1] = {
	[AGREEMENT_DRAFT] = "draft",
	[AGREEMENT_PROPOSED] = "proposed",
	[AGREEMENT_WITHDRAWN] = "withdrawn",
	[AGREEMENT_SIGNED] = "signed",
	[AGREEMENT_IN_FORCE] = "in-force",
	[AGREEMENT_ENDED] = "ended",
};

const char *const agreement_languages[] = { "en", "fr", "nl", "de", NULL };
const char *const agreement_publications[PUBLICATION__MAX + 1] = { "none",
	"community", "everybody", NULL };
const char *const agreement_extents[EXTENT__MAX + 1] = { "whole", "terms",
	NULL };
const char *const agreement_successors[SUCCESSOR__MAX + 1] = { "none",
	"amendment", "renewal", NULL };
const char *const agreement_ends[END__MAX + 1] = { "agreed", "notice",
	"terminated", "replaced", NULL };

enum sql { SQL_FIND, SQL_PARTIES, SQL_CIRCLES, SQL_SUCCESSOR, SQL__MAX };

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	/*
	 * Columns 27 to 30 say by what the actor may see it, 31 whether it
	 * is a member.
	 */
	[SQL_FIND] =
	    "SELECT a.id, a.ref, a.kind, a.state, a.on_paper, a.version,"
	    " o.ref, o.name, a.created_at, a.proposed_at, a.signed_at,"
	    " a.from_at, a.until_at, a.end_cause, a.withdrawn_at,"
	    " a.withdrawn_why, a.replaces_how, b.ref, a.publication, a.extent,"
	    " a.published_at, a.asked_publication, a.asked_extent, q.name,"
	    " a.asked_at, a.organisation,"
	    " EXISTS (SELECT 1 FROM agreement_version d"
	    " WHERE d.agreement = a.id AND d.number IS NULL"
	    " AND d.organisation = $1),"
	    " p.organisation, " AGREEMENT_STAYS("p", "a", "$2") ","
	    " EXISTS (SELECT 1 FROM agreement_version v"
	    " WHERE v.agreement = a.id AND v.number = a.version"
	    " AND v.auditor = $1),"
	    " EXISTS (SELECT 1 FROM access_grant g WHERE g.circle = 2"
	    " AND g.organisation = $1 AND " ACCESS_GRANT_VALID("g", "$2") "),"
	    " " AGREEMENT_IS_MEMBER("$1", "$2")
	    " FROM agreement a"
	    " JOIN organisation o ON o.id = a.organisation"
	    " LEFT JOIN agreement_party p ON p.agreement = a.id"
	    " AND p.organisation = $1"
	    " LEFT JOIN agreement b ON b.id = a.replaces"
	    " LEFT JOIN organisation q ON q.id = a.asked_by"
	    " WHERE a.ref = $3",
	[SQL_PARTIES] =
	    "SELECT o.id, o.ref, o.name, o.country, o.kind, o.state,"
	    " p.position, p.notice_at, p.notice_why, p.leaves_at,"
	    " p.suspended_at, s.name, p.suspended_why, p.ending_at,"
	    " p.publishing_at, CASE WHEN a.on_paper = 1 THEN a.signed_at ELSE"
	    " (SELECT w.signed_at FROM agreement_signature w"
	    " JOIN agreement_version v ON v.id = w.version"
	    " WHERE v.agreement = a.id AND v.number = a.version"
	    " AND w.organisation = o.id) END, p.declined_at, p.declined_why,"
	    " p.suspended_by FROM agreement a"
	    " JOIN agreement_party p ON p.agreement = a.id"
	    " JOIN organisation o ON o.id = p.organisation"
	    " LEFT JOIN organisation s ON s.id = p.suspended_by"
	    " WHERE a.id = $1 ORDER BY p.position",
	[SQL_CIRCLES] =
	    "SELECT c.id, c.ref, c.kind, c.name FROM agreement_circle k"
	    " JOIN circle c ON c.id = k.circle WHERE k.agreement = $1"
	    " ORDER BY CASE c.kind WHEN 'community' THEN 0"
	    " WHEN 'sector' THEN 1 ELSE 2 END, c.sector, c.ref",
	[SQL_SUCCESSOR] =
	    "SELECT ref FROM agreement WHERE replaces = $1"
	    " AND state IN ('proposed', 'signed')"
	    " ORDER BY state DESC, id DESC LIMIT 1",
};
/* clang-format on */

/* ---- states ----------------------------------------------------------- */

enum agreement_state
agreement_state_of(
    const char *word, int64_t from_at, int64_t until_at, int64_t now_at)
{
	int state = text_index(agreement_states, word);

	if (state != AGREEMENT_SIGNED)
		return state >= 0 ? (enum agreement_state)state
				  : AGREEMENT_WITHDRAWN;
	if (until_at != 0 && until_at <= now_at)
		return AGREEMENT_ENDED;
	return from_at > now_at ? AGREEMENT_SIGNED : AGREEMENT_IN_FORCE;
}

#define IN(state) (1u << AGREEMENT_##state)

static const struct {
	unsigned states;
	bool of_charter;    /* also of one, if it is in the portal */
	bool needs_charter; /* of the actor; only the charter does not */
} possible[AGREEMENT_ACT__MAX] = {
	[AGREEMENT_EDIT] = { IN(DRAFT) | IN(PROPOSED), false, true },
	[AGREEMENT_PROPOSE] = { IN(DRAFT) | IN(PROPOSED), false, true },
	[AGREEMENT_COMMENT] = { IN(PROPOSED), false, false },
	[AGREEMENT_SIGN] = { IN(PROPOSED), true, true },
	[AGREEMENT_DECLINE] = { IN(PROPOSED), true, false },
	[AGREEMENT_WITHDRAW] = { IN(PROPOSED), true, false },
	[AGREEMENT_AMEND] = { IN(SIGNED) | IN(IN_FORCE), false, true },
	[AGREEMENT_RENEW] = { IN(SIGNED) | IN(IN_FORCE) | IN(ENDED), false,
	    true },
	[AGREEMENT_NOTICE] = { IN(SIGNED) | IN(IN_FORCE), true, false },
	[AGREEMENT_TERMINATE] = { IN(SIGNED) | IN(IN_FORCE), false, false },
	[AGREEMENT_SUSPEND] = { IN(SIGNED) | IN(IN_FORCE), false, false },
	[AGREEMENT_PUBLISH] = { IN(SIGNED) | IN(IN_FORCE) | IN(ENDED), true,
	    false },
};

bool
agreement_may(const struct agreement *a, enum agreement_act act)
{
	if ((unsigned)act >= AGREEMENT_ACT__MAX || a->is_on_paper)
		return false;
	/* What has followed it is what is amended and renewed. */
	if ((act == AGREEMENT_AMEND || act == AGREEMENT_RENEW) &&
	    a->end == END_REPLACED)
		return false;
	if (a->kind == AGREEMENT_CHARTER && !possible[act].of_charter)
		return false;
	return (possible[act].states & 1u << a->state) != 0;
}

enum err
agreement_allows(const struct agreement *a, enum agreement_act act)
{
	if (!agreement_may(a, act))
		return ERR_STATE;
	if (possible[act].needs_charter && a->kind != AGREEMENT_CHARTER &&
	    !a->has_charter)
		return ERR_CHARTER;
	return ERR_OK;
}

/* ---- the row ---------------------------------------------------------- */

int
agreement_word(
    struct db_rows *rows, int column, const char *const *words, int when_null)
{
	int row;

	if (db_col_is_null(rows, column))
		return when_null;
	row = text_index(words, db_col_peek(rows, column, NULL));
	return row >= 0 ? row : when_null;
}

static void
fill_times(struct ctx *ctx, struct db_rows *rows, struct agreement *a)
{
	a->created_at = db_col_int(rows, 8);
	a->proposed_at = db_col_int(rows, 9);
	a->signed_at = db_col_int(rows, 10);
	a->from_at = db_col_int(rows, 11);
	a->until_at = db_col_int(rows, 12);
	a->end = (enum agreement_end)agreement_word(
	    rows, 13, agreement_ends, END_AGREED);
	a->state = agreement_state_of(
	    db_col_peek(rows, 3, NULL), a->from_at, a->until_at, ctx->now_at);
}

static void
fill_publication(struct db_rows *rows, struct agreement *a)
{
	a->publication = (enum agreement_publication)agreement_word(
	    rows, 18, agreement_publications, PUBLICATION_NONE);
	a->extent = (enum agreement_extent)agreement_word(
	    rows, 19, agreement_extents, EXTENT_WHOLE);
	a->published_at = db_col_int(rows, 20);
}

static void
fill_asked(struct ctx *ctx, struct db_rows *rows, struct agreement *a)
{
	a->asked = (enum agreement_publication)agreement_word(
	    rows, 21, agreement_publications, PUBLICATION_NONE);
	a->asked_extent = (enum agreement_extent)agreement_word(
	    rows, 22, agreement_extents, EXTENT_WHOLE);
	a->asked_by = db_col_text(rows, 23, ctx->arena);
	a->asked_at = db_col_int(rows, 24);
}

static bool
is_signed(const struct agreement *a)
{
	return (1u << a->state & (IN(SIGNED) | IN(IN_FORCE) | IN(ENDED))) != 0;
}

static bool
is_published(const struct agreement *a, bool is_member)
{
	return a->publication == PUBLICATION_EVERYBODY ||
	    (a->publication == PUBLICATION_COMMUNITY && is_member);
}

/* The most that somebody sees; SIGHT__MAX is nothing. */
static enum agreement_sight
sight_of(struct ctx *ctx, struct db_rows *rows, const struct agreement *a)
{
	const struct actor *actor = &ctx->actor;
	bool is_named = !db_col_is_null(rows, 27);

	if (a->state == AGREEMENT_DRAFT)
		return a->is_own ? SIGHT_PARTY : SIGHT__MAX;
	/* Whoever has left keeps what it signed. */
	if (is_named)
		return db_col_int(rows, 28) != 0 ? SIGHT_PARTY : SIGHT_AUDITOR;
	if (a->kind == AGREEMENT_CHARTER &&
	    (actor->is_console || (actor->roles & ROLE_KEEPER) != 0))
		return SIGHT_AUDITOR;
	if (!is_signed(a))
		return SIGHT__MAX;
	if (db_col_int(rows, 29) != 0)
		return SIGHT_AUDITOR;
	return is_published(a, db_col_int(rows, 30) != 0) ? SIGHT_PUBLISHED
							  : SIGHT__MAX;
}

static void
fill(struct ctx *ctx, struct db_rows *rows, struct agreement *a)
{
	a->id = db_col_int(rows, 0);
	a->ref = db_col_text(rows, 1, ctx->arena);
	a->kind = (enum agreement_kind)agreement_word(
	    rows, 2, agreement_kinds, AGREEMENT_OTHER);
	a->is_on_paper = db_col_int(rows, 4) != 0;
	a->version = (int)db_col_int(rows, 5);
	a->organisation_ref = db_col_text(rows, 6, ctx->arena);
	a->organisation_name = db_col_text(rows, 7, ctx->arena);
	fill_times(ctx, rows, a);
	a->withdrawn_at = db_col_int(rows, 14);
	a->withdrawn_why = db_col_text(rows, 15, ctx->arena);
	a->successor = (enum agreement_successor)agreement_word(
	    rows, 16, agreement_successors, SUCCESSOR_NONE);
	a->replaces_ref = db_col_text(rows, 17, ctx->arena);
	a->is_own = db_col_int(rows, 25) == ctx->actor.organisation;
	a->has_charter = db_col_int(rows, 31) != 0;
	fill_publication(rows, a);
	a->sight = sight_of(ctx, rows, a);
	a->is_party = a->sight == SIGHT_PARTY;
	if (a->is_party)
		fill_asked(ctx, rows, a);
	a->has_draft = db_col_int(rows, 26) != 0;
	a->has_left_draft = a->has_draft && a->state != AGREEMENT_DRAFT &&
	    a->state != AGREEMENT_PROPOSED;
	a->has_draft = a->has_draft && !a->has_left_draft;
}

enum err
agreement_find(struct ctx *ctx, const char *ref, struct agreement **out)
{
	struct agreement *a = arena_alloc(ctx->arena, sizeof(*a));
	struct db_rows *rows;
	bool is_seen = false;
	enum err rc;

	*out = NULL;
	rows = db_query(ctx->db, sql[SQL_FIND],
	    DB_ARGS(
		db_i(ctx->actor.organisation), db_i(ctx->now_at), db_t(ref)));
	if (db_next(rows)) {
		fill(ctx, rows, a);
		is_seen = a->sight != SIGHT__MAX;
	}
	if ((rc = db_done(rows)) != ERR_OK)
		return rc;
	if (!is_seen)
		return ERR_NOT_FOUND;
	*out = a;
	return ERR_OK;
}

enum err
agreement_find_own(struct ctx *ctx, const char *ref, struct agreement **out)
{
	enum err rc = agreement_find(ctx, ref, out);

	return rc == ERR_OK && !(*out)->is_party ? ERR_NOT_FOUND : rc;
}

/* ---- what hangs on it ------------------------------------------------- */

static void
fill_standing(struct ctx *ctx, struct db_rows *rows, struct agreement_party *p)
{
	p->is_organisation_suspended =
	    strcmp(db_col_peek(rows, 5, NULL), "suspended") == 0;
	p->notice_at = db_col_int(rows, 7);
	p->notice_why = db_col_text(rows, 8, ctx->arena);
	p->leaves_at = db_col_int(rows, 9);
	p->suspended_at = db_col_int(rows, 10);
	p->suspended_by = db_col_text(rows, 11, ctx->arena);
	p->suspended_why = db_col_text(rows, 12, ctx->arena);
	p->is_suspended_by_itself =
	    p->suspended_at != 0 && db_col_int(rows, 18) == p->organisation;
	p->ending_at = db_col_int(rows, 13);
	p->publishing_at = db_col_int(rows, 14);
}

static void
fill_party(struct ctx *ctx, struct db_rows *rows, const struct agreement *a,
    struct agreement_party *p)
{
	p->organisation = db_col_int(rows, 0);
	p->ref = db_col_text(rows, 1, ctx->arena);
	p->name = db_col_text(rows, 2, ctx->arena);
	p->country = db_col_text(rows, 3, ctx->arena);
	org_kind_from_name(db_col_peek(rows, 4, NULL), &p->kind);
	p->position = (int)db_col_int(rows, 6);
	p->is_own = p->organisation == ctx->actor.organisation;
	p->signed_at = db_col_int(rows, 15);
	/* Before it is signed, nobody else sees it at all. */
	p->declined_at = db_col_int(rows, 16);
	p->declined_why = db_col_text(rows, 17, ctx->arena);
	if (a->is_party || p->is_own)
		fill_standing(ctx, rows, p);
}

bool
agreement_may_suspend(const struct agreement_party *p)
{
	return p->suspended_at == 0 ||
	    (p->is_suspended_by_itself && !p->is_own);
}

/* Whose turn it is: in a sequence, the first's who has not signed. */
static void
set_turns(struct agreement *a)
{
	bool is_sequence =
	    a->current != NULL && a->current->terms.order == ORDER_SEQUENCE;
	bool is_before = false;

	for (size_t i = 0; i < a->party_count; i++) {
		struct agreement_party *p = &a->parties[i];

		p->may_sign = a->state == AGREEMENT_PROPOSED &&
		    p->signed_at == 0 && !(is_sequence && is_before);
		is_before = is_before || p->signed_at == 0;
	}
}

static enum err
load_parties(struct ctx *ctx, struct agreement *a)
{
	struct db_rows *rows;

	rows = db_query(ctx->db, sql[SQL_PARTIES], DB_ARGS(db_i(a->id)));
	while (db_next(rows)) {
		a->parties = list_room(ctx->arena, a->parties, a->party_count,
		    sizeof(*a->parties));
		fill_party(ctx, rows, a, &a->parties[a->party_count++]);
	}
	set_turns(a);
	return db_done(rows);
}

static enum err
load_circles(struct ctx *ctx, struct agreement *a)
{
	struct db_rows *rows;
	struct circle *c;

	rows = db_query(ctx->db, sql[SQL_CIRCLES], DB_ARGS(db_i(a->id)));
	while (db_next(rows)) {
		a->circles = list_room(ctx->arena, a->circles, a->circle_count,
		    sizeof(*a->circles));
		c = &a->circles[a->circle_count++];
		circle_fill(ctx, rows, 0, c);
	}
	return db_done(rows);
}

/* A neighbour that the actor may not see does not exist. */
static enum err
hide_unseen(struct ctx *ctx, char **ref)
{
	struct agreement *other;
	enum err rc;

	if (*ref == NULL)
		return ERR_OK;
	if ((rc = agreement_find(ctx, *ref, &other)) == ERR_NOT_FOUND) {
		*ref = NULL;
		rc = ERR_OK;
	}
	return rc;
}

static enum err
load_neighbours(struct ctx *ctx, struct agreement *a)
{
	struct db_rows *rows;
	enum err rc;

	rows = db_query(ctx->db, sql[SQL_SUCCESSOR], DB_ARGS(db_i(a->id)));
	if (db_next(rows))
		a->replaced_by_ref = db_col_text(rows, 0, ctx->arena);
	if ((rc = db_done(rows)) == ERR_OK)
		rc = hide_unseen(ctx, &a->replaced_by_ref);
	return rc == ERR_OK ? hide_unseen(ctx, &a->replaces_ref) : rc;
}

/* Others are not told of the talks before, nor of what was not published. */
static void
narrow(struct agreement *a)
{
	struct agreement_version *v = a->current;

	if (a->is_party || v == NULL)
		return;
	v->change = NULL;
	v->why_one_kind = NULL;
	v->author_name = NULL;
	if (a->sight != SIGHT_PUBLISHED || a->extent != EXTENT_TERMS)
		return;
	v->text = NULL;
	v->digest[0] = '\0';
}

enum err
agreement_load(struct ctx *ctx, const char *ref, struct agreement **out)
{
	struct agreement *a;
	enum err rc;

	*out = NULL;
	if ((rc = agreement_find(ctx, ref, &a)) != ERR_OK)
		return rc;
	if (a->version != 0 &&
	    (rc = agreement_version_read(ctx, a, a->version, 0, &a->current)) !=
		ERR_OK)
		return rc;
	if ((rc = load_parties(ctx, a)) != ERR_OK ||
	    (rc = load_circles(ctx, a)) != ERR_OK ||
	    (rc = load_neighbours(ctx, a)) != ERR_OK)
		return rc;
	narrow(a);
	*out = a;
	return ERR_OK;
}

/* ---- for an act ------------------------------------------------------- */

struct agreement_party *
agreement_own_party(const struct agreement *a)
{
	for (size_t i = 0; i < a->party_count; i++)
		if (a->parties[i].is_own)
			return &a->parties[i];
	return NULL;
}

enum err
agreement_open(struct ctx *ctx, const char *ref,
    const struct agreement_demand *demand, struct agreement **a)
{
	enum err rc;

	if ((rc = agreement_load(ctx, ref, a)) != ERR_OK)
		return rc;
	if (!(*a)->is_party)
		return ERR_NOT_FOUND;
	if (demand->roles != 0 && (ctx->actor.roles & demand->roles) == 0)
		return ERR_FORBIDDEN;
	if (demand->version >= 0 && (*a)->version != demand->version)
		return ERR_STALE;
	return agreement_allows(*a, demand->act);
}

enum err
agreement_check_why(const char *why)
{
	size_t len = why != NULL ? strlen(why) : 0;

	return len > 0 && text_ok(why, len, TEXT_PROSE) &&
		text_length(why) <= AGREEMENT_WHY_MAX
	    ? ERR_OK
	    : ERR_INVALID;
}
