"""What travels in business files, and what of it does not count."""

from collections.abc import Mapping
from enum import StrEnum

from reporting.domain.rvo import FUELLED_MODES, Mode


class VehicleKind(StrEnum):
    """Finer than `Mode`: files also hold what does not count, and must be able to say so."""

    CAR = "car"
    MOTORCYCLE = "motorcycle"
    MOPED = "moped"
    SPEED_PEDELEC = "speed_pedelec"
    BICYCLE = "bicycle"
    WALKING = "walking"
    PUBLIC_TRANSPORT = "public_transport"
    TAXI = "taxi"
    GREY_PLATE_VAN = "grey_plate_van"
    GOODS_VEHICLE = "goods_vehicle"
    ADAPTED_VEHICLE = "adapted_vehicle"
    AIRCRAFT = "aircraft"
    SHIP = "ship"
    NO_TRAVEL = "no_travel"


class LeftOut(StrEnum):
    """Why kilometres or euros are recorded and not counted; the sources stand beside the words for people.

    The first seven are what the guidance leaves out of the report. `COMMUTE` and `OTHER_YEAR` belong to another part of
    it or to another report; `LINE_UNKNOWN` counts, but no source says on which line; `BICYCLE_UNKNOWN` is a leased
    bicycle without kilometres, which the guidance lets an employer leave out. The last three are of files about
    commuting: business trips, and people who do not count or whose every trip is business travel.
    """

    GREY_PLATE = "grey_plate"
    ADAPTED_VEHICLE = "adapted_vehicle"
    EMERGENCY_DUTY = "emergency_duty"
    PAID_TRANSPORT = "paid_transport"
    FLIGHT_OR_SHIP = "flight_or_ship"
    OUTSIDE_NETHERLANDS = "outside_netherlands"
    PRIVATE = "private"
    COMMUTE = "commute"
    NO_TRAVEL = "no_travel"
    OTHER_YEAR = "other_year"
    BICYCLE_UNKNOWN = "bicycle_unknown"
    LINE_UNKNOWN = "line_unknown"
    BUSINESS_TRAVEL = "business_travel"
    NOT_COUNTED = "not_counted"
    NO_FIXED_WORKPLACE = "no_fixed_workplace"


MODE_OF_KIND: Mapping[VehicleKind, Mode] = {
    VehicleKind.CAR: Mode.CAR,
    VehicleKind.MOTORCYCLE: Mode.MOTORCYCLE,
    VehicleKind.MOPED: Mode.MOPED,
    VehicleKind.SPEED_PEDELEC: Mode.SPEED_PEDELEC,
    VehicleKind.BICYCLE: Mode.BICYCLE,
    VehicleKind.WALKING: Mode.WALKING,
    VehicleKind.PUBLIC_TRANSPORT: Mode.PUBLIC_TRANSPORT,
}
"""Kinds that have a line. The others are left out for the reason below, or no source names their line."""

LEFT_OUT_KINDS: Mapping[VehicleKind, LeftOut] = {
    VehicleKind.GREY_PLATE_VAN: LeftOut.GREY_PLATE,
    VehicleKind.GOODS_VEHICLE: LeftOut.ADAPTED_VEHICLE,
    VehicleKind.ADAPTED_VEHICLE: LeftOut.ADAPTED_VEHICLE,
    VehicleKind.AIRCRAFT: LeftOut.FLIGHT_OR_SHIP,
    VehicleKind.SHIP: LeftOut.FLIGHT_OR_SHIP,
    VehicleKind.NO_TRAVEL: LeftOut.NO_TRAVEL,
}


def left_out_kind(kind: VehicleKind) -> LeftOut | None:
    """Why a kind of vehicle is not counted; None when it is. A kind whose line no source names is recorded (the form's
    file lists these, with certainty U)."""
    if kind in MODE_OF_KIND:
        return None
    return LEFT_OUT_KINDS.get(kind, LeftOut.LINE_UNKNOWN)


def has_fuel(kind: VehicleKind) -> bool:
    """Whether the line of this kind depends on its fuel."""
    return MODE_OF_KIND.get(kind) in FUELLED_MODES
