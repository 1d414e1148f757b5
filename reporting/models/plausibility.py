"""What HR answered about figures that stood out."""

import uuid

from django.db import models

from reporting.models.report import Report
from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import CHANGE, READ, RowAccess


class FindingAnswer(TenantModel):
    """Why a finding of a report's checks is right as it is. It holds for the figures that it was given about.

    finding: the key of `domain.plausibility.finding.Finding`; fingerprint: over the key and `figures`. An answer that
    was taken back stays as a row.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="finding_answers")
    finding = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    row_access = RowAccess(hr=CHANGE, reporting=READ)

    class Meta:
        ordering = ["-answered_at"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "report",
                "fingerprint",
                condition=models.Q(withdrawn_at__isnull=True),
                name="reporting_findinganswer_one_that_holds",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="reporting_findinganswer_has_reason"),
        ]

    def __str__(self) -> str:
        return self.finding
