from wpm_platform.organisations.models.access import ApiKey, Membership, MembershipInvitation
from wpm_platform.organisations.models.audit import AuditEvent
from wpm_platform.organisations.models.organisation import LegalEntity, Organisation, Site
from wpm_platform.organisations.models.tenant import TenantModel
from wpm_platform.organisations.models.user import User

__all__ = [
    "ApiKey",
    "AuditEvent",
    "LegalEntity",
    "Membership",
    "MembershipInvitation",
    "Organisation",
    "Site",
    "TenantModel",
    "User",
]
