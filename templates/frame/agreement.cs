<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# What pages about agreements share: see page/agreement_view.h and
# page/agreement_compare.h for the data.
#
?><?cs include!"frame/compare.cs" ?><?cs def:agreement_steps() ?><?cs if:subcount(Steps) ?>
<ol class="steps" aria-label="<?cs var:Lang.Agreement.StepsLabel ?>"><?cs each:s = Steps ?>
<li<?cs if:s.IsCurrent ?> aria-current="step"<?cs elif:s.IsDone ?> class="done"<?cs /if ?>><?cs var:s.Text ?><?cs if:s.IsDone ?> <span class="aside"><?cs var:Lang.Agreement.StepDone ?></span><?cs /if ?></li><?cs /each ?>
</ol><?cs /if ?><?cs /def ?><?cs

# T: terms; the circles that are open by it stand in Agreement.Circles. ?><?cs
def:agreement_terms(T) ?>
<dl class="facts">
<dt><?cs var:Lang.Agreement.Circle ?></dt><dd><?cs if:T.Circle ?><?cs var:T.Circle ?><?cs if:T.CircleRef ?> <span class="meta">(<?cs var:Lang.Agreement.CircleExtended ?>)</span><?cs /if ?><?cs elif:subcount(Agreement.Circles) ?><?cs each:c = Agreement.Circles ?><?cs var:c.Name ?><?cs if:!last(c) ?>, <?cs /if ?><?cs /each ?><?cs elif:Agreement.IsCharter ?><?cs var:Lang.Agreement.CharterCircles ?><?cs else ?><?cs var:Lang.Agreement.None.circle ?><?cs /if ?></dd>
<dt><?cs var:Lang.Form.Label.max_label ?></dt><dd><?cs call:tlp(T) ?></dd>
<dt><?cs var:Lang.Agreement.Sectors ?></dt><dd><?cs if:subcount(T.Sectors) ?><?cs call:sector_words(T) ?><?cs else ?><?cs var:Lang.Agreement.None.sectors ?><?cs /if ?></dd>
<dt><?cs var:Lang.Agreement.SharingHead ?></dt><dd><?cs var:T.Sharing ?></dd>
<dt><?cs var:Lang.Agreement.From ?></dt><dd><?cs if:T.From.Iso ?><?cs call:date(T.From) ?><?cs elif:Agreement.From.Iso ?><?cs call:date(Agreement.From) ?>, <?cs var:Lang.Agreement.None.from ?><?cs else ?><?cs var:Lang.Agreement.None.from ?><?cs /if ?></dd>
<dt><?cs var:Lang.Agreement.Until ?></dt><dd><?cs if:T.Until.Iso ?><?cs call:date(T.Until) ?><?cs else ?><?cs var:Lang.Agreement.None.until ?><?cs /if ?></dd>
<dt><?cs var:Lang.Agreement.Notice ?></dt><dd><?cs var:T.NoticeText ?></dd>
<dt><?cs var:Lang.Agreement.Auditor ?></dt><dd><?cs if:T.Auditor ?><?cs var:T.Auditor ?><?cs else ?><?cs var:Lang.Agreement.None.auditor ?><?cs /if ?></dd><?cs if:T.AuditFamilies ?>
<dt><?cs var:Lang.Form.Label.audit_families ?></dt><dd><?cs var:T.AuditFamilies ?></dd>
<dt><?cs var:Lang.Form.Label.audit_from_at ?></dt><dd><?cs if:T.AuditFrom.Iso ?><?cs call:date(T.AuditFrom) ?><?cs else ?><?cs var:Lang.Agreement.None.audit_from ?><?cs /if ?></dd><?cs /if ?>
<dt><?cs var:Lang.Agreement.OrderHead ?></dt><dd><?cs var:T.Order ?></dd>
</dl><?cs /def ?><?cs

# Inside of a <li>. ?><?cs
def:agreement_party(p) ?>
<p><?cs if:User.Name ?><a class="title" href="/organisations/<?cs var:p.Ref ?>"><?cs var:p.Name ?></a><?cs else ?><span class="title"><?cs var:p.Name ?></span><?cs /if ?> <?cs if:p.HasSigned ?><span class="tag good"><?cs var:Lang.Agreement.HasSigned ?></span><?cs /if ?></p>
<p class="meta"><?cs var:p.Kind ?><?cs if:p.Country ?>, <?cs var:p.Country ?><?cs /if ?></p><?cs if:p.HasSigned ?>
<p class="meta"><?cs if:p.Way ?><?cs var:p.Way ?>, <?cs /if ?><?cs call:time(p.Signed) ?><?cs if:p.IsKeyRevoked ?> <span class="tag"><?cs var:Lang.Agreement.KeyRevoked ?></span><?cs /if ?></p><?cs if:p.File ?>
<p class="meta"><a href="<?cs var:url(p.File) ?>" download><?cs var:Lang.Agreement.SignatureGet ?><span class="aside"> (<?cs var:p.Name ?>)</span></a></p><?cs /if ?><?cs elif:p.IsAwaited ?>
<p class="meta<?cs if:p.IsOwn && p.MaySign ?> due<?cs /if ?>"><?cs if:p.IsOwn && p.MaySign ?><?cs var:Lang.Agreement.AwaitedOwn ?><?cs elif:p.MaySign ?><?cs var:Lang.Agreement.Awaited ?><?cs else ?><?cs var:Lang.Agreement.AwaitedLater ?><?cs /if ?></p><?cs /if ?><?cs each:s = p.Standing ?>
<p class="meta<?cs if:s.IsBad ?> due<?cs /if ?>"><?cs var:s.Text ?></p><?cs /each ?><?cs /def ?><?cs

# Where it is: a label that people read before its colour. ?><?cs
def:agreement_state(a) ?><span class="tag state-<?cs var:a.State ?>"><?cs var:a.StateWord ?></span><?cs /def ?><?cs

# ---- who loses what ------------------------------------------------------ ?><?cs
def:agreement_loss_row(r) ?>
<tr role="row"<?cs if:r.IsOwn ?> class="own"<?cs /if ?>>
<th role="rowheader" scope="row"><a href="/organisations/<?cs var:r.OrganisationRef ?>"><?cs var:r.Organisation ?></a></th>
<td role="cell" class="whole" data-label="<?cs var:Lang.Reach.PeopleHead ?>"><?cs var:r.PeopleText ?></td>
<td role="cell" data-label="<?cs var:Lang.Agreement.LossItemsHead ?>"><?cs var:r.ItemsText ?></td>
<td role="cell" data-label="<?cs var:Lang.Agreement.LossUntil ?>"><?cs if:r.Until.Iso ?><?cs call:time(r.Until) ?><?cs else ?><?cs var:Lang.Agreement.None.until ?><?cs /if ?></td>
</tr><?cs /def ?><?cs

def:agreement_loss() ?>
<section class="card flush">
<h2><?cs var:Lang.Agreement.LossTitle ?></h2>
<div class="inside"><p><?cs var:Loss.Sentence ?></p><?cs if:subcount(Loss.Circles) ?>
<p><?cs var:Lang.Agreement.LossCircles ?> <?cs each:c = Loss.Circles ?><span class="tag"><?cs var:c.Name ?></span> <?cs /each ?></p><?cs /if ?></div><?cs if:subcount(Loss.Rows) ?>
<table class="stack" role="table">
<caption class="aside"><?cs var:Lang.Agreement.LossTitle ?></caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><?cs var:Lang.Reach.Organisation ?></th><th role="columnheader" scope="col"><?cs var:Lang.Reach.PeopleHead ?></th><th role="columnheader" scope="col"><?cs var:Lang.Agreement.LossItemsHead ?></th><th role="columnheader" scope="col"><?cs var:Lang.Agreement.LossUntil ?></th></tr></thead>
<tbody role="rowgroup"><?cs each:r = Loss.Rows ?><?cs call:agreement_loss_row(r) ?><?cs /each ?>
</tbody>
</table><?cs /if ?>
</section><?cs /def ?><?cs

# Markdown leaves things out: a definition of a link, a cell too many.  They
# are signed all the same, so whoever signs can see them. ?><?cs
def:agreement_typed(text, code) ?>
<details class="card">
<summary><h2><?cs var:Lang.Agreement.Typed ?></h2></summary>
<p class="meta"><?cs var:Lang.Agreement.TypedHint ?></p>
<p class="lines"<?cs call:lang(code) ?>><?cs var:text ?></p>
</details><?cs /def ?><?cs

# What the files of signatures are, beside the bytes that they are of. ?><?cs
def:agreement_signature_files() ?>
<p class="meta"><?cs var:Lang.Agreement.SignatureHint ?><?cs if:Agreement.IsParty ?> <a href="/records?object=<?cs var:Agreement.Ref ?>"><?cs var:Lang.Record.NotedGo ?></a><?cs /if ?></p><?cs /def ?><?cs

def:agreement_compare(left, right) ?><?cs if:Compare.IsSame ?>
<p class="notice"><?cs var:Lang.Agreement.CompareSame ?></p><?cs /if ?><?cs call:compare_heading() ?><?cs if:subcount(Compare.Terms) ?><?cs call:compare_terms(Lang.Agreement.CompareTerms, left, right) ?><?cs /if ?><?cs if:subcount(Compare.Rows) ?><?cs call:compare_text(Lang.Agreement.CompareCut, left, right) ?><?cs elif:!Compare.IsSame ?>
<p class="meta"><?cs var:Lang.Agreement.CompareTextSame ?></p><?cs /if ?><?cs /def ?>
