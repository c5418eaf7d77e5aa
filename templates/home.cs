<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The front page for whoever is not signed in.  Needs: Advisories
# (part/advisory_row.cs), Documents (part/document_row.cs), each absent when
# there is none.
#
?><?cs def:title() ?><?cs var:Lang.Home.Title ?><?cs /def ?><?cs
def:body() ?>
<section class="hero">
<div>
<h1><?cs var:Lang.Home.Title ?></h1>
<p class="lead"><?cs var:Lang.Home.Lead ?></p>
<p><a class="button" href="/sign-in"><?cs var:Lang.Home.Enter ?></a></p>
<p class="meta"><?cs var:Lang.Home.EnterHint ?></p>
</div>
<img src="/static/rings.svg" alt="" width="420" height="260">
</section>
<div class="two">
<div>
<section class="card">
<h2><?cs var:Lang.Home.Public ?></h2><?cs if:Advisories ?>
<ul class="rows"><?cs var:html(Advisories) ?></ul>
<p class="more"><a href="/advisories"><?cs var:Lang.Home.All ?></a></p><?cs else ?>
<p class="empty"><?cs var:Lang.Home.PublicEmpty ?></p><?cs /if ?>
</section><?cs if:Documents ?>
<section class="card">
<h2><?cs var:Lang.Home.Library ?></h2>
<ul class="rows"><?cs var:html(Documents) ?></ul>
<p class="more"><a href="/documents"><?cs var:Lang.Home.LibraryAll ?></a></p>
</section><?cs /if ?>
</div>
<section class="how">
<h2><?cs var:Lang.Home.How ?></h2>
<h3><?cs var:Lang.Home.Agreement ?></h3>
<p><?cs var:Lang.Home.AgreementText ?> <a href="/register"><?cs var:Lang.Home.Register ?></a></p>
<h3><?cs var:Lang.Home.Verify ?></h3>
<p><?cs var:Lang.Verify.Lead ?> <a href="/verify"><?cs var:Lang.Verify.Title ?></a></p>
<h3><?cs var:Lang.Home.Reach ?></h3>
<p><?cs var:Lang.Home.ReachText ?></p>
<h3><?cs var:Lang.Home.Answer ?></h3>
<p><?cs var:Lang.Home.AnswerText ?></p>
</section>
</div><?cs /def ?>
