"""The states of a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    INFLIGHT = "inflight", _("Being sent")
    SENT = "sent", _("Sent")
    AWAITING_RETRY = "awaiting_retry", _("Will be tried again")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("Uncertain")
