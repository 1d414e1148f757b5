"""The outbox: one row per mail, whatever becomes of it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from wpm_platform.mailing.enums import MailState
from wpm_platform.organisations.models import TenantModel
from wpm_platform.row_security import CHANGE, RowAccess


class OutgoingMail(TenantModel):
    """A mail with a state. `occasion` names why it exists; one occasion is one mail, by constraint.

    kind: whose mail it is, `<app>.<kind>`; the owner claims and re-checks its own kinds. reference:
    the owner's public code of what the mail is about; addressee: its code of the person, and counter: the
    name of the count that the mail adds to ("2026", or a panel's own), so that a person's mails can be limited.
    The text is rendered when it is sent; `body` keeps the sent copy with personal links redacted, until
    `purged_at`. provider_id: the name that a mail provider gave it.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    occasion = models.CharField(max_length=120)
    reference = models.UUIDField()
    addressee = models.UUIDField(null=True, blank=True)
    counter = models.CharField(max_length=60, blank=True)
    recipient = models.EmailField(max_length=254, blank=True)
    recipient_domain = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=5, default="nl")
    state = models.CharField(_("state"), max_length=20, choices=MailState.choices, default=MailState.QUEUED)
    reason = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=200, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    row_access = RowAccess(hr=CHANGE)
    # Of a claimed mail: its recipient's domain asked for less mail not long ago.
    is_struck = False

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "occasion", name="mailing_outgoingmail_unique_occasion")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=[MailState.QUEUED, MailState.AWAITING_RETRY, MailState.INFLIGHT]),
                name="mailing_outgoingmail_open",
            ),
            # The next mail of an organisation, by one look at the index however long the queue is.
            models.Index(
                fields=["organisation", "due_at", "id"],
                condition=models.Q(state__in=[MailState.QUEUED, MailState.AWAITING_RETRY]),
                name="mailing_outgoingmail_next",
            ),
            # The same while some domains are left alone: from domain to domain.
            models.Index(
                fields=["organisation", "recipient_domain", "due_at", "id"],
                condition=models.Q(state__in=[MailState.QUEUED, MailState.AWAITING_RETRY]),
                name="mailing_outgoingmail_domain",
            ),
            models.Index(fields=["organisation", "reference"], name="mailing_outgoingmail_by_ref"),
            models.Index(
                fields=["organisation", "addressee", "counter"],
                condition=models.Q(addressee__isnull=False),
                name="mailing_outgoingmail_counted",
            ),
            models.Index(
                fields=["provider_id"], condition=~models.Q(provider_id=""), name="mailing_outgoingmail_provider"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
