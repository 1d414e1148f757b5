"""One question to a few of the silent, drawn by lot after the close. No answer to it counts as one to the survey."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.enums import UsualMode
from surveys.models.campaign import Campaign
from surveys.models.population import Invitation
from surveys.models.staff import Employee
from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import ADD, ALL, READ, RowAccess

OWN = "employee_id = {employee}"


class FollowUp(TenantModel):
    """A campaign's follow-up: once, by lot from the campaign's `code`. size: how many HR wanted to ask.

    silent: among how many who had not answered the lot fell; who cannot be mailed was left out.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="follow_up")
    size = models.PositiveSmallIntegerField(_("how many people"))
    silent = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    row_access = RowAccess(hr=ADD, reporting=READ, respondent=READ)

    def __str__(self) -> str:
        return f"follow-up of {self.campaign_id}"


class FollowUpQuestion(TenantModel):
    """One person asked by a follow-up. Says that they answered; what, stands in `FollowUpAnswer`.

    deleted_at: when the person deleted an answer after the last day. Estimates leave the whole follow-up out then: one
    with the answer and one without it would tell it.
    """

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="questions")
    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="follow_up_question")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    row_access = RowAccess(hr=ADD, reporting=READ, respondent="SELECT, UPDATE", own=OWN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "follow_up", "employee", name="surveys_followupquestion_unique_employee"
            )
        ]

    def __str__(self) -> str:
        return f"question to {self.employee_id}"


class FollowUpAnswer(TenantModel):
    """How a person usually travels. The role of HR's pages cannot read it, whatever the campaign promised."""

    question = models.OneToOneField(FollowUpQuestion, on_delete=models.CASCADE, related_name="answer")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    usual_mode = models.CharField(max_length=20, choices=UsualMode.choices)
    answered_at = models.DateTimeField()

    row_access = RowAccess(reporting=READ, respondent=ALL, own=OWN)

    def __str__(self) -> str:
        return f"answer to {self.question_id}"
