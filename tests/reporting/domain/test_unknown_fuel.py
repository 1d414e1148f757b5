from fractions import Fraction

from reporting.domain.rvo import Fuel, Mode
from reporting.domain.survey_sums import ModeSum
from reporting.domain.unknown_fuel import spread_unknown_fuel


def row(mode, fuel, metres, *, provided=False):
    return ModeSum(mode=mode, fuel=fuel, is_employer_provided=provided, metres=Fraction(metres))


def test_known_fuels_stay_as_they_are():
    rows = (row(Mode.CAR, Fuel.PETROL, 10), row(Mode.BICYCLE, Fuel.NONE, 5))
    found = spread_unknown_fuel(rows)
    assert (found.sums, found.spread, found.unresolved) == (rows, {}, {})


def test_unknown_metres_follow_the_known_ones_and_keep_their_provider():
    petrol, diesel = row(Mode.CAR, Fuel.PETROL, 200), row(Mode.CAR, Fuel.DIESEL, 100)
    found = spread_unknown_fuel([petrol, diesel, row(Mode.CAR, Fuel.UNKNOWN, 90, provided=True)])
    assert found.sums == (
        petrol,
        diesel,
        row(Mode.CAR, Fuel.PETROL, 60, provided=True),
        row(Mode.CAR, Fuel.DIESEL, 30, provided=True),
    )
    assert found.spread == {(Mode.CAR, Fuel.PETROL): 60, (Mode.CAR, Fuel.DIESEL): 30}


def test_nothing_is_lost_or_added():
    rows = [row(Mode.CAR, Fuel.PETROL, 7), row(Mode.CAR, Fuel.LPG, 3), row(Mode.CAR, Fuel.UNKNOWN, 11)]
    assert sum(found.metres for found in spread_unknown_fuel(rows).sums) == 21


def test_other_modes_say_nothing_about_this_one():
    found = spread_unknown_fuel([row(Mode.CAR, Fuel.PETROL, 7), row(Mode.MOPED, Fuel.UNKNOWN, 4)])
    assert found.unresolved == {Mode.MOPED: 4}
    assert found.sums == (row(Mode.CAR, Fuel.PETROL, 7),)


def test_known_fuels_without_metres_say_nothing():
    found = spread_unknown_fuel([row(Mode.CAR, Fuel.PETROL, 0), row(Mode.CAR, Fuel.UNKNOWN, 4)])
    assert found.unresolved == {Mode.CAR: 4}


def test_unknown_fuel_without_metres_leaves_nothing_open():
    found = spread_unknown_fuel([row(Mode.CAR, Fuel.UNKNOWN, 0)])
    assert (found.sums, found.unresolved) == ((), {})
