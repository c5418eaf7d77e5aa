<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Bringing a public key: first the key, then what proves it.  Needs: Form.{key,
# file,pasted,Errors}; of a key that may be proposed Offer.{Number,PublicKey,
# Text,File}; User.
#
?><?cs def:title() ?><?cs if:Offer.Number ?><?cs var:Lang.Key.Prove ?><?cs else ?><?cs var:Lang.Key.New ?><?cs /if ?><?cs /def ?><?cs

def:key_first() ?>
<form class="card sheet-form" method="post" action="/keys/new" novalidate data-leave="1"><?cs call:form_keys() ?><?cs
call:field_prose(Form.key, "key", Lang.Form.Label.key, Lang.Key.KeyHint, "3") ?>
<p class="acts"><button class="button"><?cs var:Lang.Key.GoOn ?></button> <a href="/keys"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?><?cs

def:key_proof() ?>
<div class="sheet-form">
<section class="card">
<h2><?cs var:Lang.Key.ProveText ?></h2>
<p><?cs var:Lang.Key.Key ?> <span class="ref" translate="no"><?cs var:Offer.Number ?></span>, <?cs var:User.Organisation ?></p>
<ol class="ways">
<li><a href="/keys/<?cs var:Offer.Number ?>/text" download><?cs var:Lang.Key.ProveGet ?></a>
<pre class="letter" translate="no" tabindex="0"><?cs var:Offer.Text ?></pre></li>
<li><?cs var:Lang.Key.ProveSign ?>
<pre class="letter" translate="no" tabindex="0">minisign -S -s organisation.key -m <?cs var:Offer.File ?></pre></li>
<li><?cs var:Lang.Key.ProveBring ?></li>
</ol>
</section>
<form class="card" method="post" action="/keys/new" enctype="multipart/form-data" novalidate><?cs call:form_keys() ?><input type="hidden" name="key" value="<?cs var:Offer.PublicKey ?>"><input type="hidden" name="proves" value="1"><?cs
call:field_file(Form.file, "file", Lang.Form.Label.signature, Lang.Agreement.SignFileHint, ".minisig") ?><?cs
call:field_prose(Form.pasted, "pasted", Lang.Form.Label.pasted, Lang.Agreement.SignPastedHint, "5") ?>
<p class="acts"><button class="button"><?cs var:Lang.Key.Propose ?></button> <a href="/keys/new"><?cs var:Lang.Key.ProveOther ?></a></p>
</form>
</div><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/keys"><?cs var:Lang.Key.Title ?></a></p>
<h1><?cs if:Offer.Number ?><?cs var:Lang.Key.Prove ?><?cs else ?><?cs var:Lang.Key.New ?><?cs /if ?></h1>
<p class="lead"><?cs if:Offer.Number ?><?cs var:Lang.Key.ProveLead ?><?cs else ?><?cs var:Lang.Key.NewLead ?><?cs /if ?></p><?cs call:error_summary() ?>
<div class="two"><?cs if:Offer.Number ?><?cs call:key_proof() ?><?cs else ?><?cs call:key_first() ?><?cs /if ?>
<aside aria-label="<?cs var:Lang.Key.How ?>">
<section class="card">
<h2><?cs var:Lang.Key.How ?></h2>
<ol class="ways">
<li><?cs var:Lang.Key.HowMake ?>
<pre class="letter" translate="no" tabindex="0">minisign -G -p organisation.pub -s organisation.key</pre></li>
<li><?cs var:Lang.Key.HowShow ?>
<pre class="letter" translate="no" tabindex="0">cat organisation.pub</pre></li>
<li><?cs var:Lang.Key.HowProve ?></li>
<li><?cs var:Lang.Key.HowConfirm ?></li>
<li><?cs var:Lang.Key.HowSign ?>
<pre class="letter" translate="no" tabindex="0">minisign -S -s organisation.key -m AGR-2026-0007-v3.json</pre></li>
</ol>
<p class="meta"><?cs var:Lang.Key.HowSafe ?></p>
</section>
</aside>
</div><?cs /def ?>
