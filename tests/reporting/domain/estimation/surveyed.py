"""A whole survey with its lines and fuels, estimated and described as a run does."""

import json
from fractions import Fraction
from functools import cache

import numpy as np

from reporting.domain.estimation.ladder import estimate_commute
from reporting.domain.estimation.model_card import validate_and_describe, with_features
from reporting.domain.estimation.survey_people import READY_MODES, StaffFacts, TravelSum, survey_people
from reporting.domain.parameter_files import load_parameters
from tests.reporting.domain.estimation.made_up import make_people

FORM = load_parameters(reporting_year=2025).form
TRAVELLED = (("car", "petrol"), ("public_transport", ""), ("bicycle", ""))
FEATURES = ("department", "site")


def surveyed(size=200, *, answering=0.5, seed=1, people=None, sites=None, fuel_of=None):
    """As `make_people`, from staff list and answers on; `sites`: of everybody; `fuel_of`: of a driver by number."""
    people = make_people(size, answering=answering, seed=seed) if people is None else people
    sites = sites or people.categorical["site"]
    staff = [
        StaffFacts(
            one_way_km=None if np.isnan(people.one_way_km[row]) else float(people.one_way_km[row]),
            days_per_week=float(people.work_days[row]),
            monthly_hours=float(people.work_days[row]) * 34.0,
            categories={"site": sites[row], "department": people.categorical["department"][row]},
        )
        for row in range(people.size)
    ]
    answered = [int(row) for row in np.flatnonzero(people.answered)]
    return survey_people(
        staff=staff,
        travel=[_travel(people, row, fuel_of or _every_third_electric) for row in answered],
        weeks=dict.fromkeys(answered, 1),
        form=FORM,
    )


def _every_third_electric(row):
    return "electric" if row % 3 == 0 else "petrol"


def _travel(people, row, fuel_of):
    days = int(people.days[row].sum())
    mode, fuel = TRAVELLED[int(people.days[row].argmax())] if days else ("", "")
    metres = int(Fraction(float(people.week_km[row].sum())).limit_denominator(1000) * 1000)
    worked = max(days, int(people.work_days[row]))
    fuel = fuel_of(row) if mode == "car" else fuel
    return TravelSum(person=row, mode=mode, fuel=fuel, days=days, metres=metres, worked_days=worked, unknown_days=0)


def estimated(survey, *, features=FEATURES, prior=None, headcount=None, random_state=3, usual_modes=None):
    return estimate_commute(
        people=with_features(survey.people, features),
        answers=survey.answers,
        headcount=headcount or survey.people.size,
        weeks_per_year=45,
        ready_modes=READY_MODES,
        prior=prior,
        random_state=random_state,
        usual_modes=usual_modes,
    )


def card_of(
    survey,
    *,
    features=FEATURES,
    prior=None,
    cpu_seconds=1.25,
    weeks=("2026-W40",),
    random_state=3,
    usual_modes=None,
):
    asked = {"features": features, "prior": prior, "random_state": random_state, "usual_modes": usual_modes}
    return validate_and_describe(
        survey=survey,
        estimate=estimated(survey, **asked),
        features=features,
        prior=prior,
        random_state=random_state,
        cpu_seconds=cpu_seconds,
        weeks=weeks,
    )


@cache
def made_up_card():
    """One card for tests that only show it."""
    return card_of(surveyed())


@cache
def made_up_estimate():
    """The estimate that this card is about, as it is kept."""
    return json.loads(estimated(surveyed()).to_json())
