<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# One document of the library: the newest version, an earlier one, or a draft.
# Needs: Document.* (page/document_view.h), Why.*, Versions.N, Use.*,
# Reviews.N, Threads.N, HasEarlier, NextTalk,
# May.{Comment,Use,Review,Edit,Revise,Withdraw,SeeReadings,Any}, Reach.*,
# Place.{Reply,Change}, Form.{comment,number,verdict,review}, IsStale; User.
#
?><?cs include!"frame/document.cs" ?><?cs include!"frame/reach.cs" ?><?cs
def:title() ?><?cs var:Document.Ref ?> · <?cs if:Document.Title ?><?cs var:Document.Title ?><?cs else ?><?cs var:Lang.Draft.Untitled ?><?cs /if ?><?cs /def ?><?cs

# ---- comments ------------------------------------------------------------ ?><?cs
def:comment_form(path, thread, label, send) ?>
<form method="post" action="/documents/<?cs var:Document.Ref ?>/comments<?cs if:path ?>/<?cs var:path ?><?cs /if ?>" novalidate data-leave="1"><?cs call:form_keys() ?><?cs if:thread ?><input type="hidden" name="thread" value="<?cs var:thread ?>"><?cs /if ?><?cs
call:field_prose(Form.comment, "comment", label, Lang.Document.CommentHint, "4") ?>
<p class="acts"><button class="button quiet"><?cs var:send ?></button><?cs if:path || thread ?> <a href="/documents/<?cs var:Document.Ref ?>#talk"><?cs var:Lang.Common.Cancel ?></a><?cs /if ?></p>
</form><?cs /def ?><?cs

def:comment_text(c) ?><?cs if:c.IsSaid && Notice ?>
<div class="notice" role="status"><p><?cs var:Notice ?></p></div><?cs /if ?>
<p class="meta"><span><b><a href="/organisations/<?cs var:c.OrganisationRef ?>"><?cs var:c.Organisation ?></a></b>, <?cs var:c.Person ?></span><span><?cs call:time(c.Written) ?></span><?cs if:c.Edited.Iso ?><span><?cs var:Lang.Document.Edited ?> <?cs call:time(c.Edited) ?></span><?cs /if ?><?cs if:c.VersionText ?><span><?cs var:c.VersionText ?></span><?cs /if ?></p><?cs if:Place.Change && Place.Change == c.Number ?><?cs call:comment_form(c.Number, "", Lang.Document.CommentEdit, Lang.Document.CommentEditNow) ?><?cs else ?>
<p class="lines"><?cs var:c.Text ?></p><?cs if:c.MayEdit && May.Comment ?>
<p class="meta offpaper"><a href="/documents/<?cs var:Document.Ref ?>?change=<?cs var:c.Number ?>#comment"><?cs var:Lang.Document.CommentEdit ?></a> <?cs var:Lang.Document.CommentEditHint ?></p><?cs /if ?><?cs /if ?><?cs /def ?><?cs

def:comment_thread(t) ?>
<li id="comment-<?cs var:t.Number ?>"><?cs call:comment_text(t) ?><?cs if:subcount(t.Answers) ?>
<ol class="plainlist answers"><?cs each:a = t.Answers ?>
<li id="comment-<?cs var:a.Number ?>"><?cs call:comment_text(a) ?></li><?cs /each ?>
</ol><?cs /if ?><?cs if:May.Comment ?><?cs if:Place.Reply && Place.Reply == t.Number ?><?cs call:comment_form("", t.Number, Lang.Document.Reply, Lang.Document.ReplyNow) ?><?cs else ?>
<p class="meta offpaper"><a href="/documents/<?cs var:Document.Ref ?>?reply=<?cs var:t.Number ?>#comment"><?cs var:Lang.Document.Reply ?><span class="aside"> (<?cs var:t.Person ?>)</span></a></p><?cs /if ?><?cs /if ?></li><?cs /def ?><?cs

def:read_talk() ?>
<section class="card" id="talk">
<h2><?cs var:Lang.Document.Comments ?></h2><?cs if:HasEarlier ?>
<p><a href="/documents/<?cs var:Document.Ref ?>#talk"><?cs var:Lang.Document.CommentsFirst ?></a></p><?cs /if ?><?cs if:subcount(Threads) ?>
<ol class="plainlist talks"><?cs each:t = Threads ?><?cs call:comment_thread(t) ?><?cs /each ?>
</ol><?cs if:NextTalk ?>
<p><a rel="next" href="/documents/<?cs var:Document.Ref ?>?talk=<?cs var:NextTalk ?>#talk"><?cs var:Lang.Document.CommentsMore ?></a></p><?cs /if ?><?cs else ?>
<p class="empty"><?cs var:Lang.Document.CommentsEmpty ?></p><?cs /if ?><?cs if:May.Comment ?><?cs if:Place.Reply || Place.Change ?>
<p><a href="/documents/<?cs var:Document.Ref ?>#talk"><?cs var:Lang.Document.CommentNew ?></a></p><?cs else ?><?cs call:comment_form("", "", Lang.Form.Label.comment, Lang.Document.CommentSend) ?><?cs /if ?><?cs /if ?>
</section><?cs /def ?><?cs

# ---- reviews --------------------------------------------------------------- ?><?cs
def:read_review(r) ?>
<li<?cs if:r.IsOwn ?> class="is-own"<?cs /if ?>>
<p><b class="verdict verdict-<?cs var:r.VerdictWord ?>"><?cs var:r.Verdict ?></b><?cs if:r.IsOld ?> <span class="tag"><?cs var:Lang.Document.ReviewOld ?></span><?cs /if ?></p><?cs if:r.Text ?>
<p class="lines"><?cs var:r.Text ?></p><?cs /if ?>
<p class="meta"><span><a href="/organisations/<?cs var:r.OrganisationRef ?>"><?cs var:r.Organisation ?></a>, <?cs var:r.Person ?></span><span><?cs var:r.VersionText ?></span><span><?cs call:time(r.At) ?></span></p>
</li><?cs /def ?><?cs

def:review_form() ?>
<details class="answering"<?cs if:Form.verdict.Error || Form.review.Error || IsStale ?> open<?cs /if ?>>
<summary><?cs var:Lang.Document.ReviewGive ?></summary>
<form method="post" action="/documents/<?cs var:Document.Ref ?>/review" novalidate data-leave="1"><?cs call:form_keys() ?><input type="hidden" name="number" value="<?cs var:Form.number.Value ?>"><?cs
call:field_choice(Form.verdict, "verdict", Lang.Document.ReviewQuestion, Lang.Document.ReviewHint) ?><?cs
call:field_prose(Form.review, "review", Lang.Form.Label.review, Lang.Document.ReviewTextHint, "4") ?>
<p><button class="button"><?cs var:Lang.Document.ReviewSend ?></button></p>
</form>
</details><?cs /def ?><?cs

def:read_reviews() ?>
<section class="card" id="reviews">
<h2><?cs var:Lang.Document.Reviews ?></h2><?cs if:subcount(Reviews) ?>
<ul class="plainlist talks"><?cs each:r = Reviews ?><?cs call:read_review(r) ?><?cs /each ?>
</ul><?cs else ?>
<p class="empty"><?cs var:Lang.Document.ReviewsEmpty ?></p><?cs /if ?><?cs if:May.Review ?><?cs call:review_form() ?><?cs /if ?>
</section><?cs /def ?><?cs

# ---- the rest --------------------------------------------------------------- ?><?cs
def:read_text() ?>
<details class="card text" open>
<summary><h2><?cs var:Lang.Document.Text ?></h2></summary><?cs if:Document.Html ?>
<div class="prose" lang="<?cs var:Document.Speech ?>"><?cs var:html(Document.Html) ?></div><?cs else ?>
<pre class="letter" lang="<?cs var:Document.Speech ?>" tabindex="0" aria-label="<?cs var:Lang.Document.Text ?>"><?cs var:Document.Text ?></pre><?cs /if ?><?cs if:Document.IsTextCut ?>
<p class="meta"><?cs var:Lang.Document.TextCut ?></p><?cs /if ?>
</details><?cs /def ?><?cs

def:read_use() ?>
<section class="card<?cs if:May.Use ?> accent<?cs /if ?>">
<h2><?cs var:Lang.Document.UseTitle ?></h2>
<p class="count-of"><?cs if:subcount(Use.Rows) ?><?cs var:Use.CountText ?><?cs else ?><?cs var:Lang.Document.UseNone ?><?cs /if ?></p><?cs if:subcount(Use.Rows) ?>
<ul class="plainlist"><?cs each:u = Use.Rows ?>
<li><a href="/organisations/<?cs var:u.OrganisationRef ?>"><?cs var:u.Organisation ?></a> <span class="meta"><?cs call:date(u.Since) ?></span></li><?cs /each ?>
</ul><?cs /if ?><?cs if:May.Use ?>
<form class="act" method="post" action="/documents/<?cs var:Document.Ref ?>/use"><?cs call:form_keys() ?><?cs if:!Use.IsOurs ?><input type="hidden" name="used" value="1"><?cs /if ?><button class="button<?cs if:Use.IsOurs ?> quiet<?cs /if ?>"><?cs if:Use.IsOurs ?><?cs var:Lang.Document.UseEnd ?><?cs else ?><?cs var:Lang.Document.UseSay ?><?cs /if ?></button></form>
<p class="meta"><?cs var:Lang.Document.UseHint ?></p><?cs /if ?>
</section><?cs /def ?><?cs

def:read_manage() ?>
<section class="card accent offpaper">
<h2><?cs var:Lang.Document.Manage ?></h2><?cs if:Reach.Text ?>
<dl class="facts">
<dt><?cs var:Lang.Advisory.ReachMay ?></dt><dd><?cs if:Reach.IsPublic ?><?cs var:Lang.Advisory.ReachPublic ?><?cs else ?><?cs var:Reach.Text ?><?cs /if ?></dd>
<dt><?cs var:Lang.Advisory.ReachOrganisations ?></dt><dd><?cs var:Reach.Organisations ?></dd>
</dl><?cs /if ?>
<div class="acts"><?cs if:May.SeeReadings ?>
<a class="button" href="/documents/<?cs var:Document.Ref ?>/readings"><?cs var:Lang.Document.SeeReadings ?></a><?cs /if ?><?cs if:May.Edit ?>
<a class="button<?cs if:May.SeeReadings ?> quiet<?cs /if ?>" href="/documents/<?cs var:Document.Ref ?>/edit"><?cs var:Lang.Document.Edit ?></a>
<a class="button quiet" href="/documents/<?cs var:Document.Ref ?>/publish"><?cs var:Lang.Draft.Publish ?></a><?cs /if ?><?cs if:May.Revise ?>
<form class="act" method="post" action="/documents/<?cs var:Document.Ref ?>/revise"><?cs call:form_keys() ?><button class="button quiet"><?cs var:Lang.Document.Revise ?></button></form><?cs /if ?><?cs if:May.Withdraw ?>
<a class="button quiet danger" href="/documents/<?cs var:Document.Ref ?>/withdraw"><?cs var:Lang.Advisory.Withdraw ?></a><?cs /if ?>
</div>
</section><?cs /def ?><?cs

def:read_version(r) ?>
<li><?cs if:r.IsShown ?><b aria-current="true"><?cs var:Lang.Agreement.Version ?> <?cs var:r.Number ?></b><?cs else ?><a href="<?cs var:url(r.Href) ?>"><?cs var:Lang.Agreement.Version ?> <?cs var:r.Number ?></a><?cs /if ?> <span class="meta"><?cs call:date(r.Published) ?><?cs if:r.Author && User.Name ?>, <?cs var:r.Author ?><?cs /if ?></span><?cs if:r.Note ?>
<p class="lines"><?cs var:r.Note ?></p><?cs /if ?><?cs if:r.FileHref ?>
<p class="meta"><a href="<?cs var:url(r.FileHref) ?>" download><?cs var:r.Format ?>, <?cs var:r.Size ?><span class="aside"> (<?cs var:Lang.Agreement.Version ?> <?cs var:r.Number ?>)</span></a></p><?cs /if ?><?cs if:r.CompareHref ?>
<p class="meta offpaper"><a href="<?cs var:url(r.CompareHref) ?>"><?cs var:Lang.Document.CompareBefore ?><span class="aside"> (<?cs var:Lang.Agreement.Version ?> <?cs var:r.Number ?>)</span></a></p><?cs /if ?></li><?cs /def ?><?cs

def:read_versions() ?>
<section class="card">
<h2><?cs var:Lang.Document.Versions ?></h2>
<ol class="history"><?cs each:r = Versions ?><?cs call:read_version(r) ?><?cs /each ?>
</ol>
</section><?cs /def ?><?cs

def:read_notices() ?><?cs if:Document.IsWithdrawn ?>
<div class="notice bad">
<h2><?cs var:Lang.Document.Withdrawn ?></h2><?cs if:Document.WithdrawnWhy ?>
<p class="lines"><b><?cs var:Lang.Advisory.WithdrawnWhy ?></b> <?cs var:Document.WithdrawnWhy ?></p><?cs /if ?>
<p><?cs var:Lang.Document.WithdrawnHint ?></p>
<p class="meta"><?cs call:time(Document.Withdrawn) ?></p>
</div><?cs elif:Document.IsDraft ?>
<div class="notice warn"><p><?cs var:Lang.Document.DraftHint ?></p></div><?cs elif:Document.IsOld ?>
<div class="notice warn"><p><?cs var:Lang.Document.Old ?> <a href="/documents/<?cs var:Document.Ref ?>"><?cs var:Lang.Document.OldLink ?></a></p></div><?cs elif:Document.IsReviewDue ?>
<div class="notice warn"><p><?cs var:Lang.Document.OverdueHint ?> <?cs call:date(Document.ReviewBy) ?>.</p></div><?cs /if ?><?cs if:IsStale ?>
<div class="notice warn" role="alert"><p><?cs var:Lang.Document.ReviewStale ?></p></div><?cs /if ?><?cs /def ?><?cs

def:read_main() ?><?cs if:Document.Note ?>
<section class="changed">
<h2><?cs var:Lang.Form.Label.note ?></h2>
<p class="lines"><?cs var:Document.Note ?></p>
</section><?cs /if ?><?cs if:Document.Summary ?>
<p class="standfirst lines" lang="<?cs var:Document.Speech ?>"><?cs var:Document.Summary ?></p><?cs /if ?><?cs call:document_file() ?><?cs if:Document.Html || Document.Text ?><?cs call:read_text() ?><?cs /if ?><?cs if:May.Review || subcount(Reviews) ?><?cs call:read_reviews() ?><?cs /if ?><?cs if:May.Comment || subcount(Threads) ?><?cs call:read_talk() ?><?cs /if ?><?cs /def ?><?cs

def:body() ?>
<article class="sheet">
<p class="sheet-label" aria-hidden="true"><?cs call:tlp(Document) ?></p>
<div>
<p class="back"><a href="/documents"><?cs var:Lang.Document.Title ?></a></p><?cs call:document_eyebrow() ?>
<h1><?cs call:document_title() ?></h1><?cs call:document_meta() ?><?cs call:error_summary() ?><?cs call:read_notices() ?><?cs if:Why.Text && !Document.IsWithdrawn ?><?cs call:why() ?><?cs /if ?>
<div class="two">
<div class="reading"><?cs if:!Document.IsWithdrawn ?><?cs call:read_main() ?><?cs /if ?></div>
<aside aria-label="<?cs var:Lang.Document.Aside ?>"><?cs if:May.Any ?><?cs call:read_manage() ?><?cs /if ?><?cs if:(May.Use || subcount(Use.Rows)) && !Document.IsWithdrawn ?><?cs call:read_use() ?><?cs /if ?><?cs call:document_facts() ?><?cs if:subcount(Versions) ?><?cs call:read_versions() ?><?cs /if ?><?cs call:records() ?></aside>
</div>
</div>
<p class="sheet-label end" aria-hidden="true"><?cs call:tlp(Document) ?></p>
</article><?cs /def ?>
