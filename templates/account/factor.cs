<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Another authenticator.  Needs: Svg (markup: the QR code), Secret (base32 in
# groups), Form.code, Form.Errors.
#
?><?cs def:title() ?><?cs var:Lang.Account.FactorChange ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.Account.FactorChange ?></h1>
<?cs call:error_summary() ?>
<form class="card" method="post" action="/account/factor"><?cs call:form_keys() ?>
<p><?cs var:Lang.Account.FactorOld ?></p>
<h2><?cs var:Lang.Account.FactorScan ?></h2>
<div class="qr"><?cs var:html(Svg) ?></div>
<p><?cs var:Lang.Account.FactorType ?></p>
<p class="secret" translate="no"><?cs var:Secret ?></p>
<h2><?cs var:Lang.Account.FactorCode ?></h2><?cs
call:field_code(Form.code, "code", Lang.SignIn.Code, Lang.Account.FactorCodeHint) ?>
<p class="meta"><?cs var:Lang.Account.OthersEnd ?></p>
<p class="acts"><button class="button"><?cs var:Lang.Account.FactorSet ?></button> <a href="/account"><?cs var:Lang.Common.Cancel ?></a></p>
</form>
</div>
<?cs /def ?>
