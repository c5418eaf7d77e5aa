<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A title or an excerpt that a search found.  Needs: Pieces.N.{Text,IsHit}.
#
?><?cs each:p = Pieces ?><?cs if:p.IsHit ?><mark><?cs var:p.Text ?></mark><?cs else ?><?cs var:p.Text ?><?cs /if ?><?cs /each ?>