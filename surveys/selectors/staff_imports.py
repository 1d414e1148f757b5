"""Imports of staff files. The bytes themselves are read only where they are asked for."""

from uuid import UUID

from django.db.models import QuerySet

from surveys.enums import ImportState
from surveys.models import StaffImport
from wpm_platform.organisations.models import Organisation

BYTES = ("content", "checked_rows")


def staff_imports(*, organisation: Organisation) -> QuerySet[StaffImport]:
    """The latest first, without their bytes."""
    return (
        StaffImport.objects.filter(organisation=organisation)
        .select_related("organisation", "created_by", "legal_entity")
        .defer(*BYTES, "created_by__password")
    )


def staff_import_by_code(*, organisation: Organisation, code: UUID) -> StaffImport | None:
    """One import without its bytes, or None."""
    return staff_imports(organisation=organisation).filter(code=code).first()


def waiting_imports(*, organisation_id: int) -> list[tuple[UUID, str]]:
    """Code and state of the imports that a worker should be busy with."""
    return list(
        StaffImport.objects.filter(
            organisation=organisation_id, state__in=[ImportState.CHECKING, ImportState.APPLYING]
        ).values_list("code", "state")
    )
