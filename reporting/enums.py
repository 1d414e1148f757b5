"""The words of the report's life."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    FROZEN = "frozen", _("Frozen")
    FILED = "filed", _("Filed")
    REOPENED = "reopened", _("Reopened")


class CellOrigin(models.TextChoices):
    OBSERVED = "observed", _("Observed")
    ESTIMATED = "estimated", _("Estimated")
    MANUAL = "manual", _("Entered by hand")
    UNDETERMINED = "undetermined", _("Not known yet")
