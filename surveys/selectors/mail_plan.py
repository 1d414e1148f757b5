"""A campaign's mail plan as a calendar: what leaves when, what stands in its way, and what HR may do about it."""

import datetime
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from surveys.domain.calendar import SATURDAY, Holiday, local_date, public_holiday, weekday_holidays
from surveys.domain.mail_limit import PlannedCount
from surveys.domain.mail_lines import NOT_INVITED
from surveys.domain.school_holidays import SchoolHoliday, knows_year, school_holidays_in
from surveys.enums import CampaignState, MailStepKind, MailStepState
from surveys.models import Campaign, MailBatch, MailStep, SurveyWeek
from surveys.selectors.asking import asking_of
from surveys.selectors.mail_limit import planned_counts
from surveys.selectors.mail_lines import mail_lines
from surveys.selectors.mail_settings import mail_hours, undo_time
from surveys.selectors.plan_steps import plan_rows
from surveys.selectors.population import expected_population
from wpm_platform.organisations.models import Organisation

WAITING = (MailStepState.PLANNED, MailStepState.UNDONE)


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One mail of the plan.

    batch: its frozen list, when there is one that was not undone; receiving and left_out count its people.
    is_at_night, is_weekend, public_holiday (its name): why the moment is a poor one.
    """

    step: MailStep
    batch: MailBatch | None
    receiving: int | None
    left_out: int | None
    is_past: bool
    is_next: bool
    is_at_night: bool
    is_weekend: bool
    public_holiday: str
    can_move: bool
    can_skip: bool
    can_restore: bool
    can_undo: bool


@dataclass(frozen=True, kw_only=True)
class AskedWeekWarnings:
    """Why a surveyed week is no normal week. Without any reason both are empty.

    knows_school_holidays: whether our file reaches to the week's year; where it does not, it is silent about it.
    """

    week: SurveyWeek
    public_holidays: tuple[Holiday, ...]
    school_holidays: tuple[SchoolHoliday, ...]
    knows_school_holidays: bool


@dataclass(frozen=True, kw_only=True)
class PlanCalendar:
    """The whole plan. counts: mails per person beside what was promised; undo_minutes: how long a list waits."""

    lines: tuple[PlanLine, ...]
    weeks: tuple[AskedWeekWarnings, ...]
    counts: tuple[PlannedCount, ...]
    undo_minutes: int
    can_change_closing: bool

    @property
    def exceeded(self) -> PlannedCount | None:
        """The first count that is above what was promised."""
        return next((count for count in self.counts if count.is_exceeded), None)


@dataclass(frozen=True, kw_only=True)
class StepForecast:
    """How many would get a mail of the plan by what is known now, and how many not per reason, largest first."""

    receiving: int
    left_out: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]

    @property
    def left_out_total(self) -> int:
        return sum(count for _reason, count in self.left_out)


def plan_calendar(*, campaign: Campaign, now: datetime.datetime, language: str = "nl") -> PlanCalendar:
    """The plan of one campaign in order of time; the number of queries does not depend on the number of steps."""
    plan = plan_rows(campaign=campaign)
    batches = _batches(campaign)
    rows = sorted(plan.rows, key=lambda row: (row.due_at, row.pk))
    following = next((row.pk for row in rows if row.state == MailStepState.PLANNED and row.due_at > now), None)
    lines = tuple(
        _line(
            row,
            campaign=campaign,
            batch=batches.get(row.pk),
            now=now,
            is_next=row.pk == following,
            language=language,
        )
        for row in rows
    )
    return PlanCalendar(
        lines=lines,
        weeks=tuple(_week_warnings(week, language=language) for week in plan.weeks),
        counts=tuple(planned_counts(campaign=campaign)),
        undo_minutes=int(undo_time() / datetime.timedelta(minutes=1)),
        can_change_closing=campaign.state in (CampaignState.RUNNING, CampaignState.PAUSED),
    )


def step_by_code(*, organisation: Organisation, campaign: Campaign, code: UUID) -> MailStep:
    """A step with its campaign and week. Raises `MailStep.DoesNotExist`, also for another organisation's."""
    found: MailStep = MailStep.objects.select_related("campaign__organisation", "week").get(
        organisation=organisation, campaign=campaign, code=code
    )
    return found


def step_forecast(*, step: MailStep, now: datetime.datetime) -> StepForecast:
    """Who would get the step, were its list made now. Of a draft: who would be invited.

    Before the invitation has left, a reminder is forecast as if everybody had got it and nobody answered.
    """
    campaign = step.campaign
    if campaign.state == CampaignState.DRAFT:
        mondays = list(campaign.weeks.order_by("monday").values_list("monday", flat=True))
        expected = expected_population(
            organisation=campaign.organisation, mondays=mondays, today=local_date(now), asking=asking_of(campaign)
        )
        return StepForecast(receiving=expected.invited, left_out=expected.excluded, languages=())
    lines = mail_lines(step=step, planned_at=max(step.due_at, now), now=now)
    is_before_invitation = step.kind == MailStepKind.REMINDER and now < step.week.opens_at
    ignored = {"", NOT_INVITED} if is_before_invitation else {""}
    receiving = [line for line in lines if line.reason in ignored]
    left_out = Counter(line.reason for line in lines if line.reason not in ignored)
    languages = Counter(line.language for line in receiving)
    return StepForecast(
        receiving=len(receiving), left_out=tuple(left_out.most_common()), languages=tuple(languages.most_common())
    )


def _line(
    row: MailStep,
    *,
    campaign: Campaign,
    batch: MailBatch | None,
    now: datetime.datetime,
    is_next: bool,
    language: str,
) -> PlanLine:
    is_editable = campaign.state != CampaignState.CLOSED or row.kind == MailStepKind.THANKS
    is_waiting = is_editable and row.state in WAITING
    day = local_date(row.due_at)
    return PlanLine(
        step=row,
        batch=batch,
        receiving=batch.receiving if batch else None,  # type: ignore[attr-defined]  # annotated by the query
        left_out=batch.left_out if batch else None,  # type: ignore[attr-defined]  # annotated by the query
        is_past=row.state in (MailStepState.RELEASED, MailStepState.EXPIRED) or row.due_at <= now,
        is_next=is_next,
        is_at_night=not mail_hours().contain(row.due_at),
        is_weekend=day.weekday() >= SATURDAY,
        public_holiday=public_holiday(day, language=language),
        can_move=is_waiting,
        can_skip=is_waiting and row.kind != MailStepKind.INVITATION,
        can_restore=is_editable and row.state in (MailStepState.SKIPPED, MailStepState.UNDONE) and row.expires_at > now,
        can_undo=row.state == MailStepState.PREPARED and batch is not None and batch.releases_at > now,
    )


def _batches(campaign: Campaign) -> dict[int, MailBatch]:
    batches = (
        MailBatch.objects.filter(organisation=campaign.organisation_id, step__campaign=campaign, undone_at__isnull=True)
        .annotate(
            receiving=Count("lines", filter=Q(lines__reason="")),
            left_out=Count("lines", filter=~Q(lines__reason="")),
        )
        .order_by("pk")
    )
    return {batch.step_id: batch for batch in batches}


def _week_warnings(week: SurveyWeek, *, language: str) -> AskedWeekWarnings:
    return AskedWeekWarnings(
        week=week,
        public_holidays=weekday_holidays(week.monday, language=language),
        school_holidays=school_holidays_in(week.monday),
        knows_school_holidays=knows_year(week.monday.year),
    )
