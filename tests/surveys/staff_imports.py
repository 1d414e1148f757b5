"""Staff files on their way in, for tests."""

from collections.abc import Sequence
from typing import Any

from surveys.models import Employee, StaffImport
from surveys.services.staff_import import choose_mapping, confirm_staff_import, upload_staff_file
from surveys.services.staff_import_apply import apply_staff_import
from surveys.services.staff_import_check import check_staff_import
from tests.factories import NOW, as_owner
from tests.surveys.domain.staff_file.files import separated
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

HEADERS = ("Personeelsnummer", "E-mail", "Vestiging", "Afdeling")
ROWS = (
    ("0001", "een@voorbeeld.example", "Utrecht", "Kantoor"),
    ("0002", "twee@voorbeeld.example", "Utrecht", "Magazijn"),
    ("0003", "", "Venlo", "Magazijn"),
)


def staff_file(rows: Sequence[Sequence[object]] = ROWS, *, headers: Sequence[str] = HEADERS) -> bytes:
    return separated([headers, *rows])


def uploaded(organisation: Organisation, content: bytes | None = None, **fields: Any) -> StaffImport:
    fields.setdefault("actor", None)
    fields.setdefault("now", NOW)
    with organisation_scope(organisation):
        return upload_staff_file(
            organisation=organisation, filename="personeel.csv", content=content or staff_file(), **fields
        )


def checked(organisation: Organisation, content: bytes | None = None, **choices: Any) -> StaffImport:
    """Uploaded, with the suggested columns, and checked."""
    staff_import = uploaded(organisation, content)
    with organisation_scope(organisation):
        choose_mapping(staff_import=staff_import, mapping=choices.pop("mapping", staff_import.mapping), **choices)
    check_staff_import(organisation_id=organisation.pk, code=staff_import.code, now=NOW)
    return stored(staff_import)


def confirmed(organisation: Organisation, content: bytes | None = None, **choices: Any) -> StaffImport:
    staff_import = checked(organisation, content, **choices)
    with organisation_scope(organisation):
        return confirm_staff_import(staff_import=staff_import, actor=None, skips_wrong_rows=True, now=NOW)


def applied(organisation: Organisation, content: bytes | None = None, **choices: Any) -> StaffImport:
    staff_import = confirmed(organisation, content, **choices)
    apply_staff_import(organisation_id=organisation.pk, code=staff_import.code, now=NOW)
    return stored(staff_import)


def stored(staff_import: StaffImport) -> StaffImport:
    with as_owner(staff_import.organisation):
        return StaffImport.objects.select_related("organisation").get(pk=staff_import.pk)


def people(organisation: Organisation) -> list[tuple[Any, ...]]:
    """(number, e-mail, site, department, has left) of everybody, by number."""
    with as_owner(organisation):
        return [
            (person.staff_number, person.email, person.site.name, person.department, person.left_at is not None)
            for person in Employee.objects.select_related("site").order_by("staff_number")
        ]
