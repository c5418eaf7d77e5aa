<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Admitting an organisation.  Needs: Form.{name,kind,country,sectors,charter,
# charter_language,charter_signed}, Charters.N.{Lang,Title,Text}.
#
?><?cs include!"frame/charter.cs" ?><?cs def:title() ?><?cs var:Lang.Organisation.New ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/organisations"><?cs var:Lang.Organisation.Title ?></a></p>
<h1><?cs var:Lang.Organisation.New ?></h1>
<p class="lead"><?cs var:Lang.Organisation.NewLead ?></p><?cs call:error_summary() ?>
<form class="card sheet-form" method="post" action="/organisations/new" novalidate data-leave="1"><?cs call:form_keys() ?><?cs
call:field_name(Form.name, "name", Lang.Form.Label.name, Lang.Organisation.NameHint, "off") ?><?cs
call:field_choice(Form.kind, "kind", Lang.Form.Label.kind, "") ?><?cs
call:field_select(Form.country, "country", Lang.Form.Label.country, "", Lang.Organisation.CountryNone) ?><?cs
call:field_columns(Form.sectors, "sectors", Lang.Form.Label.sectors, Lang.Organisation.SectorsHint) ?><?cs
call:field_choice(Form.charter, "charter", Lang.Form.Label.charter, Lang.Organisation.CharterHint) ?><?cs
call:field_choice(Form.charter_language, "charter_language", Lang.Form.Label.charter_language, Lang.Organisation.CharterLanguageHint) ?><?cs
call:field_date(Form.charter_signed, "charter_signed", Lang.Form.Label.charter_signed, Lang.Organisation.CharterSignedHint) ?>
<p class="acts"><button class="button"><?cs var:Lang.Organisation.Admit ?></button> <a href="/organisations"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs call:charter_texts() ?><?cs /def ?>
