"""How the services reach a business file: locked, in its own organisation, in the state that the step needs."""

import datetime

from django.utils.translation import gettext_lazy as _

from reporting.domain.rvo import RvoBlock
from reporting.enums import BusinessImportState
from reporting.models import BusinessImport, Report
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused

OPEN_STATES = (BusinessImportState.UPLOADED, BusinessImportState.CHECKED)


class BusinessFileNotOpen(Refused):
    """The file was applied, taken out or cancelled before."""

    sentence = _("This file was applied, taken out or deleted before. Here is how it stands.")


def open_business_file(
    *,
    organisation: Organisation,
    business_import: BusinessImport,
    states: tuple[BusinessImportState, ...] = OPEN_STATES,
) -> BusinessImport:
    """The file, locked, when it is in one of these states."""
    found: BusinessImport | None = (
        BusinessImport.objects.select_for_update(of=("self",))
        .select_related("organisation", "legal_entity")
        .filter(organisation=organisation, pk=business_import.pk, state__in=states)
        .first()
    )
    if found is None:
        raise BusinessFileNotOpen
    return found


def record_file_event(
    business_import: BusinessImport,
    *,
    actor: User | None,
    now: datetime.datetime,
    action: str,
    report: Report,
    **detail: object,
) -> None:
    """One event of the audit trail about a file: its block and name, counts, never a row."""
    record_event(
        organisation=business_import.organisation,
        actor=actor,
        action=action,
        now=now,
        subject=str(report.code),
        detail={"block": RvoBlock(business_import.block).code, "file": business_import.filename[:80], **detail},
    )
