"""The states of a mail, and what mail servers and people report back about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    INFLIGHT = "inflight", _("Being sent")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    SOFT_BOUNCE = "soft_bounce", _("Temporarily refused")
    HARD_BOUNCE = "hard_bounce", _("Address does not exist")
    BLOCKED = "blocked", _("Refused by a filter")
    COMPLAINT = "complaint", _("Marked as unwanted")
    AWAITING_RETRY = "awaiting_retry", _("Will be tried again")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("Uncertain")


class MailEventKind(models.TextChoices):
    """What comes back about a mail; the five kinds of return are kept apart."""

    DELIVERED = "delivered", _("Delivered")
    HARD_BOUNCE = "hard_bounce", _("Address does not exist")
    SOFT_BOUNCE = "soft_bounce", _("Temporarily refused")
    BLOCKED = "blocked", _("Refused by a filter")
    COMPLAINT = "complaint", _("Marked as unwanted")
    AUTO_REPLY = "auto_reply", _("Automatic reply")


class EventSource(models.TextChoices):
    SMTP = "smtp", _("Mail server")
    WEBHOOK = "webhook", _("Mail provider")
    MAILBOX = "mailbox", _("Mailbox for bounces")
