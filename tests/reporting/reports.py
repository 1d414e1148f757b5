"""Report inputs and matrices for tests, with clearly made-up figures."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from reporting.domain.business.steps import BusinessFlag, StepKind
from reporting.domain.cell import CellMethod, CellOrigin, UndeterminedReason
from reporting.domain.commute_method import CommuteMethod
from reporting.domain.matrix import Matrix, build_matrix
from reporting.domain.parameter_files import load_parameters
from reporting.domain.report_inputs import HeadcountFigures, ManualTotal, ReportInputs, inputs_hash
from reporting.domain.rvo import FORM_CELLS, Fuel, Mode, RvoBlock, RvoLine, Unit, cell_unit
from reporting.domain.survey_sums import ModeSum, SurveyFlag, SurveySums, WeekCounts
from reporting.exports.exported_report import ExportedReport, ExportedStatus, ReportLabels

PARAMETERS = load_parameters(reporting_year=2025)


def make_survey(**counts: int) -> SurveySums:
    return SurveySums(
        weeks=(WeekCounts(week_from=date(2025, 3, 10), **{"submitted": 100, **counts}),),
        sums=(
            _sum(Mode.BICYCLE, Fuel.NONE, 240_000),
            _sum(Mode.CAR, Fuel.DIESEL, 1_000_001),
            _sum(Mode.CAR, Fuel.PETROL, 3_500_000, provided=True),
            _sum(Mode.PUBLIC_TRANSPORT, Fuel.NONE, 2_000_000),
        ),
    )


def make_business_totals() -> tuple[ManualTotal, ...]:
    """Every cell of blocks 1 to 3: block number × 1 000 + line number; 1 234,50 euro of tickets."""
    return tuple(
        ManualTotal(
            block=block,
            line=line,
            value=Decimal("1234.50")
            if cell_unit(block=block, line=line) is Unit.EURO
            else block.value * 1000 + line.number,
        )
        for block, line in FORM_CELLS
        if block is not RvoBlock.COMMUTE
    )


def make_inputs(**changes: Any) -> ReportInputs:
    facts: dict[str, Any] = {
        "kvk_number": "12345678",
        "reporting_year": 2025,
        "parameter_version": PARAMETERS.version,
        "headcount": HeadcountFigures(reference_date=date(2025, 1, 1), counted=240, commute_multiplier=230, assumed=3),
        "survey": make_survey(),
        "manual": make_business_totals(),
    }
    return ReportInputs(**{**facts, **changes})


def make_matrix(**changes: Any) -> Matrix:
    return build_matrix(make_inputs(**changes), PARAMETERS)


def _sum(mode: Mode, fuel: Fuel, metres: int, *, provided: bool = False) -> ModeSum:
    return ModeSum(mode=mode, fuel=fuel, is_employer_provided=provided, metres=Fraction(metres))


def make_exported_report(**changes: Any) -> ExportedReport:
    inputs = make_inputs()
    facts: dict[str, Any] = {
        "legal_entity_name": "Voorbeeld Fietsfabriek B.V.",
        "kvk_number": inputs.kvk_number,
        "reporting_year": inputs.reporting_year,
        "headcount": inputs.headcount.counted,
        "reference_date": inputs.headcount.reference_date,
        "version": 1,
        "status": ExportedStatus.DRAFT,
        "filed_on": None,
        "filing_reference": "",
        "survey_weeks": (date(2025, 3, 10),),
        "submitted": 100,
        "respondents": 100,
        "form_version": PARAMETERS.form.version,
        "parameter_version": PARAMETERS.version,
        "inputs_hash": inputs_hash(inputs),
        "matrix": build_matrix(inputs, PARAMETERS),
    }
    return ExportedReport(**{**facts, **changes})


def make_labels() -> ReportLabels:
    """Every word is its own name in capitals, so that a test sees which word stands where."""
    words: dict[str, Any] = {field.name: field.name.upper() for field in fields(ReportLabels)}
    return ReportLabels(
        **{
            **words,
            "statuses": {status: status.value.upper() for status in ExportedStatus},
            "blocks": {block: block.code.upper() for block in RvoBlock},
            "lines": {line: line.value.upper() for line in RvoLine},
            "units": {unit: unit.value for unit in Unit},
            "origins": {origin: origin.value.upper() for origin in CellOrigin},
            "choices": {method: method.value.upper() for method in CommuteMethod},
            "methods": {method: method.value.upper() for method in CellMethod},
            "reasons": {reason: reason.value.upper() for reason in UndeterminedReason},
            "flags": {flag.value: flag.value.upper() for flag in (*SurveyFlag, *BusinessFlag)},
            "steps": {step: step.value.upper() for step in StepKind},
        }
    )
