<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# What waits in an organisation's agreements, kept until one moves.  Needs:
# Rows.N.{Ref,Title,Text,Since}, the oldest first; HasMore (there are others).
#
?><?cs each:p = Rows ?>
<li><a class="title" href="/agreements/<?cs var:p.Ref ?>"><?cs var:p.Title ?></a>
<span class="meta"><?cs var:p.Text ?> <span class="ref"><?cs var:p.Ref ?></span>, <time datetime="<?cs var:p.Since.Iso ?>"><?cs var:p.Since.Date ?></time></span></li><?cs /each ?><?cs if:HasMore ?>
<li class="more"><a href="/agreements?show=proposed"><?cs var:Lang.Today.PendingMore ?></a></li><?cs /if ?>
