/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agreements as page data: a row of a list, the whole of one as its reader
 * may see it, one version, who loses what.  For every page that shows
 * agreements; templates/frame/agreement.cs has the macros for these data.
 */
#ifndef PAGE_AGREEMENT_VIEW_H
#define PAGE_AGREEMENT_VIEW_H

#include "domain/agreement_end.h"
#include "domain/agreement_list.h"
#include "domain/agreement_sign.h"
#include "page/visit.h"

/*
 * Markup <name> of the rows that were found, made of part/agreement_row.cs;
 * of the register's, part/register_row.cs.
 */
enum err
agreement_view_rows(struct visit *, const char *name, struct agreement_list *);

/*
 * An end for people: one that was agreed is the midnight behind a day, and
 * that day is what they mean; one that came by an act has its minute.  NULL:
 * there is none.
 */
const char *agreement_view_end(struct visit *, int64_t until_at);

/* What records an auditor may read: families, or that it is all. */
const char *agreement_view_audit(struct visit *, int64_t families);

/*
 * Agreement.*: .Ref .Title .Lang (of title and text) .Kind .KindWord .State
 * .StateWord .Is<State> (IsDraft IsProposed IsWithdrawn IsSigned IsInForce
 * IsEnded) .IsOnPaper .IsParty .IsOwn .IsCharter .Organisation
 * .OrganisationRef .Version .VersionText .Proposed .Signed .From .Until
 * .Published (times) .End (why it ended, a sentence) .Withdrawn .WithdrawnWhy
 * .Replaces .ReplacedBy .Follows (sentence) .Publication .PublicationWord
 * .PublicationTo
 * .Extent .ExtentWord .IsTermsOnly
 * .Text (html; absent where it may not be seen) .Typed (likewise, plain)
 * .Digest (hex) .DigestParts.N
 * .Part (its groups of eight) .Terms (as below) .Circles.N {.Ref .Name}
 * Paper {.Label .LabelWord}: of the document itself, for its copy on paper
 * Steps.N {.Text .IsDone .IsCurrent}
 * Parties.N {.Name .Ref .Country .Kind .Position .IsOwn .HasSigned .Signed
 * .Way .Person .KeyNumber .IsKeyRevoked .File (of the signature) .IsAwaited
 * .MaySign .Standing.N{.Text .IsBad} .IsSuspended .MaySuspend .HasLeft}
 * Void {.Version}: the one that the own organisation had signed, and is to sign
 * anew
 * Coming.N {.Text}: who leaves, who would end it at once
 * Declined.N {.Name .Why .At}: parties that say no to what is proposed
 */
enum err agreement_view(struct visit *, const struct agreement *);
/* Parties and Declined alone. */
enum err agreement_view_parties(struct visit *, const struct agreement *);

/*
 * What software reads: .Circle .CircleRef (one that it extends) .IsNew .Label
 * .LabelWord .Sectors .Sharing .SharingWord .From .Until (dates; absent: from
 * the last signature, no end) .NoticeText .Auditor .AuditorRef .Order
 * .OrderWord
 */
void agreement_view_terms(
    struct visit *, struct node *, const struct agreement_terms *);

/*
 * One version: .Number .IsCurrent .IsDraft .Edit .Title .Text (html) .Typed
 * .Change
 * .WhyOneKind .Organisation .OrganisationRef .Author .Proposed .Saved .Digest
 * .DigestParts.N .Parties.N{.Name .Ref .Kind} .Terms
 */
enum err agreement_view_version(
    struct visit *, struct node *, const struct agreement_version *);

/*
 * Loss: .Sentence .People .IsEmpty .Circles.N{.Name} .Rows.N{.Organisation
 * .OrganisationRef .IsOwn .PeopleText .ItemsText .Until}.  `party` as
 * agreement_loss() has it.
 */
enum err agreement_view_loss(
    struct visit *, const struct agreement *, const char *party);

/*
 * What was done, below a node: <name>.N {.Text (sentence) .At .Version .Ref
 * .Title}
 */
void agreement_view_events(struct visit *, struct node *, const char *name,
    const struct agreement_event *, size_t n);

/*
 * Where the file of a signature is got; NULL: this reader has nothing to check
 * it against, or may not have it.
 */
const char *agreement_view_file(struct visit *, const struct agreement *,
    const struct agreement_signature *);

/* The title that people see: of what is on paper, its kind's name. */
const char *
agreement_view_title(struct visit *, enum agreement_kind, const char *title);

#endif
