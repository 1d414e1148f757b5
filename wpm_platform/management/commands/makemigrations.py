"""`manage.py makemigrations`, which compares with the tables as their owner."""

from typing import Any

from django.core.management.commands import makemigrations

from wpm_platform.owner import owner_connection


class Command(makemigrations.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with owner_connection():
            super().handle(*args, **options)
