<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The charter's text in each language.  Needs: Charters.N.{Lang,Title,Text}.
#
?><?cs def:charter_texts() ?>
<h2><?cs var:Lang.Organisation.CharterText ?></h2><?cs each:c = Charters ?>
<details class="card" lang="<?cs var:c.Lang ?>">
<summary><?cs var:c.Title ?></summary>
<div class="prose"><?cs var:html(c.Text) ?></div>
</details><?cs /each ?><?cs /def ?>
