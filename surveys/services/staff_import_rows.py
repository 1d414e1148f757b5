"""The rows of a staff file as this organisation can use them: with its own KvK numbers, ready to be compared."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple

from surveys.domain.staff_file import ParsedRow, RowError, StaffBatch, StaffRow, Table, parse_batches
from surveys.services.pattern_names import PatternNames

SHOWN_ERRORS = 200
KVK_MISSING = "kvk_missing"
KVK_UNKNOWN = "kvk_unknown"
PATTERN_UNKNOWN = "pattern_unknown"
OWN_ROW_CODES = (KVK_MISSING, KVK_UNKNOWN, PATTERN_UNKNOWN)

_TEXTS = (
    *("site", "email", "language", "department", "function", "home_postcode", "name", "contract_kind"),
    "work_pattern",
)
_VALUES = (
    *("monthly_hours", "employed_from", "employed_until", "days_per_week", "leave_until"),
    *("is_on_leave", "has_mobility_provision", "has_fixed_workplace", "birth_year"),
)
COPIED_COLUMNS = ("is_wrong", "staff_number", "legal_entity_id", *_TEXTS, *_VALUES)
_NOTHING = "\t" * (len(_TEXTS) + len(_VALUES))
_REPORTED_BATCHES = 25


@dataclass(frozen=True, kw_only=True)
class Employers:
    """The organisation's legal entities: KvK number → id, and the one for rows that name none."""

    ids: Mapping[str, int]
    default_id: int | None


class UsableBatch(NamedTuple):
    """Rows that follow each other: a batch of the file, and the id of the legal entity for each of its people."""

    batch: StaffBatch
    entity_ids: Sequence[int]

    @property
    def last_line(self) -> int:
        return max([*self.batch.lines[-1:], *(row.line for row in self.batch.wrong[-1:])], default=0)


@dataclass(kw_only=True)
class CheckedRows:
    """What reading all rows gave. `copy_text` is packed by zlib and has `COPIED_COLUMNS`."""

    rows: int = 0
    wrong_rows: int = 0
    problems: int = 0
    errors: list[RowError] = field(default_factory=list)
    sites: dict[str, None] = field(default_factory=dict)
    patterns: dict[str, None] = field(default_factory=dict)
    addresses: Counter[str] = field(default_factory=Counter)
    copy_text: bytes = b""

    @property
    def shared_addresses(self) -> int:
        """How many addresses stand in the file for more than one person."""
        return sum(1 for times in self.addresses.values() if times > 1)

    def add(self, batch: StaffBatch) -> None:
        self.rows += len(batch.lines) + len(batch.wrong)
        self.wrong_rows += len(batch.wrong)
        self.sites |= dict.fromkeys(batch.columns["site"])
        self.patterns |= dict.fromkeys(batch.columns.get("work_pattern", ()))
        self.addresses.update([address.lower() for address in batch.columns["email"] if address])
        for row in batch.wrong:
            self.problems += len(row.errors)
            self.errors += row.errors[: max(0, SHOWN_ERRORS - len(self.errors))]


def usable_batches(
    table: Table, mapping: Mapping[str, int], employers: Employers, patterns: PatternNames
) -> Iterator[UsableBatch]:
    """All rows of the file; those of an unknown employer or with an unknown work pattern are wrong."""
    ids = {**employers.ids, "": employers.default_id}
    labels = {name: table.label(mapping[name]) for name in ("kvk_number", "work_pattern") if name in mapping}
    for batch in parse_batches(table, mapping):
        written = batch.columns.get("work_pattern")
        if written is not None:
            meant = list(map(patterns.__getitem__, written))
            batch = batch._replace(columns={**batch.columns, "work_pattern": meant})
        entity_ids = list(map(ids.get, batch.columns.get("kvk_number", [""] * len(batch.lines))))
        if None in entity_ids or (written is not None and None in meant):
            wrong = _unknown(batch, entity_ids, written, labels=labels)
            batch = _without(batch, wrong)
            entity_ids = [entity_id for index, entity_id in enumerate(entity_ids) if index not in wrong]
        yield UsableBatch(batch, [entity_id for entity_id in entity_ids if entity_id is not None])


def check_rows(
    batches: Iterable[UsableBatch], checked: CheckedRows, *, report: Callable[[int], None]
) -> Iterator[bytes]:
    """Read all rows once: gives them as text for COPY, part by part, and fills `checked`, which is complete at the end.

    `report` is told now and then which line was reached.
    """
    packer = zlib.compressobj(level=1)
    packed: list[bytes] = []
    for number, usable in enumerate(batches):
        checked.add(usable.batch)
        if number % _REPORTED_BATCHES == 0:
            report(usable.last_line)
        part = _copy_text(usable).encode()
        packed.append(packer.compress(part))
        yield part
    packed.append(packer.flush())
    checked.copy_text = b"".join(packed)


def row_errors(batches: Iterable[UsableBatch]) -> Iterator[RowError]:
    """Every error of the file, in the order of its lines."""
    for usable in batches:
        for row in usable.batch.wrong:
            yield from row.errors


def _unknown(
    batch: StaffBatch,
    entity_ids: Sequence[int | None],
    written: Sequence[str] | None,
    *,
    labels: Mapping[str, str],
) -> dict[int, tuple[RowError, ...]]:
    """Index in the batch → what this organisation does not know in that row."""
    numbers = batch.columns.get("kvk_number", repeat(""))
    patterns = batch.columns.get("work_pattern", repeat(""))
    found: dict[int, tuple[RowError, ...]] = {}
    rows = zip(batch.lines, entity_ids, numbers, patterns, strict=False)
    for index, (line, entity_id, number, pattern) in enumerate(rows):
        errors = []
        if entity_id is None:
            code = KVK_UNKNOWN if number else KVK_MISSING
            errors.append(RowError(line, labels.get("kvk_number", ""), code, number))
        if pattern is None and written is not None:
            errors.append(RowError(line, labels["work_pattern"], PATTERN_UNKNOWN, written[index]))
        if errors:
            found[index] = tuple(errors)
    return found


def _without(batch: StaffBatch, wrong: Mapping[int, tuple[RowError, ...]]) -> StaffBatch:
    """The batch, in which these people are wrong rows."""
    kept = [index for index in range(len(batch.lines)) if index not in wrong]
    rows = [
        ParsedRow(batch.lines[index], None, errors, batch.columns["staff_number"][index])
        for index, errors in wrong.items()
    ]
    return StaffBatch(
        [batch.lines[index] for index in kept],
        {name: [values[index] for index in kept] for name, values in batch.columns.items()},
        sorted([*batch.wrong, *rows], key=attrgetter("line")),
    )


def _copy_text(usable: UsableBatch) -> str:
    """The rows as lines for COPY with `COPIED_COLUMNS`; empty stands for NULL.

    No cell holds a tab or a line break any more. Of wrong rows only the staff number is known.
    """
    batch = usable.batch
    columns = batch.columns
    cells = (
        repeat("f"),
        columns["staff_number"],
        map(str, usable.entity_ids),
        *(columns.get(name) or repeat("") for name in _TEXTS),
        *(map(_as_text, columns[name]) if name in columns else repeat(_DEFAULTS[name]) for name in _VALUES),
    )
    lines = ["\t".join(row) for row in zip(*cells, strict=False)]
    lines += [f"t\t{row.staff_number}\t{_NOTHING}" for row in batch.wrong if row.staff_number]
    text = "\n".join([*lines, ""])
    return text.replace("\\", "\\\\") if "\\" in text else text


# The same few dates, hours and answers stand in many rows. typed: 1 and True are equal, but not the same text.
@lru_cache(maxsize=20_000, typed=True)
def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


_BLANK = StaffRow(staff_number="")
_DEFAULTS = {name: _as_text(getattr(_BLANK, name)) for name in _VALUES}
"""What a person has in a column that the file lacks."""
