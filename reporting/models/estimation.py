"""Estimations of a report's commuting kilometres: what was asked for, how far each is, and what came out."""

import uuid

from django.db import models

from reporting.enums import EstimationState, EstimationStep
from surveys.models import Campaign
from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import CHANGE, READ, RowAccess


class EstimationRun(TenantModel):
    """One estimation: asked for by HR, computed by a worker.

    features: names of the staff list's facts that were used, sorted, beside distance and contract days.
    council_note: what HR told the works council about them. inputs_hash: SHA-256 over everything the result follows
    from; empty until the worker has read it. same_as: the earlier run with the same inputs, whose result this one
    shows. step, done_steps, all_steps: progress, for people who wait. attempts, alive_at: how often a worker began, and
    when the last one was last heard of.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey("reporting.Report", on_delete=models.CASCADE, related_name="estimations")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=EstimationState.choices, default=EstimationState.WAITING)
    features = models.JSONField(default=list)
    council_note = models.CharField(max_length=500, blank=True)
    random_state = models.PositiveIntegerField(default=0)
    method_version = models.CharField(max_length=10)
    inputs_hash = models.CharField(max_length=64, blank=True)
    same_as = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    step = models.CharField(max_length=20, blank=True)
    done_steps = models.PositiveSmallIntegerField(default=0)
    all_steps = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    alive_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=40, blank=True)
    requested_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_requested_at = models.DateTimeField(null=True)

    row_access = RowAccess(hr=CHANGE, reporting=READ)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "report",
                condition=models.Q(state__in=[EstimationState.WAITING, EstimationState.RUNNING]),
                name="reporting_estimationrun_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[EstimationState.WAITING, EstimationState.RUNNING])
                | models.Q(finished_at__isnull=False),
                name="reporting_estimationrun_ended_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"estimation {self.code}"

    @property
    def step_number(self) -> int:
        """The step at hand, the first being 1."""
        return min(self.done_steps + 1, self.all_steps)

    @property
    def step_label(self) -> str:
        return str(EstimationStep(self.step).label) if self.step else ""


class EstimationResult(TenantModel):
    """What a run found: `CommuteEstimate` as JSON, and its model card.

    The lines can be over fewer than five people, so HR's role cannot read them: pages show them through selectors
    that hide small groups.
    """

    run = models.OneToOneField(EstimationRun, on_delete=models.CASCADE, related_name="result")
    estimate = models.JSONField()
    card = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    row_access = RowAccess(reporting=CHANGE)

    def __str__(self) -> str:
        return f"result of {self.run_id}"
