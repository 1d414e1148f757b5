"""Business files in the words of their pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

from reporting.domain.cell import UndeterminedReason
from reporting.domain.rvo import RvoBlock, RvoLine, cell_unit
from reporting.enums import BusinessImportState, LeftOutReason
from reporting.labels import LINE_LABELS, REASON_LABELS, UNIT_LABELS
from reporting.models import BusinessImport, Report
from reporting.selectors.business import files_of_report
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """One line of the block before and after; None is an empty cell, `reason` says why it would be."""

    number: int
    label: Promise
    unit: Promise
    before: Decimal | None
    after: Decimal | None
    reason: Promise | None

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, kw_only=True)
class BlockFiles:
    """The files of one block: those that count, and those on their way."""

    block: RvoBlock
    applied: tuple[BusinessImport, ...]
    waiting: tuple[BusinessImport, ...]


def line_changes(business_import: BusinessImport) -> tuple[LineChange, ...]:
    """What the check found, in the form's order."""
    block = RvoBlock(business_import.block)
    return tuple(
        LineChange(
            number=RvoLine(row["line"]).number,
            label=LINE_LABELS[RvoLine(row["line"])],
            unit=UNIT_LABELS[cell_unit(block=block, line=RvoLine(row["line"]))],
            before=None if row["before"] is None else Decimal(row["before"]),
            after=None if row["after"] is None else Decimal(row["after"]),
            reason=REASON_LABELS[UndeterminedReason(row["reason"])] if row["reason"] else None,
        )
        for row in business_import.outcome["lines"]
    )


def left_out_rows(business_import: BusinessImport) -> tuple[tuple[int, str], ...]:
    """How many rows are recorded and not counted, with the reason."""
    return tuple((row["rows"], str(LeftOutReason(row["reason"]).label)) for row in business_import.outcome["left_out"])


def block_files(
    *, organisation: Organisation, report: Report, blocks: Sequence[RvoBlock]
) -> dict[RvoBlock, BlockFiles]:
    """All blocks with their files, in one query."""
    files = list(files_of_report(organisation=organisation, report=report))
    return {
        block: BlockFiles(
            block=block,
            applied=tuple(f for f in files if f.block == block and f.state == BusinessImportState.APPLIED),
            waiting=tuple(
                f
                for f in files
                if f.block == block and f.state in (BusinessImportState.UPLOADED, BusinessImportState.CHECKED)
            ),
        )
        for block in blocks
    }
