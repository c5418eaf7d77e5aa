/* SPDX-License-Identifier: Apache-2.0 */
#include "page/routes.h"

#include "page/guard.h"

#define GET METHOD_GET
#define POST METHOD_POST

/* clang-format off */
const struct route portal_routes[] = {
	{ GET, "/", WHO_ANYONE, NULL, page_home, NULL },
	{ POST, "/language", WHO_ANYONE, fields_language, page_language_set, NULL },
	{ GET, "/today", WHO_MEMBER, NULL, page_today, NULL },

	{ GET, "/advisories", WHO_ANYONE, fields_advisory_list, page_advisory_list, NULL },
	{ GET, "/advisories/{ref}", WHO_ANYONE, NULL, page_advisory_read, NULL },
	{ GET, "/advisories/{ref}/revisions/{number}", WHO_ANYONE, NULL, page_advisory_revision, NULL },
	{ GET, "/advisories/{ref}/source", WHO_ANYONE, NULL, page_advisory_source, NULL },
	{ GET, "/advisories/{ref}/answers", WHO_PUBLISHER, NULL, page_advisory_answers, NULL },
	{ POST, "/advisories/{ref}/answer", WHO_MEMBER, fields_answer, page_advisory_answer, page_advisory_read },
	{ POST, "/advisories/{ref}/revise", WHO_PUBLISHER, fields_none, page_draft_revise, NULL },
	{ GET, "/advisories/{ref}/withdraw", WHO_PUBLISHER, NULL, page_draft_withdraw_ask, NULL },
	{ POST, "/advisories/{ref}/withdraw", WHO_PUBLISHER, fields_withdraw, page_draft_withdraw, page_draft_withdraw_ask },

	{ GET, "/drafts", WHO_PUBLISHER, fields_advisory_list, page_draft_list, NULL },
	{ GET, "/drafts/new", WHO_PUBLISHER, NULL, page_draft_new, NULL },
	{ POST, "/drafts/new", WHO_PUBLISHER, fields_draft, page_draft_create, page_draft_new },
	{ GET, "/drafts/import", WHO_PUBLISHER, NULL, page_draft_import_form, NULL },
	{ POST, "/drafts/import", WHO_PUBLISHER | WHO_UPLOAD, fields_import, page_draft_import, page_draft_import_form },
	{ GET, "/drafts/{ref}", WHO_PUBLISHER, fields_draft_check, page_draft_edit, NULL },
	{ POST, "/drafts/{ref}", WHO_PUBLISHER, fields_draft, page_draft_save, page_draft_edit },
	{ GET, "/drafts/{ref}/preview", WHO_PUBLISHER, NULL, page_draft_preview, NULL },
	{ GET, "/drafts/{ref}/publish", WHO_PUBLISHER, NULL, page_draft_reach, NULL },
	{ POST, "/drafts/{ref}/publish", WHO_PUBLISHER, fields_draft_publish, page_draft_publish, page_draft_reach },
	{ GET, "/drafts/{ref}/discard", WHO_PUBLISHER, NULL, page_draft_discard_ask, NULL },
	{ POST, "/drafts/{ref}/discard", WHO_PUBLISHER, fields_none, page_draft_discard, NULL },

	{ GET, "/circles", WHO_MEMBER, NULL, page_circle_list, NULL },

	{ GET, "/organisations", WHO_MEMBER, NULL, page_organisation_list, NULL },
	{ GET, "/organisations/new", WHO_KEEPER | WHO_FRESH, NULL, page_organisation_new, NULL },
	{ POST, "/organisations/new", WHO_KEEPER | WHO_FRESH, fields_organisation, page_organisation_admit, page_organisation_new },
	{ GET, "/organisations/{ref}", WHO_MEMBER, NULL, page_organisation_read, NULL },
	{ GET, "/organisations/{ref}/suspend", WHO_KEEPER | WHO_FRESH, NULL, page_organisation_suspend_ask, NULL },
	{ POST, "/organisations/{ref}/suspend", WHO_KEEPER | WHO_FRESH, fields_suspend, page_organisation_suspend, page_organisation_suspend_ask },
	{ POST, "/organisations/{ref}/reinstate", WHO_KEEPER | WHO_FRESH, fields_none, page_organisation_reinstate, NULL },

	{ GET, "/people", WHO_STEWARD | WHO_KEEPER, fields_person_list, page_person_list, NULL },
	{ GET, "/people/new", WHO_STEWARD | WHO_KEEPER | WHO_FRESH, fields_person_list, page_person_new, NULL },
	{ POST, "/people/new", WHO_STEWARD | WHO_KEEPER | WHO_FRESH, fields_person, page_person_invite, page_person_new },
	{ GET, "/people/{ref}", WHO_STEWARD | WHO_KEEPER, NULL, page_person_read, NULL },
	{ POST, "/people/{ref}/roles", WHO_STEWARD | WHO_KEEPER | WHO_FRESH, fields_roles, page_person_roles, page_person_read },
	{ POST, "/people/{ref}/disable", WHO_STEWARD | WHO_KEEPER | WHO_FRESH, fields_none, page_person_disable, NULL },
	{ POST, "/people/{ref}/enable", WHO_STEWARD | WHO_KEEPER | WHO_FRESH, fields_none, page_person_enable, NULL },
	{ POST, "/people/{ref}/invite", WHO_STEWARD | WHO_KEEPER | WHO_FRESH, fields_none, page_person_invite_again, NULL },
	{ GET, "/people/{ref}/reset", WHO_STEWARD | WHO_KEEPER | WHO_FRESH, NULL, page_person_reset_ask, NULL },
	{ POST, "/people/{ref}/reset", WHO_STEWARD | WHO_KEEPER | WHO_FRESH, fields_none, page_person_reset, NULL },
	{ GET, "/people/{ref}/email", WHO_STEWARD | WHO_KEEPER | WHO_FRESH, NULL, page_person_email_form, NULL },
	{ POST, "/people/{ref}/email", WHO_STEWARD | WHO_KEEPER | WHO_FRESH, fields_address, page_person_email, page_person_email_form },
	{ 0 },
};

const struct route login_routes[] = {
	{ GET, "/sign-in", WHO_ANYONE, fields_signin_to, page_signin_form, NULL },
	{ POST, "/sign-in", WHO_ANYONE | WHO_OWN_TX, fields_signin, page_signin_password, page_signin_form },
	{ GET, "/sign-in/code", WHO_ANYONE, fields_signin_to, page_signin_code_form, NULL },
	{ POST, "/sign-in/code", WHO_ANYONE | WHO_OWN_TX, fields_code, page_signin_code, page_signin_code_form },
	{ GET, "/sign-in/link/{token}", WHO_ANYONE, NULL, page_signin_link_form, NULL },
	{ POST, "/sign-in/link/{token}", WHO_ANYONE | WHO_OWN_TX, fields_none, page_signin_link, NULL },
	{ POST, "/sign-out", WHO_MEMBER, fields_none, page_signin_out, NULL },

	{ GET, "/invitation/{token}", WHO_ANYONE, NULL, page_invitation_form, NULL },
	{ POST, "/invitation/{token}", WHO_ANYONE | WHO_OWN_TX, fields_invitation, page_invitation_accept, page_invitation_form },
	{ GET, "/invitation/{token}/factor", WHO_ANYONE, NULL, page_invitation_factor_form, NULL },
	{ POST, "/invitation/{token}/factor", WHO_ANYONE | WHO_OWN_TX, fields_factor, page_invitation_factor, page_invitation_factor_form },

	{ GET, "/account", WHO_MEMBER, NULL, page_account_read, NULL },
	{ GET, "/account/prove", WHO_MEMBER, fields_signin_to, page_account_prove_form, NULL },
	{ POST, "/account/prove", WHO_MEMBER | WHO_OWN_TX, fields_prove, page_account_prove, page_account_prove_form },
	{ GET, "/account/name", WHO_MEMBER | WHO_FRESH, NULL, page_account_name_form, NULL },
	{ POST, "/account/name", WHO_MEMBER | WHO_FRESH, fields_name, page_account_name, page_account_name_form },
	{ GET, "/account/password", WHO_MEMBER | WHO_FRESH, NULL, page_account_password_form, NULL },
	{ POST, "/account/password", WHO_MEMBER | WHO_FRESH | WHO_OWN_TX, fields_password, page_account_password, page_account_password_form },
	{ GET, "/account/factor", WHO_MEMBER | WHO_FRESH, NULL, page_account_factor_form, NULL },
	{ POST, "/account/factor", WHO_MEMBER | WHO_FRESH | WHO_OWN_TX, fields_factor, page_account_factor, page_account_factor_form },
	{ POST, "/account/codes", WHO_MEMBER | WHO_FRESH | WHO_OWN_TX, fields_none, page_account_codes, NULL },
	{ POST, "/account/sessions/end", WHO_MEMBER, fields_none, page_account_session_end_all, NULL },
	{ POST, "/account/sessions/{id}/end", WHO_MEMBER, fields_none, page_account_session_end, NULL },
	{ 0 },
};
/* clang-format on */

const char *const portal_templates[] = { "home.cs", "today.cs",
	"part/advisory_filter.cs", "part/advisory_hit.cs",
	"part/advisory_row.cs", "part/document.cs", "advisory/list.cs",
	"advisory/read.cs", "advisory/answers.cs", "draft/list.cs",
	"draft/edit.cs", "draft/preview.cs", "draft/publish.cs",
	"draft/withdraw.cs", "draft/discard.cs", "draft/import.cs",
	"circle/list.cs", "organisation/list.cs", "organisation/read.cs",
	"organisation/new.cs", "organisation/suspend.cs", "person/list.cs",
	"person/new.cs", "person/read.cs", "person/invited.cs",
	"person/reset.cs", "person/email.cs", "mail/invitation.cs",
	"error/failure.cs", NULL };

const char *const login_templates[] = { "signin/form.cs", "signin/code.cs",
	"signin/link.cs", "invitation/password.cs", "invitation/factor.cs",
	"invitation/codes.cs", "invitation/joined.cs", "invitation/gone.cs",
	"account/read.cs", "account/prove.cs", "account/name.cs",
	"account/password.cs", "account/factor.cs", "account/codes.cs",
	"error/failure.cs", NULL };
