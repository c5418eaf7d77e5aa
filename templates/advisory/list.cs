<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Advisories, newest first, or the result of a search.  Needs: Form.q,
# Filter (part/advisory_filter.cs), Query, HasFilter, IsSearch, IsPaged,
# IsEmpty, Advisories (part/advisory_row.cs), NextHref; User.
#
?><?cs def:title() ?><?cs if:Query ?><?cs var:Query ?> · <?cs /if ?><?cs if:User.Name ?><?cs var:Lang.Advisory.Title ?><?cs else ?><?cs var:Lang.Advisory.TitlePublic ?><?cs /if ?><?cs /def ?><?cs

def:body() ?>
<div class="head">
<h1><?cs if:User.Name ?><?cs var:Lang.Advisory.Title ?><?cs else ?><?cs var:Lang.Advisory.TitlePublic ?><?cs /if ?></h1><?cs if:User.IsPublisher ?>
<p><a class="button" href="/drafts/new"><?cs var:Lang.Advisory.Write ?></a></p><?cs /if ?>
</div><?cs call:error_summary() ?>
<form class="search" method="get" action="/advisories" role="search">
<label for="q"><?cs var:Lang.Advisory.Search ?></label>
<p class="hint" id="q-hint"><?cs var:Lang.Advisory.SearchHint ?></p>
<div class="line"><input type="search" id="q" name="q" value="<?cs var:Form.q.Value ?>" aria-describedby="q-hint" autocomplete="off"><button class="button"><?cs var:Lang.Advisory.SearchGo ?></button></div>
<details<?cs if:HasFilter ?> open<?cs /if ?>>
<summary><?cs var:Lang.Advisory.Filter ?></summary>
<div class="filters"><?cs var:html(Filter) ?>
<p><button class="button quiet"><?cs var:Lang.Advisory.FilterGo ?></button></p>
</div>
</details><?cs if:HasFilter || IsSearch ?>
<p><a href="/advisories"><?cs var:Lang.Advisory.FilterClear ?></a></p><?cs /if ?>
</form>
<section class="card">
<h2><?cs if:IsSearch ?><?cs var:Lang.Advisory.Results ?><?cs else ?><?cs var:Lang.Advisory.Listed ?><?cs /if ?></h2><?cs if:IsEmpty ?>
<p class="empty"><?cs if:IsSearch || HasFilter ?><?cs var:Lang.Advisory.EmptyFilter ?><?cs elif:User.Name ?><?cs var:Lang.Advisory.Empty ?><?cs else ?><?cs var:Lang.Advisory.EmptyPublic ?><?cs /if ?></p><?cs else ?>
<ul class="rows"><?cs var:html(Advisories) ?></ul><?cs /if ?>
</section><?cs if:NextHref || IsPaged ?>
<p class="pages"><?cs if:IsPaged ?><a href="/advisories"><?cs var:Lang.Advisory.Newest ?></a><?cs /if ?> <?cs if:NextHref ?><a class="button quiet" rel="next" href="<?cs var:url(NextHref) ?>"><?cs var:Lang.Advisory.Older ?></a><?cs /if ?></p><?cs /if ?><?cs /def ?>
