"""Reads a real survey of one person per row into whole days per mode."""

import csv
import gzip
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

# Header of the survey → what we call it. The first name that the file has is taken.
COLUMNS: dict[str, tuple[str, ...]] = {
    "employer": ("employer", "W_CPA"),
    "one_way_km": ("one_way_km", "dist_km"),
    "car": ("car", "d_car"),
    "public_transport": ("public_transport", "d_pt"),
    "bicycle": ("bicycle", "d_active"),
    "home": ("home", "wfh_days"),
}
DAY_KINDS = ("car", "public_transport", "bicycle", "home")
DAYS_IN_WEEK = 7


class SurveyFileUnusable(ValueError):
    """The file lacks a column, or its largest employer has no usable rows."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """one_way_metres: a whole number of hundred metres. days: whole days per kind, seven at most."""

    number: int
    one_way_metres: int
    days: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Survey:
    """The people of the largest employer, and how many rows had to be rounded."""

    employer: str
    people: Sequence[Person]
    rounded_rows: int


def read_largest_employer(path: Path) -> Survey:
    """The employer with most rows. Raises `SurveyFileUnusable`."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    reader = csv.DictReader(content.decode("utf-8-sig").splitlines())
    names = _column_names(reader.fieldnames or [])
    rows = list(reader)
    if not rows:
        raise SurveyFileUnusable(f"{path.name} has no rows")
    employer, _ = Counter(row[names["employer"]] for row in rows).most_common(1)[0]
    people, rounded = [], 0
    for row in rows:
        if row[names["employer"]] != employer:
            continue
        shares = {kind: Fraction(row[names[kind]]).limit_denominator(1000) for kind in DAY_KINDS}
        days = largest_remainder(shares)
        rounded += days != shares
        hundreds = round(Fraction(row[names["one_way_km"]]) * 10)
        people.append(Person(number=len(people) + 1, one_way_metres=max(1, hundreds) * 100, days=days))
    return Survey(employer=employer, people=people, rounded_rows=rounded)


def largest_remainder(shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole days with the same (rounded) total: the largest fractions are rounded up, ties in the given order."""
    total = min(DAYS_IN_WEEK, int(sum(shares.values(), Fraction(1, 2))))
    whole = {kind: int(share) for kind, share in shares.items()}
    by_remainder = sorted(shares, key=lambda kind: whole[kind] - shares[kind])
    for kind in by_remainder[: max(0, total - sum(whole.values()))]:
        whole[kind] += 1
    return whole


def _column_names(headers: Sequence[str]) -> dict[str, str]:
    names = {}
    for wanted, spellings in COLUMNS.items():
        found = next((name for name in spellings if name in headers), None)
        if found is None:
            raise SurveyFileUnusable(f"there is no column {' or '.join(spellings)}")
        names[wanted] = found
    return names
