"""The owner's way in: migrations and operator commands work as the connected user, not under a scoped role."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def owner_connection() -> Iterator[None]:
    """Work as the user of DATABASE_URL, who owns the tables. For management commands only."""
    options = connection.settings_dict["OPTIONS"]
    role = options.pop("assume_role", None)
    connection.close()
    try:
        yield
    finally:
        if role is not None:
            options["assume_role"] = role
            connection.close()
