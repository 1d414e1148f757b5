"""The report as a table on the terminal, in the form's order."""

from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.labels import BLOCK_LABELS, LINE_LABELS
from reporting.models import ReportVersion
from reporting.selectors.versions import stored_matrix
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

LINE_WIDTH, CELL_WIDTH = 30, 14


def report_table(organisation: Organisation, version: ReportVersion) -> str:
    """Eleven lines by four blocks; the block's names stand under the table."""
    with organisation_scope(organisation):
        matrix = stored_matrix(version)
    lines = ["".ljust(LINE_WIDTH) + "".join(f"block {block.value}".rjust(CELL_WIDTH) for block in RvoBlock)]
    for line in RvoLine:
        cells = [matrix.cell(block=block, line=line).value for block in RvoBlock]
        lines.append(
            str(LINE_LABELS[line]).ljust(LINE_WIDTH) + "".join(_figure(cell).rjust(CELL_WIDTH) for cell in cells)
        )
    lines += ["", *(f"block {block.value}: {BLOCK_LABELS[block]}" for block in RvoBlock)]
    return "\n".join(lines)


def _figure(value: object) -> str:
    """As Dutch readers write it: 1.234.567 and 2.875,40."""
    return "–" if value is None else f"{value:,}".translate(str.maketrans(",.", ".,"))
