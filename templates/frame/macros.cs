<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Parts that pages share.  Defined before any page, so each page may call
# them.  F is a node Form.<field>: Value, Error, IsOptional, Max (characters),
# Options.N.{Value,Label,Checked}; `id` is the field's name.  Page.Focus: the
# field that has the focus from the start, or absent.
#
?><?cs

# The two hidden fields that each POST form has. ?><?cs
def:form_keys() ?><input type="hidden" name="csrf" value="<?cs var:Page.Csrf ?>"><input type="hidden" name="once" value="<?cs var:Page.Once ?>"><?cs /def ?><?cs

# Inside of a tag: what is in it is in a language that its writer said. ?><?cs
def:lang(code) ?><?cs if:code ?> lang="<?cs var:code ?>"<?cs /if ?><?cs /def ?><?cs

def:time(t) ?><time datetime="<?cs var:t.Iso ?>"><?cs var:t.Text ?></time><?cs /def ?><?cs

def:date(t) ?><time datetime="<?cs var:t.Iso ?>"><?cs var:t.Date ?></time><?cs /def ?><?cs

# A label of the Traffic Light Protocol: never translated, official colours. ?><?cs
def:tlp(x) ?><?cs if:x.Label ?><span class="tlp tlp-<?cs var:x.LabelWord ?>" translate="no"><?cs var:x.Label ?></span><?cs /if ?><?cs /def ?><?cs

def:severity(x) ?><?cs if:x.Severity ?><span class="severity severity-<?cs var:x.SeverityWord ?>"><?cs var:x.Severity ?></span><?cs /if ?><?cs /def ?><?cs

def:sectors(x) ?><?cs each:s = x.Sectors ?><span class="tag"><?cs var:s.Name ?></span> <?cs /each ?><?cs /def ?><?cs

# Sectors as words of a sentence: "energy, water". ?><?cs
def:sector_words(x) ?><?cs each:s = x.Sectors ?><?cs var:s.Name ?><?cs if:!last(s) ?>, <?cs /if ?><?cs /each ?><?cs /def ?><?cs

# Text of a search with its hits marked. ?><?cs
def:hits(h) ?><?cs each:p = h ?><?cs if:p.IsHit ?><mark><?cs var:p.Text ?></mark><?cs else ?><?cs var:p.Text ?><?cs /if ?><?cs /each ?><?cs /def ?><?cs

# The list of what is wrong, each leading to its field; its Label where
# the page calls it otherwise than other pages do. ?><?cs
def:error_summary() ?><?cs if:subcount(Form.Errors) ?>
<div class="errors" role="alert" tabindex="-1" data-focus="1">
<h2><?cs var:Lang.Form.Summary ?></h2>
<ul><?cs each:e = Form.Errors ?>
<li><?cs if:e.Field ?><a href="#<?cs var:e.Field ?>"><?cs if:e.Label ?><b><?cs var:e.Label ?><?cs var:Lang.Common.Colon ?></b> <?cs elif:Lang.Form.Label[e.Field] ?><b><?cs var:Lang.Form.Label[e.Field] ?><?cs var:Lang.Common.Colon ?></b> <?cs /if ?><?cs var:e.Text ?></a><?cs else ?><?cs var:e.Text ?><?cs /if ?></li><?cs /each ?>
</ul>
</div><?cs /if ?><?cs /def ?><?cs

# ---- inside of fields ------------------------------------------------- ?><?cs
def:field_optional(F) ?><?cs if:F.IsOptional ?> <span class="optional"><?cs var:Lang.Form.Optional ?></span><?cs /if ?><?cs /def ?><?cs

def:field_hint(F, id, hint) ?><?cs if:hint ?>
<p class="hint" id="<?cs var:id ?>-hint"><?cs var:hint ?></p><?cs /if ?><?cs if:F.Error ?>
<p class="error" id="<?cs var:id ?>-error"><span class="aside"><?cs var:Lang.Form.ErrorMark ?></span> <?cs var:F.Error ?></p><?cs /if ?><?cs /def ?><?cs

def:field_top(F, id, label, hint) ?>
<div class="field<?cs if:F.Error ?> wrong<?cs /if ?>">
<label for="<?cs var:id ?>"><?cs var:label ?><?cs call:field_optional(F) ?></label><?cs call:field_hint(F, id, hint) ?><?cs /def ?><?cs

def:field_described(F, id, hint) ?><?cs if:hint && F.Error ?> aria-describedby="<?cs var:id ?>-hint <?cs var:id ?>-error"<?cs elif:hint ?> aria-describedby="<?cs var:id ?>-hint"<?cs elif:F.Error ?> aria-describedby="<?cs var:id ?>-error"<?cs /if ?><?cs /def ?><?cs

def:field_names(F, id, hint) ?> id="<?cs var:id ?>" name="<?cs var:id ?>"<?cs if:Page.Focus && Page.Focus == id ?> autofocus<?cs /if ?><?cs if:F.Error ?> aria-invalid="true"<?cs /if ?><?cs call:field_described(F, id, hint) ?><?cs if:F.Max ?> data-max="<?cs var:F.Max ?>"<?cs /if ?><?cs /def ?><?cs

# ---- fields ----------------------------------------------------------- ?><?cs
def:field_line(F, id, label, hint) ?><?cs call:field_top(F, id, label, hint) ?>
<input type="text"<?cs call:field_names(F, id, hint) ?> value="<?cs var:F.Value ?>" autocomplete="off">
</div><?cs /def ?><?cs

# A person's own name or an organisation's: `complete` as HTML has it. ?><?cs
def:field_name(F, id, label, hint, complete) ?><?cs call:field_top(F, id, label, hint) ?>
<input type="text"<?cs call:field_names(F, id, hint) ?> value="<?cs var:F.Value ?>" autocomplete="<?cs var:complete ?>" spellcheck="false">
</div><?cs /def ?><?cs

def:field_email(F, id, label, hint, complete) ?><?cs call:field_top(F, id, label, hint) ?>
<input type="email"<?cs call:field_names(F, id, hint) ?> value="<?cs var:F.Value ?>" autocomplete="<?cs var:complete ?>" inputmode="email" autocapitalize="none" spellcheck="false">
</div><?cs /def ?><?cs

# Never shown again.  `complete`: current-password, new-password. ?><?cs
def:field_password(F, id, label, hint, complete) ?><?cs call:field_top(F, id, label, hint) ?>
<input type="password"<?cs call:field_names(F, id, hint) ?> autocomplete="<?cs var:complete ?>" autocapitalize="none" spellcheck="false">
</div><?cs /def ?><?cs

# Six digits of an authenticator, or a recovery code. ?><?cs
def:field_code(F, id, label, hint) ?><?cs call:field_top(F, id, label, hint) ?>
<input class="code" type="text"<?cs call:field_names(F, id, hint) ?> autocomplete="one-time-code" autocapitalize="none" spellcheck="false">
</div><?cs /def ?><?cs

def:field_date(F, id, label, hint) ?><?cs call:field_top(F, id, label, hint) ?>
<input type="date"<?cs call:field_names(F, id, hint) ?> value="<?cs var:F.Value ?>">
</div><?cs /def ?><?cs

def:field_prose(F, id, label, hint, rows) ?><?cs call:field_top(F, id, label, hint) ?>
<textarea<?cs call:field_names(F, id, hint) ?> rows="<?cs var:rows ?>">
<?cs var:F.Value ?></textarea>
</div><?cs /def ?><?cs

def:field_file(F, id, label, hint, accept) ?><?cs call:field_top(F, id, label, hint) ?>
<input type="file"<?cs call:field_names(F, id, hint) ?> accept="<?cs var:accept ?>">
</div><?cs /def ?><?cs

# `none` is the text of the empty choice; no such choice when it is empty. ?><?cs
def:field_select(F, id, label, hint, none) ?><?cs call:field_top(F, id, label, hint) ?>
<select<?cs call:field_names(F, id, hint) ?>><?cs if:none ?>
<option value=""><?cs var:none ?></option><?cs /if ?><?cs each:o = F.Options ?>
<option value="<?cs var:o.Value ?>"<?cs if:o.Checked ?> selected<?cs /if ?>><?cs var:o.Label ?></option><?cs /each ?>
</select>
</div><?cs /def ?><?cs

def:field_boxes(F, id, label, hint, type, columns) ?>
<fieldset class="field<?cs if:F.Error ?> wrong<?cs /if ?>"<?cs call:field_described(F, id, hint) ?>>
<legend><?cs var:label ?><?cs call:field_optional(F) ?></legend><?cs call:field_hint(F, id, hint) ?>
<div class="choices<?cs if:columns ?> columns<?cs /if ?>"><?cs each:o = F.Options ?>
<label class="choice"><input type="<?cs var:type ?>" name="<?cs var:id ?>" id="<?cs var:id ?><?cs if:!first(o) ?>-<?cs var:o.Value ?><?cs /if ?>" value="<?cs var:o.Value ?>"<?cs if:o.Checked ?> checked<?cs /if ?>> <span><?cs var:o.Label ?></span></label><?cs /each ?>
</div>
</fieldset><?cs /def ?><?cs

def:field_choice(F, id, label, hint) ?><?cs call:field_boxes(F, id, label, hint, "radio", "") ?><?cs /def ?><?cs

def:field_set(F, id, label, hint) ?><?cs call:field_boxes(F, id, label, hint, "checkbox", "") ?><?cs /def ?><?cs

# As field_set, for many choices: in columns where there is room. ?><?cs
def:field_columns(F, id, label, hint) ?><?cs call:field_boxes(F, id, label, hint, "checkbox", "1") ?><?cs /def ?><?cs

# One box, yes or no, value "1". ?><?cs
def:field_flag(F, id, label, hint) ?>
<div class="field<?cs if:F.Error ?> wrong<?cs /if ?>">
<label class="choice"><input type="checkbox"<?cs call:field_names(F, id, hint) ?> value="1"<?cs if:F.Value ?> checked<?cs /if ?>> <span><?cs var:label ?></span></label><?cs call:field_hint(F, id, hint) ?>
</div><?cs /def ?><?cs

# The digest is one word, as sha256sum prints it: it breaks between groups, where
# it must, and is chosen whole by one click. ?><?cs
def:digest(x) ?><?cs if:x.Digest ?>
<p class="digest code" translate="no" data-copy="<?cs var:Lang.Common.Copy ?>" data-copied="<?cs var:Lang.Common.Copied ?>"><?cs each:d = x.DigestParts ?><?cs var:d.Part ?><?cs if:!last(d) ?><wbr><?cs /if ?><?cs /each ?></p><?cs /if ?><?cs /def ?><?cs

# On the page of what records are about: for whoever may read any. ?><?cs
def:records() ?><?cs if:Records.Href ?>
<p class="more offpaper"><a href="<?cs var:url(Records.Href) ?>"><?cs var:Lang.Record.History ?></a></p><?cs /if ?><?cs /def ?><?cs

# A form that is one button.  `style` is "", "quiet" or "danger". ?><?cs
def:act(action, label, style) ?>
<form class="act" method="post" action="<?cs var:url(action) ?>"><?cs call:form_keys() ?><button class="button<?cs if:style ?> <?cs var:style ?><?cs /if ?>"><?cs var:label ?></button></form><?cs /def ?><?cs

# ---- advisories ------------------------------------------------------- ?><?cs
# A draft, or a published advisory whose next revision is being written. ?><?cs
def:draft_row(a) ?>
<li>
<h3 class="title"><a href="/drafts/<?cs var:a.Ref ?>"><?cs if:a.Title ?><?cs var:a.Title ?><?cs else ?><?cs var:Lang.Draft.Untitled ?><?cs /if ?></a></h3>
<p class="marks"><?cs call:severity(a) ?> <?cs call:tlp(a) ?></p><?cs if:a.Summary ?>
<p class="excerpt"><?cs var:a.Summary ?></p><?cs /if ?>
<p class="meta"><span class="ref"><?cs var:a.Ref ?></span><?cs if:!a.IsDraft ?><span class="tag"><?cs var:Lang.Draft.NextRevision ?></span><?cs /if ?><?cs if:a.SectorNames ?><span><?cs var:a.SectorNames ?></span><?cs /if ?></p>
</li><?cs /def ?>
