<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A row of the public register, kept by what it shows.  Needs: Ref, Title,
# TitleLang (absent: the page's), KindWord, State, StateWord, Parties, Sectors.N.Name, Published, Publication,
# Extent.
#
?><li>
<h3 class="title"><a href="/register/<?cs var:Ref ?>"<?cs if:TitleLang ?> lang="<?cs var:TitleLang ?>"<?cs /if ?>><?cs var:Title ?></a></h3>
<p class="marks"><span class="tag state-<?cs var:State ?>"><?cs var:StateWord ?></span><?cs if:Publication == "community" ?> <span class="tag"><?cs var:Lang.Register.Community ?></span><?cs /if ?></p>
<p class="excerpt"><?cs var:Parties ?></p>
<p class="meta"><span class="ref"><?cs var:Ref ?></span><span><?cs var:KindWord ?></span><?cs if:subcount(Sectors) ?><span><?cs each:s = Sectors ?><?cs var:s.Name ?><?cs if:!last(s) ?>, <?cs /if ?><?cs /each ?></span><?cs /if ?><span><?cs var:Lang.Register.PublishedOn ?> <time datetime="<?cs var:Published.Iso ?>"><?cs var:Published.Date ?></time></span><?cs if:Extent == "terms" ?><span><?cs var:Lang.Register.Terms ?></span><?cs /if ?></p>
</li>
