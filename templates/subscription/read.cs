<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# What of the library a person wants to hear of on Today.  Needs:
# Form.{sectors,measures}.
#
?><?cs def:title() ?><?cs var:Lang.Subscription.Title ?><?cs /def ?><?cs
def:body() ?>
<p class="back"><a href="/documents"><?cs var:Lang.Document.Title ?></a></p>
<h1><?cs var:Lang.Subscription.Title ?></h1>
<p class="lead"><?cs var:Lang.Subscription.Lead ?></p><?cs call:error_summary() ?>
<form class="card sheet-form" method="post" action="/subscriptions" novalidate><?cs call:form_keys() ?><?cs
call:field_columns(Form.sectors, "sectors", Lang.Form.Label.sectors, Lang.Subscription.SectorsHint) ?><?cs
call:field_set(Form.measures, "measures", Lang.Form.Label.measures, "") ?>
<p class="acts"><button class="button"><?cs var:Lang.Subscription.Save ?></button> <a href="/documents"><?cs var:Lang.Common.Cancel ?></a></p>
</form><?cs /def ?>
