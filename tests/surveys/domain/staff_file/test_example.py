import pytest

from surveys.domain.staff_file import (
    StaffRow,
    check_mapping,
    example_table,
    parse_rows,
    read_table,
    suggest_mapping,
)
from tests.surveys.domain.staff_file.files import workbook


def rows_of(language: str) -> list[StaffRow]:
    example = example_table(language)
    table = read_table(workbook([example.headers, *example.rows]), "voorbeeld.xlsx")
    mapping = suggest_mapping(table.headers)
    assert (len(mapping), check_mapping(mapping, table.headers)) == (len(example.headers), ())
    results = list(parse_rows(table, mapping))
    assert [result.errors for result in results] == [()] * len(example.rows)
    return [result.row for result in results if result.row]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_example_is_read_without_errors(language: str) -> None:
    rows = rows_of(language)
    assert [row.staff_number for row in rows] == [f"0001{number:02}" for number in range(1, 9)]


def test_both_languages_tell_of_the_same_people() -> None:
    def facts(row: StaffRow) -> tuple[object, ...]:
        return row.contract_kind, row.monthly_hours, row.employed_from, row.is_on_leave, row.has_mobility_provision

    assert [facts(row) for row in rows_of("nl")] == [facts(row) for row in rows_of("en")]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_example_asks_for_no_names(language: str) -> None:
    assert {(row.name, row.birth_year) for row in rows_of(language)} == {("", None)}


def test_headers_are_in_the_readers_language() -> None:
    assert example_table("nl").headers[:4] == ("Personeelsnummer", "Werk e-mail", "Vestiging", "KvK-nummer")
    assert example_table("en").headers[:4] == ("Staff number", "Work e-mail", "Site", "KvK number")
