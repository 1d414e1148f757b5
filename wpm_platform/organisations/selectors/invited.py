"""An invitation as the person with its link sees it, before any organisation is known."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import User
from wpm_platform.scoping import call_system_function


@dataclass(frozen=True, kw_only=True)
class InvitedPerson:
    """An open invitation. has_account: somebody logs in with this address already."""

    organisation_id: int
    organisation_name: str
    email: str
    role: str
    expires_at: datetime.datetime
    has_account: bool

    @property
    def role_label(self) -> str:
        return str(MemberRole(self.role).label)


def invited_person(*, code: UUID) -> InvitedPerson | None:
    """The open invitation with this code, None when it was accepted, withdrawn or never made."""
    rows = call_system_function("membership_invitation", code)
    if not rows:
        return None
    (row,) = rows
    has_account = User.objects.filter(email=row["email"].lower()).exists()
    return InvitedPerson(**row, has_account=has_account)
