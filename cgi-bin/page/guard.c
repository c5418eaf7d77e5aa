/* SPDX-License-Identifier: Apache-2.0 */
#include "page/guard.h"

#include <string.h>

#include "base/clock.h"

/* What a role of the domain lets through. */
static const struct {
	unsigned who;
	unsigned role;
} roles[] = {
	{ WHO_MEMBER, ROLE_READER },
	{ WHO_PUBLISHER, ROLE_PUBLISHER },
	{ WHO_STEWARD, ROLE_STEWARD },
	{ WHO_SIGNATORY, ROLE_SIGNATORY },
	{ WHO_AUDITOR, ROLE_AUDITOR },
	{ WHO_KEEPER, ROLE_KEEPER },
};

static bool
has_role(const struct visit *v, unsigned who)
{
	size_t i;

	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if ((who & roles[i].who) != 0 &&
		    ((v->ctx.actor.roles | ROLE_READER) & roles[i].role) != 0)
			return true;
	return false;
}

static bool
is_fresh(const struct visit *v)
{
	const int64_t reauth = v->ctx.conf->reauth_s * CLOCK_S;

	return v->session.proved_at > 0 &&
	    v->session.proved_at > v->ctx.now_at - reauth;
}

enum err
guard_role(const struct visit *v, unsigned who)
{
	if ((who & WHO_ANYONE) != 0)
		return ERR_OK;
	if (v->ctx.actor.person == 0)
		return ERR_SIGN_IN;
	if (!has_role(v, who))
		return ERR_FORBIDDEN;
	if ((who & WHO_FRESH) != 0 && !is_fresh(v))
		return ERR_REAUTH;
	return ERR_OK;
}

enum err
guard_origin(const struct visit *v)
{
	const struct req *req = v->req;

	if (req->fetch_site != NULL &&
	    strcmp(req->fetch_site, "same-origin") != 0)
		return ERR_TOKEN;
	if (req->origin != NULL &&
	    conf_origin(v->ctx.conf, req->origin) == NULL)
		return ERR_TOKEN;
	return ERR_OK;
}

enum err
guard_post(const struct visit *v, const struct form *form)
{
	enum err rc;

	if ((rc = guard_origin(v)) != ERR_OK)
		return rc;
	if (v->csrf[0] == '\0' || form->csrf == NULL ||
	    !secret_equal_text(v->csrf, form->csrf))
		return ERR_TOKEN;
	return ERR_OK;
}
