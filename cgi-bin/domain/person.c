/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/person.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "crypt/token.h"
#include "domain/list.h"
#include "domain/person_store.h"
#include "domain/record.h"

enum { REF_LEN = 16, EMAIL_BYTES = 254, NAME_BYTES = 480 };

enum sql {
	SQL_ORGANISATION,
	SQL_INSERT,
	SQL_BY_REF,
	SQL_BY_EMAIL,
	SQL_BY_ID,
	SQL_LIST,
	SQL_OTHERS,
	SQL__MAX
};

#define PERSON                                                       \
	"SELECT p.id, p.ref, p.organisation, o.ref, o.name, o.kind," \
	" o.state, p.email, p.name, p.language, p.roles, p.state,"   \
	" p.created_at, p.seen_at"                                   \
	" FROM person p JOIN organisation o ON o.id = p.organisation"

/* clang-format off */
static const char *const sql[SQL__MAX] = {
	/* Whose business it is stands in the WHERE: of any, or of one's own. */
	[SQL_ORGANISATION] = "SELECT id, kind, state FROM organisation"
			     " WHERE ref = $1 AND ($2 = 1 OR id = $3)",
	[SQL_INSERT] =
	    "INSERT INTO person (ref, organisation, email, email_folded,"
	    " name, language, roles, state, created_at)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, 'invited', $8)"
	    " RETURNING id",
	[SQL_BY_REF] =
	    PERSON " WHERE p.ref = $1 AND ($2 = 1 OR p.organisation = $3)",
	[SQL_BY_EMAIL] = PERSON " WHERE p.email_folded = $1",
	[SQL_BY_ID] = PERSON " WHERE p.id = $1",
	[SQL_LIST] = PERSON " WHERE p.organisation = $1",
	[SQL_OTHERS] =
	    "SELECT COUNT(*) FROM person WHERE organisation = $1"
	    " AND id <> $2 AND state = 'active' AND (roles & $3) <> 0",
};
/* clang-format on */

const char *const person_states[PERSON_STATE__MAX + 1] = {
	[PERSON_INVITED] = "invited",
	[PERSON_ACTIVE] = "active",
	[PERSON_DISABLED] = "disabled",
};

/* ---- who may --------------------------------------------------------- */

bool
person_is_keeper(const struct ctx *ctx)
{
	return ctx->actor.is_console || (ctx->actor.roles & ROLE_KEEPER) != 0;
}

/* The organisation whose people the actor looks after, 0 none. */
static int64_t
stewarded(const struct ctx *ctx)
{
	return (ctx->actor.roles & ROLE_STEWARD) != 0 ? ctx->actor.organisation
						      : 0;
}

/*
 * A steward looks after the own organisation's people.  The keeper looks after
 * stewards, who have nobody else, and after the keeper's own organisation: who
 * could make links for everybody could become anybody.
 */
bool
person_is_charge(const struct ctx *ctx, const struct person *p)
{
	if (ctx->actor.is_console)
		return true;
	if ((p->roles & ROLE_KEEPER) != 0 && !person_is_keeper(ctx))
		return false;
	if (p->organisation == stewarded(ctx))
		return true;
	return person_is_keeper(ctx) &&
	    ((p->roles & ROLE_STEWARD) != 0 ||
		p->organisation == ctx->actor.organisation);
}

/* ---- loading --------------------------------------------------------- */

static enum person_state
state_of(struct db_rows *rows, int column)
{
	int row = text_index(person_states, db_col_peek(rows, column, NULL));

	/* The CHECK of the table knows the same states. */
	return row >= 0 ? (enum person_state)row : PERSON_DISABLED;
}

/* The columns of PERSON. */
static void
fill(struct ctx *ctx, struct db_rows *rows, struct person *p)
{
	p->id = db_col_int(rows, 0);
	p->ref = db_col_text(rows, 1, ctx->arena);
	p->organisation = db_col_int(rows, 2);
	p->organisation_ref = db_col_text(rows, 3, ctx->arena);
	p->organisation_name = db_col_text(rows, 4, ctx->arena);
	org_kind_from_name(db_col_peek(rows, 5, NULL), &p->organisation_kind);
	p->is_organisation_suspended =
	    strcmp(db_col_peek(rows, 6, NULL), "suspended") == 0;
	p->email = db_col_text(rows, 7, ctx->arena);
	p->name = db_col_text(rows, 8, ctx->arena);
	p->language = db_col_text(rows, 9, ctx->arena);
	p->roles = (unsigned)db_col_int(rows, 10);
	p->state = state_of(rows, 11);
	p->created_at = db_col_int(rows, 12);
	p->seen_at = db_col_int(rows, 13);
}

static enum err
load(struct ctx *ctx, enum sql which, const struct db_value *values, size_t n,
    struct person **p)
{
	struct db_rows *rows;
	enum err rc;

	*p = NULL;
	rows = db_query(ctx->db, sql[which], values, n);
	if (db_next(rows)) {
		*p = arena_alloc(ctx->arena, sizeof(**p));
		fill(ctx, rows, *p);
	}
	rc = db_done(rows);
	return rc == ERR_OK && *p == NULL ? ERR_NOT_FOUND : rc;
}

enum err
person_load(struct ctx *ctx, const char *ref, struct person **p)
{
	return load(ctx, SQL_BY_REF,
	    DB_ARGS(db_t(ref), db_i(person_is_keeper(ctx)),
		db_i(ctx->actor.organisation)),
	    p);
}

enum err
person_load_charge(struct ctx *ctx, const char *ref, struct person **p)
{
	return load(ctx, SQL_BY_REF,
	    DB_ARGS(
		db_t(ref), db_i(person_is_keeper(ctx)), db_i(stewarded(ctx))),
	    p);
}

enum err
person_by_email(struct ctx *ctx, const char *email, struct person **p)
{
	const char *folded = text_fold(ctx->arena, email);

	*p = NULL;
	if (folded == NULL)
		return ERR_NOT_FOUND;
	return load(ctx, SQL_BY_EMAIL, DB_ARGS(db_t(folded)), p);
}

enum err
person_by_id(struct ctx *ctx, int64_t id, struct person **p)
{
	return load(ctx, SQL_BY_ID, DB_ARGS(db_i(id)), p);
}

enum err
person_count_others(struct ctx *ctx, int64_t organisation, int64_t but,
    unsigned roles, int64_t *n)
{
	return db_one_int(ctx->db, sql[SQL_OTHERS],
	    DB_ARGS(db_i(organisation), db_i(but), db_i(roles)), n);
}

struct place {
	int64_t id;
	enum org_kind kind;
	bool is_suspended;
};

/* Any for keeper and console, else `own` alone. */
static enum err
find_place(struct ctx *ctx, const char *ref, int64_t own, struct place *place)
{
	struct db_rows *rows;
	enum err rc;

	memset(place, 0, sizeof(*place));
	rows = db_query(ctx->db, sql[SQL_ORGANISATION],
	    DB_ARGS(db_t(ref), db_i(person_is_keeper(ctx)), db_i(own)));
	if (db_next(rows)) {
		place->id = db_col_int(rows, 0);
		org_kind_from_name(db_col_peek(rows, 1, NULL), &place->kind);
		place->is_suspended =
		    strcmp(db_col_peek(rows, 2, NULL), "suspended") == 0;
	}
	rc = db_done(rows);
	return rc == ERR_OK && place->id == 0 ? ERR_NOT_FOUND : rc;
}

/* By name as a dictionary has it: É beside E. */
struct entry {
	const char *key;
	struct person person;
};

static int
compare(const void *a, const void *b)
{
	const struct entry *one = a, *other = b;
	int order = strcmp(one->key, other->key);

	if (order == 0)
		order = strcmp(one->person.ref, other->person.ref);
	return order;
}

enum err
person_list(struct ctx *ctx, const char *organisation, struct person **people,
    size_t *n)
{
	struct entry *all = NULL;
	struct db_rows *rows;
	struct place place;
	enum err rc;

	*people = NULL;
	*n = 0;
	if ((rc = find_place(
		 ctx, organisation, ctx->actor.organisation, &place)) != ERR_OK)
		return rc;
	rows = db_query(ctx->db, sql[SQL_LIST], DB_ARGS(db_i(place.id)));
	while (db_next(rows)) {
		all = list_room(ctx->arena, all, *n, sizeof(*all));
		fill(ctx, rows, &all[*n].person);
		all[*n].key = text_slug(ctx->arena, all[*n].person.name);
		++*n;
	}
	if ((rc = db_done(rows)) != ERR_OK || *n == 0)
		return rc;
	qsort(all, *n, sizeof(*all), compare);
	*people = arena_array(ctx->arena, *n, sizeof(**people));
	for (size_t i = 0; i < *n; i++)
		(*people)[i] = all[i].person;
	return ERR_OK;
}

/* ---- inviting -------------------------------------------------------- */

/* Shape only: whether it is an address, the invitation's mail will tell. */
bool
person_email_ok(const char *email)
{
	size_t len = email != NULL ? strlen(email) : 0;
	const char *at;

	if (len == 0 || len > EMAIL_BYTES || !text_ok(email, len, TEXT_LINE))
		return false;
	at = strchr(email, '@');
	return at != NULL && at != email && at[1] != '\0' &&
	    strchr(at + 1, '@') == NULL && strpbrk(email, " <>,;\"") == NULL;
}

bool
person_language_ok(const char *language)
{
	return language != NULL &&
	    (strcmp(language, "en") == 0 || strcmp(language, "fr") == 0);
}

bool
person_name_ok(const char *name)
{
	size_t len = name != NULL ? strlen(name) : 0;

	return len > 0 && len <= NAME_BYTES && text_ok(name, len, TEXT_LINE);
}

static bool
is_valid(const struct person_new *new)
{
	return person_name_ok(new->name) && person_email_ok(new->email) &&
	    person_language_ok(new->language);
}

bool
person_may_give(const struct ctx *ctx, enum org_kind kind, unsigned roles)
{
	unsigned possible = roles_possible(kind);

	if (!person_is_keeper(ctx))
		possible &= ~(unsigned)ROLE_KEEPER;
	return (roles & ~possible) == 0;
}

static char *
make_ref(struct ctx *ctx)
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	_Static_assert(sizeof(letters) == 32 + 1, "five bits a letter");
	uint8_t bytes[REF_LEN];
	char ref[REF_LEN];

	random_bytes(bytes, sizeof(bytes));
	for (int i = 0; i < REF_LEN; i++)
		ref[i] = letters[bytes[i] & 31];
	return arena_copy_n(ctx->arena, ref, sizeof(ref));
}

static enum err
insert(struct ctx *ctx, int64_t organisation, const struct person_new *new,
    const char *ref, int64_t *id)
{
	const char *folded = text_fold(ctx->arena, new->email);

	return db_one_int(ctx->db, sql[SQL_INSERT],
	    DB_ARGS(db_t(ref), db_i(organisation), db_t(new->email),
		db_t(folded), db_t(new->name), db_t(new->language),
		db_i(new->roles | ROLE_READER), db_i(ctx->now_at)),
	    id);
}

json_t *
person_role_list(unsigned roles)
{
	json_t *list = json_array();

	for (int i = 0; i < ROLE_COUNT; i++) {
		if ((roles >> i & 1) != 0)
			json_array_append_new(list, json_string(role_names[i]));
	}
	return list;
}

enum err
person_record_invited(
    struct ctx *ctx, const char *ref, const char *organisation, unsigned roles)
{
	json_t *what = json_object();

	json_object_set_new(what, "organisation", json_string(organisation));
	json_object_set_new(
	    what, "roles", person_role_list(roles | ROLE_READER));
	return record_append(ctx, RECORD_PERSON_INVITED, ref, what);
}

/* Does the keeper, and not a steward, invite into it? */
static bool
is_first_steward(const struct ctx *ctx, const struct place *place)
{
	return !ctx->actor.is_console && place->id != stewarded(ctx) &&
	    place->id != ctx->actor.organisation;
}

static enum err
may_invite(struct ctx *ctx, const struct place *place)
{
	int64_t stewards = 0;
	enum err rc = ERR_OK;

	if (place->is_suspended)
		return ERR_STATE;
	if (is_first_steward(ctx, place))
		rc = person_count_others(
		    ctx, place->id, 0, ROLE_STEWARD, &stewards);
	return rc == ERR_OK && stewards > 0 ? ERR_FORBIDDEN : rc;
}

enum err
person_may_invite(struct ctx *ctx, const char *organisation)
{
	struct place place;
	enum err rc;

	rc = find_place(ctx, organisation, stewarded(ctx), &place);
	return rc == ERR_OK ? may_invite(ctx, &place) : rc;
}

enum err
person_invite(struct ctx *ctx, const char *organisation,
    const struct person_new *new, char **ref, char **token)
{
	struct place place;
	int64_t id = 0;
	enum err rc;

	*ref = *token = NULL;
	if (!is_valid(new))
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = find_place(ctx, organisation, stewarded(ctx), &place)) !=
	    ERR_OK)
		goto out;
	if (!person_may_give(ctx, place.kind, new->roles)) {
		rc = ERR_INVALID;
		goto out;
	}
	if ((rc = may_invite(ctx, &place)) != ERR_OK)
		goto out;
	if (is_first_steward(ctx, &place) && (new->roles &ROLE_STEWARD) == 0) {
		rc = ERR_INVALID;
		goto out;
	}
	*ref = make_ref(ctx);
	if ((rc = insert(ctx, place.id, new, *ref, &id)) != ERR_OK)
		goto out;
	if ((rc = invitation_make(ctx, id, token)) != ERR_OK)
		goto out;
	rc = person_record_invited(ctx, *ref, organisation, new->roles);
out:
	if (rc != ERR_OK)
		*ref = *token = NULL;
	return db_end(ctx->db, rc);
}

enum err
person_invite_again(struct ctx *ctx, const char *ref, char **token)
{
	struct person *p;
	enum err rc;

	*token = NULL;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = person_load_charge(ctx, ref, &p)) != ERR_OK)
		goto out;
	if (!person_is_charge(ctx, p)) {
		rc = ERR_FORBIDDEN;
		goto out;
	}
	if (p->state != PERSON_INVITED || p->is_organisation_suspended) {
		rc = ERR_STATE;
		goto out;
	}
	if ((rc = invitation_make(ctx, p->id, token)) != ERR_OK)
		goto out;
	rc = person_record_invited(ctx, p->ref, p->organisation_ref, p->roles);
out:
	if (rc != ERR_OK)
		*token = NULL;
	return db_end(ctx->db, rc);
}
