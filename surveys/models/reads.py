"""Who looked at a person's row: an append-only log that the person may see."""

from django.db import models

from surveys.models.staff import Employee
from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import ADD, READ, RowAccess


class PersonRead(TenantModel):
    """One page or API answer that showed one person. reader: null for a system, whose key `key_name` names."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    key_name = models.CharField(max_length=80, blank=True)
    page = models.CharField(max_length=60)
    read_at = models.DateTimeField()

    row_access = RowAccess(hr=ADD, respondent=READ, own="employee_id = {employee}")

    class Meta:
        ordering = ["-read_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "employee", "read_at"], name="surveys_personread_by_employee")]

    def __str__(self) -> str:
        return f"{self.employee_id} on {self.page}"
