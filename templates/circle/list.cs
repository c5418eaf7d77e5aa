<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# What the reader's organisation may read, and which agreement opened it.
# Needs: Grants.N.{Name,Ref,Agreement,AgreementRef,Signed,From,Until,
# OrganisationsText} with a label.
#
?><?cs def:title() ?><?cs var:Lang.Circle.Title ?><?cs /def ?><?cs
def:body() ?>
<h1><?cs var:Lang.Circle.Title ?></h1>
<p class="lead"><?cs var:Lang.Circle.Lead ?> <a href="/access"><?cs var:Lang.Access.Title ?></a></p><?cs if:subcount(Grants) ?>
<ul class="grid"><?cs each:g = Grants ?>
<li class="card">
<h2><a href="/circles/<?cs var:g.Ref ?>"><?cs var:g.Name ?></a></h2>
<p class="meta"><?cs var:g.OrganisationsText ?></p>
<dl class="facts">
<dt><?cs var:Lang.Form.Label.max_label ?></dt><dd><?cs call:tlp(g) ?></dd>
<dt><?cs var:Lang.Circle.Agreement ?></dt><dd><a href="/agreements/<?cs var:g.AgreementRef ?>"><?cs var:g.Agreement ?></a> <span class="meta ref"><?cs var:g.AgreementRef ?></span></dd>
<dt><?cs var:Lang.Circle.Signed ?></dt><dd><?cs call:date(g.Signed) ?></dd>
<dt><?cs var:Lang.Circle.From ?></dt><dd><?cs call:date(g.From) ?></dd>
<dt><?cs var:Lang.Circle.Until ?></dt><dd><?cs if:g.Until.Iso ?><?cs call:date(g.Until) ?><?cs else ?><?cs var:Lang.Circle.NoEnd ?><?cs /if ?></dd>
</dl>
</li><?cs /each ?>
</ul><?cs else ?>
<div class="card">
<p><b><?cs var:Lang.Circle.Empty ?></b></p>
<p class="empty"><?cs var:Lang.Circle.EmptyHint ?></p>
</div><?cs /if ?><?cs /def ?>
