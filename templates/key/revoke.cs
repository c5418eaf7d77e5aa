<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Before a key is revoked.  Needs: Key.{Number,State}; User.
#
?><?cs def:title() ?><?cs var:Lang.Key.Revoke ?> · <?cs var:Key.Number ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/keys/<?cs var:Key.Number ?>"><?cs var:Lang.Key.Key ?> <span translate="no"><?cs var:Key.Number ?></span></a></p>
<h1><?cs var:Lang.Key.RevokeTitle ?></h1>
<p class="standfirst"><span class="ref" translate="no"><?cs var:Key.Number ?></span>, <?cs var:User.Organisation ?></p>
<div class="notice warn">
<ul>
<li><?cs var:Lang.Key.RevokeSigns ?></li>
<li><?cs var:Lang.Key.RevokeStays ?></li>
<li><?cs var:Lang.Key.RevokeForever ?></li>
</ul>
</div>
<form class="card sheet-form" method="post" action="/keys/<?cs var:Key.Number ?>/revoke"><?cs call:form_keys() ?>
<p><?cs var:Lang.Key.RevokeSure ?></p>
<p class="acts"><button class="button danger"><?cs var:Lang.Key.RevokeNow ?></button> <a href="/keys/<?cs var:Key.Number ?>"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
