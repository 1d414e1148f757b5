import pytest

from reporting.domain.form_lines import FormLinesMalformed, form_lines_from, mode_fuels
from reporting.domain.parameter_files import load_parameters, reporting_years
from reporting.domain.rvo import Fuel, Mode, RvoLine


def form_document(**changes):
    return {**load_parameters(reporting_year=2025).document["form"], **changes}


@pytest.mark.parametrize("year", reporting_years())
def test_every_mode_and_known_fuel_has_exactly_one_line(year):
    assert load_parameters(reporting_year=year).form.places.keys() == mode_fuels()


@pytest.mark.parametrize("year", reporting_years())
def test_every_line_can_be_reached(year):
    places = load_parameters(reporting_year=year).form.places.values()
    assert {place.line for place in places} == set(RvoLine)


@pytest.mark.parametrize(
    ("mode", "fuel", "line"),
    [
        ("car", "petrol", "car_petrol"),
        ("car", "diesel", "car_diesel"),
        ("car", "hybrid", "car_hybrid"),
        ("car", "plug_in_hybrid", "car_hybrid"),
        ("car", "electric", "car_electric"),
        ("car", "lpg", "car_other"),
        ("car", "cng", "car_other"),
        ("car", "lng", "car_other"),
        ("car", "hydrogen", "car_other"),
        ("car", "biofuel", "car_other"),
        ("motorcycle", "petrol", "motorcycle_petrol"),
        ("motorcycle", "hydrogen", "motorcycle_petrol"),
        ("motorcycle", "electric", "motorcycle_electric"),
        ("moped", "petrol", "moped_petrol"),
        ("moped", "electric", "moped_electric"),
        ("speed_pedelec", "", "moped_electric"),
        ("bicycle", "", "bicycle_walking"),
        ("walking", "", "bicycle_walking"),
        ("public_transport", "", "public_transport"),
    ],
)
def test_places_of_the_form(mode, fuel, line):
    form = load_parameters(reporting_year=2025).form
    assert form.place(mode=Mode(mode), fuel=Fuel(fuel)).line == line


def test_only_the_hybrid_without_a_plug_is_assumed():
    places = load_parameters(reporting_year=2025).form.places
    assert [pair for pair, place in places.items() if place.is_assumed] == [(Mode.CAR, Fuel.HYBRID)]
    assert places[Mode.CAR, Fuel.HYBRID].certainty == "U"


def test_an_unknown_fuel_has_no_line():
    with pytest.raises(KeyError):
        load_parameters(reporting_year=2025).form.place(mode=Mode.CAR, fuel=Fuel.UNKNOWN)


def test_lines_of_a_mode():
    form = load_parameters(reporting_year=2025).form
    assert form.lines_of(mode=Mode.MOPED) == {RvoLine.MOPED_PETROL, RvoLine.MOPED_ELECTRIC}


def test_a_missing_pair_fails():
    places = form_document()["places"][1:]
    with pytest.raises(FormLinesMalformed, match="without a line"):
        form_lines_from(form_document(places=places))


def test_a_doubled_pair_fails():
    places = form_document()["places"]
    with pytest.raises(FormLinesMalformed, match="placed twice"):
        form_lines_from(form_document(places=[*places, places[0]]))


def test_an_unknown_fuel_cannot_be_placed():
    extra = {"mode": "car", "fuels": ["unknown"], "line": "car_other", "certainty": "D", "source": "none"}
    with pytest.raises(FormLinesMalformed, match="not askable"):
        form_lines_from(form_document(places=[*form_document()["places"], extra]))


def test_an_unknown_place_must_admit_that_it_is_assumed():
    places = [{key: value for key, value in row.items() if key != "is_assumed"} for row in form_document()["places"]]
    with pytest.raises(FormLinesMalformed, match="is_assumed"):
        form_lines_from(form_document(places=places))


def test_a_strange_certainty_fails():
    first, *rest = form_document()["places"]
    with pytest.raises(FormLinesMalformed, match="certainty"):
        form_lines_from(form_document(places=[{**first, "certainty": "Z"}, *rest]))


@pytest.mark.parametrize("lost", ["mode", "fuels", "line", "certainty", "source"])
def test_a_row_without_a_key_fails(lost):
    first, *rest = form_document()["places"]
    row = {key: value for key, value in first.items() if key != lost}
    with pytest.raises(FormLinesMalformed, match=lost):
        form_lines_from(form_document(places=[row, *rest]))


@pytest.mark.parametrize(("key", "value"), [("mode", "sledge"), ("line", "car_steam"), ("fuels", ["coal"])])
def test_a_misspelt_word_fails(key, value):
    first, *rest = form_document()["places"]
    with pytest.raises(FormLinesMalformed):
        form_lines_from(form_document(places=[{**first, key: value}, *rest]))
