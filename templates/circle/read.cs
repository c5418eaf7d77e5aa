<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# One circle that the reader's organisation has: who else, by which agreement.
# Needs: Circle.{Ref,Name,OrganisationsText,IsOfAgreement}, Openings.N.{
# Organisation,OrganisationRef,IsOwn,Agreement,AgreementRef,From,Until} with a
# label.
#
?><?cs def:title() ?><?cs var:Circle.Name ?><?cs /def ?><?cs

def:opening_row(o) ?>
<tr role="row"<?cs if:o.IsOwn ?> class="own"<?cs /if ?>>
<th role="rowheader" scope="row"><a href="/organisations/<?cs var:o.OrganisationRef ?>"><?cs var:o.Organisation ?></a></th>
<td role="cell" data-label="<?cs var:Lang.Circle.Agreement ?>"><?cs if:o.AgreementRef ?><span><a href="/agreements/<?cs var:o.AgreementRef ?>"><?cs var:o.Agreement ?></a> <span class="meta ref"><?cs var:o.AgreementRef ?></span></span><?cs else ?><span class="meta"><?cs if:Circle.IsOfAgreement ?>–<?cs else ?><?cs var:Lang.Agreement.Kind.charter ?><?cs /if ?></span><?cs /if ?></td>
<td role="cell" data-label="<?cs var:Lang.Form.Label.max_label ?>"><span><?cs call:tlp(o) ?></span></td>
<td role="cell" data-label="<?cs var:Lang.Circle.From ?>"><span><?cs call:date(o.From) ?></span></td>
<td role="cell" data-label="<?cs var:Lang.Circle.Until ?>"><?cs if:o.Until.Iso ?><span><?cs call:date(o.Until) ?></span><?cs else ?><span class="meta"><?cs var:Lang.Circle.NoEnd ?></span><?cs /if ?></td>
</tr><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/circles"><?cs var:Lang.Circle.Title ?></a></p>
<p class="eyebrow"><span class="tag"><?cs var:Lang.Circle.Circle ?></span></p>
<h1><?cs var:Circle.Name ?></h1>
<p class="lead"><?cs if:Circle.IsOfAgreement ?><?cs var:Lang.Circle.LeadAgreement ?><?cs else ?><?cs var:Lang.Circle.LeadCharter ?><?cs /if ?> <?cs var:Circle.OrganisationsText ?>.</p>
<div class="card flush">
<table class="stack" role="table">
<caption class="aside"><?cs var:Lang.Circle.Who ?></caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><?cs var:Lang.Circle.Who ?></th><th role="columnheader" scope="col"><?cs var:Lang.Circle.Agreement ?></th><th role="columnheader" scope="col"><?cs var:Lang.Form.Label.max_label ?></th><th role="columnheader" scope="col"><?cs var:Lang.Circle.From ?></th><th role="columnheader" scope="col"><?cs var:Lang.Circle.Until ?></th></tr></thead>
<tbody role="rowgroup"><?cs each:o = Openings ?><?cs call:opening_row(o) ?><?cs /each ?>
</tbody>
</table>
</div><?cs /def ?>
