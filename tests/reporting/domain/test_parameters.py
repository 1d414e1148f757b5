import copy
import json
from datetime import date
from decimal import Decimal

import pytest

from reporting.domain.parameter_files import (
    PARAMETER_FOLDER,
    ReportingYearUnknown,
    load_parameters,
    reporting_years,
)
from reporting.domain.parameter_reading import parameters_from
from reporting.domain.parameter_units import ADDED_LATER, EMISSIONS, PARAMETER_UNITS
from reporting.domain.parameters import Certainty, ParametersMalformed, ParameterUnknown

EMISSIONS_2025 = {
    "emission_car_petrol": 139,
    "emission_car_diesel": 127,
    "emission_car_plug_in_hybrid": 129,
    "emission_car_lpg": 154,
    "emission_car_electric": 0,
    "emission_motorcycle_combustion": 113,
    "emission_moped_petrol": 62,
    "emission_public_transport": 11,
    "emission_bicycle_walking": 0,
}


def document(year=2025):
    return copy.deepcopy(dict(load_parameters(reporting_year=year).document))


def test_the_years_that_can_be_reported():
    assert reporting_years() == (2024, 2025, 2026, 2027)


@pytest.mark.parametrize(
    ("year", "reference_date", "deadline"),
    [
        (2024, date(2024, 7, 1), date(2025, 6, 30)),
        (2025, date(2025, 1, 1), date(2026, 6, 30)),
        (2026, date(2026, 1, 1), date(2027, 6, 30)),
        (2027, date(2027, 1, 1), date(2028, 6, 30)),
    ],
)
def test_dates_of_each_year(year, reference_date, deadline):
    parameters = load_parameters(reporting_year=year)
    assert parameters.day("reference_date") == reference_date
    assert parameters.day("filing_deadline") == deadline


@pytest.mark.parametrize(
    ("year", "thresholds"),
    [
        (2024, [(100, "in_force", "C")]),
        (2025, [(100, "in_force", "C")]),
        (2026, [(100, "in_force", "L"), (250, "pending", "L")]),
        (2027, [(100, "in_force", "D"), (250, "pending", "L")]),
    ],
)
def test_thresholds_of_each_year(year, thresholds):
    found = load_parameters(reporting_year=year).thresholds
    assert [(row.employees, row.status.value, row.certainty.value) for row in found] == thresholds


@pytest.mark.parametrize("year", reporting_years())
def test_numbers_that_hold_for_every_year(year):
    parameters = load_parameters(reporting_year=year)
    assert parameters.whole("weeks_per_year") == 45
    assert parameters.whole("minimum_monthly_hours") == 20
    assert parameters.whole("private_km_per_leased_car") == 8900
    assert parameters.whole("private_km_per_leased_motorcycle") == 8900
    assert parameters.whole("proven_private_km_limit") == 500
    assert parameters.decimal("private_share_leased_two_wheeler") == Decimal("0.07")
    assert parameters.decimal("carpool_occupants") == Decimal("1.07")
    assert parameters.decimal("sample_margin") == Decimal("0.02")
    assert parameters.decimal("sample_confidence") == Decimal("0.95")
    assert parameters.decimal("sample_z") == Decimal("1.96")


@pytest.mark.parametrize("year", reporting_years())
def test_where_sources_disagree_there_is_a_setting(year):
    values = load_parameters(reporting_year=year).values
    assert values["commute_headcount_rule"].value == "reporting_year"
    assert values["commute_headcount_rule"].alternatives == ("reporting_year", "survey_year")
    assert values["sample_basis"].alternatives == ("invited", "headcount")
    disagreeing = {key for key, row in values.items() if row.certainty is Certainty.SOURCES_DISAGREE}
    assert disagreeing == {
        "commute_headcount_rule",
        "sample_basis",
        "sample_margin",
        "sample_confidence",
        "sample_z",
    }


@pytest.mark.parametrize("year", reporting_years())
def test_exactly_the_unknown_values_are_missing(year):
    values = load_parameters(reporting_year=year).values
    unknown = {key for key, row in values.items() if row.value is None}
    assert unknown == {key for key, row in values.items() if row.certainty is Certainty.UNKNOWN}
    expected = {"public_transport_km_per_euro"} | EMISSIONS
    if year == 2025:
        expected -= EMISSIONS_2025.keys()
    if year == 2024:
        expected |= {"standard_working_days", "standard_days_minimum_share"}
    assert unknown == expected


def test_emission_factors_of_2025():
    parameters = load_parameters(reporting_year=2025)
    assert {key: parameters.whole(key) for key in EMISSIONS_2025} == EMISSIONS_2025


@pytest.mark.parametrize("year", reporting_years())
def test_every_value_has_unit_first_day_and_source(year):
    for key, row in load_parameters(reporting_year=year).values.items():
        assert row.unit == PARAMETER_UNITS[key]
        assert row.valid_from <= date(year, 12, 31)
        assert row.source.strip() == row.source != ""


@pytest.mark.parametrize("year", reporting_years())
def test_every_number_stands_in_the_file(year):
    assert load_parameters(reporting_year=year).values.keys() == PARAMETER_UNITS.keys()


@pytest.mark.parametrize("year", reporting_years())
def test_thresholds_of_own_checks_say_that_they_are_our_own(year):
    rows = [row for key, row in load_parameters(reporting_year=year).values.items() if key.startswith("check_")]
    assert {(row.source, row.certainty) for row in rows} == {("Own check", Certainty.DERIVED)}


def test_a_version_that_was_stored_before_a_number_existed_is_read_without_it():
    earlier = document()
    for key in ADDED_LATER:
        del earlier["values"][key]
    assert parameters_from(earlier).values.keys() == PARAMETER_UNITS.keys() - ADDED_LATER


def test_an_unknown_value_is_never_made_up():
    with pytest.raises(ParameterUnknown, match="public_transport_km_per_euro is unknown for 2025"):
        load_parameters(reporting_year=2025).decimal("public_transport_km_per_euro")


@pytest.mark.parametrize("year", [2023, 2028])
def test_a_year_without_file(year):
    with pytest.raises(ReportingYearUnknown, match=str(year)):
        load_parameters(reporting_year=year)


@pytest.mark.parametrize("getter", ["decimal", "day", "text"])
def test_a_whole_number_is_not_read_as_something_else(getter):
    with pytest.raises(ParametersMalformed):
        getattr(load_parameters(reporting_year=2025), getter)("weeks_per_year")


def test_a_date_is_not_a_whole_number():
    with pytest.raises(ParametersMalformed):
        load_parameters(reporting_year=2025).whole("reference_date")


@pytest.mark.parametrize("year", reporting_years())
def test_the_document_gives_the_same_parameters_back(year):
    parameters = load_parameters(reporting_year=year)
    assert parameters_from(json.loads(json.dumps(parameters.document))) == parameters


def test_the_version_names_year_date_and_content():
    first, second = load_parameters(reporting_year=2025), document()
    assert first.version.startswith("2025-2026-11-21-")
    second["values"]["weeks_per_year"]["value"] = 44
    assert parameters_from(second).version != first.version


def test_files_are_named_by_their_year():
    for path in PARAMETER_FOLDER.glob("*.toml"):
        assert load_parameters(reporting_year=int(path.stem)).reporting_year == int(path.stem)


@pytest.mark.parametrize(
    ("key", "change", "message"),
    [
        ("weeks_per_year", {"value": "45"}, "weeks_per_year: '45' is not a whole number"),
        ("weeks_per_year", {"value": True}, "weeks_per_year: True is not a whole number"),
        ("weeks_per_year", {"value": -1}, "weeks_per_year: -1 is not a whole number"),
        ("weeks_per_year", {"unit": "days"}, "the unit is days, not weeks"),
        ("weeks_per_year", {"source": " "}, "a value without a source"),
        ("weeks_per_year", {"certainty": "Z"}, "weeks_per_year: 'Z' is not a valid Certainty"),
        ("weeks_per_year", {"value": None}, "exactly the values of certainty U"),
        ("weeks_per_year", {"valid_from": "soon"}, "weeks_per_year: 'soon' is not a date"),
        ("weeks_per_year", {"certainty": "U"}, "exactly the values of certainty U"),
        ("reference_date", {"value": "2025-02-30"}, "reference_date: '2025-02-30' is not a date"),
        ("reference_date", {"value": 2025}, "reference_date: 2025 is not a date"),
        ("sample_margin", {"value": "two"}, "sample_margin: 'two' is not a number"),
        ("sample_margin", {"value": "1.5"}, "sample_margin: '1.5' is not a share"),
        ("sample_margin", {"value": "NaN"}, "sample_margin: 'NaN' is not a share"),
        ("sample_margin", {"value": 2}, "sample_margin: 2 is not a share"),
        ("commute_headcount_rule", {"value": "mine"}, "'mine' is none of"),
    ],
)
def test_a_malformed_value_fails_by_name(key, change, message):
    changed = document()
    changed["values"][key].update(change)
    with pytest.raises(ParametersMalformed, match=message):
        parameters_from(changed)


def test_a_missing_value_fails_by_name():
    changed = document()
    del changed["values"]["weeks_per_year"]
    with pytest.raises(ParametersMalformed, match="missing \\['weeks_per_year'\\]"):
        parameters_from(changed)


def test_a_misspelt_key_fails_by_name():
    changed = document()
    changed["values"]["weeks_per_yaer"] = changed["values"]["weeks_per_year"]
    with pytest.raises(ParametersMalformed, match="not known \\['weeks_per_yaer'\\]"):
        parameters_from(changed)


@pytest.mark.parametrize("lost", ["reporting_year", "updated", "values"])
def test_a_document_without_its_head_fails(lost):
    changed = document()
    del changed[lost]
    with pytest.raises(ParametersMalformed):
        parameters_from(changed)


def test_a_document_without_a_threshold_in_force_fails():
    with pytest.raises(ParametersMalformed, match="no threshold is in force"):
        parameters_from({**document(), "thresholds": []})


def test_a_threshold_of_unknown_status_fails():
    changed = document()
    changed["thresholds"][0]["status"] = "rumoured"
    with pytest.raises(ParametersMalformed, match="rumoured"):
        parameters_from(changed)
