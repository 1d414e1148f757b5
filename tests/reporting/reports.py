"""Report inputs and matrices for tests, with clearly made-up figures."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from reporting.domain.matrix import Matrix, build_matrix
from reporting.domain.parameter_files import load_parameters
from reporting.domain.report_inputs import HeadcountFigures, ManualTotal, ReportInputs
from reporting.domain.rvo import FORM_CELLS, Fuel, Mode, RvoBlock, Unit, cell_unit
from reporting.domain.survey_sums import ModeSum, SurveySums, WeekCounts

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


def make_inputs(**changes: object) -> ReportInputs:
    facts: dict[str, object] = {
        "kvk_number": "12345678",
        "reporting_year": 2025,
        "parameter_version": PARAMETERS.version,
        "headcount": HeadcountFigures(reference_date=date(2025, 1, 1), counted=240, commute_multiplier=230, assumed=3),
        "survey": make_survey(),
        "manual": make_business_totals(),
    }
    return ReportInputs(**{**facts, **changes})  # type: ignore[arg-type]


def make_matrix(**changes: object) -> Matrix:
    return build_matrix(make_inputs(**changes), PARAMETERS)


def _sum(mode: Mode, fuel: Fuel, metres: int, *, provided: bool = False) -> ModeSum:
    return ModeSum(mode=mode, fuel=fuel, is_employer_provided=provided, metres=Fraction(metres))
