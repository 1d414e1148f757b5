"""What one respondent has answered so far, read under their own role: one query, however many days."""

import datetime
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from surveys.domain.answering import Door, Obstacle, answering_obstacle
from surveys.domain.question_path import AnsweredDay, Vehicle, WeekAnswers, roster_of
from surveys.enums import MODES_WITH_FUEL, MODES_WITH_PROVIDER
from surveys.models import (
    Campaign,
    DayAnswer,
    Employee,
    Invitation,
    PopulationMember,
    Response,
    SurveyWeek,
    TravelProfile,
    VehicleFacts,
)
from surveys.selectors.json_rows import instance
from wpm_platform.organisations.models import Organisation, Site
from wpm_platform.scoping import Question, Role, reading_scope


@dataclass(frozen=True, kw_only=True)
class RespondentWeek:
    """One person's week with everything that the pages show. response: None before the start. member: only then, the
    person as the campaign found them when it was started. answered_before: another week of this campaign was sent.

    What was answered by a link to an earlier address of this person is left out of all of it.
    """

    invitation: Invitation
    response: Response | None
    profile: TravelProfile | None
    days: list[DayAnswer]
    vehicles: dict[str, VehicleFacts]
    member: PopulationMember | None
    answered_before: bool
    has_several_sites: bool

    def reading(self) -> AbstractContextManager[None]:
        """The scope of this person, to read more rows in."""
        organisation_id, employee_id = self.invitation.organisation_id, self.invitation.employee_id
        return reading_scope(organisation_id, role=Role.RESPONDENT, employee_id=employee_id)

    @cached_property
    def sites(self) -> list[Site]:
        """All sites of the employer, for pages that let somebody choose one: a query where there are several."""
        if not self.has_several_sites:
            return [self.invitation.employee.site]
        with self.reading():
            return list(Site.objects.filter(organisation_id=self.invitation.organisation_id))

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


def respondent_week(code: UUID, *, is_change: bool = False) -> RespondentWeek:
    """Invitation, response, days and vehicles of one respondent, with the rows that they name: one query.

    is_change: what is read is about to be changed. Other changes of this invitation wait, and so does closing its
    campaign, until the transaction ends.
    """
    question = week_question(code, is_change=is_change)
    with connection.cursor() as cursor:
        cursor.execute(question.sql, question.parameters)
        return week_in(cursor.fetchall())


def week_question(code: UUID, *, is_change: bool = False) -> Question:
    """The query behind `respondent_week`, for who has more to ask at once."""
    return Question(sql="SELECT wpm.respondent_week(%s, %s)", parameters=(code, is_change))


def week_in(answer: list[tuple[Any, ...]]) -> RespondentWeek:
    """The week in the rows that the query gave. Raises `Invitation.DoesNotExist` when the role may not see it."""
    ((rows,),) = answer
    if rows is None:
        raise Invitation.DoesNotExist
    return _week(rows)


def _week(rows: dict[str, Any]) -> RespondentWeek:
    """The instances behind the JSON of surveys/sql/respondent_week.sql, each holding those that it names."""
    sites = {row["id"]: instance(Site, row) for row in rows["sites"] or ()}
    employee = instance(Employee, rows["employee"], site=sites[rows["employee"]["site_id"]])
    invitation = instance(
        Invitation,
        rows["invitation"],
        organisation=instance(Organisation, rows["organisation"]),
        employee=employee,
        campaign=instance(Campaign, rows["campaign"]),
        week=instance(SurveyWeek, rows["week"]),
        response=None,
    )
    if rows["response"]:
        invitation.response = _response(rows["response"], invitation, sites)
    profile = rows["profile"] and instance(TravelProfile, rows["profile"], site=sites[rows["profile"]["site_id"]])
    days = [instance(DayAnswer, row, other_site=sites.get(row["other_site_id"])) for row in rows["days"] or ()]
    vehicles = [instance(VehicleFacts, row) for row in rows["vehicles"] or ()]
    return RespondentWeek(
        invitation=invitation,
        response=shown_response(invitation),
        profile=profile if profile and profile.address_changes == employee.address_changes else None,
        days=days,
        vehicles={facts.mode: facts for facts in vehicles},
        member=instance(PopulationMember, rows["member"]) if rows["member"] else None,
        answered_before=rows["answered_before"],
        has_several_sites=rows["has_several_sites"],
    )


def _response(row: dict[str, Any], invitation: Invitation, sites: dict[int, Site]) -> Response:
    related = {"invitation": invitation, "week": invitation.week, "employee": invitation.employee}
    return instance(Response, row, site=sites[row["site_id"]], **related)


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
    found = _responses_before(invitation).select_related("week", "invitation").first()
    return found if found and found.invitation.asked_days == invitation.asked_days else None


def previous_days(*, invitation: Invitation) -> list[DayAnswer]:
    """The days of that week, each with its response; empty when there is none."""
    days = DayAnswer.objects.filter(
        organisation_id=invitation.organisation_id, response=_responses_before(invitation).values("pk")[:1]
    )
    found = list(days.select_related("response__week", "response__invitation", "other_site"))
    return found if found and found[0].response.invitation.asked_days == invitation.asked_days else []


def _responses_before(invitation: Invitation) -> "QuerySet[Response]":
    """Latest first."""
    return Response.objects.filter(
        organisation_id=invitation.organisation_id,
        campaign_id=invitation.campaign_id,
        employee_id=invitation.employee_id,
        address_changes=invitation.employee.address_changes,
        submitted_at__isnull=False,
        week__monday__lt=invitation.week.monday,
    ).order_by("-week__monday")
