<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The library, newest first, or the result of a search.  Needs: Form.q, Filter
# (part/document_filter.cs), Query, HasFilter, IsSearch, FoundText, IsPaged, IsEmpty,
# Documents (part/document_row.cs), NextHref; User.
#
?><?cs include!"frame/list.cs" ?><?cs def:title() ?><?cs if:Query ?><?cs var:Query ?> · <?cs /if ?><?cs var:Lang.Document.Title ?><?cs /def ?><?cs

def:body() ?>
<div class="head">
<h1><?cs var:Lang.Document.Title ?></h1><?cs if:User.Name ?>
<p><?cs if:User.IsPublisher ?><a class="button" href="/documents/new"><?cs var:Lang.Document.New ?></a> <a class="button quiet" href="/documents?show=drafts"><?cs var:Lang.Document.Drafts ?></a> <?cs /if ?><a class="button quiet" href="/subscriptions"><?cs var:Lang.Subscription.Title ?></a></p><?cs /if ?>
</div>
<p class="lead"><?cs if:User.Name ?><?cs var:Lang.Document.Lead ?><?cs else ?><?cs var:Lang.Document.LeadPublic ?><?cs /if ?></p><?cs call:error_summary() ?><?cs call:list_search("/documents", Lang.Document.Search, Lang.Document.SearchHint) ?>
<section class="card">
<h2><?cs if:FoundText ?><?cs var:FoundText ?><?cs elif:IsSearch ?><?cs var:Lang.Advisory.Results ?><?cs else ?><?cs var:Lang.Advisory.Listed ?><?cs /if ?></h2><?cs if:IsEmpty ?>
<p class="empty"><?cs if:IsSearch || HasFilter ?><?cs var:Lang.Document.EmptyFilter ?><?cs elif:User.Name ?><?cs var:Lang.Document.Empty ?><?cs else ?><?cs var:Lang.Document.EmptyPublic ?><?cs /if ?></p><?cs else ?>
<ul class="rows"><?cs var:html(Documents) ?></ul><?cs /if ?>
</section><?cs if:NextHref || IsPaged ?>
<p class="pages"><?cs if:IsPaged ?><a href="/documents"><?cs var:Lang.Document.Newest ?></a><?cs /if ?> <?cs if:NextHref ?><a class="button quiet" rel="next" href="<?cs var:url(NextHref) ?>"><?cs if:IsSearch ?><?cs var:Lang.Document.More ?><?cs else ?><?cs var:Lang.Document.Older ?><?cs /if ?></a><?cs /if ?></p><?cs /if ?><?cs /def ?>
