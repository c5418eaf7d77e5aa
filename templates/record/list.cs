<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Records that the reader may read, newest first.  Needs:
# Rows.N.{Number,Kind,At,Actor,Organisation,Object},
# Form.{family,organisation,object,from,until}, HasMandate, HasFilter,
# IsPaged, NextHref, BundleHref (the same choices, for a bundle).
#
?><?cs def:title() ?><?cs var:Lang.Record.Title ?><?cs /def ?><?cs

def:record_choice(F, id, label, any) ?>
<p><label for="<?cs var:id ?>"><?cs var:label ?></label>
<select id="<?cs var:id ?>" name="<?cs var:id ?>">
<option value=""><?cs var:any ?></option><?cs each:o = F.Options ?>
<option value="<?cs var:o.Value ?>"<?cs if:o.Checked ?> selected<?cs /if ?>><?cs var:o.Label ?></option><?cs /each ?>
</select></p><?cs /def ?><?cs

def:record_input(F, id, label, type) ?>
<p><label for="<?cs var:id ?>"><?cs var:label ?></label>
<input type="<?cs var:type ?>" id="<?cs var:id ?>" name="<?cs var:id ?>" value="<?cs var:F.Value ?>"<?cs if:F.Error ?> aria-invalid="true"<?cs /if ?> autocomplete="off"></p><?cs /def ?><?cs

def:record_filters() ?>
<form class="search" method="get" action="/records">
<details<?cs if:HasFilter ?> open<?cs /if ?>>
<summary><?cs var:Lang.Advisory.Filter ?></summary>
<div class="filters roomy"><?cs
call:record_choice(Form.family, "family", Lang.Record.About, Lang.Record.AnyFamily) ?><?cs if:HasMandate ?><?cs
call:record_choice(Form.organisation, "organisation", Lang.Record.Of, Lang.Record.AnyOrganisation) ?><?cs /if ?><?cs
call:record_input(Form.object, "object", Lang.Record.Object, "text") ?><?cs
call:record_input(Form.from, "from", Lang.Record.From, "date") ?><?cs
call:record_input(Form.until, "until", Lang.Record.Until, "date") ?>
<p><button class="button quiet"><?cs var:Lang.Advisory.FilterGo ?></button></p>
</div>
</details><?cs if:HasFilter ?>
<p><a href="/records"><?cs var:Lang.Advisory.FilterClear ?></a></p><?cs /if ?>
</form><?cs /def ?><?cs

def:record_row(r) ?>
<li>
<p class="title"><a href="/records/<?cs var:r.Number ?>"><?cs var:r.Kind ?></a></p>
<p class="meta"><span><?cs call:time(r.At) ?></span><span><?cs var:r.Actor ?><?cs if:r.Organisation ?>, <?cs var:r.Organisation ?><?cs /if ?></span><span class="ref"><?cs var:r.Object ?></span><span><?cs var:Lang.Record.Number ?> <?cs var:r.Number ?></span></p>
</li><?cs /def ?><?cs

def:body() ?>
<div class="head">
<h1><?cs var:Lang.Record.Title ?></h1>
<p><a href="/bundles"><?cs var:Lang.Bundle.Title ?></a></p>
</div>
<p class="lead"><?cs var:Lang.Record.Lead ?> <a href="/log"><?cs var:Lang.Log.Title ?></a></p><?cs if:HasMandate ?>
<p class="meta"><?cs var:Lang.Record.LeadMandate ?></p><?cs /if ?><?cs call:error_summary() ?><?cs call:record_filters() ?>
<section class="card">
<h2><?cs var:Lang.Record.Listed ?></h2><?cs if:subcount(Rows) ?>
<p class="acts offpaper"><a class="button quiet" href="<?cs var:url(BundleHref) ?>"><?cs var:Lang.Record.AsBundle ?></a> <span class="meta"><?cs if:HasFilter ?><?cs var:Lang.Record.AsBundleChosen ?><?cs else ?><?cs var:Lang.Record.AsBundleAll ?><?cs /if ?></span></p>
<ul class="rows"><?cs each:r = Rows ?><?cs call:record_row(r) ?><?cs /each ?>
</ul><?cs else ?>
<p class="empty"><?cs if:HasFilter ?><?cs var:Lang.Record.EmptyFilter ?><?cs else ?><?cs var:Lang.Record.Empty ?><?cs /if ?></p><?cs /if ?>
</section><?cs if:NextHref || IsPaged ?>
<p class="pages"><?cs if:IsPaged ?><a href="/records"><?cs var:Lang.Record.Newest ?></a><?cs /if ?> <?cs if:NextHref ?><a class="button quiet" rel="next" href="<?cs var:url(NextHref) ?>"><?cs var:Lang.Record.Older ?></a><?cs /if ?></p><?cs /if ?><?cs /def ?>
