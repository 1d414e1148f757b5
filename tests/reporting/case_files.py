"""Reads the worked cases and reduces a case's days to sums by the day rules, independently of the product."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from reporting.domain.survey_sums import SurveySums, WeekCounts, WeekSum, mode_sums

CASE_FOLDER = Path(__file__).parent / "cases"
CASE_NAMES = sorted(path.stem for path in CASE_FOLDER.glob("*.toml"))

Case = Mapping[str, Any]
Day = Mapping[str, Any]


class ReducedWeek(NamedTuple):
    counts: WeekCounts
    sums: list[WeekSum]


def load_case(name: str) -> Case:
    return tomllib.loads((CASE_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def commute_multiplier(case: Case) -> int:
    return case["population"]["headcount"] - case["population"]["without_fixed_workplace"]


def survey_sums(case: Case) -> SurveySums:
    weeks = [reduced_week(case, week_from=week["week_from"]) for week in case["survey_weeks"]]
    return SurveySums(
        weeks=tuple(week.counts for week in weeks),
        sums=mode_sums(row for week in weeks for row in week.sums),
    )


def reduced_week(case: Case, *, week_from: date) -> ReducedWeek:
    counts: Counter[str] = Counter()
    sums: list[WeekSum] = []
    for person in case["persons"]:
        if not person.get("has_fixed_workplace", True):
            continue
        for week in person["weeks"]:
            if week["week_from"] == week_from:
                sums += _person_week(person, week, counts)
    return ReducedWeek(counts=WeekCounts(week_from=week_from, **counts), sums=sums)


def used_days(week: Mapping[str, Any]) -> Sequence[Day]:
    """The alternative week when the week was unusual and one was given, else the week itself."""
    if not week["is_normal"] and "alternative_days" in week:
        return week["alternative_days"]
    return week["days"]


def _person_week(person: Mapping[str, Any], week: Mapping[str, Any], counts: Counter[str]) -> list[WeekSum]:
    counts["submitted"] += 1
    days = used_days(week)
    unknown = [day for day in days if day["whereabouts"] == "unknown"]
    worked = [day for day in days if day["whereabouts"] in {"workplace", "home", "other_site", "client"}]
    if not worked:
        counts["unusable" if unknown else "not_worked"] += 1
        return []
    counts["unknown_days"] += len(unknown)
    if not week["is_normal"]:
        counts["alternative_weeks" if "alternative_days" in week else "unusual_weeks_kept"] += 1
    rows = []
    for day in worked:
        if day["whereabouts"] not in {"workplace", "other_site"}:
            continue
        one_way_m = person["one_way_m"]
        if day["whereabouts"] == "other_site":
            if "other_site_one_way_m" not in day:
                counts["other_site_days_at_usual_distance"] += 1
            one_way_m = day.get("other_site_one_way_m", one_way_m)
        mode = day["main_mode"]
        rows.append(
            WeekSum(
                mode=mode,
                fuel=person.get("fuels", {}).get(mode, ""),
                is_employer_provided=person.get("provided", {}).get(mode),
                worked_days=len(worked),
                unknown_days=len(unknown),
                metres=2 * one_way_m,
                days=1,
            )
        )
    return rows


def week_kilometres(sums: SurveySums) -> Fraction:
    return sum((row.metres for row in sums.sums), Fraction(0)) / 1000
