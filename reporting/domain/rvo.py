"""RVO's form: blocks, lines and the unit of each cell; and the fine modes and fuels behind them."""

from enum import IntEnum, StrEnum


class RvoBlock(IntEnum):
    """The four blocks, numbered as on the form."""

    FLEET = 1
    MOBILITY_SERVICE = 2
    EXPENSE_CLAIM = 3
    COMMUTE = 4

    @property
    def code(self) -> str:
        """The block's name in URLs, files and the API, e.g. `expense_claim`."""
        return self.name.lower()


class RvoLine(StrEnum):
    """The eleven lines in the form's order."""

    CAR_PETROL = "car_petrol"
    CAR_DIESEL = "car_diesel"
    CAR_HYBRID = "car_hybrid"
    CAR_ELECTRIC = "car_electric"
    CAR_OTHER = "car_other"
    MOTORCYCLE_PETROL = "motorcycle_petrol"
    MOTORCYCLE_ELECTRIC = "motorcycle_electric"
    MOPED_PETROL = "moped_petrol"
    MOPED_ELECTRIC = "moped_electric"
    BICYCLE_WALKING = "bicycle_walking"
    PUBLIC_TRANSPORT = "public_transport"

    @property
    def number(self) -> int:
        """1 to 11, as on the form."""
        return list(RvoLine).index(self) + 1


class Unit(StrEnum):
    KILOMETRES = "km"
    EURO = "euro"


class Mode(StrEnum):
    """What a person can name as the main mode of a day. Finer than the form; see `form_lines`."""

    CAR = "car"
    MOTORCYCLE = "motorcycle"
    MOPED = "moped"
    SPEED_PEDELEC = "speed_pedelec"
    BICYCLE = "bicycle"
    WALKING = "walking"
    PUBLIC_TRANSPORT = "public_transport"


class Fuel(StrEnum):
    """The decree's list. `NONE` where no fuel is asked; `UNKNOWN` when the respondent does not know."""

    NONE = ""
    PETROL = "petrol"
    DIESEL = "diesel"
    HYBRID = "hybrid"
    PLUG_IN_HYBRID = "plug_in_hybrid"
    ELECTRIC = "electric"
    LPG = "lpg"
    CNG = "cng"
    LNG = "lng"
    HYDROGEN = "hydrogen"
    BIOFUEL = "biofuel"
    UNKNOWN = "unknown"


FUELLED_MODES = frozenset({Mode.CAR, Mode.MOTORCYCLE, Mode.MOPED})
KNOWN_FUELS = frozenset(Fuel) - {Fuel.NONE, Fuel.UNKNOWN}

# All cells in the order in which the form asks them.
FORM_CELLS: tuple[tuple[RvoBlock, RvoLine], ...] = tuple((block, line) for block in RvoBlock for line in RvoLine)


def cell_unit(*, block: RvoBlock, line: RvoLine) -> Unit:
    """Euro for public transport on expense claims (only RVO converts it), kilometres everywhere else."""
    if block is RvoBlock.EXPENSE_CLAIM and line is RvoLine.PUBLIC_TRANSPORT:
        return Unit.EURO
    return Unit.KILOMETRES


def recorded_fuel(*, mode: Mode, fuel: str) -> Fuel:
    """The fuel to compute with: none for modes without one, unknown for a motor vehicle without."""
    if mode not in FUELLED_MODES:
        return Fuel.NONE
    return Fuel(fuel) if fuel else Fuel.UNKNOWN
