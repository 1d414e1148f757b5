"""Rows of a batch → people, read by the same columns as a staff file; or every error by row."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.api.serializers import MOST_ROWS
from surveys.domain.staff_file import COLUMN_BY_NAME, COLUMNS, StaffRow, stored_attributes
from surveys.domain.staff_file.errors import CellError
from surveys.domain.staff_file.rows import implied_leave
from surveys.services.staff_batches import StatedRow
from surveys.staff_file_sentences import problem_sentence
from wpm_platform.organisations.models import Organisation

NUMBERS = frozenset({"monthly_hours", "weekly_hours", "days_per_week", "birth_year"})
SWITCHES = frozenset({"is_on_leave", "has_mobility_provision", "has_fixed_workplace"})
NEEDED = tuple(column.name for column in COLUMNS if column.is_required)
MOST_ERRORS = 200
Problem = dict[str, Any]


class BatchRejected(Exception):
    """The batch cannot be used; `problems` say where and why, the first 200 of them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems[:MOST_ERRORS]


def stated_rows(body: object, *, organisation: Organisation) -> list[StatedRow]:
    """The people of a batch. Raises BatchRejected with every row's problems."""
    rows = body.get("rows") if isinstance(body, Mapping) else None
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_ROWS:
        detail = _("Send an object with “rows”: a list of 1 to %(most)s objects.") % {"most": MOST_ROWS}
        raise BatchRejected([{"field": "rows", "code": "wrong_type", "detail": detail}])
    unstored = _not_kept(organisation)
    found: list[StatedRow] = []
    problems: list[Problem] = []
    first_rows: dict[str, int] = {}
    for number, row in enumerate(rows):
        stated, wrong = _stated_row(row, unstored=unstored)
        if stated:
            first = first_rows.setdefault(stated.row.staff_number, number)
            if first == number:
                found.append(stated)
            else:
                detail = _("This staff number is also in row %(first)s. Send one row per person.") % {"first": first}
                wrong = [{"field": "staff_number", "code": "duplicate_staff_number", "detail": detail}]
        problems += [{"row": number, **problem} for problem in wrong]
    if problems:
        raise BatchRejected(problems)
    return found


def _stated_row(row: object, *, unstored: frozenset[str]) -> tuple[StatedRow | None, list[Problem]]:
    if not isinstance(row, Mapping):
        return None, [{"field": "", "code": "wrong_type", "detail": _("A row is an object.")}]
    values: dict[str, Any] = {}
    problems = [
        {"field": name, "code": "required", "detail": _("Every row has this field.")}
        for name in NEEDED
        if name not in row
    ]
    for name, value in row.items():
        try:
            values[name] = _value(name, value, unstored=unstored)
        except CellError as error:
            detail = OWN_SENTENCES[error.code]() if error.code in OWN_SENTENCES else _sentence(error)
            problems.append({"field": name[:60], "code": error.code, "detail": detail})
    if not problems and _ends_before_start(values):
        sentence = problem_sentence(code="ends_before_start")
        problems.append({"field": "employed_until", "code": "ends_before_start", "detail": sentence})
    if problems:
        return None, problems
    fields = stored_attributes(dict.fromkeys(values, 0))
    return StatedRow(row=_staff_row(values), fields=fields), []


def _staff_row(values: dict[str, Any]) -> StaffRow:
    if "weekly_hours" in values:
        weekly = values.pop("weekly_hours")
        if values.get("monthly_hours") is None:
            values["monthly_hours"] = weekly
    if "leave_until" in values:
        values.setdefault("is_on_leave", implied_leave(values["leave_until"]))
    return StaffRow(**values)


def _value(name: str, value: object, *, unstored: frozenset[str]) -> object:
    """What the column makes of a JSON value. Raises CellError, of this module or of the column."""
    if name not in COLUMN_BY_NAME:
        raise CellError("unknown_field")
    if name in unstored:
        raise CellError("not_kept")
    return COLUMN_BY_NAME[name].parse(_text(name, value))


def _text(name: str, value: object) -> str | None:
    if value is None:
        return None
    if name in SWITCHES and isinstance(value, bool):
        return "yes" if value else "no"
    if name in NUMBERS and isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    if name not in SWITCHES | NUMBERS and isinstance(value, str):
        return value
    raise CellError("wrong_type")


def _not_kept(organisation: Organisation) -> frozenset[str]:
    kept = {"name": organisation.stores_names, "birth_year": organisation.stores_birth_years}
    return frozenset(name for name, is_kept in kept.items() if not is_kept)


def _ends_before_start(values: Mapping[str, Any]) -> bool:
    start, until = values.get("employed_from"), values.get("employed_until")
    return start is not None and until is not None and until < start


def _sentence(error: CellError) -> str:
    return problem_sentence(code=error.code, detail=error.detail)


OWN_SENTENCES = {
    "unknown_field": lambda: _("We do not know this field. Leave it out, or correct its name."),
    "not_kept": lambda: _("Your organisation does not keep this. Leave it out, or change the settings."),
    "wrong_type": lambda: _("This is another type than the documentation says: text, number, or true and false."),
}
