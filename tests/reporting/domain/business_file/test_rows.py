"""Rows of a file: what they become, and what can be wrong with them."""

from collections import Counter

import pytest

from reporting.business_file_sentences import BUSINESS_ROW_SENTENCES, FIELD_LABELS, field_meanings
from reporting.domain.business.vehicles import LeftOut, VehicleKind
from reporting.domain.business_file.columns import COLUMNS_OF
from reporting.domain.business_file.rows import fleet_row, row_check, travel_row
from reporting.domain.business_file.subjects import FileSubject
from reporting.domain.rvo import Fuel, RvoBlock
from surveys.domain.staff_file import read_table, suggest_mapping
from surveys.domain.staff_file.records import read_records
from surveys.domain.staff_file.text import words_of
from tests.surveys.domain.staff_file.files import separated

FLEET = (
    "Kenteken",
    "Soort voertuig",
    "Brandstof",
    "Beginstand",
    "Eindstand",
    "Gereden km",
    "In gebruik vanaf",
    "Datum uit",
)


def records(block, headers, *rows, year=2025):
    columns = COLUMNS_OF[FileSubject[block.name]]
    table = read_table(separated([headers, *rows]), "x.csv", columns=columns)
    mapping = suggest_mapping(table.headers, columns=columns)
    return list(read_records(table, mapping, columns, check=row_check(block=block, reporting_year=year)))


def codes(found):
    return [(error.column, error.code) for record in found for error in record.errors]


def fleet(*rows):
    return records(RvoBlock.FLEET, FLEET, *rows)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("", "auto", "diesel", "", "", "5", "", ""), ("Kenteken", "required")),
        (("A1", "raket", "diesel", "", "", "5", "", ""), ("Soort voertuig", "unknown_vehicle")),
        (("A1", "auto", "", "", "", "5", "", ""), ("Brandstof", "fuel_missing")),
        (("A1", "auto", "onbekend", "", "", "5", "", ""), ("Brandstof", "fuel_missing")),
        (("A1", "auto", "stoom", "", "", "5", "", ""), ("Brandstof", "unknown_fuel")),
        (("A1", "auto", "diesel", "500", "400", "", "", ""), ("Eindstand", "odometer_runs_back")),
        (("A1", "auto", "diesel", "", "", "5", "01-07-2025", "01-06-2025"), ("Datum uit", "ends_before_start")),
        (("A1", "auto", "diesel", "", "", "5", "01-07-2026", ""), ("In gebruik vanaf", "other_year")),
        (("A1", "auto", "diesel", "", "", "5", "01-07-2020", "31-12-2024"), ("Datum uit", "other_year")),
    ],
)
def test_a_wrong_vehicle_is_named_by_line_and_column(row, problem):
    found = fleet(row)
    assert codes(found) == [problem]
    assert [record.line for record in found] == [2]


def test_a_vehicle_that_stands_twice_is_an_error_however_its_plate_is_written():
    row = ("auto", "diesel", "", "", "5", "", "")
    assert codes(fleet(("XX-001-X", *row), ("xx001x", *row))) == [("Kenteken", "vehicle_twice")]


def test_what_does_not_count_needs_no_fuel():
    (record,) = fleet(("A1", "Bestelauto", "", "", "", "5", "", ""))
    vehicle = fleet_row(record.values, reporting_year=2025).vehicle
    assert (record.errors, vehicle.kind) == ((), VehicleKind.GREY_PLATE_VAN)


def test_readings_go_before_a_stated_distance_and_fuel_before_the_words_of_the_vehicle():
    (record,) = fleet(("A1", "Auto (benzine)", "diesel", "100", "1.100", "5", "", ""))
    vehicle = fleet_row(record.values, reporting_year=2025).vehicle
    assert (vehicle.driven_km, vehicle.fuel) == (1000, Fuel.DIESEL)


CLAIMS = ("Vervoermiddel", "Kilometers", "Bedrag", "Doel")


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        (("auto", "", "12", "zakelijk"), [("Kilometers", "km_missing")]),
        (("auto", "1.234", "", "zakelijk"), [("Kilometers", "unclear_number")]),
        (("", "5", "", "zakelijk"), [("Vervoermiddel", "required")]),
        (("auto", "5", "", "misschien"), [("Doel", "unknown_purpose")]),
        (("ov", "", "", "zakelijk"), [("Kilometers", "amount_missing")]),
        (("ov", "", "12", "zakelijk"), []),
        (("taxi", "", "12", "zakelijk"), []),
        (("lunch", "", "12", "zakelijk"), []),
    ],
)
def test_a_wrong_claim_is_named(row, problems):
    assert codes(records(RvoBlock.EXPENSE_CLAIM, CLAIMS, row)) == problems


def test_commuting_among_claims_is_left_out():
    (record,) = records(RvoBlock.EXPENSE_CLAIM, CLAIMS, ("auto", "5", "", "woon-werk"))
    assert travel_row(record.values, reporting_year=2025).left_out is LeftOut.COMMUTE


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        (("trein", "", "", ""), [("Kilometers", "amount_missing")]),
        (("trein", "100", "80", "30"), [("Kilometers", "parts_exceed_total")]),
        (("trein", "100", "80", "20"), []),
    ],
)
def test_a_wrong_card_row_is_named(row, problems):
    headers = ("Dienst", "Kilometers", "Woon-werk km", "Privé km")
    assert codes(records(RvoBlock.MOBILITY_SERVICE, headers, row)) == problems


@pytest.mark.parametrize("subject", COLUMNS_OF)
def test_no_header_names_two_columns_of_one_kind_of_file(subject):
    spelled = Counter()
    for column in COLUMNS_OF[subject]:
        spelled.update({"".join(words_of(header)) for header in column.headers})
    assert [header for header, times in spelled.items() if times > 1] == []


def test_every_column_and_every_error_has_words():
    assert set(FIELD_LABELS) == {column.name for columns in COLUMNS_OF.values() for column in columns}
    for subject in FileSubject:
        assert all(label and meaning for label, meaning in field_meanings(subject))
    own = {"amount_missing", "fuel_missing", "km_missing", "odometer_runs_back", "other_year", "parts_exceed_total"}
    own |= {"days_out_of_range", "months_out_of_range", "one_way_too_long", "one_way_missing", "vehicle_missing"}
    own |= {"unknown_staff_number", "rhythm_twice"}
    own |= {"unclear_number", "negative_amount", "amount_too_large", "unknown_vehicle", "vehicle_twice"}
    assert own - set(BUSINESS_ROW_SENTENCES) == set()


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("31-12-2024", LeftOut.OTHER_YEAR),
        ("01-01-2025", None),
        ("2025-12-31", None),
        ("", None),
        ("01-01-2026", LeftOut.OTHER_YEAR),
    ],
)
def test_a_trip_of_another_year_is_left_out(day, reason):
    headers = ("Ritdatum", "Vervoermiddel", "Kilometers")
    (record,) = records(RvoBlock.EXPENSE_CLAIM, headers, (day, "fiets", "5"))
    assert travel_row(record.values, reporting_year=2025).left_out is reason


def test_a_row_with_totals_is_an_error_and_never_counted():
    found = fleet(
        ("A1", "auto", "diesel", "", "", "5", "", ""),
        ("", "", "", "", "", "5", "", ""),
        ("Totaal", "", "", "", "", "5", "", ""),
    )
    assert codes(found) == [("Kenteken", "required"), ("Brandstof", "fuel_missing"), ("Brandstof", "fuel_missing")]
    assert [record.line for record in found if record.values is not None] == [2]
