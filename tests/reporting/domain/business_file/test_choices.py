import pytest

from reporting.domain.business.vehicles import LeftOut, VehicleKind
from reporting.domain.business_file.choices import (
    FUELS,
    KINDS,
    read_fuel,
    read_ownership,
    read_purpose,
    read_special_use,
    read_vehicle,
)
from reporting.domain.rvo import KNOWN_FUELS, Fuel
from surveys.domain.staff_file.errors import CellError


@pytest.mark.parametrize(
    ("text", "kind", "fuel"),
    [
        ("Auto", VehicleKind.CAR, None),
        ("Personenauto (benzine)", VehicleKind.CAR, Fuel.PETROL),
        ("Auto - diesel", VehicleKind.CAR, Fuel.DIESEL),
        ("Auto op waterstof", VehicleKind.CAR, Fuel.HYDROGEN),
        ("elektrische auto", VehicleKind.CAR, Fuel.ELECTRIC),
        ("Plug-in hybride auto", VehicleKind.CAR, Fuel.PLUG_IN_HYBRID),
        ("Elektrische fiets", VehicleKind.BICYCLE, None),
        ("OV-fiets", VehicleKind.BICYCLE, None),
        ("OV", VehicleKind.PUBLIC_TRANSPORT, None),
        ("Trein, bus, tram, metro", VehicleKind.PUBLIC_TRANSPORT, None),
        ("speed pedelec", VehicleKind.SPEED_PEDELEC, None),
        ("Elektrische scooter", VehicleKind.MOPED, Fuel.ELECTRIC),
        ("Bestelauto", VehicleKind.GREY_PLATE_VAN, None),
        ("Parkeren", VehicleKind.NO_TRAVEL, None),
        ("Vliegticket", VehicleKind.AIRCRAFT, None),
    ],
)
def test_vehicles_are_read_as_files_spell_them(text, kind, fuel):
    assert read_vehicle(text) == (kind, fuel)


@pytest.mark.parametrize("text", ["raket", "auto stoom", "benzine", "auto auto diesel diesel", "=cmd"])
def test_what_is_no_vehicle_is_named(text):
    with pytest.raises(CellError) as error:
        read_vehicle(text)
    assert error.value.code == "unknown_vehicle"


@pytest.mark.parametrize(
    ("text", "fuel"),
    [("Benzine", Fuel.PETROL), ("EV", Fuel.ELECTRIC), ("PHEV", Fuel.PLUG_IN_HYBRID), ("HVO100", Fuel.BIOFUEL)],
)
def test_fuels_are_read_as_files_spell_them(text, fuel):
    assert read_fuel(text) is fuel


def test_petrol_with_electricity_is_a_hybrid_and_nobody_guesses_a_plug():
    assert read_fuel("Benzine/Elektriciteit") is Fuel.HYBRID


def test_every_fuel_and_every_kind_can_be_read_by_its_code():
    assert {Fuel(code) for code in FUELS.values()} == KNOWN_FUELS | {Fuel.UNKNOWN}
    assert {VehicleKind(code) for code in KINDS.values()} == set(VehicleKind)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Zakelijk", None),
        ("Woon-werk", LeftOut.COMMUTE),
        ("privé", LeftOut.PRIVATE),
        ("woon/werkverkeer", LeftOut.COMMUTE),
    ],
)
def test_purposes(text, reason):
    assert read_purpose(text) is reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [("nee", None), ("Hulpdienst", LeftOut.EMERGENCY_DUTY), ("taxichauffeur", LeftOut.PAID_TRANSPORT)],
)
def test_special_uses(text, reason):
    assert read_special_use(text) is reason


@pytest.mark.parametrize(
    ("text", "is_leased"),
    [("Operational lease", True), ("Koop", False), ("ja", True), ("Netto lease, open calculatie", True)],
)
def test_ownership(text, is_leased):
    assert read_ownership(text) is is_leased


@pytest.mark.parametrize(
    ("read", "code"),
    [
        (read_fuel, "unknown_fuel"),
        (read_purpose, "unknown_purpose"),
        (read_special_use, "unknown_special_use"),
        (read_ownership, "unknown_ownership"),
    ],
)
def test_other_words_are_named(read, code):
    with pytest.raises(CellError) as error:
        read("blauw")
    assert error.value.code == code
