"""What can be wrong with a staff file, as codes: the sentences for people are made where the language is known."""

from dataclasses import dataclass

FILE_CODES = (
    "broken_quotes",
    "damaged",
    "empty",
    "encrypted",
    "header_missing",
    "no_rows",
    "not_a_table",
    "old_excel",
    "sheet_missing",
    "too_large",
    "too_many_columns",
    "unsupported_format",
    "wrong_encoding",
)
MAPPING_CODES = ("column_twice", "missing_field", "unknown_column", "unknown_field")
ROW_CODES = (
    "birth_year_out_of_range",
    "control_characters",
    "date_out_of_range",
    "days_out_of_range",
    "duplicate_staff_number",
    "ends_before_start",
    "formula",
    "formula_error",
    "hours_out_of_range",
    "kvk_misses_zero",
    "month_and_day_swapped",
    "no_such_date",
    "not_a_date",
    "not_a_kvk_number",
    "not_a_number",
    "not_a_postcode",
    "not_an_email",
    "not_yes_or_no",
    "number_rounded",
    "postcode_incomplete",
    "required",
    "too_long",
    "too_many_cells",
    "two_addresses",
    "two_digit_year",
    "unclear_secondment",
    "unknown_contract_kind",
    "unknown_language",
)


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
