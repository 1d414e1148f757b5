"""One version of a report, ready to be read: words and figures per cell, in the form's order."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import Promise

from reporting.domain.business.steps import BUSINESS_FLAGS, outcome
from reporting.domain.cell import FILE_METHODS, Cell, CellMethod, CellOrigin
from reporting.domain.matrix import BlockTotal, Matrix
from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ReportInputs
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock, Unit
from reporting.domain.survey_sums import LINE_FLAGS
from reporting.flag_sentences import flag_sentence
from reporting.labels import (
    BLOCK_HINTS,
    BLOCK_LABELS,
    LINE_LABELS,
    METHOD_LABELS,
    ORIGIN_LABELS,
    REASON_LABELS,
    STEP_LABELS,
    UNIT_LABELS,
)
from reporting.models import Report, ReportVersion
from reporting.selectors.parameters import parameters_of
from reporting.selectors.response import ResponseFigures, response_figures
from reporting.selectors.versions import stored_matrix, stored_source_of
from reporting.source_labels import source_label
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class StepShown:
    """One line of a business figure's sum; `count` vehicles or rows."""

    label: Promise
    amount: Decimal
    count: int

    @property
    def is_taken_off(self) -> bool:
        return self.amount < 0

    @property
    def size(self) -> Decimal:
        return abs(self.amount)


@dataclass(frozen=True, kw_only=True)
class CellShown:
    """One cell with its words. copied: the digits that the copy button gives, without separators."""

    cell: Cell
    label: Promise
    unit: Promise
    origin: Promise
    reason: Promise | None
    copied: str
    week_km: Decimal | None
    exact_km: Decimal | None
    source: Promise | str
    flags: tuple[str, ...]
    steps: tuple[StepShown, ...] = ()
    outcome: Decimal | None = None
    guidance_km: int | None = None

    @property
    def has_estimate(self) -> bool:
        """Whether observed and estimated stand beside each other."""
        return self.cell.origin is CellOrigin.ESTIMATED

    @property
    def is_computed(self) -> bool:
        return self.exact_km is not None or bool(self.steps)

    @property
    def is_from_files(self) -> bool:
        return bool(self.steps) or self.cell.derivation.method in FILE_METHODS

    @property
    def outcome_size(self) -> Decimal:
        """A negative outcome without its sign."""
        return abs(self.outcome or Decimal(0))

    @property
    def is_manual(self) -> bool:
        return self.cell.origin is CellOrigin.MANUAL

    @property
    def is_euro(self) -> bool:
        return self.cell.unit is Unit.EURO

    @property
    def address(self) -> dict[str, str]:
        return {"block": self.cell.block.code, "line": self.cell.line.value}


@dataclass(frozen=True, kw_only=True)
class BlockShown:
    block: RvoBlock
    label: Promise
    hint: Promise
    cells: tuple[CellShown, ...]
    total: BlockTotal
    has_files: bool = False

    @property
    def is_commute(self) -> bool:
        return self.block is RvoBlock.COMMUTE

    @property
    def is_corrected_by_cell(self) -> bool:
        """Whether a computed figure of this block can be replaced by hand, with a reason."""
        return self.is_commute or self.has_files


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """is_outdated: the parameters changed since this draft was computed."""

    report: Report
    version: ReportVersion
    inputs: ReportInputs
    parameters: Parameters
    matrix: Matrix
    blocks: tuple[BlockShown, ...]
    method: Promise
    response: ResponseFigures | None
    is_outdated: bool

    @property
    def open_cells(self) -> int:
        return len(self.matrix.undetermined)

    @property
    def has_survey(self) -> bool:
        return self.matrix.commute_method in {
            CellMethod.SURVEY_ONE_WEEK,
            CellMethod.SURVEY_POOLED_WEEKS,
            CellMethod.SURVEY_ESTIMATED,
        }


def report_page(*, organisation: Organisation, report: Report, version: ReportVersion) -> ReportPage:
    """Everything the page of one version shows, read from what was stored; the margin follows from the campaign."""
    matrix = stored_matrix(version)
    inputs, parameters = stored_source_of(version)
    totals = {total.block: total for total in matrix.totals()}
    current = parameters_of(organisation=organisation, reporting_year=report.reporting_year)
    response = None
    if report.campaign is not None and inputs.survey is not None:
        response = response_figures(
            organisation=organisation,
            campaign=report.campaign,
            legal_entity=report.legal_entity,
            headcount=inputs.headcount.commute_multiplier,
            parameters=parameters,
        )
    return ReportPage(
        report=report,
        version=version,
        inputs=inputs,
        parameters=parameters,
        matrix=matrix,
        blocks=tuple(
            BlockShown(
                block=block,
                label=BLOCK_LABELS[block],
                hint=BLOCK_HINTS[block],
                cells=tuple(cell_shown(cell) for cell in matrix.block(block)),
                total=totals[block],
                has_files=inputs.business.has(block),
            )
            for block in RvoBlock
        ),
        method=METHOD_LABELS[matrix.commute_method],
        response=response,
        is_outdated=current.version != version.parameter_version,
    )


def cell_shown(cell: Cell) -> CellShown:
    """One cell with the words of the language at hand."""
    derivation = cell.derivation
    reason = derivation.undetermined_reason
    return CellShown(
        cell=cell,
        label=LINE_LABELS[cell.line],
        unit=UNIT_LABELS[cell.unit],
        origin=ORIGIN_LABELS[cell.origin],
        reason=REASON_LABELS[reason] if reason else None,
        copied=copied_digits(cell.value),
        week_km=_thousandths(derivation.week_metres / 1000) if derivation.week_metres is not None else None,
        exact_km=_thousandths(derivation.exact_km) if derivation.exact_km is not None else None,
        source=source_label(derivation.source),
        flags=tuple(flag_sentence(flag, count) for flag, count in _flags(cell)),
        steps=tuple(
            StepShown(label=STEP_LABELS[step.kind], amount=_thousandths(step.amount), count=step.count)
            for step in derivation.steps
        ),
        outcome=_thousandths(outcome(derivation.steps)) if derivation.steps else None,
        guidance_km=None if derivation.exact_km is None else round_half_up(derivation.exact_km),
    )


def copied_digits(value: int | Decimal | None) -> str:
    """What is pasted into RVO's form: 1234567, or euros as 1234,50; never a separator between thousands."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.2f}".replace(".", ",")


def _flags(cell: Cell) -> Iterator[tuple[str, int]]:
    """Remarks about the survey belong to lines with kilometres; remarks about a part of a line are the line's own."""
    for flag, count in cell.derivation.flags.items():
        if flag in LINE_FLAGS or flag in BUSINESS_FLAGS or cell.derivation.week_metres:
            yield flag, count


def _thousandths(value: Fraction) -> Decimal:
    return Decimal(round_half_up(value * 1000)) / 1000
