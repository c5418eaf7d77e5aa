<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# New recovery codes, shown once.  Needs: Codes.N.Code (absent: the form came
# again).
#
?><?cs def:title() ?><?cs var:Lang.Account.CodesTitle ?><?cs /def ?><?cs

def:body() ?>
<div class="narrow">
<h1><?cs var:Lang.Account.CodesTitle ?></h1><?cs if:!subcount(Codes) ?>
<p class="lead"><?cs var:Lang.Account.CodesShown ?></p><?cs call:act("/account/codes", Lang.Account.CodesNew, "quiet") ?>
<p><a href="/account"><?cs var:Lang.Account.Title ?></a></p><?cs else ?>
<p class="lead"><?cs var:Lang.Account.CodesOldEnd ?></p>
<section class="card">
<h2><?cs var:Lang.Account.CodesYours ?></h2>
<p><?cs var:Lang.Account.CodesWhat ?></p>
<ul class="codes" translate="no"><?cs each:c = Codes ?>
<li><code><?cs var:c.Code ?></code></li><?cs /each ?>
</ul>
<p class="meta"><?cs var:Lang.Account.CodesKeep ?></p>
</section>
<p><a class="button" href="/account"><?cs var:Lang.Account.CodesKept ?></a></p><?cs /if ?>
</div>
<?cs /def ?>
