/* SPDX-License-Identifier: Apache-2.0 */
/*
 * portal.fcgi: pages for people.  What it may do to each table is said here;
 * it never opens auth.db.
 */
#include "page/routes.h"
#include "page/site.h"

#define READ DB_SELECT
#define ADD DB_SELECT | DB_INSERT
#define WRITE DB_SELECT | DB_INSERT | DB_UPDATE
#define ALL DB_SELECT | DB_INSERT | DB_UPDATE | DB_DELETE

static const struct db_right rights[] = {
	{ "organisation", WRITE },
	{ "circle", ADD },
	{ "agreement", ALL },
	{ "agreement_party", ALL },
	{ "agreement_circle", ADD },
	{ "agreement_version", ALL },
	{ "agreement_version_party", ALL },
	{ "agreement_comment", ADD },
	{ "agreement_signature", ADD },
	{ "signing_key", WRITE },
	{ "access_grant", WRITE },
	{ "person", WRITE },
	{ "session", ALL },
	{ "invitation", WRITE },
	{ "submission", ALL },
	{ "record", ADD },
	{ "record_concern", ADD },
	{ "log_checkpoint", READ },
	{ "log_cosignature", READ },
	{ "log_witness", READ },
	{ "log_handover", READ },
	{ "bundle", WRITE },
	{ "bundle_record", ADD },
	{ "counter", WRITE },
	{ "blob", ADD },
	{ "advisory", ALL },
	{ "advisory_revision", ALL },
	{ "revision_circle", ALL },
	{ "revision_person", ALL },
	{ "advisory_part", ALL },
	{ "advisory_circle", ALL },
	{ "advisory_asked", ALL },
	{ "advisory_person", ALL },
	{ "reading", WRITE },
	{ "red_view", ADD },
	{ "answer", WRITE },
	{ "answer_history", ADD },
	{ "advisory_fts", ALL },
	{ "document", ALL },
	{ "document_version", ALL },
	{ "document_version_circle", ALL },
	{ "document_version_person", ALL },
	{ "document_version_related", ALL },
	{ "document_text", ADD },
	{ "document_circle", ALL },
	{ "document_person", ALL },
	{ "document_fts", ALL },
	{ "document_head_fts", ALL },
	{ "document_reading", WRITE },
	{ "document_red_view", ADD },
	{ "document_comment", WRITE },
	{ "document_use", ALL },
	{ "document_review", ADD },
	{ "subscription", WRITE },
	{ NULL, 0 },
};

int
main(void)
{
	const struct site_options options = {
		.program = "portal",
		.routes = portal_routes,
		.templates = portal_templates,
		.portal_rights = rights,
	};

	return site_main(&options);
}
