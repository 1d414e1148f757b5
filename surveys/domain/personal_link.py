"""Personal links: a signed link over the invitation's code and version."""

from uuid import UUID

from wpm_platform.signed_links import claimed_code, signed_token
from wpm_platform.signed_links import is_genuine as is_signed

__all__ = ["claimed_code", "is_genuine", "personal_token"]

PURPOSE = "survey-invitation"


def personal_token(*, code: UUID, version: int, key: str) -> str:
    """The secret part of an invitation's link: 43 characters, 128 bits of which are the signature."""
    return signed_token(purpose=PURPOSE, code=code, version=version, key=key)


def is_genuine(*, token: str, code: UUID, version: int, key: str) -> bool:
    """Whether the token was made by us for this invitation and version, compared in constant time."""
    return is_signed(token=token, purpose=PURPOSE, code=code, version=version, key=key)
