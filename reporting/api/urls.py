"""Addresses of the API about reports."""

from django.urls import path

from reporting.api.reports import EvidenceSchema, ReportDetail, ReportExport, ReportFiling, Reports, ReportSchema

urlpatterns = [
    path("reports", Reports.as_view(), name="api_reports"),
    path("reports/<uuid:code>", ReportDetail.as_view(), name="api_report"),
    path("reports/<uuid:code>/export.<str:file_format>", ReportExport.as_view(), name="api_report_export"),
    path("reports/<uuid:code>/filing", ReportFiling.as_view(), name="api_report_filing"),
    path("evidence-schema.json", EvidenceSchema.as_view(), name="api_evidence_schema"),
    path("report-schema.json", ReportSchema.as_view(), name="api_report_schema"),
]
