<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# One person.  Needs: Person.{Ref,Name,Email,Organisation,OrganisationRef,Roles,
# State,StateWord,Created,Seen}, Form.roles, May.{SetRoles,Disable,Enable,
# InviteAgain,Reset,SetEmail}.
#
?><?cs def:title() ?><?cs var:Person.Name ?><?cs /def ?><?cs

def:person_acts() ?><?cs if:May.InviteAgain ?>
<section class="card">
<h2><?cs var:Lang.Person.InviteAgain ?></h2>
<p class="meta"><?cs var:Lang.Person.InviteAgainHint ?></p>
<form class="act" method="post" action="/people/<?cs var:Person.Ref ?>/invite"><?cs call:form_keys() ?><button class="button quiet"><?cs var:Lang.Person.InviteAgain ?></button></form>
</section><?cs /if ?><?cs if:May.Reset ?>
<section class="card">
<h2><?cs var:Lang.Person.Reset ?></h2>
<p class="meta"><?cs var:Lang.Person.ResetHint ?></p>
<p><a class="button quiet" href="/people/<?cs var:Person.Ref ?>/reset"><?cs var:Lang.Person.Reset ?></a></p>
</section><?cs /if ?><?cs if:May.Disable ?>
<section class="card">
<h2><?cs var:Lang.Person.Disable ?></h2>
<p class="meta"><?cs var:Lang.Person.DisableHint ?></p>
<form class="act" method="post" action="/people/<?cs var:Person.Ref ?>/disable"><?cs call:form_keys() ?><button class="button quiet danger"><?cs var:Lang.Person.Disable ?></button></form>
</section><?cs /if ?><?cs if:May.Enable ?>
<section class="card">
<h2><?cs var:Lang.Person.Enable ?></h2>
<p class="meta"><?cs var:Lang.Person.EnableHint ?></p>
<form class="act" method="post" action="/people/<?cs var:Person.Ref ?>/enable"><?cs call:form_keys() ?><button class="button"><?cs var:Lang.Person.Enable ?></button></form>
</section><?cs /if ?><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/people?organisation=<?cs var:Person.OrganisationRef ?>"><?cs var:Lang.Person.Title ?></a></p>
<h1><?cs var:Person.Name ?></h1><?cs call:error_summary() ?>
<div class="two">
<div>
<section class="card">
<h2><?cs var:Lang.Person.Facts ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Person.Organisation ?></dt><dd><a href="/organisations/<?cs var:Person.OrganisationRef ?>"><?cs var:Person.Organisation ?></a></dd>
<dt><?cs var:Lang.Form.Label.email ?></dt><dd class="wrap"><?cs var:Person.Email ?><?cs if:May.SetEmail ?> <a href="/people/<?cs var:Person.Ref ?>/email"><?cs var:Lang.Person.EmailChange ?></a><?cs /if ?></dd>
<dt><?cs var:Lang.Person.Roles ?></dt><dd><?cs var:Person.Roles ?></dd>
<dt><?cs var:Lang.Person.StateHead ?></dt><dd><span class="tag state-<?cs var:Person.StateWord ?>"><?cs var:Person.State ?></span></dd>
<dt><?cs var:Lang.Person.Created ?></dt><dd><?cs call:time(Person.Created) ?></dd>
<dt><?cs var:Lang.Person.Seen ?></dt><dd><?cs if:Person.Seen.Iso ?><?cs call:time(Person.Seen) ?><?cs else ?><?cs var:Lang.Person.NeverSeen ?><?cs /if ?></dd>
</dl>
</section><?cs if:May.SetRoles ?>
<form class="card" method="post" action="/people/<?cs var:Person.Ref ?>/roles" novalidate><?cs call:form_keys() ?>
<h2><?cs var:Lang.Person.RolesSet ?></h2><?cs
call:field_set(Form.roles, "roles", Lang.Form.Label.roles, Lang.Person.RolesHint) ?>
<p class="meta"><?cs var:Lang.Person.RolesEnd ?></p>
<p><button class="button"><?cs var:Lang.Person.RolesSet ?></button></p>
</form><?cs elif:!May.Enable ?>
<p class="card empty"><?cs var:Lang.Person.RolesOwn ?></p><?cs /if ?>
</div>
<aside aria-label="<?cs var:Lang.Person.Manage ?>"><?cs call:person_acts() ?><?cs call:records() ?></aside>
</div><?cs /def ?>
