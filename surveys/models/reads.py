"""Who looked at a person's row: an append-only log that the person may see."""

from django.db import models

from surveys.models.staff import Employee
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import TenantModel, User
from wpm_platform.row_security import ADD, READ, RowAccess


class PersonRead(TenantModel):
    """One page, file or API answer that showed one person, once an hour for each who looked.

    reader, reader_role: who looked and as what, at that moment; a system has none, and `key_name` is that of its key.
    page: the name of the address. read_at: the first time in the hour that begins at `hour`.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reader_role = models.CharField(max_length=20, choices=MemberRole.choices, blank=True)
    key_name = models.CharField(max_length=80, blank=True)
    page = models.CharField(max_length=60)
    read_at = models.DateTimeField()
    hour = models.DateTimeField()

    row_access = RowAccess(hr=ADD, respondent=READ, own="employee_id = {employee}")

    class Meta:
        ordering = ["-read_at", "-pk"]
        constraints = [
            # Who looked and then lost their account is no reader any more: those rows may be alike.
            models.UniqueConstraint(
                fields=["employee", "hour", "page", "reader"],
                condition=models.Q(reader__isnull=False),
                name="surveys_personread_once_an_hour",
            ),
            models.UniqueConstraint(
                fields=["employee", "hour", "page", "key_name"],
                condition=models.Q(reader__isnull=True, reader_role=""),
                name="surveys_personread_once_an_hour_by_key",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "employee", "read_at"], name="surveys_personread_by_employee"),
            models.Index(fields=["read_at"], name="surveys_personread_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} on {self.page}"
