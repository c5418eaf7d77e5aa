<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# One key.  Needs: Key.{Number,PublicKey,State,StateWord,ProposedBy,Proposed,
# ConfirmedBy,Confirmed,RevokedBy,Revoked,MayConfirm,MayRevoke,IsWaiting};
# User.
#
?><?cs def:title() ?><?cs var:Lang.Key.Key ?> <?cs var:Key.Number ?><?cs /def ?><?cs

def:key_confirm() ?>
<section class="card accent">
<h2><?cs var:Lang.Key.Confirm ?></h2>
<p><?cs var:Lang.Key.ConfirmHow ?></p>
<pre class="letter" translate="no" tabindex="0">head -1 organisation.pub</pre>
<p><?cs var:Lang.Key.ConfirmCompare ?></p>
<p class="secret" translate="no"><?cs var:Key.Number ?></p>
<p class="meta"><?cs var:Lang.Key.ConfirmZeros ?></p>
<form class="act" method="post" action="/keys/<?cs var:Key.Number ?>/confirm"><?cs call:form_keys() ?><button class="button"><?cs var:Lang.Key.ConfirmNow ?></button></form>
</section><?cs /def ?><?cs

def:body() ?>
<p class="back"><a href="/keys"><?cs var:Lang.Key.Title ?></a></p>
<p class="eyebrow"><span class="tag key-<?cs var:Key.StateWord ?>"><?cs var:Key.State ?></span></p>
<h1><?cs var:Lang.Key.Key ?> <span class="ref" translate="no"><?cs var:Key.Number ?></span></h1>
<p class="lead"><?cs var:User.Organisation ?></p>
<div class="two">
<div><?cs if:Key.MayConfirm ?><?cs call:key_confirm() ?><?cs elif:Key.IsWaiting ?>
<div class="notice warn"><p><?cs var:Lang.Key.WaitsForOther ?></p></div><?cs /if ?>
<section class="card">
<h2><?cs var:Lang.Key.Public ?></h2>
<p class="secret wrap" translate="no" data-copy="<?cs var:Lang.Common.Copy ?>" data-copied="<?cs var:Lang.Common.Copied ?>"><?cs var:Key.PublicKey ?></p>
<dl class="facts">
<dt><?cs var:Lang.Key.ProposedBy ?></dt><dd><?cs var:Key.ProposedBy ?>, <?cs call:time(Key.Proposed) ?></dd><?cs if:Key.ConfirmedBy ?>
<dt><?cs var:Lang.Key.ConfirmedBy ?></dt><dd><?cs var:Key.ConfirmedBy ?>, <?cs call:time(Key.Confirmed) ?></dd><?cs /if ?><?cs if:Key.RevokedBy ?>
<dt><?cs var:Lang.Key.RevokedBy ?></dt><dd class="due"><?cs var:Key.RevokedBy ?>, <?cs call:time(Key.Revoked) ?></dd><?cs /if ?>
</dl>
<h3><?cs var:Lang.Key.Verify ?></h3>
<pre class="letter" translate="no" tabindex="0">minisign -Vm AGR-2026-0007-v3.json -x AGR-2026-0007-v3.json.minisig -P <?cs var:Key.PublicKey ?></pre>
<p class="meta"><?cs var:Lang.Key.VerifyHint ?></p>
</section>
</div><?cs if:Key.MayRevoke ?>
<aside aria-label="<?cs var:Lang.Key.Revoke ?>">
<section class="card">
<h2><?cs var:Lang.Key.Revoke ?></h2>
<p class="meta"><?cs var:Lang.Key.RevokeHint ?></p>
<p><a class="button quiet danger" href="/keys/<?cs var:Key.Number ?>/revoke"><?cs var:Lang.Key.Revoke ?></a></p>
</section>
</aside><?cs /if ?>
</div><?cs /def ?>
