"""Addresses of codes on paper: HR's pages of a campaign, and the public ones. Those are printed: they stay."""

from django.urls import URLPattern, path

from surveys.views.paper import lists, slips
from surveys.views.paper.entry import code, kiosk

console: list[URLPattern] = [
    path("campaigns/<uuid:code>/paper/", lists.campaign_paper, name="campaign_paper"),
    path("campaigns/<uuid:code>/paper/poster/", slips.campaign_paper_poster, name="campaign_paper_poster"),
    path("campaigns/<uuid:code>/paper/<uuid:paper_list>/", lists.campaign_paper_list, name="campaign_paper_list"),
    path(
        "campaigns/<uuid:code>/paper/<uuid:paper_list>/poster/",
        slips.campaign_paper_list_poster,
        name="campaign_paper_list_poster",
    ),
    path(
        "campaigns/<uuid:code>/paper/person/<uuid:invitation>/",
        slips.campaign_paper_person,
        name="campaign_paper_person",
    ),
]

urlpatterns = [
    path("e/<slug:slug>/code/", code.paper_code, name="paper_code"),
    path("e/<slug:slug>/kiosk/", kiosk.paper_kiosk, name="paper_kiosk"),
    path("e/<slug:slug>/kiosk/clear/", kiosk.paper_kiosk_clear, name="paper_kiosk_clear"),
    path("e/<slug:slug>/kiosk/stop/", kiosk.paper_kiosk_stop, name="paper_kiosk_stop"),
]
