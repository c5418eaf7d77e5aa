<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The signing keys of one's own organisation.  Needs: Keys.N.{Number,State,
# StateWord,ProposedBy,Proposed,MayConfirm}; User.
#
?><?cs def:title() ?><?cs var:Lang.Key.Title ?><?cs /def ?><?cs

def:key_row(k) ?>
<li>
<h2 class="title"><a class="ref" href="/keys/<?cs var:k.Number ?>" translate="no"><?cs var:k.Number ?></a></h2>
<p class="marks"><?cs if:k.MayConfirm ?><span class="tag warn"><?cs var:Lang.Key.Waits ?></span> <?cs /if ?><span class="tag key-<?cs var:k.StateWord ?>"><?cs var:k.State ?></span></p>
<p class="meta"><span><?cs var:Lang.Key.ProposedBy ?> <?cs var:k.ProposedBy ?>, <?cs call:date(k.Proposed) ?></span></p>
</li><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/organisations/<?cs var:url(User.OrganisationRef) ?>"><?cs var:User.Organisation ?></a></p>
<div class="head">
<h1><?cs var:Lang.Key.Title ?></h1>
<p><a class="button" href="/keys/new"><?cs var:Lang.Key.New ?></a></p>
</div>
<p class="lead"><?cs var:Lang.Key.Lead ?></p><?cs if:subcount(Keys) ?>
<div class="card">
<ul class="rows"><?cs each:k = Keys ?><?cs call:key_row(k) ?><?cs /each ?>
</ul>
</div><?cs else ?>
<p class="card empty"><?cs var:Lang.Key.Empty ?></p><?cs /if ?><?cs /def ?>
