<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The people of an organisation.  Needs: Organisation.{Ref,Name,IsOwn,
# HasSteward (who alone invites into it)},
# People.N.{Ref,Name,Email,Roles,State,StateWord,Seen}.
#
?><?cs def:title() ?><?cs var:Lang.Person.Title ?><?cs if:!Organisation.IsOwn ?> · <?cs var:Organisation.Name ?><?cs /if ?><?cs /def ?><?cs

def:person_row(p) ?>
<tr role="row">
<th role="rowheader" scope="row"><a href="/people/<?cs var:p.Ref ?>"><?cs var:p.Name ?></a><br><span class="meta wrap"><?cs var:p.Email ?></span></th>
<td role="cell" data-label="<?cs var:Lang.Person.Roles ?>"><?cs var:p.Roles ?></td>
<td role="cell" data-label="<?cs var:Lang.Person.StateHead ?>"><span class="tag state-<?cs var:p.StateWord ?>"><?cs var:p.State ?></span></td>
<td role="cell" data-label="<?cs var:Lang.Person.Seen ?>"><?cs if:p.Seen.Iso ?><?cs call:time(p.Seen) ?><?cs else ?><span class="meta"><?cs var:Lang.Person.NeverSeen ?></span><?cs /if ?></td>
</tr><?cs /def ?><?cs

def:body() ?>
<div class="head">
<h1><?cs var:Lang.Person.Title ?></h1><?cs if:!Organisation.HasSteward ?>
<p><a class="button" href="/people/new<?cs if:!Organisation.IsOwn ?>?organisation=<?cs var:Organisation.Ref ?><?cs /if ?>"><?cs var:Lang.Person.New ?></a></p><?cs /if ?>
</div>
<p class="lead"><?cs var:Organisation.Name ?></p><?cs if:Organisation.HasSteward ?>
<p class="meta"><?cs var:Lang.Form.Error.HasSteward ?></p><?cs /if ?><?cs if:subcount(People) ?>
<div class="card flush">
<table class="stack" role="table">
<caption class="aside"><?cs var:Lang.Person.Title ?></caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><?cs var:Lang.Form.Label.name ?></th><th role="columnheader" scope="col"><?cs var:Lang.Person.Roles ?></th><th role="columnheader" scope="col"><?cs var:Lang.Person.StateHead ?></th><th role="columnheader" scope="col"><?cs var:Lang.Person.Seen ?></th></tr></thead>
<tbody role="rowgroup"><?cs each:p = People ?><?cs call:person_row(p) ?><?cs /each ?>
</tbody>
</table>
</div><?cs else ?>
<p class="card empty"><?cs var:Lang.Person.Empty ?></p><?cs /if ?><?cs /def ?>
