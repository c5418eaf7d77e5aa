<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Which of an organisation's agreements end soon, kept until one moves.  Needs:
# Rows.N.{Ref,Title,Text,Ends,IsUrgent,Successor}, the first to end first.
#
?><?cs each:e = Rows ?>
<li><a class="title" href="/agreements/<?cs var:e.Ref ?>"><?cs var:e.Title ?></a>
<span class="meta"><span<?cs if:e.IsUrgent ?> class="due"<?cs /if ?>><?cs var:e.Text ?></span>, <time datetime="<?cs var:e.Ends.Iso ?>"><?cs var:e.Ends.Date ?></time><?cs if:e.Successor ?>. <?cs var:Lang.Today.Successor ?> <a class="ref" href="/agreements/<?cs var:e.Successor ?>"><?cs var:e.Successor ?></a><?cs /if ?></span></li><?cs /each ?>
