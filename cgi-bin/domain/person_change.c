/* SPDX-License-Identifier: Apache-2.0 */
/* Changing people: roles, state, address, name, language. */
#include <string.h>

#include "base/text.h"
#include "domain/person_store.h"
#include "domain/record.h"
#include "domain/session.h"

enum sql {
	SQL_SET_ROLES,
	SQL_DISABLE,
	SQL_ENABLE,
	SQL_UNUSE,
	SQL_UNJOIN,
	SQL_SET_EMAIL,
	SQL_SET_NAME,
	SQL_SET_LANGUAGE,
	SQL__MAX
};

/* clang-format off */
static const char *const sql[SQL__MAX] = {
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
	[SQL_UNUSE] = "UPDATE invitation SET used_at = NULL, expires_at = $1"
		      " WHERE person = $2",
	[SQL_UNJOIN] = "UPDATE person SET state = 'invited'"
		       " WHERE id = $1 AND state = 'active'",
	[SQL_SET_EMAIL] = "UPDATE person SET email = $1, email_folded = $2"
			  " WHERE id = $3",
	[SQL_SET_NAME] = "UPDATE person SET name = $1 WHERE id = $2",
	[SQL_SET_LANGUAGE] = "UPDATE person SET language = $1 WHERE id = $2",
};
/* clang-format on */

/* Somebody to be changed by the actor: not oneself, a keeper by keepers. */
static enum err
load_to_change(struct ctx *ctx, const char *ref, struct person **p)
{
	enum err rc;

	if ((rc = person_load_charge(ctx, ref, p)) != ERR_OK)
		return rc;
	if ((*p)->id == ctx->actor.person)
		return ERR_FORBIDDEN;
	if (((*p)->roles & ROLE_KEEPER) != 0 && !person_is_keeper(ctx))
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
		kept = person_is_keeper(ctx) ? ROLE_KEEPER : ROLE_STEWARD;
	kept &= roles & p->roles;
	if (kept == 0 || p->state != PERSON_ACTIVE)
		return ERR_OK;
	rc = person_count_others(ctx, p->organisation, p->id, kept, &others);
	return rc == ERR_OK && others == 0 ? ERR_STATE : rc;
}

static enum err
record_roles(struct ctx *ctx, const struct person *p, unsigned roles)
{
	json_t *what = json_object();

	json_object_set_new(what, "before", person_role_list(p->roles));
	json_object_set_new(what, "after", person_role_list(roles));
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
	if (!person_may_give(ctx, p->organisation_kind, roles)) {
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
person_unjoin(struct ctx *ctx, int64_t id)
{
	enum err rc;

	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	/* A used invitation is what says that somebody has joined. */
	rc = db_exec(
	    ctx->db, sql[SQL_UNUSE], DB_ARGS(db_i(ctx->now_at), db_i(id)));
	if (rc == ERR_OK)
		rc = db_exec(ctx->db, sql[SQL_UNJOIN], DB_ARGS(db_i(id)));
	if (rc == ERR_OK)
		rc = session_end_all(ctx, id, 0);
	return db_end(ctx->db, rc);
}

/* ---- what proves who somebody is ----------------------------------------- */

/* Not oneself; and not those whom somebody else looks after. */
static enum err
load_to_prove(struct ctx *ctx, const char *ref, struct person **p)
{
	enum err rc = load_to_change(ctx, ref, p);

	return rc == ERR_OK && !person_is_charge(ctx, *p) ? ERR_FORBIDDEN : rc;
}

/*
 * auth.db is not at hand here.  What it holds of the person proves nothing any
 * more, since nobody signs in who has not joined; and whoever joins begins
 * anew in it (credential_enrol()).
 */
static enum err
reset(struct ctx *ctx, const struct person *p, char **token)
{
	enum err rc;

	if ((rc = person_unjoin(ctx, p->id)) != ERR_OK)
		return rc;
	rc = record_append(ctx, RECORD_PERSON_CREDENTIAL, p->ref,
	    json_pack("{s:s}", "what", "reset"));
	if (rc == ERR_OK)
		rc = invitation_make(ctx, p->id, token);
	if (rc == ERR_OK)
		rc = person_record_invited(
		    ctx, p->ref, p->organisation_ref, p->roles);
	return rc;
}

enum err
person_reset(struct ctx *ctx, const char *ref, char **token)
{
	struct person *p;
	enum err rc;

	*token = NULL;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	if ((rc = load_to_prove(ctx, ref, &p)) != ERR_OK)
		goto out;
	if (p->state != PERSON_ACTIVE || p->is_organisation_suspended)
		rc = ERR_STATE;
	else
		rc = reset(ctx, p, token);
out:
	if (rc != ERR_OK)
		*token = NULL;
	return db_end(ctx->db, rc);
}

/* Whoever has the link of an invitation got it by the former address. */
static enum err
set_email(struct ctx *ctx, const struct person *p, const char *email)
{
	enum err rc;

	rc = db_exec_one(ctx->db, sql[SQL_SET_EMAIL],
	    DB_ARGS(
		db_t(email), db_t(text_fold(ctx->arena, email)), db_i(p->id)));
	if (rc == ERR_OK && p->state == PERSON_INVITED)
		rc = invitation_end_all(ctx, p->id);
	if (rc == ERR_OK)
		rc = record_append(ctx, RECORD_PERSON_EMAIL, p->ref, NULL);
	return rc;
}

enum err
person_set_email(struct ctx *ctx, const char *ref, const char *email)
{
	struct person *p;
	enum err rc;

	if (!person_email_ok(email))
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = load_to_prove(ctx, ref, &p);
	if (rc == ERR_OK && strcmp(p->email, email) != 0)
		rc = set_email(ctx, p, email);
	return db_end(ctx->db, rc);
}

/* ---- one's own -------------------------------------------------------- */

enum err
person_set_name(struct ctx *ctx, const char *name)
{
	struct person *p;
	enum err rc;

	if (!person_name_ok(name))
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = person_by_id(ctx, ctx->actor.person, &p);
	if (rc != ERR_OK || strcmp(p->name, name) == 0)
		goto out;
	rc = db_exec_one(
	    ctx->db, sql[SQL_SET_NAME], DB_ARGS(db_t(name), db_i(p->id)));
	if (rc == ERR_OK)
		rc = record_append(ctx, RECORD_PERSON_NAME, p->ref, NULL);
out:
	return db_end(ctx->db, rc);
}

enum err
person_set_language(struct ctx *ctx, const char *language)
{
	enum err rc;

	if (!person_language_ok(language))
		return ERR_INVALID;
	if ((rc = db_begin(ctx->db)) != ERR_OK)
		return rc;
	rc = db_exec_one(ctx->db, sql[SQL_SET_LANGUAGE],
	    DB_ARGS(db_t(language), db_i(ctx->actor.person)));
	return db_end(ctx->db, rc == ERR_STALE ? ERR_NOT_FOUND : rc);
}
