<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# One bundle.  Needs: Bundle.{Ref,State,StateWord,IsOpen,IsReady,Trouble,Person,
# Done,Of,Records,Families,About,Object,From,Until,Asked,Ready,Bytes,LogSize,
# Digest,DigestParts.N.Part}, May.Take.  static/bundle.js replaces #making.
#
?><?cs def:title() ?><?cs var:Lang.Bundle.Bundle ?> <?cs var:Bundle.Ref ?><?cs /def ?><?cs

def:bundle_making() ?>
<section class="card accent" id="making" data-failed="<?cs var:Lang.Bundle.NoNews ?>">
<h2><?cs var:Bundle.State ?></h2>
<p><progress value="<?cs var:Bundle.Done ?>" max="<?cs var:Bundle.Of ?>" aria-label="<?cs var:Lang.Bundle.Progress ?>"></progress></p>
<p class="meta"><?cs var:Lang.Bundle.Wait ?></p>
<p><a class="button quiet" href="/bundles/<?cs var:Bundle.Ref ?>"><?cs var:Lang.Bundle.Again ?></a></p>
</section><?cs /def ?><?cs

def:bundle_take() ?>
<section class="card accent">
<h2><?cs var:Lang.Bundle.Take ?></h2><?cs if:May.Take ?>
<p><a class="button" href="/bundles/<?cs var:Bundle.Ref ?>/file"><?cs var:Lang.Bundle.TakeNow ?></a> <span class="meta"><?cs var:Bundle.Bytes ?></span></p>
<p class="meta"><?cs var:Lang.Bundle.TakeHint ?></p><?cs else ?>
<p><?cs var:Lang.Bundle.TakeNot ?></p><?cs /if ?>
<h3><?cs var:Lang.Bundle.Sum ?></h3><?cs call:digest(Bundle) ?>
</section>
<section class="card">
<h2><?cs var:Lang.Bundle.Check ?></h2>
<p><?cs var:Lang.Bundle.CheckHow ?></p>
<pre class="letter" translate="no" tabindex="0">entente-verify --key LOG-KEY entente-<?cs var:Bundle.Ref ?>.tar</pre>
<p><?cs var:Lang.Bundle.CheckKey ?></p>
<p><?cs var:Lang.Bundle.CheckStock ?></p>
<pre class="letter" translate="no" tabindex="0">tar -xf entente-<?cs var:Bundle.Ref ?>.tar
minisign -V -p bundle-key.pub -m SHA256SUMS
sha256sum -c SHA256SUMS</pre>
</section><?cs /def ?><?cs

def:bundle_facts() ?>
<section class="card">
<h2><?cs var:Lang.Bundle.What ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Form.Label.families ?></dt><dd><?cs if:Bundle.Families ?><?cs var:Bundle.Families ?><?cs else ?><?cs var:Lang.Bundle.All ?><?cs /if ?></dd><?cs if:Bundle.About ?>
<dt><?cs var:Lang.Form.Label.organisation ?></dt><dd><?cs var:Bundle.About ?></dd><?cs /if ?><?cs if:Bundle.Object ?>
<dt><?cs var:Lang.Form.Label.object ?></dt><dd class="ref" translate="no"><?cs var:Bundle.Object ?></dd><?cs /if ?><?cs if:Bundle.From.Iso ?>
<dt><?cs var:Lang.Form.Label.since ?></dt><dd><?cs call:date(Bundle.From) ?></dd><?cs /if ?><?cs if:Bundle.Until.Iso ?>
<dt><?cs var:Lang.Form.Label.through ?></dt><dd><?cs call:date(Bundle.Until) ?></dd><?cs /if ?>
<dt><?cs var:Lang.Bundle.Asked ?></dt><dd><?cs var:Bundle.Person ?>, <?cs call:time(Bundle.Asked) ?></dd><?cs if:Bundle.IsReady ?>
<dt><?cs var:Lang.Bundle.Ready ?></dt><dd><?cs call:time(Bundle.Ready) ?></dd>
<dt><?cs var:Lang.Bundle.LogSize ?></dt><dd><?cs var:Bundle.LogSize ?></dd><?cs /if ?>
</dl>
</section><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/bundles"><?cs var:Lang.Bundle.Title ?></a></p>
<p class="eyebrow"><span class="tag bundle-<?cs var:Bundle.StateWord ?>"><?cs var:Bundle.State ?></span></p>
<h1><?cs var:Bundle.Records ?></h1>
<div class="two">
<div><?cs if:Bundle.IsOpen ?><?cs call:bundle_making() ?><?cs elif:Bundle.IsReady ?><?cs call:bundle_take() ?><?cs else ?>
<div class="notice warn"><p><?cs var:Bundle.Trouble ?></p></div><?cs /if ?>
</div>
<aside aria-label="<?cs var:Lang.Bundle.What ?>"><?cs call:bundle_facts() ?>
</aside>
</div><?cs /def ?>
