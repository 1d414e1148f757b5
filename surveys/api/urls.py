"""Addresses of the API about staff and campaigns."""

from django.urls import path

from surveys.api.campaigns import CampaignResponse, Campaigns
from surveys.api.staff import Staff

urlpatterns = [
    path("staff", Staff.as_view(), name="api_staff"),
    path("campaigns", Campaigns.as_view(), name="api_campaigns"),
    path("campaigns/<uuid:code>/response", CampaignResponse.as_view(), name="api_campaign_response"),
]
