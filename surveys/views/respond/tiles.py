"""The tiles of each question, in a fixed order: one tap answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy

from surveys.enums import Fuel, Mode, UsualMode, Whereabouts


@dataclass(frozen=True, kw_only=True)
class Tile:
    """label: not part of the hash, for which it would be translated."""

    value: str
    label: str | Promise = field(hash=False)
    icon: str
    is_chosen: bool = False
    is_wide: bool = False


YES, NO = "yes", "no"
MODE_ICONS = {
    Mode.BICYCLE: "bike",
    Mode.CAR: "car",
    Mode.PUBLIC_TRANSPORT: "train-front",
    Mode.WALKING: "footprints",
    Mode.MOPED: "scooter",
    Mode.SPEED_PEDELEC: "zap",
    Mode.MOTORCYCLE: "motorbike",
}
WHEREABOUTS_ICONS = {
    Whereabouts.HOME: "house",
    Whereabouts.OTHER_SITE: "building-2",
    Whereabouts.CLIENT: "briefcase",
    Whereabouts.NOT_WORKED: "calendar-x",
    Whereabouts.UNKNOWN: "circle-question-mark",
}
FUEL_ICONS = {
    Fuel.PETROL: "fuel",
    Fuel.DIESEL: "fuel",
    Fuel.HYBRID: "leaf",
    Fuel.PLUG_IN_HYBRID: "plug",
    Fuel.ELECTRIC: "plug-zap",
    Fuel.LPG: "flame",
    Fuel.CNG: "cloud",
    Fuel.LNG: "cylinder",
    Fuel.HYDROGEN: "atom",
    Fuel.BIOFUEL: "sprout",
    Fuel.UNKNOWN: "circle-question-mark",
}
# The form asks motorcycles and mopeds for petrol and electric only.
TWO_WHEELER_FUELS = (Fuel.PETROL, Fuel.ELECTRIC, Fuel.UNKNOWN)


# Words that need a place to break on a narrow tile.
BREAKING: dict[str, Promise] = {
    Fuel.BIOFUEL: pgettext_lazy("tile", "Biofuel"),
    Mode.SPEED_PEDELEC: pgettext_lazy("tile", "Speed pedelec"),
}


# From very easy to very hard, with the same step between them.
BURDENS = {
    "1": ("laugh", pgettext_lazy("burden", "Very easy")),
    "2": ("smile", pgettext_lazy("burden", "Easy")),
    "3": ("meh", pgettext_lazy("burden", "Not easy, not hard")),
    "4": ("frown", pgettext_lazy("burden", "Hard")),
    "5": ("angry", pgettext_lazy("burden", "Very hard")),
}


def mode_tiles(*, chosen: str) -> tuple[Tile, ...]:
    return _tiles(MODE_ICONS.items(), chosen=chosen)


def usual_mode_tiles(*, chosen: str) -> tuple[Tile, ...]:
    """The modes, and who hardly ever travels."""
    home = Tile(
        value=UsualMode.HOME.value,
        label=UsualMode.HOME.label,
        icon=WHEREABOUTS_ICONS[Whereabouts.HOME],
        is_chosen=chosen == UsualMode.HOME,
    )
    return (*mode_tiles(chosen=chosen), home)


def whereabouts_tiles(*, chosen: str) -> tuple[Tile, ...]:
    return _tiles(WHEREABOUTS_ICONS.items(), chosen=chosen)


def fuel_tiles(*, mode: str, chosen: str) -> tuple[Tile, ...]:
    """The fuels that this mode's vehicles run on."""
    fuels = tuple(FUEL_ICONS) if mode == Mode.CAR else TWO_WHEELER_FUELS
    return _tiles([(fuel, FUEL_ICONS[fuel]) for fuel in fuels], chosen=chosen)


def burden_tiles(*, chosen: int | None) -> tuple[Tile, ...]:
    return tuple(
        Tile(value=value, label=label, icon=icon, is_chosen=value == str(chosen))
        for value, (icon, label) in BURDENS.items()
    )


def yes_no_tiles(*, answer: bool | None) -> tuple[Tile, ...]:
    return (
        Tile(value=YES, label=gettext("Yes"), icon="check", is_chosen=answer is True),
        Tile(value=NO, label=gettext("No"), icon="x", is_chosen=answer is False),
    )


def _tiles(icons: Iterable[tuple[Mode | Whereabouts | Fuel, str]], *, chosen: str) -> tuple[Tile, ...]:
    return tuple(_tile(choice, icon, is_chosen=choice.value == chosen) for choice, icon in icons)


# The same instance each time, which a cache of what is drawn finds without comparing words. typed: an unknown fuel and
# an unknown day are equal as codes.
@lru_cache(maxsize=200, typed=True)
def _tile(choice: Mode | Whereabouts | Fuel, icon: str, *, is_chosen: bool) -> Tile:
    return Tile(value=choice.value, label=BREAKING.get(choice, choice.label), icon=icon, is_chosen=is_chosen)
