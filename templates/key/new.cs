<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Bringing a public key.  Needs: Form.key, Form.Errors.
#
?><?cs def:title() ?><?cs var:Lang.Key.New ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/keys"><?cs var:Lang.Key.Title ?></a></p>
<h1><?cs var:Lang.Key.New ?></h1>
<p class="lead"><?cs var:Lang.Key.NewLead ?></p><?cs call:error_summary() ?>
<div class="two">
<form class="card sheet-form" method="post" action="/keys/new" novalidate data-leave="1"><?cs call:form_keys() ?><?cs
call:field_prose(Form.key, "key", Lang.Form.Label.key, Lang.Key.KeyHint, "3") ?>
<p class="acts"><button class="button"><?cs var:Lang.Key.Propose ?></button> <a href="/keys"><?cs var:Lang.Common.Cancel ?></a></p>
</form>
<aside aria-label="<?cs var:Lang.Key.How ?>">
<section class="card">
<h2><?cs var:Lang.Key.How ?></h2>
<ol>
<li><?cs var:Lang.Key.HowMake ?>
<pre class="letter" translate="no" tabindex="0">minisign -G -p organisation.pub -s organisation.key</pre></li>
<li><?cs var:Lang.Key.HowShow ?>
<pre class="letter" translate="no" tabindex="0">cat organisation.pub</pre></li>
<li><?cs var:Lang.Key.HowConfirm ?></li>
<li><?cs var:Lang.Key.HowSign ?>
<pre class="letter" translate="no" tabindex="0">minisign -Sm AGR-2026-0007-v3.json -s organisation.key</pre></li>
</ol>
<p class="meta"><?cs var:Lang.Key.HowSafe ?></p>
</section>
</aside>
</div><?cs /def ?>
