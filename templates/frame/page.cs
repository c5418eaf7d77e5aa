<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The frame of each page.  Needs: Page.{Lang,OtherLang,Path,Csrf,Once,Portal,HasUpload,
# HasProgress},
# User (absent: nobody is signed in), Nav.N.{Href,Label,Current},
# Footer.Records, Notice (IsNoticeBelow: the page shows it itself), Records.Href (of what the page is about); Page.Body stands for the page's own template, which
# defines title() and body() on top of what is defined before it.
#
?><?cs include!"frame/macros.cs" ?><?cs include!Page.Body ?><!doctype html>
<html lang="<?cs var:Page.Lang ?>">
<head>
<meta charset="utf-8">
<title><?cs call:title() ?> · Entente</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<?cs if:Page.Feed ?><link rel="alternate" type="application/atom+xml" title="<?cs var:Lang.Register.Title ?>" href="<?cs var:url(Page.Feed) ?>">
<?cs /if ?><link rel="icon" href="/static/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/entente.css">
<link rel="stylesheet" href="/static/print.css" media="print">
<script src="/static/entente.js" defer></script><?cs if:Page.HasUpload ?>
<script src="/static/upload.js" defer></script><?cs /if ?><?cs if:Page.HasProgress ?>
<script src="/static/bundle.js" defer></script><?cs /if ?>
</head>
<body>
<a class="skip" href="#main"><?cs var:Lang.Common.Skip ?></a>
<header class="top">
<div class="wide">
<a class="mark" href="<?cs if:User.Name ?>/today<?cs else ?>/<?cs /if ?>" translate="no">entente</a>
<div class="who"><?cs if:User.Name ?>
<p><b><?cs var:User.Name ?></b> <span class="of"><?cs var:User.Organisation ?></span></p><?cs /if ?>
<form method="post" action="/language"><?cs call:form_keys() ?><input type="hidden" name="language" value="<?cs var:Page.OtherLang ?>"><input type="hidden" name="to" value="<?cs var:Page.Path ?>"><button class="plain" lang="<?cs var:Page.OtherLang ?>"><?cs var:Lang.Common.OtherLanguage ?></button></form><?cs if:User.Name ?>
<a href="/account"><?cs var:Lang.Nav.Account ?></a>
<form method="post" action="/sign-out"><?cs call:form_keys() ?><button class="plain"><?cs var:Lang.Nav.SignOut ?></button></form><?cs else ?>
<a href="/sign-in"><?cs var:Lang.Nav.SignIn ?></a><?cs /if ?>
</div>
</div><?cs if:subcount(Nav) ?>
<nav class="wide" aria-label="<?cs var:Lang.Nav.Main ?>">
<ul><?cs each:n = Nav ?>
<li><a href="<?cs var:url(n.Href) ?>"<?cs if:n.Current ?> aria-current="page"<?cs /if ?>><?cs var:n.Label ?></a></li><?cs /each ?>
</ul>
</nav><?cs /if ?>
</header>
<main id="main" class="wide" tabindex="-1"><?cs if:Notice && !IsNoticeBelow ?>
<div class="notice" role="status"><p><?cs var:Notice ?></p><?cs if:Records.Href ?>
<p><?cs var:Lang.Record.Noted ?> <a href="<?cs var:url(Records.Href) ?>"><?cs var:Lang.Record.NotedGo ?></a></p><?cs /if ?></div><?cs /if ?>
<?cs call:body() ?>
</main>
<footer class="foot">
<div class="wide">
<p><?cs if:Page.Portal ?><span><?cs var:Page.Portal ?></span> <?cs /if ?><?cs if:Footer.Records ?><span><?cs var:Lang.Common.Records ?> <?cs var:Footer.Records ?></span><?cs /if ?></p>
</div>
</footer>
</body>
</html>
