<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Another password.  Needs: Form.password, Form.Errors.
#
?><?cs def:title() ?><?cs var:Lang.Account.PasswordChange ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.Account.PasswordChange ?></h1>
<?cs call:error_summary() ?>
<form class="card" method="post" action="/account/password"><?cs call:form_keys() ?>
<ul class="rules">
<li><?cs var:Lang.Password.RuleLength ?></li>
<li><?cs var:Lang.Password.RuleOwn ?></li>
<li><?cs var:Lang.Password.RuleAny ?></li>
</ul><?cs
call:field_password(Form.password, "password", Lang.Password.New, Lang.Password.NewHint, "new-password") ?>
<p class="meta"><?cs var:Lang.Account.OthersEnd ?></p>
<p class="acts"><button class="button"><?cs var:Lang.Account.PasswordSet ?></button> <a href="/account"><?cs var:Lang.Common.Cancel ?></a></p>
</form>
</div>
<?cs /def ?>
