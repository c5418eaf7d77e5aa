<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A list that is searched and narrowed: the form above it, and a choice in its
# filter.  See page/filter_view.h for the data.
#
?><?cs def:list_search(way, label, hint) ?>
<form class="search" method="get" action="<?cs var:way ?>" role="search">
<label for="q"><?cs var:label ?></label>
<p class="hint" id="q-hint"><?cs var:hint ?></p>
<div class="line"><input type="search" id="q" name="q" value="<?cs var:Form.q.Value ?>" aria-describedby="q-hint" autocomplete="off"><button class="button"><?cs var:Lang.Advisory.SearchGo ?></button></div>
<details<?cs if:HasFilter ?> open<?cs /if ?>>
<summary><?cs var:Lang.Advisory.Filter ?></summary>
<div class="filters"><?cs var:html(Filter) ?>
<p><button class="button quiet"><?cs var:Lang.Advisory.FilterGo ?></button></p>
</div>
</details><?cs if:HasFilter || IsSearch ?>
<p><a href="<?cs var:way ?>"><?cs var:Lang.Advisory.FilterClear ?></a></p><?cs /if ?>
</form><?cs /def ?><?cs

def:filter(F, id, label, any) ?>
<p><label for="<?cs var:id ?>"><?cs var:label ?></label>
<select id="<?cs var:id ?>" name="<?cs var:id ?>"><?cs if:any ?>
<option value=""><?cs var:any ?></option><?cs /if ?><?cs each:o = F.Options ?><?cs if:o.Value != "none" ?>
<option value="<?cs var:o.Value ?>"<?cs if:o.Checked ?> selected<?cs /if ?>><?cs var:o.Label ?></option><?cs /if ?><?cs /each ?>
</select></p><?cs /def ?>
