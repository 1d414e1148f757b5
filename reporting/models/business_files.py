"""Business files on their way into the report, and what is kept of them."""

import datetime
import uuid

from django.db import models
from django.utils import timezone

from reporting.domain.business_file.subjects import FileSubject, subject_of
from reporting.domain.rvo import RvoBlock
from reporting.enums import BusinessBlock, BusinessImportState, CommuteMethodKind, LeftOutReason, VehicleKind
from wpm_platform.organisations.models import LegalEntity, TenantModel, User
from wpm_platform.row_security import ALL, CHANGE, READ, RowAccess


class BusinessImport(TenantModel):
    """One file about business travel. Its bytes are deleted once it is applied, cancelled or a week old.

    block: which of the form's blocks it is about; commute_method: for block 4, the method that it belongs to. layout:
    what was found about the file (encoding, separator, sheet, header line, a few rows to show). mapping: field → column
    index. outcome: what the check found, or what was applied. errors: the first rows' errors. replaces: an earlier
    applied file of which this one is the newer edition.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    legal_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+")
    reporting_year = models.PositiveSmallIntegerField()
    block = models.PositiveSmallIntegerField(choices=BusinessBlock.choices)
    commute_method = models.CharField(max_length=20, choices=CommuteMethodKind.choices, blank=True)
    filename = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=12, choices=BusinessImportState.choices, default=BusinessImportState.UPLOADED)
    layout = models.JSONField(default=dict)
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    rows_total = models.PositiveIntegerField(default=0)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    row_access = RowAccess(hr=CHANGE, reporting=READ)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(block__in=[1, 2, 3], commute_method="")
                | models.Q(block=4, commute_method__in=["standard_days", "trip_registration"]),
                name="reporting_businessimport_has_subject",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="applied") | models.Q(applied_at__isnull=False, content__isnull=True),
                name="reporting_businessimport_applied_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def applied_on(self) -> datetime.date:
        """The local day on which it was applied. Raises `ValueError` for a file that is not."""
        if self.applied_at is None:
            raise ValueError(f"{self.filename} is not applied.")
        return timezone.localdate(self.applied_at)

    @property
    def subject(self) -> FileSubject:
        """What the file is about: it decides its columns and what is kept of it."""
        return subject_of(block=RvoBlock(self.block), method=self.commute_method)


class FleetVehicle(TenantModel):
    """A vehicle of a fleet file: what the arithmetic needs, no plate and no driver.

    reference: a keyed, shortened hash of the plate or contract number, to recognise the vehicle in the next edition of
    the file. driven_km: the odometer's difference; contract_km: of a whole year; registered_km: business km by a trip
    registration. available_days: of the reporting year.
    """

    business_import = models.ForeignKey(BusinessImport, on_delete=models.CASCADE, related_name="vehicles")
    reference = models.CharField(max_length=32)
    kind = models.CharField(max_length=20, choices=VehicleKind.choices)
    fuel = models.CharField(max_length=16, blank=True)
    is_leased = models.BooleanField(default=True)
    proves_private_limit = models.BooleanField(default=False)
    available_days = models.PositiveSmallIntegerField()
    driven_km = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    contract_km = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    registered_km = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    left_out = models.CharField(max_length=24, choices=LeftOutReason.choices, blank=True)

    row_access = RowAccess(hr=ALL, reporting=READ)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "business_import", "reference", name="reporting_fleetvehicle_unique_reference"
            ),
            models.CheckConstraint(
                condition=models.Q(driven_km__isnull=True) | models.Q(driven_km__gte=0),
                name="reporting_fleetvehicle_driven_not_negative",
            ),
        ]


class TravelTotal(TenantModel):
    """The rows of a mobility or claim file that share vehicle and fuel, added up: no trip, no day and no person.

    is_split: `km` are business km. rows_without_amount: rows that lack what their cell asks.
    """

    business_import = models.ForeignKey(BusinessImport, on_delete=models.CASCADE, related_name="travel")
    kind = models.CharField(max_length=20, choices=VehicleKind.choices)
    fuel = models.CharField(max_length=16, blank=True)
    left_out = models.CharField(max_length=24, choices=LeftOutReason.choices, blank=True)
    is_split = models.BooleanField()
    rows = models.PositiveIntegerField()
    km = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    private_km = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    euro = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    rows_without_amount = models.PositiveIntegerField(default=0)

    row_access = RowAccess(hr=ALL, reporting=READ)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "business_import",
                "kind",
                "fuel",
                "left_out",
                "is_split",
                name="reporting_traveltotal_unique",
            )
        ]


class CommuteTotal(TenantModel):
    """The rows of a file about commuting that share vehicle, fuel and provider, added up: no person, no trip, no day.

    kind: empty for people whose rhythm is to work at home all week. is_employer_provided: null where the file does not
    say. people: how many employees of the reference date have their rhythm here, each counted once. amount: for a
    register of rhythms one way km × days a week × months; for a trip registration the km of the year.
    """

    business_import = models.ForeignKey(BusinessImport, on_delete=models.CASCADE, related_name="commute")
    kind = models.CharField(max_length=20, choices=VehicleKind.choices, blank=True)
    fuel = models.CharField(max_length=16, blank=True)
    is_employer_provided = models.BooleanField(null=True)
    left_out = models.CharField(max_length=24, choices=LeftOutReason.choices, blank=True)
    rows = models.PositiveIntegerField()
    people = models.PositiveIntegerField(default=0)
    amount = models.DecimalField(max_digits=20, decimal_places=6, default=0)

    row_access = RowAccess(hr=ALL, reporting=READ)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "business_import",
                "kind",
                "fuel",
                "is_employer_provided",
                "left_out",
                name="reporting_commutetotal_unique",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="reporting_commutetotal_not_negative"),
        ]
