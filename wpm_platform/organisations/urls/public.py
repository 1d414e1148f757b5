"""Addresses outside any organisation: the first page, the language, and a member's invitation."""

from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from wpm_platform.organisations.views.invitation import member_invitation
from wpm_platform.organisations.views.start import start_page

urlpatterns = [
    path("", start_page, name="start_page"),
    path("language/", require_POST(set_language), name="set_language"),
    path("invitation/<str:token>/", member_invitation, name="member_invitation"),
]
