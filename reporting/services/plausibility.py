"""Answering what stands out of a report, and taking an answer back."""

import datetime
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reporting.models import FindingAnswer, Report, ReportVersion
from reporting.selectors.plausibility import AnsweredFinding, answered_findings
from reporting.services.report_access import ReportNotDraft, draft_version, locked_report
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused

LONGEST_REASON = 500


class FindingUnknown(Refused):
    """The finding is not there (any more), or has other figures by now."""

    sentence = _("This finding is not there any more, or its figures changed. Look at what stands out now.")


class ReasonNeeded(Refused):
    """An answer says why, in so many characters at most."""

    sentence = _("Say in a few words why this figure is right. At most 500 characters.")


class FindingsOpen(Refused):
    """Some findings have no answer yet. `findings` are these."""

    sentence = _("Some figures stand out. Say why each is right, or correct it; then freeze the report.")

    def __init__(self, findings: tuple[AnsweredFinding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings


def answer_finding(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    fingerprint: str,
    reason: str,
) -> FindingAnswer:
    """Note why a finding of the draft is right as it is, for the figures that it has now.

    The same answer again changes nothing; another reason takes its place, and the first stays as a row. Raises
    `ReasonNeeded`, `FindingUnknown`, `ReportNotDraft` and `ReportUnknown`.
    """
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        version = _draft(report)
        found = answered_findings(organisation=organisation, report=report, version=version)
        row = next((row for row in found if row.finding.fingerprint == fingerprint), None)
        if row is None:
            raise FindingUnknown
        return write_answer(
            organisation=organisation, actor=actor, now=now, report=report, row=row, reason=checked_reason(reason)
        )


def take_back_answer(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, report: Report, code: UUID
) -> None:
    """Open a finding again; taking back twice changes nothing. Raises `FindingUnknown` for another report's answer."""
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        _draft(report)
        answer = FindingAnswer.objects.filter(organisation=organisation, report=report, code=code).first()
        if answer is None:
            raise FindingUnknown
        if answer.withdrawn_at is None:
            _withdraw(answer, organisation=organisation, actor=actor, now=now)


def answer_open_findings(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    version: ReportVersion,
    reasons: Mapping[str, str],
) -> list[AnsweredFinding]:
    """All findings of a locked report with an answer each; reasons (by fingerprint) are noted for the open ones.

    Raises `FindingsOpen` with those that have none, and `ReasonNeeded` for one that is too long.
    """
    found = answered_findings(organisation=organisation, report=report, version=version)
    missing = tuple(row for row in found if row.is_open and not reasons.get(row.finding.fingerprint, "").strip())
    if missing:
        raise FindingsOpen(missing)
    answered = []
    for row in found:
        answer = row.answer or write_answer(
            organisation=organisation,
            actor=actor,
            now=now,
            report=report,
            row=row,
            reason=checked_reason(reasons[row.finding.fingerprint]),
        )
        answered.append(AnsweredFinding(finding=row.finding, answer=answer, earlier=row.earlier))
    return answered


def checked_reason(reason: str) -> str:
    """Without spaces around. Raises `ReasonNeeded`."""
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise ReasonNeeded
    return reason


def write_answer(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    row: AnsweredFinding,
    reason: str,
) -> FindingAnswer:
    """The row and its event, in the transaction at hand."""
    if row.answer is not None:
        if row.answer.reason == reason:
            return row.answer
        _withdraw(row.answer, organisation=organisation, actor=actor, now=now)
    finding = row.finding
    answer: FindingAnswer = FindingAnswer.objects.create(
        organisation=organisation,
        report=report,
        finding=finding.key,
        fingerprint=finding.fingerprint,
        figures=dict(finding.figures),
        reason=reason,
        answered_by=actor,
        answered_at=now,
    )
    record_event(
        organisation=organisation,
        actor=actor,
        action="report.finding_answered",
        now=now,
        subject=str(report.code),
        detail={"finding": finding.key, "figures": dict(finding.figures), "reason": reason},
    )
    return answer


def _withdraw(answer: FindingAnswer, *, organisation: Organisation, actor: User | None, now: datetime.datetime) -> None:
    answer.withdrawn_by, answer.withdrawn_at = actor, now
    answer.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record_event(
        organisation=organisation,
        actor=actor,
        action="report.finding_reopened",
        now=now,
        subject=str(answer.report.code),
        detail={"finding": answer.finding},
    )


def _draft(report: Report) -> ReportVersion:
    """Raises `ReportNotDraft`, also between a reopening and the next computation."""
    version = draft_version(report)
    if version is None:
        raise ReportNotDraft
    return version
