"""Reads settings from the environment and fails loudly when one is missing or makes no sense."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The process's variables, and the names that were asked for (`asked_for`), so that deployment
    files can be checked against what the settings really read."""

    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)
    asked_for: set[str] = field(default_factory=set)

    def text(self, name: str, default: str | None = None) -> str:
        self.asked_for.add(name)
        value = self.variables.get(name, default)
        if value is None:
            raise ImproperlyConfigured(f"Set the environment variable {name}; docs/operations.md explains it.")
        return value.strip()

    def truth(self, name: str, *, default: bool) -> bool:
        word = self.text(name, "1" if default else "0").lower()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        raise ImproperlyConfigured(f"{name} is {word!r}; write 1 or 0.")

    def number(self, name: str, *, default: int) -> int:
        text = self.text(name, str(default))
        try:
            return int(text)
        except ValueError:
            raise ImproperlyConfigured(f"{name} is {text!r}; write a whole number.") from None

    def words(self, name: str, default: str | None = None) -> list[str]:
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def postgres(self, name: str, *, role: str) -> dict[str, Any]:
        """A Django database entry from a `postgresql://` address, working under the role `role`."""
        parts = urlsplit(self.text(name))
        if parts.scheme not in {"postgresql", "postgres"}:
            raise ImproperlyConfigured(f"{name} must be a postgresql:// address: PostgreSQL is the one engine.")
        query = dict(parse_qsl(parts.query))
        options: dict[str, Any] = {"application_name": "wpm"}
        if role != "none":
            options["assume_role"] = role
        if "sslmode" in query:
            options["sslmode"] = query["sslmode"]
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or "") or query.get("host", ""),
            "PORT": str(parts.port or query.get("port", "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            # Transaction pooling (pgbouncer) gives each transaction another server process.
            "DISABLE_SERVER_SIDE_CURSORS": True,
            "OPTIONS": options,
        }
