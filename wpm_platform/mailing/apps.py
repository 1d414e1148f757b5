from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "wpm_platform.mailing"
    label = "mailing"
