<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The first page after sign-in.  Needs: Heading, Lead (sentences),
# OverdueCount; Overdue, Awaiting, New (markup of part/advisory_row.cs, or
# absent), Drafts.N.{Ref,Title}, with OverdueMore, AwaitingMore, NewMore,
# DraftsMore; Picture.N.{Sector,Advisories,Organisations,HasTotals,Summary,
# DoneText,DoneWidth,GoingText,GoingWidth,SilentText,SilentWidth} (widths of
# 260); Circles (part/circle.cs, or absent); Pending, Ending, News (markup of
# part/today_….cs, or absent), KeysText (see page/today_agreement.h); Shelf, ShelfMore, Dues.N, DuesMore (see
# page/today_document.h); Mandates.N (see page/today_record.h); User.
#
?><?cs def:title() ?><?cs var:Lang.Today.Title ?><?cs /def ?><?cs

def:bar(word, text, width, label) ?>
<p class="bar-label"><span><?cs var:label ?></span> <b><?cs var:text ?></b></p>
<svg class="bar" viewBox="0 0 260 8" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-rail" width="260" height="8"/><rect class="bar-<?cs var:word ?>" width="<?cs var:width ?>" height="8"/></svg><?cs /def ?><?cs

def:picture(p) ?>
<h3><?cs var:p.Sector ?></h3>
<p class="figures"><span><?cs var:Lang.Today.PictureOf ?> <b><?cs var:p.Advisories ?></b></span> <span><?cs var:Lang.Today.PictureFrom ?> <b><?cs var:p.Organisations ?></b></span></p><?cs if:p.HasTotals ?>
<div class="bars" role="img" aria-label="<?cs var:p.Summary ?>"><?cs
call:bar("done", p.DoneText, p.DoneWidth, Lang.Today.PictureDone) ?><?cs
call:bar("going", p.GoingText, p.GoingWidth, Lang.Today.PictureGoing) ?><?cs
call:bar("silent", p.SilentText, p.SilentWidth, Lang.Today.PictureSilent) ?>
</div><?cs elif:p.Advisories ?>
<p class="meta"><?cs var:Lang.Today.PictureHidden ?></p><?cs else ?>
<p class="meta"><?cs var:Lang.Today.PictureNone ?></p><?cs /if ?><?cs /def ?><?cs

def:today_pending() ?>
<section class="card accent">
<h2><?cs var:Lang.Today.Pending ?></h2>
<ul class="rows short"><?cs if:KeysText ?>
<li><a class="title" href="/keys"><?cs var:Lang.Key.Title ?></a>
<span class="meta"><?cs var:KeysText ?></span></li><?cs /if ?><?cs if:Pending ?><?cs var:html(Pending) ?><?cs /if ?>
</ul>
</section><?cs /def ?><?cs

def:today_ending() ?>
<section class="card">
<h2><?cs var:Lang.Today.Ending ?></h2>
<ul class="rows short"><?cs var:html(Ending) ?>
</ul>
</section><?cs /def ?><?cs

def:today_news() ?>
<section class="card">
<h2><?cs var:Lang.Today.News ?></h2>
<ul class="rows short"><?cs var:html(News) ?>
</ul>
<p class="more"><a href="/agreements"><?cs var:Lang.Today.NewsMore ?></a></p>
</section><?cs /def ?><?cs

def:today_shelf() ?>
<section class="card">
<h2><?cs var:Lang.Today.Shelf ?></h2>
<ul class="rows"><?cs var:html(Shelf) ?></ul>
<p class="more"><?cs if:ShelfMore ?><a href="/documents?show=unread"><?cs var:Lang.Today.ShelfMore ?></a> <?cs /if ?><a href="/subscriptions"><?cs var:Lang.Today.ShelfChoose ?></a></p>
</section><?cs /def ?><?cs

def:today_dues() ?>
<section class="card">
<h2><?cs var:Lang.Today.Dues ?></h2>
<ul class="rows short"><?cs each:d = Dues ?>
<li><a class="title" href="/documents/<?cs var:d.Ref ?>"><?cs var:d.Title ?></a>
<span class="meta"><span<?cs if:d.IsUrgent ?> class="due"<?cs /if ?>><?cs var:d.Text ?> <?cs call:date(d.At) ?></span></span></li><?cs /each ?>
</ul><?cs if:DuesMore ?>
<p class="more"><a href="/documents?show=due"><?cs var:Lang.Today.DuesMore ?></a></p><?cs /if ?>
</section><?cs /def ?><?cs

def:today_mandates() ?>
<section class="card accent">
<h2><?cs var:Lang.Today.Mandates ?></h2><?cs if:subcount(Mandates) ?>
<p><?cs var:Lang.Today.MandatesText ?></p>
<ul class="rows short"><?cs each:m = Mandates ?>
<li><a class="title" href="/agreements/<?cs var:m.Ref ?>"><?cs if:m.Title ?><?cs var:m.Title ?><?cs else ?><?cs var:m.Ref ?><?cs /if ?></a>
<span class="meta"><?cs var:m.Organisations ?> <span class="ref"><?cs var:m.Ref ?></span></span></li><?cs /each ?>
</ul><?cs else ?>
<p class="empty"><?cs var:Lang.Today.MandatesEmpty ?></p><?cs /if ?>
<p class="acts"><a class="button" href="/records"><?cs var:Lang.Record.Title ?></a> <a class="button quiet" href="/bundles"><?cs var:Lang.Bundle.Title ?></a></p>
</section><?cs /def ?><?cs

def:body() ?>
<h1><?cs var:Heading ?></h1>
<p class="lead"><?cs var:User.Organisation ?> · <?cs var:User.Roles ?>. <span<?cs if:OverdueCount ?> class="due"<?cs /if ?>><?cs var:Lead ?></span></p>
<div class="two">
<div><?cs if:User.IsAuditor ?><?cs call:today_mandates() ?><?cs /if ?><?cs if:Pending || KeysText ?><?cs call:today_pending() ?><?cs /if ?>
<?cs if:Overdue ?><section class="card">
<h2><?cs var:Lang.Today.OverdueTitle ?></h2>
<ul class="rows"><?cs var:html(Overdue) ?></ul><?cs if:OverdueMore ?>
<p class="more"><a href="/advisories?show=overdue"><?cs var:Lang.Today.OverdueMore ?></a></p><?cs /if ?>
</section>
<?cs /if ?><?cs if:(!User.IsKeeper && !User.IsAuditor) || Awaiting ?><section class="card">
<h2><?cs var:Lang.Today.Awaiting ?></h2><?cs if:Awaiting ?>
<ul class="rows"><?cs var:html(Awaiting) ?></ul><?cs if:AwaitingMore ?>
<p class="more"><a href="/advisories?show=awaiting"><?cs var:Lang.Today.AwaitingMore ?></a></p><?cs /if ?><?cs else ?>
<p class="empty"><?cs var:Lang.Today.AwaitingEmpty ?></p><?cs /if ?>
</section><?cs /if ?>
<section class="card">
<h2><?cs var:Lang.Today.New ?></h2><?cs if:New ?>
<ul class="rows"><?cs var:html(New) ?></ul><?cs if:NewMore ?>
<p class="more"><a href="/advisories?show=unread"><?cs var:Lang.Today.NewMore ?></a></p><?cs /if ?><?cs else ?>
<p class="empty"><?cs var:Lang.Today.NewEmpty ?></p><?cs /if ?>
</section><?cs if:Shelf ?><?cs call:today_shelf() ?><?cs /if ?>
</div>
<aside aria-label="<?cs var:Lang.Today.Aside ?>"><?cs if:User.IsKeeper ?>
<section class="card accent">
<h2><?cs var:Lang.Organisation.Manage ?></h2>
<p class="acts"><a class="button" href="/organisations/new"><?cs var:Lang.Organisation.New ?></a> <a class="button quiet" href="/organisations"><?cs var:Lang.Organisation.Title ?></a></p>
</section><?cs /if ?><?cs if:User.IsPublisher ?>
<section class="card">
<h2><?cs var:Lang.Today.Drafts ?></h2><?cs if:subcount(Drafts) ?>
<ul class="rows short"><?cs each:a = Drafts ?>
<li><a class="title" href="/drafts/<?cs var:a.Ref ?>"><?cs if:a.Title ?><?cs var:a.Title ?><?cs else ?><?cs var:Lang.Draft.Untitled ?><?cs /if ?></a> <span class="meta ref"><?cs var:a.Ref ?></span></li><?cs /each ?>
</ul><?cs if:DraftsMore ?>
<p class="more"><a href="/drafts"><?cs var:Lang.Today.DraftsMore ?></a></p><?cs /if ?><?cs else ?>
<p class="empty"><?cs var:Lang.Draft.Empty ?></p><?cs /if ?>
<p><a class="button quiet" href="/drafts/new"><?cs var:Lang.Today.Write ?></a></p>
</section><?cs /if ?><?cs if:subcount(Dues) ?><?cs call:today_dues() ?><?cs /if ?><?cs if:Ending ?><?cs call:today_ending() ?><?cs /if ?><?cs if:News ?><?cs call:today_news() ?><?cs /if ?><?cs if:subcount(Picture) ?>
<section class="card">
<h2><?cs var:Lang.Today.Picture ?></h2><?cs each:p = Picture ?><?cs call:picture(p) ?><?cs /each ?>
</section><?cs /if ?>
<section class="card">
<h2><?cs var:Lang.Today.Circles ?></h2><?cs if:Circles ?>
<ul class="tags">
<?cs var:html(Circles) ?></ul>
<p class="meta"><?cs var:Lang.Today.CirclesText ?> <a href="/circles"><?cs var:Lang.Today.CirclesLink ?></a></p><?cs else ?>
<p class="empty"><?cs var:Lang.Today.CirclesEmpty ?></p><?cs /if ?>
</section>
</aside>
</div><?cs /def ?>
