<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A circle's name in a list of them, kept for ever.  Needs: Name.
#
?><li class="tag"><?cs var:Name ?></li>
