"""What every tenant row has in common: its organisation, the fail-closed manager, the roles' access."""

from typing import ClassVar, Self

from django.db import models

from wpm_platform.row_security import RowAccess
from wpm_platform.scoping import TenantManager


class TenantModel(models.Model):
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    row_access: ClassVar[RowAccess]

    class Meta:
        abstract = True
