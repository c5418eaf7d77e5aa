<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Sign in, step two.  Needs: Form.code, Form.Errors, To (may be absent).
#
?><?cs def:title() ?><?cs var:Lang.SignIn.CodeTitle ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.SignIn.CodeTitle ?></h1>
<?cs call:error_summary() ?>
<form class="card" method="post" action="/sign-in/code"><?cs call:form_keys() ?><?cs if:To ?><input type="hidden" name="to" value="<?cs var:To ?>"><?cs /if ?><?cs
call:field_code(Form.code, "code", Lang.SignIn.Code, Lang.SignIn.CodeHint) ?>
<button class="button"><?cs var:Lang.SignIn.Enter ?></button>
</form>
<p class="meta"><?cs var:Lang.SignIn.CodeHelp ?> <a href="/sign-in"><?cs var:Lang.SignIn.StartOver ?></a></p>
</div>
<?cs /def ?>
