from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "wpm_platform.organisations"
    label = "organisations"
