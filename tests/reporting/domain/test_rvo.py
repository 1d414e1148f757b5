from reporting.domain.rvo import FORM_CELLS, Fuel, Mode, RvoBlock, RvoLine, Unit, cell_unit, recorded_fuel


def test_blocks_are_numbered_and_named_as_on_the_form():
    assert [(block.value, block.code) for block in RvoBlock] == [
        (1, "fleet"),
        (2, "mobility_service"),
        (3, "expense_claim"),
        (4, "commute"),
    ]


def test_lines_stand_in_the_forms_order():
    assert [(line.number, line.value) for line in RvoLine] == [
        (1, "car_petrol"),
        (2, "car_diesel"),
        (3, "car_hybrid"),
        (4, "car_electric"),
        (5, "car_other"),
        (6, "motorcycle_petrol"),
        (7, "motorcycle_electric"),
        (8, "moped_petrol"),
        (9, "moped_electric"),
        (10, "bicycle_walking"),
        (11, "public_transport"),
    ]


def test_the_form_has_44_cells_of_which_one_is_in_euro():
    euro = [(block, line) for block, line in FORM_CELLS if cell_unit(block=block, line=line) is Unit.EURO]
    assert len(FORM_CELLS) == 44
    assert euro == [(RvoBlock.EXPENSE_CLAIM, RvoLine.PUBLIC_TRANSPORT)]


def test_a_bicycle_has_no_fuel_whatever_was_stored():
    assert recorded_fuel(mode=Mode.BICYCLE, fuel="electric") is Fuel.NONE


def test_a_motor_vehicle_without_fuel_has_an_unknown_one():
    assert recorded_fuel(mode=Mode.CAR, fuel="") is Fuel.UNKNOWN


def test_a_known_fuel_stays():
    assert recorded_fuel(mode=Mode.MOPED, fuel="electric") is Fuel.ELECTRIC
