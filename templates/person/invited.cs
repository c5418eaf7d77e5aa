<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The one time that an invitation's link is shown.  Needs: Person.{Name,Email,
# OrganisationRef}, Link, Expires, Mail.
#
?><?cs def:title() ?><?cs var:Lang.Person.InvitedTitle ?> · <?cs var:Person.Name ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/people?organisation=<?cs var:Person.OrganisationRef ?>"><?cs var:Lang.Person.Back ?></a></p>
<h1><?cs var:Lang.Person.InvitedTitle ?></h1>
<p class="standfirst"><?cs var:Person.Name ?>, <span class="wrap"><?cs var:Person.Email ?></span></p>
<p class="lead"><?cs var:Lang.Person.InvitedLead ?></p>
<section class="card">
<h2><?cs var:Lang.Person.Link ?></h2>
<p class="secret wrap" id="link" translate="no" data-copy="<?cs var:Lang.Common.Copy ?>" data-copied="<?cs var:Lang.Common.Copied ?>"><?cs var:Link ?></p>
<p class="meta"><?cs var:Lang.Person.Expires ?> <?cs call:time(Expires) ?></p>
</section><?cs if:Mail ?>
<section class="card">
<h2><?cs var:Lang.Person.Mail ?></h2>
<p class="meta"><?cs var:Lang.Person.MailHint ?></p>
<pre class="letter wrap" id="mail" data-copy="<?cs var:Lang.Common.Copy ?>" data-copied="<?cs var:Lang.Common.Copied ?>"><?cs var:Mail ?></pre>
</section><?cs /if ?><?cs /def ?>
