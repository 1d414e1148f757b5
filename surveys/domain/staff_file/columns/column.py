"""A column of a staff file as an object."""

from collections.abc import Callable
from dataclasses import dataclass

from surveys.domain.staff_file.errors import CellError
from surveys.domain.staff_file.text import clean, without_excel_literal

_NOTHING = frozenset(
    {
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "?",
        "n.v.t.",
        "n.v.t",
        "nvt",
        "n/a",
        "n.a.",
        "geen",
        "none",
        "null",
        "leeg",
    }
    | {"onbekend", "unknown"}
)
_FORMULA_ERRORS = (
    "#N/A",
    "#REF!",
    "#NAME?",
    "#NAAM?",
    "#VALUE!",
    "#WAARDE!",
    "#DIV/0!",
    "#DEEL/0!",
    "#NULL!",
    "#LEEG!",
)
_FORMULA_ERROR_STARTS = ("#NUM", "#GETAL", "#N/B", "#VERW!", "#CALC!", "#SPILL!")
_SHORT = 60


def _nothing_plain(text: str) -> None:
    """Every cell of the column needs a thorough look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One field of the staff file.

    name: the field; stores: the attribute of StaffRow that it fills, mostly the same.
    headers: how files call it, the likeliest first. read: cleaned, non-empty text → value; raises CellError.
    blank: the value of an empty cell. is_required: the file must have the column; needs_value: each row, too.
    is_personal: only read when a person asks for it. is_free_text: any words are a value.
    is_repeated: the same cells come back in many rows, so that remembering them saves time. plain: for other columns,
    a cheap look at a cell of text: its value when there is nothing special about it, else None.
    """

    name: str
    headers: tuple[str, ...]
    read: Callable[[str], object]
    stores: str = ""
    blank: object = ""
    longest: int = _SHORT
    is_required: bool = False
    needs_value: bool = False
    is_personal: bool = False
    is_free_text: bool = False
    is_repeated: bool = True
    plain: Callable[[str], object] = _nothing_plain

    @property
    def attribute(self) -> str:
        """The attribute of StaffRow that holds the value."""
        return self.stores or self.name

    def parse(self, text: str | None) -> object:
        """The value of a cell.

        Raises CellError: `required`, `too_long`, `control_characters`, `formula_error`, and the codes of `read`.
        """
        if text is None:
            return self._blank()
        cleaned = clean(text)
        if cleaned[:1] in "=#":
            cleaned = without_excel_literal(cleaned)
            if cleaned in _FORMULA_ERRORS or cleaned.startswith(_FORMULA_ERROR_STARTS):
                raise CellError("formula_error")
        if not cleaned or (not self.is_free_text and cleaned.casefold() in _NOTHING):
            return self._blank()
        if len(cleaned) > self.longest:
            raise CellError("too_long", detail=str(self.longest))
        return self.read(cleaned)

    def _blank(self) -> object:
        if self.needs_value:
            raise CellError("required")
        return self.blank
