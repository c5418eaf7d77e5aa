<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Who has opened a document and had its file, by organisation: for its
# contributor alone.  Needs: Document.*, Reach.*, Sums.{Opened,Downloaded},
# Readings.N.{Organisation,Person,IsOwn,PeopleText,DownloadsText,First,
# Downloaded}.
#
?><?cs include!"frame/document.cs" ?><?cs def:title() ?><?cs var:Lang.Document.SeeReadings ?> · <?cs var:Document.Ref ?><?cs /def ?><?cs

def:reading(r) ?>
<tr role="row"<?cs if:r.IsOwn ?> class="own"<?cs /if ?>>
<th role="rowheader" scope="row"><?cs var:r.Organisation ?><?cs if:r.Person ?> <span class="meta"><?cs var:r.Person ?></span><?cs /if ?></th>
<td role="cell" data-label="<?cs var:Lang.Document.OpenedBy ?>"><?cs var:r.PeopleText ?></td>
<td role="cell" data-label="<?cs var:Lang.Answer.Opened ?>"><?cs call:time(r.First) ?></td>
<td role="cell" data-label="<?cs var:Lang.Document.DownloadedBy ?>"><?cs if:r.DownloadsText ?><?cs var:r.DownloadsText ?><?cs else ?><span class="meta">–</span><?cs /if ?></td>
<td role="cell" data-label="<?cs var:Lang.Document.DownloadedLast ?>"><?cs if:r.Downloaded.Iso ?><?cs call:time(r.Downloaded) ?><?cs else ?><span class="meta">–</span><?cs /if ?></td>
</tr><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/documents/<?cs var:Document.Ref ?>"><?cs var:Document.Ref ?></a></p><?cs call:document_eyebrow() ?>
<h1><?cs var:Lang.Document.SeeReadings ?></h1>
<p class="standfirst"><?cs call:document_title() ?></p>
<p class="lead"><?cs var:Lang.Document.ReadingsLead ?></p>
<dl class="tiles"><?cs if:Reach.Text ?>
<div><dt><?cs var:Lang.Advisory.ReachMay ?></dt><dd><?cs if:Reach.IsPublic ?><?cs var:Lang.Advisory.ReachPublic ?><?cs else ?><?cs var:Reach.People ?><?cs /if ?></dd></div><?cs /if ?>
<div><dt><?cs var:Lang.Answer.HaveOpened ?></dt><dd><?cs var:Sums.Opened ?></dd></div>
<div><dt><?cs var:Lang.Document.HaveDownloaded ?></dt><dd><?cs var:Sums.Downloaded ?></dd></div>
</dl><?cs if:subcount(Readings) ?>
<div class="card flush">
<table class="stack" role="table">
<caption class="aside"><?cs var:Lang.Document.SeeReadings ?></caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><?cs var:Lang.Reach.Organisation ?></th><th role="columnheader" scope="col"><?cs var:Lang.Document.OpenedBy ?></th><th role="columnheader" scope="col"><?cs var:Lang.Answer.Opened ?></th><th role="columnheader" scope="col"><?cs var:Lang.Document.DownloadedBy ?></th><th role="columnheader" scope="col"><?cs var:Lang.Document.DownloadedLast ?></th></tr></thead>
<tbody role="rowgroup"><?cs each:r = Readings ?><?cs call:reading(r) ?><?cs /each ?>
</tbody>
</table>
</div><?cs else ?>
<p class="card empty"><?cs var:Lang.Document.ReadingsEmpty ?></p><?cs /if ?><?cs /def ?>
