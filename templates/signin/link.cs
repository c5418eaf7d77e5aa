<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A one-time link.  Needs: Link.{Action,Name,Roles,Organisation}; without them
# the link was used, has expired, or never was.
#
?><?cs def:title() ?><?cs if:Link.Name ?><?cs var:Lang.SignIn.LinkTitle ?><?cs else ?><?cs var:Lang.SignIn.LinkGone ?><?cs /if ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow"><?cs if:Link.Name ?>
<h1><?cs var:Lang.SignIn.LinkTitle ?></h1>
<form class="card" method="post" action="<?cs var:url(Link.Action) ?>"><?cs call:form_keys() ?>
<dl class="facts">
<dt><?cs var:Lang.SignIn.LinkName ?></dt><dd><?cs var:Link.Name ?></dd>
<dt><?cs var:Lang.SignIn.LinkRoles ?></dt><dd><?cs var:Link.Roles ?></dd>
<dt><?cs var:Lang.SignIn.LinkOrganisation ?></dt><dd><?cs var:Link.Organisation ?></dd>
</dl>
<button class="button"><?cs var:Lang.SignIn.LinkEnter ?></button>
<p class="meta"><?cs var:Lang.SignIn.LinkHint ?></p>
</form><?cs else ?>
<h1><?cs var:Lang.SignIn.LinkGone ?></h1>
<p class="lead"><?cs var:Lang.SignIn.LinkGoneText ?></p>
<p><a class="button" href="/sign-in"><?cs var:Lang.SignIn.Title ?></a></p><?cs /if ?>
</div>
<?cs /def ?>
