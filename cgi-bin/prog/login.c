/* SPDX-License-Identifier: Apache-2.0 */
/*
 * login.fcgi: passwords and second factors.  Of what faces the network it
 * alone opens auth.db, and hashes; the number of its workers bounds the
 * memory that hashing takes.  Of the portal's tables it has only those of
 * people and sessions.
 */
#include "page/routes.h"
#include "page/site.h"

#define READ DB_SELECT
#define ADD DB_SELECT | DB_INSERT
#define WRITE DB_SELECT | DB_INSERT | DB_UPDATE
#define ALL DB_SELECT | DB_INSERT | DB_UPDATE | DB_DELETE

static const struct db_right portal_rights[] = {
	{ "organisation", READ },
	{ "person", READ | DB_UPDATE },
	{ "session", ALL },
	{ "invitation", READ | DB_UPDATE },
	{ "submission", ALL },
	{ "record", ADD },
	{ "record_concern", ADD },
	{ "bundle_record", READ }, /* it refers to records */
	{ NULL, 0 },
};

static const struct db_right auth_rights[] = {
	{ "credential", WRITE },
	{ "recovery_code", ALL },
	{ "pending", ALL },
	{ "signin_link", READ | DB_UPDATE },
	{ "throttle", ALL },
	{ "passkey", READ },
	{ "browser", ALL },
	{ NULL, 0 },
};

int
main(void)
{
	const struct site_options options = {
		.program = "login",
		.routes = login_routes,
		.templates = login_templates,
		.portal_rights = portal_rights,
		.auth_rights = auth_rights,
	};

	return site_main(&options);
}
