<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Before somebody begins anew.  Needs: Person.{Ref,Name,Email}.
#
?><?cs def:title() ?><?cs var:Lang.Person.Reset ?> · <?cs var:Person.Name ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/people/<?cs var:Person.Ref ?>"><?cs var:Person.Name ?></a></p>
<h1><?cs var:Lang.Person.Reset ?></h1>
<p class="standfirst"><?cs var:Person.Name ?>, <span class="wrap"><?cs var:Person.Email ?></span></p>
<div class="notice warn">
<ul>
<li><?cs var:Lang.Person.ResetPassword ?></li>
<li><?cs var:Lang.Person.ResetSessions ?></li>
<li><?cs var:Lang.Person.ResetStays ?></li>
</ul>
</div>
<form class="card sheet-form" method="post" action="/people/<?cs var:Person.Ref ?>/reset"><?cs call:form_keys() ?>
<p><?cs var:Lang.Person.ResetSure ?></p>
<p class="acts"><button class="button danger"><?cs var:Lang.Person.ResetNow ?></button> <a href="/people/<?cs var:Person.Ref ?>"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
