"""The columns that one kind of file may have, and how a header finds its column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from surveys.domain.staff_file.columns.column import Column
from surveys.domain.staff_file.text import words_of

# Words that files put around a header: "Postcode medewerker", "E-mail (verplicht)".
_AROUND = frozenset(
    {"van", "de", "het", "der", "of", "the", "medewerker", "werknemer", "employee", "staff"}
    | {"verplicht", "required", "optioneel", "optional"}
)
_EXACT, _WITHIN_WORDS = 0, 1000
_LONGEST_HEADER = 80
_MOST_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns in the order in which the mapping screen shows them. `by_name` follows from them."""

    columns: tuple[Column, ...]
    by_name: Mapping[str, Column] = field(init=False)
    _by_header: Mapping[str, tuple[Column, int]] = field(init=False, repr=False)
    _matched: dict[str, tuple[Column, int] | None] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})
        spellings = {
            "".join(words_of(header)): (column, rank)
            for column in self.columns
            for rank, header in enumerate(column.headers)
        }
        object.__setattr__(self, "_by_header", spellings)

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def matched(self, header: str) -> tuple[Column, int] | None:
        """The column that a header names in Dutch or English, and how well: 0 is best. None when it names none."""
        if header not in self._matched:
            if len(self._matched) >= _MOST_REMEMBERED:
                self._matched.clear()
            self._matched[header] = self._match(header)
        return self._matched[header]

    def _match(self, header: str) -> tuple[Column, int] | None:
        if len(header) > _LONGEST_HEADER:
            return None
        words = words_of(header)
        found = self._by_header.get("".join(words))
        if found:
            return found[0], found[1] + _EXACT
        found = self._by_header.get("".join(word for word in words if word not in _AROUND))
        return (found[0], found[1] + _WITHIN_WORDS) if found else None
