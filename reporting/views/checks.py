"""What stands out of a report before it is frozen, and the answers to it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reporting.enums import ReportState
from reporting.forms.checks import AnswerForm, TakeBackForm
from reporting.models import Report
from reporting.selectors.checks_page import findings_shown, left_out_shown, thresholds_shown
from reporting.services.plausibility import answer_finding, take_back_answer
from reporting.views.answers import carry_out
from reporting.views.found import report_or_404, version_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_REPORTS)
@require_safe
def report_checks(request: ConsoleRequest, code: UUID) -> HttpResponse:
    return _page(request, report_or_404(request, code))


@needs(Right.MANAGE_REPORTS)
@require_POST
def report_finding_answer(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """Note why one finding is right."""
    report = report_or_404(request, code)
    form = AnswerForm(request.POST)
    if "fingerprint" not in form.data:
        raise Http404
    if not form.is_valid():
        return _page(request, report, wrong=form)
    done = _("Your answer is kept with the report.")
    carry_out(request, answer_finding, done=done, report=report, now=clock.now(), **form.cleaned_data)
    return console_redirect(request, "report_checks", code=report.code)


@needs(Right.MANAGE_REPORTS)
@require_POST
def report_finding_reopen(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """Take an answer back, so that its finding is open again."""
    report = report_or_404(request, code)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        raise Http404
    done = _("Your answer is taken back. It stays in the audit trail.")
    carry_out(request, take_back_answer, done=done, report=report, now=clock.now(), code=form.cleaned_data["answer"])
    return console_redirect(request, "report_checks", code=report.code)


def _page(request: ConsoleRequest, report: Report, *, wrong: AnswerForm | None = None) -> HttpResponse:
    """All findings, each with its form while it is open; the one whose form was wrong says so."""
    version = version_or_404(report)
    can_answer = version.state == ReportState.DRAFT and request.place.holds(Right.MANAGE_REPORTS)
    rows = findings_shown(organisation=request.organisation, report=report, version=version)
    asked = wrong.data.get("fingerprint") if wrong else None
    forms = [
        (row, (wrong if row.finding.fingerprint == asked else _form(row.finding.fingerprint)) if can_answer else None)
        for row in rows
    ]
    context = {
        "report": report,
        "version": version,
        "open_rows": [pair for pair in forms if pair[0].is_open],
        "answered_rows": [pair[0] for pair in forms if not pair[0].is_open],
        "can_answer": can_answer,
        "left_out": left_out_shown(version),
        "thresholds": thresholds_shown(version),
        "wrong": wrong,
    }
    return render(request, "reporting/report_checks.html", context, status=422 if wrong else 200)


def _form(fingerprint: str) -> AnswerForm:
    return AnswerForm(initial={"fingerprint": fingerprint}, auto_id=f"id_{fingerprint[:12]}_%s")
