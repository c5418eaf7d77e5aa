<?cs # Needs Text, Url, Markup, May.See, Row.*.Name. ?><?cs def:item(row) ?><li><?cs var:row.Name ?></li><?cs /def ?>
<?cs def:title() ?><?cs var:Text ?><?cs /def ?>
<?cs def:body() ?>[<?cs var:Text ?>][<?cs var:Missing ?>]<a href="<?cs var:url(Url) ?>">u</a>{<?cs var:html(Markup) ?>}<?cs if:May.See ?>seen<?cs else ?>not seen<?cs /if ?><ul><?cs each:row = Row ?><?cs call:item(row) ?><?cs if:row.Flag ?>!<?cs /if ?><?cs /each ?></ul><?cs /def ?>
