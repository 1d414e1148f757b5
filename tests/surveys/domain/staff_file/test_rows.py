from datetime import date
from decimal import Decimal

import pytest

from surveys.domain.staff_file import ParsedRow, RowError, StaffRow, parse_rows, read_table, suggest_mapping
from tests.surveys.domain.staff_file.files import MINIMAL, separated, workbook


def parsed(headers: tuple[str, ...], *rows: tuple[object, ...]) -> list[ParsedRow]:
    table = read_table(separated([headers, *rows]), "x.csv")
    return list(parse_rows(table, suggest_mapping(table.headers, with_personal=True)))


def test_minimal_file() -> None:
    assert parsed(MINIMAL, ("0001", "a@Voorbeeld.example", "Utrecht"), ("0002", "", "Venlo")) == [
        ParsedRow(2, StaffRow(staff_number="0001", email="a@voorbeeld.example", site="Utrecht"), (), "0001"),
        ParsedRow(3, StaffRow(staff_number="0002", site="Venlo"), (), "0002"),
    ]


def test_full_row_is_typed() -> None:
    headers = (
        *("Personeelsnummer", "E-mail", "Vestiging", "KvK-nummer", "Taal", "Afdeling", "Functie", "Postcode"),
        *("Uren per week", "Soort contract", "In dienst", "Uit dienst", "Dagen per week", "Verlof"),
        *("Vervoersregeling", "Vaste werkplek", "Naam", "Geboortedatum", "Telefoon"),
    )
    row = (
        *("0001", "a@voorbeeld.example", "Utrecht", "12345678", "Pools", "Productie", "Lasser", "1234 ab"),
        *("36,00", "vast", "1 maart 2020", "31-12-2026", "4,5", "nee"),
        *("ja", "", "Anna Voorbeeld", "23-11-1980", "0612345678"),
    )
    assert [result.row for result in parsed(headers, row)] == [
        StaffRow(
            staff_number="0001",
            email="a@voorbeeld.example",
            site="Utrecht",
            kvk_number="12345678",
            language="pl",
            department="Productie",
            function="Lasser",
            home_postcode="1234AB",
            monthly_hours=Decimal("156.00"),
            contract_kind="permanent",
            employed_from=date(2020, 3, 1),
            employed_until=date(2026, 12, 31),
            days_per_week=Decimal("4.50"),
            is_on_leave=False,
            has_mobility_provision=True,
            has_fixed_workplace=True,
            name="Anna Voorbeeld",
            birth_year=1980,
        )
    ]


def test_all_errors_of_a_row_are_named_with_line_column_and_value() -> None:
    headers = (*MINIMAL, "KvK-nummer", "Uren per week")
    assert parsed(headers, ("", "x", "", "12", "veel"), ("2", "", "Venlo", "", "")) == [
        ParsedRow(
            2,
            None,
            (
                RowError(2, "Personeelsnummer", "required", ""),
                RowError(2, "E-mail", "not_an_email", "x"),
                RowError(2, "Vestiging", "required", ""),
                RowError(2, "KvK-nummer", "not_a_kvk_number", "12"),
                RowError(2, "Uren per week", "not_a_number", "veel"),
            ),
            "",
        ),
        ParsedRow(3, StaffRow(staff_number="2", site="Venlo"), (), "2"),
    ]


def test_duplicate_staff_number_names_the_first_line() -> None:
    results = parsed(MINIMAL, ("1", "", "Venlo"), (), ("2", "", "Venlo"), (" 1 ", "x", "Utrecht"), ("1", "", "Venlo"))
    assert [result.errors for result in results] == [
        (),
        (),
        (
            RowError(5, "E-mail", "not_an_email", "x"),
            RowError(5, "Personeelsnummer", "duplicate_staff_number", "1", "2"),
        ),
        (RowError(6, "Personeelsnummer", "duplicate_staff_number", "1", "2"),),
    ]


def test_the_first_of_two_is_named_even_when_it_is_wrong() -> None:
    results = parsed(MINIMAL, ("1", "x", "Venlo"), ("1", "", "Venlo"))
    assert [[error.code for error in result.errors] for result in results] == [
        ["not_an_email"],
        ["duplicate_staff_number"],
    ]


def test_staff_number_of_a_wrong_row_is_known() -> None:
    assert [result.staff_number for result in parsed(MINIMAL, ("1", "x", "Venlo"), ("=1", "", "Venlo"))] == ["1", ""]


def test_end_before_start() -> None:
    headers = (*MINIMAL, "In dienst", "Uit dienst")
    results = parsed(
        headers,
        ("1", "", "Venlo", "01-03-2026", "28-02-2026"),
        ("2", "", "Venlo", "01-03-2026", "01-03-2026"),
        ("3", "", "Venlo", "", "28-02-2026"),
    )
    assert [result.errors for result in results] == [
        (RowError(2, "Uit dienst", "ends_before_start", "28-02-2026"),),
        (),
        (),
    ]


def test_a_separator_inside_a_text_is_an_error_and_no_shift_of_columns() -> None:
    results = parsed(MINIMAL, ("1", "", "Utrecht", "Oost"), ("2", "", "Venlo", "", ""))
    assert [result.errors for result in results] == [(RowError(2, "D", "too_many_cells", "Oost", "3"),), ()]


def test_short_rows_are_blank_at_the_end() -> None:
    results = parsed((*MINIMAL, "Taal"), ("1", "", "Utrecht"), ("2",))
    assert [[error.code for error in result.errors] for result in results] == [[], ["required"]]


@pytest.mark.parametrize(
    ("monthly", "weekly", "hours"),
    [("100", "40", "100.00"), ("", "36", "156.00"), ("80", "", "80.00"), ("", "", None)],
)
def test_hours_a_month_go_before_hours_a_week(monthly: str, weekly: str, hours: str | None) -> None:
    [result] = parsed((*MINIMAL, "Uren per maand", "Uren per week"), ("1", "", "Venlo", monthly, weekly))
    assert result.row == StaffRow(staff_number="1", site="Venlo", monthly_hours=Decimal(hours) if hours else None)


def test_script_and_formulas_in_words_are_kept_as_text() -> None:
    hostile = ("=cmd|' /C calc'!A0", "<script>alert(1)</script>")
    [result] = parsed((*MINIMAL, "Afdeling", "Functie"), ("1", "", "@SUM(A1)", *hostile))
    assert result.row == StaffRow(staff_number="1", site="@SUM(A1)", department=hostile[0], function=hostile[1])


def test_shown_values_are_short_and_printable() -> None:
    [result] = parsed(MINIMAL, ("1", "\x07" + "x" * 300, "Venlo"))
    [error] = result.errors
    assert (error.code, error.value) == ("control_characters", " " + "x" * 78 + "…")


def test_columns_without_a_header_are_named_by_letter() -> None:
    table = read_table(separated([("Personeelsnummer", "E-mail", ""), ("1", "", "")]), "x.csv")
    mapping = {"staff_number": 0, "email": 1, "site": 2}
    [result] = parse_rows(table, mapping)
    assert result.errors == (RowError(2, "C", "required", ""),)


def test_remembered_values_do_not_mix_numbers_and_text() -> None:
    rows = [(*MINIMAL, "KvK-nummer"), (1, None, 12, 1234567), (2, None, "12", "1234567"), (3, None, 12, 1234567)]
    table = read_table(workbook(rows), "x.xlsx")
    results = list(parse_rows(table, suggest_mapping(table.headers)))
    assert [result.row for result in results] == [
        StaffRow(staff_number="1", site="12", kvk_number="01234567"),
        None,
        StaffRow(staff_number="3", site="12", kvk_number="01234567"),
    ]
    assert results[1].errors == (RowError(3, "KvK-nummer", "kvk_misses_zero", "1234567"),)


def test_errors_are_not_remembered_as_values() -> None:
    results = parsed((*MINIMAL, "Taal"), ("1", "", "Venlo", "Klingon"), ("2", "", "Venlo", "Klingon"))
    assert [[error.code for error in result.errors] for result in results] == [["unknown_language"]] * 2
