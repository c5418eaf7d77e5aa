<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Another address for somebody.  Needs: Person.{Ref,Name}, Form.email,
# Form.Errors, IsInvited (an open link will end).
#
?><?cs def:title() ?><?cs var:Lang.Person.EmailChange ?> · <?cs var:Person.Name ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/people/<?cs var:Person.Ref ?>"><?cs var:Person.Name ?></a></p>
<h1><?cs var:Lang.Person.EmailChange ?></h1>
<p class="standfirst"><?cs var:Person.Name ?></p><?cs call:error_summary() ?>
<form class="card sheet-form" method="post" action="/people/<?cs var:Person.Ref ?>/email" novalidate><?cs call:form_keys() ?><?cs
call:field_email(Form.email, "email", Lang.Form.Label.email, Lang.Person.EmailHint, "off") ?><?cs if:IsInvited ?>
<p class="meta"><?cs var:Lang.Person.EmailEnds ?></p><?cs /if ?>
<p class="acts"><button class="button"><?cs var:Lang.Person.EmailSet ?></button> <a href="/people/<?cs var:Person.Ref ?>"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
