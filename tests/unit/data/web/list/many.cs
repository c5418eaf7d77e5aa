<?cs # Needs Rows.* {Ref, Title, Label, Org, Url, Due.Text, Due.Date, Due.Iso, May.Answer, Summary}: the page that is measured. ?><?cs def:row(r) ?>
<article class="advisory"><h2><a href="<?cs var:url(r.Url) ?>"><?cs var:r.Ref ?> <?cs var:r.Title ?></a></h2>
<p class="tlp tlp-<?cs var:r.Label ?>"><?cs var:r.Label ?></p><p><?cs var:r.Summary ?></p>
<p><?cs var:Lang.List.By ?> <?cs var:r.Org ?>, <?cs var:Lang.List.Due ?> <time datetime="<?cs var:r.Due.Iso ?>"><?cs var:r.Due.Text ?></time> (<?cs var:r.Due.Date ?>)</p>
<?cs if:r.May.Answer ?><p><a href="<?cs var:url(r.Url) ?>/answer"><?cs var:Lang.List.Read ?></a></p><?cs /if ?></article><?cs /def ?>
<?cs def:title() ?><?cs var:Lang.List.Title ?><?cs /def ?>
<?cs def:body() ?><h1><?cs var:Lang.List.Title ?></h1><?cs each:r = Rows ?><?cs call:row(r) ?><?cs /each ?><?cs /def ?>
