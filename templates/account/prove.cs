<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Password and code again, before what is sensitive.  Needs:
# Form.{password,code}, Form.Errors, To (may be absent).
#
?><?cs def:title() ?><?cs var:Lang.Account.ProveTitle ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.Account.ProveTitle ?></h1>
<?cs call:error_summary() ?>
<p class="lead"><?cs var:Lang.Account.ProveLead ?></p>
<form class="card" method="post" action="/account/prove"><?cs call:form_keys() ?><?cs if:To ?><input type="hidden" name="to" value="<?cs var:To ?>"><?cs /if ?><?cs
call:field_password(Form.password, "password", Lang.SignIn.Password, "", "current-password") ?><?cs
call:field_code(Form.code, "code", Lang.SignIn.Code, Lang.SignIn.CodeHint) ?>
<button class="button"><?cs var:Lang.Account.ProveGo ?></button>
</form>
</div>
<?cs /def ?>
