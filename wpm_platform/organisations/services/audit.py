"""The audit trail."""

import datetime
from typing import Any

from wpm_platform.organisations.models import AuditEvent, Organisation, User


def record_event(
    *,
    organisation: Organisation,
    actor: User | None,
    action: str,
    now: datetime.datetime,
    subject: str = "",
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write down who did what; call it inside the transaction of the change itself.

    action: `noun.verb`, such as `campaign.started`. actor: None when the platform did it by itself.
    """
    return AuditEvent.objects.create(
        organisation=organisation, actor=actor, action=action, subject=subject, detail=detail or {}, at=now
    )
