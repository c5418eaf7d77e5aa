<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Publishing a CSAF document as it is.  Needs: Form.{file,circles,label}.
#
?><?cs def:title() ?><?cs var:Lang.Draft.ImportTitle ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/drafts"><?cs var:Lang.Draft.Title ?></a></p>
<h1><?cs var:Lang.Draft.ImportTitle ?></h1>
<p class="lead"><?cs var:Lang.Draft.ImportLead ?></p><?cs call:error_summary() ?>
<form class="card sheet-form" method="post" action="/drafts/import" enctype="multipart/form-data" novalidate><?cs call:form_keys() ?><?cs
call:field_file(Form.file, "file", Lang.Form.Label.file, Lang.Draft.ImportFileHint, ".json,application/json") ?><?cs
call:field_select(Form.label, "label", Lang.Form.Label.label, Lang.Draft.ImportLabelHint, Lang.Draft.ImportLabelNone) ?><?cs
call:field_columns(Form.circles, "circles", Lang.Form.Label.circles, Lang.Draft.ImportCirclesHint) ?>
<p class="acts"><button class="button"><?cs var:Lang.Draft.ImportNow ?></button> <a href="/drafts"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
