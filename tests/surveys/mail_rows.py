"""A campaign that runs at NOW, with people who were mailed."""

import datetime
from typing import Any

from surveys.models import Invitation
from tests.factories import NOW, make_campaign, make_employee, make_invitation, make_organisation, make_week
from tests.mailing.outbox_rows import make_mail
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

HOUR = datetime.timedelta(hours=1)


def running_campaign(organisation: Organisation | None = None, **fields: Any) -> Any:
    """A week that opened a day before NOW."""
    campaign = make_campaign(organisation or make_organisation(), **fields)
    return make_week(campaign, opens_at=NOW - 24 * HOUR)


def invited(week: Any, *, email: str | None = None, site: Any = None, **fields: Any) -> Invitation:
    """Somebody who was mailed when the week opened."""
    person = {"site": site} | ({} if email is None else {"email": email})
    fields.setdefault("invited_at", NOW - 24 * HOUR)
    return make_invitation(week, make_employee(week.organisation, **person), **fields)


def mailed(invitation: Invitation, *, state: str = MailState.SENT, **fields: Any) -> OutgoingMail:
    """The invitation's mail, sent when the week opened."""
    fields.setdefault("kind", "surveys.invitation")
    fields.setdefault("occasion", f"invitation:{invitation.code}")
    fields.setdefault("due_at", NOW - 24 * HOUR)
    fields.setdefault("sent_at", NOW - 24 * HOUR)
    fields.setdefault("claimed_at", NOW - 24 * HOUR)
    return make_mail(
        invitation.organisation,
        state=state,
        reference=invitation.code,
        recipient=fields.pop("recipient", invitation.employee.email),
        addressee=invitation.employee.code,
        **fields,
    )
