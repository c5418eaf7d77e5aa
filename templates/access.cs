<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# What the reader may read, and why.  Needs: Ways.N.{What,Why,CircleRef,
# Agreement,AgreementRef,Signed,Until} with a label, HasGrants; User.
#
?><?cs def:title() ?><?cs var:Lang.Access.Title ?><?cs /def ?><?cs

def:way_row(w) ?>
<tr role="row">
<th role="rowheader" scope="row"><?cs if:w.CircleRef ?><a href="/circles/<?cs var:w.CircleRef ?>"><?cs var:w.What ?></a><?cs else ?><?cs var:w.What ?><?cs /if ?></th>
<td role="cell" data-label="<?cs var:Lang.Form.Label.max_label ?>"><span><?cs call:tlp(w) ?></span></td>
<td role="cell" data-label="<?cs var:Lang.Access.Because ?>"><?cs if:w.AgreementRef ?><span><a href="/agreements/<?cs var:w.AgreementRef ?>"><?cs var:w.Agreement ?></a> <span class="meta"><span class="ref"><?cs var:w.AgreementRef ?></span>, <?cs var:Lang.Access.Signed ?> <?cs call:date(w.Signed) ?></span></span><?cs else ?><span><?cs var:w.Why ?></span><?cs /if ?></td>
<td role="cell" data-label="<?cs var:Lang.Access.Until ?>"><?cs if:w.Until.Iso ?><span><?cs call:date(w.Until) ?></span><?cs else ?><span class="meta"><?cs var:Lang.Access.NoEnd ?></span><?cs /if ?></td>
</tr><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/account"><?cs var:Lang.Account.Title ?></a></p>
<h1><?cs var:Lang.Access.Title ?></h1>
<p class="lead"><?cs var:User.Name ?>, <?cs var:User.Organisation ?>. <?cs var:Lang.Access.Lead ?></p><?cs if:!HasGrants ?>
<div class="notice warn"><p><?cs var:Lang.Access.NoGrants ?></p></div><?cs /if ?>
<div class="card flush">
<table class="stack" role="table">
<caption class="aside"><?cs var:Lang.Access.Title ?></caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><?cs var:Lang.Access.What ?></th><th role="columnheader" scope="col"><?cs var:Lang.Form.Label.max_label ?></th><th role="columnheader" scope="col"><?cs var:Lang.Access.Because ?></th><th role="columnheader" scope="col"><?cs var:Lang.Access.Until ?></th></tr></thead>
<tbody role="rowgroup"><?cs each:w = Ways ?><?cs call:way_row(w) ?><?cs /each ?>
</tbody>
</table>
</div>
<section class="card">
<h2><?cs var:Lang.Access.Rules ?></h2>
<ul>
<li><?cs var:Lang.Access.RuleLabel ?></li>
<li><?cs var:Lang.Access.RuleRed ?></li>
<li><?cs var:Lang.Access.RuleEnd ?></li>
<li><?cs var:Lang.Access.RuleEach ?></li>
</ul>
</section><?cs /def ?>
