<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# An invitation by which this visitor has just joined.  Needs: User (absent:
# not signed in).
#
?><?cs def:title() ?><?cs var:Lang.Invitation.Already ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.Invitation.Already ?></h1>
<p class="lead"><?cs var:Lang.Invitation.AlreadyText ?></p>
<p><?cs var:Lang.Account.CodesShown ?></p><?cs if:User.Name ?>
<p><a class="button" href="/account"><?cs var:Lang.Account.Title ?></a></p><?cs else ?>
<p><a class="button" href="/sign-in?to=/account"><?cs var:Lang.SignIn.Title ?></a></p><?cs /if ?>
</div>
<?cs /def ?>
