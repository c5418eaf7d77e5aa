<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# An invitation that was used, has expired, or never was.  Needs nothing.
#
?><?cs def:title() ?><?cs var:Lang.Invitation.Gone ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.Invitation.Gone ?></h1>
<p class="lead"><?cs var:Lang.Invitation.GoneText ?></p>
<p><?cs var:Lang.Invitation.GoneHint ?></p>
<p><a class="button" href="/sign-in"><?cs var:Lang.SignIn.Title ?></a></p>
</div>
<?cs /def ?>
