"""Writes down what is reported about a mail, and draws the consequences for the mail and its address."""

import datetime

from django.db import transaction

from wpm_platform.mailing.domain.returns import PASSING, next_state, precedence, soft_retry_after
from wpm_platform.mailing.enums import EventSource, MailEventKind, MailState
from wpm_platform.mailing.models import MailEvent, OutgoingMail
from wpm_platform.mailing.services.stops import stop_address


@transaction.atomic
def record_mail_event(
    *,
    mail: OutgoingMail,
    kind: MailEventKind,
    source: EventSource,
    happened_at: datetime.datetime,
    event_key: str,
    detail: str,
    now: datetime.datetime,
) -> bool:
    """Record one report; returns False, and changes nothing, when this `event_key` is there already.

    A hard bounce or complaint stops the address. A soft bounce lets the mail go again, three times in 48 hours,
    and then stops the address. A block or an automatic reply stops nothing. `mail` follows.
    """
    stored = OutgoingMail.objects.select_for_update().get(organisation=mail.organisation_id, pk=mail.pk)
    others = list(MailEvent.objects.filter(organisation=mail.organisation_id, mail=stored))
    event = MailEvent(
        organisation_id=mail.organisation_id,
        mail=stored,
        kind=kind,
        source=source,
        happened_at=happened_at,
        event_key=event_key[:200],
        detail=detail[:200],
    )
    if MailEvent.objects.filter(organisation=mail.organisation_id, event_key=event.event_key).exists():
        return False
    event.save()
    state = next_state(stored.state, kind, is_latest=_is_latest(event, others))
    if kind == MailEventKind.SOFT_BOUNCE:
        _retry_or_stop(stored, event, others, state=state, now=now)
    elif state != stored.state:
        stored.state, stored.reason = state, "" if state == MailState.DELIVERED else event.detail
        stored.save(update_fields=["state", "reason"])
    if kind in (MailEventKind.HARD_BOUNCE, MailEventKind.COMPLAINT):
        _stop(stored, kind, now=now)
    mail.state, mail.reason, mail.due_at = stored.state, stored.reason, stored.due_at
    return True


def _is_latest(event: MailEvent, others: list[MailEvent]) -> bool:
    if event.kind not in PASSING:
        return True
    own = precedence(event.kind, event.happened_at)
    return all(own >= precedence(other.kind, other.happened_at) for other in others if other.kind in PASSING)


def _retry_or_stop(
    mail: OutgoingMail, event: MailEvent, others: list[MailEvent], *, state: str, now: datetime.datetime
) -> None:
    if state != MailState.SOFT_BOUNCE:
        return
    bounces = [other.happened_at for other in (*others, event) if other.kind == MailEventKind.SOFT_BOUNCE]
    wait = soft_retry_after(bounces=len(bounces), first_at=min(bounces), now=now)
    mail.state, mail.reason = MailState.SOFT_BOUNCE, event.detail
    if wait is None:
        _stop(mail, MailEventKind.SOFT_BOUNCE, now=now)
    else:
        mail.state, mail.due_at = MailState.AWAITING_RETRY, now + wait
    mail.save(update_fields=["state", "reason", "due_at"])


def _stop(mail: OutgoingMail, kind: MailEventKind, *, now: datetime.datetime) -> None:
    # The address is gone from an old row; then there is nothing to stop either.
    if mail.recipient:
        stop_address(organisation=mail.organisation_id, address=mail.recipient, kind=kind, now=now)
