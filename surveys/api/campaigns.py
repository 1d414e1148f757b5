"""Campaigns and their response for systems; counts only, no persons."""

from typing import ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.api.serializers import CampaignPageSerializer, ResponseCountsSerializer
from surveys.models import Campaign
from surveys.selectors.campaigns import campaign_by_code
from surveys.selectors.response_counts import response_counts
from wpm_platform.organisations.door.api import ApiView
from wpm_platform.organisations.door.api_pages import list_page, list_schema
from wpm_platform.organisations.door.api_problems import problems
from wpm_platform.organisations.enums import ApiScope


class Campaigns(ApiView):
    scopes: ClassVar = {"GET": ApiScope.CAMPAIGNS_READ}

    @list_schema(
        serializer=CampaignPageSerializer,
        tag="campaigns",
        summary="All campaigns, the oldest first",
        description="A campaign asks about one week, or about several weeks in a row.",
    )
    def get(self, request: Request) -> Response:
        campaigns = Campaign.objects.filter(organisation=self.organisation).prefetch_related("weeks")
        return list_page(queryset=campaigns, serializer=CampaignPageSerializer, request=request)


class CampaignResponse(ApiView):
    scopes: ClassVar = {"GET": ApiScope.CAMPAIGNS_READ}

    @extend_schema(
        operation_id="get_campaign_response",
        tags=["campaigns"],
        summary="How many were invited and answered, per site and department from five people up",
        description="In a weekly panel a person counts once per week. No answer is part of it.",
        responses={200: ResponseCountsSerializer} | problems(401, 403, 404, 429),
    )
    def get(self, request: Request, code: UUID) -> Response:
        try:
            campaign = campaign_by_code(organisation=self.organisation, code=code)
        except Campaign.DoesNotExist as error:
            raise Http404 from error
        counts = response_counts(organisation=self.organisation, campaign=campaign)
        return Response(ResponseCountsSerializer(counts).data)
