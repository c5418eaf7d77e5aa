<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The form of an advisory.  Needs: Form.* (fields_draft), Draft.{Ref,Number,
# IsRevision,IsFirst,Saved}, IsNew, Conflict.{Person,Saved,Fields.N.{Label,
# Theirs}} when somebody else saved meanwhile.
#
?><?cs include!"frame/reach.cs" ?><?cs def:title() ?><?cs if:IsNew ?><?cs var:Lang.Draft.New ?><?cs else ?><?cs var:Lang.Draft.Edit ?> · <?cs var:Draft.Ref ?><?cs /if ?><?cs /def ?><?cs

def:draft_form() ?><?cs call:form_keys() ?><?cs if:!IsNew ?><input type="hidden" name="edit" value="<?cs var:Form.edit.Value ?>"><?cs /if ?>
<section class="card">
<h2><?cs var:Lang.Draft.What ?></h2><?cs if:Draft.IsRevision ?><?cs
call:field_prose(Form.change, "change", Lang.Form.Label.change, Lang.Draft.ChangeHint, "3") ?><?cs /if ?><?cs
call:field_line(Form.title, "title", Lang.Form.Label.title, Lang.Draft.TitleHint) ?><?cs
call:field_prose(Form.summary, "summary", Lang.Form.Label.summary, Lang.Draft.SummaryHint, "4") ?><?cs
call:field_prose(Form.happened, "happened", Lang.Form.Label.happened, Lang.Draft.HappenedHint, "9") ?><?cs
call:field_prose(Form.todo, "todo", Lang.Form.Label.todo, Lang.Draft.TodoHint, "9") ?>
</section>
<section class="card">
<h2><?cs var:Lang.Draft.About ?></h2><?cs
call:field_choice(Form.severity, "severity", Lang.Form.Label.severity, "") ?><?cs
call:field_prose(Form.products, "products", Lang.Form.Label.products, Lang.Draft.ProductsHint, "4") ?><?cs
call:field_prose(Form.cves, "cves", Lang.Form.Label.cves, Lang.Draft.CvesHint, "3") ?><?cs
call:field_columns(Form.sectors, "sectors", Lang.Form.Label.sectors, Lang.Draft.SectorsHint) ?>
</section>
<section class="card">
<h2><?cs var:Lang.Draft.Who ?></h2><?cs
call:reach_fields() ?><?cs
call:field_date(Form.answer_by, "answer_by", Lang.Form.Label.answer_by, Lang.Draft.AnswerByHint) ?>
</section>
<div class="bar-acts">
<button class="button"><?cs var:Lang.Draft.Save ?></button>
<span class="meta"><?cs var:Lang.Draft.SaveHint ?></span>
</div><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/drafts"><?cs var:Lang.Draft.Title ?></a></p>
<h1><?cs if:IsNew ?><?cs var:Lang.Draft.New ?><?cs else ?><?cs var:Lang.Draft.Edit ?><?cs /if ?></h1><?cs if:!IsNew ?>
<p class="lead meta"><span class="ref"><?cs var:Draft.Ref ?></span><?cs if:Draft.IsRevision ?><span><?cs var:Lang.Advisory.Revision ?> <?cs var:Draft.Number ?></span><?cs /if ?><?cs if:Draft.Saved.Iso ?><span><?cs var:Lang.Draft.Saved ?> <?cs call:time(Draft.Saved) ?></span><?cs /if ?></p><?cs /if ?><?cs call:error_summary() ?><?cs call:conflict() ?>
<form class="sheet-form" method="post" action="/drafts/<?cs if:IsNew ?>new<?cs else ?><?cs var:Draft.Ref ?><?cs /if ?>" novalidate data-leave="1"><?cs call:draft_form() ?>
</form><?cs if:!IsNew ?>
<section class="card sheet-form">
<h2><?cs var:Lang.Draft.Discard ?></h2>
<p class="meta"><?cs var:Lang.Draft.DiscardAsks ?></p>
<p><a class="button quiet danger" href="/drafts/<?cs var:Draft.Ref ?>/discard"><?cs var:Lang.Draft.Discard ?></a></p>
</section><?cs /if ?><?cs /def ?>
