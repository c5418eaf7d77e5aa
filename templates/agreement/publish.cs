<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Who else may read an agreement.  Needs: Agreement.*, Form.publication,
# Form.extent, Asked.{Publication,Extent,ExtentWord,By,At,
# IsAgreed,Parties.N.{Name,HasAgreed}}, IsStale.
#
?><?cs def:title() ?><?cs var:Lang.Agreement.PublishTitle ?> · <?cs var:Agreement.Ref ?><?cs /def ?><?cs

def:publish_asked() ?>
<section class="card accent">
<h2><?cs var:Lang.Agreement.PublishAsked ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Form.Label.publication ?></dt><dd><?cs var:Lang.Agreement.PublicationTo[Asked.Publication] ?></dd>
<dt><?cs var:Lang.Form.Label.extent ?></dt><dd><?cs var:Asked.ExtentWord ?></dd>
<dt><?cs var:Lang.Agreement.PublishBy ?></dt><dd><?cs var:Asked.By ?>, <?cs call:time(Asked.At) ?></dd>
</dl>
<ul class="plainlist parties"><?cs each:p = Asked.Parties ?>
<li><p><?cs var:p.Name ?> <?cs if:p.HasAgreed ?><span class="tag good"><?cs var:Lang.Agreement.HasAgreed ?></span><?cs else ?><span class="meta"><?cs var:Lang.Agreement.PublishAwaited ?></span><?cs /if ?></p></li><?cs /each ?>
</ul>
<div class="acts"><?cs if:!Asked.IsAgreed ?>
<form class="act" method="post" action="/agreements/<?cs var:Agreement.Ref ?>/publish/agree"><?cs call:form_keys() ?><input type="hidden" name="publication" value="<?cs var:Asked.Publication ?>"><input type="hidden" name="extent" value="<?cs var:Asked.Extent ?>"><button class="button"><?cs var:Lang.Agreement.PublishAgree ?></button></form><?cs /if ?>
<form class="act" method="post" action="/agreements/<?cs var:Agreement.Ref ?>/publish/refuse"><?cs call:form_keys() ?><button class="button quiet danger"><?cs var:Lang.Agreement.PublishRefuse ?></button></form></div>
</section><?cs /def ?><?cs

def:publish_present() ?>
<section class="card">
<h2><?cs var:Lang.Agreement.PublishNow ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Form.Label.publication ?></dt><dd><?cs var:Agreement.PublicationTo ?></dd>
<dt><?cs var:Lang.Form.Label.extent ?></dt><dd><?cs var:Agreement.ExtentWord ?></dd>
<dt><?cs var:Lang.Agreement.PublishedAt ?></dt><dd><?cs call:time(Agreement.Published) ?></dd>
</dl>
<form class="act" method="post" action="/agreements/<?cs var:Agreement.Ref ?>/publish/take-back"><?cs call:form_keys() ?>
<p class="meta"><?cs var:Lang.Agreement.UnpublishHint ?></p>
<p class="acts"><button class="button quiet danger"><?cs var:Lang.Agreement.Unpublish ?></button></p></form>
</section><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/agreements/<?cs var:Agreement.Ref ?>"<?cs call:lang(Agreement.Lang) ?>><?cs var:Agreement.Title ?></a></p>
<h1><?cs var:Lang.Agreement.PublishTitle ?></h1>
<p class="standfirst"<?cs call:lang(Agreement.Lang) ?>><?cs var:Agreement.Title ?></p>
<p class="lead"><?cs var:Lang.Agreement.PublishLead ?></p><?cs call:error_summary() ?><?cs if:IsStale && !subcount(Form.Errors) ?>
<div class="notice warn" role="alert"><p><?cs var:Lang.Agreement.PublishStale ?></p></div><?cs /if ?>
<div class="sheet-form"><?cs if:Asked.Publication ?><?cs call:publish_asked() ?><?cs /if ?><?cs if:Agreement.Publication ?><?cs call:publish_present() ?><?cs /if ?>
<form class="card" method="post" action="/agreements/<?cs var:Agreement.Ref ?>/publish" novalidate><?cs call:form_keys() ?>
<h2><?cs if:Asked.Publication ?><?cs var:Lang.Agreement.PublishOther ?><?cs else ?><?cs var:Lang.Agreement.PublishAsk ?><?cs /if ?></h2>
<p><?cs var:Lang.Agreement.PublishHint ?><?cs if:Asked.Publication ?> <?cs var:Lang.Agreement.PublishInstead ?><?cs /if ?></p><?cs
call:field_choice(Form.publication, "publication", Lang.Form.Label.publication, "") ?><?cs
call:field_choice(Form.extent, "extent", Lang.Form.Label.extent, "") ?>
<p class="acts"><button class="button"><?cs var:Lang.Agreement.PublishAskNow ?></button> <a href="/agreements/<?cs var:Agreement.Ref ?>"><?cs var:Lang.Common.Cancel ?></a></p>
</form></div><?cs /def ?>
