<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Two versions beside each other: Compare.{Rows.N,IsCut} (page/compare_view.h),
# Compare.Terms.N.{Name,Left,Right}, Compare.{TitleLeft,
# TitleRight}, Compare.{LeftLang,RightLang} (absent: the page's).
#
?><?cs
# Words that went and came are told by <del> and <ins>, by strokes and by what
# a screen reader says, in the page's language: not by colour alone. ?><?cs
def:compare_piece(p) ?><?cs if:p.IsOut ?><del><span class="aside"<?cs call:lang(Page.Lang) ?>><?cs var:Lang.Agreement.MarkOut ?> </span><?cs var:p.Text ?><span class="aside"<?cs call:lang(Page.Lang) ?>> <?cs var:Lang.Agreement.MarkEnd ?></span></del><?cs elif:p.IsNew ?><ins><span class="aside"<?cs call:lang(Page.Lang) ?>><?cs var:Lang.Agreement.MarkNew ?> </span><?cs var:p.Text ?><span class="aside"<?cs call:lang(Page.Lang) ?>> <?cs var:Lang.Agreement.MarkEnd ?></span></ins><?cs else ?><?cs var:p.Text ?><?cs /if ?><?cs /def ?><?cs

def:compare_side(s, label, code) ?>
<td role="cell" data-label="<?cs var:label ?>"<?cs if:!s.Has ?> class="nothing"<?cs /if ?>><?cs if:s.Has ?><p class="lines"<?cs call:lang(code) ?>><?cs each:p = s.Pieces ?><?cs call:compare_piece(p) ?><?cs /each ?></p><?cs else ?><span class="aside"><?cs var:Lang.Agreement.MarkNothing ?></span><?cs /if ?></td><?cs /def ?><?cs

def:compare_row(r, left, right) ?><?cs if:r.FoldedText ?>
<tr role="row" class="folded"><td role="cell" colspan="2"><?cs var:r.FoldedText ?></td></tr><?cs elif:r.Kind == "same" ?>
<tr role="row" class="same"><?cs call:compare_side(r.Left, left, Compare.LeftLang) ?><?cs call:compare_side(r.Right, right, Compare.RightLang) ?>
</tr><?cs else ?>
<tr role="row"><?cs call:compare_side(r.Left, left, Compare.LeftLang) ?><?cs call:compare_side(r.Right, right, Compare.RightLang) ?>
</tr><?cs /if ?><?cs /def ?><?cs

def:compare_heading() ?><?cs if:Compare.TitleRight ?>
<section class="card">
<h2><?cs var:Lang.Form.Label.title ?></h2>
<p><del<?cs call:lang(Compare.LeftLang) ?>><span class="aside"<?cs call:lang(Page.Lang) ?>><?cs var:Lang.Agreement.MarkOut ?> </span><?cs var:Compare.TitleLeft ?></del></p>
<p><ins<?cs call:lang(Compare.RightLang) ?>><span class="aside"<?cs call:lang(Page.Lang) ?>><?cs var:Lang.Agreement.MarkNew ?> </span><?cs var:Compare.TitleRight ?></ins></p>
</section><?cs /if ?><?cs /def ?><?cs

def:compare_terms(head, left, right) ?>
<section class="card flush">
<h2><?cs var:head ?></h2>
<table class="stack compare-terms" role="table">
<caption class="aside"><?cs var:head ?></caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><?cs var:Lang.Agreement.Term ?></th><th role="columnheader" scope="col"><?cs var:left ?></th><th role="columnheader" scope="col"><?cs var:right ?></th></tr></thead>
<tbody role="rowgroup"><?cs each:t = Compare.Terms ?>
<tr role="row"><th role="rowheader" scope="row"><?cs var:t.Name ?></th><td role="cell" data-label="<?cs var:left ?>"><del><span class="aside"><?cs var:Lang.Agreement.MarkOut ?> </span><?cs var:t.Left ?></del></td><td role="cell" data-label="<?cs var:right ?>"><ins><span class="aside"><?cs var:Lang.Agreement.MarkNew ?> </span><?cs var:t.Right ?></ins></td></tr><?cs /each ?>
</tbody>
</table>
</section><?cs /def ?><?cs

def:compare_text(cut, left, right) ?>
<section class="card flush">
<h2><?cs var:Lang.Agreement.CompareText ?></h2><?cs if:Compare.IsCut ?>
<p class="notice warn"><?cs var:cut ?></p><?cs /if ?>
<p class="meta inside"><?cs var:Lang.Agreement.CompareHint ?> <del><?cs var:Lang.Agreement.CompareOut ?></del> <?cs var:Lang.Agreement.CompareAnd ?> <ins><?cs var:Lang.Agreement.CompareNew ?></ins></p>
<table class="compare" role="table">
<caption class="aside"><?cs var:Lang.Agreement.CompareText ?></caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><?cs var:left ?></th><th role="columnheader" scope="col"><?cs var:right ?></th></tr></thead>
<tbody role="rowgroup"><?cs each:r = Compare.Rows ?><?cs call:compare_row(r, left, right) ?><?cs /each ?>
</tbody>
</table>
</section><?cs /def ?><?cs

# Which of Numbers.N.Number. ?><?cs
def:compare_choice(name, label, number) ?>
<p><label for="<?cs var:name ?>"><?cs var:label ?></label>
<select id="<?cs var:name ?>" name="<?cs var:name ?>"><?cs each:n = Numbers ?>
<option value="<?cs var:n.Number ?>"<?cs if:n.Number == number ?> selected<?cs /if ?>><?cs var:Lang.Agreement.Version ?> <?cs var:n.Number ?></option><?cs /each ?>
</select></p><?cs /def ?>
