<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Before a document is withdrawn.  Needs: Document.* (page/document_view.h),
# Form.why, Reach.{People,Organisations}.
#
?><?cs include!"frame/document.cs" ?><?cs include!"frame/reach.cs" ?><?cs def:title() ?><?cs var:Lang.Document.WithdrawTitle ?> · <?cs var:Document.Ref ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/documents/<?cs var:Document.Ref ?>"><?cs var:Document.Ref ?></a></p><?cs call:document_eyebrow() ?>
<h1><?cs var:Lang.Document.WithdrawTitle ?></h1>
<p class="standfirst"><?cs call:document_title() ?></p><?cs call:error_summary() ?><?cs call:reach_tiles() ?>
<form class="card sheet-form" method="post" action="/documents/<?cs var:Document.Ref ?>/withdraw" novalidate><?cs call:form_keys() ?>
<p><?cs var:Lang.Document.WithdrawText ?></p><?cs
call:field_prose(Form.why, "why", Lang.Form.Label.why, Lang.Draft.WithdrawWhyHint, "3") ?>
<p class="acts"><button class="button danger"><?cs var:Lang.Document.WithdrawNow ?></button> <a href="/documents/<?cs var:Document.Ref ?>"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
