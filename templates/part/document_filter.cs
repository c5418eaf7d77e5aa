<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The choices of the library's filter.  Needs: Form.{show,kind,sector,measure,
# language,label} with Options.N.{Value,Label,Checked}.
#
?><?cs include!"frame/list.cs" ?><?cs if:subcount(Form.show.Options) ?><?cs
call:filter(Form.show, "show", Lang.Advisory.ShowHead, "") ?><?cs /if ?><?cs
call:filter(Form.kind, "kind", Lang.Form.Label.kind, Lang.Document.AnyKind) ?><?cs
call:filter(Form.sector, "sector", Lang.Advisory.Sector, Lang.Advisory.AnySector) ?><?cs
call:filter(Form.measure, "measure", Lang.Measure.One, Lang.Measure.Any) ?><?cs
call:filter(Form.language, "language", Lang.Form.Label.language, Lang.Document.AnyLanguage) ?><?cs
call:filter(Form.label, "label", Lang.Advisory.Label, Lang.Advisory.AnyLabel) ?>
