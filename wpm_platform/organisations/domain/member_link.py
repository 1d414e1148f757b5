"""The link in the mail that invites a member: a signed link over the invitation's code."""

from uuid import UUID

from wpm_platform.signed_links import claimed_code, is_genuine, signed_token

PURPOSE = "member-invitation"


def member_token(*, code: UUID, key: str) -> str:
    """The secret part of the invitation's link."""
    return signed_token(purpose=PURPOSE, code=code, key=key)


def genuine_code(*, token: str, key: str) -> UUID | None:
    """The invitation that a token opens, None when we did not make the token."""
    code = claimed_code(token)
    if code is None or not is_genuine(token=token, purpose=PURPOSE, code=code, key=key):
        return None
    return code
