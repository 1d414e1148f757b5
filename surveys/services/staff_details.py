"""Whether names and birth years are kept; what is no longer kept is erased at once."""

import datetime

from django.db import transaction

from surveys.enums import ImportState
from surveys.models import Employee, StaffImport
from surveys.selectors.staff_details import StoredDetails, stored_details
from surveys.services.staff_lock import lock_staff_list
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.places import update_organisation


@transaction.atomic
def choose_staff_details(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    stores_names: bool,
    stores_birth_years: bool,
) -> StoredDetails:
    """Choose what is kept of employees and erase the rest, of people who left as well. Returns what was erased.

    A staff file that is being applied at this moment comes first; those that wait are dropped when something is
    switched off, as they hold it still. Done twice, the second time finds nothing.
    """
    # The same order of locks as who applies a file: the file, then the staff list.
    waiting = list(StaffImport.objects.select_for_update().filter(organisation=organisation, content__isnull=False))
    lock_staff_list(organisation)
    stored = Organisation.objects.get(pk=organisation.pk)
    if (stored.stores_names and not stores_names) or (stored.stores_birth_years and not stores_birth_years):
        StaffImport.objects.filter(organisation=organisation, pk__in=[row.pk for row in waiting]).update(
            state=ImportState.CANCELLED, content=None, checked_rows=None, layout={}, errors=[]
        )
    update_organisation(
        organisation=organisation,
        actor=actor,
        now=now,
        stores_names=stores_names,
        stores_birth_years=stores_birth_years,
    )
    erased = stored_details(organisation=organisation).erased_by(
        stores_names=stores_names, stores_birth_years=stores_birth_years
    )
    staff = Employee.objects.filter(organisation=organisation)
    if erased.names:
        staff.exclude(name="").update(name="")
    if erased.birth_years:
        staff.filter(birth_year__isnull=False).update(birth_year=None)
    if erased.rows:
        record_event(
            organisation=organisation,
            actor=actor,
            action="staff.details_erased",
            now=now,
            detail={"names_erased": erased.names, "birth_years_erased": erased.birth_years},
        )
    return erased
