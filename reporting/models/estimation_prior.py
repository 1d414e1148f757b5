"""What employers teach each other about small surveys: who agreed to it, and the coefficients that came of it."""

from typing import ClassVar

from django.db import models

from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import ALL, CHANGE, READ, ColumnAccess, RowAccess


class PriorConsent(TenantModel):
    """An employer agreed that its answers take part in the shared model; open until withdrawn."""

    given_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    row_access = RowAccess(hr=CHANGE)

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation", condition=models.Q(withdrawn_at__isnull=True), name="reporting_priorconsent_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"consent of {self.organisation_id}"


class PriorOfOthers(TenantModel):
    """For an employer whose answers took part in the last pooling: the model of the others.

    prior: `PooledPrior` as JSON; None where fewer than five others took part, for then there is none.
    """

    prior = models.JSONField(null=True)
    pooled_at = models.DateTimeField()

    row_access = RowAccess(hr=ALL)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", name="reporting_priorofothers_one")]

    def __str__(self) -> str:
        return f"model of the others for {self.organisation_id}"


class SharedPrior(models.Model):
    """The model of all who took part, for employers who did not: coefficients, and of how many employers.

    At most one row, of no organisation: it does not say which employers.
    """

    prior = models.JSONField()
    pooled_at = models.DateTimeField()

    column_access: ClassVar[ColumnAccess] = ColumnAccess(hr=READ)

    def __str__(self) -> str:
        return f"shared model of {self.pooled_at:%Y-%m-%d}"
