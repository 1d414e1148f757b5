"""Business travel as totals per line of the form, entered by hand."""

from django.db import models

from wpm_platform.organisations.models import LegalEntity, TenantModel, User
from wpm_platform.row_security import ALL, READ, RowAccess


class BusinessTotal(TenantModel):
    """One cell of blocks 1–3. amount: kilometres, but euro for public transport on expense claims."""

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
            models.CheckConstraint(condition=models.Q(block__in=[1, 2, 3]), name="reporting_businesstotal_block"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="reporting_businesstotal_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.block}/{self.line}"
