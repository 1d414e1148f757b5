"""The 44 cells of the form: a pure function of the report's inputs and the parameters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporting.domain.business.cells import business_cells
from reporting.domain.cell import Cell, CellMethod, CellOrigin, Derivation, UndeterminedReason
from reporting.domain.commute import commute_cells
from reporting.domain.commute_method import CommuteMethod
from reporting.domain.commute_register import register_cells
from reporting.domain.estimated_cells import estimated_cells
from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ManualTotal, ReportInputs
from reporting.domain.rvo import FORM_CELLS, RvoBlock, RvoLine, Unit


class ParametersDiffer(ValueError):
    """The inputs rest on another version of the parameters than the one at hand."""


@dataclass(frozen=True, kw_only=True)
class BlockTotal:
    """A block's rounded cells added up, km and euros apart; None while a cell of that unit is open."""

    block: RvoBlock
    kilometres: int | None
    euro: Decimal | None
    undetermined: int


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """All cells in the form's order. `is_complete`: no cell is undetermined, so the report can be frozen."""

    cells: tuple[Cell, ...]

    def __post_init__(self) -> None:
        if tuple((cell.block, cell.line) for cell in self.cells) != FORM_CELLS:
            raise ValueError("A matrix holds the 44 cells of the form, in the form's order.")

    @property
    def undetermined(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.origin is CellOrigin.UNDETERMINED)

    @property
    def is_complete(self) -> bool:
        return not self.undetermined

    @property
    def commute_method(self) -> CellMethod:
        """How block 4 was computed; `entered_total` only when all of it was entered by hand."""
        computed = [cell for cell in self.block(RvoBlock.COMMUTE) if cell.origin is not CellOrigin.MANUAL]
        return computed[0].derivation.method if computed else CellMethod.ENTERED_TOTAL

    @property
    def is_commute_mixed(self) -> bool:
        """True when computed and entered figures stand side by side in block 4: say so in every output."""
        manual = sum(cell.origin is CellOrigin.MANUAL for cell in self.block(RvoBlock.COMMUTE))
        return 0 < manual < len(RvoLine)

    def cell(self, *, block: RvoBlock, line: RvoLine) -> Cell:
        return self.cells[FORM_CELLS.index((block, line))]

    def block(self, block: RvoBlock) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.block is block)

    def totals(self) -> tuple[BlockTotal, ...]:
        return tuple(_block_total(block=block, cells=self.block(block)) for block in RvoBlock)


def build_matrix(inputs: ReportInputs, parameters: Parameters) -> Matrix:
    """The report: block 4 by its method, blocks 1 to 3 from files or as entered; entered figures are marked as such.

    A business cell that nobody entered and no file is about is undetermined, not 0. A figure entered by hand replaces
    the computed one, which stays readable in its derivation. Raises `ParametersDiffer` when the inputs name
    another version.
    """
    if inputs.parameter_version != parameters.version:
        raise ParametersDiffer(
            f"The inputs rest on parameters {inputs.parameter_version}; these are {parameters.version}."
        )
    computed = {(cell.block, cell.line): cell for cell in _commute(inputs, parameters)}
    computed |= {(cell.block, cell.line): cell for cell in business_cells(inputs, parameters)}
    entered = {(total.block, total.line): total for total in inputs.manual}
    cells = []
    for block, line in FORM_CELLS:
        base = computed.get((block, line)) or _not_entered(block=block, line=line)
        total = entered.get((block, line))
        cells.append(base if total is None else _entered(base=base, total=total))
    return Matrix(cells=tuple(cells))


def _commute(inputs: ReportInputs, parameters: Parameters) -> tuple[Cell, ...]:
    """Block 4 by the one method that the report uses."""
    headcount = inputs.headcount.commute_multiplier
    if inputs.choice.method is CommuteMethod.SURVEY:
        cells = commute_cells(
            survey=inputs.survey, headcount=headcount, parameters=parameters, least_people=inputs.least_people
        )
        if inputs.estimate is None:
            return cells
        return estimated_cells(cells, estimate=inputs.estimate, headcount=headcount, parameters=parameters)
    return register_cells(
        method=inputs.choice.method, register=inputs.register, headcount=headcount, parameters=parameters
    )


def _not_entered(*, block: RvoBlock, line: RvoLine) -> Cell:
    return Cell(
        block=block,
        line=line,
        value=None,
        origin=CellOrigin.UNDETERMINED,
        derivation=Derivation(method=CellMethod.NONE, undetermined_reason=UndeterminedReason.NOT_ENTERED),
    )


def _entered(*, base: Cell, total: ManualTotal) -> Cell:
    derivation = replace(base.derivation, method=CellMethod.ENTERED_TOTAL, undetermined_reason=None, note=total.note)
    return replace(base, value=total.value, origin=CellOrigin.MANUAL, derivation=derivation)


def _block_total(*, block: RvoBlock, cells: Sequence[Cell]) -> BlockTotal:
    kilometres = [cell for cell in cells if cell.unit is Unit.KILOMETRES]
    euros = [cell for cell in cells if cell.unit is Unit.EURO]
    kilometre_sum = _sum(kilometres)
    return BlockTotal(
        block=block,
        kilometres=None if kilometre_sum is None else int(kilometre_sum),
        euro=_sum(euros) if euros else None,
        undetermined=sum(cell.value is None for cell in cells),
    )


def _sum(cells: Sequence[Cell]) -> Decimal | None:
    total = Decimal(0)
    for cell in cells:
        if cell.value is None:
            return None
        total += cell.value
    return total
