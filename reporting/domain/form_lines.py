"""Where the kilometres of a mode and fuel belong on the form: data, per form version."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reporting.domain.rvo import FUELLED_MODES, KNOWN_FUELS, Fuel, Mode, RvoLine


class FormLinesMalformed(ValueError):
    """The file that maps modes and fuels to lines is incomplete or contradicts itself."""


@dataclass(frozen=True, kw_only=True)
class LinePlace:
    """The line of one mode and fuel. `is_assumed`: no source says so; said beside every such figure."""

    line: RvoLine
    certainty: str
    source: str
    is_assumed: bool


@dataclass(frozen=True, kw_only=True)
class FormLines:
    """One version of the form's mapping; `places` holds every known fuel of every mode.

    `unplaced`: kinds of vehicle that count, but whose line no source names, with that source.
    """

    version: str
    places: Mapping[tuple[Mode, Fuel], LinePlace]
    unplaced: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The version and which line takes which mode and fuel: another one where kilometres land elsewhere."""
        rows = sorted(f"{mode.value}:{fuel.value}:{place.line.value}" for (mode, fuel), place in self.places.items())
        return f"{self.version}-{hashlib.sha256(' '.join(rows).encode()).hexdigest()[:12]}"

    def place(self, *, mode: Mode, fuel: Fuel) -> LinePlace:
        """The place of a mode and a known fuel; `KeyError` for an unknown fuel, which has no line."""
        return self.places[mode, fuel]

    def lines_of(self, *, mode: Mode) -> frozenset[RvoLine]:
        """Every line on which kilometres of this mode can land."""
        return frozenset(place.line for (placed, _), place in self.places.items() if placed is mode)


def mode_fuels() -> frozenset[tuple[Mode, Fuel]]:
    """Every pair that must have a line: each known fuel of the fuelled modes, no fuel for the others."""
    return frozenset((mode, fuel) for mode in Mode for fuel in (KNOWN_FUELS if mode in FUELLED_MODES else {Fuel.NONE}))


def form_lines_from(document: Mapping[str, Any]) -> FormLines:
    """Read a mapping; raises `FormLinesMalformed` when a pair is missing, doubled or badly marked."""
    places: dict[tuple[Mode, Fuel], LinePlace] = {}
    try:
        version = str(document["version"])
        for row in document["places"]:
            place = _line_place(row)
            for fuel in row["fuels"]:
                pair = (Mode(row["mode"]), Fuel(fuel))
                if pair in places:
                    raise FormLinesMalformed(f"{version}: {pair[0]} with fuel '{pair[1]}' is placed twice.")
                places[pair] = place
        unplaced = {str(row["kind"]): str(row["source"]) for row in document.get("unplaced", ())}
    except FormLinesMalformed:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise FormLinesMalformed(f"A form mapping lacks or misspells {error}.") from error
    missing = sorted(mode_fuels() - places.keys())
    superfluous = sorted(places.keys() - mode_fuels())
    if missing or superfluous:
        raise FormLinesMalformed(f"{version}: without a line: {missing}; not askable: {superfluous}.")
    return FormLines(version=version, places=places, unplaced=unplaced)


def _line_place(row: Mapping[str, Any]) -> LinePlace:
    place = LinePlace(
        line=RvoLine(row["line"]),
        certainty=row["certainty"],
        source=row["source"],
        is_assumed=row.get("is_assumed", False),
    )
    if place.certainty not in {"C", "L", "X", "D", "U"}:
        raise FormLinesMalformed(f"{row['mode']}: certainty '{place.certainty}' is none of C, L, X, D, U.")
    # An unknown placement may only be used when it says of itself that it is assumed.
    if place.certainty == "U" and not place.is_assumed:
        raise FormLinesMalformed(f"{row['mode']} on {place.line}: an unknown place must be marked is_assumed.")
    return place
