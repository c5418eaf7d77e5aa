<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The choices of the list's filter.  Needs: Form.{show,sector,label,severity}
# with Options.N.{Value,Label,Checked}.
#
?><?cs def:filter(F, id, label, any) ?>
<p><label for="<?cs var:id ?>"><?cs var:label ?></label>
<select id="<?cs var:id ?>" name="<?cs var:id ?>"><?cs if:any ?>
<option value=""><?cs var:any ?></option><?cs /if ?><?cs each:o = F.Options ?><?cs if:o.Value != "none" ?>
<option value="<?cs var:o.Value ?>"<?cs if:o.Checked ?> selected<?cs /if ?>><?cs var:o.Label ?></option><?cs /if ?><?cs /each ?>
</select></p><?cs /def ?><?cs if:subcount(Form.show.Options) ?><?cs
call:filter(Form.show, "show", Lang.Advisory.ShowHead, "") ?><?cs /if ?><?cs
call:filter(Form.sector, "sector", Lang.Advisory.Sector, Lang.Advisory.AnySector) ?><?cs
call:filter(Form.label, "label", Lang.Advisory.Label, Lang.Advisory.AnyLabel) ?><?cs
call:filter(Form.severity, "severity", Lang.Advisory.Severity, Lang.Advisory.AnySeverity) ?>
