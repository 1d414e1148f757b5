"""Staff by API: read in parts, added and changed by staff number, all or nothing."""

import datetime

import pytest

from surveys.models import Employee
from surveys.staff_file_sentences import ROW_SENTENCES
from tests.api_client import System, problem, wrong
from tests.factories import (
    as_owner,
    audited,
    make_api_key,
    make_employee,
    make_legal_entity,
    make_organisation,
)
from tests.surveys.work_patterns import make_work_pattern, patterns_of
from wpm_platform.organisations.models import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_legal_entity(organisation, kvk_number="01234567")
    return organisation


@pytest.fixture
def system(organisation):
    return System(make_api_key(organisation))


def row(number="00012", **fields):
    return {"staff_number": number, "email": f"m{number}@voorbeeld.example", "site": "Venlo"} | fields


def stored(organisation, *fields):
    with as_owner(organisation):
        return list(Employee.objects.order_by("staff_number").values_list("staff_number", *fields))


def errors_of(response):
    assert problem(response) == wrong(422)
    return [(error.get("row"), error["field"], error["code"]) for error in response.json()["errors"]]


def test_people_are_added_changed_and_left_alone(organisation, system):
    outcome = system.put_rows(row(), row("00013", monthly_hours=86.5, is_on_leave=True)).json()
    assert outcome == {"new": 2, "changed": 0, "rejoined": 0, "unchanged": 0}
    outcome = system.put_rows(row(), row("00013", monthly_hours=160)).json()
    assert outcome == {"new": 0, "changed": 1, "rejoined": 0, "unchanged": 1}
    assert [
        (number, str(hours), leave) for number, hours, leave in stored(organisation, "monthly_hours", "is_on_leave")
    ] == [
        ("00012", "None", False),
        ("00013", "160.00", True),
    ]
    with as_owner(organisation):
        assert list(Site.objects.values_list("name", flat=True)) == ["Venlo"]


def test_same_batch_twice_changes_nothing(organisation, system):
    rows = [row(), row("00013", department="Werkplaats")]
    system.put_rows(*rows)
    before = stored(organisation, "email", "department", "left_at")
    assert system.put_rows(*rows).json() == {"new": 0, "changed": 0, "rejoined": 0, "unchanged": 2}
    assert stored(organisation, "email", "department", "left_at") == before


def test_all_values_arrive(organisation, system):
    values = {
        "kvk_number": "01234567",
        "language": "pl",
        "department": "Werkplaats",
        "function": "Monteur",
        "home_postcode": "5911 ab",
        "weekly_hours": 36,
        "contract_kind": "permanent",
        "employed_from": "2020-01-31",
        "employed_until": "2027-12-31",
        "days_per_week": 4.5,
        "has_mobility_provision": True,
        "has_fixed_workplace": False,
    }
    assert system.put_rows(row(**values)).status_code == 200
    (person,) = system.get("staff").json()["items"]
    expected = values | {"home_postcode": "5911AB", "monthly_hours": 156.0, "staff_number": "00012", "name": ""}
    expected.pop("weekly_hours")
    assert {name: person[name] for name in expected} == expected


def test_null_empties_and_what_is_left_out_stays(organisation, system):
    system.put_rows(row(department="Werkplaats", function="Monteur"))
    system.put_rows(row(department=None))
    assert stored(organisation, "department", "function") == [("00012", "", "Monteur")]


def test_one_wrong_row_keeps_all_out(organisation, system):
    response = system.put_rows(row(), row("00013", email="geen adres"), row("00012"))
    assert errors_of(response) == [(1, "email", "not_an_email"), (2, "staff_number", "duplicate_staff_number")]
    assert stored(organisation) == []
    assert audited(organisation) == [entry for entry in audited(organisation) if entry[0] == "api_key.created"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"site": ""}, [("site", "required")]),
        ({"staff_number": None}, [("staff_number", "required")]),
        ({"staff_number": 12}, [("staff_number", "wrong_type")]),
        ({"staff_number": "x" * 41}, [("staff_number", "too_long")]),
        ({"email": ["a@voorbeeld.example"]}, [("email", "wrong_type")]),
        ({"email": "a@voorbeeld.example; b@voorbeeld.example"}, [("email", "two_addresses")]),
        ({"site": "Ven\0lo"}, [("site", "control_characters")]),
        ({"site": "Ven\ud800lo"}, [("site", "control_characters")]),
        ({"kvk_number": "1234567"}, [("kvk_number", "kvk_misses_zero")]),
        ({"monthly_hours": 1e300}, [("monthly_hours", "too_long")]),
        ({"monthly_hours": -1}, [("monthly_hours", "hours_out_of_range")]),
        ({"monthly_hours": "160"}, [("monthly_hours", "wrong_type")]),
        ({"monthly_hours": True}, [("monthly_hours", "wrong_type")]),
        ({"is_on_leave": "ja"}, [("is_on_leave", "wrong_type")]),
        ({"is_on_leave": 1}, [("is_on_leave", "wrong_type")]),
        ({"employed_from": "31-02-2026"}, [("employed_from", "no_such_date")]),
        ({"employed_from": "2026-02-01", "employed_until": "2026-01-01"}, [("employed_until", "ends_before_start")]),
        ({"contract_kind": "slave"}, [("contract_kind", "unknown_contract_kind")]),
        ({"salary": 1}, [("salary", "unknown_field")]),
        ({"name": "Sanne"}, [("name", "not_kept")]),
        ({"birth_year": 1980}, [("birth_year", "not_kept")]),
    ],
)
def test_wrong_value_is_named(organisation, system, change, expected):
    response = system.put_rows(row(**change))
    assert errors_of(response) == [(0, *error) for error in expected]
    assert all(error["detail"] for error in response.json()["errors"])
    assert stored(organisation) == []


def test_missing_fields_are_named(system):
    assert errors_of(system.put_rows({}, "x")) == [
        (0, "staff_number", "required"),
        (0, "email", "required"),
        (0, "site", "required"),
        (1, "", "wrong_type"),
    ]


def test_names_are_taken_where_the_organisation_keeps_them():
    organisation = make_organisation(stores_names=True, stores_birth_years=True)
    make_legal_entity(organisation)
    system = System(make_api_key(organisation))
    assert system.put_rows(row(name="Sanne Voorbeeld", birth_year=1980)).status_code == 200
    assert stored(organisation, "name", "birth_year") == [("00012", "Sanne Voorbeeld", 1980)]


def test_kvk_number_of_somebody_else_is_refused(organisation, system):
    make_legal_entity(make_organisation(), kvk_number="07654321")
    assert errors_of(system.put_rows(row(), row("00013", kvk_number="07654321"))) == [(1, "kvk_number", "kvk_unknown")]
    assert stored(organisation) == []


def test_several_legal_entities_need_a_kvk_number_in_every_row(organisation, system):
    make_legal_entity(organisation, kvk_number="01234568")
    assert errors_of(system.put_rows(row(), row("00013", kvk_number="01234568"))) == [(0, "kvk_number", "kvk_unknown")]


def test_batch_has_at_most_a_thousand_rows(organisation, system):
    rows = [row(f"{number:05d}") for number in range(1001)]
    assert errors_of(system.put_rows(*rows)) == [(None, "rows", "wrong_type")]
    assert system.put_rows(*rows[:1000]).json()["new"] == 1000
    assert len(stored(organisation)) == 1000


def test_errors_are_limited(system):
    assert len(errors_of(system.put_rows(*[{}] * 1000))) == 200


def test_who_left_comes_back(organisation, system):
    make_employee(organisation, staff_number="00012", left_at="2026-01-01T00:00Z")
    assert system.put_rows(row()).json()["rejoined"] == 1
    assert stored(organisation, "left_at") == [("00012", None)]


def test_people_of_another_organisation_with_the_same_number_stay_as_they_are(organisation, system):
    other = make_organisation()
    make_employee(other, staff_number="00012", email="ander@voorbeeld.example")
    assert system.put_rows(row()).json()["new"] == 1
    assert stored(other, "email") == [("00012", "ander@voorbeeld.example")]


def test_list_comes_in_parts_without_gaps(organisation, system):
    for number in range(5):
        make_employee(organisation, staff_number=f"{number}")
    seen, cursor = [], ""
    while cursor is not None:
        page = system.get("staff", limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [person["staff_number"] for person in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ["0", "1", "2", "3", "4"]


def test_every_code_of_a_column_has_a_sentence():
    assert all(str(sentence) for sentence in ROW_SENTENCES.values())


def test_patterns_are_taken_by_name_and_as_fixed_days(organisation, system):
    make_work_pattern(organisation, name="Ploeg A")
    rows = [row(work_pattern="ploeg a"), row("00013", work_pattern="mon tue, thu"), row("00014")]
    assert system.put_rows(*rows).json()["new"] == 3
    assert patterns_of(organisation) == {"00012": "Ploeg A", "00013": "ma di do", "00014": ""}
    assert [person["work_pattern"] for person in system.get("staff").json()["items"]] == ["Ploeg A", "ma di do", ""]
    assert system.put_rows(*rows).json() == {"new": 0, "changed": 0, "rejoined": 0, "unchanged": 3}
    assert system.put_rows(row(work_pattern=None), row("00013")).json()["changed"] == 1
    assert patterns_of(organisation) == {"00012": "", "00013": "ma di do", "00014": ""}


def test_unknown_pattern_keeps_all_out(organisation, system):
    make_work_pattern(make_organisation(), name="Ploeg A")
    response = system.put_rows(row(), row("00013", work_pattern="Ploeg A"), row("00014", work_pattern="5"))
    assert errors_of(response) == [(1, "work_pattern", "pattern_unknown"), (2, "work_pattern", "pattern_unknown")]
    assert errors_of(system.put_rows(row(work_pattern=5))) == [(0, "work_pattern", "wrong_type")]
    assert stored(organisation) == []


def test_last_day_of_leave_alone_means_on_leave(organisation, system):
    system.put_rows(row(leave_until="2026-12-31"), row("00013", leave_until=None))
    fields = ("is_on_leave", "leave_until")
    expected = [("00012", True, datetime.date(2026, 12, 31)), ("00013", False, None)]
    assert stored(organisation, *fields) == expected
    system.put_rows(row(leave_until="2026-12-31", is_on_leave=False))
    assert stored(organisation, *fields)[0] == ("00012", False, datetime.date(2026, 12, 31))
    assert system.get("staff").json()["items"][0]["leave_until"] == "2026-12-31"


def test_as_many_queries_for_many_patterns_as_for_one(organisation, system, django_assert_max_num_queries):
    for number in range(10):
        make_work_pattern(organisation, name=f"Ploeg {number}")

    def queries(*rows):
        with django_assert_max_num_queries(60) as found:
            assert system.put_rows(*rows).status_code == 200
        return len(found)

    many = [row(f"{number:05}", work_pattern=f"ploeg {number}") for number in range(10)]
    queries(*many)
    assert queries(*many) == queries(many[0])
    with django_assert_max_num_queries(25):
        system.get("staff")
