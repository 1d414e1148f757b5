"""Reads the worked cases about who counts and who must report: rows of a staff list, `count` people each."""

import datetime
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporting.domain.headcount import StaffOnDate
from reporting.domain.parameter_changes import switch_threshold
from reporting.domain.parameter_files import load_parameters
from reporting.domain.parameters import Parameters, ThresholdStatus

FOLDER = Path(__file__).parent / "staff_cases"
STAFF_CASE_NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
LONG_AGO = datetime.date(2015, 1, 1)

Case = Mapping[str, Any]


def load_staff_case(name: str) -> Case:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Decimal)


def case_parameters(case: Case) -> Parameters:
    """The parameters of the year, with the thresholds that an administrator switched in the case."""
    parameters = load_parameters(reporting_year=case["reporting_year"])
    for row in case.get("thresholds", ()):
        parameters = switch_threshold(
            parameters, employees=row["employees"], status=ThresholdStatus(row["status"]), source=case["source"]
        )
    return parameters


def case_staff(case: Case) -> Iterator[tuple[StaffOnDate, bool | None]]:
    """Every person of the list, and whether they have a mobility provision."""
    for row in case["staff"]:
        hours = row.get("monthly_hours")
        person = StaffOnDate(
            contract_kind=row["kind"],
            monthly_hours=None if hours is None else Decimal(hours),
            employed_from=row.get("employed_from", LONG_AGO),
            employed_until=row.get("employed_until"),
            has_fixed_workplace=row.get("has_fixed_workplace", True),
        )
        for _ in range(row["count"]):
            yield person, row.get("has_mobility_provision")
