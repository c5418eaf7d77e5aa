<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# What is signed, and the two ways to sign it.  Needs: Agreement.*, Parties.N
# (page/agreement_view.h), Form.* (fields_agreement_sign), Keys.N.{Number,
# PublicKey}, IsLast, IsStale, StaleVersion (the one that was read).
#
?><?cs include!"frame/agreement.cs" ?><?cs def:title() ?><?cs var:Lang.Agreement.SignGo ?> · <?cs var:Agreement.Ref ?><?cs /def ?><?cs

def:sign_keys(way) ?><?cs call:form_keys() ?><input type="hidden" name="way" value="<?cs var:way ?>"><input type="hidden" name="version" value="<?cs var:Agreement.Version ?>"><input type="hidden" name="digest" value="<?cs var:Agreement.Digest ?>"><?cs /def ?><?cs

def:sign_portal() ?>
<form class="card accent" method="post" action="/agreements/<?cs var:Agreement.Ref ?>/sign" novalidate><?cs call:sign_keys("portal") ?>
<h2><?cs var:Lang.Agreement.SignPortal ?></h2>
<p><?cs var:Lang.Agreement.SignPortalHint ?></p><?cs
call:field_flag(Form.agree, "agree", Lang.Agreement.SignAgree, "") ?>
<p class="acts"><button class="button"><?cs var:Lang.Agreement.SignNow ?></button> <a href="/agreements/<?cs var:Agreement.Ref ?>"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?><?cs

def:sign_minisign() ?>
<section class="card">
<h2><?cs var:Lang.Agreement.SignMinisign ?></h2>
<p><?cs var:Lang.Agreement.SignMinisignHint ?></p><?cs if:subcount(Keys) ?>
<p class="meta"><?cs var:Lang.Agreement.SignKeys ?> <?cs each:k = Keys ?><span class="code" translate="no"><?cs var:k.Number ?></span><?cs if:!last(k) ?>, <?cs /if ?><?cs /each ?></p>
<ol class="ways">
<li><a href="/agreements/<?cs var:Agreement.Ref ?>/versions/<?cs var:Agreement.Version ?>/canonical" download><?cs var:Lang.Agreement.SignStepGet ?></a></li>
<li><?cs var:Lang.Agreement.SignStepSum ?> <code translate="no">sha256sum <?cs var:Agreement.Ref ?>-v<?cs var:Agreement.Version ?>.json</code></li>
<li><?cs var:Lang.Agreement.SignStepSign ?> <code translate="no">minisign -S -s organisation.key -m <?cs var:Agreement.Ref ?>-v<?cs var:Agreement.Version ?>.json</code></li>
<li><?cs var:Lang.Agreement.SignStepBring ?></li>
</ol>
<form method="post" action="/agreements/<?cs var:Agreement.Ref ?>/sign" enctype="multipart/form-data" novalidate><?cs call:sign_keys("minisign") ?><?cs
call:field_file(Form.file, "file", Lang.Form.Label.signature, Lang.Agreement.SignFileHint, ".minisig") ?><?cs
call:field_prose(Form.pasted, "pasted", Lang.Form.Label.pasted, Lang.Agreement.SignPastedHint, "5") ?>
<p class="acts"><button class="button quiet"><?cs var:Lang.Agreement.SignSend ?></button></p>
</form><?cs else ?>
<p class="meta"><?cs var:Lang.Agreement.SignNoKey ?> <a href="/keys"><?cs var:Lang.Agreement.SignNoKeyGo ?></a></p><?cs /if ?>
</section><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/agreements/<?cs var:Agreement.Ref ?>"<?cs call:lang(Agreement.Lang) ?>><?cs var:Agreement.Title ?></a></p>
<h1><?cs var:Lang.Agreement.SignTitle ?> <?cs var:User.Organisation ?></h1>
<p class="standfirst"<?cs call:lang(Agreement.Lang) ?>><?cs var:Agreement.Title ?></p>
<p class="lead meta"><span class="ref"><?cs var:Agreement.Ref ?></span><span><?cs var:Agreement.VersionText ?></span></p><?cs call:error_summary() ?><?cs if:IsStale ?>
<div class="notice warn" role="alert"><h2><?cs var:Lang.Agreement.SignStale ?></h2><p><?cs var:Lang.Agreement.SignStaleText ?></p><?cs if:StaleVersion ?>
<p><a href="/agreements/<?cs var:Agreement.Ref ?>/compare?from=<?cs var:StaleVersion ?>&amp;to=<?cs var:Agreement.Version ?>"><?cs var:Lang.Agreement.CompareWith ?> <?cs var:StaleVersion ?></a></p><?cs /if ?></div><?cs /if ?><?cs if:IsLast ?>
<div class="notice"><p><?cs var:Lang.Agreement.SignLast ?></p></div><?cs /if ?>
<div class="two">
<div>
<section class="card">
<h2><?cs var:Lang.Agreement.Opens ?></h2><?cs call:agreement_terms(Agreement.Terms) ?>
</section>
<section class="card">
<h2><?cs var:Lang.Agreement.Text ?></h2>
<div class="prose"<?cs call:lang(Agreement.Lang) ?>><?cs var:html(Agreement.Text) ?></div>
</section><?cs call:agreement_typed(Agreement.Typed, Agreement.Lang) ?>
</div>
<aside aria-label="<?cs var:Lang.Agreement.Aside ?>">
<section class="card">
<h2><?cs var:Lang.Agreement.SignWhat ?></h2>
<p><?cs var:Lang.Agreement.SignWhatHint ?></p><?cs call:digest(Agreement) ?>
</section>
<section class="card">
<h2><?cs var:Lang.Agreement.Parties ?></h2>
<ul class="plainlist parties"><?cs each:p = Parties ?>
<li<?cs if:p.IsOwn ?> class="is-own"<?cs /if ?>><?cs call:agreement_party(p) ?></li><?cs /each ?>
</ul>
</section></aside>
</div>
<div class="two"><div><?cs call:sign_portal() ?><?cs call:sign_minisign() ?></div></div><?cs /def ?>
