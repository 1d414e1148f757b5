"""Choosing how a report gets its commuting kilometres: with a reason, and written down."""

import datetime

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.domain.commute_method import CommuteMethod
from reporting.domain.commute_register import coverage
from reporting.domain.parameters import Parameters
from reporting.models import Report, ReportVersion
from reporting.selectors.commute_register import commute_register
from reporting.selectors.inputs import headcount_figures
from reporting.selectors.parameters import parameters_of
from reporting.selectors.week_by_week import report_weeks
from reporting.services.estimate_choice import refuse_beside_estimate
from reporting.services.report_access import draft_version, locked_report
from reporting.services.report_versions import write_draft
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused


class MethodNeedsReason(Refused):
    """A method is chosen without a reason."""

    sentence = gettext_lazy("Say why you choose this method. The reason stands in the evidence.")


class MethodUnknownThatYear(Refused):
    """214 days, for a year whose guidance does not know the method."""

    sentence = gettext_lazy("The guidance for this year does not know the method of 214 days. Choose another one.")


class WeekNotUsable(Refused):
    """The week is not one of the report's survey, or too few people answered in it."""

    sentence = gettext_lazy(
        "This week cannot stand alone: fewer than five people answered, or it is not in the survey."
    )


class TooFewRhythms(Refused):
    """214 days, with the rhythm of fewer employees than the method asks for."""

    def __init__(self, *, known: int, needed: int, employees: int) -> None:
        super().__init__()
        self.known, self.needed, self.employees = known, needed, employees

    def __str__(self) -> str:
        return _(
            "The method of 214 days needs the rhythm of %(needed)s of your %(employees)s employees (80 %%). We know"
            " %(known)s. Add people to the register, or use the survey."
        ) % {
            "needed": number_format(self.needed),
            "employees": number_format(self.employees),
            "known": number_format(self.known),
        }


def choose_commute_method(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    method: CommuteMethod,
    week_from: datetime.date | None = None,
    reason: str,
) -> ReportVersion:
    """Compute block 4 by this method alone from now on, and the draft anew. week_from: of the survey, this week only.

    Choosing the same with the same reason again only computes. Raises `MethodNeedsReason`, `MethodUnknownThatYear`,
    `TooFewRhythms`, `WeekNotUsable`, `EstimateInTheWay`, `ReportUnknown`, `ReportNotDraft`.
    """
    reason = reason.strip()
    if not reason:
        raise MethodNeedsReason
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        draft_version(report)
        _check(organisation=organisation, report=report, method=method, week_from=week_from)
        before = report.commute_method, report.commute_week_from
        refuse_beside_estimate(report, is_changed=before != (method.value, week_from))
        if (*before, report.method_reason) != (method.value, week_from, reason):
            report.commute_method, report.commute_week_from = method.value, week_from
            report.method_reason = reason
            report.method_chosen_by, report.method_chosen_at = actor, now
            report.save()
        version = write_draft(organisation=organisation, report=report, now=now)
        record_event(
            organisation=organisation,
            actor=actor,
            action="report.commute_method_chosen",
            now=now,
            subject=str(report.code),
            detail={
                "before": _name(*before),
                "method": _name(method.value, week_from),
                "reason": reason,
                "version": version.number,
                "inputs_hash": version.inputs_hash,
            },
        )
    return version


def _check(
    *, organisation: Organisation, report: Report, method: CommuteMethod, week_from: datetime.date | None
) -> None:
    parameters = parameters_of(organisation=organisation, reporting_year=report.reporting_year)
    if method is CommuteMethod.STANDARD_DAYS:
        _check_standard_days(organisation=organisation, report=report, parameters=parameters)
    if week_from is None:
        return
    weeks = None
    if method is CommuteMethod.SURVEY:
        weeks = report_weeks(organisation=organisation, report=report, headcount=1, parameters=parameters)
    if weeks is None or week_from not in {week.week_from for week in weeks.usable}:
        raise WeekNotUsable


def _check_standard_days(*, organisation: Organisation, report: Report, parameters: Parameters) -> None:
    headcount = headcount_figures(legal_entity=report.legal_entity, survey=None, parameters=parameters)
    register = commute_register(
        organisation=organisation,
        legal_entity=report.legal_entity,
        reporting_year=report.reporting_year,
        method=CommuteMethod.STANDARD_DAYS,
    )
    test = coverage(register=register, headcount=headcount.commute_multiplier, parameters=parameters)
    if test.needed is None or parameters.values["standard_working_days"].value is None:
        raise MethodUnknownThatYear
    if not test.is_enough:
        raise TooFewRhythms(known=test.known, needed=test.needed, employees=test.employees)


def _name(method: str, week_from: datetime.date | None) -> str:
    return method if week_from is None else f"{method} {week_from.isoformat()}"
