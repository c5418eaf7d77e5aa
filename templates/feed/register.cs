<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The register as Atom (RFC 4287).  Needs: Feed.{Lang,Portal,Origin,Tag,
# Updated,Before,Next}, Entries.N.{Ref,Title,Kind,KindWord,Summary,Published,
# Updated,Sectors.N,Authors.N.Name}.
#
?><?cs def:feed_entry(e) ?>
<entry>
<title<?cs if:e.Lang ?> xml:lang="<?cs var:e.Lang ?>"<?cs /if ?>><?cs var:e.Title ?></title>
<id><?cs var:Feed.Tag ?>/<?cs var:e.Ref ?></id>
<link rel="alternate" type="text/html" href="<?cs var:url(Feed.Origin) ?>/register/<?cs var:e.Ref ?>"/>
<published><?cs var:e.Published.Iso ?></published>
<updated><?cs var:e.Updated.Iso ?></updated><?cs each:a = e.Authors ?>
<author><name><?cs var:a.Name ?></name></author><?cs /each ?>
<category term="<?cs var:e.Kind ?>" label="<?cs var:e.KindWord ?>"/><?cs each:s = e.Sectors ?>
<category term="<?cs var:s.Word ?>" label="<?cs var:s.Name ?>"/><?cs /each ?>
<rights>TLP:CLEAR</rights>
<summary><?cs var:e.Summary ?></summary>
</entry><?cs /def ?><?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="<?cs var:Feed.Lang ?>">
<title><?cs var:Lang.Register.Title ?><?cs if:Feed.Portal ?> · <?cs var:Feed.Portal ?><?cs /if ?></title>
<id><?cs var:Feed.Tag ?></id>
<updated><?cs var:Feed.Updated.Iso ?></updated>
<author><name><?cs if:Feed.Portal ?><?cs var:Feed.Portal ?><?cs else ?>Entente<?cs /if ?></name></author>
<rights>TLP:CLEAR</rights>
<icon><?cs var:url(Feed.Origin) ?>/static/favicon.svg</icon>
<link rel="self" type="application/atom+xml" href="<?cs var:url(Feed.Origin) ?>/register.atom<?cs if:Feed.Before ?>?before=<?cs var:Feed.Before ?><?cs /if ?>"/>
<link rel="alternate" type="text/html" href="<?cs var:url(Feed.Origin) ?>/register"/><?cs if:Feed.Next ?>
<link rel="next" type="application/atom+xml" href="<?cs var:url(Feed.Origin) ?>/register.atom?before=<?cs var:Feed.Next ?>"/><?cs /if ?><?cs each:e = Entries ?><?cs call:feed_entry(e) ?><?cs /each ?>
</feed>
