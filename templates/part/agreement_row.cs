<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A row of the list of own agreements, kept by what it shows.  Needs: Ref,
# Title (of what is on paper: its kind's name), TitleLang (absent: the page's),
# KindWord, State, StateWord,
# Parties ("A, B and 3 more"), Label, LabelWord (the highest it carries),
# CircleText, SignedText ("3 of 5 have signed", while proposed), HasSigned,
# HasDraft, IsOwn, IsFirstDraft, UntilText.
#
?><li>
<h3 class="title"><a href="/agreements/<?cs var:Ref ?>"<?cs if:TitleLang ?> lang="<?cs var:TitleLang ?>"<?cs /if ?>><?cs var:Title ?></a></h3>
<p class="marks"><span class="tag state-<?cs var:State ?>"><?cs var:StateWord ?></span> <?cs if:Label ?><span class="tlp tlp-<?cs var:LabelWord ?>" translate="no"><?cs var:Label ?></span><?cs /if ?></p>
<p class="excerpt"><?cs var:Parties ?></p><?cs if:IsOwn && IsFirstDraft ?>
<p class="meta"><?cs var:Lang.Agreement.IsDraftHint ?></p><?cs /if ?>
<p class="meta"><span class="ref"><?cs var:Ref ?></span><span><?cs var:KindWord ?></span><?cs if:CircleText ?><span><?cs var:CircleText ?></span><?cs /if ?><?cs if:SignedText ?><span><?cs var:SignedText ?></span><?cs if:!HasSigned ?><span class="due"><?cs var:Lang.Agreement.AwaitedOwn ?></span><?cs /if ?><?cs /if ?><?cs if:HasDraft && !IsFirstDraft ?><span><?cs var:Lang.Agreement.HasDraft ?></span><?cs /if ?><?cs if:UntilText ?><span><?cs var:Lang.Agreement.Until ?> <?cs var:UntilText ?></span><?cs /if ?></p>
</li>
