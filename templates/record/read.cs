<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# One record.  Needs: Record.{Number,Kind,KindName,At,Actor,Organisation,
# OrganisationRef,Object,Digest,DigestParts,Body,Leaf,IsPublished,Size,
# AgreementRef,AgreementTitle}, Object.{Href,Title}, Details.N.{Name,Value},
# Records.Href.
#
?><?cs def:title() ?><?cs var:Record.Kind ?> · <?cs var:Lang.Record.Record ?> <?cs var:Record.Number ?><?cs /def ?><?cs

def:record_facts() ?>
<section class="card">
<h2><?cs var:Lang.Record.What ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Record.When ?></dt><dd><?cs call:time(Record.At) ?></dd>
<dt><?cs var:Lang.Record.Who ?></dt><dd><?cs var:Record.Actor ?><?cs if:Record.Organisation ?>, <a href="/organisations/<?cs var:Record.OrganisationRef ?>"><?cs var:Record.Organisation ?></a><?cs /if ?></dd>
<dt><?cs var:Lang.Record.Object ?></dt><dd><?cs if:Object.Href ?><a href="<?cs var:url(Object.Href) ?>"><?cs var:Object.Title ?></a> <?cs /if ?><span class="ref"><?cs var:Record.Object ?></span></dd><?cs each:d = Details ?>
<dt><?cs var:d.Name ?></dt><dd class="wrap"><?cs var:d.Value ?></dd><?cs /each ?><?cs if:Record.AgreementRef ?>
<dt><?cs var:Lang.Record.Mandate ?></dt><dd><a href="/agreements/<?cs var:Record.AgreementRef ?>"><?cs var:Record.AgreementTitle ?></a> <span class="ref"><?cs var:Record.AgreementRef ?></span></dd><?cs /if ?>
</dl>
</section><?cs /def ?><?cs

def:record_bytes() ?>
<section class="card">
<h2><?cs var:Lang.Record.Bytes ?></h2>
<p class="meta"><?cs var:Lang.Record.BytesHint ?></p>
<pre class="letter" translate="no" tabindex="0"><?cs var:Record.Body ?></pre>
<p><a href="/records/<?cs var:Record.Number ?>/json" download><?cs var:Lang.Record.BytesGet ?></a></p>
<h3><?cs var:Lang.Record.Digest ?></h3><?cs call:digest(Record) ?>
</section><?cs /def ?><?cs

def:record_log() ?>
<section class="card<?cs if:Record.IsPublished ?> accent<?cs /if ?>">
<h2><?cs var:Lang.Record.InLog ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Record.Leaf ?></dt><dd><?cs var:Record.Leaf ?></dd>
<dt><?cs var:Lang.Record.Checkpoint ?></dt><dd><?cs if:Record.IsPublished ?><?cs var:Lang.Record.IsIn ?> (<?cs var:Record.Size ?>)<?cs else ?><?cs var:Lang.Record.IsNotIn ?><?cs /if ?></dd>
</dl><?cs if:Record.IsPublished ?>
<p class="acts"><a class="button" href="/records/<?cs var:Record.Number ?>/proof" download><?cs var:Lang.Record.Receipt ?></a></p>
<p class="meta"><?cs var:Lang.Record.ReceiptHint ?></p>
<pre class="letter" translate="no" tabindex="0">entente-verify proof --key log-key.txt record-<?cs var:Record.Number ?>.tlog-proof record-<?cs var:Record.Number ?>.json</pre><?cs /if ?>
<p><a href="/log"><?cs var:Lang.Log.Title ?></a></p>
</section><?cs call:records() ?><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/records"><?cs var:Lang.Record.Title ?></a></p>
<p class="eyebrow"><span class="tag"><?cs var:Lang.Record.Record ?> <?cs var:Record.Number ?></span></p>
<h1><?cs var:Record.Kind ?></h1>
<p class="lead meta"><span class="ref" translate="no"><?cs var:Record.KindName ?></span><span class="ref"><?cs var:Record.Object ?></span></p>
<div class="two">
<div><?cs call:record_facts() ?><?cs call:record_bytes() ?></div>
<aside aria-label="<?cs var:Lang.Record.InLog ?>"><?cs call:record_log() ?></aside>
</div><?cs /def ?>
