"""Rights, and which role holds which. A view names one right; the door compares it with the membership."""

from enum import StrEnum

from wpm_platform.organisations.enums import MemberRole


class Right(StrEnum):
    VIEW_START = "view_start"
    VIEW_STAFF = "view_staff"
    MANAGE_STAFF = "manage_staff"
    VIEW_CAMPAIGNS = "view_campaigns"
    MANAGE_CAMPAIGNS = "manage_campaigns"
    VIEW_REPORTS = "view_reports"
    MANAGE_REPORTS = "manage_reports"
    VIEW_SETTINGS = "view_settings"
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_API_KEYS = "manage_api_keys"


READER = frozenset({Right.VIEW_START, Right.VIEW_CAMPAIGNS, Right.VIEW_REPORTS, Right.VIEW_SETTINGS})
# A site lead sees the people and the response of one site; organisation-wide figures are not theirs.
SITE_LEAD = frozenset({Right.VIEW_START, Right.VIEW_STAFF, Right.VIEW_CAMPAIGNS})
HR_ADMIN = READER | {
    Right.VIEW_STAFF,
    Right.MANAGE_STAFF,
    Right.MANAGE_CAMPAIGNS,
    Right.MANAGE_REPORTS,
    Right.MANAGE_SETTINGS,
}
OWNER = HR_ADMIN | {Right.MANAGE_MEMBERS, Right.MANAGE_API_KEYS}

RIGHTS: dict[str, frozenset[Right]] = {
    MemberRole.OWNER: frozenset(OWNER),
    MemberRole.HR_ADMIN: frozenset(HR_ADMIN),
    MemberRole.SITE_LEAD: SITE_LEAD,
    MemberRole.READER: READER,
}


def has_right(role: str, right: Right) -> bool:
    """Whether a membership with this role holds the right; an unknown role holds none."""
    return right in RIGHTS.get(role, frozenset())
