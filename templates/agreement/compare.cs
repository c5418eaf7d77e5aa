<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Two versions beside each other.  Needs: Agreement.{Ref,Title}, Compare.*
# (page/agreement_compare.h), Numbers.N.Number.
#
?><?cs include!"frame/agreement.cs" ?><?cs def:title() ?><?cs var:Lang.Agreement.CompareTitle ?> · <?cs var:Agreement.Ref ?><?cs /def ?><?cs

def:compare_heads() ?><?cs call:agreement_compare(Lang.Agreement.ColumnOld, Lang.Agreement.ColumnNew) ?><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/agreements/<?cs var:Agreement.Ref ?>"<?cs call:lang(Agreement.Lang) ?>><?cs var:Agreement.Title ?></a></p>
<h1><?cs var:Lang.Agreement.CompareTitle ?></h1>
<p class="lead meta"><span class="ref"><?cs var:Agreement.Ref ?></span></p>
<form class="filters" method="get" action="/agreements/<?cs var:Agreement.Ref ?>/compare"><?cs call:compare_choice("from", Lang.Agreement.ColumnOld, Compare.Left) ?><?cs call:compare_choice("to", Lang.Agreement.ColumnNew, Compare.Right) ?>
<p><button class="button quiet"><?cs var:Lang.Agreement.CompareGo ?></button></p>
</form><?cs call:compare_heads() ?><?cs /def ?>
