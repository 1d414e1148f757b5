"""Reports and their exports for systems."""

from typing import ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from reporting.api.serializers import ReportPageSerializer, ReportSerializer
from reporting.exports.json import report_schema_bytes
from reporting.models import Report, ReportVersion
from reporting.selectors.reports import report_by_code, reports_with_versions, version_of
from reporting.services.exports import CONTENT_TYPES, report_file
from wpm_platform.organisations.door.api import ApiView
from wpm_platform.organisations.door.api_pages import list_page, list_schema
from wpm_platform.organisations.door.api_problems import problems
from wpm_platform.organisations.enums import ApiScope


class Reports(ApiView):
    scopes: ClassVar = {"GET": ApiScope.REPORTS_READ}

    @list_schema(
        serializer=ReportPageSerializer,
        tag="reports",
        summary="All reports with their versions, one per KvK number and year",
        description="A version that is frozen or filed never changes again.",
    )
    def get(self, request: Request) -> Response:
        return list_page(
            queryset=reports_with_versions(organisation=self.organisation),
            serializer=ReportPageSerializer,
            request=request,
        )


class ReportDetail(ApiView):
    scopes: ClassVar = {"GET": ApiScope.REPORTS_READ}

    @extend_schema(
        operation_id="get_report",
        tags=["reports"],
        summary="One report with its versions",
        description="The figures themselves are in the export.",
        responses={200: ReportSerializer} | problems(401, 403, 404, 429),
    )
    def get(self, request: Request, code: UUID) -> Response:
        report = reports_with_versions(organisation=self.organisation).filter(code=code).first()
        if report is None:
            raise Http404
        return Response(ReportSerializer(report).data)


class ReportExport(ApiView):
    scopes: ClassVar = {"GET": ApiScope.REPORTS_READ}

    @extend_schema(
        operation_id="get_report_export",
        tags=["reports"],
        summary="The newest version as a file: JSON by the published schema, XLSX or CSV",
        description="CSV has semicolons and a byte order mark, for Excel. Words follow Accept-Language.",
        parameters=[OpenApiParameter("file_format", str, "path", enum=sorted(CONTENT_TYPES))],
        responses={
            (200, "application/json"): OpenApiResponse(OpenApiTypes.OBJECT, description="See /report-schema.json."),
            (200, CONTENT_TYPES["xlsx"]): OpenApiTypes.BINARY,
            (200, "text/csv"): OpenApiTypes.STR,
        }
        | problems(401, 403, 404, 429),
    )
    def get(self, request: Request, code: UUID, file_format: str) -> HttpResponse:
        if file_format not in CONTENT_TYPES:
            raise Http404
        try:
            version = version_of(report=report_by_code(organisation=self.organisation, code=code))
        except (Report.DoesNotExist, ReportVersion.DoesNotExist) as error:
            raise Http404 from error
        file = report_file(version, file_format=file_format)
        response = HttpResponse(file.content, content_type=file.content_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
        return response


class ReportSchema(APIView):
    """The same for everybody: no key needed."""

    authentication_classes = ()
    permission_classes = ()

    @extend_schema(
        operation_id="get_report_schema",
        tags=["reports"],
        summary="JSON Schema of the exported report",
        description="The same for everybody; needs no key.",
        auth=[],
        responses={(200, "application/schema+json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(report_schema_bytes(), content_type="application/schema+json")
