<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Joined: the recovery codes, shown once.  Needs: Codes.N.Code, User.
#
?><?cs def:title() ?><?cs var:Lang.Account.CodesTitle ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.Invitation.Joined ?></h1>
<p class="lead"><?cs var:Lang.Invitation.JoinedLead ?></p>
<ol class="steps">
<li class="done"><?cs var:Lang.Invitation.StepPassword ?></li>
<li class="done"><?cs var:Lang.Invitation.StepFactor ?></li>
<li aria-current="step"><?cs var:Lang.Invitation.StepCodes ?></li>
</ol>
<section class="card">
<h2><?cs var:Lang.Account.CodesTitle ?></h2>
<p><?cs var:Lang.Account.CodesWhat ?></p>
<ul class="codes" translate="no"><?cs each:c = Codes ?>
<li><code><?cs var:c.Code ?></code></li><?cs /each ?>
</ul>
<p class="meta"><?cs var:Lang.Account.CodesKeep ?></p>
</section>
<p><a class="button" href="/today"><?cs var:Lang.Invitation.Start ?></a></p>
</div>
<?cs /def ?>
