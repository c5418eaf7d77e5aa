<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# An invitation: the authenticator.  Needs: Invite.Action, Svg (markup: the QR
# code), Secret (base32 in groups), Form.code, Form.Errors.
#
?><?cs def:title() ?><?cs var:Lang.Account.FactorTitle ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.Account.FactorTitle ?></h1>
<?cs call:error_summary() ?>
<ol class="steps">
<li class="done"><?cs var:Lang.Invitation.StepPassword ?></li>
<li aria-current="step"><?cs var:Lang.Invitation.StepFactor ?></li>
<li><?cs var:Lang.Invitation.StepCodes ?></li>
</ol>
<form class="card" method="post" action="<?cs var:url(Invite.Action) ?>"><?cs call:form_keys() ?>
<p><?cs var:Lang.Account.FactorWhat ?></p>
<h2><?cs var:Lang.Account.FactorScan ?></h2>
<div class="qr"><?cs var:html(Svg) ?></div>
<p><?cs var:Lang.Account.FactorType ?></p>
<p class="secret" translate="no"><?cs var:Secret ?></p>
<h2><?cs var:Lang.Account.FactorCode ?></h2><?cs
call:field_code(Form.code, "code", Lang.SignIn.Code, Lang.Account.FactorCodeHint) ?>
<button class="button"><?cs var:Lang.Invitation.Next ?></button>
</form>
</div>
<?cs /def ?>
