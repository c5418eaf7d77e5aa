<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Checking a bundle or a receipt.  Needs: Form.{file,record}, MaxMib, and once
# something was checked Outcome.{Name,Verdict,VerdictWord,Proved.N.Text,
# Not.N.Text,False.N.{Name,Text},MoreText}.
#
?><?cs def:title() ?><?cs var:Lang.Verify.Title ?><?cs /def ?><?cs

# The verdict's words stand beside it: it is not the colour alone. ?><?cs
def:verify_sign(word) ?><svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10.5"/><?cs if:word == "true" ?><path d="M7 12.5l3.5 3.5L17 8.5"/><?cs elif:word == "false" ?><path d="M8 8l8 8M16 8l-8 8"/><?cs else ?><path d="M12 6.5v7M12 16v1.5"/><?cs /if ?></svg><?cs /def ?><?cs

def:verify_outcome() ?>
<section class="notice<?cs if:Outcome.VerdictWord == "false" ?> bad<?cs elif:Outcome.VerdictWord == "open" ?> warn<?cs /if ?>" role="status">
<h2 class="outcome"><?cs call:verify_sign(Outcome.VerdictWord) ?><?cs var:Outcome.Verdict ?></h2>
<p class="meta wrap"><?cs var:Outcome.Name ?></p><?cs if:subcount(Outcome.False) ?>
<h3><?cs var:Lang.Verify.FalseHead ?></h3>
<ul><?cs each:f = Outcome.False ?>
<li><?cs if:f.Name ?><span class="code wrap" translate="no"><?cs var:f.Name ?></span> <?cs /if ?><?cs var:f.Text ?></li><?cs /each ?>
</ul><?cs if:Outcome.MoreText ?>
<p><?cs var:Outcome.MoreText ?></p><?cs /if ?><?cs /if ?><?cs if:subcount(Outcome.Proved) ?>
<h3><?cs var:Lang.Verify.ProvedHead ?></h3>
<ul><?cs each:p = Outcome.Proved ?>
<li class="wrap"><?cs var:p.Text ?></li><?cs /each ?>
</ul><?cs /if ?><?cs if:subcount(Outcome.Not) ?>
<h3><?cs var:Lang.Verify.NotHead ?></h3>
<ul><?cs each:n = Outcome.Not ?>
<li><?cs var:n.Text ?></li><?cs /each ?>
</ul><?cs /if ?>
</section><?cs /def ?><?cs

def:body() ?>
<h1><?cs var:Lang.Verify.Title ?></h1>
<p class="lead"><?cs var:Lang.Verify.Lead ?></p><?cs call:error_summary() ?><?cs if:Outcome.Verdict ?><?cs call:verify_outcome() ?><?cs /if ?>
<div class="two">
<form class="card sheet-form" method="post" action="/verify" enctype="multipart/form-data" novalidate><?cs call:form_keys() ?><?cs
call:field_file(Form.file, "file", Lang.Verify.File, Lang.Verify.FileHint, ".tar,.tlog-proof") ?><?cs
call:field_file(Form.record, "record", Lang.Verify.Record, Lang.Verify.RecordHint, ".json,application/json") ?>
<p class="acts"><button class="button"><?cs var:Lang.Verify.Check ?></button></p>
</form>
<aside aria-label="<?cs var:Lang.Verify.How ?>">
<section class="card">
<h2><?cs var:Lang.Verify.How ?></h2>
<p><?cs var:Lang.Verify.HowLead ?></p>
<ol>
<li><?cs var:Lang.Verify.HowSums ?>
<pre class="letter" translate="no" tabindex="0">minisign -V -p bundle-key.pub -m SHA256SUMS
sha256sum -c SHA256SUMS</pre></li>
<li><?cs var:Lang.Verify.HowTool ?>
<pre class="letter" translate="no" tabindex="0">entente-verify --key log-key.txt BUNDLE.tar
entente-verify proof --key log-key.txt PROOF RECORD</pre></li>
</ol>
<p><a href="/log/log-key.txt"><?cs var:Lang.Verify.LogKey ?></a><br><a href="/log/bundle-key.pub"><?cs var:Lang.Verify.BundleKey ?></a></p>
<p class="meta"><?cs var:Lang.Verify.HowTrust ?></p>
</section>
</aside>
</div><?cs /def ?>
