"""What comes back: events about a mail, addresses that get none any more, domains that ask us to slow down."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wpm_platform.mailing.enums import EventSource, MailEventKind
from wpm_platform.mailing.models.outgoing_mail import OutgoingMail
from wpm_platform.organisations.models import TenantModel
from wpm_platform.row_security import ADD, CHANGE, RowAccess


class MailEvent(TenantModel):
    """Something that was reported about a mail; never changed. `event_key` makes a repeated report one row."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=20, choices=MailEventKind.choices)
    source = models.CharField(max_length=10, choices=EventSource.choices)
    happened_at = models.DateTimeField()
    event_key = models.CharField(max_length=200)
    detail = models.CharField(max_length=200, blank=True)

    row_access = RowAccess(hr=ADD)

    class Meta:
        ordering = ["happened_at", "pk"]
        constraints = [models.UniqueConstraint("organisation", "event_key", name="mailing_mailevent_unique_event_key")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.mail_id}"


class AddressStop(TenantModel):
    """An address that gets no more mail from this organisation. Only a hash of the address is kept.

    kind: what stopped it. A complaint is never lifted; another stop may be, by HR, as `lifted_at` tells.
    """

    address_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=MailEventKind.choices)
    stopped_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    row_access = RowAccess(hr=CHANGE)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "address_hash", name="mailing_addressstop_unique_address"),
            models.CheckConstraint(
                condition=~models.Q(kind=MailEventKind.COMPLAINT) | models.Q(lifted_at__isnull=True),
                name="mailing_addressstop_complaint_stays",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.stopped_at:%Y-%m-%d}"


class DomainPause(models.Model):
    """A recipient domain that answered "too much, later": nobody mails it before `until`, of any organisation.

    strikes: how often in a row; each doubles the wait.
    """

    domain = models.CharField(max_length=255, unique=True)
    until = models.DateTimeField()
    strikes = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return self.domain


class WaitingReport(models.Model):
    """A provider's report about a mail whose row is not there yet; matched again for five minutes, then dropped."""

    provider_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=MailEventKind.choices)
    happened_at = models.DateTimeField()
    event_key = models.CharField(max_length=200, unique=True)
    detail = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} of {self.provider_id}"
