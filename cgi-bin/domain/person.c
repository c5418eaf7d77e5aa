/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/person.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "crypt/token.h"
#include "domain/list.h"
#include "domain/record.h"
#include "domain/session.h"

enum { REF_LEN = 16, EMAIL_BYTES = 254, NAME_BYTES = 480 };

enum sql {
	SQL_ORGANISATION,
	SQL_INSERT,
	SQL_BY_REF,
	SQL_BY_EMAIL,
	SQL_BY_ID,
	SQL_LIST,
	SQL_SET_ROLES,
	SQL_DISABLE,
	SQL_ENABLE,
	SQL_FORGET,
	SQL_RESET,
	SQL_SET_LANGUAGE,
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
	[SQL_SET_ROLES] =
	    "UPDATE person SET roles = $1 WHERE id = $2 AND roles = $3",
	[SQL_DISABLE] = "UPDATE person SET state = 'disabled'"
			" WHERE id = $1 AND state <> 'disabled'",
	/* Who never used an invitation has no password yet. */
	[SQL_ENABLE] =
	    "UPDATE person SET state = CASE WHEN EXISTS ("
	    "SELECT 1 FROM invitation i WHERE i.person = person.id"
	    " AND i.used_at IS NOT NULL) THEN 'active' ELSE 'invited' END"
	    " WHERE id = $1 AND state = 'disabled'",
	[SQL_FORGET] = "DELETE FROM invitation WHERE person = $1",
	[SQL_RESET] = "UPDATE person SET state = 'invited'"
		      " WHERE id = $1 AND state = 'active'",
	[SQL_SET_LANGUAGE] = "UPDATE person SET language = $1 WHERE id = $2",
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

static bool
is_keeper(const struct ctx *ctx)
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
	    DB_ARGS(
		db_t(ref), db_i(is_keeper(ctx)), db_i(ctx->actor.organisation)),
	    p);
}

/* As person_load(), of those whom the actor looks after. */
static enum err
load_charge(struct ctx *ctx, const char *ref, struct person **p)
{
	return load(ctx, SQL_BY_REF,
	    DB_ARGS(db_t(ref), db_i(is_keeper(ctx)), db_i(stewarded(ctx))), p);
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
	    DB_ARGS(db_t(ref), db_i(is_keeper(ctx)), db_i(own)));
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
static bool
email_ok(const char *email)
{
	size_t len = email != NULL ? strlen(email) : 0;
	const char *at;

	if (len == 0 || len > EMAIL_BYTES || !text_ok(email, len, TEXT_LINE))
		return false;
	at = strchr(email, '@');
	return at != NULL && at != email && at[1] != '\0' &&
	    strchr(at + 1, '@') == NULL && strpbrk(email, " <>,;\"") == NULL;
}

static bool
language_ok(const char *language)
{
	return language != NULL &&
	    (strcmp(language, "en") == 0 || strcmp(language, "fr") == 0);
}

static bool
is_valid(const struct person_new *new)
{
	size_t len = new->name != NULL ? strlen(new->name) : 0;

	return len > 0 && len <= NAME_BYTES &&
	    text_ok(new->name, len, TEXT_LINE) && email_ok(new->email) &&
	    language_ok(new->language);
}

/* Only a keeper makes keepers. */
static bool
may_give(const struct ctx *ctx, enum org_kind kind, unsigned roles)
{
	unsigned possible = roles_possible(kind);

	if (!is_keeper(ctx))
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

static json_t *
role_list(unsigned roles)
{
	json_t *list = json_array();

	for (int i = 0; i < ROLE_COUNT; i++) {
		if ((roles >> i & 1) != 0)
			json_array_append_new(list, json_string(role_names[i]));
	}
	return list;
}

static enum err
record_invited(
    struct ctx *ctx, const char *ref, const char *organisation, unsigned roles)
{
	json_t *what = json_object();

	json_object_set_new(what, "organisation", json_string(organisation));
	json_object_set_new(what, "roles", role_list(roles | ROLE_READER));
	return record_append(ctx, RECORD_PERSON_INVITED, ref, what);
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
	if (!may_give(ctx, place.kind, new->roles)) {
		rc = ERR_INVALID;
		goto out;
	}
	if (place.is_suspended) {
		rc = ERR_STATE;
		goto out;
	}
	*ref = make_ref(ctx);
	if ((rc = insert(ctx, place.id, new, *ref, &id)) != ERR_OK)
		goto out;
	if ((rc = invitation_make(ctx, id, token)) != ERR_OK)
		goto out;
	rc = record_invited(ctx, *ref, organisation, new->roles);
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
	if ((rc = load_charge(ctx, ref, &p)) != ERR_OK)
		goto out;
	if (p->state != PERSON_INVITED || p->is_organisation_suspended) {
		rc = ERR_STATE;
		goto out;
	}
	if ((rc = invitation_make(ctx, p->id, token)) != ERR_OK)
		goto out;
	rc = record_invited(ctx, p->ref, p->organisation_ref, p->roles);
out:
	if (rc != ERR_OK)
		*token = NULL;
	return db_end(ctx->db, rc);
}

/* ---- changing -------------------------------------------------------- */

/* Somebody to be changed by the actor: not oneself, a keeper by keepers. */
static enum err
load_to_change(struct ctx *ctx, const char *ref, struct person **p)
{
	enum err rc;

	if ((rc = load_charge(ctx, ref, p)) != ERR_OK)
		return rc;
	if ((*p)->id == ctx->actor.person)
		return ERR_FORBIDDEN;
	if (((*p)->roles & ROLE_KEEPER) != 0 && !is_keeper(ctx))
		return ERR_FORBIDDEN;
	return ERR_OK;
}

/*
 * Two stewards who disable each other at once: the second finds itself the
 * last.  A keeper may take an organisation's last steward, and the console
 * anybody.
 */
static enum err
may_lose(struct ctx *ctx, const struct person *p, unsigned roles)
{
	int64_t others = 0;
	unsigned kept = 0;
	enum err rc;

	if (!ctx->actor.is_console)
		kept = is_keeper(ctx) ? ROLE_KEEPER : ROLE_STEWARD;
	kept &= roles & p->roles;
	if (kept == 0 || p->state != PERSON_ACTIVE)
		return ERR_OK;
	rc = db_one_int(ctx->db, sql[SQL_OTHERS],
	    DB_ARGS(db_i(p->organisation), db_i(p->id), db_i(kept)), &others);
	return rc == ERR_OK && others == 0 ? ERR_STATE : rc;
}

static enum err
record_roles(struct ctx *ctx, const struct person *p, unsigned roles)
{
	json_t *what = json_object();

	json_object_set_new(what, "before", role_list(p->roles));
	json_object_set_new(what, "after", role_list(roles));
	return record_append(ctx, RECORD_PERSON_ROLES, p->ref, what);
}

enum err
person_set_roles(struct ctx *ctx, const char *ref, unsigned roles)
{
	struct person *p;
	enum err rc;

	roles |= ROLE_READER;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = load_to_change(ctx, ref, &p)) != ERR_OK || roles == p->roles)
		goto out;
	if (!may_give(ctx, p->organisation_kind, roles)) {
		rc = ERR_INVALID;
		goto out;
	}
	if ((rc = may_lose(ctx, p, p->roles & ~roles)) != ERR_OK)
		goto out;
	if ((rc = db_exec_one(ctx->db, sql[SQL_SET_ROLES],
		 DB_ARGS(db_i(roles), db_i(p->id), db_i(p->roles)))) != ERR_OK)
		goto out;
	if ((rc = session_end_all(ctx, p->id, 0)) != ERR_OK)
		goto out;
	rc = record_roles(ctx, p, roles);
out:
	return db_end(ctx->db, rc);
}

/* The statement changes one person's state, or none: ERR_STATE. */
static enum err
change_state(struct ctx *ctx, enum sql which, const struct person *p)
{
	enum err rc;

	rc = db_exec_one(ctx->db, sql[which], DB_ARGS(db_i(p->id)));
	return rc == ERR_STALE ? ERR_STATE : rc;
}

enum err
person_disable(struct ctx *ctx, const char *ref)
{
	struct person *p;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = load_to_change(ctx, ref, &p)) != ERR_OK)
		goto out;
	if ((rc = may_lose(ctx, p, p->roles)) != ERR_OK)
		goto out;
	if ((rc = change_state(ctx, SQL_DISABLE, p)) != ERR_OK)
		goto out;
	if ((rc = session_end_all(ctx, p->id, 0)) != ERR_OK)
		goto out;
	if ((rc = invitation_end_all(ctx, p->id)) != ERR_OK)
		goto out;
	rc = record_append(ctx, RECORD_PERSON_DISABLED, p->ref, NULL);
out:
	return db_end(ctx->db, rc);
}

enum err
person_enable(struct ctx *ctx, const char *ref)
{
	struct person *p;
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = load_to_change(ctx, ref, &p)) != ERR_OK)
		goto out;
	if ((rc = change_state(ctx, SQL_ENABLE, p)) != ERR_OK)
		goto out;
	rc = record_append(ctx, RECORD_PERSON_ENABLED, p->ref, NULL);
out:
	return db_end(ctx->db, rc);
}

enum err
person_reset(struct ctx *ctx, int64_t id)
{
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	/* A used invitation is what says that somebody has joined. */
	if ((rc = db_exec(ctx->db, sql[SQL_FORGET], DB_ARGS(db_i(id)))) !=
	    ERR_OK)
		goto out;
	if ((rc = db_exec(ctx->db, sql[SQL_RESET], DB_ARGS(db_i(id)))) !=
	    ERR_OK)
		goto out;
	rc = session_end_all(ctx, id, 0);
out:
	return db_end(ctx->db, rc);
}

enum err
person_set_language(struct ctx *ctx, const char *language)
{
	enum err rc;

	if (!language_ok(language))
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = db_exec_one(ctx->db, sql[SQL_SET_LANGUAGE],
	    DB_ARGS(db_t(language), db_i(ctx->actor.person)));
	return db_end(ctx->db, rc == ERR_STALE ? ERR_NOT_FOUND : rc);
}
