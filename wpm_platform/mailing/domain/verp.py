"""An envelope sender per mail, so that a bounce names the mail it is about (VERP).

`bounces+<code>-<check>@domain`: the mail's code and a short HMAC, both in base32, which survives servers that
change capitals. Without the key nobody can make an address that stops somebody else's mail.
"""

import base64
import binascii
import hashlib
import hmac
import re
from uuid import UUID

CHECK_BYTES = 5
_TOKEN = re.compile(r"\+([a-z2-7]{26})-([a-z2-7]{8})@", re.IGNORECASE)


def bounce_address(*, code: UUID, base: str, key: str) -> str:
    """The envelope sender of one mail; base: the mailbox for bounces, `bounces@wpm.example`."""
    local, _at, domain = base.rpartition("@")
    return f"{local}+{_base32(code.bytes)}-{_check(code, key)}@{domain}"


def code_in_address(address: str, *, base: str, key: str) -> UUID | None:
    """The mail that an address of ours names; None when it is another address or its check is wrong."""
    local, _at, domain = base.lower().rpartition("@")
    address = address.strip().lower()
    found = _TOKEN.search(address)
    if not found or not address.startswith(f"{local}+") or not address.endswith(f"@{domain}"):
        return None
    try:
        code = UUID(bytes=base64.b32decode(found.group(1).upper() + "======"))
    except (ValueError, binascii.Error):
        return None
    return code if hmac.compare_digest(found.group(2), _check(code, key)) else None


def _check(code: UUID, key: str) -> str:
    return _base32(hmac.new(key.encode(), b"verp:" + code.bytes, hashlib.sha256).digest()[:CHECK_BYTES])


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()
