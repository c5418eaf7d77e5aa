<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# One version, which never changes.  Needs: Agreement.{Ref,Title,IsParty},
# Version.* (agreement_view_version()), Before, Signatures.N.{Organisation,
# Person,WayWord,KeyNumber,Signed,IsVoid,File}.
#
?><?cs include!"frame/agreement.cs" ?><?cs def:title() ?><?cs var:Lang.Agreement.Version ?> <?cs var:Version.Number ?> · <?cs var:Agreement.Ref ?><?cs /def ?><?cs

def:version_check() ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Check ?></h2>
<p class="meta"><?cs var:Lang.Agreement.CheckHint ?></p><?cs call:digest(Version) ?>
<p><a href="/agreements/<?cs var:Agreement.Ref ?>/versions/<?cs var:Version.Number ?>/canonical" download><?cs var:Lang.Agreement.CanonicalGet ?></a></p><?cs if:subcount(Signatures) ?><?cs call:agreement_signature_files() ?><?cs /if ?>
</section><?cs /def ?><?cs

def:version_signatures() ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Signatures ?></h2>
<ul class="plainlist parties"><?cs each:s = Signatures ?>
<li><p><b><?cs var:s.Organisation ?></b><?cs if:s.IsVoid ?> <span class="tag"><?cs var:Lang.Agreement.IsVoid ?></span><?cs /if ?></p>
<p class="meta"><span><?cs var:s.WayWord ?><?cs if:s.KeyNumber ?> <span class="code" translate="no"><?cs var:s.KeyNumber ?></span><?cs /if ?></span><?cs if:s.Person ?><span><?cs var:s.Person ?></span><?cs /if ?><span><?cs call:time(s.Signed) ?></span></p><?cs if:s.File ?>
<p class="meta"><a href="<?cs var:url(s.File) ?>" download><?cs var:Lang.Agreement.SignatureGet ?><span class="aside"> (<?cs var:s.Organisation ?>)</span></a></p><?cs /if ?></li><?cs /each ?>
</ul>
</section><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/agreements/<?cs var:Agreement.Ref ?>"<?cs call:lang(Agreement.Lang) ?>><?cs var:Agreement.Title ?></a></p>
<p class="eyebrow"><?cs if:Version.IsCurrent ?><span class="tag"><?cs var:Lang.Agreement.IsCurrent ?></span><?cs else ?><span class="tag"><?cs var:Lang.Agreement.IsOlder ?></span><?cs /if ?></p>
<h1<?cs call:lang(Version.Lang) ?>><?cs if:Version.Title ?><?cs var:Version.Title ?><?cs else ?><?cs var:Agreement.Title ?><?cs /if ?></h1>
<p class="lead meta"><span class="ref"><?cs var:Agreement.Ref ?></span><span><?cs var:Lang.Agreement.Version ?> <?cs var:Version.Number ?></span><span><?cs var:Version.Organisation ?><?cs if:Version.Author ?>, <?cs var:Version.Author ?><?cs /if ?></span><span><?cs call:time(Version.Proposed) ?></span></p><?cs if:!Version.IsCurrent ?>
<div class="notice warn"><p><?cs var:Lang.Agreement.OlderHint ?></p></div><?cs /if ?>
<div class="two">
<div><?cs if:Version.Change ?>
<section class="changed"><h2><?cs var:Lang.Form.Label.change ?></h2><p class="lines"><?cs var:Version.Change ?></p></section><?cs /if ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Opens ?></h2><?cs call:agreement_terms(Version.Terms) ?>
</section><?cs if:Version.Text ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Text ?></h2>
<div class="prose"<?cs call:lang(Version.Lang) ?>><?cs var:html(Version.Text) ?></div>
</section><?cs call:agreement_typed(Version.Typed, Version.Lang) ?><?cs /if ?></div>
<aside aria-label="<?cs var:Lang.Agreement.Aside ?>"><?cs if:Before ?>
<section class="card">
<p><a href="/agreements/<?cs var:Agreement.Ref ?>/compare?from=<?cs var:Before ?>&amp;to=<?cs var:Version.Number ?>"><?cs var:Lang.Agreement.CompareWith ?> <?cs var:Before ?></a></p>
</section><?cs /if ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Parties ?></h2>
<ol class="plainlist parties"><?cs each:p = Version.Parties ?>
<li><p><b><?cs var:p.Name ?></b></p><p class="meta"><?cs var:p.Kind ?></p></li><?cs /each ?>
</ol><?cs if:Version.WhyOneKind ?>
<h3><?cs var:Lang.Form.Label.why_one_kind ?></h3>
<p class="lines"><?cs var:Version.WhyOneKind ?></p><?cs /if ?>
</section><?cs if:subcount(Signatures) ?><?cs call:version_signatures() ?><?cs /if ?><?cs if:Version.Digest ?><?cs call:version_check() ?><?cs /if ?></aside>
</div><?cs /def ?>
