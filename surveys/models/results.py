"""The result of a campaign that employees may read."""

from django.db import models

from surveys.models.campaign import Campaign
from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import CHANGE, READ, RowAccess


class PublishedResult(TenantModel):
    """What employees read of a closed campaign, once HR has published it.

    figures: `surveys.domain.published_result.ResultFigures`, as they were when it was first published. They are kept
    while it is withdrawn, so that publishing again never shows by a difference what somebody deleted in between.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="published_result")
    figures = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    row_access = RowAccess(hr=CHANGE, respondent=READ)

    def __str__(self) -> str:
        return f"result of {self.campaign_id}"
