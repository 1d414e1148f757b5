import pytest

from surveys.domain.staff_file import StaffRow
from surveys.models import Employee
from surveys.services.staff_changes import KvkNumberUnknown, StaffUpsert, change_employee, upsert_staff
from tests.factories import NOW, as_owner, audited, make_employee, make_legal_entity, make_organisation
from tests.surveys.staff_imports import people
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
FIELDS = ("email", "site", "department")


def upsert(organisation, *rows, fields=FIELDS):
    with organisation_scope(organisation):
        return upsert_staff(organisation=organisation, actor=None, rows=rows, fields=fields, now=NOW)


def test_adds_changes_and_leaves_the_rest_alone():
    organisation = make_organisation()
    make_employee(organisation, staff_number="1", department="Oud", function="Monteur", left_at=NOW)
    make_employee(organisation, staff_number="2")
    rows = [
        StaffRow(staff_number="1", email="a@voorbeeld.example", site="Utrecht", department="Nieuw"),
        StaffRow(staff_number="3", email="c@voorbeeld.example", site="utrecht"),
    ]
    assert upsert(organisation, *rows) == StaffUpsert(new=1, changed=0, rejoined=1, unchanged=0)
    assert [(n, s, d, left) for n, _, s, d, left in people(organisation) if n != "2"] == [
        ("1", "Utrecht", "Nieuw", False),
        ("3", "Utrecht", "", False),
    ]
    with as_owner(organisation):
        assert Employee.objects.get(staff_number="1").function == "Monteur"
    assert audited(organisation) == [("staff.upserted", "")]


def test_done_twice_changes_nothing():
    organisation = make_organisation()
    make_legal_entity(organisation)
    row = StaffRow(staff_number="1", site="Utrecht", department="Kantoor")
    upsert(organisation, row, fields=(*FIELDS, "language", "kvk_number"))
    assert upsert(organisation, row, fields=(*FIELDS, "language", "kvk_number")) == StaffUpsert(
        new=0, changed=0, rejoined=0, unchanged=1
    )


def test_unknown_kvk_number_changes_nothing():
    organisation = make_organisation()
    make_legal_entity(organisation)
    rows = [StaffRow(staff_number="1", site="A"), StaffRow(staff_number="2", site="A", kvk_number="11111111")]
    with pytest.raises(KvkNumberUnknown) as refusal:
        upsert(organisation, *rows)
    assert refusal.value.staff_numbers == ("2",)
    assert people(organisation) == []


def test_same_number_elsewhere_is_another_person():
    other, organisation = make_organisation(), make_organisation()
    make_employee(other, staff_number="1", department="Elders")
    make_legal_entity(organisation)
    assert upsert(organisation, StaffRow(staff_number="1", site="A")).new == 1
    assert [row[3] for row in people(other)] == ["Elders"]


def test_one_person_is_corrected_by_hand_and_logged_once():
    organisation = make_organisation()
    employee = make_employee(organisation, staff_number="1", language="nl")
    values = {"email": "nieuw@voorbeeld.example", "language": "pl", "is_on_leave": False}
    with organisation_scope(organisation):
        assert change_employee(employee=employee, actor=None, now=NOW, **values) == ("email", "language")
        assert change_employee(employee=employee, actor=None, now=NOW, **values) == ()
    assert audited(organisation) == [("employee.changed", "1")]


def test_nobody_of_another_organisation_can_be_corrected():
    employee = make_employee(make_organisation())
    with organisation_scope(make_organisation()), pytest.raises(Employee.DoesNotExist):
        change_employee(employee=employee, actor=None, now=NOW, email="x@voorbeeld.example")
