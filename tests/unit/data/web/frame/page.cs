<?cs # Needs Page.Body (set before parsing) and what the page's macros need. ?><?cs include!Page.Body ?><!doctype html>
<html lang="<?cs var:Lang.Code ?>"><title><?cs call:title() ?> - <?cs var:Lang.Name ?></title>
<main><?cs call:body() ?></main></html>
