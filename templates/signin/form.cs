<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Sign in, step one.  Needs: Form.{email,password}, Form.Errors, To (path to
# go on to, may be absent: nobody was led here), IsAgain (the code came too late or too often).
#
?><?cs def:title() ?><?cs var:Lang.SignIn.Title ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.SignIn.Title ?></h1>
<?cs call:error_summary() ?><?cs if:IsAgain ?>
<div class="notice" role="status"><p><?cs var:Lang.SignIn.Again ?></p></div><?cs elif:To ?>
<p class="lead"><?cs var:Lang.SignIn.Asked ?></p><?cs /if ?>
<form class="card" method="post" action="/sign-in" novalidate><?cs call:form_keys() ?><?cs if:To ?><input type="hidden" name="to" value="<?cs var:To ?>"><?cs /if ?><?cs
call:field_email(Form.email, "email", Lang.SignIn.Email, "", "username") ?><?cs
call:field_password(Form.password, "password", Lang.SignIn.Password, "", "current-password") ?>
<button class="button"><?cs var:Lang.SignIn.Next ?></button>
<p class="meta"><?cs var:Lang.SignIn.NextHint ?></p>
</form>
<p class="meta"><?cs var:Lang.SignIn.Help ?></p>
</div>
<?cs /def ?>
