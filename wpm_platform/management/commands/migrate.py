"""`manage.py migrate`, as the owner of the tables."""

from typing import Any

from django.core.management.commands import migrate

from wpm_platform.owner import owner_connection


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> str | None:
        # Django's checks before it ask the server as well, and in a new cluster there are no roles yet.
        with owner_connection():
            return super().execute(*args, **options)
