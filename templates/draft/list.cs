<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The own organisation's drafts.  Needs: Advisories.N (rows), IsEmpty, NextHref.
#
?><?cs def:title() ?><?cs var:Lang.Draft.Title ?><?cs /def ?><?cs
def:body() ?>
<div class="head">
<h1><?cs var:Lang.Draft.Title ?></h1>
<p><a class="button" href="/drafts/new"><?cs var:Lang.Draft.New ?></a> <a class="button quiet" href="/drafts/import"><?cs var:Lang.Draft.Import ?></a></p>
</div>
<p class="lead"><?cs var:Lang.Draft.Lead ?></p>
<section class="card">
<h2><?cs var:Lang.Advisory.Listed ?></h2><?cs if:IsEmpty ?>
<p class="empty"><?cs var:Lang.Draft.Empty ?></p><?cs else ?>
<ul class="rows"><?cs each:a = Advisories ?><?cs call:draft_row(a) ?><?cs /each ?>
</ul><?cs /if ?>
</section><?cs if:NextHref ?>
<p class="pages"><a class="button quiet" rel="next" href="<?cs var:url(NextHref) ?>"><?cs var:Lang.Draft.Older ?></a></p><?cs /if ?><?cs /def ?>
