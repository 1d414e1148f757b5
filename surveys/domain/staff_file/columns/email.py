"""E-mail addresses in staff files."""

import re

from surveys.domain.staff_file.errors import CellError

_ADDRESS = re.compile(
    r"([a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*)"
    r"@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,57}[a-z0-9]))",
    re.ASCII | re.IGNORECASE,
)
_NAME_AND_ADDRESS = re.compile(r"[^<>@]*<\s*([^<>\s]+)\s*>")
_BETWEEN = re.compile(r"[\s;,|<>()]+|/(?=\S+@)")
_LONGEST_LOCAL = 64
_PLAIN = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}")


def read_email(text: str) -> str:
    """One address, its domain in lower case; `mailto:` and a name around it are dropped.

    Raises CellError: `formula`, `two_addresses` or `not_an_email`.
    """
    if text.startswith("="):
        raise CellError("formula")
    address = text[7:] if text[:7].casefold() == "mailto:" else text
    address = address.strip(" ;,")
    match = _ADDRESS.fullmatch(address)
    if match is None:
        match = _ADDRESS.fullmatch(_bare(address))
    if match is None or len(match.group(1)) > _LONGEST_LOCAL:
        raise CellError("not_an_email")
    return f"{match.group(1)}@{match.group(2).lower()}"


def plain_email(text: str) -> str | None:
    """The text itself when it is an address of letters, digits, dots and hyphens, as most are; else None."""
    return text if len(text) <= _LONGEST_LOCAL and _PLAIN.fullmatch(text) else None


def _bare(address: str) -> str:
    """The address inside "Name <address>", its domain in the letters that mail servers know."""
    if address.count("@") > 1:
        parts = [part for part in _BETWEEN.split(address) if 0 < part.find("@") < len(part) - 1]
        raise CellError("two_addresses" if len(parts) > 1 else "not_an_email")
    named = _NAME_AND_ADDRESS.fullmatch(address)
    address = named.group(1) if named else address
    local, _, domain = address.partition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise CellError("not_an_email") from None
