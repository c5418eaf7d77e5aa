<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The form of an agreement: a first draft, or the next version.  Needs:
# Form.* (fields_agreement), Parties.N.{Ref,Name,Kind,Position,IsFirst,IsLast,
# IsOwn}, IsOneKind, HasCircles, IsNew, Draft.{Ref,IsFirst,HasKind,Number,
# KindWord,Saved,Replaces,Follows,KeepsCircle}, Conflict.{Person,Saved,
# Fields.N.{Label,Theirs}} when somebody else saved meanwhile.
#
?><?cs def:title() ?><?cs if:IsNew ?><?cs var:Lang.Agreement.New ?><?cs else ?><?cs var:Lang.Agreement.Edit ?> · <?cs var:Draft.Ref ?><?cs /if ?><?cs /def ?><?cs

def:conflict() ?>
<div class="notice warn" role="alert">
<h2><?cs var:Lang.Draft.Conflict ?></h2>
<p><b><?cs var:Conflict.Person ?></b>, <?cs call:time(Conflict.Saved) ?>. <?cs var:Lang.Draft.ConflictText ?></p><?cs each:f = Conflict.Fields ?>
<h3><?cs var:f.Label ?></h3>
<p class="theirs lines" tabindex="0"><?cs var:f.Theirs ?></p><?cs /each ?>
</div><?cs /def ?><?cs

# One party in the order of signature; each button saves and comes back. ?><?cs
def:edit_party(p) ?>
<li>
<input type="hidden" name="parties" value="<?cs var:p.Ref ?>">
<p><b><?cs var:p.Name ?></b><?cs if:p.IsOwn ?> <span class="tag"><?cs var:Lang.Agreement.Own ?></span><?cs /if ?> <span class="meta"><?cs var:p.Kind ?></span></p>
<p class="moves"><?cs if:!p.IsFirst ?><button class="button quiet small" name="act" value="up-<?cs var:p.Ref ?>"><?cs var:Lang.Agreement.MoveUp ?><span class="aside"> (<?cs var:p.Name ?>)</span></button> <?cs /if ?><?cs if:!p.IsLast ?><button class="button quiet small" name="act" value="down-<?cs var:p.Ref ?>"><?cs var:Lang.Agreement.MoveDown ?><span class="aside"> (<?cs var:p.Name ?>)</span></button> <?cs /if ?><button class="button quiet small" name="act" value="remove-<?cs var:p.Ref ?>"><?cs var:Lang.Agreement.MoveOut ?><span class="aside"> (<?cs var:p.Name ?>)</span></button></p>
</li><?cs /def ?><?cs

def:edit_parties() ?>
<section class="card" id="parties">
<h2><?cs var:Lang.Agreement.Parties ?></h2>
<p class="hint"><?cs var:Lang.Agreement.PartiesHint ?></p><?cs if:Form.parties.Error ?>
<p class="error"><span class="aside"><?cs var:Lang.Form.ErrorMark ?></span> <?cs var:Form.parties.Error ?></p><?cs /if ?>
<ol class="chosen"><?cs each:p = Parties ?><?cs call:edit_party(p) ?><?cs /each ?>
</ol>
<div class="adding"><?cs call:field_select(Form.party, "party", Lang.Agreement.PartyAdd, "", Lang.Agreement.PartyChoose) ?>
<button class="button quiet" name="act" value="add"><?cs var:Lang.Agreement.PartyAddGo ?></button></div>
<p class="meta"><?cs var:Lang.Agreement.PartySaves ?></p><?cs if:IsOneKind ?><?cs
call:field_prose(Form.why_one_kind, "why_one_kind", Lang.Form.Label.why_one_kind, Lang.Agreement.WhyOneKindHint, "3") ?><?cs /if ?><?cs
call:field_choice(Form.order, "order", Lang.Form.Label.order, "") ?>
</section><?cs /def ?><?cs

def:edit_circle() ?><?cs if:Draft.KeepsCircle ?>
<div class="field"><p><b><?cs var:Lang.Form.Label.circle ?></b><br><?cs var:Draft.KeepsCircle ?></p><p class="hint"><?cs var:Lang.Agreement.CircleKeeps ?></p></div><?cs else ?><?cs if:HasCircles ?><?cs
call:field_select(Form.circle, "circle", Lang.Form.Label.circle, Lang.Agreement.CircleHint, Lang.Agreement.CircleNew) ?><?cs /if ?><?cs
call:field_line(Form.circle_name, "circle_name", Lang.Form.Label.circle_name, Lang.Agreement.CircleNameHint) ?><?cs /if ?><?cs /def ?><?cs

def:edit_terms() ?>
<section class="card">
<h2><?cs var:Lang.Agreement.Terms ?></h2>
<p class="hint"><?cs var:Lang.Agreement.TermsHint ?></p><?cs call:edit_circle() ?><?cs
call:field_columns(Form.sectors, "sectors", Lang.Form.Label.sectors, Lang.Agreement.SectorsHint) ?><?cs
call:field_choice(Form.max_label, "max_label", Lang.Form.Label.max_label, Lang.Agreement.MaxLabelHint) ?><?cs
call:field_choice(Form.sharing, "sharing", Lang.Form.Label.sharing, Lang.Agreement.SharingHint) ?><?cs
call:field_date(Form.from_at, "from_at", Lang.Form.Label.from_at, Lang.Agreement.FromHint) ?><?cs
call:field_date(Form.until_at, "until_at", Lang.Form.Label.until_at, Lang.Agreement.UntilHint) ?><?cs
call:field_line(Form.notice_days, "notice_days", Lang.Form.Label.notice_days, Lang.Agreement.NoticeHint) ?><?cs
call:field_select(Form.auditor, "auditor", Lang.Form.Label.auditor, Lang.Agreement.AuditorHint, Lang.Agreement.AuditorNone) ?><?cs
call:field_columns(Form.audit_families, "audit_families", Lang.Form.Label.audit_families, Lang.Agreement.AuditFamiliesHint) ?><?cs
call:field_date(Form.audit_from_at, "audit_from_at", Lang.Form.Label.audit_from_at, Lang.Agreement.AuditFromHint) ?>
</section><?cs /def ?><?cs

# Enter in a line presses the first button of a form: it must be this one. ?><?cs
def:agreement_form() ?><?cs call:form_keys() ?><button class="aside" name="act" value="" tabindex="-1" aria-hidden="true"><?cs var:Lang.Agreement.Save ?></button><?cs if:!IsNew ?><input type="hidden" name="edit" value="<?cs var:Form.edit.Value ?>"><?cs /if ?>
<section class="card">
<h2><?cs var:Lang.Agreement.What ?></h2><?cs if:!IsNew && !Draft.IsFirst ?><?cs
call:field_prose(Form.change, "change", Lang.Form.Label.change, Lang.Agreement.ChangeHint, "3") ?><?cs /if ?><?cs if:IsNew || Draft.HasKind ?><?cs
call:field_select(Form.kind, "kind", Lang.Form.Label.kind, Lang.Agreement.KindSelectHint, "") ?><?cs /if ?><?cs
call:field_line(Form.title, "title", Lang.Form.Label.title, Lang.Agreement.TitleHint) ?><?cs
call:field_prose(Form.text, "text", Lang.Form.Label.text, Lang.Agreement.TextHint, "24") ?><?cs
call:field_choice(Form.language, "language", Lang.Form.Label.language, Lang.Agreement.LanguageHint) ?>
</section><?cs call:edit_parties() ?><?cs call:edit_terms() ?>
<div class="bar-acts">
<button class="button" name="act" value=""><?cs var:Lang.Agreement.Save ?></button>
<span class="meta"><?cs var:Lang.Agreement.SaveHint ?></span>
</div><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/agreements"><?cs var:Lang.Agreement.Title ?></a></p>
<h1><?cs if:IsNew ?><?cs var:Lang.Agreement.New ?><?cs else ?><?cs var:Lang.Agreement.Edit ?><?cs /if ?></h1><?cs if:!IsNew ?>
<p class="lead meta"><span class="ref"><?cs var:Draft.Ref ?></span><span><?cs var:Draft.KindWord ?></span><span><?cs var:Lang.Agreement.Version ?> <?cs var:Draft.Number ?></span><?cs if:Draft.Saved.Iso ?><span><?cs var:Lang.Draft.Saved ?> <?cs call:time(Draft.Saved) ?></span><?cs /if ?></p><?cs if:Draft.Follows && Draft.Replaces ?>
<div class="notice"><p><?cs var:Draft.Follows ?> <a class="ref" href="/agreements/<?cs var:Draft.Replaces ?>"><?cs var:Draft.Replaces ?></a></p></div><?cs /if ?><?cs /if ?><?cs call:error_summary() ?><?cs if:Conflict.Person ?><?cs call:conflict() ?><?cs /if ?>
<form class="sheet-form" method="post" action="/agreements/<?cs if:IsNew ?>new<?cs else ?><?cs var:Draft.Ref ?>/edit<?cs /if ?>" novalidate data-leave="1"><?cs call:agreement_form() ?>
</form><?cs if:!IsNew ?>
<section class="card sheet-form">
<h2><?cs var:Lang.Draft.Discard ?></h2>
<p class="meta"><?cs var:Lang.Draft.DiscardAsks ?></p>
<p><a class="button quiet danger" href="/agreements/<?cs var:Draft.Ref ?>/discard"><?cs var:Lang.Draft.Discard ?></a></p>
</section><?cs /if ?><?cs /def ?>
