"""What a closed survey adds up to, kept from before its first answer was deleted."""

from django.db import models

from surveys.models import Campaign
from wpm_platform.organisations.models import LegalEntity, TenantModel
from wpm_platform.row_security import CHANGE, RowAccess


class KeptSurvey(TenantModel):
    """The survey of one legal entity, so that figures stay the same when answers go, one by one or all at once.

    sums: the rows that `reporting/selectors/survey` reads, and per reporting year how many people are behind each
    line. facts: the counts that the evidence tells beside them; null until the rows about persons go. Finer than the
    form's lines, hence for the role `wpm_reporting` only.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    legal_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    sums = models.JSONField()
    facts = models.JSONField(null=True)

    row_access = RowAccess(reporting=CHANGE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "campaign", "legal_entity", name="reporting_keptsurvey_unique_entity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} of {self.legal_entity_id}"
