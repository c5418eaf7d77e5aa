<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A row of a list of documents, kept by what it shows; of a search, with a
# sign in place of title and summary.  Needs: Ref, Title, Summary, Speech (its language),
# LanguageName, Kind, Label, LabelWord, IsUnread, IsDraft, IsWithdrawn,
# IsWritten (a version that is being written: to its form), Organisation,
# SectorNames, Format, Size, Published, UsesText, ReviewsText, ReviewBy,
# IsReviewDue.
#
?>
<li<?cs if:IsUnread ?> class="unread"<?cs /if ?>>
<h3 class="title"><?cs if:IsUnread ?><span class="aside"><?cs var:Lang.Advisory.Unread ?></span> <?cs /if ?><a href="/documents/<?cs var:Ref ?><?cs if:IsWritten ?>/edit<?cs /if ?>" lang="<?cs var:Speech ?>"><?cs if:Title ?><?cs var:Title ?><?cs else ?><?cs var:Lang.Draft.Untitled ?><?cs /if ?></a></h3>
<p class="marks"><span class="tag"><?cs var:Kind ?></span> <span class="tlp tlp-<?cs var:LabelWord ?>" translate="no"><?cs var:Label ?></span></p><?cs if:Summary ?>
<p class="excerpt" lang="<?cs var:Speech ?>"><?cs var:Summary ?></p><?cs /if ?>
<p class="meta"><span class="ref"><?cs var:Ref ?></span><?cs if:IsDraft ?><span class="tag"><?cs var:Lang.State.draft ?></span><?cs elif:IsWithdrawn ?><span class="tag warn"><?cs var:Lang.State.withdrawn ?></span><?cs elif:IsWritten ?><span class="tag"><?cs var:Lang.Document.NextVersion ?></span><?cs /if ?><span><?cs var:Organisation ?></span><span><?cs var:LanguageName ?></span><?cs if:Format ?><span><?cs var:Format ?>, <?cs var:Size ?></span><?cs /if ?><?cs if:SectorNames ?><span><?cs var:SectorNames ?></span><?cs /if ?><?cs if:Published.Iso ?><span><time datetime="<?cs var:Published.Iso ?>"><?cs var:Published.Date ?></time></span><?cs /if ?><?cs if:UsesText ?><span class="said"><?cs var:UsesText ?></span><?cs /if ?><?cs if:ReviewsText ?><span class="said"><?cs var:ReviewsText ?></span><?cs /if ?><?cs if:ReviewBy.Iso ?><span<?cs if:IsReviewDue ?> class="due"<?cs /if ?>><?cs if:IsReviewDue ?><?cs var:Lang.Document.WasDue ?><?cs else ?><?cs var:Lang.Document.DueBy ?><?cs /if ?> <time datetime="<?cs var:ReviewBy.Iso ?>"><?cs var:ReviewBy.Date ?></time></span><?cs /if ?></p>
</li>
