<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Who will see a document, and why, before it is published.  Needs:
# Document.* (page/document_view.h), Draft.{IsIncomplete,Faults.N.{Field,
# Label,Text},IsStale}, Reach.* (page/reach_view.h).
#
?><?cs include!"frame/document.cs" ?><?cs include!"frame/reach.cs" ?><?cs def:title() ?><?cs var:Lang.Draft.PublishTitle ?> · <?cs var:Document.Ref ?><?cs /def ?><?cs

def:missing() ?>
<div class="notice warn">
<h2><?cs var:Lang.Reach.Incomplete ?></h2>
<ul><?cs each:f = Draft.Faults ?>
<li><a href="/documents/<?cs var:Document.Ref ?>/edit?check=1#<?cs var:f.Field ?>"><b><?cs var:f.Label ?><?cs var:Lang.Common.Colon ?></b> <?cs var:f.Text ?></a></li><?cs /each ?>
</ul>
<p class="acts"><a class="button" href="/documents/<?cs var:Document.Ref ?>/edit?check=1"><?cs var:Lang.Reach.Complete ?></a></p>
</div><?cs /def ?><?cs

def:publish_act() ?>
<form class="card accent" method="post" action="/documents/<?cs var:Document.Ref ?>/publish"><?cs call:form_keys() ?><input type="hidden" name="edit" value="<?cs var:Document.Edit ?>"><?cs if:Document.VersionText ?>
<p><?cs var:Lang.Document.PublishVersion ?></p><?cs /if ?>
<p><?cs var:Lang.Document.PublishHint ?></p>
<p class="acts"><button class="button"><?cs var:Lang.Draft.PublishNow ?></button> <a class="button quiet" href="/documents/<?cs var:Document.Ref ?>/edit"><?cs var:Lang.Document.Edit ?></a></p>
</form><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/documents/<?cs var:Document.Ref ?>/edit"><?cs var:Lang.Document.Edit ?></a></p><?cs call:document_eyebrow() ?>
<h1><?cs var:Lang.Draft.PublishTitle ?></h1>
<p class="standfirst"><?cs call:document_title() ?></p><?cs if:Draft.IsStale ?>
<div class="notice warn" role="alert">
<h2><?cs var:Lang.Reach.Stale ?></h2>
<p><?cs var:Lang.Reach.StaleText ?></p>
</div><?cs /if ?><?cs if:Draft.IsIncomplete ?><?cs call:missing() ?><?cs elif:Reach.IsEmpty ?>
<div class="notice bad">
<h2><?cs var:Lang.Reach.Empty ?></h2>
<p><?cs var:Lang.Document.ReachEmpty ?></p>
<p class="acts"><a class="button" href="/documents/<?cs var:Document.Ref ?>/edit"><?cs var:Lang.Reach.Fix ?></a></p>
</div><?cs /if ?><?cs if:!Reach.IsEmpty ?><?cs call:reach_tiles() ?>
<p><?cs if:Reach.IsPublic ?><b><?cs var:Lang.Reach.Public ?></b><?cs else ?><?cs var:Reach.Sentence ?><?cs /if ?></p><?cs if:!Draft.IsIncomplete ?><?cs call:publish_act() ?><?cs /if ?><?cs /if ?><?cs call:document_file() ?><?cs if:subcount(Reach.Rows) ?><?cs call:reach_table() ?><?cs /if ?><?cs /def ?>
