<?cs # SPDX-License-Identifier: Apache-2.0 ?><?cs
#
# The text of the mail that carries an invitation, plain text, in the invited
# person's language.  Needs: Mail.{Name,Organisation,Portal,Link,
# Expires (time),Inviter (absent: the keeper's console),IsReset}.
#
?><?cs var:Lang.Invitation.MailHello ?> <?cs var:Mail.Name ?>,

<?cs if:Mail.IsReset ?><?cs var:Lang.Invitation.MailReset ?> <?cs var:Mail.Portal ?>.<?cs else ?><?cs if:Mail.Inviter ?><?cs var:Mail.Inviter ?> <?cs var:Lang.Invitation.MailInvites ?><?cs else ?><?cs var:Lang.Invitation.MailInvited ?><?cs /if ?> <?cs var:Mail.Portal ?> <?cs var:Lang.Invitation.MailFor ?> <?cs var:Mail.Organisation ?>.<?cs /if ?>

<?cs var:Lang.Invitation.MailOpen ?>

<?cs var:Mail.Link ?>

<?cs var:Lang.Invitation.MailOnce ?> <?cs var:Mail.Expires.Text ?>.

<?cs var:Lang.Invitation.MailWhat ?>

<?cs var:Lang.Invitation.MailNotYou ?>
