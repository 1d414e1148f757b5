"""Notes in the log of reads who this page shows."""

from collections.abc import Iterable

from surveys.enums import ReadPage
from surveys.services.person_reads import Reader, record_person_reads
from wpm_platform import clock
from wpm_platform.organisations.door.request import ConsoleRequest


def note_reading(request: ConsoleRequest, page: ReadPage, employee_ids: Iterable[int]) -> None:
    """The member at hand looks at these people's rows. A HEAD shows nothing."""
    if request.method == "HEAD":
        return
    record_person_reads(
        organisation=request.organisation,
        employee_ids=employee_ids,
        reader=Reader(user=request.user, role=request.place.role),
        page=page,
        now=clock.now(),
    )
