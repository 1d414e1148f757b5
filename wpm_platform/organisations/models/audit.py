"""Who did what, written in the same transaction as the change."""

from django.db import models

from wpm_platform.organisations.models.tenant import TenantModel
from wpm_platform.organisations.models.user import User
from wpm_platform.row_security import ADD, RowAccess


class AuditEvent(TenantModel):
    """One change. `detail` holds counts, codes and settings, never what an employee answered."""

    at = models.DateTimeField()
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    detail = models.JSONField(default=dict)

    row_access = RowAccess(hr=ADD)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-at"], name="organisations_audit_by_time")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
