<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Before a draft is dropped.  Needs: Draft.{Ref,Heading,IsFirst,Next,Author,
# Saved}.
#
?><?cs def:title() ?><?cs var:Lang.Draft.Discard ?> · <?cs var:Draft.Ref ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/agreements/<?cs var:Draft.Ref ?>/propose"><?cs var:Draft.Heading ?></a></p>
<h1><?cs var:Lang.Draft.Discard ?></h1>
<p class="standfirst"><?cs var:Draft.Heading ?></p>
<div class="notice warn">
<p><?cs if:Draft.IsFirst ?><?cs var:Lang.Agreement.DiscardFirst ?><?cs else ?><?cs var:Lang.Agreement.DiscardNext ?><?cs /if ?></p>
<p class="meta"><?cs var:Lang.Draft.Saved ?> <?cs call:time(Draft.Saved) ?><?cs if:Draft.Author ?>, <?cs var:Draft.Author ?><?cs /if ?></p>
</div>
<form class="card sheet-form" method="post" action="/agreements/<?cs var:Draft.Ref ?>/discard"><?cs call:form_keys() ?>
<p class="acts"><button class="button danger"><?cs var:Lang.Agreement.DiscardNow ?></button> <a href="/agreements/<?cs var:Draft.Ref ?>/propose"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
