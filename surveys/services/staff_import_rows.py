"""The rows of a staff file as this organisation can use them: with its own KvK numbers, ready to be compared."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from surveys.domain.staff_file import ParsedRow, RowError, StaffRow, Table, parse_rows

SHOWN_ERRORS = 200
KVK_MISSING = "kvk_missing"
KVK_UNKNOWN = "kvk_unknown"
OWN_ROW_CODES = (KVK_MISSING, KVK_UNKNOWN)

_TEXTS = ("site", "email", "language", "department", "function", "home_postcode", "name", "contract_kind")
_VALUES = (
    *("monthly_hours", "employed_from", "employed_until", "days_per_week"),
    *("is_on_leave", "has_mobility_provision", "has_fixed_workplace", "birth_year"),
)
COPIED_COLUMNS = ("line", "is_wrong", "staff_number", "legal_entity_id", *_TEXTS, *_VALUES)
_texts = attrgetter(*_TEXTS)
_values = attrgetter(*_VALUES)
_NOTHING = "\t" * (len(_TEXTS) + len(_VALUES))


@dataclass(frozen=True, kw_only=True)
class Employers:
    """The organisation's legal entities: KvK number → id, and the one for rows that name none."""

    ids: Mapping[str, int]
    default_id: int | None


@dataclass(kw_only=True)
class CheckedRows:
    """What reading all rows gave. `copy_text` is compressed and has `COPIED_COLUMNS`."""

    rows: int = 0
    wrong_rows: int = 0
    problems: int = 0
    errors: list[RowError] = field(default_factory=list)
    sites: dict[str, None] = field(default_factory=dict)
    copy_text: bytes = b""


def usable_rows(
    table: Table, mapping: Mapping[str, int], employers: Employers
) -> Iterator[tuple[ParsedRow, int | None]]:
    """Each row with the id of its legal entity; a row with errors has none."""
    ids, default_id = employers.ids, employers.default_id
    for parsed in parse_rows(table, mapping):
        if parsed.row is None:
            yield parsed, None
            continue
        number = parsed.row.kvk_number
        entity_id = ids.get(number) if number else default_id
        if entity_id is None:
            column = table.label(mapping["kvk_number"]) if "kvk_number" in mapping else ""
            error = RowError(parsed.line, column, KVK_UNKNOWN if number else KVK_MISSING, number)
            yield ParsedRow(parsed.line, None, (error,), parsed.staff_number), None
        else:
            yield parsed, entity_id


def check_rows(
    rows: Iterable[tuple[ParsedRow, int | None]], *, report: Callable[[int], None], every: int
) -> CheckedRows:
    """Read all rows once. `report` is told the line at every `every` rows."""
    checked = CheckedRows()
    packer = zlib.compressobj(level=1)
    packed: list[bytes] = []
    lines: list[str] = []
    for parsed, entity_id in rows:
        checked.rows += 1
        if parsed.row is None:
            checked.wrong_rows += 1
            checked.problems += len(parsed.errors)
            checked.errors += parsed.errors[: max(0, SHOWN_ERRORS - len(checked.errors))]
            if parsed.staff_number:
                lines.append(_wrong_line(parsed))
        else:
            checked.sites[parsed.row.site] = None
            lines.append(_line(parsed.line, entity_id, parsed.row))
        if len(lines) >= every:
            packed.append(packer.compress("".join(lines).encode()))
            lines.clear()
            report(parsed.line)
    packed.append(packer.compress("".join(lines).encode()))
    packed.append(packer.flush())
    checked.copy_text = b"".join(packed)
    return checked


def row_errors(rows: Iterable[tuple[ParsedRow, int | None]]) -> Iterator[RowError]:
    """Every error of the file, in the order of its lines."""
    for parsed, _ in rows:
        yield from parsed.errors


def _line(line: int, entity_id: int | None, row: StaffRow) -> str:
    """A row for COPY. No cell holds a tab or a line break any more; empty stands for NULL."""
    values = ["" if value is None else str(value) for value in _values(row)]
    text = "\t".join((str(line), "f", row.staff_number, str(entity_id), *_texts(row), *values))
    return (text.replace("\\", "\\\\") if "\\" in text else text) + "\n"


def _wrong_line(parsed: ParsedRow) -> str:
    number = parsed.staff_number.replace("\\", "\\\\")
    return f"{parsed.line}\tt\t{number}\t{_NOTHING}\n"
