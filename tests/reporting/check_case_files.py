"""Reads the worked cases of the own checks and of CO2: business cases with what they are compared with."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporting.domain.cell import Cell, CellMethod, CellOrigin, Derivation
from reporting.domain.matrix import Matrix, build_matrix
from reporting.domain.parameter_files import load_parameters
from reporting.domain.parameters import Parameters
from reporting.domain.plausibility.asked_checks import AskedSome
from reporting.domain.plausibility.checks import Surroundings
from reporting.domain.plausibility.commute_checks import StaffDistances
from reporting.domain.plausibility.year_checks import EarlierFigures
from reporting.domain.report_inputs import ManualTotal, ReportInputs
from reporting.domain.rvo import FORM_CELLS, Mode, RvoBlock, RvoLine, Unit, cell_unit
from tests.reporting.business_case_files import case_inputs

HERE = Path(__file__).parent
PLAUSIBILITY_CASES = sorted(path.stem for path in (HERE / "plausibility_cases").glob("*.toml"))
CO2_CASES = sorted(path.stem for path in (HERE / "co2_cases").glob("*.toml"))

Case = Mapping[str, Any]


def load_check_case(folder: str, name: str) -> Case:
    return tomllib.loads((HERE / folder / f"{name}.toml").read_text(encoding="utf-8"))


def parameters_of_case(case: Case) -> Parameters:
    return load_parameters(reporting_year=case["reporting_year"])


def inputs_of_case(case: Case) -> ReportInputs:
    """Cells that no file or survey is about are entered: as the case says, else 0."""
    inputs = case_inputs(case)
    entered = {(block, line): value for (block, line), value in _cells(case.get("manual", {})).items()}
    totals = [
        ManualTotal(block=block, line=line, value=_value(entered.get((block, line), 0), block, line), note="Case")
        for block, line in FORM_CELLS
        if (block, line) in entered or not (inputs.survey if block is RvoBlock.COMMUTE else inputs.business.has(block))
    ]
    return replace(inputs, manual=tuple(totals), least_people=5)


def matrix_of_case(case: Case) -> Matrix:
    return build_matrix(inputs_of_case(case), parameters_of_case(case))


def surroundings(case: Case) -> Surroundings:
    staff = case.get("staff")
    return Surroundings(
        earlier=_earlier(case["last_year"], case["reporting_year"] - 1) if "last_year" in case else None,
        distances=None
        if staff is None
        else StaffDistances(people=staff["people"], known=staff["known"], week_metres=staff["week_km"] * 1000),
        asked=AskedSome(**case["asked"]) if "asked" in case else None,
        far_people={Mode(mode): people for mode, people in case.get("far", {}).items()},
    )


def _earlier(rows: Mapping[str, Any], year: int) -> EarlierFigures:
    cells = _cells(rows["cells"])
    return EarlierFigures(
        reporting_year=year,
        headcount=rows["headcount"],
        method=CellMethod(rows.get("method", "survey_one_week")),
        matrix=Matrix(cells=tuple(_cell(block, line, cells.get((block, line), 0)) for block, line in FORM_CELLS)),
    )


def _cell(block: RvoBlock, line: RvoLine, value: float | str) -> Cell:
    return Cell(
        block=block,
        line=line,
        value=_value(value, block, line),
        origin=CellOrigin.MANUAL,
        derivation=Derivation(method=CellMethod.ENTERED_TOTAL),
    )


def _cells(rows: Mapping[str, Any]) -> dict[tuple[RvoBlock, RvoLine], Any]:
    """`commute.car_petrol = 10` in the case."""
    return {
        (RvoBlock[block.upper()], RvoLine(line)): value
        for block, lines in rows.items()
        for line, value in lines.items()
    }


def _value(value: float | str, block: RvoBlock, line: RvoLine) -> int | Decimal:
    return Decimal(str(value)) if cell_unit(block=block, line=line) is Unit.EURO else int(value)
