<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Before a draft is thrown away.  Needs: Draft.{Ref,Title,Number,IsRevision,
# Saved,Author (may be absent)}.
#
?><?cs def:title() ?><?cs var:Lang.Draft.Discard ?> · <?cs var:Draft.Ref ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/drafts/<?cs var:Draft.Ref ?>"><?cs var:Lang.Draft.Edit ?></a></p>
<p class="eyebrow"><?cs call:tlp(Draft) ?></p>
<h1><?cs var:Lang.Draft.Discard ?></h1>
<p class="standfirst"><?cs if:Draft.Title ?><?cs var:Draft.Title ?><?cs else ?><?cs var:Lang.Draft.Untitled ?><?cs /if ?></p>
<p class="meta"><span class="ref"><?cs var:Draft.Ref ?></span><?cs if:Draft.IsRevision ?><span><?cs var:Lang.Advisory.Revision ?> <?cs var:Draft.Number ?></span><?cs /if ?><span><?cs var:Lang.Draft.Saved ?> <?cs call:time(Draft.Saved) ?></span><?cs if:Draft.Author ?><span><?cs var:Draft.Author ?></span><?cs /if ?></p>
<form class="card sheet-form" method="post" action="/drafts/<?cs var:Draft.Ref ?>/discard"><?cs call:form_keys() ?>
<p><?cs if:Draft.IsRevision ?><?cs var:Lang.Draft.DiscardRevisionHint ?><?cs else ?><?cs var:Lang.Draft.DiscardHint ?><?cs /if ?> <?cs var:Lang.Draft.DiscardLost ?></p>
<p class="acts"><button class="button danger"><?cs var:Lang.Draft.DiscardNow ?></button> <a href="/drafts/<?cs var:Draft.Ref ?>"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
