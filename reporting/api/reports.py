"""Reports and their exports for systems."""

from typing import ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from reporting.api.serializers import FilingSerializer, ReportPageSerializer, ReportSerializer, VersionSerializer
from reporting.exports.evidence import evidence_schema_bytes
from reporting.exports.json import report_schema_bytes
from reporting.models import Report, ReportVersion
from reporting.selectors.reports import report_by_code, reports_with_versions, version_of
from reporting.services.evidence import EvidenceNotReady
from reporting.services.files import FILE_TYPES, version_file
from reporting.services.filing import ReportNotFrozen, mark_filed
from reporting.services.filing_route import FilingDateInFuture
from wpm_platform import clock
from wpm_platform.organisations.door.api import ApiView
from wpm_platform.organisations.door.api_conflict import Conflict
from wpm_platform.organisations.door.api_pages import list_page, list_schema
from wpm_platform.organisations.door.api_problems import InvalidInput, problems
from wpm_platform.organisations.door.downloads import download
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
        summary="The newest version as a file: JSON by the published schema, XLSX, CSV, PDF or the evidence as ZIP",
        description=(
            "CSV has semicolons and a byte order mark, for Excel. The PDF is tagged (PDF/UA-1). The evidence is there"
            " once the report is frozen, in Dutch; until then the answer is 409. Other words follow Accept-Language."
            " The same version gives the same bytes, named by the ETag: send it back as If-None-Match."
        ),
        parameters=[
            OpenApiParameter("file_format", str, "path", enum=sorted(FILE_TYPES)),
            OpenApiParameter("If-None-Match", str, "header", description="The ETag of what you have."),
        ],
        responses={
            (200, "application/json"): OpenApiResponse(OpenApiTypes.OBJECT, description="See /report-schema.json."),
            (200, FILE_TYPES["xlsx"]): OpenApiTypes.BINARY,
            (200, "text/csv"): OpenApiTypes.STR,
            (200, FILE_TYPES["pdf"]): OpenApiTypes.BINARY,
            (200, FILE_TYPES["zip"]): OpenApiTypes.BINARY,
            304: OpenApiResponse(description="You have this already."),
        }
        | problems(401, 403, 404, 409, 429),
    )
    def get(self, request: Request, code: UUID, file_format: str) -> HttpResponseBase:
        if file_format not in FILE_TYPES:
            raise Http404
        try:
            version = version_of(report=report_by_code(organisation=self.organisation, code=code))
        except (Report.DoesNotExist, ReportVersion.DoesNotExist) as error:
            raise Http404 from error
        try:
            file = version_file(version, file_format=file_format)
        except EvidenceNotReady as error:
            raise Conflict(error) from error
        return download(request._request, name=file.name, content_type=file.content_type, content=file.content)


class ReportFiling(ApiView):
    scopes: ClassVar = {"POST": ApiScope.REPORTS_FILE}

    @extend_schema(
        operation_id="file_report",
        tags=["reports"],
        summary="Note that the frozen report was filed",
        description=(
            "Sending the same reference again changes nothing and gives the same answer. Another reference is refused"
            " with 409, and so is a report that is not frozen."
        ),
        request=FilingSerializer,
        responses={200: VersionSerializer} | problems(400, 401, 403, 404, 409, 413, 415, 422, 429),
    )
    def post(self, request: Request, code: UUID) -> Response:
        filing = FilingSerializer(data=request.data)
        if not filing.is_valid():
            raise InvalidInput(
                [
                    {"field": field, "code": error.code, "detail": str(error)}
                    for field, errors in filing.errors.items()
                    for error in errors
                ]
            )
        try:
            report = report_by_code(organisation=self.organisation, code=code)
            version = mark_filed(
                organisation=self.organisation,
                actor=None,
                now=clock.now(),
                today=clock.today(),
                report=report,
                **filing.validated_data,
            )
        except Report.DoesNotExist as error:
            raise Http404 from error
        except FilingDateInFuture as error:
            raise InvalidInput([{"field": "filed_on", "code": "in_future", "detail": str(error)}]) from error
        except ReportNotFrozen as error:
            raise Conflict(error) from error
        return Response(VersionSerializer(version).data)


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


class EvidenceSchema(APIView):
    """The same for everybody: no key needed."""

    authentication_classes = ()
    permission_classes = ()

    @extend_schema(
        operation_id="get_evidence_schema",
        tags=["reports"],
        summary="JSON Schema of the document in the evidence file",
        description="The same for everybody; needs no key. It refers to the schema of the report.",
        auth=[],
        responses={(200, "application/schema+json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(evidence_schema_bytes(), content_type="application/schema+json")
