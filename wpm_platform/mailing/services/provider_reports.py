"""Turns what a mail provider reports into our own kinds."""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason

from wpm_platform.mailing.domain.bounce_texts import without_addresses
from wpm_platform.mailing.domain.returns import kind_of_refusal
from wpm_platform.mailing.enums import MailEventKind
from wpm_platform.mailing.services.reports import Report

# Postponed by the provider (DEFERRED) says nothing yet: it tries again by itself and reports the outcome.
PLAIN_KINDS = {
    EventType.DELIVERED: MailEventKind.DELIVERED,
    EventType.COMPLAINED: MailEventKind.COMPLAINT,
    EventType.AUTORESPONDED: MailEventKind.AUTO_REPLY,
    EventType.FAILED: MailEventKind.BLOCKED,
}
KINDS_OF_REASONS = {
    RejectReason.INVALID: MailEventKind.HARD_BOUNCE,
    RejectReason.BLOCKED: MailEventKind.BLOCKED,
    RejectReason.SPAM: MailEventKind.BLOCKED,
    RejectReason.TIMED_OUT: MailEventKind.SOFT_BOUNCE,
}
# What providers themselves call a temporary refusal, in the field that names the kind of report.
NAMES_OF_KIND = ("event", "Type", "type")


def reports_in(events: Iterable[AnymailTrackingEvent], *, provider: str, now: datetime.datetime) -> list["Report"]:
    """The reports that say something about a mail; opened and clicked are not followed, and thus left out."""
    found = []
    for event in events:
        kind = _kind(event)
        if kind is None or not event.message_id:
            continue
        happened_at = min(event.timestamp or now, now)
        is_reply = kind is MailEventKind.AUTO_REPLY
        words = "" if is_reply else str(event.mta_response or event.description or event.reject_reason or "")
        found.append(
            Report(
                provider_id=str(event.message_id).strip().strip("<>")[:200],
                kind=kind,
                happened_at=happened_at,
                event_key=_event_key(event, provider=provider, kind=kind),
                detail=without_addresses(words)[:200],
            )
        )
    return found


def _kind(event: AnymailTrackingEvent) -> MailEventKind | None:
    if event.event_type in PLAIN_KINDS:
        return PLAIN_KINDS[event.event_type]
    if event.event_type not in (EventType.BOUNCED, EventType.REJECTED):
        return None
    if _is_called_soft(event.esp_event):
        return MailEventKind.SOFT_BOUNCE
    if event.reject_reason in KINDS_OF_REASONS:
        return KINDS_OF_REASONS[event.reject_reason]
    said = kind_of_refusal(code=None, text=str(event.mta_response or ""))
    return MailEventKind(said or MailEventKind.HARD_BOUNCE)


def _is_called_soft(esp_event: Any) -> bool:
    names = [str(esp_event.get(field, "")) for field in NAMES_OF_KIND] if hasattr(esp_event, "get") else []
    return any("soft" in name.lower() for name in names)


def _event_key(event: AnymailTrackingEvent, *, provider: str, kind: str) -> str:
    """The same for the same report, however often it is sent: some providers name a repetition anew."""
    moment = event.timestamp.isoformat() if event.timestamp else f"id {event.event_id}"
    digest = hashlib.sha256(f"{event.message_id} {kind} {moment}".encode()).hexdigest()
    return f"{provider}:{digest}"
