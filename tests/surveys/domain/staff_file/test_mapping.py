from collections import defaultdict

import pytest

from surveys.domain.staff_file import (
    COLUMNS,
    MappingProblem,
    StaffRow,
    check_mapping,
    headers_of_mapping,
    stored_attributes,
    suggest_mapping,
)
from surveys.domain.staff_file.columns import column_for_header
from surveys.domain.staff_file.text import words_of


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Personeelsnummer", "staff_number"),
        ("PERS.NR.", "staff_number"),
        ("Employee ID", "staff_number"),
        ("employee_id", "staff_number"),
        ("Medewerker-nr", "staff_number"),
        ("E-mail (werk)", "email"),
        ("E-mailadres medewerker", "email"),
        ("E-mail (verplicht) *", "email"),
        ("Vestiging:", "site"),
        ("KvK-nr.", "kvk_number"),
        ("Voorkeurstaal", "language"),
        ("Afdeling", "department"),
        ("Organisatie-eenheid", "department"),
        ("Job title", "function"),
        ("Postcode (privé)", "home_postcode"),
        ("Postcode prive", "home_postcode"),
        ("Uren per maand", "monthly_hours"),
        ("Contracturen per week", "weekly_hours"),
        ("Soort dienstverband", "contract_kind"),
        ("Datum in dienst", "employed_from"),
        ("Hire date", "employed_from"),
        ("Uit dienst", "employed_until"),
        ("Werkdagen per week", "days_per_week"),
        ("Verlof (ja/nee)", "is_on_leave"),
        ("Vervoersregeling", "has_mobility_provision"),
        ("Vaste werkplek", "has_fixed_workplace"),
        ("Naam medewerker", "name"),
        ("Geboortedatum", "birth_year"),
        ("Postcode werk", None),
        ("Privé e-mail", None),
        ("Medewerker", None),
        ("Telefoonnummer", None),
        ("", None),
        ("***", None),
        ("x" * 500, None),
    ],
)
def test_headers_name_their_field(header: str, field: str | None) -> None:
    column = column_for_header(header)
    assert (column.name if column else None) == field


def test_no_header_names_two_fields() -> None:
    fields = defaultdict(list)
    for column in COLUMNS:
        for header in column.headers:
            fields["".join(words_of(header))].append(column.name)
    assert [names for names in fields.values() if len(names) > 1] == []


def test_every_field_fills_an_attribute_of_the_row() -> None:
    assert {column.attribute for column in COLUMNS} == set(StaffRow.__dataclass_fields__)


def test_suggestion_takes_the_likeliest_header() -> None:
    headers = ("Nr", "Mail", "E-mail werk", "Personeelsnummer", "Locatie", "Vestiging")
    assert suggest_mapping(headers) == {"staff_number": 3, "email": 2, "site": 5}


def test_of_two_equal_headers_the_first_is_suggested() -> None:
    assert suggest_mapping(("E-mail", "E-mail")) == {"email": 0}


def test_personal_columns_are_off_unless_chosen() -> None:
    headers = ("Personeelsnummer", "Naam", "Geboortejaar")
    assert suggest_mapping(headers) == {"staff_number": 0}
    assert suggest_mapping(headers, with_personal=True) == {"staff_number": 0, "name": 1, "birth_year": 2}
    assert suggest_mapping(headers, remembered={"name": "Naam"}) == {"staff_number": 0, "name": 1}


def test_remembered_headers_go_first_wherever_they_moved() -> None:
    remembered = headers_of_mapping({"staff_number": 0, "site": 2}, ("Kolom A", "E-mail", "Rayon"))
    assert remembered == {"staff_number": "Kolom A", "site": "Rayon"}
    headers = ("Vestiging", "rayon", "E-mail", "Personeelsnummer", "KOLOM A")
    assert suggest_mapping(headers, remembered=remembered) == {"staff_number": 4, "email": 2, "site": 1}


def test_a_field_remembered_as_unused_stays_unused() -> None:
    assert suggest_mapping(("Afdeling", "Vestiging"), remembered={"department": ""}) == {"site": 1}


def test_a_remembered_header_that_this_file_lacks_leaves_the_field_to_be_recognised() -> None:
    remembered = {"staff_number": "Personeelsnummer", "email": "Werk-e-mail", "site": "Vestiging"}
    headers = ("Personeelsnummer", "E-mail", "Vestiging")
    assert suggest_mapping(headers, remembered=remembered) == {"staff_number": 0, "email": 1, "site": 2}


def test_remembered_nonsense_is_ignored() -> None:
    assert suggest_mapping(("Vestiging",), remembered={"shoe_size": "Vestiging", "site": "Vestiging"}) == {"site": 0}
    assert headers_of_mapping({"site": 4, "email": 1}, ("Vestiging", "")) == {}


def test_usable_mapping_has_no_problems() -> None:
    assert check_mapping({"staff_number": 0, "email": 1, "site": 2}, ("a", "b", "c")) == ()


def test_all_problems_of_a_mapping_are_named() -> None:
    mapping = {"staff_number": 0, "email": 0, "shoe_size": 1, "department": 7, "function": -1}
    assert check_mapping(mapping, ("a", "b", "c")) == (
        MappingProblem("missing_field", "site"),
        MappingProblem("column_twice", "staff_number", 0),
        MappingProblem("column_twice", "email", 0),
        MappingProblem("unknown_field", "shoe_size"),
        MappingProblem("unknown_column", "department", 7),
        MappingProblem("unknown_column", "function", -1),
    )


def test_hours_a_week_are_stored_as_hours_a_month() -> None:
    assert stored_attributes({"weekly_hours": 4, "site": 2, "staff_number": 0}) == ("site", "monthly_hours")
