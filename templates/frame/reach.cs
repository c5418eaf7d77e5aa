<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Who may read an item, and why, and the fields that say it: for every kind of
# item.  See page/reach_view.h for the data; Conflict.{Person,Saved,
# Fields.N.{Label,Theirs}}: somebody else has saved the draft meanwhile.
#
?><?cs def:why() ?>
<div class="why"><p><strong><?cs var:Lang.Why.Title ?></strong> <?cs var:Why.Text ?><?cs if:Why.Named ?> <?cs var:Why.Named ?><?cs /if ?> <?cs var:Why.Share ?><?cs if:Why.AgreementRef ?> <a class="ref" href="/agreements/<?cs var:Why.AgreementRef ?>"><?cs var:Why.AgreementRef ?></a> <a href="/circles"><?cs var:Lang.Why.Link ?></a><?cs /if ?></p></div><?cs /def ?><?cs

def:reach_tiles() ?>
<dl class="tiles">
<div><dt><?cs var:Lang.Reach.PeopleHead ?></dt><dd><?cs var:Reach.People ?></dd></div>
<div><dt><?cs var:Lang.Reach.InOrganisations ?></dt><dd><?cs var:Reach.Organisations ?></dd></div>
</dl><?cs /def ?><?cs

def:reach_row(r) ?>
<tr role="row"<?cs if:r.IsOwn ?> class="own"<?cs /if ?>>
<th role="rowheader" scope="row"><a href="/organisations/<?cs var:r.OrganisationRef ?>"><?cs var:r.Organisation ?></a> <span class="meta"><?cs var:r.Country ?></span></th>
<td role="cell" data-label="<?cs var:Lang.Reach.Kind ?>"><?cs var:r.Kind ?></td>
<td role="cell" class="whole" data-label="<?cs var:Lang.Reach.PeopleHead ?>"><?cs var:r.PeopleText ?></td>
<td role="cell" data-label="<?cs var:Lang.Reach.Why ?>"><?cs if:r.IsOwn ?><?cs var:Lang.Reach.WhyOwn ?><?cs else ?><?cs var:Lang.Reach.Circle ?> <span class="tag"><?cs var:r.Why ?></span><?cs if:r.Agreement ?> <a href="/agreements/<?cs var:r.AgreementRef ?>"><?cs var:r.Agreement ?></a><?cs /if ?><?cs if:r.AgreementRef ?> <span class="meta ref"><?cs var:r.AgreementRef ?></span><?cs /if ?><?cs /if ?></td>
</tr><?cs /def ?><?cs

def:reach_table() ?>
<section class="card flush">
<h2><?cs var:Lang.Reach.Table ?></h2>
<table class="stack" role="table">
<caption class="aside"><?cs var:Lang.Reach.Table ?></caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><?cs var:Lang.Reach.Organisation ?></th><th role="columnheader" scope="col"><?cs var:Lang.Reach.Kind ?></th><th role="columnheader" scope="col"><?cs var:Lang.Reach.PeopleHead ?></th><th role="columnheader" scope="col"><?cs var:Lang.Reach.Why ?></th></tr></thead>
<tbody role="rowgroup"><?cs each:r = Reach.Rows ?><?cs call:reach_row(r) ?><?cs /each ?>
</tbody>
</table>
</section><?cs /def ?><?cs

def:reach_fields() ?><?cs
call:field_choice(Form.label, "label", Lang.Form.Label.label, Lang.Draft.LabelHint) ?><?cs
call:field_columns(Form.circles, "circles", Lang.Form.Label.circles, Lang.Draft.CirclesHint) ?><?cs
call:field_prose(Form.named, "named", Lang.Form.Label.named, Lang.Draft.NamedHint, "3") ?><?cs /def ?><?cs

def:conflict() ?><?cs if:Conflict.Person ?>
<div class="notice warn" role="alert">
<h2><?cs var:Lang.Draft.Conflict ?></h2>
<p><b><?cs var:Conflict.Person ?></b>, <?cs call:time(Conflict.Saved) ?>. <?cs var:Lang.Draft.ConflictText ?></p><?cs each:f = Conflict.Fields ?>
<h3><?cs var:f.Label ?></h3>
<p class="theirs lines" tabindex="0"><?cs var:f.Theirs ?></p><?cs /each ?>
</div><?cs /if ?><?cs /def ?>
