"""Codes on paper, for people without an e-mail address."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.models.campaign import Campaign
from surveys.models.population import Invitation
from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import CHANGE, RowAccess


class PaperList(TenantModel):
    """A list of slips that were made together, for a team or a site; attempts to guess are counted per list."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="paper_lists")
    name = models.CharField(_("name"), max_length=80)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    row_access = RowAccess(hr=CHANGE)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class PaperCode(TenantModel):
    """One person's code for one week: a part to look it up by, and a secret part of which only a slow hash is kept.

    It is shown once, on the slip; printing again makes a new one.
    """

    paper_list = models.ForeignKey(PaperList, on_delete=models.CASCADE, related_name="codes")
    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="paper_code")
    lookup = models.CharField(max_length=4)
    secret_hash = models.CharField(max_length=128)
    created_at = models.DateTimeField()

    row_access = RowAccess(hr="SELECT, INSERT, UPDATE, DELETE")

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "lookup", name="surveys_papercode_unique_lookup")]

    def __str__(self) -> str:
        return self.lookup
