"""Addresses of an employer's public page. They stand in mails and intranets: they stay."""

from django.urls import path

from surveys.views.employer import page

urlpatterns = [
    path("e/<slug:slug>/", page.employer_mail, name="employer_mail"),
    path("e/<slug:slug>/link/", page.employer_link_asked, name="employer_link_asked"),
]
