<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The transparency log.  Needs: Log.{IsPublished,Size,WaitingText,Digest,
# DigestParts,Signed,Checkpoint,Key,Origin,GrowthText,EachText,Url},
# Witness.{Key,Origin,Url}, Handovers.N.{Old,New,Size,Url,Kept},
# Witnesses.N.{Name,Size,Cosigned,Asked,IsInTrouble},
# Points.N.{X,Y,Width,Height,Size,Day}; User.
#
?><?cs def:title() ?><?cs var:Lang.Log.Title ?><?cs /def ?><?cs

def:log_state() ?>
<section class="card accent">
<h2><?cs var:Lang.Log.State ?></h2><?cs if:Log.IsPublished ?>
<dl class="facts">
<dt><?cs var:Lang.Log.Size ?></dt><dd><?cs var:Log.Size ?></dd>
<dt><?cs var:Lang.Log.Signed ?></dt><dd><?cs call:time(Log.Signed) ?></dd>
</dl>
<h3><?cs var:Lang.Log.Root ?></h3><?cs call:digest(Log) ?>
<h3><?cs var:Lang.Log.Checkpoint ?></h3>
<pre class="letter" translate="no" tabindex="0"><?cs var:Log.Checkpoint ?></pre>
<p><a href="/log/checkpoint"><?cs var:Lang.Log.CheckpointGet ?></a></p><?cs else ?>
<p class="empty"><?cs var:Lang.Log.None ?></p><?cs /if ?><?cs if:Log.WaitingText ?>
<p class="meta"><?cs var:Log.WaitingText ?></p><?cs /if ?>
</section><?cs /def ?><?cs

def:log_growth() ?>
<section class="card">
<h2><?cs var:Lang.Log.Growth ?></h2>
<svg class="chart" viewBox="0 0 600 160" preserveAspectRatio="none" role="img" aria-label="<?cs var:Log.GrowthText ?>"><?cs each:p = Points ?><rect class="bar-done" x="<?cs var:p.X ?>" y="<?cs var:p.Y ?>" width="<?cs var:p.Width ?>" height="<?cs var:p.Height ?>"/><?cs /each ?></svg>
<p class="meta"><?cs var:Log.GrowthText ?> <?cs var:Log.EachText ?></p>
<details>
<summary><?cs var:Lang.Log.Numbers ?></summary>
<table>
<thead><tr><th scope="col"><?cs var:Lang.Log.Day ?></th><th scope="col"><?cs var:Lang.Log.Size ?></th></tr></thead>
<tbody><?cs each:p = Points ?>
<tr><td><?cs call:date(p.Day) ?></td><td><?cs var:p.Size ?></td></tr><?cs /each ?>
</tbody>
</table>
</details>
</section><?cs /def ?><?cs

def:log_verify() ?>
<section class="card">
<h2><?cs var:Lang.Log.Verify ?></h2>
<p><?cs var:Lang.Log.VerifyLead ?></p>
<p><?cs var:Lang.Log.VerifyHere ?> <a href="/verify"><?cs var:Lang.Verify.Title ?></a></p>
<h3><?cs var:Lang.Log.VerifyRecord ?></h3>
<p><?cs var:Lang.Log.VerifyRecordHow ?></p>
<pre class="letter" translate="no" tabindex="0">curl -O <?cs var:Log.Url ?>/log-key.txt
entente-verify proof --key log-key.txt record-7.tlog-proof record-7.json</pre>
<h3><?cs var:Lang.Log.VerifyGrowth ?></h3>
<p><?cs var:Lang.Log.VerifyGrowthHow ?></p>
<pre class="letter" translate="no" tabindex="0">curl -o old <?cs var:Log.Url ?>/checkpoint</pre>
<p><?cs var:Lang.Log.VerifyGrowthLater ?></p>
<pre class="letter" translate="no" tabindex="0">log=<?cs var:Log.Url ?>

curl -o new $log/checkpoint
n=$(sed -n 2p new) level=0
while [ $n -gt 0 ]; do
  for i in $(seq 0 $(((n - 1) / 256))); do
    tile=$(printf %03d $((i % 1000)))
    [ $i -lt 1000 ] || tile=$(printf x%03d $((i / 1000)))/$tile
    [ $((i * 256 + 256)) -le $n ] || tile=$tile.p/$((n % 256))
    tile=tile/$level/$tile
    [ -e $tile ] || curl -sSf --create-dirs -o $tile $log/$tile
  done
  n=$((n / 256)) level=$((level + 1))
done
entente-verify consistency --key log-key.txt --tiles . old new</pre>
<h3><?cs var:Lang.Log.VerifyStock ?></h3>
<p><?cs var:Lang.Log.VerifyStockHow ?></p>
<pre class="letter" translate="no" tabindex="0">sha256sum record-7.json
curl -s <?cs var:Log.Url ?>/tile/entries/000 | xxd -p -c 34</pre>
</section><?cs /def ?><?cs

def:log_keys() ?>
<section class="card">
<h2><?cs var:Lang.Log.Keys ?></h2><?cs if:Log.Key ?>
<dl class="facts">
<dt><?cs var:Lang.Log.Origin ?></dt><dd translate="no"><?cs var:Log.Origin ?></dd>
</dl>
<p class="secret wrap" translate="no" data-copy="<?cs var:Lang.Common.Copy ?>" data-copied="<?cs var:Lang.Common.Copied ?>"><?cs var:Log.Key ?></p>
<p class="meta"><?cs var:Lang.Log.KeyHint ?></p>
<p><a href="/log/log-key.txt"><?cs var:Lang.Log.KeyGet ?></a></p>
<p><a href="/log/bundle-key.pub"><?cs var:Lang.Log.BundleKeyGet ?></a></p><?cs else ?>
<p class="empty"><?cs var:Lang.Log.KeyNone ?></p><?cs /if ?><?cs if:subcount(Handovers) ?>
<h3><?cs var:Lang.Log.Handovers ?></h3>
<p class="meta"><?cs var:Lang.Log.HandoversHint ?></p>
<ul class="plainlist talks"><?cs each:h = Handovers ?>
<li><p><a href="<?cs var:url(h.Url) ?>"><span translate="no"><?cs var:h.Old ?> → <?cs var:h.New ?></span></a></p>
<p class="meta"><span><?cs call:time(h.Kept) ?></span><span><?cs var:Lang.Log.HandoverSize ?> <?cs var:h.Size ?></span></p></li><?cs /each ?>
</ul><?cs /if ?>
</section><?cs /def ?><?cs

def:log_own_witness() ?><?cs if:Witness.Key ?>
<section class="card">
<h2><?cs var:Lang.Log.OwnWitness ?></h2>
<p class="meta"><?cs var:Lang.Log.OwnWitnessHint ?></p>
<dl class="facts">
<dt><?cs var:Lang.Log.Origin ?></dt><dd translate="no"><?cs var:Witness.Origin ?></dd>
<dt><?cs var:Lang.Log.OwnWitnessAddress ?></dt><dd class="wrap" translate="no"><?cs var:Witness.Url ?></dd>
</dl>
<p class="secret wrap" translate="no" data-copy="<?cs var:Lang.Common.Copy ?>" data-copied="<?cs var:Lang.Common.Copied ?>"><?cs var:Witness.Key ?></p>
<p><a href="/log/witness-key.txt"><?cs var:Lang.Log.OwnWitnessGet ?></a></p>
</section><?cs /if ?><?cs /def ?><?cs

def:log_witnesses() ?>
<section class="card">
<h2><?cs var:Lang.Log.Witnesses ?></h2>
<p class="meta"><?cs var:Lang.Log.WitnessesHint ?></p><?cs if:subcount(Witnesses) ?>
<ul class="plainlist talks"><?cs each:w = Witnesses ?>
<li><p><b translate="no"><?cs var:w.Name ?></b></p>
<p class="meta"><?cs if:w.Size ?><span><?cs var:Lang.Log.WitnessSize ?> <?cs var:w.Size ?></span><?cs if:w.Cosigned.Iso ?><span><?cs call:time(w.Cosigned) ?></span><?cs /if ?><?cs else ?><span><?cs var:Lang.Log.WitnessNever ?></span><?cs /if ?></p><?cs if:w.IsInTrouble ?>
<p class="meta due"><?cs var:Lang.Log.WitnessTrouble ?> <?cs call:time(w.Asked) ?></p><?cs /if ?></li><?cs /each ?>
</ul><?cs else ?>
<p class="empty"><?cs var:Lang.Log.WitnessNone ?></p><?cs /if ?>
</section><?cs /def ?><?cs

def:body() ?>
<h1><?cs var:Lang.Log.Title ?></h1>
<p class="lead"><?cs var:Lang.Log.Lead ?></p>
<div class="two">
<div><?cs call:log_state() ?><?cs if:subcount(Points) ?><?cs call:log_growth() ?><?cs /if ?><?cs call:log_verify() ?></div>
<aside aria-label="<?cs var:Lang.Log.Aside ?>"><?cs call:log_keys() ?><?cs call:log_witnesses() ?><?cs call:log_own_witness() ?></aside>
</div><?cs /def ?>
