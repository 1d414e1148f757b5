"""What the page for choosing the method of commuting shows: each method with its figures, side by side, never mixed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise

from reporting.domain.commute_method import CommuteMethod, CommuteRegister, MethodChoice
from reporting.domain.commute_register import Coverage, coverage
from reporting.domain.matrix import build_matrix
from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ReportInputs
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.domain.week_by_week import ModeGroup, ShownWeek, WeekByWeek
from reporting.labels import CHOICE_LABELS, REASON_LABELS
from reporting.mode_groups import GROUP_COLOURS, GROUP_LABELS, GROUP_OF_LINE
from reporting.models import BusinessImport, Report
from reporting.selectors.business import applied_commute_files
from reporting.selectors.commute_register import commute_register
from reporting.selectors.inputs import headcount_figures, method_choice
from reporting.selectors.parameters import parameters_of
from reporting.selectors.survey import survey_sums
from reporting.selectors.week_by_week import report_weeks
from reporting.source_labels import source_label
from reporting.staff_labels import CERTAINTY_LABELS
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class MethodColumn:
    """What one method gives: kilometres a year per group of vehicles and in total; None with the reason why not."""

    method: CommuteMethod
    label: Promise
    is_chosen: bool
    total: int | None
    groups: tuple[int | None, ...]
    reason: Promise | None


@dataclass(frozen=True, kw_only=True)
class Share:
    """Part of a bar. start and width in per cent of it, as SVG wants them."""

    label: Promise
    colour: str
    start: float
    width: float

    @property
    def percentage(self) -> float:
        return self.width


@dataclass(frozen=True, kw_only=True)
class WeekRow:
    """One week in the figure; without figures when hidden or when nobody answered."""

    week: ShownWeek
    shares: tuple[Share, ...]
    annual_km: int | None
    km_per_respondent: float | None


@dataclass(frozen=True, kw_only=True)
class WeekFigure:
    """The weeks of a survey; groups: (label, colour) of the parts, in the order of the bars."""

    rows: tuple[WeekRow, ...]
    groups: tuple[tuple[Promise, str], ...]
    hidden: int
    chosen: datetime.date | None

    @property
    def usable(self) -> tuple[ShownWeek, ...]:
        return tuple(row.week for row in self.rows if row.km_per_respondent is not None)


@dataclass(frozen=True, kw_only=True)
class MethodPage:
    choice: MethodChoice
    columns: tuple[MethodColumn, ...]
    group_labels: tuple[Promise, ...]
    coverage: Coverage
    weeks: WeekFigure | None
    rhythm_files: tuple[BusinessImport, ...]
    registration_files: tuple[BusinessImport, ...]
    days_source: Promise | str
    days_certainty: Promise | str


def method_page(*, organisation: Organisation, report: Report) -> MethodPage:
    """The methods as they are now, whatever the stored version says."""
    parameters = parameters_of(organisation=organisation, reporting_year=report.reporting_year)
    where: dict[str, Any] = {
        "organisation": organisation,
        "legal_entity": report.legal_entity,
        "reporting_year": report.reporting_year,
    }
    choice = method_choice(report)
    survey = survey_sums(organisation=organisation, campaign=report.campaign, legal_entity=report.legal_entity)
    headcount = headcount_figures(legal_entity=report.legal_entity, survey=survey, parameters=parameters)
    registers = {method: commute_register(**where, method=method) for method in CommuteMethod}
    base = ReportInputs(
        kvk_number=report.legal_entity.kvk_number,
        reporting_year=report.reporting_year,
        parameter_version=parameters.version,
        headcount=headcount,
        survey=survey,
        least_people=5,
    )
    columns = tuple(_columns(base, registers, choice=choice, parameters=parameters))
    days = parameters.values["standard_working_days"]
    return MethodPage(
        choice=choice,
        columns=columns,
        group_labels=tuple(GROUP_LABELS[group] for group in _GROUPS),
        coverage=coverage(
            register=registers[CommuteMethod.STANDARD_DAYS],
            headcount=headcount.commute_multiplier,
            parameters=parameters,
        ),
        weeks=week_figure(
            report_weeks(
                organisation=organisation, report=report, headcount=headcount.commute_multiplier, parameters=parameters
            ),
            chosen=choice.week_from,
        ),
        rhythm_files=tuple(applied_commute_files(**where, method=CommuteMethod.STANDARD_DAYS)),
        registration_files=tuple(applied_commute_files(**where, method=CommuteMethod.TRIP_REGISTRATION)),
        days_source=source_label(days.source),
        days_certainty=CERTAINTY_LABELS[days.certainty],
    )


def shown_weeks(
    *, organisation: Organisation, report: Report, inputs: ReportInputs, parameters: Parameters
) -> WeekFigure | None:
    """The weeks behind a version by a survey; None for another method or one week only."""
    if inputs.survey is None:
        return None
    weeks = report_weeks(
        organisation=organisation,
        report=report,
        headcount=inputs.headcount.commute_multiplier,
        parameters=parameters,
    )
    return week_figure(weeks, chosen=inputs.choice.week_from)


def week_figure(weeks: WeekByWeek | None, *, chosen: datetime.date | None) -> WeekFigure | None:
    """The weeks with words and bars; None without several weeks."""
    if weeks is None:
        return None
    return WeekFigure(
        rows=tuple(
            WeekRow(
                week=week,
                shares=tuple(_shares(week, weeks)),
                annual_km=None if week.annual_km is None else round_half_up(week.annual_km),
                km_per_respondent=None if week.km_per_respondent is None else float(week.km_per_respondent),
            )
            for week in weeks.weeks
        ),
        groups=tuple((GROUP_LABELS[group], GROUP_COLOURS[group]) for group in weeks.groups),
        hidden=weeks.hidden,
        chosen=chosen,
    )


_GROUPS = tuple(group for group in ModeGroup if group is not ModeGroup.OTHERS)


def _columns(
    base: ReportInputs,
    registers: dict[CommuteMethod, CommuteRegister],
    *,
    choice: MethodChoice,
    parameters: Parameters,
) -> Iterator[MethodColumn]:
    """Each method over the same headcount; the survey with all its weeks."""
    for method in CommuteMethod:
        inputs = base
        if method is not CommuteMethod.SURVEY:
            inputs = replace(base, survey=None, choice=MethodChoice(method=method), register=registers[method])
        cells = build_matrix(inputs, parameters).block(RvoBlock.COMMUTE)
        values = {cell.line: None if cell.value is None else int(cell.value) for cell in cells}
        reason = next((cell.derivation.undetermined_reason for cell in cells if cell.value is None), None)
        yield MethodColumn(
            method=method,
            label=CHOICE_LABELS[method],
            is_chosen=choice.method is method and choice.week_from is None,
            total=_sum(values, set(RvoLine)),
            groups=tuple(_sum(values, {line for line in RvoLine if GROUP_OF_LINE[line] is group}) for group in _GROUPS),
            reason=REASON_LABELS[reason] if reason else None,
        )


def _sum(values: dict[RvoLine, int | None], lines: set[RvoLine]) -> int | None:
    found = [values[line] for line in lines]
    return None if None in found else sum(value or 0 for value in found)


def _shares(week: ShownWeek, weeks: WeekByWeek) -> Iterator[Share]:
    start = Fraction(0)
    for group in weeks.groups:
        share = week.shares.get(group, Fraction(0))
        if share:
            yield Share(
                label=GROUP_LABELS[group],
                colour=GROUP_COLOURS[group],
                start=round(float(start * 100), 2),
                width=round(float(share * 100), 2),
            )
        start += share
