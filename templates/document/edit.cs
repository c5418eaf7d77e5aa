<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The form of a document and its file.  Needs: Form.* (fields_document),
# Document.* (page/document_view.h; absent of a new one), Upload.{Max,MaxBytes,
# Sending,IsAgain}, IsNew, Conflict.* (frame/reach.cs).
#
?><?cs include!"frame/document.cs" ?><?cs include!"frame/reach.cs" ?><?cs def:title() ?><?cs if:IsNew ?><?cs var:Lang.Document.New ?><?cs else ?><?cs var:Lang.Document.EditTitle ?> · <?cs var:Document.Ref ?><?cs /if ?><?cs /def ?><?cs

def:edit_file() ?><?cs if:Document.HasFile ?>
<p class="has-file"><?cs var:Lang.Document.FileNow ?> <b class="wrap"><?cs var:Document.Filename ?></b> <span class="meta"><?cs var:Document.Format ?>, <?cs var:Document.Size ?></span></p><?cs /if ?>
<div class="field<?cs if:Form.file.Error ?> wrong<?cs /if ?>">
<label for="file"><?cs if:Document.HasFile ?><?cs var:Lang.Document.FileOther ?> <span class="optional"><?cs var:Lang.Form.Optional ?></span><?cs else ?><?cs var:Lang.Form.Label.file ?><?cs /if ?></label>
<p class="hint" id="file-hint"><?cs var:Lang.Document.FileHint ?> <?cs var:Lang.Document.FileMost ?> <?cs var:Upload.Max ?>.</p><?cs if:Form.file.Error ?>
<p class="error" id="file-error"><span class="aside"><?cs var:Lang.Form.ErrorMark ?></span> <?cs var:Form.file.Error ?></p><?cs /if ?><?cs if:Upload.IsAgain ?>
<p class="again" id="file-again"><?cs var:Lang.Document.FileAgain ?></p><?cs /if ?>
<input type="file" id="file" name="file"<?cs if:Form.file.Error ?> aria-invalid="true" aria-describedby="file-hint file-error"<?cs else ?> aria-describedby="file-hint"<?cs /if ?> accept=".pdf,.odt,.ods,.docx,.xlsx,.txt,.md,.markdown,.csv,.png,.jpg,.jpeg,.zip">
</div><?cs /def ?><?cs

def:edit_form() ?><?cs call:form_keys() ?><?cs if:!IsNew ?><input type="hidden" name="edit" value="<?cs var:Form.edit.Value ?>"><?cs /if ?>
<section class="card">
<h2><?cs var:Lang.Document.What ?></h2><?cs call:edit_file() ?><?cs if:Document.VersionText ?><?cs
call:field_prose(Form.note, "note", Lang.Form.Label.note, Lang.Document.NoteHint, "3") ?><?cs /if ?><?cs
call:field_line(Form.title, "title", Lang.Form.Label.title, Lang.Document.TitleHint) ?><?cs
call:field_prose(Form.summary, "summary", Lang.Form.Label.summary, Lang.Document.SummaryHint, "4") ?><?cs
call:field_select(Form.language, "language", Lang.Document.LanguageOf, "", "") ?><?cs
call:field_choice(Form.kind, "kind", Lang.Form.Label.kind, "") ?>
</section>
<section class="card">
<h2><?cs var:Lang.Document.About ?></h2><?cs
call:field_columns(Form.sectors, "sectors", Lang.Form.Label.sectors, Lang.Document.SectorsHint) ?><?cs
call:field_set(Form.measures, "measures", Lang.Form.Label.measures, Lang.Document.MeasuresHint) ?><?cs
call:field_date(Form.review_by, "review_by", Lang.Form.Label.review_by, Lang.Document.ReviewByHint) ?><?cs
call:field_prose(Form.related, "related", Lang.Form.Label.related, Lang.Document.RelatedHint, "3") ?><?cs
call:field_line(Form.translation_of, "translation_of", Lang.Form.Label.translation_of, Lang.Document.TranslationHint) ?>
</section>
<section class="card">
<h2><?cs var:Lang.Draft.Who ?></h2><?cs call:reach_fields() ?>
</section>
<div class="bar-acts">
<button class="button"><?cs var:Lang.Draft.Save ?></button>
<span class="meta"><?cs var:Lang.Draft.SaveHint ?></span>
</div><?cs /def ?><?cs

def:body() ?>
<p class="back"><?cs if:IsNew ?><a href="/documents"><?cs var:Lang.Document.Title ?></a><?cs else ?><a href="/documents/<?cs var:Document.Ref ?>"><?cs call:document_title() ?></a><?cs /if ?></p>
<h1><?cs if:IsNew ?><?cs var:Lang.Document.New ?><?cs else ?><?cs var:Lang.Document.EditTitle ?><?cs /if ?></h1><?cs if:!IsNew ?><?cs call:document_meta() ?><?cs else ?>
<p class="lead"><?cs var:Lang.Document.NewLead ?></p><?cs /if ?><?cs call:error_summary() ?><?cs call:conflict() ?>
<form class="sheet-form" method="post" action="/documents/<?cs if:IsNew ?>new<?cs else ?><?cs var:Document.Ref ?>/edit<?cs /if ?>" enctype="multipart/form-data" novalidate data-leave="1" data-upload="file" data-upload-max="<?cs var:Upload.MaxBytes ?>" data-upload-label="<?cs var:Lang.Upload.Label ?>" data-upload-sending="<?cs var:Upload.Sending ?>" data-upload-units="<?cs var:Lang.Upload.Units ?>" data-upload-checking="<?cs var:Lang.Upload.Checking ?>" data-upload-stop="<?cs var:Lang.Upload.Stop ?>" data-upload-stopped="<?cs var:Lang.Upload.Stopped ?>" data-upload-broken="<?cs var:Lang.Upload.Broken ?>" data-upload-large="<?cs var:Lang.Upload.Large ?>" data-upload-failed="<?cs var:Lang.Upload.Failed ?>"><?cs call:edit_form() ?>
</form><?cs if:!IsNew ?>
<section class="card sheet-form">
<h2><?cs var:Lang.Draft.Discard ?></h2>
<p class="meta"><?cs var:Lang.Draft.DiscardAsks ?></p>
<p><a class="button quiet danger" href="/documents/<?cs var:Document.Ref ?>/discard"><?cs var:Lang.Draft.Discard ?></a></p>
</section><?cs /if ?><?cs /def ?>
