"""Reports that come from outside any organisation: finds the mail, or keeps the report until its row is there."""

import datetime
from dataclasses import dataclass
from uuid import UUID

import structlog

from wpm_platform.mailing.enums import EventSource, MailEventKind, MailState
from wpm_platform.mailing.models import OutgoingMail, WaitingReport
from wpm_platform.mailing.services.events import record_mail_event
from wpm_platform.scoping import call_system_function, organisation_scope

WAITS_FOR = datetime.timedelta(minutes=5)
log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report about a mail. provider_id: the provider's name for it, or its Message-ID without the brackets."""

    provider_id: str
    kind: MailEventKind
    happened_at: datetime.datetime
    event_key: str
    detail: str = ""


def take_report(*, report: Report, now: datetime.datetime) -> None:
    """Record a provider's report; call this outside any scope.

    A mail that nobody knows yet, or that is just being sent, may still be on its way into the outbox: the report then
    waits. Repeating a report is harmless.
    """
    if _record(report, now=now) != "recorded":
        WaitingReport.objects.bulk_create(
            [
                WaitingReport(
                    provider_id=report.provider_id,
                    kind=report.kind,
                    happened_at=report.happened_at,
                    event_key=report.event_key,
                    detail=report.detail,
                    received_at=now,
                )
            ],
            ignore_conflicts=True,
        )


def match_waiting_reports(*, now: datetime.datetime) -> tuple[int, int]:
    """Try the waiting reports again. Returns how many found their mail and how many were given up.

    A mail unknown for five minutes is not ours; a mail that is being sent gets its report once that is known.
    """
    matched = dropped = 0
    for waiting in WaitingReport.objects.order_by("happened_at", "pk"):
        report = Report(
            provider_id=waiting.provider_id,
            kind=MailEventKind(waiting.kind),
            happened_at=waiting.happened_at,
            event_key=waiting.event_key,
            detail=waiting.detail,
        )
        outcome = _record(report, now=now)
        if outcome == "recorded":
            matched += 1
        elif outcome == "unknown" and now - waiting.received_at >= WAITS_FOR:
            log.warning("provider_report_dropped", kind=waiting.kind, provider_id=waiting.provider_id)
            dropped += 1
        else:
            continue
        waiting.delete()
    return matched, dropped


def find_reported_mail(*, provider_id: str = "", code: UUID | None = None) -> tuple[int, int] | None:
    """The organisation and the row of a mail, by the provider's name for it or our own code; outside any scope."""
    rows = call_system_function("reported_mail", provider_id, code)
    return (rows[0]["organisation_id"], rows[0]["mail_id"]) if rows else None


def _record(report: Report, *, now: datetime.datetime) -> str:
    """ "recorded", "unknown", or "busy" when the mail is being sent this very moment."""
    found = find_reported_mail(provider_id=report.provider_id, code=code_in(report.provider_id))
    if found is None:
        return "unknown"
    organisation_id, mail_id = found
    with organisation_scope(organisation_id):
        mail = OutgoingMail.objects.get(organisation=organisation_id, pk=mail_id)
        if mail.state == MailState.INFLIGHT:
            return "busy"
        record_mail_event(
            mail=mail,
            kind=report.kind,
            source=EventSource.WEBHOOK,
            happened_at=report.happened_at,
            event_key=report.event_key,
            detail=report.detail,
            now=now,
        )
    return "recorded"


def code_in(message_id: str) -> UUID | None:
    """The mail's code in a Message-ID of ours, `<code@domain>`; None in any other."""
    try:
        return UUID(message_id.strip().strip("<>").partition("@")[0])
    except ValueError:
        return None
