"""A made-up employer in the database whose survey is closed: some answered, some did not, all with a postcode."""

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass

from reporting.models import Report
from reporting.services.reports import open_report
from surveys.enums import CampaignState
from surveys.models import DayAnswer, Employee, Invitation, PopulationMember, PostcodePlace, Response
from tests.factories import NOW, as_owner, make_campaign, make_legal_entity, make_organisation, make_week
from wpm_platform.organisations.models import Organisation, Site
from wpm_platform.scoping import organisation_scope

MONDAY = datetime.date(2025, 3, 10)
WORK = "5928NX"
# Places 1 to 40 km from work, along a line to the south.
HOMES = {f"59{number:02d}AA": 51.40 - number * 0.018 for number in range(1, 21)}
MODES = (("car", "petrol"), ("car", "electric"), ("public_transport", ""), ("bicycle", ""))


@dataclass(frozen=True, kw_only=True)
class Trip:
    """How somebody travels on the days at work; an empty mode is a week at home."""

    mode: str
    fuel: str = ""
    days: int = 4


def usual_trip(number: int, chance: random.Random) -> Trip:
    mode, fuel = MODES[chance.randrange(len(MODES))]
    return Trip(mode=mode, fuel=fuel, days=chance.choice((2, 3, 4, 5)))


def load_homes() -> None:
    with as_owner():
        PostcodePlace.objects.bulk_create(
            [
                PostcodePlace(postcode=WORK, latitude=51.40, longitude=6.14, source="test"),
                *(
                    PostcodePlace(postcode=postcode, latitude=latitude, longitude=6.14, source="test")
                    for postcode, latitude in HOMES.items()
                ),
            ],
            ignore_conflicts=True,
        )


def make_surveyed_report(
    *,
    people: int = 30,
    answered: int = 18,
    organisation: Organisation | None = None,
    trip: Callable[[int, random.Random], Trip] = usual_trip,
    department: Callable[[int], str] = lambda number: f"Afdeling {number % 3}",
    has_postcodes: bool = True,
    seed: int = 1,
) -> Report:
    """An opened report for 2025 over the closed survey; `trip` says how the person with this number travels."""
    organisation = organisation or make_organisation()
    chance = random.Random(seed)
    load_homes()
    entity = make_legal_entity(organisation)
    campaign = make_campaign(organisation, state=CampaignState.CLOSED, reporting_year=2025, closed_at=NOW)
    week = make_week(campaign, monday=MONDAY)
    with as_owner(organisation):
        sites = [Site.objects.create(organisation=organisation, name=name, postcode=WORK) for name in ("Noord", "Zuid")]
        staff = Employee.objects.bulk_create(
            Employee(
                organisation=organisation,
                legal_entity=entity,
                site=sites[number % 2],
                staff_number=f"w{number:05d}",
                email=f"w{number}@voorbeeld.example",
                department=department(number),
                function=("Monteur", "Planner")[number % 2],
                birth_year=1960 + number % 40,
                employed_from=datetime.date(2005 + number % 19, 3, 1),
                home_postcode=chance.choice(list(HOMES)) if has_postcodes else "",
                monthly_hours=chance.choice((104, 139, 173)),
                days_per_week=chance.choice((3, 4, 5)),
                contract_kind="permanent",
                has_mobility_provision=chance.random() < 0.3,
            )
            for number in range(people)
        )
        PopulationMember.objects.bulk_create(
            PopulationMember(
                organisation=organisation,
                campaign=campaign,
                employee=person,
                legal_entity=entity,
                site=person.site,
                department=person.department,
                is_invited=True,
            )
            for person in staff
        )
        invitations = Invitation.objects.bulk_create(
            Invitation(
                organisation=organisation,
                campaign=campaign,
                week=week,
                employee=person,
                answered_at=NOW if number < answered else None,
            )
            for number, person in enumerate(staff)
        )
        responses = Response.objects.bulk_create(
            Response(
                organisation=organisation,
                invitation=invitation,
                employee=invitation.employee,
                campaign=campaign,
                week=week,
                legal_entity=entity,
                site=invitation.employee.site,
                department=invitation.employee.department,
                one_way_metres=1000 * chance.randrange(2, 40),
                was_normal_week=True,
                started_at=NOW,
                submitted_at=NOW,
            )
            for invitation in invitations[:answered]
        )
        DayAnswer.objects.bulk_create(
            day for number, response in enumerate(responses) for day in _days(response, trip(number, chance))
        )
    with organisation_scope(organisation):
        return open_report(organisation=organisation, actor=None, now=NOW, legal_entity=entity, reporting_year=2025)


def _days(response: Response, trip: Trip) -> list[DayAnswer]:
    return [
        DayAnswer(
            organisation_id=response.organisation_id,
            response=response,
            employee=response.employee,
            date=MONDAY + datetime.timedelta(days=number),
            whereabouts="workplace" if trip.mode and number < trip.days else "home",
            mode=trip.mode if number < trip.days else "",
            fuel=trip.fuel if number < trip.days else "",
            return_metres=2 * response.one_way_metres if trip.mode and number < trip.days else 0,
        )
        for number in range(5)
    ]
