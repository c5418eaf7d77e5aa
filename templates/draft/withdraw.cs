<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Before an advisory is withdrawn.  Needs: Advisory.*, Form.why,
# Reach.{People,Organisations}.
#
?><?cs include!"frame/reach.cs" ?><?cs def:title() ?><?cs var:Lang.Draft.WithdrawTitle ?> · <?cs var:Advisory.Ref ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/advisories/<?cs var:Advisory.Ref ?>"><?cs var:Advisory.Ref ?></a></p>
<p class="eyebrow"><?cs call:tlp(Advisory) ?> <?cs call:severity(Advisory) ?></p>
<h1><?cs var:Lang.Draft.WithdrawTitle ?></h1>
<p class="standfirst"><?cs var:Advisory.Title ?></p><?cs call:error_summary() ?><?cs call:reach_tiles() ?>
<form class="card sheet-form" method="post" action="/advisories/<?cs var:Advisory.Ref ?>/withdraw" novalidate><?cs call:form_keys() ?>
<p><?cs var:Lang.Draft.WithdrawText ?></p><?cs
call:field_prose(Form.why, "why", Lang.Form.Label.why, Lang.Draft.WithdrawWhyHint, "3") ?>
<p class="acts"><button class="button danger"><?cs var:Lang.Draft.WithdrawNow ?></button> <a href="/advisories/<?cs var:Advisory.Ref ?>"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
