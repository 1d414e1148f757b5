"""The floor that everything stands on: row security after migrations, and the Celery application."""

import importlib

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PlatformConfig(AppConfig):
    name = "wpm_platform"
    verbose_name = "WPM platform"

    def ready(self) -> None:
        from wpm_platform.row_security import install_row_security

        importlib.import_module("wpm_platform.celery")
        # Django sends the signal for apps with models only, once all migrations of all apps are done.
        post_migrate.connect(install_row_security, sender=apps.get_app_config("organisations"))
