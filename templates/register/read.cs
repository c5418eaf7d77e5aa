<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A published agreement: the whole, or title, parties and terms.  Needs:
# Agreement.*, Parties.N (see page/agreement_view.h), Paper with a label,
# IsInsider; User.
#
?><?cs include!"frame/agreement.cs" ?><?cs def:title() ?><?cs var:Agreement.Title ?> · <?cs var:Agreement.Ref ?><?cs /def ?><?cs

def:register_party(p) ?>
<li>
<p><?cs if:User.Name ?><a class="title" href="/organisations/<?cs var:p.Ref ?>"><?cs var:p.Name ?></a><?cs else ?><span class="title"><?cs var:p.Name ?></span><?cs /if ?></p>
<p class="meta"><?cs var:p.Kind ?><?cs if:p.Country ?>, <?cs var:p.Country ?><?cs /if ?></p><?cs if:p.HasSigned ?>
<p class="meta"><?cs if:p.Way ?><?cs var:p.Way ?>, <?cs /if ?><?cs call:time(p.Signed) ?><?cs if:p.IsKeyRevoked ?> <span class="tag"><?cs var:Lang.Agreement.KeyRevoked ?></span><?cs /if ?></p><?cs if:p.KeyNumber && Agreement.Text ?>
<p class="more"><a href="/register/<?cs var:Agreement.Ref ?>/signatures/<?cs var:p.Ref ?>" download><?cs var:Lang.Agreement.SignatureGet ?><span class="aside"> (<?cs var:p.Name ?>)</span></a></p><?cs /if ?><?cs /if ?>
</li><?cs /def ?><?cs

def:register_notices() ?><?cs if:IsInsider ?>
<div class="notice preview"><p><?cs var:Lang.Register.Insider ?> <a href="/agreements/<?cs var:Agreement.Ref ?>"><?cs var:Lang.Register.InsiderGo ?></a></p></div><?cs /if ?><?cs if:Agreement.End ?>
<div class="notice"><p><?cs var:Agreement.End ?></p></div><?cs /if ?><?cs /def ?><?cs

def:register_facts() ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Parties ?></h2>
<ul class="plainlist parties"><?cs each:p = Parties ?><?cs call:register_party(p) ?><?cs /each ?>
</ul>
</section>
<section class="card">
<h2><?cs var:Lang.Register.Facts ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Register.Signed ?></dt><dd><?cs call:time(Agreement.Signed) ?></dd>
<dt><?cs var:Lang.Register.From ?></dt><dd><?cs call:date(Agreement.From) ?></dd>
<dt><?cs var:Lang.Register.Until ?></dt><dd><?cs if:Agreement.UntilText ?><?cs var:Agreement.UntilText ?><?cs else ?><?cs var:Lang.Agreement.None.until ?><?cs /if ?></dd>
<dt><?cs var:Lang.Register.PublishedOn ?></dt><dd><?cs call:date(Agreement.Published) ?></dd>
<dt><?cs var:Lang.Register.To ?></dt><dd><?cs var:Agreement.PublicationTo ?><?cs var:Lang.Common.Colon ?> <?cs var:Agreement.ExtentWord ?></dd>
</dl>
</section><?cs /def ?><?cs

def:register_check() ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Check ?></h2>
<p class="meta"><?cs var:Lang.Agreement.CheckHint ?></p><?cs call:digest(Agreement) ?>
<p class="more"><a href="/register/<?cs var:Agreement.Ref ?>/canonical" download><?cs var:Lang.Agreement.CanonicalGet ?></a></p>
</section><?cs /def ?><?cs

def:body() ?>
<article class="sheet">
<p class="sheet-label" aria-hidden="true"><?cs call:tlp(Paper) ?></p>
<p class="back"><a href="/register"><?cs var:Lang.Register.Title ?></a></p>
<p class="eyebrow"><?cs call:tlp(Paper) ?> <?cs call:agreement_state(Agreement) ?> <span class="tag"><?cs var:Agreement.KindWord ?></span></p>
<h1<?cs call:lang(Agreement.Lang) ?>><?cs var:Agreement.Title ?></h1>
<p class="lead meta"><span class="ref"><?cs var:Agreement.Ref ?></span><?cs if:Agreement.VersionText ?><span><?cs var:Agreement.VersionText ?></span><?cs /if ?><span><?cs var:Agreement.Organisation ?></span></p><?cs call:register_notices() ?>
<div class="two">
<div><?cs if:Agreement.Terms.NoticeText ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Opens ?></h2><?cs call:agreement_terms(Agreement.Terms) ?>
</section><?cs /if ?><?cs if:Agreement.Text ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Text ?></h2>
<div class="prose"<?cs call:lang(Agreement.Lang) ?>><?cs var:html(Agreement.Text) ?></div>
</section><?cs else ?>
<p class="card empty"><?cs var:Lang.Register.TermsOnly ?></p><?cs /if ?></div>
<aside aria-label="<?cs var:Lang.Agreement.Aside ?>"><?cs call:register_facts() ?><?cs if:Agreement.Digest ?><?cs call:register_check() ?><?cs /if ?></aside>
</div>
<p class="sheet-label end" aria-hidden="true"><?cs call:tlp(Paper) ?></p>
</article><?cs /def ?>
