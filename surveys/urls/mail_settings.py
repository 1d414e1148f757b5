"""Addresses of the settings about mail, inside `/o/<slug>/`."""

from django.urls import URLPattern, path

from surveys.views.mail_settings import settings_mail, settings_mail_letter

urlpatterns: list[URLPattern] = [
    path("settings/mail/", settings_mail, name="settings_mail"),
    path("settings/mail/letter/", settings_mail_letter, name="settings_mail_letter"),
]
