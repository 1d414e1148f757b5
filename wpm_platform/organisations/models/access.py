"""Who may come in: memberships of people, invitations to become one, keys of systems."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.enums import ApiScope, MemberRole
from wpm_platform.organisations.models.organisation import Site
from wpm_platform.organisations.models.tenant import TenantModel
from wpm_platform.organisations.models.user import User
from wpm_platform.row_security import ALL, CHANGE, RowAccess


class Membership(TenantModel):
    """A person's place in an organisation. A site lead has a site; nobody else does.

    gets_notices: whether deadlines and what is about to be deleted are mailed to them.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=MemberRole.choices)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    gets_notices = models.BooleanField(_("send me reminders by mail"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    row_access = RowAccess(hr=ALL)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "user", name="organisations_membership_unique_user"),
            models.CheckConstraint(
                condition=models.Q(role=MemberRole.SITE_LEAD, site__isnull=False)
                | (~models.Q(role=MemberRole.SITE_LEAD) & models.Q(site__isnull=True)),
                name="organisations_membership_site_lead_has_site",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class MembershipInvitation(TenantModel):
    """An invitation by mail to join; its link is an HMAC over `code` and is stored nowhere."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=20, choices=MemberRole.choices)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    row_access = RowAccess(hr=CHANGE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="organisations_membershipinvitation_one_open",
            )
        ]

    def __str__(self) -> str:
        return self.email


class ApiKey(TenantModel):
    """A key for a system. The secret is shown once; only its SHA-256 is kept (256 random bits need no salt)."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=30, choices=ApiScope.choices))
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    row_access = RowAccess(hr=CHANGE)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
