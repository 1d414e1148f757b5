"""Reads the worked cases of business travel: vehicles, services and claims as a file would state them."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from reporting.domain.business.fleet import FleetVehicle, available_days, fleet_classes
from reporting.domain.business.sums import BusinessInputs, SourceFile
from reporting.domain.business.travel import TravelRow, travel_sums
from reporting.domain.business.vehicles import LeftOut, VehicleKind
from reporting.domain.matrix import Matrix, build_matrix
from reporting.domain.parameter_files import load_parameters
from reporting.domain.report_inputs import HeadcountFigures, ReportInputs
from reporting.domain.rvo import Fuel, Mode, RvoBlock
from reporting.domain.survey_sums import ModeSum, SurveySums, WeekCounts

FOLDER = Path(__file__).parent / "business_cases"
BUSINESS_CASE_NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))

Case = Mapping[str, Any]


def load_business_case(name: str) -> Case:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def case_matrix(case: Case) -> Matrix:
    return build_matrix(case_inputs(case), load_parameters(reporting_year=case["reporting_year"]))


def case_inputs(case: Case) -> ReportInputs:
    year = case["reporting_year"]
    return ReportInputs(
        kvk_number="12345678",
        reporting_year=year,
        parameter_version=load_parameters(reporting_year=year).version,
        headcount=HeadcountFigures(
            reference_date=date(year, 1, 1),
            counted=case["survey"]["headcount"] if "survey" in case else 0,
            commute_multiplier=case["survey"]["headcount"] if "survey" in case else 0,
        ),
        survey=_survey(case["survey"], year=year) if "survey" in case else None,
        business=case_business(case),
    )


def case_business(case: Case) -> BusinessInputs:
    year = case["reporting_year"]
    rows = {
        RvoBlock.FLEET: case.get("vehicles"),
        RvoBlock.MOBILITY_SERVICE: case.get("services"),
        RvoBlock.EXPENSE_CLAIM: case.get("claims"),
    }
    files = tuple(
        SourceFile(block=block, name=f"{block.code}.xlsx", rows=len(found), applied_on=date(year + 1, 2, 1))
        for block, found in rows.items()
        if found is not None
    )
    travel = tuple(
        row
        for block in (RvoBlock.MOBILITY_SERVICE, RvoBlock.EXPENSE_CLAIM)
        for row in travel_sums(map(_travel, rows[block] or ()), block=block)
    )
    return BusinessInputs(
        files=files,
        fleet=fleet_classes((_vehicle(row, year=year) for row in rows[RvoBlock.FLEET] or ()), year=year),
        travel=travel,
    )


def _vehicle(row: Mapping[str, Any], *, year: int) -> FleetVehicle:
    driven = row["odometer"][1] - row["odometer"][0] if "odometer" in row else None
    return FleetVehicle(
        kind=VehicleKind(row.get("kind", "car")),
        fuel=Fuel(row.get("fuel", "")),
        available_days=available_days(year=year, available_from=row.get("from"), available_until=row.get("until")),
        is_leased=row.get("is_leased", True),
        proves_private_limit=row.get("proves_private_limit", False),
        driven_km=None if driven is None else Decimal(driven),
        contract_km=_decimal(row.get("contract_km")),
        registered_km=_decimal(row.get("registered_km")),
        left_out=LeftOut(row["left_out"]) if "left_out" in row else None,
    )


def _travel(row: Mapping[str, Any]) -> TravelRow:
    amounts = {
        name: _decimal(row.get(name)) for name in ("total_km", "business_km", "commute_km", "private_km", "euro")
    }
    return TravelRow(
        kind=VehicleKind(row["kind"]),
        fuel=Fuel(row.get("fuel", "")),
        left_out=LeftOut(row["left_out"]) if "left_out" in row else None,
        **amounts,
    )


def _survey(survey: Mapping[str, Any], *, year: int) -> SurveySums:
    week = WeekCounts(week_from=date(year, 3, 9), submitted=survey["respondents"])
    sums = (
        ModeSum(
            mode=Mode(row["mode"]),
            fuel=Fuel(row.get("fuel", "")),
            is_employer_provided=row.get("provided"),
            metres=Fraction(row["week_km"] * 1000),
        )
        for row in survey["week"]
    )
    return SurveySums(weeks=(week,), sums=tuple(sums))


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
