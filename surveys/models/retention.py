"""How long a campaign's rows about persons are kept, what holds them longer, and what proves that they went."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.domain.retention import LONGEST_MONTHS, SHORTEST_MONTHS
from surveys.models.campaign import Campaign
from surveys.models.population import Invitation
from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import ADD, CHANGE, RowAccess


class RetentionPlan(TenantModel):
    """A campaign's own period, and when HR was told that its rows are about to go.

    months: after the closing; null for the organisation's period. announced_at: since when HR knows; the rows stay at
    least two weeks longer. announced_drafts: reports that were drafts on it then, of which the figures become final.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="retention_plan")
    months = models.PositiveSmallIntegerField(_("months after the closing"), null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    announced_drafts = models.PositiveSmallIntegerField(default=0)

    row_access = RowAccess(hr=CHANGE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(months__isnull=True) | models.Q(months__range=(SHORTEST_MONTHS, LONGEST_MONTHS)),
                name="surveys_retentionplan_months_in_range",
            )
        ]

    def __str__(self) -> str:
        return f"{self.months} months of {self.campaign_id}"


class RetentionHold(TenantModel):
    """Nothing of a campaign goes while a hold is in force, such as for an inspection.

    until: the last day of the hold; null until it is lifted by hand.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="retention_holds")
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateField(_("until"), null=True, blank=True)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    row_access = RowAccess(hr=CHANGE)

    class Meta:
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "campaign",
                condition=models.Q(lifted_at__isnull=True),
                name="surveys_retentionhold_one_not_lifted",
            )
        ]

    def __str__(self) -> str:
        return self.reason


class RetentionRun(TenantModel):
    """The log: one row per campaign whose rows about persons went, and the proof of it.

    planned_on: the day that was announced. before, removed, after: rows per kind, counted by PostgreSQL when the run
    began, deleted by it, and left when it ended. chain_hash: SHA-256 over this row's facts and the hash of the run
    before it in the organisation. PostgreSQL refuses any change of a finished run (surveys/sql/retention.sql).
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="retention_run")
    months = models.PositiveSmallIntegerField()
    planned_on = models.DateField()
    announced_at = models.DateTimeField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    before = models.JSONField(default=dict)
    removed = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    chain_hash = models.CharField(max_length=64, blank=True)

    row_access = RowAccess(hr=CHANGE)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.campaign_id} on {self.planned_on}"


class CampaignTotals(TenantModel):
    """What HR's pages go on showing of a closed campaign when rows behind it are gone; groups of five and more.

    answers: days per mode and the mean of how hard it was, as the database gave them before the first answer was
    deleted; the views `wpm.answer_sums` and `wpm.burden_means` read these from then on, so that nobody's deletion shows
    as a difference. people: invited, answered, left out, mails; null until the rows about persons go.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="kept_totals")
    kept_at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    people = models.JSONField(null=True, blank=True)

    row_access = RowAccess(hr=CHANGE)

    def __str__(self) -> str:
        return f"totals of {self.campaign_id}"


class ForgetRequest(TenantModel):
    """A person asked to have their answers deleted after the survey closed; gone with the answers, within minutes."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="forget_request")
    employee = models.ForeignKey("surveys.Employee", on_delete=models.CASCADE, related_name="+")
    requested_at = models.DateTimeField()

    row_access = RowAccess(respondent=ADD, own="employee_id = {employee}")

    def __str__(self) -> str:
        return f"of {self.invitation_id}"
