<?cs var:Lang.Name ?>: <?cs var:Text ?>
