<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# One agreement, as its reader may see it.  Needs: Agreement.*, Steps.N,
# Parties.N, Void, Coming.N, Paper (see page/agreement_view.h), May.*, Turn.Text;
# for parties
# Versions.N.{Number,Change,Organisation,Author,Proposed,IsCurrent,Before,
# VoidText}, Comments.N.{Organisation,Person,Text,Written,Version,IsOwn,IsOld,
# IsSaid: the notice (IsNoticeBelow) is about it},
# Form.comment, Form.version.Value, IsStale, Events.N.{Text,Person,At}.
#
?><?cs include!"frame/agreement.cs" ?><?cs def:title() ?><?cs var:Agreement.Title ?> · <?cs var:Agreement.Ref ?><?cs /def ?><?cs

def:read_notices() ?><?cs if:May.NeedsCharter ?>
<div class="notice warn"><p><?cs var:Lang.Agreement.NeedsCharter ?></p></div><?cs /if ?><?cs if:May.Sign && !HasDeclined ?>
<div class="notice warn"><p><b><?cs var:Lang.Agreement.AwaitedOwnTitle ?></b> <a href="/agreements/<?cs var:Agreement.Ref ?>/sign"><?cs var:Lang.Agreement.SignGo ?></a></p><?cs if:Void.Version ?>
<p><?cs var:Void.Text ?> <a href="/agreements/<?cs var:Agreement.Ref ?>/compare?from=<?cs var:Void.Version ?>&amp;to=<?cs var:Agreement.Version ?>"><?cs var:Lang.Agreement.CompareWith ?> <?cs var:Void.Version ?></a></p><?cs /if ?></div><?cs elif:Void.Version ?>
<div class="notice warn"><p><?cs var:Void.Text ?> <a href="/agreements/<?cs var:Agreement.Ref ?>/compare?from=<?cs var:Void.Version ?>&amp;to=<?cs var:Agreement.Version ?>"><?cs var:Lang.Agreement.CompareWith ?> <?cs var:Void.Version ?></a></p></div><?cs /if ?><?cs each:c = Coming ?>
<div class="notice warn"><p><?cs var:c.Text ?><?cs if:c.IsAsked && May.Terminate ?> <a href="/agreements/<?cs var:Agreement.Ref ?>/terminate"><?cs var:Lang.Agreement.ActTitle.terminate ?></a><?cs /if ?></p></div><?cs /each ?><?cs if:May.AnswerPublishing ?>
<div class="notice warn"><p><b><?cs var:Lang.Agreement.PublishAwaitedTitle ?></b> <a href="/agreements/<?cs var:Agreement.Ref ?>/publish"><?cs var:Lang.Agreement.PublishAwaitedGo ?></a></p></div><?cs /if ?><?cs each:d = Declined ?>
<div class="notice bad"><p><b><?cs var:d.Name ?></b> <?cs var:Lang.Agreement.Declines ?> <?cs call:time(d.At) ?></p>
<p class="lines"><?cs var:d.Why ?></p><?cs if:Agreement.IsProposed ?>
<p class="meta"><?cs var:Lang.Agreement.DeclinedHint ?></p><?cs /if ?></div><?cs /each ?><?cs if:Agreement.IsWithdrawn ?>
<div class="notice bad"><p><b><?cs var:Lang.Agreement.WithdrawnTitle ?></b> <?cs call:time(Agreement.Withdrawn) ?></p><?cs if:Agreement.WithdrawnWhy ?>
<p class="lines"><?cs var:Agreement.WithdrawnWhy ?></p><?cs /if ?></div><?cs /if ?><?cs if:Agreement.End ?>
<div class="notice<?cs if:!Agreement.IsEnded ?> warn<?cs /if ?>"><p><?cs var:Agreement.End ?></p></div><?cs /if ?><?cs if:Agreement.ReplacedBy ?>
<div class="notice"><p><?cs var:Lang.Agreement.ReplacedBy ?> <a class="ref" href="/agreements/<?cs var:Agreement.ReplacedBy ?>"><?cs var:Agreement.ReplacedBy ?></a></p></div><?cs /if ?><?cs if:Agreement.Replaces ?>
<div class="notice"><p><?cs var:Agreement.Follows ?> <a class="ref" href="/agreements/<?cs var:Agreement.Replaces ?>"><?cs var:Agreement.Replaces ?></a></p></div><?cs /if ?><?cs if:Agreement.IsOnPaper ?>
<div class="notice"><p><?cs var:Lang.Agreement.OnPaper ?></p></div><?cs elif:Agreement.IsDraft ?>
<div class="notice"><p><?cs var:Lang.Agreement.DraftOfOurs ?></p></div><?cs /if ?><?cs /def ?><?cs

def:read_text() ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Text ?></h2>
<div class="prose"<?cs call:lang(Agreement.Lang) ?>><?cs var:html(Agreement.Text) ?></div>
</section><?cs /def ?><?cs

def:read_version(r) ?>
<li>
<p><a href="/agreements/<?cs var:Agreement.Ref ?>/versions/<?cs var:r.Number ?>"><?cs var:Lang.Agreement.Version ?> <?cs var:r.Number ?></a><?cs if:r.IsCurrent && !Agreement.IsEnded && !Agreement.IsWithdrawn ?> <span class="tag"><?cs var:Lang.Agreement.IsCurrent ?></span><?cs /if ?><?cs if:r.Before ?> <a class="meta" href="/agreements/<?cs var:Agreement.Ref ?>/compare?from=<?cs var:r.Before ?>&amp;to=<?cs var:r.Number ?>"><?cs var:Lang.Agreement.CompareWith ?> <?cs var:r.Before ?></a><?cs /if ?></p>
<p class="meta"><span><?cs var:r.Organisation ?><?cs if:r.Author ?>, <?cs var:r.Author ?><?cs /if ?></span><span><?cs call:time(r.Proposed) ?></span></p><?cs if:r.Change ?>
<p class="lines"><?cs var:r.Change ?></p><?cs /if ?><?cs if:r.VoidText ?>
<p class="meta"><?cs var:r.VoidText ?></p><?cs /if ?>
</li><?cs /def ?><?cs

def:read_versions() ?>
<section class="card offpaper" id="versions">
<h2><?cs var:Lang.Agreement.Versions ?></h2>
<ul class="plainlist talks"><?cs each:r = Versions ?><?cs call:read_version(r) ?><?cs /each ?>
</ul>
</section><?cs /def ?><?cs

def:read_comment(c) ?>
<li<?cs if:c.IsOwn ?> class="is-own"<?cs /if ?><?cs if:c.IsSaid ?> id="said"<?cs /if ?>><?cs if:c.IsSaid && Notice ?>
<div class="notice" role="status"><p><?cs var:Notice ?></p></div><?cs /if ?>
<p class="meta"><span><b><?cs var:c.Organisation ?></b>, <?cs var:c.Person ?></span><span><?cs call:time(c.Written) ?></span><?cs if:c.IsOld ?><span><?cs var:Lang.Agreement.Version ?> <?cs var:c.Version ?></span><?cs /if ?></p>
<p class="lines"><?cs var:c.Text ?></p>
</li><?cs /def ?><?cs

def:read_comments() ?>
<section class="card offpaper" id="comments">
<h2><?cs var:Lang.Agreement.Comments ?></h2><?cs if:subcount(Comments) ?>
<ol class="plainlist talks"><?cs each:c = Comments ?><?cs call:read_comment(c) ?><?cs /each ?>
</ol><?cs else ?>
<p class="empty"><?cs var:Lang.Agreement.CommentsEmpty ?></p><?cs /if ?><?cs if:May.Comment ?>
<form method="post" action="/agreements/<?cs var:Agreement.Ref ?>/comments" novalidate data-leave="1"><?cs call:form_keys() ?><input type="hidden" name="version" value="<?cs var:Form.version.Value ?>"><?cs
call:field_prose(Form.comment, "comment", Lang.Form.Label.comment, Lang.Agreement.CommentHint, "4") ?>
<p class="acts"><button class="button quiet"><?cs var:Lang.Agreement.CommentSend ?></button></p>
</form><?cs /if ?>
</section><?cs /def ?><?cs

def:read_events() ?>
<details class="card offpaper">
<summary><h2><?cs var:Lang.Agreement.History ?></h2> <span class="count"><?cs var:subcount(Events) ?></span></summary>
<ol class="plainlist talks"><?cs each:e = Events ?>
<li><p><?cs var:e.Text ?></p>
<p class="meta"><?cs if:e.Person ?><span><?cs var:e.Person ?></span><?cs /if ?><span><?cs call:time(e.At) ?></span></p></li><?cs /each ?>
</ol>
</details><?cs /def ?><?cs

def:read_parties() ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Parties ?></h2>
<ul class="plainlist parties"><?cs each:p = Parties ?>
<li<?cs if:p.IsOwn ?> class="is-own"<?cs /if ?>><?cs call:agreement_party(p) ?><?cs if:May.Suspend && !p.HasLeft ?>
<p class="meta offpaper"><?cs if:p.IsSuspended ?><a href="/agreements/<?cs var:Agreement.Ref ?>/resume/<?cs var:p.Ref ?>"><?cs var:Lang.Agreement.Resume ?><span class="aside"> (<?cs var:p.Name ?>)</span></a> <?cs /if ?><?cs if:p.MaySuspend ?><a href="/agreements/<?cs var:Agreement.Ref ?>/suspend/<?cs var:p.Ref ?>"><?cs var:Lang.Agreement.Suspend ?><span class="aside"> (<?cs var:p.Name ?>)</span></a><?cs /if ?></p><?cs /if ?>
</li><?cs /each ?>
</ul>
</section><?cs /def ?><?cs

def:read_sign() ?><?cs if:May.Sign ?>
<section class="card accent offpaper">
<h2><?cs var:Lang.Agreement.SignTitle ?> <?cs var:User.Organisation ?></h2>
<p><?cs var:Lang.Agreement.SignLead ?></p>
<p class="acts"><a class="button" href="/agreements/<?cs var:Agreement.Ref ?>/sign"><?cs var:Lang.Agreement.SignGo ?></a><?cs if:May.Decline ?> <a href="/agreements/<?cs var:Agreement.Ref ?>/decline"><?cs var:Lang.Agreement.ActTitle.decline ?></a><?cs /if ?></p>
</section><?cs elif:May.AskSignatory ?>
<section class="card offpaper">
<h2><?cs var:Lang.Agreement.SignTitle ?> <?cs var:User.Organisation ?></h2>
<p><?cs var:Lang.Agreement.AskSignatory ?></p>
</section><?cs elif:May.SignLater ?>
<section class="card offpaper">
<h2><?cs var:Lang.Agreement.SignTitle ?> <?cs var:User.Organisation ?></h2>
<p><?cs var:Turn.Text ?></p><?cs if:May.Decline ?>
<p class="acts"><a href="/agreements/<?cs var:Agreement.Ref ?>/decline"><?cs var:Lang.Agreement.ActTitle.decline ?></a></p><?cs /if ?>
</section><?cs /if ?><?cs /def ?><?cs

def:read_act(word, label, style) ?><a class="button quiet<?cs if:style ?> <?cs var:style ?><?cs /if ?>" href="/agreements/<?cs var:Agreement.Ref ?>/<?cs var:word ?>"><?cs var:label ?></a><?cs /def ?><?cs

def:read_acts() ?>
<section class="card offpaper">
<h2><?cs var:Lang.Agreement.Acts ?></h2>
<div class="acts"><?cs if:May.Edit ?><?cs call:read_act("edit", Lang.Agreement.DraftGoOn, "") ?><?cs /if ?><?cs if:May.LeftDraft ?><?cs call:read_act("propose", Lang.Agreement.DraftLeftGo, "") ?><?cs /if ?><?cs if:May.Revise ?>
<form class="act" method="post" action="/agreements/<?cs var:Agreement.Ref ?>/revise"><?cs call:form_keys() ?><button class="button quiet"><?cs var:Lang.Agreement.Revise ?></button></form><?cs /if ?><?cs if:May.Amend ?><?cs call:read_act("amend", Lang.Agreement.ActTitle.amend, "") ?><?cs /if ?><?cs if:May.Renew ?><?cs call:read_act("renew", Lang.Agreement.ActTitle.renew, "") ?><?cs /if ?><?cs if:May.Publish ?><?cs call:read_act("publish", Lang.Agreement.PublishGo, "") ?><?cs /if ?><?cs if:May.Notice ?><?cs call:read_act("notice", Lang.Agreement.ActTitle.notice, "danger") ?><?cs /if ?><?cs if:May.Terminate ?><?cs call:read_act("terminate", Lang.Agreement.ActTitle.terminate, "danger") ?><?cs /if ?><?cs if:May.Keep ?>
<form class="act" method="post" action="/agreements/<?cs var:Agreement.Ref ?>/keep"><?cs call:form_keys() ?><input type="hidden" name="version" value="<?cs var:Agreement.Version ?>"><button class="button quiet"><?cs var:Lang.Agreement.Keep ?></button></form><?cs /if ?><?cs if:May.Withdraw ?><?cs call:read_act("withdraw", Lang.Agreement.ActTitle.withdraw, "danger") ?><?cs /if ?></div>
</section><?cs /def ?><?cs

def:read_check() ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Check ?></h2>
<p class="meta"><?cs var:Lang.Agreement.CheckHint ?></p><?cs call:digest(Agreement) ?>
<p><a href="/agreements/<?cs var:Agreement.Ref ?>/versions/<?cs var:Agreement.Version ?>/canonical" download><?cs var:Lang.Agreement.CanonicalGet ?></a></p><?cs call:agreement_signature_files() ?>
</section><?cs /def ?><?cs

def:body() ?>
<article class="sheet">
<p class="sheet-label" aria-hidden="true"><?cs call:tlp(Paper) ?></p>
<p class="back"><a href="/agreements"><?cs var:Lang.Agreement.Title ?></a></p>
<p class="eyebrow"><?cs call:agreement_state(Agreement) ?> <span class="tag"><?cs var:Agreement.KindWord ?></span><?cs if:Agreement.Publication ?> <span class="tag"><?cs var:Agreement.PublicationWord ?></span><?cs /if ?></p>
<h1<?cs call:lang(Agreement.Lang) ?>><?cs var:Agreement.Title ?></h1>
<p class="lead meta"><span class="ref"><?cs var:Agreement.Ref ?></span><?cs if:Agreement.VersionText ?><span><?cs var:Agreement.VersionText ?></span><?cs /if ?><span><?cs if:Agreement.IsCharter ?><?cs var:Lang.Agreement.OfferedTo ?> <?cs var:Agreement.Organisation ?><?cs else ?><?cs var:Lang.Agreement.ProposedBy ?> <?cs if:Agreement.Proposer ?><?cs var:Agreement.Proposer ?><?cs else ?><?cs var:Agreement.Organisation ?><?cs /if ?><?cs /if ?></span></p><?cs call:error_summary() ?><?cs if:IsStale ?>
<div class="notice warn" role="alert"><p><?cs var:Lang.Agreement.CommentStale ?></p></div><?cs /if ?><?cs call:agreement_steps() ?><?cs call:read_notices() ?>
<div class="two">
<div><?cs if:Agreement.Terms.NoticeText ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Opens ?></h2><?cs call:agreement_terms(Agreement.Terms) ?>
</section><?cs elif:subcount(Agreement.Circles) ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Opens ?></h2>
<p><?cs each:c = Agreement.Circles ?><span class="tag"><?cs var:c.Name ?></span> <?cs /each ?></p>
</section><?cs /if ?><?cs if:Agreement.Text ?><?cs call:read_text() ?><?cs elif:Agreement.IsTermsOnly ?>
<p class="meta"><?cs var:Lang.Agreement.TermsOnly ?></p><?cs /if ?><?cs if:subcount(Versions) ?><?cs call:read_versions() ?><?cs /if ?><?cs if:May.Comment || subcount(Comments) ?><?cs call:read_comments() ?><?cs /if ?><?cs if:subcount(Events) ?><?cs call:read_events() ?><?cs /if ?></div>
<aside aria-label="<?cs var:Lang.Agreement.Aside ?>"><?cs call:read_sign() ?><?cs if:subcount(Parties) ?><?cs call:read_parties() ?><?cs /if ?><?cs if:May.Any ?><?cs call:read_acts() ?><?cs /if ?><?cs if:May.Canonical ?><?cs call:read_check() ?><?cs /if ?><?cs call:records() ?></aside>
</div>
<p class="sheet-label end" aria-hidden="true"><?cs call:tlp(Paper) ?></p>
</article><?cs /def ?>
