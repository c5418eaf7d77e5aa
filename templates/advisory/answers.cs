<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Who may read it, who has opened it, what they say: for its source alone.
# Needs: Advisory.*, Answers.N, Sums.{States.N,Organisations,Silent,Opened},
# RedViews.N.{Person,Organisation,Viewed}.
#
?><?cs def:title() ?><?cs var:Lang.Answer.Table ?> · <?cs var:Advisory.Ref ?><?cs /def ?><?cs

def:answer_row(a) ?>
<tr role="row">
<th role="rowheader" scope="row"><a href="/organisations/<?cs var:a.OrganisationRef ?>"><?cs var:a.Organisation ?></a> <span class="meta"><?cs var:a.Country ?></span><?cs if:!a.MayRead ?> <span class="tag warn"><?cs var:Lang.Answer.LostAccess ?></span><?cs /if ?></th>
<td role="cell" data-label="<?cs var:Lang.Answer.AnswerHead ?>"><?cs if:a.State ?><b class="answer answer-<?cs var:a.StateWord ?>"><?cs var:a.State ?></b><?cs if:a.Comment ?><p class="lines"><?cs var:a.Comment ?></p><?cs /if ?><?cs if:a.DoneBy.Iso ?><p class="meta"><?cs var:Lang.Answer.DoneBy ?> <?cs call:date(a.DoneBy) ?></p><?cs /if ?><?cs else ?><span class="meta"><?cs if:Advisory.AnswerBy.Iso ?><?cs var:Lang.Answer.Silent ?><?cs else ?>–<?cs /if ?></span><?cs /if ?></td>
<td role="cell" data-label="<?cs var:Lang.Answer.Answered ?>"><?cs if:a.Answered.Iso ?><?cs call:time(a.Answered) ?><p class="meta"><?cs var:a.Person ?></p><?cs else ?><span class="meta">–</span><?cs /if ?></td>
<td role="cell" data-label="<?cs var:Lang.Answer.Opened ?>"><?cs if:a.Opened.Iso ?><?cs call:time(a.Opened) ?><?cs if:!a.IsPresent ?><p class="meta"><?cs var:Lang.Answer.OpenedOld ?></p><?cs /if ?><?cs else ?><span class="meta"><?cs var:Lang.Answer.NotOpened ?></span><?cs /if ?></td>
<td role="cell" class="number" data-label="<?cs var:Lang.Answer.ReadersHead ?>"><?cs var:a.Readers ?></td>
</tr><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/advisories/<?cs var:Advisory.Ref ?>"><?cs var:Advisory.Ref ?></a></p>
<p class="eyebrow"><?cs call:tlp(Advisory) ?></p>
<h1><?cs var:Lang.Answer.Table ?></h1>
<p class="standfirst"><?cs var:Advisory.Title ?></p>
<p class="lead"><?cs var:Lang.Answer.TableLead ?></p><?cs if:!Advisory.AnswerBy.Iso ?>
<p><?cs var:Lang.Answer.TableUnasked ?></p><?cs /if ?>
<dl class="tiles">
<div><dt><?cs var:Lang.Answer.Organisations ?></dt><dd><?cs var:Sums.Organisations ?></dd></div>
<div><dt><?cs var:Lang.Answer.HaveOpened ?></dt><dd><?cs var:Sums.Opened ?></dd></div><?cs each:s = Sums.States ?>
<div class="tile-<?cs var:s.StateWord ?>"><dt><?cs var:s.State ?></dt><dd><?cs var:s.Count ?></dd></div><?cs /each ?><?cs if:Advisory.AnswerBy.Iso ?>
<div><dt><?cs var:Lang.Answer.Silent ?></dt><dd><?cs var:Sums.Silent ?></dd></div><?cs /if ?>
</dl><?cs if:subcount(Answers) ?>
<div class="card flush">
<table class="stack" role="table">
<caption class="aside"><?cs var:Lang.Answer.Table ?></caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><?cs var:Lang.Answer.Organisation ?></th><th role="columnheader" scope="col"><?cs var:Lang.Answer.AnswerHead ?></th><th role="columnheader" scope="col"><?cs var:Lang.Answer.Answered ?></th><th role="columnheader" scope="col"><?cs var:Lang.Answer.Opened ?></th><th role="columnheader" scope="col" class="number"><?cs var:Lang.Answer.ReadersHead ?></th></tr></thead>
<tbody role="rowgroup"><?cs each:a = Answers ?><?cs call:answer_row(a) ?><?cs /each ?>
</tbody>
</table>
</div><?cs else ?>
<p class="card empty"><?cs var:Lang.Answer.TableEmpty ?></p><?cs /if ?><?cs if:subcount(RedViews) ?>
<section class="card">
<h2><?cs var:Lang.Answer.RedViews ?></h2>
<p class="meta"><?cs var:Lang.Answer.RedViewsHint ?></p>
<ul class="rows short"><?cs each:v = RedViews ?>
<li><span class="title"><?cs var:v.Person ?></span> <span class="meta"><?cs var:v.Organisation ?></span> <span class="meta"><?cs call:time(v.Viewed) ?></span></li><?cs /each ?>
</ul>
</section><?cs /if ?><?cs /def ?>
