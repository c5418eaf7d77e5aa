/* SPDX-License-Identifier: Apache-2.0 */
/*
 * THE route tables, one a program.  A URL, a handler and a template share one
 * name: GET /advisories/{ref}, page_advisory_read(), advisory/read.cs.
 */
#ifndef PAGE_ROUTES_H
#define PAGE_ROUTES_H

#include "web/route.h"

extern const struct route portal_routes[];
extern const struct route login_routes[];

/* Templates that a program renders, for pages_warm(); end with NULL. */
extern const char *const portal_templates[];
extern const char *const login_templates[];

/* Handlers, by file. */
/* page_home.c */
route_handler page_home;	 /* GET / */
route_handler page_language_set; /* POST /language */
/* page_today.c */
route_handler page_today;
/* page_advisory.c: reading */
route_handler page_advisory_list;     /* GET /advisories */
route_handler page_advisory_read;     /* GET /advisories/{ref} */
route_handler page_advisory_revision; /* GET …/{ref}/revisions/{number} */
route_handler page_advisory_answers;  /* GET …/{ref}/answers */
route_handler page_advisory_answer;   /* POST …/{ref}/answer */
route_handler page_advisory_source;   /* GET …/{ref}/source */
/* page_draft.c: writing */
route_handler page_draft_list;	       /* GET /drafts */
route_handler page_draft_new;	       /* GET /drafts/new */
route_handler page_draft_create;       /* POST /drafts/new */
route_handler page_draft_edit;	       /* GET /drafts/{ref} */
route_handler page_draft_save;	       /* POST /drafts/{ref} */
route_handler page_draft_preview;      /* GET /drafts/{ref}/preview */
route_handler page_draft_reach;	       /* GET /drafts/{ref}/publish */
route_handler page_draft_publish;      /* POST /drafts/{ref}/publish */
route_handler page_draft_discard_ask;  /* GET /drafts/{ref}/discard */
route_handler page_draft_discard;      /* POST /drafts/{ref}/discard */
route_handler page_draft_revise;       /* POST /advisories/{ref}/revise */
route_handler page_draft_withdraw_ask; /* GET /advisories/{ref}/withdraw */
route_handler page_draft_withdraw;     /* POST /advisories/{ref}/withdraw */
route_handler page_draft_import_form;  /* GET /drafts/import */
route_handler page_draft_import;       /* POST /drafts/import: a CSAF file */
/* page_agreement.c: the own organisation's agreements */
route_handler page_agreement_list;    /* GET /agreements */
route_handler page_agreement_read;    /* GET /agreements/{ref} */
route_handler page_agreement_comment; /* POST …/{ref}/comments */
/* page_agreement_draft.c: writing one */
route_handler page_agreement_new;    /* GET /agreements/new[?kind=] */
route_handler page_agreement_create; /* POST /agreements/new */
route_handler page_agreement_edit;   /* GET …/{ref}/edit */
route_handler page_agreement_save;   /* POST …/{ref}/edit */
/* page_agreement_propose.c */
route_handler page_agreement_preview;	  /* GET …/{ref}/propose */
route_handler page_agreement_propose;	  /* POST …/{ref}/propose */
route_handler page_agreement_revise;	  /* POST …/{ref}/revise */
route_handler page_agreement_discard_ask; /* GET …/{ref}/discard */
route_handler page_agreement_discard;	  /* POST …/{ref}/discard */
/* page_agreement_version.c */
route_handler page_agreement_version;	/* GET …/{ref}/versions/{number} */
route_handler page_agreement_canonical; /* GET …/versions/{number}/canonical */
route_handler page_agreement_compare;	/* GET …/{ref}/compare?from=&to= */
route_handler page_agreement_signature; /* GET …/{ref}/signatures/{party} */
/* page_agreement_sign.c */
route_handler page_agreement_sign_ask; /* GET …/{ref}/sign */
route_handler page_agreement_sign;     /* POST …/{ref}/sign */
/* page_agreement_end.c: each with the page that is before it */
route_handler page_agreement_decline_ask;
route_handler page_agreement_decline;
route_handler page_agreement_withdraw_ask;
route_handler page_agreement_withdraw;
route_handler page_agreement_amend_ask;
route_handler page_agreement_amend;
route_handler page_agreement_renew_ask;
route_handler page_agreement_renew;
route_handler page_agreement_notice_ask;
route_handler page_agreement_notice;
route_handler page_agreement_terminate_ask;
route_handler page_agreement_terminate;
route_handler page_agreement_keep;	  /* POST: takes that yes back */
route_handler page_agreement_suspend_ask; /* GET …/{ref}/suspend/{party} */
route_handler page_agreement_suspend;
route_handler page_agreement_resume_ask; /* GET …/{ref}/resume/{party} */
route_handler page_agreement_resume;
/* page_agreement_publish.c */
route_handler page_agreement_publish_ask;    /* GET …/{ref}/publish */
route_handler page_agreement_publish;	     /* POST …/{ref}/publish: ask */
route_handler page_agreement_publish_agree;  /* POST …/publish/agree */
route_handler page_agreement_publish_refuse; /* POST …/publish/refuse */
route_handler page_agreement_unpublish;	     /* POST …/publish/take-back */
/* page_verify.c: bundles and receipts, for whoever has no program */
route_handler page_verify_form; /* GET /verify */
route_handler page_verify;	/* POST */
/* page_register.c: what is published */
route_handler page_register_list;      /* GET /register */
route_handler page_register_read;      /* GET /register/{ref} */
route_handler page_register_canonical; /* GET …/{ref}/canonical */
route_handler page_register_signature; /* GET …/{ref}/signatures/{party} */
/* page_register_feed.c */
route_handler page_register_feed; /* GET /register.atom */
/* page_document.c: reading the library */
route_handler page_document_list;     /* GET /documents */
route_handler page_document_read;     /* GET /documents/{ref} */
route_handler page_document_version;  /* GET …/{ref}/versions/{number} */
route_handler page_document_readings; /* GET …/{ref}/readings */
/* page_document_version.c */
route_handler page_document_file;	  /* GET …/{ref}/file: the newest */
route_handler page_document_version_file; /* GET …/versions/{number}/file */
route_handler page_document_compare;	  /* GET …/{ref}/compare?from=&to= */
/* page_document_draft.c: contributing to it */
route_handler page_document_new;	  /* GET /documents/new */
route_handler page_document_create;	  /* POST /documents/new: a file */
route_handler page_document_edit;	  /* GET …/{ref}/edit */
route_handler page_document_save;	  /* POST …/{ref}/edit: a file */
route_handler page_document_reach;	  /* GET …/{ref}/publish */
route_handler page_document_publish;	  /* POST …/{ref}/publish */
route_handler page_document_revise;	  /* POST …/{ref}/revise */
route_handler page_document_discard_ask;  /* GET …/{ref}/discard */
route_handler page_document_discard;	  /* POST …/{ref}/discard */
route_handler page_document_withdraw_ask; /* GET …/{ref}/withdraw */
route_handler page_document_withdraw;	  /* POST …/{ref}/withdraw */
/* page_document_talk.c */
route_handler page_document_comment;	  /* POST …/{ref}/comments */
route_handler page_document_comment_edit; /* POST …/comments/{number} */
route_handler page_document_use;	  /* POST …/{ref}/use */
route_handler page_document_review;	  /* POST …/{ref}/review */
/* page_subscription.c */
route_handler page_subscription_read; /* GET /subscriptions */
route_handler page_subscription_set;  /* POST /subscriptions */
/* page_circle.c */
route_handler page_circle_list; /* GET /circles */
route_handler page_circle_read; /* GET /circles/{ref} */
/* page_record.c */
route_handler page_record_list;	 /* GET /records */
route_handler page_record_read;	 /* GET /records/{number} */
route_handler page_record_json;	 /* GET …/{number}/json: its bytes */
route_handler page_record_proof; /* GET …/{number}/proof: its receipt */
/* page_log.c */
route_handler page_log; /* GET /log; its files are nginx's */
/* page_access.c */
route_handler page_access; /* GET /access: what I may read, why */
/* page_organisation.c */
route_handler page_organisation_list;  /* GET /organisations */
route_handler page_organisation_read;  /* GET /organisations/{ref} */
route_handler page_organisation_new;   /* GET /organisations/new, keeper */
route_handler page_organisation_admit; /* POST /organisations/new */
route_handler page_organisation_charter_form; /* GET …/{ref}/charter */
route_handler page_organisation_charter;      /* POST …/{ref}/charter */
route_handler page_organisation_suspend_ask;  /* GET …/{ref}/suspend */
route_handler page_organisation_suspend;      /* POST …/{ref}/suspend */
route_handler page_organisation_reinstate;    /* POST …/{ref}/reinstate */
/* page_key.c: the own organisation's signing keys */
route_handler page_key_list;	   /* GET /keys */
route_handler page_key_new;	   /* GET /keys/new */
route_handler page_key_text;	   /* GET /keys/{number}/text: bytes */
route_handler page_key_propose;	   /* POST /keys/new */
route_handler page_key_read;	   /* GET /keys/{number} */
route_handler page_key_confirm;	   /* POST /keys/{number}/confirm */
route_handler page_key_revoke_ask; /* GET /keys/{number}/revoke */
route_handler page_key_revoke;	   /* POST /keys/{number}/revoke */
/* page_bundle.c: records to keep and check, for one's own organisation */
route_handler page_bundle_list; /* GET /bundles */
route_handler page_bundle_new;	/* GET /bundles/new[?families=&organisation=] */
route_handler page_bundle_ask;	/* POST /bundles/new */
route_handler page_bundle_read; /* GET /bundles/{ref} */
route_handler page_bundle_file; /* GET /bundles/{ref}/file */
/* page_person.c: a steward's (and the keeper's) people */
route_handler page_person_list;		/* GET /people[?organisation=] */
route_handler page_person_new;		/* GET /people/new */
route_handler page_person_invite;	/* POST /people/new */
route_handler page_person_read;		/* GET /people/{ref} */
route_handler page_person_roles;	/* POST /people/{ref}/roles */
route_handler page_person_disable;	/* POST /people/{ref}/disable */
route_handler page_person_enable;	/* POST /people/{ref}/enable */
route_handler page_person_invite_again; /* POST /people/{ref}/invite */
route_handler page_person_reset_ask;	/* GET /people/{ref}/reset */
route_handler page_person_reset;	/* POST /people/{ref}/reset */
route_handler page_person_email_form;	/* GET /people/{ref}/email */
route_handler page_person_email;	/* POST /people/{ref}/email */
/* page_signin.c, of login.fcgi */
route_handler page_signin_form;	     /* GET /sign-in[?to=] */
route_handler page_signin_password;  /* POST /sign-in */
route_handler page_signin_code_form; /* GET /sign-in/code */
route_handler page_signin_code;	     /* POST /sign-in/code */
route_handler page_signin_link_form; /* GET /sign-in/link/{token} */
route_handler page_signin_link;	     /* POST /sign-in/link/{token} */
route_handler page_signin_out;	     /* POST /sign-out */
/* page_invitation.c, of login.fcgi */
route_handler page_invitation_form;	   /* GET /invitation/{token} */
route_handler page_invitation_accept;	   /* POST /invitation/{token} */
route_handler page_invitation_factor_form; /* GET /invitation/{token}/factor */
route_handler page_invitation_factor;	   /* POST /invitation/{token}/factor */
/* page_account.c, of login.fcgi */
route_handler page_account_read;	  /* GET /account */
route_handler page_account_prove_form;	  /* GET /account/prove[?to=] */
route_handler page_account_prove;	  /* POST /account/prove */
route_handler page_account_name_form;	  /* GET /account/name */
route_handler page_account_name;	  /* POST /account/name */
route_handler page_account_password_form; /* GET /account/password */
route_handler page_account_password;	  /* POST /account/password */
route_handler page_account_factor_form;	  /* GET /account/factor */
route_handler page_account_factor;	  /* POST /account/factor */
route_handler page_account_codes;	  /* POST /account/codes: new ones */
route_handler page_account_session_end;	  /* POST /account/sessions/{id}/end */
route_handler page_account_session_end_all; /* POST /account/sessions/end */

/* Field tables, beside their handlers. */
extern const struct field fields_none[];
extern const struct field fields_language[];
extern const struct field fields_advisory_list[];
extern const struct field fields_answer[];
extern const struct field fields_draft[];
extern const struct field fields_draft_check[];
extern const struct field fields_draft_publish[];
extern const struct field fields_withdraw[];
extern const struct field fields_import[];
extern const struct field fields_agreement_list[];
extern const struct field fields_agreement_comment[];
extern const struct field fields_agreement_new[];
extern const struct field fields_agreement[];
extern const struct field fields_agreement_propose[];
extern const struct field fields_agreement_compare[];
extern const struct field fields_agreement_signature[];
extern const struct field fields_agreement_sign[];
extern const struct field fields_agreement_act[];
extern const struct field fields_agreement_why[];
extern const struct field fields_agreement_publish[];
extern const struct field fields_document_list[];
extern const struct field fields_document_read[];
extern const struct field fields_document_compare[];
extern const struct field fields_document[];
extern const struct field fields_document_comment[];
extern const struct field fields_document_comment_edit[];
extern const struct field fields_document_use[];
extern const struct field fields_document_review[];
extern const struct field fields_subscription[];
extern const struct field fields_record_list[];
extern const struct field fields_organisation[];
extern const struct field fields_charter[];
extern const struct field fields_suspend[];
extern const struct field fields_verify[];
extern const struct field fields_register[];
extern const struct field fields_register_feed[];
extern const struct field fields_key[];
extern const struct field fields_key_asked[];
extern const struct field fields_bundle[];
extern const struct field fields_bundle_list[];
extern const struct field fields_person_list[];
extern const struct field fields_person[];
extern const struct field fields_address[];
extern const struct field fields_roles[];
extern const struct field fields_signin_to[];
extern const struct field fields_signin[];
extern const struct field fields_code[];
extern const struct field fields_invitation[];
extern const struct field fields_factor[];
extern const struct field fields_prove[];
extern const struct field fields_name[];
extern const struct field fields_password[];

#endif
