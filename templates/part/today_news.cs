<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# What happened in an organisation's agreements, kept until one moves.  Needs:
# Rows.N.{Ref,Title,At,Text}, the last first.
#
?><?cs each:n = Rows ?>
<li><a class="title" href="/agreements/<?cs var:n.Ref ?>"><?cs if:n.Title ?><?cs var:n.Title ?><?cs else ?><?cs var:n.Ref ?><?cs /if ?></a>
<span class="meta"><time datetime="<?cs var:n.At.Iso ?>"><?cs var:n.At.Date ?></time> · <?cs var:n.Text ?></span></li><?cs /each ?>
