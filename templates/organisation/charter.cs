<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Offering the charter to an organisation that has none in force.  Needs:
# Organisation.{Ref,Name}, Form.charter_language, Charters.N.{Lang,Title,Text}.
#
?><?cs include!"frame/charter.cs" ?><?cs
def:title() ?><?cs var:Lang.Organisation.Offer ?> · <?cs var:Organisation.Name ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/organisations/<?cs var:Organisation.Ref ?>"><?cs var:Organisation.Name ?></a></p>
<h1><?cs var:Lang.Organisation.Offer ?></h1>
<p class="standfirst"><?cs var:Organisation.Name ?></p>
<p class="lead"><?cs var:Lang.Organisation.OfferLead ?></p><?cs call:error_summary() ?>
<form class="card sheet-form" method="post" action="/organisations/<?cs var:Organisation.Ref ?>/charter" novalidate><?cs call:form_keys() ?><?cs
call:field_choice(Form.charter_language, "charter_language", Lang.Form.Label.charter_language, Lang.Organisation.CharterLanguageHint) ?>
<p class="acts"><button class="button"><?cs var:Lang.Organisation.OfferNow ?></button> <a href="/organisations/<?cs var:Organisation.Ref ?>"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs call:charter_texts() ?><?cs /def ?>
