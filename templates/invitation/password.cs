<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# An invitation: the password.  Needs: Invite.{Action,Name,Email,Organisation,
# Expires (time)}, Page.Portal, Form.password, Form.Errors.
#
?><?cs def:title() ?><?cs var:Lang.Invitation.Title ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.Invitation.Title ?></h1>
<?cs call:error_summary() ?>
<p class="lead"><?cs var:Lang.Invitation.Lead ?></p>
<ol class="steps">
<li aria-current="step"><?cs var:Lang.Invitation.StepPassword ?></li>
<li><?cs var:Lang.Invitation.StepFactor ?></li>
<li><?cs var:Lang.Invitation.StepCodes ?></li>
</ol>
<section class="card">
<h2><?cs var:Lang.Invitation.For ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Invitation.Name ?></dt><dd><?cs var:Invite.Name ?></dd>
<dt><?cs var:Lang.Invitation.Email ?></dt><dd><?cs var:Invite.Email ?></dd>
<dt><?cs var:Lang.Invitation.Organisation ?></dt><dd><?cs var:Invite.Organisation ?></dd>
<dt><?cs var:Lang.Invitation.Expires ?></dt><dd><?cs call:time(Invite.Expires) ?></dd>
</dl>
<p class="meta"><?cs var:Lang.Invitation.NotYou ?></p>
</section>
<form class="card" method="post" action="<?cs var:url(Invite.Action) ?>"><?cs call:form_keys() ?>
<h2><?cs var:Lang.Password.Choose ?></h2>
<ul class="rules">
<li><?cs var:Lang.Password.RuleLength ?></li>
<li><?cs var:Lang.Password.RuleOwn ?></li>
<li><?cs var:Lang.Password.RuleAny ?></li>
</ul>
<input type="hidden" autocomplete="username" value="<?cs var:Invite.Email ?>"><?cs
call:field_password(Form.password, "password", Lang.Password.New, Lang.Password.NewHint, "new-password") ?>
<button class="button"><?cs var:Lang.Invitation.Next ?></button>
</form>
</div>
<?cs /def ?>
