<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Two versions of a document beside each other.  Needs: Document.{Ref,Title},
# Compare.{Left,Right,IsSame,IsFileSame,IsNoText,IsTextSame,IsTooLong} and
# the rest of frame/compare.cs, Numbers.N.Number.
#
?><?cs include!"frame/document.cs" ?><?cs include!"frame/compare.cs" ?><?cs def:title() ?><?cs var:Lang.Agreement.CompareTitle ?> · <?cs var:Document.Ref ?><?cs /def ?><?cs

def:compare_words() ?><?cs if:Compare.IsNoText ?>
<p class="notice"><?cs var:Lang.Document.CompareNoText ?></p><?cs elif:Compare.IsTooLong ?>
<p class="notice"><?cs var:Lang.Document.CompareTooLong ?></p><?cs elif:Compare.IsTextSame ?>
<p class="meta"><?cs var:Lang.Agreement.CompareTextSame ?></p><?cs elif:Compare.IsFileSame ?>
<p class="meta"><?cs var:Lang.Document.CompareFileSame ?></p><?cs elif:subcount(Compare.Rows) ?><?cs call:compare_text(Lang.Document.CompareCut, Lang.Agreement.ColumnOld, Lang.Agreement.ColumnNew) ?><?cs /if ?><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/documents/<?cs var:Document.Ref ?>"><?cs call:document_title() ?></a></p>
<p class="eyebrow"><?cs call:tlp(Document) ?></p>
<h1><?cs var:Lang.Agreement.CompareTitle ?></h1>
<p class="lead meta"><span class="ref"><?cs var:Document.Ref ?></span></p>
<form class="filters" method="get" action="/documents/<?cs var:Document.Ref ?>/compare"><?cs call:compare_choice("from", Lang.Agreement.ColumnOld, Compare.Left) ?><?cs call:compare_choice("to", Lang.Agreement.ColumnNew, Compare.Right) ?>
<p><button class="button quiet"><?cs var:Lang.Agreement.CompareGo ?></button></p>
</form><?cs if:Compare.IsSame ?>
<p class="notice"><?cs var:Lang.Agreement.CompareSame ?></p><?cs else ?><?cs call:compare_heading() ?><?cs if:subcount(Compare.Terms) ?><?cs call:compare_terms(Lang.Document.CompareFacts, Lang.Agreement.ColumnOld, Lang.Agreement.ColumnNew) ?><?cs /if ?><?cs call:compare_words() ?><?cs /if ?><?cs /def ?>
