"""Which column of the file fills which field."""

from collections import Counter
from collections.abc import Mapping, Sequence

from surveys.domain.staff_file.columns import COLUMN_BY_NAME, COLUMNS, STAFF_COLUMNS
from surveys.domain.staff_file.columns.column_set import ColumnSet
from surveys.domain.staff_file.errors import MappingProblem
from surveys.domain.staff_file.text import words_of


def suggest_mapping(
    headers: Sequence[str],
    *,
    remembered: Mapping[str, str] | None = None,
    with_personal: bool = False,
    columns: ColumnSet = STAFF_COLUMNS,
) -> dict[str, int]:
    """Field → index of its column, for the headers of a file.

    `remembered` is field → header of an earlier file (`headers_of_mapping`): it goes before what headers mean, and a
    remembered field that is None or "" stays unmapped. Where this file lacks the remembered header, the field is
    recognised as in a first file. Names and birth years are left out, unless `with_personal` or remembered: nobody
    sends them by accident.
    """
    remembered = remembered or {}
    spelled = {_spelling(header): index for index, header in reversed(list(enumerate(headers))) if header}
    mapping: dict[str, int] = {}
    for field, header in remembered.items():
        index = spelled.get(_spelling(header or ""))
        if field in columns.by_name and index is not None and index not in mapping.values():
            mapping[field] = index
    taken = set(mapping.values())
    candidates = []
    for index, header in enumerate(headers):
        found = columns.matched(header) if header and index not in taken else None
        if found and found[0].name not in mapping and (with_personal or not found[0].is_personal):
            candidates.append((found[1], index, found[0].name))
    for _, index, field in sorted(candidates):
        if remembered.get(field, field):
            mapping.setdefault(field, index)
    order = list(columns.by_name)
    return dict(sorted(mapping.items(), key=lambda item: order.index(item[0])))


def headers_of_mapping(mapping: Mapping[str, int], headers: Sequence[str]) -> dict[str, str]:
    """A mapping as headers, to be remembered for the next file."""
    return {field: headers[index] for field, index in mapping.items() if index < len(headers) and headers[index]}


def check_mapping(
    mapping: Mapping[str, int], headers: Sequence[str], columns: ColumnSet = STAFF_COLUMNS
) -> tuple[MappingProblem, ...]:
    """Everything that keeps a mapping from being used, () when it can be.

    Codes: `missing_field`, `unknown_field`, `unknown_column`, `column_twice`.
    """
    problems = [
        MappingProblem("missing_field", column.name)
        for column in columns
        if column.is_required and column.name not in mapping
    ]
    times = Counter(mapping.values())
    for field, index in mapping.items():
        if field not in columns.by_name:
            problems.append(MappingProblem("unknown_field", field))
        elif not 0 <= index < len(headers):
            problems.append(MappingProblem("unknown_column", field, index))
        elif times[index] > 1:
            problems.append(MappingProblem("column_twice", field, index))
    return tuple(problems)


def stored_attributes(mapping: Mapping[str, int]) -> tuple[str, ...]:
    """The attributes of StaffRow that a mapping fills, besides the staff number: what an import may overwrite.

    A last day of leave says that somebody is on leave, where no column does.
    """
    filled = {COLUMN_BY_NAME[field].attribute for field in mapping} - {"staff_number"}
    if "leave_until" in filled:
        filled.add("is_on_leave")
    return tuple(name for name in dict.fromkeys(column.attribute for column in COLUMNS) if name in filled)


def _spelling(header: str) -> str:
    return "".join(words_of(header)) or header.strip()
