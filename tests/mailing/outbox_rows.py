"""Rows of the outbox for tests, as the engine leaves them."""

import datetime
import uuid
from itertools import count
from typing import Any

from tests.factories import NOW, as_owner
from wpm_platform.mailing.enums import EventSource, MailEventKind, MailState
from wpm_platform.mailing.models import AddressStop, MailEvent, OutgoingMail
from wpm_platform.mailing.services.events import record_mail_event
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

_numbers = count(1)


def make_mail(organisation: Organisation, *, state: str = MailState.SENT, **fields: Any) -> OutgoingMail:
    """A mail that was sent at NOW, with a Message-ID, unless told otherwise."""
    number = next(_numbers)
    code = uuid.uuid4()
    fields.setdefault("kind", "surveys.invitation")
    fields.setdefault("occasion", f"invitation:{number}")
    fields.setdefault("reference", uuid.uuid4())
    fields.setdefault("recipient", f"ontvanger{number}@voorbeeld.example")
    fields.setdefault("due_at", NOW)
    fields.setdefault("sent_at", NOW)
    fields.setdefault("attempts", 1)
    fields.setdefault("message_id", f"<{code}@platform.example>")
    with as_owner(organisation):
        return OutgoingMail.objects.create(organisation=organisation, code=code, state=state, **fields)


def report(
    mail: OutgoingMail,
    kind: MailEventKind,
    *,
    after: datetime.timedelta = datetime.timedelta(minutes=1),
    event_key: str = "",
    source: EventSource = EventSource.WEBHOOK,
    detail: str = "",
    now: datetime.datetime | None = None,
) -> bool:
    """Report something about a mail `after` NOW, through the service, in the mail's own organisation."""
    happened_at = NOW + after
    with organisation_scope(mail.organisation_id):
        return record_mail_event(
            mail=mail,
            kind=kind,
            source=source,
            happened_at=happened_at,
            event_key=event_key or f"event-{next(_numbers)}",
            detail=detail,
            now=now or happened_at,
        )


def stored(mail: OutgoingMail) -> OutgoingMail:
    with as_owner(mail.organisation):
        return OutgoingMail.objects.get(pk=mail.pk)


def events(mail: OutgoingMail) -> list[str]:
    with as_owner(mail.organisation):
        return list(MailEvent.objects.filter(mail=mail).values_list("kind", flat=True))


def stops(organisation: Organisation) -> list[str]:
    """What stops the organisation's addresses, stops that were lifted aside."""
    with as_owner(organisation):
        return list(AddressStop.objects.filter(lifted_at__isnull=True).order_by("pk").values_list("kind", flat=True))
