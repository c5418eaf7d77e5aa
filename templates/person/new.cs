<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Inviting somebody.  Needs: Organisation.{Ref,Name,IsOwn,HasSteward (no form,
# then)}, Form.{name,email,language,roles,organisation}.
#
?><?cs def:title() ?><?cs var:Lang.Person.New ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/people<?cs if:!Organisation.IsOwn ?>?organisation=<?cs var:Organisation.Ref ?><?cs /if ?>"><?cs var:Lang.Person.Title ?></a></p>
<h1><?cs var:Lang.Person.New ?></h1>
<p class="lead"><b><?cs var:Organisation.Name ?></b>. <?cs if:Organisation.IsOwn ?><?cs var:Lang.Person.NewLead ?><?cs else ?><?cs var:Lang.Person.NewFirst ?><?cs /if ?></p><?cs call:error_summary() ?><?cs if:Organisation.HasSteward ?>
<div class="notice warn" id="organisation"><p><?cs var:Lang.Form.Error.HasSteward ?></p></div><?cs else ?>
<form class="card sheet-form" method="post" action="/people/new" novalidate data-leave="1"><?cs call:form_keys() ?><?cs if:Form.organisation.Value ?><input type="hidden" name="organisation" value="<?cs var:Form.organisation.Value ?>"><?cs /if ?><?cs
call:field_name(Form.name, "name", Lang.Form.Label.name, "", "off") ?><?cs
call:field_email(Form.email, "email", Lang.Form.Label.email, Lang.Person.EmailHint, "off") ?><?cs
call:field_choice(Form.language, "language", Lang.Form.Label.language, "") ?><?cs
call:field_set(Form.roles, "roles", Lang.Form.Label.roles, Lang.Person.RolesHint) ?>
<p class="acts"><button class="button"><?cs var:Lang.Person.Invite ?></button> <a href="/people"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /if ?><?cs /def ?>
