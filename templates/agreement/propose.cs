<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A draft as its parties will see it, and what proposing it does.  Needs:
# Draft.{Ref,Heading,KindWord,Version,Next,IsFirst,Replaces,Follows}, Version.*
# (agreement_view_version()), Compare.* when there is a version before,
# VoidText, IsStale, Faults.N.{Field,Label,Text}, IsTried (to propose it),
# May.{Write,Discard}, IsLeft (others signed before it was proposed).
#
?><?cs include!"frame/agreement.cs" ?><?cs def:title() ?><?cs var:Lang.Agreement.ProposeTitle ?> · <?cs var:Draft.Ref ?><?cs /def ?><?cs

def:propose_act() ?>
<form class="card accent" method="post" action="/agreements/<?cs var:Draft.Ref ?>/propose"><?cs call:form_keys() ?><input type="hidden" name="edit" value="<?cs var:Version.Edit ?>"><input type="hidden" name="version" value="<?cs var:Draft.Version ?>">
<h2><?cs var:Lang.Agreement.ProposeGo ?></h2>
<p><?cs if:Draft.IsFirst ?><?cs var:Lang.Agreement.ProposeHint ?><?cs else ?><?cs var:Lang.Agreement.ProposeNextHint ?><?cs /if ?></p><?cs if:VoidText ?>
<p class="due"><?cs var:VoidText ?></p><?cs /if ?>
<div class="acts"><button class="button"><?cs var:Lang.Agreement.ProposeNow ?></button> <a class="button quiet" href="/agreements/<?cs var:Draft.Ref ?>/edit"><?cs var:Lang.Agreement.EditGo ?></a></div>
</form><?cs /def ?><?cs

def:propose_faults() ?>
<div class="notice<?cs if:IsTried ?> bad" role="alert"<?cs else ?> warn"<?cs /if ?>>
<h2><?cs var:Lang.Agreement.ProposeFaults ?></h2>
<ul><?cs each:f = Faults ?>
<li><a href="/agreements/<?cs var:Draft.Ref ?>/edit#<?cs var:f.Field ?>"><b><?cs var:f.Label ?><?cs var:Lang.Common.Colon ?></b> <?cs var:f.Text ?></a></li><?cs /each ?>
</ul>
<p class="acts"><a class="button" href="/agreements/<?cs var:Draft.Ref ?>/edit"><?cs var:Lang.Agreement.EditGo ?></a></p>
</div><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="<?cs if:Draft.IsFirst ?>/agreements<?cs else ?>/agreements/<?cs var:Draft.Ref ?><?cs /if ?>"><?cs if:Draft.IsFirst ?><?cs var:Lang.Agreement.Title ?><?cs else ?><?cs var:Draft.Ref ?><?cs /if ?></a></p>
<p class="eyebrow"><span class="tag state-draft"><?cs var:Lang.Agreement.State.draft ?></span> <span class="tag"><?cs var:Draft.KindWord ?></span></p>
<h1<?cs if:Version.Title ?><?cs call:lang(Version.Lang) ?><?cs /if ?>><?cs var:Draft.Heading ?></h1>
<p class="lead meta"><span class="ref"><?cs var:Draft.Ref ?></span><span><?cs var:Lang.Agreement.Version ?> <?cs var:Draft.Next ?></span><span><?cs var:Lang.Draft.Saved ?> <?cs call:time(Version.Saved) ?><?cs if:Version.Author ?>, <?cs var:Version.Author ?><?cs /if ?></span></p><?cs if:IsStale ?>
<div class="notice warn" role="alert"><h2><?cs var:Lang.Agreement.ProposeStale ?></h2><p><?cs var:Lang.Agreement.ProposeStaleText ?></p></div><?cs /if ?><?cs if:IsLeft ?>
<div class="notice warn"><p><?cs var:Lang.Agreement.DraftLeft ?></p><?cs if:May.Discard ?>
<p class="acts"><a href="/agreements/<?cs var:Draft.Ref ?>/discard"><?cs var:Lang.Draft.Discard ?></a></p><?cs /if ?></div><?cs elif:!May.Write ?>
<div class="notice"><p><?cs var:Lang.Agreement.DraftOfOurs ?></p></div><?cs /if ?><?cs if:subcount(Faults) ?><?cs call:propose_faults() ?><?cs /if ?><?cs if:Draft.Follows ?>
<div class="notice"><p><?cs var:Draft.Follows ?> <a class="ref" href="/agreements/<?cs var:Draft.Replaces ?>"><?cs var:Draft.Replaces ?></a></p></div><?cs /if ?>
<div class="two">
<div><?cs if:Version.Change ?>
<section class="changed"><h2><?cs var:Lang.Form.Label.change ?></h2><p class="lines"><?cs var:Version.Change ?></p></section><?cs /if ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Opens ?></h2><?cs call:agreement_terms(Version.Terms) ?>
</section>
<section class="card">
<h2><?cs var:Lang.Agreement.Text ?></h2><?cs if:Version.Text ?>
<div class="prose"<?cs call:lang(Version.Lang) ?>><?cs var:html(Version.Text) ?></div><?cs else ?>
<p class="empty"><?cs var:Lang.Agreement.TextEmpty ?></p><?cs /if ?>
</section><?cs if:!Draft.IsFirst ?>
<h2><?cs var:Lang.Agreement.CompareToNow ?></h2><?cs call:agreement_compare(Lang.Agreement.ColumnNow, Lang.Agreement.ColumnDraft) ?><?cs /if ?></div>
<aside aria-label="<?cs var:Lang.Agreement.Aside ?>"><?cs if:May.Write && !subcount(Faults) ?><?cs call:propose_act() ?><?cs /if ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Parties ?></h2>
<?cs if:May.Write ?><p class="meta"><?cs var:Lang.Agreement.ProposeSeen ?></p><?cs /if ?>
<ol class="<?cs if:Version.Terms.OrderWord == "sequence" ?>numbered<?cs else ?>plainlist<?cs /if ?> parties"><?cs each:p = Version.Parties ?>
<li><p><a class="title" href="/organisations/<?cs var:p.Ref ?>"><?cs var:p.Name ?></a></p><p class="meta"><?cs var:p.Kind ?></p></li><?cs /each ?>
</ol><?cs if:Version.WhyOneKind ?>
<h3><?cs var:Lang.Form.Label.why_one_kind ?></h3>
<p class="lines"><?cs var:Version.WhyOneKind ?></p><?cs /if ?>
</section></aside>
</div><?cs /def ?>
