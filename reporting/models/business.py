"""Figures of the form that are entered by hand: business travel, and commuting where the survey gives none."""

from django.db import models

from wpm_platform.organisations.models import LegalEntity, TenantModel, User
from wpm_platform.row_security import ALL, READ, RowAccess


class BusinessTotal(TenantModel):
    """One cell. amount: kilometres, but euro for public transport on expense claims.

    note: where the figure comes from; in block 4 (commuting) the reason why it replaces the computed one.
    """

    legal_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="+")
    reporting_year = models.PositiveSmallIntegerField()
    block = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=24)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField()

    row_access = RowAccess(hr=ALL, reporting=READ)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "legal_entity",
                "reporting_year",
                "block",
                "line",
                name="reporting_businesstotal_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(block__in=[1, 2, 3]) | (models.Q(block=4) & ~models.Q(note="")),
                name="reporting_businesstotal_block",
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="reporting_businesstotal_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.block}/{self.line}"
