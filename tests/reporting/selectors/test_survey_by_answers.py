"""Answers given through the real services, changed and deleted afterwards: the sums are those of what was said last."""

import datetime
import random
from dataclasses import replace

import pytest

from reporting.selectors.survey import survey_sums
from surveys.enums import MODES_WITH_FUEL, MODES_WITH_PROVIDER, CampaignState, Mode, Whereabouts
from surveys.models import Campaign, Employee
from surveys.services.responses.days import DayChoice, copy_day, record_day
from surveys.services.responses.facts import record_facts
from surveys.services.responses.opening import open_response
from surveys.services.responses.submission import delete_answers, submit_response
from surveys.services.responses.vehicles import record_fuel, record_provider
from surveys.services.responses.week import NormalWeek, record_normal_week, record_weekend
from tests.factories import (
    NOW,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_legal_entity,
    make_organisation,
    make_week,
)
from tests.reporting.case_files import survey_sums as expected_sums
from wpm_platform.scoping import Role, organisation_scope

pytestmark = pytest.mark.django_db

MONDAY = datetime.date(2026, 3, 9)
FUELS = ("petrol", "diesel", "electric", "hybrid", "lpg", "unknown")
PEOPLE = 12


class Person:
    """One employee who answers at random, and what they said last, in the words of a worked case."""

    def __init__(self, week, entity, *, chance):
        self.week, self.chance = week, chance
        self.employee = make_employee(week.organisation, legal_entity=entity)
        self.invitation = make_invitation(week, self.employee)
        self.days, self.normal_days = {}, {}
        self.fuels, self.provided = {}, {}
        self.one_way_m, self.was_normal, self.is_submitted = 0, True, False

    def answer(self):
        with organisation_scope(self.week.organisation, role=Role.RESPONDENT, employee_id=self.employee.pk):
            open_response(invitation=self.invitation, now=NOW)
            self.say_distance()
            for offset in range(5):
                self.say_day(offset)
            self.say_weekend()
            self.say_whether_normal()
            if self.chance.random() < 0.9:
                submit_response(invitation=self.invitation, is_normal_week=False, now=NOW)
                self.is_submitted = True
            for _ in range(3):
                self.chance.choice([self.say_distance, self.say_weekend, self.say_whether_normal, self.change_day])()
            if self.chance.random() < 0.1:
                delete_answers(invitation=self.invitation, now=NOW)
                self.is_submitted = False

    def say_distance(self):
        self.one_way_m = self.chance.randrange(100, 90_000, 100)
        record_facts(
            invitation=self.invitation,
            site=self.employee.site,
            home_postcode="",
            one_way_metres=self.one_way_m,
            now=NOW,
        )

    def change_day(self):
        self.say_day(self.chance.randrange(5))

    def say_weekend(self):
        has_worked = self.chance.random() < 0.3
        record_weekend(invitation=self.invitation, has_worked=has_worked, now=NOW)
        for offset in (5, 6):
            if has_worked:
                self.say_day(offset)
            else:
                self.days.pop(offset, None)

    def say_whether_normal(self):
        choice = self.chance.choice([NormalWeek.YES, NormalWeek.KEEP, NormalWeek.FILL, NormalWeek.FILL])
        record_normal_week(invitation=self.invitation, choice=choice, now=NOW)
        self.was_normal = choice is NormalWeek.YES
        if choice is not NormalWeek.FILL:
            self.normal_days = {}
            return
        for offset in range(7):
            self.say_day(offset, is_normal_week=True)

    def say_day(self, offset, *, is_normal_week=False):
        date = MONDAY + datetime.timedelta(days=offset)
        said = self.normal_days if is_normal_week else self.days
        earlier = [other for other in said if other < offset and said[other]["whereabouts"] != "unknown"]
        where = {"invitation": self.invitation, "date": date, "is_normal_week": is_normal_week, "now": NOW}
        if earlier and self.chance.random() < 0.2:
            copy_day(**where)
            said[offset] = said[max(earlier)] | {"date": date, "is_copied": True}
            return
        whereabouts = self.chance.choice([*Whereabouts.values, "workplace", "workplace", "other_site"])
        mode = self.chance.choice(Mode.values) if whereabouts in ("workplace", "other_site") else ""
        day = {"date": date, "whereabouts": whereabouts, "main_mode": mode}
        other = self.chance.choice([None, 5_000, 33_300]) if whereabouts == "other_site" else None
        if other is not None:
            day["other_site_one_way_m"] = other
        record_day(
            choice=DayChoice(whereabouts=whereabouts, mode=mode, other_site_one_way_metres=other),
            **where,
        )
        said[offset] = day
        self.say_vehicle(mode)

    def say_vehicle(self, mode):
        """Now and then another vehicle than before, which then holds for all days of the week."""
        is_new = self.chance.random() < 0.3
        if mode in MODES_WITH_FUEL and (mode not in self.fuels or is_new):
            self.fuels[mode] = self.chance.choice(FUELS)
            record_fuel(invitation=self.invitation, mode=mode, fuel=self.fuels[mode], now=NOW)
        if mode in MODES_WITH_PROVIDER and (mode not in self.provided or is_new):
            self.provided[mode] = self.chance.random() < 0.5
            record_provider(invitation=self.invitation, mode=mode, is_employer_provided=self.provided[mode], now=NOW)

    def as_case(self):
        week = {"week_from": MONDAY, "is_normal": self.was_normal, "days": list(self.days.values())}
        if self.normal_days:
            week["alternative_days"] = list(self.normal_days.values())
        return {
            "one_way_m": self.one_way_m,
            "fuels": self.fuels,
            "provided": self.provided,
            "weeks": [week] if self.is_submitted else [],
        }


@pytest.mark.parametrize("seed", range(6))
def test_sums_are_those_of_what_was_said_last(seed):
    chance = random.Random(seed)
    organisation = make_organisation()
    entity, elsewhere = make_legal_entity(organisation), make_legal_entity(organisation)
    week = make_week(make_campaign(organisation), monday=MONDAY)
    people = [Person(week, entity, chance=chance) for _ in range(PEOPLE)]
    for person in [*people, Person(week, elsewhere, chance=chance)]:
        person.answer()
    with as_owner(organisation):
        # What happens on the staff list afterwards moves nobody's kilometres.
        moved = [person.employee.pk for person in people[:3]]
        Employee.objects.filter(pk__in=moved[:2]).update(legal_entity=elsewhere)
        Employee.objects.filter(pk=moved[2]).update(left_at=NOW, has_fixed_workplace=False)
        Campaign.objects.update(state=CampaignState.CLOSED, closed_at=NOW)
    case = {"survey_weeks": [{"week_from": MONDAY}], "persons": [person.as_case() for person in people]}
    with organisation_scope(organisation):
        found = survey_sums(organisation=organisation, campaign=Campaign.objects.get(), legal_entity=entity)
    expected = expected_sums(case)
    # The worked cases' own reducer does not count copied days; a remark, not a figure.
    assert found.sums == expected.sums
    assert [replace(week, copied_days=0) for week in found.weeks] == list(expected.weeks)
