"""The frozen population of a campaign, and who was invited for which week and has answered."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.enums import AskedBecause
from surveys.models.campaign import Campaign, SurveyWeek
from surveys.models.staff import Employee
from wpm_platform.organisations.models import LegalEntity, Site, TenantModel
from wpm_platform.row_security import CHANGE, READ, RowAccess


class PopulationMember(TenantModel):
    """An employee as the campaign found them at its start: invited, or left out with the reason's code.

    asked_because: why this person is among the invited; empty for who is left out.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="population")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    legal_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    department = models.CharField(max_length=120, blank=True)
    is_invited = models.BooleanField()
    exclusion_reason = models.CharField(max_length=40, blank=True)
    asked_because = models.CharField(max_length=12, choices=AskedBecause.choices, blank=True, default="", db_default="")

    row_access = RowAccess(hr=CHANGE, reporting=READ, respondent=READ, own="employee_id = {employee}")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "campaign", "employee", name="surveys_populationmember_unique_employee"
            ),
            models.CheckConstraint(
                condition=models.Q(is_invited=True, exclusion_reason="")
                | (models.Q(is_invited=False) & ~models.Q(exclusion_reason="")),
                name="surveys_populationmember_reason_unless_invited",
            ),
            models.CheckConstraint(
                condition=models.Q(is_invited=True) | models.Q(asked_because=""),
                name="surveys_populationmember_asked_if_invited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.campaign_id}"


class Invitation(TenantModel):
    """One person asked about one week. Says that somebody answered; what, stands in `Response`.

    asked_days: the days that this person's roster has in the week, as ISO numbers ("1467"); blank for who
    works without a roster: Monday to Friday, and the weekend when they say so.

    The personal link is an HMAC over `code` and `link_number`; it is stored nowhere.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="invitations")
    week = models.ForeignKey(SurveyWeek, on_delete=models.CASCADE, related_name="invitations")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="invitations")
    asked_days = models.CharField(max_length=7, blank=True)
    link_version = models.PositiveSmallIntegerField(default=1)
    invited_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    opted_out_at = models.DateTimeField(_("asked for no more reminders"), null=True, blank=True)
    mail_stopped_at = models.DateTimeField(_("mail stopped by HR"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=40, blank=True)

    row_access = RowAccess(hr=CHANGE, reporting=READ, respondent="SELECT, UPDATE", own="employee_id = {employee}")

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "week", "employee", name="surveys_invitation_unique_week_employee"),
            models.CheckConstraint(
                condition=models.Q(asked_days__regex="^1?2?3?4?5?6?7?$"), name="surveys_invitation_asked_days_in_order"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "campaign", "answered_at"], name="surveys_invitation_answered")]

    def __str__(self) -> str:
        return str(self.code)

    @property
    def link_number(self) -> int:
        """What the personal link is signed for now; another address of the employee ends the links before it."""
        return int(self.link_version + self.employee.address_changes)
