"""The staff list for systems: read it in parts, add and change people by staff number."""

from typing import ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.api.serializers import StaffBatchSerializer, StaffOutcomeSerializer, StaffPageSerializer
from surveys.api.staff_rows import BatchRejected, stated_rows
from surveys.models import Employee
from surveys.services.staff_batches import upsert_batch
from surveys.services.staff_changes import KvkNumberUnknown
from wpm_platform import clock
from wpm_platform.organisations.door.api import ApiView
from wpm_platform.organisations.door.api_pages import list_page, list_schema
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
        people = Employee.objects.filter(organisation=self.organisation).select_related("site", "legal_entity")
        return list_page(queryset=people, serializer=StaffPageSerializer, request=request)

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
            wrong = set(unknown.staff_numbers)
            detail = _("Use a KvK number from your settings; with several of them every row needs one.")
            raise InvalidInput(
                [
                    {"row": number, "field": "kvk_number", "code": "kvk_unknown", "detail": detail}
                    for number, stated in enumerate(rows)
                    if stated.row.staff_number in wrong
                ]
            ) from unknown
        return Response(StaffOutcomeSerializer(outcome).data)
