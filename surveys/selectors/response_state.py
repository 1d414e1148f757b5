"""What one respondent has answered so far, read under their own role: four queries, however many days."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from surveys.domain.answering import Door, Obstacle, answering_obstacle
from surveys.domain.question_path import AnsweredDay, Vehicle, WeekAnswers, roster_of
from surveys.enums import MODES_WITH_FUEL, MODES_WITH_PROVIDER
from surveys.models import DayAnswer, Invitation, Response, TravelProfile, VehicleFacts
from wpm_platform.organisations.models import Organisation, Site


@dataclass(frozen=True, kw_only=True)
class RespondentWeek:
    """One person's week with everything that the pages show. response: None before the start.

    What was answered by a link to an earlier address of this person is left out of all of it.
    """

    invitation: Invitation
    response: Response | None
    profile: TravelProfile | None
    days: list[DayAnswer]
    vehicles: dict[str, VehicleFacts]
    sites: list[Site]

    @property
    def organisation(self) -> Organisation:
        return self.invitation.organisation

    @property
    def monday(self) -> datetime.date:
        return self.invitation.week.monday

    @cached_property
    def answers(self) -> WeekAnswers:
        """The same as the question path sees it."""
        return week_answers(
            invitation=self.invitation, response=self.response, days=self.days, vehicles=self.vehicles.values()
        )

    def day(self, date: datetime.date, *, is_normal_week: bool) -> DayAnswer | None:
        return next((day for day in self.days if day.date == date and day.is_normal_week == is_normal_week), None)

    def week_days(self, *, is_normal_week: bool) -> list[DayAnswer]:
        return [day for day in self.days if day.is_normal_week == is_normal_week]


def respondent_invitation(*, organisation_id: int, invitation_id: int) -> Invitation:
    """The invitation with all that its pages need to greet somebody: one query."""
    found: Invitation = Invitation.objects.select_related(
        "organisation", "campaign", "week", "employee", "response", "response__site"
    ).get(organisation_id=organisation_id, pk=invitation_id)
    return found


def respondent_week(*, organisation_id: int, invitation_id: int) -> RespondentWeek:
    """Invitation, response, days, vehicles and sites of one respondent."""
    invitation: Invitation = Invitation.objects.select_related(
        "organisation",
        "campaign",
        "week",
        "employee",
        "employee__site",
        "employee__travel_profile",
        "employee__travel_profile__site",
        "response",
        "response__site",
    ).get(organisation_id=organisation_id, pk=invitation_id)
    number = invitation.employee.address_changes
    days = DayAnswer.objects.filter(
        organisation_id=organisation_id, response__invitation_id=invitation_id, response__address_changes=number
    )
    vehicles = VehicleFacts.objects.filter(
        organisation_id=organisation_id, employee_id=invitation.employee_id, address_changes=number
    )
    profile: TravelProfile | None = getattr(invitation.employee, "travel_profile", None)
    return RespondentWeek(
        invitation=invitation,
        response=shown_response(invitation),
        profile=profile if profile and profile.address_changes == number else None,
        days=list(days.select_related("other_site")),
        vehicles={facts.mode: facts for facts in vehicles},
        sites=list(Site.objects.filter(organisation_id=organisation_id)),
    )


def shown_response(invitation: Invitation) -> Response | None:
    """The response of this invitation, unless it was begun by a link to an earlier address."""
    response: Response | None = getattr(invitation, "response", None)
    return response if response and response.address_changes == invitation.employee.address_changes else None


def has_earlier_answers(invitation: Invitation) -> bool:
    """Whether there is a response that this link may not show, as the address was changed since."""
    return hasattr(invitation, "response") and shown_response(invitation) is None


def week_answers(
    *,
    invitation: Invitation,
    response: Response | None,
    days: Iterable[DayAnswer],
    vehicles: Iterable[VehicleFacts],
) -> WeekAnswers:
    """The answers as the question path sees them. The invitation carries its week."""
    known = {facts.mode: facts for facts in vehicles}
    answered: dict[bool, dict[datetime.date, AnsweredDay]] = {False: {}, True: {}}
    for day in days:
        answered[day.is_normal_week][day.date] = AnsweredDay(whereabouts=day.whereabouts, mode=day.mode)
    return WeekAnswers(
        monday=invitation.week.monday,
        roster=roster_of(invitation.asked_days),
        has_facts=response is not None and response.one_way_metres is not None,
        week=answered[False],
        normal_week=answered[True],
        vehicles={mode: _vehicle(mode, known.get(mode)) for mode in MODES_WITH_PROVIDER},
        worked_in_weekend=response.worked_in_weekend if response else None,
        was_normal_week=response.was_normal_week if response else None,
        is_submitted=response is not None and response.submitted_at is not None,
    )


def stored_answers(response: Response) -> WeekAnswers:
    """The answers of a response as they are stored now. The response carries its invitation, with its week."""
    return week_answers(
        invitation=response.invitation,
        response=response,
        days=DayAnswer.objects.filter(organisation_id=response.organisation_id, response=response),
        vehicles=VehicleFacts.objects.filter(
            organisation_id=response.organisation_id,
            employee_id=response.employee_id,
            address_changes=response.address_changes,
        ),
    )


def _vehicle(mode: str, facts: VehicleFacts | None) -> Vehicle:
    return Vehicle(
        fuel_is_known=(facts is not None and facts.fuel != "") if mode in MODES_WITH_FUEL else None,
        provider_is_known=facts is not None and facts.is_employer_provided is not None,
    )


def invitation_obstacle(invitation: Invitation, *, now: datetime.datetime) -> Obstacle | None:
    """Why this person cannot answer now; None when they can."""
    employee, week = invitation.employee, invitation.week
    door = Door(
        campaign_state=invitation.campaign.state,
        opens_at=week.opens_at,
        closes_at=week.closes_at,
        is_withdrawn=invitation.withdrawn_at is not None,
        has_left=employee.left_at is not None,
        employed_until=employee.employed_until,
    )
    return answering_obstacle(door, now=now)


def previous_response(*, invitation: Invitation) -> Response | None:
    """The same person's latest submitted week before this one in the same campaign.

    None when their roster had other days then: that week cannot have been the same as this one.
    """
    found: Response | None = (
        Response.objects.filter(
            organisation_id=invitation.organisation_id,
            campaign_id=invitation.campaign_id,
            employee_id=invitation.employee_id,
            address_changes=invitation.employee.address_changes,
            submitted_at__isnull=False,
            week__monday__lt=invitation.week.monday,
        )
        .select_related("week", "invitation")
        .order_by("-week__monday")
        .first()
    )
    return found if found and found.invitation.asked_days == invitation.asked_days else None
