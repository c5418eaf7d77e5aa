<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# What an agreement can start from.  Needs: Kinds.N.{Href,OtherHref,Label,Text}.
#
?><?cs def:title() ?><?cs var:Lang.Agreement.New ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/agreements"><?cs var:Lang.Agreement.Title ?></a></p>
<h1><?cs var:Lang.Agreement.New ?></h1>
<p class="lead"><?cs var:Lang.Agreement.NewLead ?></p>
<ul class="grid"><?cs each:k = Kinds ?>
<li class="card">
<h2><a href="<?cs var:url(k.Href) ?>"><?cs var:k.Label ?></a></h2>
<p><?cs var:k.Text ?></p><?cs if:k.OtherHref ?>
<p class="meta"><a href="<?cs var:url(k.OtherHref) ?>"><?cs var:Lang.Agreement.NewOther ?><span class="aside"> (<?cs var:k.Label ?>)</span></a></p><?cs /if ?>
</li><?cs /each ?>
</ul>
<p class="meta"><?cs var:Lang.Agreement.NewCharter ?></p><?cs /def ?>
