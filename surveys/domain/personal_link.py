"""Personal links: an HMAC over the invitation's code and version, made again whenever needed, stored nowhere."""

import base64
import binascii
import hashlib
import hmac
from uuid import UUID

MAC_BYTES = 16


def personal_token(*, code: UUID, version: int, key: str) -> str:
    """The secret part of an invitation's link: 43 characters, 128 bits of which are the signature."""
    return (
        base64.urlsafe_b64encode(code.bytes + _mac(code=code, version=version, key=key)).rstrip(b"=").decode()
    )


def claimed_code(token: str) -> UUID | None:
    """The invitation that a token claims to belong to, unverified; None when it is no token at all."""
    try:
        raw = base64.b64decode(
            token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True
        )
    except (ValueError, binascii.Error):
        return None
    return UUID(bytes=raw[:16]) if len(raw) == 16 + MAC_BYTES else None


def is_genuine(*, token: str, code: UUID, version: int, key: str) -> bool:
    """Whether the token was made by us for this invitation and version, compared in constant time."""
    return hmac.compare_digest(token, personal_token(code=code, version=version, key=key))


def _mac(*, code: UUID, version: int, key: str) -> bytes:
    message = b"survey-invitation:" + code.bytes + version.to_bytes(2, "big")
    return hmac.new(key.encode(), message, hashlib.sha256).digest()[:MAC_BYTES]
