<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# One advisory: the newest revision or an earlier one.  Needs: Advisory.*,
# Document (part/csaf.cs), Why.{Text,Named,Share}, May.{Answer,Revise,Withdraw,Edit,
# SeeAnswers}, Form.{state,comment,done_by}, Mine, History.N, Totals.N,
# Reach, Revisions.N; User.
#
?><?cs include!"frame/advisory.cs" ?><?cs include!"frame/reach.cs" ?><?cs
def:title() ?><?cs var:Advisory.Ref ?> · <?cs var:Advisory.Title ?><?cs /def ?><?cs

def:one_answer(x) ?>
<p><b class="answer answer-<?cs var:x.StateWord ?>"><?cs var:x.State ?></b></p><?cs if:x.Comment ?>
<p class="lines"><?cs var:x.Comment ?></p><?cs /if ?><?cs if:x.DoneBy.Iso ?>
<p class="meta"><?cs var:Lang.Answer.DoneBy ?> <?cs call:date(x.DoneBy) ?></p><?cs /if ?>
<p class="meta"><span><?cs call:time(x.Answered) ?></span><span><?cs var:x.Person ?></span></p><?cs /def ?><?cs

def:answer_form() ?>
<section class="card accent" id="answer">
<h2><?cs var:Lang.Answer.Title ?></h2><?cs if:Mine.State ?>
<div class="mine"><?cs call:one_answer(Mine) ?></div><?cs /if ?><?cs if:May.Answer ?>
<details class="answering"<?cs if:!Mine.State || subcount(Form.Errors) ?> open<?cs /if ?>>
<summary><?cs if:Mine.State ?><?cs var:Lang.Answer.Change ?><?cs else ?><?cs var:Lang.Answer.Give ?><?cs /if ?></summary>
<form method="post" action="/advisories/<?cs var:Advisory.Ref ?>/answer" novalidate><?cs call:form_keys() ?><?cs
call:field_choice(Form.state, "state", Lang.Answer.Concerns, "") ?><?cs
call:field_prose(Form.comment, "comment", Lang.Form.Label.comment, Lang.Answer.CommentHint, "3") ?><?cs
call:field_date(Form.done_by, "done_by", Lang.Answer.DoneBy, Lang.Answer.DoneByHint) ?>
<p><button class="button"><?cs if:Mine.State ?><?cs var:Lang.Answer.Change ?><?cs else ?><?cs var:Lang.Answer.Send ?><?cs /if ?></button></p>
</form>
</details>
<p class="meta"><?cs var:Lang.Answer.Goes ?> <?cs var:Advisory.Organisation ?>. <?cs var:Lang.Answer.Others ?></p><?cs /if ?><?cs if:subcount(History) ?>
<details>
<summary><?cs var:Lang.Answer.History ?> <span class="count"><?cs var:subcount(History) ?></span></summary>
<ol class="history"><?cs each:h = History ?>
<li><?cs call:one_answer(h) ?></li><?cs /each ?>
</ol>
</details><?cs /if ?>
</section><?cs /def ?><?cs

def:totals() ?>
<section class="card">
<h2><?cs var:Lang.Answer.Totals ?></h2>
<p class="meta"><?cs if:Mine.State ?><?cs var:Lang.Answer.TotalsHint ?><?cs else ?><?cs var:Lang.Answer.TotalsHintSilent ?><?cs /if ?></p><?cs each:t = Totals ?><?cs if:t.Sector || subcount(Totals) != #2 || t.Organisations != Totals.0.Organisations ?>
<h3><?cs if:t.Sector ?><?cs var:t.Sector ?><?cs else ?><?cs var:Lang.Answer.AllSectors ?><?cs /if ?></h3>
<dl class="counts">
<div><dt><?cs var:Lang.Answer.Organisations ?></dt><dd><?cs var:t.Organisations ?></dd></div>
<div><dt><?cs var:Lang.Answer.State.mitigated ?></dt><dd><?cs var:t.Mitigated ?></dd></div>
<div><dt><?cs var:Lang.Answer.State.mitigating ?></dt><dd><?cs var:t.Mitigating ?></dd></div>
<div><dt><?cs var:Lang.Answer.State.unaffected ?></dt><dd><?cs var:t.Unaffected ?></dd></div>
<div><dt><?cs var:Lang.Answer.State.examining ?></dt><dd><?cs var:t.Examining ?></dd></div>
<?cs if:Advisory.AnswerBy.Iso ?><div><dt><?cs var:Lang.Answer.Silent ?></dt><dd><?cs var:t.Silent ?></dd></div>
<?cs /if ?></dl><?cs /if ?><?cs /each ?>
</section><?cs /def ?><?cs

def:manage() ?>
<section class="card accent">
<h2><?cs var:Lang.Advisory.Manage ?></h2><?cs if:Reach.Text ?>
<dl class="facts">
<dt><?cs var:Lang.Advisory.ReachMay ?></dt><dd><?cs if:Reach.IsPublic ?><?cs var:Lang.Advisory.ReachPublic ?><?cs else ?><?cs var:Reach.Text ?><?cs /if ?></dd>
<dt><?cs var:Lang.Advisory.ReachOrganisations ?></dt><dd><?cs var:Reach.Organisations ?></dd>
<dt><?cs var:Lang.Advisory.ReachOpened ?></dt><dd><?cs var:Reach.Opened ?></dd>
</dl><?cs /if ?>
<div class="acts"><?cs if:May.SeeAnswers ?>
<a class="button" href="/advisories/<?cs var:Advisory.Ref ?>/answers"><?cs var:Lang.Advisory.SeeAnswers ?></a><?cs /if ?><?cs if:May.Edit ?>
<a class="button quiet" href="/drafts/<?cs var:Advisory.Ref ?>"><?cs var:Lang.Advisory.Edit ?></a><?cs /if ?><?cs if:May.Revise ?>
<form class="act" method="post" action="/advisories/<?cs var:Advisory.Ref ?>/revise"><?cs call:form_keys() ?><button class="button quiet"><?cs var:Lang.Advisory.Revise ?></button></form><?cs /if ?><?cs if:May.Withdraw ?>
<a class="button quiet danger" href="/advisories/<?cs var:Advisory.Ref ?>/withdraw"><?cs var:Lang.Advisory.Withdraw ?></a><?cs /if ?>
</div>
</section><?cs /def ?><?cs

def:revisions() ?>
<section class="card">
<h2><?cs var:Lang.Advisory.Revisions ?></h2>
<ol class="history"><?cs each:r = Revisions ?>
<li><?cs if:r.Href ?><a href="<?cs var:url(r.Href) ?>"><?cs var:Lang.Advisory.Revision ?> <?cs var:r.Number ?></a><?cs else ?><b aria-current="true"><?cs var:Lang.Advisory.Revision ?> <?cs var:r.Number ?></b><?cs /if ?> <span class="meta"><?cs call:date(r.Published) ?></span><?cs if:r.Change ?>
<p class="lines"><?cs var:r.Change ?></p><?cs /if ?></li><?cs /each ?>
</ol>
</section><?cs /def ?><?cs

def:body() ?>
<article class="sheet">
<p class="sheet-label" aria-hidden="true"><?cs call:tlp(Advisory) ?></p>
<div><?cs call:error_summary() ?><?cs call:advisory_head() ?><?cs if:Advisory.IsWithdrawn ?>
<div class="notice bad">
<h2><?cs var:Lang.Advisory.Withdrawn ?></h2><?cs if:Advisory.WithdrawnWhy ?>
<p class="lines"><b><?cs var:Lang.Advisory.WithdrawnWhy ?></b> <?cs var:Advisory.WithdrawnWhy ?></p><?cs /if ?>
<p><?cs var:Lang.Advisory.WithdrawnHint ?></p>
<p class="meta"><?cs call:time(Advisory.Withdrawn) ?></p>
</div><?cs elif:Advisory.IsOldRevision ?>
<div class="notice warn"><p><?cs var:Lang.Advisory.Old ?> <a href="/advisories/<?cs var:Advisory.Ref ?>"><?cs var:Lang.Advisory.OldLink ?></a></p></div><?cs elif:May.Answer ?><?cs if:!Mine.State ?><?cs if:Advisory.AnswerBy.Iso ?>
<p class="ask"><span<?cs if:Advisory.IsDue ?> class="due"<?cs /if ?>><?cs if:Advisory.IsDue ?><?cs var:Lang.Answer.AskedDue ?><?cs else ?><?cs var:Lang.Answer.AskedBy ?><?cs /if ?> <?cs call:date(Advisory.AnswerBy) ?></span> <a href="#answer"><?cs var:Lang.Advisory.AnswerNow ?></a></p><?cs /if ?><?cs /if ?><?cs /if ?><?cs if:Why.Text && !Advisory.IsWithdrawn ?><?cs call:why() ?><?cs /if ?>
<div class="two">
<div class="reading"><?cs if:!Advisory.IsWithdrawn ?><?cs call:advisory_text() ?><?cs var:html(Document) ?><?cs /if ?></div>
<aside aria-label="<?cs var:Lang.Advisory.Aside ?>"><?cs if:May.Answer || Mine.State ?><?cs call:answer_form() ?><?cs /if ?><?cs if:May.SeeAnswers || May.Revise || May.Edit || May.Withdraw || Reach.Text ?><?cs call:manage() ?><?cs /if ?><?cs if:subcount(Totals) ?><?cs call:totals() ?><?cs /if ?><?cs call:advisory_facts() ?><?cs if:subcount(Revisions) ?><?cs call:revisions() ?><?cs /if ?><?cs call:records() ?></aside>
</div>
</div>
<p class="sheet-label end" aria-hidden="true"><?cs call:tlp(Advisory) ?></p>
</article><?cs /def ?>
