<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# One organisation.  Needs: Organisation.*, May.{Suspend,Reinstate,SeePeople,
# SeeKeys,InviteFirst,OfferCharter}.
#
?><?cs def:title() ?><?cs var:Organisation.Name ?><?cs /def ?><?cs

def:organisation_charter() ?><?cs if:Organisation.MayReadCharter ?><a class="ref" href="/agreements/<?cs var:Organisation.CharterRef ?>"><?cs var:Organisation.CharterRef ?></a>, <?cs /if ?><?cs if:Organisation.IsCharterEnded ?><?cs var:Lang.Organisation.CharterEnded ?> <?cs call:date(Organisation.CharterUntil) ?><?cs elif:Organisation.CharterSigned.Iso ?><?cs var:Lang.Organisation.CharterOf ?> <?cs call:date(Organisation.CharterSigned) ?><?cs if:Organisation.IsCharterOnPaper ?> <span class="tag"><?cs var:Lang.Organisation.CharterPaper ?></span><?cs /if ?><?cs if:Organisation.CharterUntil.Iso ?>, <?cs var:Lang.Organisation.CharterEnds ?> <?cs call:date(Organisation.CharterUntil) ?><?cs /if ?><?cs elif:Organisation.CharterRef ?><?cs var:Lang.Organisation.CharterOffered ?><?cs else ?><?cs var:Lang.Organisation.CharterNone ?><?cs /if ?><?cs /def ?><?cs

def:organisation_facts() ?>
<section class="card">
<h2><?cs var:Lang.Organisation.Facts ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Organisation.Kind ?></dt><dd><?cs var:Organisation.Kind ?></dd>
<dt><?cs var:Lang.Organisation.Country ?></dt><dd><?cs var:Organisation.CountryName ?></dd><?cs if:subcount(Organisation.Sectors) ?>
<dt><?cs var:Lang.Organisation.Sectors ?></dt><dd><?cs call:sectors(Organisation) ?></dd><?cs /if ?>
<dt><?cs var:Lang.Organisation.PeopleHead ?></dt><dd><?cs var:Organisation.PeopleText ?></dd>
<dt><?cs var:Lang.Organisation.Charter ?></dt><dd><?cs call:organisation_charter() ?></dd>
<dt><?cs var:Lang.Organisation.Admitted ?></dt><dd><?cs call:date(Organisation.Admitted) ?></dd><?cs if:Organisation.Suspended.Iso ?>
<dt><?cs var:Lang.Organisation.Suspended ?></dt><dd class="due"><?cs call:time(Organisation.Suspended) ?></dd><?cs /if ?>
</dl><?cs if:May.SeePeople ?>
<p class="more"><a href="/people?organisation=<?cs var:Organisation.Ref ?>"><?cs var:Lang.Organisation.SeePeople ?></a></p><?cs /if ?><?cs if:May.SeeKeys ?>
<p class="more"><a href="/keys"><?cs var:Lang.Organisation.SeeKeys ?></a></p><?cs /if ?><?cs call:records() ?>
</section><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/organisations"><?cs var:Lang.Organisation.Title ?></a></p>
<h1><?cs var:Organisation.Name ?></h1><?cs if:Organisation.IsSuspended ?>
<div class="notice bad"><p><?cs var:Lang.Organisation.IsSuspended ?></p></div><?cs /if ?>
<div class="two">
<div><?cs if:May.InviteFirst ?>
<section class="card accent">
<p><?cs var:Lang.Organisation.InviteFirstHint ?></p>
<p class="acts"><a class="button" href="/people/new?organisation=<?cs var:Organisation.Ref ?>"><?cs var:Lang.Organisation.InviteFirst ?></a></p>
</section><?cs /if ?><?cs if:May.OfferCharter ?>
<section class="card accent">
<p><?cs var:Lang.Organisation.OfferHint ?></p>
<p class="acts"><a class="button" href="/organisations/<?cs var:Organisation.Ref ?>/charter"><?cs var:Lang.Organisation.Offer ?></a></p>
</section><?cs /if ?><?cs call:organisation_facts() ?></div><?cs if:May.Suspend || May.Reinstate ?>
<aside aria-label="<?cs var:Lang.Organisation.Manage ?>">
<section class="card accent">
<h2><?cs var:Lang.Organisation.Manage ?></h2><?cs if:May.Suspend ?>
<p class="meta"><?cs var:Lang.Organisation.SuspendHint ?></p>
<p><a class="button quiet danger" href="/organisations/<?cs var:Organisation.Ref ?>/suspend"><?cs var:Lang.Organisation.Suspend ?></a></p><?cs else ?>
<p class="meta"><?cs var:Lang.Organisation.ReinstateHint ?></p>
<form class="act" method="post" action="/organisations/<?cs var:Organisation.Ref ?>/reinstate"><?cs call:form_keys() ?><button class="button"><?cs var:Lang.Organisation.Reinstate ?></button></form><?cs /if ?>
</section>
</aside><?cs /if ?>
</div><?cs /def ?>
