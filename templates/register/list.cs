<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The public register.  Needs: Agreements.N (see page/agreement_view.h),
# Form.{show,kind,sector} with Options, HasFilter, IsEmpty, IsPaged, NextHref;
# User.
#
?><?cs def:title() ?><?cs var:Lang.Register.Title ?><?cs /def ?><?cs

def:register_choice(F, id, label, any) ?>
<p><label for="<?cs var:id ?>"><?cs var:label ?></label>
<select id="<?cs var:id ?>" name="<?cs var:id ?>"><?cs if:any ?>
<option value=""><?cs var:any ?></option><?cs /if ?><?cs each:o = F.Options ?>
<option value="<?cs var:o.Value ?>"<?cs if:o.Checked ?> selected<?cs /if ?>><?cs var:o.Label ?></option><?cs /each ?>
</select></p><?cs /def ?><?cs

def:body() ?>
<h1><?cs var:Lang.Register.Title ?></h1>
<p class="lead"><?cs if:User.Name ?><?cs var:Lang.Register.LeadMember ?><?cs else ?><?cs var:Lang.Register.Lead ?><?cs /if ?> <a href="/register.atom" type="application/atom+xml"><?cs var:Lang.Register.Feed ?></a></p>
<form class="search" method="get" action="/register">
<details<?cs if:HasFilter ?> open<?cs /if ?>>
<summary><?cs var:Lang.Advisory.Filter ?></summary>
<div class="filters"><?cs
call:register_choice(Form.show, "show", Lang.Form.Label.show, "") ?><?cs
call:register_choice(Form.kind, "kind", Lang.Form.Label.kind, Lang.Register.AnyKind) ?><?cs
call:register_choice(Form.sector, "sector", Lang.Form.Label.sector, Lang.Advisory.AnySector) ?>
<p><button class="button quiet"><?cs var:Lang.Advisory.FilterGo ?></button></p>
</div>
</details><?cs if:HasFilter ?>
<p><a href="/register"><?cs var:Lang.Advisory.FilterClear ?></a></p><?cs /if ?>
</form>
<section class="card">
<h2><?cs var:Lang.Register.Listed ?></h2><?cs if:IsEmpty ?>
<p class="empty"><?cs if:HasFilter ?><?cs var:Lang.Register.EmptyFilter ?><?cs else ?><?cs var:Lang.Register.Empty ?><?cs /if ?></p><?cs else ?>
<ul class="rows">
<?cs var:html(Agreements) ?></ul><?cs /if ?>
</section><?cs if:NextHref || IsPaged ?>
<p class="pages"><?cs if:IsPaged ?><a href="/register"><?cs var:Lang.Advisory.Newest ?></a><?cs /if ?> <?cs if:NextHref ?><a class="button quiet" rel="next" href="<?cs var:url(NextHref) ?>"><?cs var:Lang.Advisory.Older ?></a><?cs /if ?></p><?cs /if ?><?cs /def ?>
