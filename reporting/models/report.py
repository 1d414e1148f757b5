"""The yearly return of one legal entity, its versions and their cells."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.enums import CellOrigin, CommuteMethodKind, ReportState
from surveys.models import Campaign
from wpm_platform.organisations.models import LegalEntity, TenantModel, User
from wpm_platform.row_security import ALL, CHANGE, READ, RowAccess


class Report(TenantModel):
    """One KvK number × one reporting year.

    commute_method: the one way in which block 4 is computed. commute_week_from: the Monday of the one week that
    counts of a survey of several; null takes all. method_*: who chose these, when and why; nothing while nobody did.
    estimation: the estimation whose figures HR reports in block 4; null for the guidance's. estimation_*: who chose
    that, when and why, and of going back to the guidance's too.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    legal_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+")
    reporting_year = models.PositiveSmallIntegerField(_("reporting year"))
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    commute_method = models.CharField(
        max_length=20, choices=CommuteMethodKind.choices, default=CommuteMethodKind.SURVEY
    )
    commute_week_from = models.DateField(null=True, blank=True)
    method_reason = models.CharField(max_length=300, blank=True)
    method_chosen_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    method_chosen_at = models.DateTimeField(null=True)
    estimation = models.ForeignKey(
        "reporting.EstimationRun", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    estimation_reason = models.CharField(max_length=300, blank=True)
    estimation_chosen_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    estimation_chosen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    row_access = RowAccess(hr=CHANGE, reporting=READ)

    class Meta:
        ordering = ["-reporting_year", "legal_entity__kvk_number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    method_chosen_at__isnull=True, commute_method="survey", commute_week_from__isnull=True
                )
                | (models.Q(method_chosen_at__isnull=False) & ~models.Q(method_reason="")),
                name="reporting_report_choice_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(commute_week_from__isnull=True) | models.Q(commute_method="survey"),
                name="reporting_report_week_of_survey",
            ),
            models.CheckConstraint(
                condition=models.Q(estimation__isnull=True)
                | (
                    models.Q(commute_method="survey", commute_week_from__isnull=True)
                    & models.Q(estimation_chosen_at__isnull=False)
                    & ~models.Q(estimation_reason="")
                ),
                name="reporting_report_estimation_has_reason",
            ),
            models.UniqueConstraint(
                "organisation", "legal_entity", "reporting_year", name="reporting_report_unique_entity_year"
            ),
        ]

    def __str__(self) -> str:
        return f"WPM {self.reporting_year}"


class ReportVersion(TenantModel):
    """What was computed. A version that is frozen or filed never changes again.

    What it was computed from stands in `ReportSource`; `inputs_hash` is over its canonical JSON.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    inputs_hash = models.CharField(max_length=64)
    parameter_version = models.CharField(max_length=80)
    software_version = models.CharField(max_length=40)
    built_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    filing_reference = models.CharField(_("reference of the filing"), max_length=80, blank=True)
    filed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reopened_reason = models.CharField(_("reason for reopening"), max_length=300, blank=True)

    row_access = RowAccess(hr=CHANGE, reporting=READ)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("organisation", "report", "number", name="reporting_reportversion_unique_number"),
            models.UniqueConstraint(
                "organisation",
                "report",
                condition=models.Q(state=ReportState.DRAFT),
                name="reporting_reportversion_one_draft",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ReportState.FILED)
                | (models.Q(filed_on__isnull=False) & ~models.Q(filing_reference="")),
                name="reporting_reportversion_filed_has_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class ReportSource(TenantModel):
    """What a version follows from: inputs (`reporting.domain.report_inputs.ReportInputs`) and parameters.

    The inputs hold sums finer than the form's lines, also over fewer than five people; HR's role cannot read them.
    """

    version = models.OneToOneField(ReportVersion, on_delete=models.CASCADE, related_name="source")
    document = models.JSONField()

    row_access = RowAccess(reporting=CHANGE)

    def __str__(self) -> str:
        return f"source of {self.version_id}"


class ReportCell(TenantModel):
    """One of the 44 cells. value: null when it cannot be determined yet. derivation: how it came about."""

    version = models.ForeignKey(ReportVersion, on_delete=models.CASCADE, related_name="cells")
    block = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=24)
    position = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    unit = models.CharField(max_length=4)
    origin = models.CharField(max_length=12, choices=CellOrigin.choices)
    derivation = models.JSONField(default=dict)

    row_access = RowAccess(hr=ALL, reporting=READ)

    class Meta:
        ordering = ["block", "position"]
        constraints = [
            models.UniqueConstraint("organisation", "version", "block", "line", name="reporting_reportcell_unique_cell")
        ]

    def __str__(self) -> str:
        return f"{self.block}/{self.line}"
