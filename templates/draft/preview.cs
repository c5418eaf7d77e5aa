<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# A draft as its readers will see it.  Needs: Advisory.*, Document (part/csaf.cs), Draft.{Ref,
# IsRevision,Number}.
#
?><?cs include!"frame/advisory.cs" ?><?cs
def:title() ?><?cs var:Lang.Draft.PreviewTitle ?> · <?cs var:Advisory.Ref ?><?cs /def ?><?cs

def:body() ?>
<div class="notice warn preview">
<p><b><?cs if:Draft.IsRevision ?><?cs var:Lang.Advisory.PreviewRevision ?><?cs else ?><?cs var:Lang.Advisory.Preview ?><?cs /if ?></b> <?cs var:Lang.Advisory.PreviewHint ?></p>
<p class="acts"><a class="button" href="/drafts/<?cs var:Draft.Ref ?>/publish"><?cs var:Lang.Draft.Publish ?></a> <a class="button quiet" href="/drafts/<?cs var:Draft.Ref ?>"><?cs var:Lang.Advisory.Edit ?></a></p>
</div>
<article class="sheet">
<p class="sheet-label" aria-hidden="true"><?cs call:tlp(Advisory) ?></p>
<div><?cs call:advisory_head() ?>
<div class="two">
<div class="reading"><?cs call:advisory_text() ?><?cs var:html(Document) ?></div>
<aside aria-label="<?cs var:Lang.Advisory.Aside ?>"><?cs call:advisory_facts() ?></aside>
</div>
</div>
<p class="sheet-label end" aria-hidden="true"><?cs call:tlp(Advisory) ?></p>
</article><?cs /def ?>
