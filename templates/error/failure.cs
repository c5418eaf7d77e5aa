<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# What could not be done, in plain words.  Needs: Failure.{Status,Title,Text,
# Hint,WayHref,WayText,Typed.N.{Name,Value}}.
#
?><?cs def:title() ?><?cs var:Failure.Title ?><?cs /def ?><?cs
def:body() ?>
<div class="failure">
<p class="failure-status" aria-hidden="true"><?cs var:Failure.Status ?></p>
<h1><?cs var:Failure.Title ?></h1>
<p class="lead"><?cs var:Failure.Text ?></p>
<p><?cs var:Failure.Hint ?></p>
<p class="acts"><?cs if:Failure.WayHref ?><a class="button" href="<?cs var:url(Failure.WayHref) ?>"><?cs var:Failure.WayText ?></a> <?cs /if ?><a<?cs if:!Failure.WayHref ?> class="button"<?cs /if ?> href="/"><?cs var:Lang.Failure.Home ?></a></p>
</div><?cs if:subcount(Failure.Typed) ?>
<section class="card">
<h2><?cs var:Lang.Failure.Typed ?></h2>
<p class="meta"><?cs var:Lang.Failure.TypedHint ?></p><?cs each:t = Failure.Typed ?>
<div class="field">
<label for="typed-<?cs var:t.Name ?>"><?cs if:Lang.Form.Label[t.Name] ?><?cs var:Lang.Form.Label[t.Name] ?><?cs else ?><?cs var:t.Name ?><?cs /if ?></label>
<textarea id="typed-<?cs var:t.Name ?>" rows="3" readonly>
<?cs var:t.Value ?></textarea>
</div><?cs /each ?>
</section><?cs /if ?><?cs /def ?>
