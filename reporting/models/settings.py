"""What an organisation's administrator decides about unsettled parameters."""

from django.db import models

from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import ALL, READ, RowAccess


class ParameterOverride(TenantModel):
    """A parameter that the sources leave open or in dispute, as this organisation sets it, with its source."""

    reporting_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()

    row_access = RowAccess(hr=ALL, reporting=READ)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "reporting_year", "name", name="reporting_parameteroverride_unique")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.reporting_year}"
