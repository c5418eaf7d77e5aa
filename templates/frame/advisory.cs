<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The text of one advisory, for the pages that read it and preview it.
# Needs: Advisory.*, Document.* (see page/advisory_view.c, csaf_view.c).
#
?><?cs def:advisory_head() ?>
<p class="eyebrow"><?cs call:tlp(Advisory) ?> <?cs call:severity(Advisory) ?></p>
<h1><?cs if:Advisory.Title ?><?cs var:Advisory.Title ?><?cs else ?><?cs var:Lang.Draft.Untitled ?><?cs /if ?></h1>
<p class="lead meta"><span class="ref"><?cs var:Advisory.Ref ?></span><?cs if:Advisory.RevisionText ?><span><?cs var:Advisory.RevisionText ?></span><?cs /if ?><span><?cs var:Advisory.Organisation ?></span><?cs if:Advisory.Published.Iso ?><span><?cs call:time(Advisory.Published) ?></span><?cs /if ?></p><?cs /def ?><?cs

def:advisory_text() ?><?cs if:Advisory.Change ?>
<section class="changed">
<h2><?cs var:Lang.Advisory.Changed ?></h2>
<p class="lines"><?cs var:Advisory.Change ?></p>
</section><?cs /if ?><?cs if:Advisory.Summary ?>
<p class="standfirst lines"><?cs var:Advisory.Summary ?></p><?cs /if ?><?cs if:Advisory.Happened ?>
<section>
<h2><?cs var:Lang.Advisory.Happened ?></h2>
<div class="prose"><?cs var:html(Advisory.Happened) ?></div>
</section><?cs /if ?><?cs if:Advisory.Todo ?>
<section class="todo">
<h2><?cs var:Lang.Advisory.Todo ?></h2>
<div class="prose"><?cs var:html(Advisory.Todo) ?></div>
</section><?cs /if ?><?cs if:subcount(Advisory.Products) ?><?cs if:!Document.Has ?>
<section>
<h2><?cs var:Lang.Advisory.Products ?></h2>
<ul class="plainlist"><?cs each:p = Advisory.Products ?>
<li><?cs var:p.Name ?></li><?cs /each ?>
</ul>
</section><?cs /if ?><?cs /if ?><?cs if:subcount(Advisory.Cves) ?><?cs if:!Document.Has ?>
<section>
<h2><?cs var:Lang.Advisory.Cves ?></h2>
<ul class="tags" translate="no"><?cs each:c = Advisory.Cves ?>
<li class="tag code"><?cs var:c.Id ?></li><?cs /each ?>
</ul>
</section><?cs /if ?><?cs /if ?><?cs /def ?><?cs

def:advisory_facts() ?>
<section class="card">
<h2><?cs var:Lang.Advisory.Facts ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Advisory.Ref ?></dt><dd class="ref"><?cs var:Advisory.Ref ?></dd>
<dt><?cs var:Lang.Advisory.Source ?></dt><dd><?cs if:User.Name ?><a href="/organisations/<?cs var:Advisory.OrganisationRef ?>"><?cs var:Advisory.Organisation ?></a><?cs else ?><?cs var:Advisory.Organisation ?><?cs /if ?></dd><?cs if:Advisory.Author && User.Name ?>
<dt><?cs var:Lang.Advisory.Author ?></dt><dd><?cs var:Advisory.Author ?></dd><?cs /if ?><?cs if:Advisory.Published.Iso ?>
<dt><?cs var:Lang.Advisory.PublishedAt ?></dt><dd><?cs call:time(Advisory.Published) ?></dd><?cs /if ?><?cs if:Advisory.RevisionText && Advisory.FirstPublished.Iso ?>
<dt><?cs var:Lang.Advisory.FirstPublished ?></dt><dd><?cs call:time(Advisory.FirstPublished) ?></dd><?cs /if ?>
<dt><?cs var:Lang.Tlp.Head ?></dt><dd><?cs call:tlp(Advisory) ?></dd><?cs if:Advisory.Severity ?>
<dt><?cs var:Lang.Severity.Head ?></dt><dd><?cs call:severity(Advisory) ?></dd><?cs /if ?><?cs if:subcount(Advisory.Sectors) ?>
<dt><?cs var:Lang.Organisation.Sectors ?></dt><dd><?cs call:sector_words(Advisory) ?></dd><?cs /if ?><?cs if:subcount(Advisory.Circles) ?>
<dt><?cs var:Lang.Advisory.AddressedTo ?></dt><dd><?cs each:c = Advisory.Circles ?><?cs var:c.Name ?><?cs if:!last(c) ?>, <?cs /if ?><?cs /each ?></dd><?cs /if ?><?cs if:Advisory.AnswerBy.Iso ?>
<dt><?cs var:Lang.Answer.AskedBy ?></dt><dd<?cs if:Advisory.IsDue && !Mine.State ?> class="due"<?cs /if ?>><?cs call:date(Advisory.AnswerBy) ?></dd><?cs /if ?><?cs if:Advisory.ForeignId ?>
<dt><?cs var:Lang.Advisory.ForeignId ?></dt><dd class="ref"><?cs var:Advisory.ForeignId ?></dd><?cs /if ?>
</dl><?cs if:Advisory.HasSource && !Advisory.IsWithdrawn ?>
<p class="more"><a href="/advisories/<?cs var:Advisory.Ref ?>/source"><?cs var:Lang.Advisory.OriginalGet ?></a></p>
<p class="meta"><?cs var:Lang.Advisory.OriginalHint ?></p><?cs /if ?>
</section><?cs /def ?>
