<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# One's own account.  Needs: User, Account.{Email,HasCredential,Changed (time),
# CodesText,IsCodesFew}, Form.language (options), Sessions.N.{Id,
# Started (time),Seen (time),Address,Agent,IsThis}.
#
?><?cs def:title() ?><?cs var:Lang.Account.Title ?><?cs /def ?><?cs

def:body() ?>
<h1><?cs var:Lang.Account.Title ?></h1>
<div class="two">
<div>
<section class="card">
<h2><?cs var:Lang.Account.You ?></h2>
<dl class="facts">
<dt><?cs var:Lang.Account.Name ?></dt><dd><?cs var:User.Name ?></dd>
<dt><?cs var:Lang.Account.Email ?></dt><dd><?cs var:Account.Email ?></dd>
<dt><?cs var:Lang.Account.Organisation ?></dt><dd><a href="/organisations/<?cs var:url(User.OrganisationRef) ?>"><?cs var:User.Organisation ?></a></dd>
<dt><?cs var:Lang.Account.Roles ?></dt><dd><?cs var:User.Roles ?></dd>
</dl>
<ul>
<li><a href="/account/name"><?cs var:Lang.Account.NameChange ?></a></li>
<li><a href="/access"><?cs var:Lang.Access.Title ?></a></li>
</ul>
<p class="meta"><?cs var:Lang.Account.YouHint ?></p>
</section>
<section class="card">
<h2><?cs var:Lang.Account.Sessions ?></h2>
<p><?cs var:Lang.Account.SessionsLead ?></p>
<ul class="rows"><?cs each:s = Sessions ?>
<li>
<h3 class="title"><?cs if:s.Agent ?><?cs var:s.Agent ?><?cs else ?><?cs var:Lang.Account.SessionUnknown ?><?cs /if ?></h3><?cs if:s.IsThis ?>
<p class="marks"><span class="tag"><?cs var:Lang.Account.SessionThis ?></span></p><?cs /if ?>
<p class="meta"><span><?cs var:Lang.Account.SessionStarted ?> <?cs call:time(s.Started) ?></span><span><?cs var:Lang.Account.SessionSeen ?> <?cs call:time(s.Seen) ?></span><?cs if:s.Address ?><span><?cs var:Lang.Account.SessionFrom ?> <?cs var:s.Address ?></span><?cs /if ?></p><?cs if:!s.IsThis ?>
<form class="act" method="post" action="/account/sessions/<?cs var:url(s.Id) ?>/end"><?cs call:form_keys() ?><button class="button quiet" aria-label="<?cs var:Lang.Account.SessionEnd ?><?cs var:Lang.Common.Colon ?> <?cs if:s.Agent ?><?cs var:s.Agent ?><?cs else ?><?cs var:Lang.Account.SessionUnknown ?><?cs /if ?>, <?cs var:s.Started.Text ?>"><?cs var:Lang.Account.SessionEnd ?></button></form><?cs /if ?>
</li><?cs /each ?>
</ul><?cs
call:act("/account/sessions/end", Lang.Account.SessionsEnd, "quiet") ?>
<p class="meta"><?cs var:Lang.Account.SessionsEndHint ?></p>
</section>
</div>
<aside aria-label="<?cs var:Lang.Account.Title ?>">
<section class="card">
<h2><?cs var:Lang.Account.SignIn ?></h2><?cs if:Account.HasCredential ?>
<dl class="facts">
<dt><?cs var:Lang.Account.Changed ?></dt><dd><?cs call:date(Account.Changed) ?></dd>
<dt><?cs var:Lang.Account.Codes ?></dt><dd<?cs if:Account.IsCodesFew ?> class="due"<?cs /if ?>><?cs var:Account.CodesText ?></dd>
</dl><?cs if:Account.IsCodesFew ?>
<p class="due"><?cs var:Lang.Account.CodesFew ?></p><?cs /if ?>
<ul>
<li><a href="/account/password"><?cs var:Lang.Account.PasswordChange ?></a></li>
<li><a href="/account/factor"><?cs var:Lang.Account.FactorChange ?></a></li>
</ul><?cs call:act("/account/codes", Lang.Account.CodesNew, "quiet") ?>
<p class="meta"><?cs var:Lang.Account.ProveHint ?></p><?cs else ?>
<p><?cs var:Lang.Account.NoCredential ?></p><?cs /if ?>
</section>
<form class="card" method="post" action="/language"><?cs call:form_keys() ?><input type="hidden" name="to" value="/account">
<h2><?cs var:Lang.Account.Language ?></h2><?cs
call:field_choice(Form.language, "language", Lang.Account.LanguageHint, "") ?>
<button class="button quiet"><?cs var:Lang.Account.LanguageSet ?></button>
</form>
</aside>
</div>
<?cs /def ?>
