<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# Before an organisation is suspended.  Needs: Organisation.*, Loss.N.Text,
# Form.why.
#
?><?cs def:title() ?><?cs var:Lang.Organisation.Suspend ?> · <?cs var:Organisation.Name ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/organisations/<?cs var:Organisation.Ref ?>"><?cs var:Organisation.Name ?></a></p>
<h1><?cs var:Lang.Organisation.SuspendTitle ?></h1>
<p class="standfirst"><?cs var:Organisation.Name ?></p><?cs call:error_summary() ?>
<div class="notice warn">
<ul><?cs each:l = Loss ?>
<li><?cs var:l.Text ?></li><?cs /each ?>
<li><?cs var:Lang.Organisation.LossStays ?></li>
</ul>
</div>
<form class="card sheet-form" method="post" action="/organisations/<?cs var:Organisation.Ref ?>/suspend" novalidate><?cs call:form_keys() ?><?cs
call:field_prose(Form.why, "why", Lang.Form.Label.why, Lang.Organisation.SuspendWhyHint, "3") ?>
<p class="acts"><button class="button danger"><?cs var:Lang.Organisation.SuspendNow ?></button> <a href="/organisations/<?cs var:Organisation.Ref ?>"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
