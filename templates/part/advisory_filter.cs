<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The choices of the list's filter.  Needs: Form.{show,sector,label,severity}
# with Options.N.{Value,Label,Checked}.
#
?><?cs include!"frame/list.cs" ?><?cs if:subcount(Form.show.Options) ?><?cs
call:filter(Form.show, "show", Lang.Advisory.ShowHead, "") ?><?cs /if ?><?cs
call:filter(Form.sector, "sector", Lang.Advisory.Sector, Lang.Advisory.AnySector) ?><?cs
call:filter(Form.label, "label", Lang.Advisory.Label, Lang.Advisory.AnyLabel) ?><?cs
call:filter(Form.severity, "severity", Lang.Advisory.Severity, Lang.Advisory.AnySeverity) ?>
