<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# What pages of a document share: see page/document_view.h for the data.
#
?><?cs def:document_eyebrow() ?>
<p class="eyebrow"><?cs call:tlp(Document) ?> <span class="tag"><?cs var:Document.Kind ?></span></p><?cs /def ?><?cs

def:document_title() ?><?cs if:Document.Title ?><span lang="<?cs var:Document.Speech ?>"><?cs var:Document.Title ?></span><?cs else ?><?cs var:Lang.Draft.Untitled ?><?cs /if ?><?cs /def ?><?cs

def:document_meta() ?>
<p class="lead meta"><span class="ref"><?cs var:Document.Ref ?></span><?cs if:Document.VersionText ?><span><?cs var:Document.VersionText ?></span><?cs /if ?><span><?cs var:Document.Organisation ?></span><?cs if:Document.Published.Iso ?><span><?cs call:date(Document.Published) ?></span><?cs elif:Document.Saved.Iso ?><span><?cs var:Lang.Draft.Saved ?> <?cs call:time(Document.Saved) ?></span><?cs /if ?></p><?cs /def ?><?cs

def:document_file() ?>
<section class="card file">
<h2><?cs var:Lang.Form.Label.file ?></h2><?cs if:Document.HasFile ?>
<p class="name wrap"><b><?cs var:Document.Filename ?></b></p>
<p class="meta"><span><?cs var:Document.Format ?></span><span><?cs var:Document.Size ?></span><span><?cs var:Document.LanguageName ?></span></p>
<p class="acts"><a class="button" href="<?cs var:url(Document.FileHref) ?>" download><?cs var:Lang.Document.Download ?><span class="aside"> (<?cs var:Document.Filename ?>)</span></a></p>
<details>
<summary><?cs var:Lang.Document.Digest ?></summary>
<p class="meta"><?cs var:Lang.Document.DigestHint ?></p><?cs call:digest(Document) ?>
</details><?cs else ?>
<p class="empty"><?cs var:Lang.Document.NoFile ?></p><?cs /if ?>
</section><?cs /def ?><?cs

def:document_link(x) ?>
<li><a href="/documents/<?cs var:x.Ref ?>" lang="<?cs var:x.Speech ?>" hreflang="<?cs var:x.Speech ?>"><?cs var:x.Title ?></a> <span class="meta"><span class="ref"><?cs var:x.Ref ?></span>, <?cs var:x.LanguageName ?></span></li><?cs /def ?><?cs

def:document_facts() ?>
<section class="card">
<h2><?cs var:Lang.Advisory.Facts ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Advisory.Ref ?></dt><dd class="ref"><?cs var:Document.Ref ?></dd>
<dt><?cs var:Lang.Document.Contributor ?></dt><dd><?cs if:User.Name ?><a href="/organisations/<?cs var:Document.OrganisationRef ?>"><?cs var:Document.Organisation ?></a><?cs else ?><?cs var:Document.Organisation ?><?cs /if ?></dd><?cs if:Document.Author && User.Name ?>
<dt><?cs var:Lang.Advisory.Author ?></dt><dd><?cs var:Document.Author ?></dd><?cs /if ?>
<dt><?cs var:Lang.Form.Label.kind ?></dt><dd><?cs var:Document.Kind ?></dd>
<dt><?cs var:Lang.Form.Label.language ?></dt><dd><?cs var:Document.LanguageName ?></dd>
<dt><?cs var:Lang.Tlp.Head ?></dt><dd><?cs call:tlp(Document) ?></dd><?cs if:Document.Published.Iso ?>
<dt><?cs var:Lang.Advisory.PublishedAt ?></dt><dd><?cs call:time(Document.Published) ?></dd><?cs /if ?><?cs if:Document.FirstPublished.Iso ?>
<dt><?cs var:Lang.Advisory.FirstPublished ?></dt><dd><?cs call:date(Document.FirstPublished) ?></dd><?cs /if ?><?cs if:Document.ReviewBy.Iso ?>
<dt><?cs var:Lang.Form.Label.review_by ?></dt><dd<?cs if:Document.IsReviewDue ?> class="due"<?cs /if ?>><?cs call:date(Document.ReviewBy) ?><?cs if:Document.IsReviewDue ?> (<?cs var:Lang.Document.Overdue ?>)<?cs /if ?></dd><?cs /if ?>
<dt><?cs var:Lang.Organisation.Sectors ?></dt><dd><?cs if:subcount(Document.Sectors) ?><?cs call:sector_words(Document) ?><?cs else ?><?cs var:Lang.Document.AllSectors ?><?cs /if ?></dd><?cs if:subcount(Document.Measures) ?>
<dt><?cs var:Lang.Measure.Head ?></dt><dd><?cs each:m = Document.Measures ?><?cs var:m.Name ?><?cs if:!last(m) ?>, <?cs /if ?><?cs /each ?></dd><?cs /if ?><?cs if:subcount(Document.Circles) ?>
<dt><?cs var:Lang.Advisory.AddressedTo ?></dt><dd><?cs each:c = Document.Circles ?><?cs var:c.Name ?><?cs if:!last(c) ?>, <?cs /if ?><?cs /each ?></dd><?cs /if ?>
</dl>
</section><?cs if:subcount(Document.Related) || Document.TranslationOf.Ref || subcount(Document.Translations) ?>
<section class="card"><?cs if:Document.TranslationOf.Ref ?>
<h2><?cs var:Lang.Form.Label.translation_of ?></h2>
<ul class="plainlist"><?cs call:document_link(Document.TranslationOf) ?></ul><?cs /if ?><?cs if:subcount(Document.Translations) ?>
<h2><?cs var:Lang.Document.Translations ?></h2>
<ul class="plainlist"><?cs each:t = Document.Translations ?><?cs call:document_link(t) ?><?cs /each ?>
</ul><?cs /if ?><?cs if:subcount(Document.Related) ?>
<h2><?cs var:Lang.Form.Label.related ?></h2>
<ul class="plainlist"><?cs each:r = Document.Related ?><?cs call:document_link(r) ?><?cs /each ?>
</ul><?cs /if ?>
</section><?cs /if ?><?cs /def ?>
