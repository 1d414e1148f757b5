"""Reads any survey of one person per row into arrays."""

import csv
import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reporting.domain.estimation.people import Booleans, Floats, Integers, People

# Meaning → names it may have in the header; the first that the file has is taken.
SPELLINGS: dict[str, tuple[str, ...]] = {
    "employer": ("employer", "W_CPA"),
    "distance_km": ("distance_km", "one_way_km", "dist_km"),
    "home_days": ("home_days", "days_home", "wfh_days"),
}
OPTIONAL_SPELLINGS: dict[str, tuple[str, ...]] = {"work_days": ("work_days", "days_per_week")}
MODE_PREFIXES = ("days_", "d_")
READY_MODES = ("active", "bicycle", "bicycle_walking", "walking", "pt", "public_transport")
# What an employer knows of its staff. Anything else in a file (sex, cars in the household, the answers themselves)
# stays out.
FEATURES = (
    "site",
    "department",
    "function",
    "occup",
    "age",
    "hours",
    "contract_hours",
    "park",
    "transit_sub",
    "tenure",
)
MOST_CODES = 40


class SurveyTableUnusable(ValueError):
    """The file lacks a column or has no rows."""


@dataclass(frozen=True, kw_only=True)
class SurveyTable:
    """Every person of a file; employers are numbers in `employer`, named in `employers`."""

    people: People
    employer: Integers
    employers: tuple[str, ...]

    def rows_of(self, employer: int) -> Integers:
        return np.flatnonzero(self.employer == employer)


def read_survey(path: Path, *, features: Sequence[str] = FEATURES) -> SurveyTable:
    """The rows of a CSV or CSV.GZ. Raises `SurveyTableUnusable`."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    reader = csv.DictReader(content.decode("utf-8-sig").splitlines())
    header = list(reader.fieldnames or [])
    rows = list(reader)
    if not rows:
        raise SurveyTableUnusable(f"{path.name} has no rows")
    names = {meaning: _found(header, spellings) for meaning, spellings in SPELLINGS.items()}
    columns = {name: [row[name] for row in rows] for name in header}
    modes = _mode_columns(header, without=names["home_days"])
    days = np.stack([_numbers(columns[name]) for name in modes.values()], axis=1)
    distance = _numbers(columns[names["distance_km"]])
    known = [name for spelling in OPTIONAL_SPELLINGS.values() for name in spelling if name in header]
    worked = days.sum(axis=1) + _numbers(columns[names["home_days"]])
    work_days = _numbers(columns[known[0]]) if known else np.ceil(worked)
    taken = [name for name in features if name in header]
    numeric = [name for name in taken if _is_number(columns[name])]
    employers, employer = np.unique(columns[names["employer"]], return_inverse=True)
    people = People(
        modes=tuple(modes),
        answered=np.ones(len(rows), dtype=np.bool_),
        one_way_km=distance,
        work_days=np.clip(work_days, 0.5, 7.0),
        days=days,
        week_km=2.0 * distance[:, None] * days,
        numeric={name: _numbers(columns[name]) for name in numeric},
        categorical={name: [value or None for value in columns[name]] for name in taken if name not in numeric},
    )
    return SurveyTable(people=people, employer=employer.astype(np.int64), employers=tuple(map(str, employers)))


def with_answers(people: People, answered: Booleans) -> People:
    """The same people, of whom only these answered."""
    return People(
        modes=people.modes,
        answered=answered,
        one_way_km=people.one_way_km,
        work_days=people.work_days,
        days=people.days,
        week_km=people.week_km,
        numeric=people.numeric,
        categorical=people.categorical,
    )


def _found(header: Sequence[str], spellings: Sequence[str]) -> str:
    found = next((name for name in spellings if name in header), None)
    if found is None:
        raise SurveyTableUnusable(f"there is no column {' or '.join(spellings)}")
    return found


def _mode_columns(header: Sequence[str], *, without: str) -> dict[str, str]:
    """Mode → column."""
    modes = {
        name.removeprefix(prefix): name
        for prefix in MODE_PREFIXES
        for name in header
        if name.startswith(prefix) and name != without and not name.startswith("days_per")
    }
    if not modes:
        raise SurveyTableUnusable("there is no column of days per mode (days_<mode>)")
    return modes


def _numbers(values: Sequence[str]) -> Floats:
    return np.array([float(value) if value else np.nan for value in values])


def _is_number(values: Sequence[str]) -> bool:
    """Numbers of which there are many; few whole numbers are codes."""
    try:
        numbers = {float(value) for value in values if value}
    except ValueError:
        return False
    return len(numbers) > MOST_CODES or not all(number.is_integer() for number in numbers)
