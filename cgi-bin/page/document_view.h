/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents of the library as page data: rows of lists, the whole of one, its
 * versions.  For every page that shows documents.  What members say of one is
 * page/document_view_talk.c.
 */
#ifndef PAGE_DOCUMENT_VIEW_H
#define PAGE_DOCUMENT_VIEW_H

#include "domain/document.h"
#include "page/visit.h"

/* The rows of a list as markup `name`, absent when it is empty. */
enum err
document_view_rows(struct visit *, const char *name, struct document_list *);
/* The same of drafts, whose links lead to their forms. */
enum err
document_view_drafts(struct visit *, const char *name, struct document_list *);

/*
 * Document.{Ref,Title,Summary,Speech,LanguageName,Kind,Organisation,
 * OrganisationRef,Author,Number,VersionText,IsOld,IsDraft,IsFirstDraft,Note,
 * Published,FirstPublished,Saved,Edit,IsWithdrawn,Withdrawn,WithdrawnWhy,
 * ReviewBy,IsReviewDue,Label,LabelWord,Sectors.N,Measures.N.{Word,Name},
 * Circles.N.{Ref,Name},Related.N,TranslationOf,Translations.N}, links being
 * {Ref,Title,Speech,LanguageName}; of its file: HasFile, FileHref, Filename,
 * Format, Size, Digest.
 */
void document_view(struct visit *, const struct document *);

/*
 * Document.{Html or Text, IsTextCut}: what stands in a file whose text is all
 * there is to it; absent of any other.
 */
enum err document_view_text(struct visit *, const struct document *);

/*
 * Versions.N.{Number,Published,Note,Author,Format,Size,Href,FileHref,
 * CompareHref,IsShown}; absent when there is one alone.
 */
enum err document_view_versions(struct visit *, const struct document *);

/* Where in its comments a page is. */
struct document_place {
	int64_t reply, change; /* the comment that is answered, or changed */
	int64_t from;	       /* the first that is shown, counted from 0 */
	int64_t said;	       /* the one that was just sent or changed */
};

/*
 * What members say of it: Use.{CountText,IsOurs,Rows.N.{Organisation,
 * OrganisationRef,Since,IsOwn}}, Reviews.N.{Organisation,OrganisationRef,
 * Person,VerdictWord,Verdict,VersionText,Text,At,IsOwn,IsOld}, Threads.N and
 * their Answers.N.{Number,Person,Organisation,OrganisationRef,Text,Written,
 * Edited,MayEdit,IsSaid,VersionText}; HasEarlier, NextTalk where there are
 * more; IsNoticeBelow when the notice stands in one of them.
 */
enum err document_view_talk(
    struct visit *, const struct document *, const struct document_place *);

/* "policies on risk analysis, incident handling"; NULL of none. */
const char *measure_titles(struct visit *, int64_t measures);
/* "2.4 MB", "2,4 Mo": as files are measured, in steps of 1,024. */
const char *document_view_size(struct visit *, int64_t bytes);
/* "PDF", "application/x-dosexec" */
const char *document_view_format(struct visit *, enum format);
const char *document_view_language(struct visit *, const char *code);

#endif
