"""A campaign's mail plan: its steps in time, and per step the frozen list of who gets what."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.enums import MailStepKind, MailStepState
from surveys.models.campaign import Campaign, SurveyWeek
from surveys.models.population import Invitation
from surveys.models.staff import Employee
from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import ADD, ALL, CHANGE, RowAccess


class MailStep(TenantModel):
    """One mail of the plan about one week: when it leaves, and what became of it.

    number: which reminder, 0 for the others. due_at: when it leaves, at the earliest; expires_at: from then on
    it makes no sense any more. is_moved: HR chose the moment, so planning anew leaves it alone. reason: why it
    was left out or expired, as a code.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="mail_steps")
    week = models.ForeignKey(SurveyWeek, on_delete=models.CASCADE, related_name="mail_steps")
    kind = models.CharField(_("kind"), max_length=12, choices=MailStepKind.choices)
    number = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(_("leaves at"))
    expires_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=10, choices=MailStepState.choices, default=MailStepState.PLANNED)
    reason = models.CharField(max_length=40, blank=True)
    is_moved = models.BooleanField(default=False)

    row_access = RowAccess(hr=ALL)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation", "campaign", "week", "kind", "number", name="surveys_mailstep_unique_step"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("due_at")), name="surveys_mailstep_expires_after_due"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=MailStepKind.REMINDER, number__range=(1, 3))
                | (~models.Q(kind=MailStepKind.REMINDER) & models.Q(number=0)),
                name="surveys_mailstep_three_reminders",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=[MailStepState.PLANNED, MailStepState.PREPARED]),
                name="surveys_mailstep_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number or ''}".strip()


class MailBatch(TenantModel):
    """The frozen list of one step: nothing leaves before `releases_at`, until then it can be undone."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.ForeignKey(MailStep, on_delete=models.CASCADE, related_name="batches")
    prepared_at = models.DateTimeField()
    releases_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    row_access = RowAccess(hr=CHANGE)

    class Meta:
        ordering = ["-prepared_at"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "step",
                condition=models.Q(undone_at__isnull=True),
                name="surveys_mailbatch_one_not_undone",
            )
        ]

    def __str__(self) -> str:
        return f"list of {self.prepared_at:%Y-%m-%d %H:%M}"


class BatchLine(TenantModel):
    """One person in the list. reason: why they get no mail, as a code; empty when they get one, at `due_at`."""

    batch = models.ForeignKey(MailBatch, on_delete=models.CASCADE, related_name="lines")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=5)
    reason = models.CharField(max_length=20, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)

    row_access = RowAccess(hr=ADD)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "batch", "employee", name="surveys_batchline_unique")]
        indexes = [models.Index(fields=["organisation", "employee"], name="surveys_batchline_by_employee")]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.batch_id}"
