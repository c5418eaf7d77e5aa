<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Which records a bundle shall have.  Needs: Form.* (fields_bundle),
# HasMandate: records of other organisations, too.
#
?><?cs def:title() ?><?cs var:Lang.Bundle.New ?><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/bundles"><?cs var:Lang.Bundle.Title ?></a></p>
<h1><?cs var:Lang.Bundle.New ?></h1>
<p class="lead"><?cs if:HasMandate ?><?cs var:Lang.Bundle.NewMandate ?><?cs else ?><?cs var:Lang.Bundle.NewOwn ?><?cs /if ?></p><?cs call:error_summary() ?>
<form class="sheet-form" method="post" action="/bundles/new" novalidate><?cs call:form_keys() ?>
<section class="card"><?cs
call:field_columns(Form.families, "families", Lang.Form.Label.families, Lang.Bundle.FamiliesHint) ?><?cs
call:field_select(Form.organisation, "organisation", Lang.Form.Label.organisation, Lang.Bundle.OrganisationHint, Lang.Bundle.OrganisationAll) ?><?cs
call:field_line(Form.object, "object", Lang.Form.Label.object, Lang.Bundle.ObjectHint) ?><?cs
call:field_date(Form.since, "since", Lang.Form.Label.since, "") ?><?cs
call:field_date(Form.through, "through", Lang.Form.Label.through, "") ?>
</section>
<div class="bar-acts">
<button class="button"><?cs var:Lang.Bundle.Ask ?></button>
<span class="meta"><?cs var:Lang.Bundle.AskHint ?></span>
</div>
</form><?cs /def ?>
