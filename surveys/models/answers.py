"""What employees answered. The role that HR's pages run under cannot read these tables.

HR sees sums over five people and more through the view `wpm.answer_sums`; the report reads sums under
the role `wpm_reporting`; an employee reads and writes only their own rows.

address_changes: the employee's, as it was when the row was written. A smaller number than theirs now means that it
was answered by a link to an earlier address: it counts, and is not shown to who reads the mail of the new one.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.enums import DistanceSource, Fuel, Mode, Whereabouts
from surveys.models.campaign import Campaign, SurveyWeek
from surveys.models.population import Invitation
from surveys.models.staff import Employee
from wpm_platform.organisations.models import LegalEntity, Site, TenantModel
from wpm_platform.row_security import ALL, READ, RowAccess

OWN = "employee_id = {employee}"


class TravelProfile(TenantModel):
    """An employee's facts that stay the same from week to week; asked once, confirmed the next time."""

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="travel_profile")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    home_postcode = models.CharField(_("home postcode"), max_length=6, blank=True)
    one_way_metres = models.PositiveIntegerField(_("distance one way"))
    distance_source = models.CharField(max_length=10, choices=DistanceSource.choices, default=DistanceSource.PERSON)
    updated_at = models.DateTimeField()
    address_changes = models.PositiveSmallIntegerField(default=0, editable=False)

    row_access = RowAccess(reporting=READ, respondent=ALL, own=OWN)

    def __str__(self) -> str:
        return f"profile of {self.employee_id}"


class VehicleFacts(TenantModel):
    """What an employee drives for one mode: the fuel, and whether the employer provides it."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="vehicle_facts")
    mode = models.CharField(max_length=20, choices=Mode.choices)
    fuel = models.CharField(max_length=16, choices=Fuel.choices, blank=True)
    is_employer_provided = models.BooleanField(null=True)
    address_changes = models.PositiveSmallIntegerField(default=0, editable=False)

    row_access = RowAccess(reporting=READ, respondent=ALL, own=OWN)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "employee", "mode", name="surveys_vehiclefacts_unique_mode")
        ]

    def __str__(self) -> str:
        return f"{self.mode} of {self.employee_id}"


class Response(TenantModel):
    """One person's answer about one week; it counts once `submitted_at` is set.

    The place on the staff list (legal entity, site, department) is copied at the start, so that sums need
    no names. normal_week: null until asked. burden: 1 (very easy) to 5 (very hard), an optional question at the end.
    is_confidential: the campaign's promise under which it was given.
    """

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="response")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="responses")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="responses")
    week = models.ForeignKey(SurveyWeek, on_delete=models.CASCADE, related_name="responses")
    legal_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    department = models.CharField(max_length=120, blank=True)
    one_way_metres = models.PositiveIntegerField(null=True)
    distance_source = models.CharField(max_length=10, choices=DistanceSource.choices, default=DistanceSource.PERSON)
    worked_in_weekend = models.BooleanField(null=True)
    was_normal_week = models.BooleanField(null=True)
    gives_normal_week = models.BooleanField(default=False)
    burden = models.PositiveSmallIntegerField(null=True)
    is_confidential = models.BooleanField(default=True, db_default=True, editable=False)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    address_changes = models.PositiveSmallIntegerField(default=0, editable=False)

    row_access = RowAccess(reporting=READ, respondent=ALL, own=OWN)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True)
                | models.Q(one_way_metres__isnull=False, was_normal_week__isnull=False),
                name="surveys_response_submitted_is_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(burden__isnull=True) | models.Q(burden__range=(1, 5)),
                name="surveys_response_burden_one_to_five",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "campaign", "submitted_at"], name="surveys_response_submitted")]

    def __str__(self) -> str:
        return f"response to {self.invitation_id}"


class DayAnswer(TenantModel):
    """One day. is_normal_week: a day of the normal week that stands in for an unusual one.

    return_metres: the day's return distance, home to work and back, as it counts by the day rules; 0 unless
    the person travelled to a workplace of the employer. fuel and is_employer_provided are those of the
    vehicle at the time of the answer. uses_usual_distance: other site whose own distance is not known.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="days")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    date = models.DateField()
    is_normal_week = models.BooleanField(default=False)
    whereabouts = models.CharField(max_length=12, choices=Whereabouts.choices)
    mode = models.CharField(max_length=20, choices=Mode.choices, blank=True)
    fuel = models.CharField(max_length=16, choices=Fuel.choices, blank=True)
    is_employer_provided = models.BooleanField(null=True)
    other_site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    other_site_one_way_metres = models.PositiveIntegerField(null=True)
    return_metres = models.PositiveIntegerField(default=0)
    uses_usual_distance = models.BooleanField(default=False)
    is_copied = models.BooleanField(default=False)

    row_access = RowAccess(reporting=READ, respondent=ALL, own=OWN)

    class Meta:
        ordering = ["is_normal_week", "date"]
        constraints = [
            models.UniqueConstraint(
                "organisation", "response", "date", "is_normal_week", name="surveys_dayanswer_unique_date"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(whereabouts__in=[Whereabouts.WORKPLACE, Whereabouts.OTHER_SITE]) & ~models.Q(mode="")
                )
                | (
                    ~models.Q(whereabouts__in=[Whereabouts.WORKPLACE, Whereabouts.OTHER_SITE])
                    & models.Q(mode="", return_metres=0)
                ),
                name="surveys_dayanswer_mode_when_travelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} of {self.response_id}"
