"""Links that carry their own signature: an HMAC over a public code, made again whenever needed, stored nowhere.

`purpose` keeps kinds of links apart: a token made for one is worthless for another.
"""

import base64
import binascii
import hashlib
import hmac
from uuid import UUID

MAC_BYTES = 16


def signed_token(*, purpose: str, code: UUID, key: str, version: int = 1) -> str:
    """The secret part of a link: 43 characters, 128 bits of which are the signature. version: 0 to 65 535."""
    message = f"{purpose}:".encode() + code.bytes + version.to_bytes(2, "big")
    mac = hmac.new(key.encode(), message, hashlib.sha256).digest()[:MAC_BYTES]
    return base64.urlsafe_b64encode(code.bytes + mac).rstrip(b"=").decode()


def claimed_code(token: str) -> UUID | None:
    """The code that a token claims to be made for, unverified; None when it is no token at all."""
    try:
        raw = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    return UUID(bytes=raw[:16]) if len(raw) == 16 + MAC_BYTES else None


def is_genuine(*, token: str, purpose: str, code: UUID, key: str, version: int = 1) -> bool:
    """Whether we made the token for this purpose, code and version, compared in constant time."""
    ours = signed_token(purpose=purpose, code=code, key=key, version=version)
    return hmac.compare_digest(token.encode(), ours.encode())
