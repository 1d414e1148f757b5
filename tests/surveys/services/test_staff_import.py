import pytest

from surveys.domain.staff_file import ReadOptions, StaffFileUnreadable
from surveys.services.staff_import import (
    LegalEntityMissing,
    MappingNotUsable,
    RowsWithErrors,
    StaffImportNotOpen,
    cancel_staff_import,
    choose_layout,
    choose_mapping,
    confirm_staff_import,
)
from tests.factories import NOW, audited, make_legal_entity, make_organisation, make_user
from tests.surveys.staff_imports import applied, checked, people, staff_file, stored, uploaded
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Organisation:
    organisation = make_organisation()
    make_legal_entity(organisation)
    return organisation


def test_upload_finds_layout_headers_and_columns(employer):
    found = stored(uploaded(employer))
    assert found.state == "uploaded"
    assert found.headers == ["Personeelsnummer", "E-mail", "Vestiging", "Afdeling"]
    assert found.mapping == {"staff_number": 0, "email": 1, "site": 2, "department": 3}
    assert (found.layout["kind"], found.layout["separator"], found.layout["header_line"]) == ("csv", ";", 1)
    assert found.layout["sample"][0] == [2, ["0001", "een@voorbeeld.example", "Utrecht", "Kantoor"]]
    assert audited(employer) == [("staff_import.uploaded", "personeel.csv")]


def test_an_unreadable_file_leaves_nothing_behind(employer):
    with pytest.raises(StaffFileUnreadable):
        uploaded(employer, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert audited(employer) == []


def test_a_newer_file_replaces_the_persons_unfinished_one(employer):
    mine, colleague = make_user(), make_user()
    first = uploaded(employer, actor=mine)
    others = uploaded(employer, actor=colleague)
    uploaded(employer, actor=mine)
    assert (stored(first).state, stored(first).content) == ("cancelled", None)
    assert stored(others).state == "uploaded"


def test_columns_of_the_last_applied_file_are_remembered(employer):
    applied(employer, mapping={"staff_number": 0, "email": 1, "site": 3})
    assert uploaded(employer).mapping == {"staff_number": 0, "email": 1, "site": 3}
    other_order = staff_file(
        [("Kantoor", "0001", "a@voorbeeld.example", "x")], headers=("Afdeling", "Nr", "E-mail", "K")
    )
    assert uploaded(employer, other_order).mapping["site"] == 0


def test_names_are_dropped_unless_the_organisation_keeps_them(employer):
    content = staff_file([("1", "a@voorbeeld.example", "Utrecht", "An")], headers=("Nr", "E-mail", "Vestiging", "Naam"))
    staff_import = uploaded(employer, content)
    assert "name" not in staff_import.mapping
    with organisation_scope(employer):
        choose_mapping(staff_import=staff_import, mapping=staff_import.mapping | {"name": 3, "staff_number": 0})
    assert "name" not in stored(staff_import).mapping
    keeping = make_organisation(stores_names=True)
    assert uploaded(keeping, content).mapping["name"] == 3


def test_layout_is_read_again(employer):
    staff_import = uploaded(employer)
    with organisation_scope(employer):
        choose_layout(staff_import=staff_import, options=ReadOptions(header_line=2))
        assert stored(staff_import).headers[0] == "0001"
        with pytest.raises(StaffFileUnreadable):
            choose_layout(staff_import=staff_import, options=ReadOptions(header_line=99))
    assert stored(staff_import).headers[0] == "0001"


def test_mapping_must_be_usable(employer):
    staff_import = uploaded(employer)
    with organisation_scope(employer), pytest.raises(MappingNotUsable) as refusal:
        choose_mapping(staff_import=staff_import, mapping={"staff_number": 0, "email": 9})
    assert [(p.code, p.field) for p in refusal.value.problems] == [
        ("missing_field", "site"),
        ("unknown_column", "email"),
    ]


def test_kvk_number_must_be_known_when_there_are_several(employer):
    make_legal_entity(employer)
    staff_import = uploaded(employer)
    with organisation_scope(employer), pytest.raises(LegalEntityMissing):
        choose_mapping(staff_import=staff_import, mapping=staff_import.mapping)


def test_confirming_with_errors_needs_permission_to_skip(employer):
    staff_import = checked(employer, staff_file([("1", "geen adres", "Utrecht", "")]))
    with organisation_scope(employer):
        with pytest.raises(RowsWithErrors):
            confirm_staff_import(staff_import=staff_import, actor=None, skips_wrong_rows=False, now=NOW)
        confirm_staff_import(staff_import=staff_import, actor=None, skips_wrong_rows=True, now=NOW)
        with pytest.raises(StaffImportNotOpen):
            confirm_staff_import(staff_import=staff_import, actor=None, skips_wrong_rows=True, now=NOW)


def test_steps_out_of_turn_are_refused(employer):
    staff_import = uploaded(employer)
    with organisation_scope(employer):
        with pytest.raises(StaffImportNotOpen):
            confirm_staff_import(staff_import=staff_import, actor=None, skips_wrong_rows=True, now=NOW)
        cancel_staff_import(staff_import=staff_import, actor=None, now=NOW)
        for step in (
            lambda: cancel_staff_import(staff_import=staff_import, actor=None, now=NOW),
            lambda: choose_layout(staff_import=staff_import, options=ReadOptions()),
            lambda: choose_mapping(staff_import=staff_import, mapping=staff_import.mapping),
        ):
            with pytest.raises(StaffImportNotOpen):
                step()
    assert people(employer) == []


def test_an_import_of_another_organisation_does_not_exist(employer):
    staff_import = checked(employer)
    with organisation_scope(make_organisation()), pytest.raises(StaffImportNotOpen):
        confirm_staff_import(staff_import=staff_import, actor=None, skips_wrong_rows=True, now=NOW)
    assert stored(staff_import).state == "checked"
