"""Reads the worked cases of 214 days and trip registration and turns them into inputs of a report."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporting.domain.business.vehicles import LeftOut, VehicleKind
from reporting.domain.commute_method import CommuteMethod, CommuteRegister, MethodChoice, RegisterFile
from reporting.domain.commute_rows import (
    CommuteSum,
    RegistrationRow,
    RhythmRow,
    RhythmStaff,
    months_in_service,
    people_with_rhythm,
    person_key,
    register_sums,
    registration_sums,
    rhythm_sums,
)
from reporting.domain.parameter_files import load_parameters
from reporting.domain.report_inputs import HeadcountFigures, ReportInputs
from reporting.domain.rvo import Fuel

METHOD_CASE_FOLDER = Path(__file__).parent / "method_cases"
METHOD_CASE_NAMES = sorted(path.stem for path in METHOD_CASE_FOLDER.glob("*.toml"))

Case = Mapping[str, Any]


def load_method_case(name: str) -> Case:
    return tomllib.loads((METHOD_CASE_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def case_register(case: Case) -> CommuteRegister:
    sums = _rhythms(case) if case["method"] == "standard_days" else _totals(case)
    rows = len(case.get("people", ())) + len(case.get("totals", ()))
    files = (RegisterFile(name="register.xlsx", rows=rows, applied_on=date(2026, 3, 2)),) if rows else ()
    return CommuteRegister(
        sums=register_sums(sums, method=CommuteMethod(case["method"])),
        with_rhythm=people_with_rhythm(sums),
        files=files,
    )


def case_report(case: Case) -> ReportInputs:
    year = case["reporting_year"]
    return ReportInputs(
        kvk_number="12345678",
        reporting_year=year,
        parameter_version=load_parameters(reporting_year=year).version,
        headcount=HeadcountFigures(
            reference_date=date(year, 1, 1), counted=case["employees"], commute_multiplier=case["employees"]
        ),
        survey=None,
        choice=MethodChoice(method=CommuteMethod(case["method"]), reason=case["title"], chosen_on=date(2026, 3, 2)),
        register=case_register(case),
        least_people=5,
    )


def _rhythms(case: Case) -> tuple[CommuteSum, ...]:
    year, people = case["reporting_year"], case.get("people", ())
    staff = {}
    for row in people:
        joined = date.fromisoformat(row["employed_from"]) if "employed_from" in row else None
        left = date.fromisoformat(row["employed_until"]) if "employed_until" in row else None
        left_out = LeftOut(row["left_out"]) if "left_out" in row else None
        staff[person_key(row["staff_number"])] = RhythmStaff(
            months=months_in_service(year=year, employed_from=joined, employed_until=left),
            is_counted=left_out is None and (joined is None or joined <= date(year, 1, 1)),
            left_out=left_out,
        )
    return rhythm_sums((_rhythm(row) for row in people), staff=staff)


def _rhythm(row: Mapping[str, Any]) -> RhythmRow:
    return RhythmRow(
        staff_number=row["staff_number"],
        days_per_week=Decimal(str(row["days"])),
        kind=VehicleKind(row["vehicle"]) if "vehicle" in row else None,
        fuel=Fuel(row.get("fuel", "")),
        is_employer_provided=row.get("provided"),
        one_way_km=Decimal(str(row.get("one_way_km", 0))),
        months=Decimal(str(row["months"])) if "months" in row else None,
    )


def _totals(case: Case) -> tuple[CommuteSum, ...]:
    return registration_sums(
        RegistrationRow(
            kind=VehicleKind(row["vehicle"]),
            fuel=Fuel(row.get("fuel", "")),
            km=Decimal(str(row["km"])),
            is_employer_provided=row.get("provided"),
            left_out=LeftOut(row["left_out"]) if "left_out" in row else None,
        )
        for row in case.get("totals", ())
    )
