"""Every kind of vehicle with every fuel has one place: a line, a reason to be left out, or an unknown line."""

import pytest

from reporting.domain.business.vehicles import (
    LEFT_OUT_KINDS,
    MODE_OF_KIND,
    LeftOut,
    VehicleKind,
    has_fuel,
    left_out_kind,
)
from reporting.domain.form_lines import form_lines_from
from reporting.domain.parameter_files import load_parameters, reporting_years
from reporting.domain.rvo import KNOWN_FUELS, Fuel, Mode


@pytest.mark.parametrize("year", reporting_years())
@pytest.mark.parametrize("kind", VehicleKind)
def test_every_kind_and_fuel_has_exactly_one_place(year, kind):
    form = load_parameters(reporting_year=year).form
    fuels = KNOWN_FUELS if has_fuel(kind) else {Fuel.NONE}
    lines = {fuel for fuel in fuels if kind in MODE_OF_KIND and (MODE_OF_KIND[kind], fuel) in form.places}
    places = [lines == set(fuels), kind in LEFT_OUT_KINDS, kind.value in form.unplaced]
    assert places.count(True) == 1


def test_every_mode_of_the_survey_is_a_kind_of_vehicle():
    assert set(MODE_OF_KIND.values()) == set(Mode)


@pytest.mark.parametrize("year", reporting_years())
def test_a_kind_whose_line_no_source_names_says_so_as_data(year):
    form = load_parameters(reporting_year=year).form
    assert list(form.unplaced) == ["taxi"]
    assert "Not stated by RVO" in form.unplaced["taxi"]
    assert left_out_kind(VehicleKind.TAXI) is LeftOut.LINE_UNKNOWN


def test_a_form_that_was_stored_before_there_were_unplaced_kinds_can_be_read():
    document = dict(load_parameters(reporting_year=2025).document["form"])
    del document["unplaced"]
    assert form_lines_from(document).unplaced == {}
