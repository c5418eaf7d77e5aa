<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Before an act on an agreement: what it does, and who loses what.  Needs:
# Act.{Word,Title,Lead,Now,Path,IsDanger,HasWhy}, Agreement.*, Form.version,
# Form.why, HasLoss, Loss.* (page/agreement_view.h), IsStale.
#
?><?cs include!"frame/agreement.cs" ?><?cs def:title() ?><?cs var:Act.Title ?> · <?cs var:Agreement.Ref ?><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/agreements/<?cs var:Agreement.Ref ?>"<?cs call:lang(Agreement.Lang) ?>><?cs var:Agreement.Title ?></a></p>
<h1><?cs var:Act.Title ?></h1>
<p class="standfirst"<?cs call:lang(Agreement.Lang) ?>><?cs var:Agreement.Title ?></p>
<p class="lead meta"><span class="ref"><?cs var:Agreement.Ref ?></span><?cs if:Agreement.VersionText ?><span><?cs var:Agreement.VersionText ?></span><?cs /if ?></p><?cs call:error_summary() ?><?cs if:IsStale ?>
<div class="notice warn" role="alert"><h2><?cs var:Lang.Agreement.ActStale ?></h2><p><?cs var:Lang.Agreement.ActStaleText ?></p></div><?cs /if ?>
<div class="notice<?cs if:Act.IsDanger ?> warn<?cs /if ?>">
<p><?cs var:Act.Lead ?></p>
</div><?cs if:HasLoss ?><?cs call:agreement_loss() ?><?cs /if ?>
<form class="card sheet-form" method="post" action="<?cs var:url(Act.Path) ?>" novalidate><?cs call:form_keys() ?><input type="hidden" name="version" value="<?cs var:Form.version.Value ?>"><?cs if:Act.HasWhy ?><?cs
call:field_prose(Form.why, "why", Lang.Form.Label.why, Lang.Agreement.WhyHint, "3") ?><?cs /if ?>
<p class="acts"><button class="button<?cs if:Act.IsDanger ?> danger<?cs /if ?>"><?cs var:Act.Now ?></button> <a href="/agreements/<?cs var:Agreement.Ref ?>"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
