<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A row of a list of advisories, kept by what it shows; of a search, with a
# sign in place of title and summary.  Needs: IsUnread, Ref, Title, Summary,
# Severity, SeverityWord, Label, LabelWord, Organisation, SectorNames,
# Published, HasState, IsDraft; IsAsked with Answer, or AnswerBy and IsDue.
#
?>
<li<?cs if:IsUnread ?> class="unread">
<h3 class="title"><span class="aside"><?cs var:Lang.Advisory.Unread ?></span> <?cs else ?>>
<h3 class="title"><?cs /if ?><a href="/advisories/<?cs var:Ref ?>"><?cs var:Title ?></a></h3>
<p class="marks"><?cs if:Severity ?><span class="severity severity-<?cs var:SeverityWord ?>"><?cs var:Severity ?></span> <?cs /if ?><span class="tlp tlp-<?cs var:LabelWord ?>" translate="no"><?cs var:Label ?></span></p><?cs if:Summary ?>
<p class="excerpt"><?cs var:Summary ?></p><?cs /if ?>
<p class="meta"><span class="ref"><?cs var:Ref ?></span><?cs if:HasState ?><?cs if:IsDraft ?><span class="tag"><?cs var:Lang.State.draft ?></span><?cs else ?><span class="tag warn"><?cs var:Lang.State.withdrawn ?></span><?cs /if ?><?cs /if ?><span><?cs var:Organisation ?></span><?cs if:SectorNames ?><span><?cs var:SectorNames ?></span><?cs /if ?><span><time datetime="<?cs var:Published.Iso ?>"><?cs var:Published.Date ?></time></span><?cs if:Answer ?><span class="said"><?cs var:Lang.Answer.YouSaid ?> <?cs var:Answer ?></span><?cs elif:IsAsked ?><span<?cs if:IsDue ?> class="due"<?cs /if ?>><?cs if:IsDue ?><?cs var:Lang.Answer.WasDue ?><?cs else ?><?cs var:Lang.Answer.DueBy ?><?cs /if ?> <time datetime="<?cs var:AnswerBy.Iso ?>"><?cs var:AnswerBy.Date ?></time></span><?cs /if ?></p>
</li>
