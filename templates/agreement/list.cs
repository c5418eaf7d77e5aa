<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The own organisation's agreements.  Needs: Agreements
# (part/agreement_row.cs), Groups.N.{Href,Label,Current}, IsEmpty, IsAll,
# NextHref, May.Write.
#
?><?cs include!"frame/agreement.cs" ?><?cs def:title() ?><?cs var:Lang.Agreement.Title ?><?cs /def ?><?cs

def:body() ?>
<div class="head">
<h1><?cs var:Lang.Agreement.Title ?></h1><?cs if:May.Write ?>
<p><a class="button" href="/agreements/new"><?cs var:Lang.Agreement.New ?></a></p><?cs /if ?>
</div>
<p class="lead"><?cs var:Lang.Agreement.Lead ?> <a href="/register"><?cs var:Lang.Register.Title ?></a></p>
<nav class="groups" aria-label="<?cs var:Lang.Agreement.GroupsLabel ?>">
<ul><?cs each:g = Groups ?>
<li><a href="<?cs var:url(g.Href) ?>"<?cs if:g.Current ?> aria-current="page"<?cs /if ?>><?cs var:g.Label ?></a></li><?cs /each ?>
</ul>
</nav>
<section class="card">
<h2><?cs each:g = Groups ?><?cs if:g.Current ?><?cs var:g.Label ?><?cs /if ?><?cs /each ?></h2><?cs if:IsEmpty ?>
<p class="empty"><?cs if:IsAll ?><?cs var:Lang.Agreement.Empty ?><?cs else ?><?cs var:Lang.Agreement.EmptyGroup ?><?cs /if ?></p><?cs else ?>
<ul class="rows">
<?cs var:html(Agreements) ?></ul><?cs /if ?>
</section><?cs if:NextHref ?>
<p class="pages"><a class="button quiet" rel="next" href="<?cs var:url(NextHref) ?>"><?cs var:Lang.Agreement.Older ?></a></p><?cs /if ?><?cs /def ?>
