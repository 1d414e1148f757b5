"""The staff list and the files it comes from."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.enums import ContractKind, ImportState
from wpm_platform.organisations.models import LegalEntity, Organisation, Site, TenantModel, User
from wpm_platform.row_security import ALL, CHANGE, READ, RowAccess


class WorkPattern(TenantModel):
    """When people work, in a cycle of one week or several; employees without a pattern work Monday to Friday.

    weeks: per week of the cycle seven shift starts, Monday first: "HH:MM" in local time, "" for a working day
    without a fixed start, null for a day off. starts_on: a Monday on which the first week of the cycle began.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("the cycle begins on Monday"))
    weeks = models.JSONField()

    row_access = RowAccess(hr=ALL, reporting=READ, respondent=READ)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("organisation", "name", name="surveys_workpattern_unique_name"),
            models.CheckConstraint(
                condition=models.Q(starts_on__iso_week_day=1), name="surveys_workpattern_starts_on_monday"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Employee(TenantModel):
    """A person on the staff list. Empty text and null mean "not in the file"; nothing is guessed.

    leave_until: the last day of leave, where it is known; on leave without it is until further notice.
    address_changes: how often the e-mail address became another one; PostgreSQL counts it (surveys/sql/addresses.sql),
    whoever writes the address. Links mailed before the last change end, and their answers are shown no more.
    """

    # Large imports write every index: these columns have one that begins with the organisation, see Meta.
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    legal_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+", db_index=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    staff_number = models.CharField(_("staff number"), max_length=40)
    name = models.CharField(_("name"), max_length=120, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("birth year"), null=True, blank=True)
    email = models.EmailField(_("work e-mail"), max_length=254, blank=True)
    address_changes = models.PositiveSmallIntegerField(db_default=0, editable=False)
    language = models.CharField(_("language"), max_length=5, default="nl")
    department = models.CharField(_("department"), max_length=120, blank=True)
    function = models.CharField(_("function"), max_length=120, blank=True)
    home_postcode = models.CharField(_("home postcode"), max_length=6, blank=True)
    monthly_hours = models.DecimalField(_("paid hours a month"), max_digits=5, decimal_places=2, null=True, blank=True)
    contract_kind = models.CharField(_("kind of contract"), max_length=24, choices=ContractKind.choices, blank=True)
    employed_from = models.DateField(_("employed from"), null=True, blank=True)
    employed_until = models.DateField(_("employed until"), null=True, blank=True)
    days_per_week = models.DecimalField(_("days a week"), max_digits=3, decimal_places=2, null=True, blank=True)
    is_on_leave = models.BooleanField(_("on leave"), default=False)
    leave_until = models.DateField(_("on leave until"), null=True, blank=True)
    work_pattern = models.ForeignKey(
        WorkPattern, on_delete=models.SET_NULL, null=True, blank=True, related_name="employees", db_index=False
    )
    has_mobility_provision = models.BooleanField(_("has a mobility provision"), null=True, blank=True)
    has_fixed_workplace = models.BooleanField(_("has a fixed workplace"), default=True)
    left_at = models.DateTimeField(_("no longer in the staff file since"), null=True, blank=True)

    row_access = RowAccess(hr=CHANGE, reporting=READ, respondent=READ, own="id = {employee}")

    class Meta:
        ordering = ["staff_number"]
        constraints = [
            models.UniqueConstraint("organisation", "staff_number", name="surveys_employee_unique_staff_number")
        ]
        indexes = [
            models.Index(fields=["organisation", "site"], name="surveys_employee_by_site"),
            models.Index(fields=["organisation", "legal_entity"], name="surveys_employee_by_entity"),
            models.Index(
                fields=["organisation", "work_pattern"],
                condition=models.Q(work_pattern__isnull=False),
                name="surveys_employee_by_pattern",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.staff_number


class StaffImport(TenantModel):
    """One staff file on its way in. The file's bytes are deleted once it is applied or cancelled.

    layout: what was found or chosen about the file (encoding, separator, sheet, header line). mapping:
    field name → column index. outcome: counts of the check or of the applied difference. errors: the
    first rows' errors; the whole list is made again from the file when it is downloaded. checked_rows: the
    good rows of the last check, ready to be compared with the staff list; deleted with the bytes.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    filename = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    checked_rows = models.BinaryField(null=True)
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.UPLOADED)
    layout = models.JSONField(default=dict)
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    legal_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, null=True, related_name="+")
    marks_leavers = models.BooleanField(_("people who are not in this file have left"), default=True)
    outcome = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)

    row_access = RowAccess(hr=CHANGE)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.filename
