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
    the owner's public code of what the mail is about. The text is rendered when it is sent; `body` keeps
    the sent copy with personal links redacted.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    occasion = models.CharField(max_length=120)
    reference = models.UUIDField()
    recipient = models.EmailField(max_length=254)
    language = models.CharField(max_length=5, default="nl")
    state = models.CharField(_("state"), max_length=20, choices=MailState.choices, default=MailState.QUEUED)
    reason = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    row_access = RowAccess(hr=CHANGE)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "occasion", name="mailing_outgoingmail_unique_occasion")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=[MailState.QUEUED, MailState.AWAITING_RETRY, MailState.INFLIGHT]),
                name="mailing_outgoingmail_open",
            ),
            models.Index(fields=["organisation", "reference"], name="mailing_outgoingmail_by_ref"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
