<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The members.  Needs: Organisations.N, CountText, May.Admit.
#
?><?cs def:title() ?><?cs var:Lang.Organisation.Title ?><?cs /def ?><?cs

def:organisation_row(o) ?>
<tr role="row">
<th role="rowheader" scope="row"><a href="/organisations/<?cs var:o.Ref ?>"><?cs var:o.Name ?></a><?cs if:o.IsSuspended ?> <span class="tag warn"><?cs var:Lang.State.suspended ?></span><?cs /if ?></th>
<td role="cell" data-label="<?cs var:Lang.Organisation.Kind ?>"><?cs var:o.Kind ?></td>
<td role="cell" data-label="<?cs var:Lang.Organisation.Sectors ?>"><?cs if:subcount(o.Sectors) ?><?cs call:sector_words(o) ?><?cs else ?><span class="meta">–</span><?cs /if ?></td>
<td role="cell" data-label="<?cs var:Lang.Organisation.Country ?>"><?cs var:o.CountryName ?></td>
</tr><?cs /def ?><?cs

def:body() ?>
<div class="head">
<h1><?cs var:Lang.Organisation.Title ?></h1><?cs if:May.Admit ?>
<p><a class="button" href="/organisations/new"><?cs var:Lang.Organisation.New ?></a></p><?cs /if ?>
</div>
<p class="lead"><?cs var:Lang.Organisation.Lead ?> <?cs var:CountText ?>.</p><?cs if:subcount(Organisations) ?>
<div class="card flush">
<table class="stack" role="table">
<caption class="aside"><?cs var:Lang.Organisation.Title ?></caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><?cs var:Lang.Organisation.Organisation ?></th><th role="columnheader" scope="col"><?cs var:Lang.Organisation.Kind ?></th><th role="columnheader" scope="col"><?cs var:Lang.Organisation.Sectors ?></th><th role="columnheader" scope="col"><?cs var:Lang.Organisation.Country ?></th></tr></thead>
<tbody role="rowgroup"><?cs each:o = Organisations ?><?cs call:organisation_row(o) ?><?cs /each ?>
</tbody>
</table>
</div><?cs else ?>
<p class="card empty"><?cs var:Lang.Organisation.Empty ?></p><?cs /if ?><?cs /def ?>
