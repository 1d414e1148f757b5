"""One worker at a time per import, and no import that kills its worker for ever.

A worker holds the import's row lock while it works: a second worker finds nothing, and a crashed worker's lock is
gone with its connection, so that the next tick takes the import up again.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from surveys.enums import ImportState
from surveys.models import StaffImport
from surveys.services.staff_import_progress import forget_progress
from wpm_platform.scoping import organisation_scope

MOST_ATTEMPTS = 3
INTERRUPTED = "interrupted"


@contextmanager
def claimed_import(
    *, organisation_id: int, code: UUID, state: ImportState, now: datetime.datetime
) -> Iterator[StaffImport | None]:
    """The import in `state`, locked until the block ends; None when there is nothing to do.

    Opens the scope itself; the attempt is committed first, so that it counts even if this process dies.
    """
    with organisation_scope(organisation_id):
        is_claimed = _claim(organisation_id=organisation_id, code=code, state=state, now=now)
    if not is_claimed:
        yield None
        return
    with organisation_scope(organisation_id):
        yield _locked(organisation_id=organisation_id, code=code, state=state)
    forget_progress(code)


def _claim(*, organisation_id: int, code: UUID, state: ImportState, now: datetime.datetime) -> bool:
    waiting = _locked(organisation_id=organisation_id, code=code, state=state)
    if waiting is None:
        return False
    attempts: int = waiting.outcome.get("attempts", 0) + 1
    if attempts > MOST_ATTEMPTS:
        waiting.state, waiting.failure = ImportState.FAILED, INTERRUPTED
    waiting.outcome = waiting.outcome | {"attempts": attempts}
    waiting.claimed_at = now
    waiting.save(update_fields=["state", "failure", "outcome", "claimed_at"])
    return attempts <= MOST_ATTEMPTS


def _locked(*, organisation_id: int, code: UUID, state: ImportState) -> StaffImport | None:
    return (
        StaffImport.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("organisation")
        .defer("content", "checked_rows")
        .filter(organisation=organisation_id, code=code, state=state)
        .first()
    )
