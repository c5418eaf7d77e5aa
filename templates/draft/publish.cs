<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Who will see it, and why, before it is published.  Needs: Advisory.*,
# Draft.{Ref,Edit,Number,IsRevision,IsIncomplete,Faults.N.{Field,Label,Text},
# IsStale}, Reach.{Sentence,IsPublic,IsEmpty,People,
# Organisations,Rows.N}.
#
?><?cs include!"frame/reach.cs" ?><?cs def:title() ?><?cs var:Lang.Draft.PublishTitle ?> · <?cs var:Draft.Ref ?><?cs /def ?><?cs

def:missing() ?>
<div class="notice warn">
<h2><?cs var:Lang.Reach.Incomplete ?></h2>
<ul><?cs each:f = Draft.Faults ?>
<li><a href="/drafts/<?cs var:Draft.Ref ?>?check=1#<?cs var:f.Field ?>"><b><?cs var:f.Label ?><?cs var:Lang.Common.Colon ?></b> <?cs var:f.Text ?></a></li><?cs /each ?>
</ul>
<p class="acts"><a class="button" href="/drafts/<?cs var:Draft.Ref ?>?check=1"><?cs var:Lang.Reach.Complete ?></a></p>
</div><?cs /def ?><?cs

def:publish_act() ?>
<form class="card accent" method="post" action="/drafts/<?cs var:Draft.Ref ?>/publish"><?cs call:form_keys() ?><input type="hidden" name="edit" value="<?cs var:Draft.Edit ?>"><?cs if:Draft.IsRevision ?>
<p><?cs var:Lang.Draft.PublishRevision ?></p><?cs /if ?>
<p><?cs var:Lang.Draft.PublishHint ?></p>
<p class="acts"><button class="button"><?cs var:Lang.Draft.PublishNow ?></button> <a class="button quiet" href="/drafts/<?cs var:Draft.Ref ?>"><?cs var:Lang.Reach.Fix ?></a></p>
</form><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/drafts/<?cs var:Draft.Ref ?>/preview"><?cs var:Lang.Draft.Preview ?></a></p>
<p class="eyebrow"><?cs call:tlp(Advisory) ?> <?cs call:severity(Advisory) ?></p>
<h1><?cs var:Lang.Draft.PublishTitle ?></h1>
<p class="standfirst"><?cs var:Advisory.Title ?></p><?cs if:Draft.IsStale ?>
<div class="notice warn" role="alert">
<h2><?cs var:Lang.Reach.Stale ?></h2>
<p><?cs var:Lang.Reach.StaleText ?></p>
</div><?cs /if ?><?cs if:Draft.IsIncomplete ?><?cs call:missing() ?><?cs elif:Reach.IsEmpty ?>
<div class="notice bad">
<h2><?cs var:Lang.Reach.Empty ?></h2>
<p><?cs var:Lang.Reach.EmptyText ?></p>
<p class="acts"><a class="button" href="/drafts/<?cs var:Draft.Ref ?>"><?cs var:Lang.Reach.Fix ?></a></p>
</div><?cs /if ?><?cs if:!Reach.IsEmpty ?><?cs call:reach_tiles() ?>
<p><?cs if:Reach.IsPublic ?><b><?cs var:Lang.Reach.Public ?></b><?cs else ?><?cs var:Reach.Sentence ?><?cs /if ?></p><?cs if:!Draft.IsIncomplete ?><?cs call:publish_act() ?><?cs /if ?><?cs /if ?><?cs if:subcount(Reach.Rows) ?><?cs call:reach_table() ?><?cs /if ?><?cs /def ?>
