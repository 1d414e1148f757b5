"""Names and birth years that are no longer kept are erased at once."""

import pytest

from surveys.enums import ImportState
from surveys.models import Employee, StaffImport
from surveys.services.staff_details import choose_staff_details
from tests.factories import NOW, as_owner, make_employee, make_organisation
from wpm_platform.organisations.models import AuditEvent, Organisation
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    found = make_organisation(stores_names=True, stores_birth_years=True)
    make_employee(found, name="Sanne", birth_year=1980)
    make_employee(found, name="Joris", left_at=NOW)
    make_employee(found)
    return found


def choose(organisation, **chosen):
    chosen = {"stores_names": True, "stores_birth_years": True} | chosen
    with organisation_scope(organisation):
        return choose_staff_details(organisation=organisation, actor=None, now=NOW, **chosen)


def stored(organisation):
    with as_owner(organisation):
        return sorted(Employee.objects.filter(organisation=organisation).values_list("name", "birth_year"), key=str)


def test_switching_off_erases_also_of_who_left(organisation):
    erased = choose(organisation, stores_names=False)
    assert (erased.names, erased.birth_years) == (2, 0)
    assert stored(organisation) == [("", 1980), ("", None), ("", None)]
    choose(organisation, stores_names=False, stores_birth_years=False)
    assert stored(organisation) == [("", None)] * 3
    with as_owner(organisation):
        found = Organisation.objects.get(pk=organisation.pk)
        assert (found.stores_names, found.stores_birth_years) == (False, False)
        details = AuditEvent.objects.filter(action="staff.details_erased").values_list("detail", flat=True)
        assert list(details) == [
            {"names_erased": 0, "birth_years_erased": 1},
            {"names_erased": 2, "birth_years_erased": 0},
        ]


def test_done_twice_the_second_time_finds_nothing(organisation):
    choose(organisation, stores_names=False)
    assert choose(organisation, stores_names=False).rows == 0
    with as_owner(organisation):
        assert AuditEvent.objects.filter(action="staff.details_erased").count() == 1


def test_switching_on_erases_nothing(organisation):
    assert choose(organisation).rows == 0
    assert ("Sanne", 1980) in stored(organisation)


def test_names_from_before_that_are_still_stored_go_as_well(organisation):
    with as_owner(organisation):
        Organisation.objects.filter(pk=organisation.pk).update(stores_names=False)
    assert choose(organisation, stores_names=False).names == 2


def test_another_organisation_keeps_its_names(organisation):
    other = make_organisation(stores_names=True)
    make_employee(other, name="Elders")
    choose(organisation, stores_names=False, stores_birth_years=False)
    assert stored(other) == [("Elders", None)]


def test_files_that_wait_are_dropped_as_they_hold_the_names(organisation):
    with as_owner(organisation):
        waiting = StaffImport.objects.create(
            organisation=organisation, filename="x.csv", content=b"naam", state=ImportState.CHECKED, created_at=NOW
        )
    choose(organisation, stores_names=False)
    with as_owner(organisation):
        waiting.refresh_from_db()
    assert (waiting.state, waiting.content) == (ImportState.CANCELLED, None)
