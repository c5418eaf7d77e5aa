<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Another name.  Needs: Form.name, Form.Errors.
#
?><?cs def:title() ?><?cs var:Lang.Account.NameChange ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.Account.NameChange ?></h1>
<?cs call:error_summary() ?>
<form class="card" method="post" action="/account/name" novalidate><?cs call:form_keys() ?><?cs
call:field_name(Form.name, "name", Lang.Form.Label.name, Lang.Account.NameHint, "name") ?>
<p class="acts"><button class="button"><?cs var:Lang.Account.NameSet ?></button> <a href="/account"><?cs var:Lang.Common.Cancel ?></a></p>
</form>
</div>
<?cs /def ?>
