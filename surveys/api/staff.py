"""The staff list for systems: read it in parts, add and change people by staff number."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.api.serializers import StaffBatchSerializer, StaffOutcomeSerializer, StaffPageSerializer
from surveys.api.staff_rows import BatchRejected, stated_rows
from surveys.enums import ReadPage
from surveys.models import Employee
from surveys.services.person_reads import record_person_reads, system_reader
from surveys.services.staff_batches import StatedRow, upsert_batch
from surveys.services.staff_changes import KvkNumberUnknown, WorkPatternUnknown
from surveys.staff_file_sentences import problem_sentence
from wpm_platform import clock
from wpm_platform.organisations.door.api import ApiView
from wpm_platform.organisations.door.api_pages import list_schema, page_of
from wpm_platform.organisations.door.api_problems import InvalidInput, problems
from wpm_platform.organisations.enums import ApiScope


class Staff(ApiView):
    scopes: ClassVar = {"GET": ApiScope.STAFF_READ, "PUT": ApiScope.STAFF_WRITE}

    @list_schema(
        serializer=StaffPageSerializer,
        tag="staff",
        summary="Everybody on the staff list, who left included",
        description="In the order of adding. `left_at` says since when somebody is no longer on the list.",
    )
    def get(self, request: Request) -> Response:
        people = Employee.objects.filter(organisation=self.organisation).select_related(
            "site", "legal_entity", "work_pattern"
        )
        rows, cursor = page_of(people, request=request)
        if request.method == "GET":
            self._note_reading(request, rows)
        return Response(StaffPageSerializer({"items": rows, "next_cursor": cursor}).data)

    @extend_schema(
        operation_id="put_staff",
        tags=["staff"],
        summary="Add or change people by staff number",
        description=(
            "Up to 1 000 rows, all of them or none. Sending the same again changes nothing. Nobody leaves by it: "
            "state `employed_until`, or use a staff file. Errors name the row by its index from 0."
        ),
        request=StaffBatchSerializer,
        responses={200: StaffOutcomeSerializer} | problems(400, 401, 403, 413, 415, 422, 429),
    )
    def put(self, request: Request) -> Response:
        try:
            rows = stated_rows(request.data, organisation=self.organisation)
        except BatchRejected as rejected:
            raise InvalidInput(rejected.problems) from rejected
        try:
            outcome = upsert_batch(organisation=self.organisation, rows=rows, now=clock.now())
        except KvkNumberUnknown as unknown:
            detail = _("Use a KvK number from your settings; with several of them every row needs one.")
            raise _wrong(rows, unknown.staff_numbers, "kvk_number", "kvk_unknown", detail) from unknown
        except WorkPatternUnknown as unknown:
            detail = problem_sentence(code="pattern_unknown")
            raise _wrong(rows, unknown.staff_numbers, "work_pattern", "pattern_unknown", detail) from unknown
        return Response(StaffOutcomeSerializer(outcome).data)

    def _note_reading(self, request: Request, rows: list[Employee]) -> None:
        """Whose rows this part of the list shows to the key's system."""
        key: Any = request.auth
        record_person_reads(
            organisation=self.organisation,
            employee_ids=[row.pk for row in rows],
            reader=system_reader(organisation=self.organisation, key_id=key.key_id),
            page=ReadPage.API,
            now=clock.now(),
        )


def _wrong(rows: Sequence[StatedRow], staff_numbers: Sequence[str], field: str, code: str, detail: str) -> InvalidInput:
    """One field that cannot be used in the rows of these people."""
    wrong = set(staff_numbers)
    return InvalidInput(
        [
            {"row": number, "field": field, "code": code, "detail": detail}
            for number, stated in enumerate(rows)
            if stated.row.staff_number in wrong
        ]
    )
