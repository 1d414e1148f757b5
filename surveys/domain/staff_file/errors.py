"""What can be wrong with a staff file, as codes: the sentences for people are made where the language is known."""

from dataclasses import dataclass


class StaffFileUnreadable(Exception):
    """The file as a whole cannot be read as a table; nothing was imported.

    `code` says why, `detail` holds the one fact that the sentence needs (a line number, a sheet name, a limit).
    """

    def __init__(self, code: str, *, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class CellError(Exception):
    """One cell does not hold what its column asks for."""

    def __init__(self, code: str, *, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class RowError:
    """A wrong cell. `line` counts as Excel does, `column` is the header as it stands in the file.

    `value` is the cell's text, shortened; `detail` is the one fact the sentence needs: the limit for `too_long`,
    the first line for `duplicate_staff_number`.
    """

    line: int
    column: str
    code: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MappingProblem:
    """Why a choice of columns cannot be used. `column` is the index in the file, where there is one."""

    code: str
    field: str
    column: int | None = None
