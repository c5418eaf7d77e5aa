<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Before the draft of a document is thrown away.  Needs: Document.*
# (page/document_view.h).
#
?><?cs include!"frame/document.cs" ?><?cs def:title() ?><?cs var:Lang.Draft.Discard ?> · <?cs var:Document.Ref ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/documents/<?cs var:Document.Ref ?>/edit"><?cs var:Lang.Document.Edit ?></a></p><?cs call:document_eyebrow() ?>
<h1><?cs var:Lang.Draft.Discard ?></h1>
<p class="standfirst"><?cs call:document_title() ?></p><?cs call:document_meta() ?>
<form class="card sheet-form" method="post" action="/documents/<?cs var:Document.Ref ?>/discard"><?cs call:form_keys() ?>
<p><?cs if:Document.IsFirstDraft ?><?cs var:Lang.Document.DiscardHint ?><?cs else ?><?cs var:Lang.Document.DiscardVersionHint ?><?cs /if ?> <?cs var:Lang.Draft.DiscardLost ?></p>
<p class="acts"><button class="button danger"><?cs var:Lang.Draft.DiscardNow ?></button> <a href="/documents/<?cs var:Document.Ref ?>/edit"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
