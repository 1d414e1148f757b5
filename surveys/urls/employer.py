"""An employer's public pages, which stand in mails and intranets: they stay. And the accessibility statement."""

from django.urls import path

from surveys.views.employer import accessibility, page

urlpatterns = [
    path("e/<slug:slug>/", page.employer_mail, name="employer_mail"),
    path("e/<slug:slug>/link/", page.employer_link_asked, name="employer_link_asked"),
    path("e/<slug:slug>/accessibility/", accessibility.accessibility, name="employer_accessibility"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
]
