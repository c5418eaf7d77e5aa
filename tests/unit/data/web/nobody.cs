<?cs def:title() ?>a page that defines no body<?cs /def ?>
