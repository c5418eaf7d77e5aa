<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The library, newest first, or the result of a search.  Needs: Form.q, Filter
# (part/document_filter.cs), Query, HasFilter, IsSearch, IsPaged, IsEmpty,
# Documents (part/document_row.cs), NextHref; User.
#
?><?cs def:title() ?><?cs if:Query ?><?cs var:Query ?> · <?cs /if ?><?cs var:Lang.Document.Title ?><?cs /def ?><?cs

def:body() ?>
<div class="head">
<h1><?cs var:Lang.Document.Title ?></h1><?cs if:User.Name ?>
<p><?cs if:User.IsPublisher ?><a class="button" href="/documents/new"><?cs var:Lang.Document.New ?></a> <a class="button quiet" href="/documents?show=drafts"><?cs var:Lang.Document.Drafts ?></a> <?cs /if ?><a class="button quiet" href="/subscriptions"><?cs var:Lang.Subscription.Title ?></a></p><?cs /if ?>
</div>
<p class="lead"><?cs if:User.Name ?><?cs var:Lang.Document.Lead ?><?cs else ?><?cs var:Lang.Document.LeadPublic ?><?cs /if ?></p><?cs call:error_summary() ?>
<form class="search" method="get" action="/documents" role="search">
<label for="q"><?cs var:Lang.Document.Search ?></label>
<p class="hint" id="q-hint"><?cs var:Lang.Document.SearchHint ?></p>
<div class="line"><input type="search" id="q" name="q" value="<?cs var:Form.q.Value ?>" aria-describedby="q-hint" autocomplete="off"><button class="button"><?cs var:Lang.Advisory.SearchGo ?></button></div>
<details<?cs if:HasFilter ?> open<?cs /if ?>>
<summary><?cs var:Lang.Advisory.Filter ?></summary>
<div class="filters"><?cs var:html(Filter) ?>
<p><button class="button quiet"><?cs var:Lang.Advisory.FilterGo ?></button></p>
</div>
</details><?cs if:HasFilter || IsSearch ?>
<p><a href="/documents"><?cs var:Lang.Advisory.FilterClear ?></a></p><?cs /if ?>
</form>
<section class="card">
<h2><?cs if:IsSearch ?><?cs var:Lang.Advisory.Results ?><?cs else ?><?cs var:Lang.Advisory.Listed ?><?cs /if ?></h2><?cs if:IsEmpty ?>
<p class="empty"><?cs if:IsSearch || HasFilter ?><?cs var:Lang.Document.EmptyFilter ?><?cs elif:User.Name ?><?cs var:Lang.Document.Empty ?><?cs else ?><?cs var:Lang.Document.EmptyPublic ?><?cs /if ?></p><?cs else ?>
<ul class="rows"><?cs var:html(Documents) ?></ul><?cs /if ?>
</section><?cs if:NextHref || IsPaged ?>
<p class="pages"><?cs if:IsPaged ?><a href="/documents"><?cs var:Lang.Document.Newest ?></a><?cs /if ?> <?cs if:NextHref ?><a class="button quiet" rel="next" href="<?cs var:url(NextHref) ?>"><?cs if:IsSearch ?><?cs var:Lang.Document.More ?><?cs else ?><?cs var:Lang.Document.Older ?><?cs /if ?></a><?cs /if ?></p><?cs /if ?><?cs /def ?>
