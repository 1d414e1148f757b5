"""The outcome of a check, or of an applied import, in the words of its page."""

from dataclasses import dataclass

from surveys.domain.staff_file import RowError
from surveys.models import StaffImport
from surveys.staff_file_sentences import field_label, file_sentence, problem_sentence

MANY_LEAVERS_SHARE = 5
"""More than a fifth of the list that leaves at once is most likely a file with a part of the staff."""
MANY_LEAVERS = 10


@dataclass(frozen=True, kw_only=True)
class ShownError:
    line: int
    column: str
    value: str
    problem: str


@dataclass(frozen=True, kw_only=True)
class ShownOutcome:
    """Counts and warnings; `changed_fields` are (label, how many people), most first."""

    counts: dict[str, int]
    good_rows: int
    wrong_rows: int
    problems: int
    errors: tuple[ShownError, ...]
    changed_fields: tuple[tuple[str, int], ...]
    new_sites: tuple[str, ...]
    new_sites_total: int
    new_patterns: tuple[str, ...]
    shared_addresses: int
    renumbered: tuple[tuple[str, str], ...]
    renumbered_total: int
    on_list: int
    leaves_many: bool

    @property
    def changes_nothing(self) -> bool:
        return not any(self.counts[name] for name in ("new", "changed", "rejoined", "left"))


def outcome_of(staff_import: StaffImport) -> ShownOutcome:
    outcome = staff_import.outcome
    counts = outcome["counts"]
    fields = [
        (field_label(_FIELD_OF_COLUMN.get(name, name)), counts[name])
        for name in counts
        if name not in _TOTALS and counts[name]
    ]
    return ShownOutcome(
        counts=counts,
        good_rows=staff_import.rows_total - outcome["wrong_rows"],
        wrong_rows=outcome["wrong_rows"],
        problems=outcome["problems"],
        errors=tuple(_shown(RowError(**error)) for error in staff_import.errors),
        changed_fields=tuple(sorted(fields, key=lambda item: -item[1])),
        new_sites=tuple(outcome["new_sites"]),
        new_sites_total=outcome["new_sites_total"],
        new_patterns=tuple(outcome.get("new_patterns", ())),
        shared_addresses=outcome["shared_addresses"],
        renumbered=tuple((old, new) for old, new in outcome["renumbered"]),
        renumbered_total=outcome["renumbered_total"],
        on_list=outcome["on_list"],
        leaves_many=counts["left"] >= MANY_LEAVERS and counts["left"] * MANY_LEAVERS_SHARE > outcome["on_list"],
    )


def failure_sentence(staff_import: StaffImport) -> str:
    code, _, detail = staff_import.failure.partition(" ")
    return file_sentence(code=code, detail=detail)


_FIELD_OF_COLUMN = {"legal_entity_id": "kvk_number", "site_id": "site", "work_pattern_id": "work_pattern"}
_TOTALS = ("new", "changed", "rejoined", "unchanged", "left", "without_email")


def _shown(error: RowError) -> ShownError:
    return ShownError(
        line=error.line,
        column=error.column,
        value=error.value,
        problem=problem_sentence(code=error.code, detail=error.detail),
    )
