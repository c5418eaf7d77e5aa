<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The bundles of records of one's own organisation.  Needs: Bundles.N.{Ref,
# State,StateWord,Records,Families,About,Object,From,Until,Asked,Person,Bytes},
# IsPaged, NextHref.
#
?><?cs def:title() ?><?cs var:Lang.Bundle.Title ?><?cs /def ?><?cs

def:bundle_row(b) ?>
<li>
<h2 class="title"><a href="/bundles/<?cs var:b.Ref ?>"><?cs var:b.Records ?></a></h2>
<p class="marks"><span class="tag bundle-<?cs var:b.StateWord ?>"><?cs var:b.State ?></span><?cs if:b.Families ?> <span class="tag"><?cs var:b.Families ?></span><?cs /if ?><?cs if:b.About ?> <span class="tag"><?cs var:b.About ?></span><?cs /if ?><?cs if:b.Object ?> <span class="tag ref" translate="no"><?cs var:b.Object ?></span><?cs /if ?></p>
<p class="meta"><span><?cs var:Lang.Bundle.Asked ?> <?cs var:b.Person ?>, <?cs call:time(b.Asked) ?></span><?cs if:b.Bytes ?><span><?cs var:b.Bytes ?></span><?cs /if ?></p>
</li><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/records"><?cs var:Lang.Record.Title ?></a></p>
<div class="head">
<h1><?cs var:Lang.Bundle.Title ?></h1>
<p><a class="button" href="/bundles/new"><?cs var:Lang.Bundle.New ?></a></p>
</div>
<p class="lead"><?cs var:Lang.Bundle.Lead ?></p><?cs if:subcount(Bundles) ?>
<div class="card">
<ul class="rows"><?cs each:b = Bundles ?><?cs call:bundle_row(b) ?><?cs /each ?>
</ul>
</div><?cs else ?>
<p class="card empty"><?cs var:Lang.Bundle.Empty ?></p><?cs /if ?><?cs if:NextHref || IsPaged ?>
<p class="pages"><?cs if:IsPaged ?><a href="/bundles"><?cs var:Lang.Bundle.Newest ?></a><?cs /if ?> <?cs if:NextHref ?><a class="button quiet" rel="next" href="<?cs var:url(NextHref) ?>"><?cs var:Lang.Bundle.Older ?></a><?cs /if ?></p><?cs /if ?><?cs /def ?>
