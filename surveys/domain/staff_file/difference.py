"""What a staff file changes in the staff list."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from surveys.domain.staff_file.staff_row import StaffRow


@dataclass(frozen=True, slots=True)
class StaffChange:
    """A person whose row differs from the list in `fields` (none for one who only came back)."""

    before: StaffRow
    row: StaffRow
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDifference:
    """What would happen to the list, in the order of the file; `left` in the order of the list.

    `rejoined` had left and are in the file again. `renumbered` are pairs (staff number in the list, in the file) of one
    who would leave and one who would join, that differ in zeros, capitals or punctuation only: most likely one person,
    and a file that lost its leading zeros.
    """

    new: tuple[StaffRow, ...]
    changed: tuple[StaffChange, ...]
    rejoined: tuple[StaffChange, ...]
    unchanged: tuple[str, ...]
    left: tuple[str, ...]
    renumbered: tuple[tuple[str, str], ...]


def difference(
    current: Mapping[str, StaffRow],
    incoming: Iterable[StaffRow],
    *,
    fields: Sequence[str],
    gone: Collection[str] = (),
    kept: Collection[str] = (),
) -> StaffDifference:
    """Compare the list with a file.

    current: staff number → the person on the list, those who left included. fields: what the file states
    (`stored_attributes`); everything else keeps its stored value and is not compared. gone: staff numbers in `current`
    of people who left before. kept: staff numbers that are in the file in rows with errors: they change nothing, and
    they have not left.
    """
    stated = _stated(fields)
    had_left = frozenset(gone)
    present = set(kept)
    new: list[StaffRow] = []
    changed: list[StaffChange] = []
    rejoined: list[StaffChange] = []
    unchanged: list[str] = []
    for row in incoming:
        number = row.staff_number
        present.add(number)
        before = current.get(number)
        if before is None:
            new.append(row)
        elif number in had_left:
            rejoined.append(StaffChange(before, row, _changed_fields(before, row, fields)))
        elif stated(before) == stated(row):
            unchanged.append(number)
        else:
            changed.append(StaffChange(before, row, _changed_fields(before, row, fields)))
    left = tuple(number for number in current if number not in present and number not in had_left)
    return StaffDifference(
        new=tuple(new),
        changed=tuple(changed),
        rejoined=tuple(rejoined),
        unchanged=tuple(unchanged),
        left=left,
        renumbered=_renumbered(left, new),
    )


def _stated(fields: Sequence[str]) -> Any:
    return attrgetter(*fields) if fields else lambda row: ()


def _changed_fields(before: StaffRow, row: StaffRow, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(field for field in fields if getattr(before, field) != getattr(row, field))


def _renumbered(left: Sequence[str], new: Sequence[StaffRow]) -> tuple[tuple[str, str], ...]:
    bare = {_bare(number): number for number in left}
    pairs = ((bare.get(_bare(row.staff_number)), row.staff_number) for row in new)
    return tuple((old, number) for old, number in pairs if old is not None)


def _bare(number: str) -> str:
    return "".join(character for character in number.casefold() if character.isalnum()).lstrip("0")
