<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Advisories, newest first, or the result of a search.  Needs: Form.q,
# Filter (part/advisory_filter.cs), Query, HasFilter, IsSearch, FoundText, IsPaged,
# IsEmpty, Advisories (part/advisory_row.cs), NextHref; User.
#
?><?cs include!"frame/list.cs" ?><?cs def:title() ?><?cs if:Query ?><?cs var:Query ?> · <?cs /if ?><?cs if:User.Name ?><?cs var:Lang.Advisory.Title ?><?cs else ?><?cs var:Lang.Advisory.TitlePublic ?><?cs /if ?><?cs /def ?><?cs

def:body() ?>
<div class="head">
<h1><?cs if:User.Name ?><?cs var:Lang.Advisory.Title ?><?cs else ?><?cs var:Lang.Advisory.TitlePublic ?><?cs /if ?></h1><?cs if:User.IsPublisher ?>
<p><a class="button" href="/drafts/new"><?cs var:Lang.Advisory.Write ?></a></p><?cs /if ?>
</div><?cs call:error_summary() ?><?cs call:list_search("/advisories", Lang.Advisory.Search, Lang.Advisory.SearchHint) ?>
<section class="card">
<h2><?cs if:FoundText ?><?cs var:FoundText ?><?cs elif:IsSearch ?><?cs var:Lang.Advisory.Results ?><?cs else ?><?cs var:Lang.Advisory.Listed ?><?cs /if ?></h2><?cs if:IsEmpty ?>
<p class="empty"><?cs if:IsSearch || HasFilter ?><?cs var:Lang.Advisory.EmptyFilter ?><?cs elif:User.Name ?><?cs var:Lang.Advisory.Empty ?><?cs else ?><?cs var:Lang.Advisory.EmptyPublic ?><?cs /if ?></p><?cs else ?>
<ul class="rows"><?cs var:html(Advisories) ?></ul><?cs /if ?>
</section><?cs if:NextHref || IsPaged ?>
<p class="pages"><?cs if:IsPaged ?><a href="/advisories"><?cs var:Lang.Advisory.Newest ?></a><?cs /if ?> <?cs if:NextHref ?><a class="button quiet" rel="next" href="<?cs var:url(NextHref) ?>"><?cs var:Lang.Advisory.Older ?></a><?cs /if ?></p><?cs /if ?><?cs /def ?>
