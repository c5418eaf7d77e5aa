<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A structured document (CSAF) below the text of an advisory, kept by revision.
# Needs: Document.* (see page/csaf_view.c).
#
?><?cs include!"frame/macros.cs" ?><?cs def:outside(x) ?><?cs if:x.Url ?><a class="outside" href="<?cs var:url(x.Url) ?>" rel="noreferrer noopener"><?cs var:x.Url ?></a><?cs /if ?><?cs /def ?><?cs

def:document_products(x) ?><?cs if:subcount(x.Products) ?>
<ul class="names"><?cs each:p = x.Products ?>
<li><?cs var:p.Name ?></li><?cs /each ?>
</ul><?cs /if ?><?cs /def ?><?cs

def:document_note(n) ?>
<section class="note">
<h3><?cs if:n.Title ?><?cs var:n.Title ?><?cs else ?><?cs var:n.Category ?><?cs /if ?></h3>
<p class="lines"><?cs var:n.Text ?></p>
</section><?cs /def ?><?cs

def:document_references(x) ?>
<ul class="plainlist"><?cs each:r = x.References ?>
<li><?cs if:r.Title ?><span><?cs var:r.Title ?></span> <?cs /if ?><?cs call:outside(r) ?><?cs if:r.Text ?><span class="code"><?cs var:r.Text ?></span><?cs /if ?></li><?cs /each ?>
</ul><?cs /def ?><?cs

def:document_thanks(x) ?>
<ul class="plainlist"><?cs each:t = x.Acknowledgements ?>
<li><?cs if:t.Names ?><b><?cs var:t.Names ?></b><?cs if:t.Organisation ?>, <?cs /if ?><?cs /if ?><?cs var:t.Organisation ?><?cs if:t.Text ?> <span class="lines"><?cs var:t.Text ?></span><?cs /if ?> <?cs call:outside(t) ?></li><?cs /each ?>
</ul><?cs /def ?><?cs

def:document_score(s) ?>
<div class="score">
<p class="score-badge severity<?cs if:s.SeverityWord ?> severity-<?cs var:s.SeverityWord ?><?cs /if ?>"><b><?cs var:s.Score ?></b> <?cs var:s.Severity ?></p>
<div><p class="meta">CVSS <?cs var:s.Version ?></p><p class="code wrap" translate="no"><?cs var:s.Vector ?></p><?cs call:document_products(s) ?></div>
</div><?cs /def ?><?cs

def:document_status(s) ?>
<details class="status status-<?cs var:s.Word ?>"<?cs if:s.Word == "known_affected" ?> open<?cs /if ?>>
<summary><?cs var:s.Status ?><?cs if:s.Count ?> <span class="count"><?cs var:s.Count ?></span><?cs /if ?></summary><?cs if:subcount(s.Products) ?><?cs call:document_products(s) ?><?cs else ?>
<p class="meta"><?cs var:Lang.Csaf.ProductsAll ?></p><?cs /if ?>
</details><?cs /def ?><?cs

def:document_remedy(r) ?>
<li>
<p><b><?cs var:r.Category ?></b><?cs if:r.Restart ?> <span class="tag"><?cs var:r.Restart ?></span><?cs /if ?><?cs if:r.Date.Iso ?> <span class="meta"><?cs call:date(r.Date) ?></span><?cs /if ?></p><?cs if:r.Text ?>
<p class="lines"><?cs var:r.Text ?></p><?cs /if ?><?cs if:r.Url ?>
<p><?cs call:outside(r) ?></p><?cs /if ?><?cs if:subcount(r.Products) ?>
<details><summary><?cs var:Lang.Csaf.Products ?> <span class="count"><?cs var:subcount(r.Products) ?></span></summary><?cs call:document_products(r) ?></details><?cs /if ?>
</li><?cs /def ?><?cs

def:document_vulnerability(w, is_open) ?>
<details class="card vulnerability"<?cs if:is_open ?> open<?cs /if ?>>
<summary><h3><span class="code" translate="no"><?cs var:w.Id ?></span> <?cs if:w.Title ?><?cs var:w.Title ?><?cs elif:!w.Id ?><?cs var:Lang.Csaf.Vulnerability ?><?cs /if ?></h3><?cs if:w.Worst.Severity ?> <span class="severity severity-<?cs var:w.Worst.SeverityWord ?>"><?cs var:w.Worst.Score ?> <?cs var:w.Worst.Severity ?></span><?cs /if ?></summary><?cs if:w.Cwe ?>
<p class="meta"><?cs var:Lang.Csaf.Cwe ?> <?cs var:w.Cwe ?></p><?cs /if ?><?cs each:n = w.Notes ?>
<h4><?cs if:n.Title ?><?cs var:n.Title ?><?cs else ?><?cs var:n.Category ?><?cs /if ?></h4>
<p class="lines"><?cs var:n.Text ?></p><?cs /each ?><?cs if:subcount(w.Scores) ?>
<h4><?cs var:Lang.Csaf.Scores ?></h4><?cs each:s = w.Scores ?><?cs call:document_score(s) ?><?cs /each ?><?cs /if ?><?cs if:subcount(w.Statuses) ?>
<h4><?cs var:Lang.Csaf.Statuses ?></h4><?cs each:s = w.Statuses ?><?cs call:document_status(s) ?><?cs /each ?><?cs /if ?><?cs if:subcount(w.Remediations) ?>
<h4><?cs var:Lang.Csaf.Remediations ?></h4>
<ul class="plainlist remedies"><?cs each:r = w.Remediations ?><?cs call:document_remedy(r) ?><?cs /each ?>
</ul><?cs /if ?><?cs if:subcount(w.References) ?>
<h4><?cs var:Lang.Csaf.References ?></h4><?cs call:document_references(w) ?><?cs /if ?><?cs if:subcount(w.Acknowledgements) ?>
<h4><?cs var:Lang.Csaf.Acknowledgements ?></h4><?cs call:document_thanks(w) ?><?cs /if ?>
</details><?cs /def ?>
<section class="document" aria-label="<?cs var:Lang.Csaf.Title ?>"><?cs if:subcount(Document.Vulnerabilities) ?>
<h2><?cs var:Lang.Csaf.Vulnerabilities ?> <span class="count"><?cs var:subcount(Document.Vulnerabilities) ?></span></h2><?cs if:subcount(Document.Vulnerabilities) < #6 ?><?cs each:w = Document.Vulnerabilities ?><?cs call:document_vulnerability(w, "1") ?><?cs /each ?><?cs else ?><?cs each:w = Document.Vulnerabilities ?><?cs call:document_vulnerability(w, "") ?><?cs /each ?><?cs /if ?><?cs /if ?><?cs if:subcount(Document.Products) ?>
<h2><?cs var:Lang.Csaf.Products ?></h2>
<details class="card"<?cs if:subcount(Document.Products) < #13 ?> open<?cs /if ?>>
<summary><?cs var:Lang.Csaf.ProductTree ?> <span class="count"><?cs var:subcount(Document.Products) ?></span></summary>
<ul class="tree"><?cs each:p = Document.Products ?>
<li class="depth-<?cs var:p.Depth ?>"><span class="kind"><?cs var:p.Category ?></span> <?cs if:p.Title ?><span><?cs var:p.Title ?></span><?cs /if ?><?cs if:p.Text ?> <span class="lines meta"><?cs var:p.Text ?></span><?cs /if ?></li><?cs /each ?>
</ul>
</details><?cs /if ?><?cs if:subcount(Document.Notes) ?>
<h2><?cs var:Lang.Csaf.Notes ?></h2><?cs each:n = Document.Notes ?><?cs call:document_note(n) ?><?cs /each ?><?cs /if ?><?cs if:subcount(Document.References) ?>
<h2><?cs var:Lang.Csaf.References ?></h2><?cs call:document_references(Document) ?><?cs /if ?><?cs if:subcount(Document.Acknowledgements) ?>
<h2><?cs var:Lang.Csaf.Acknowledgements ?></h2><?cs call:document_thanks(Document) ?><?cs /if ?><?cs if:subcount(Document.History) ?>
<h2><?cs var:Lang.Csaf.History ?></h2>
<ol class="history"><?cs each:h = Document.History ?>
<li><span class="ref"><?cs var:Lang.Csaf.Version ?> <?cs var:h.Version ?></span><?cs if:h.Date.Iso ?> <span class="meta"><?cs call:date(h.Date) ?></span><?cs /if ?><p class="lines"><?cs var:h.Summary ?></p></li><?cs /each ?>
</ol><?cs /if ?>
</section>
