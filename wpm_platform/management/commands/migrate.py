"""`manage.py migrate`, as the owner of the tables."""

from typing import Any

from django.core.management.commands import migrate

from wpm_platform.owner import owner_connection


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with owner_connection():
            super().handle(*args, **options)
