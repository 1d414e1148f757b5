"""What the API shows of reports; the figures themselves leave as an export."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reporting.enums import ReportState
from reporting.models import Report


class LegalEntitySerializer(serializers.Serializer[Any]):
    kvk_number = serializers.CharField()
    name = serializers.CharField()


class VersionSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=ReportState.choices)
    inputs_hash = serializers.CharField(help_text="SHA-256 over everything the figures follow from.")
    built_at = serializers.DateTimeField()
    frozen_at = serializers.DateTimeField(allow_null=True)
    filed_on = serializers.DateField(allow_null=True)
    filing_reference = serializers.CharField(allow_blank=True)


class ReportSerializer(serializers.Serializer[Any]):
    code = serializers.UUIDField()
    legal_entity = LegalEntitySerializer()
    reporting_year = serializers.IntegerField()
    campaign = serializers.UUIDField(source="campaign.code", allow_null=True, default=None)
    commute_figures = serializers.SerializerMethodField(
        help_text="What block 4 states: the guidance's figures, or an estimate that HR chose, with its reason."
    )
    commute_figures_reason = serializers.CharField(source="estimation_reason", allow_blank=True)
    versions = VersionSerializer(many=True, source="versions.all", help_text="The newest first.")

    @extend_schema_field(serializers.ChoiceField(choices=["guidance", "estimate"]))
    def get_commute_figures(self, report: Report) -> str:
        return "guidance" if report.estimation_id is None else "estimate"


class FilingSerializer(serializers.Serializer[Any]):
    filed_on = serializers.DateField(help_text="The day on which the figures were handed in, today at the latest.")
    reference = serializers.CharField(max_length=80, help_text="As on the receipt of RVO.")


class ReportPageSerializer(serializers.Serializer[Any]):
    items = ReportSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)
