"""Staff files are checked and applied in the background; old reads and changes of patterns are forgotten."""

from uuid import UUID

from celery import shared_task

from surveys.selectors.staff_imports import waiting_imports
from surveys.services.pattern_groups import forget_changes
from surveys.services.person_reads import forget_person_reads as forget_reads
from surveys.services.staff_import_apply import apply_staff_import as apply_import
from surveys.services.staff_import_check import check_staff_import as check_import
from wpm_platform import clock
from wpm_platform.queue import enqueue
from wpm_platform.scoping import call_system_function, organisation_scope

TASK_OF_STATE = {"checking": "surveys.check_staff_import", "applying": "surveys.apply_staff_import"}


@shared_task(name="surveys.check_staff_import")
def check_staff_import(*, organisation_id: int, code: str, **_newer: object) -> None:
    check_import(organisation_id=organisation_id, code=UUID(code), now=clock.now())


@shared_task(name="surveys.apply_staff_import")
def apply_staff_import(*, organisation_id: int, code: str, **_newer: object) -> None:
    apply_import(organisation_id=organisation_id, code=UUID(code), now=clock.now())


@shared_task(name="surveys.staff_tick")
def staff_tick(**_newer: object) -> None:
    """Imports whose message was lost, or whose worker died, are taken up again."""
    for row in call_system_function("organisations_with_waiting_imports"):
        organisation_id = row["organisation_id"]
        with organisation_scope(organisation_id):
            for code, state in waiting_imports(organisation_id=organisation_id):
                enqueue(TASK_OF_STATE[state], organisation_id=organisation_id, code=str(code))


@shared_task(name="surveys.forget_person_reads")
def forget_person_reads(**_newer: object) -> None:
    forget_reads(now=clock.now())


@shared_task(name="surveys.forget_pattern_changes")
def forget_pattern_changes(**_newer: object) -> None:
    forget_changes(now=clock.now())
