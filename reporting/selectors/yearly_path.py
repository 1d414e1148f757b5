"""Where an organisation stands on the way to this year's report, and what asks for attention today."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q

from reporting.domain.parameter_files import load_parameters, reporting_years
from reporting.enums import CellOrigin, ReportState
from reporting.models import Report, ReportCell, ReportVersion
from reporting.selectors.duty import EntityDuty, entity_duties
from reporting.selectors.retention import draft_reports
from surveys.enums import CampaignState
from surveys.models import Campaign, Employee, Invitation, MailBatch
from surveys.selectors.retention import retention_states
from surveys.selectors.waiting_batches import waiting_batches
from wpm_platform.organisations.models import LegalEntity, Organisation

DEADLINE_NEAR = datetime.timedelta(days=60)
CLOSING_NEAR = datetime.timedelta(days=3)


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    LATER = "later"


class Attention(StrEnum):
    NO_LEGAL_ENTITY = "no_legal_entity"
    CAMPAIGN_NOT_STARTED = "campaign_not_started"
    CAMPAIGN_PAUSED = "campaign_paused"
    MAIL_WAITS = "mail_waits"
    CAMPAIGN_CLOSES_SOON = "campaign_closes_soon"
    SURVEY_NOT_CHOSEN = "survey_not_chosen"
    CELLS_OPEN = "cells_open"
    DEADLINE_NEAR = "deadline_near"
    DEADLINE_PASSED = "deadline_passed"
    ROWS_GO_SOON = "rows_go_soon"


@dataclass(frozen=True, kw_only=True)
class AttentionItem:
    """count, campaign, report, batch and moment are filled where the kind of item speaks of them."""

    kind: Attention
    count: int = 0
    campaign: Campaign | None = None
    batch: MailBatch | None = None
    report: Report | None = None
    moment: datetime.datetime | datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class ReportStanding:
    """A report with its newest version and how many cells are open."""

    report: Report
    version: ReportVersion
    open_cells: int


@dataclass(frozen=True, kw_only=True)
class YearlyPath:
    """The five steps of one reporting year."""

    reporting_year: int
    years: tuple[int, ...]
    deadline: datetime.date
    staff: int
    legal_entities: int
    campaign: Campaign | None
    closes_at: datetime.datetime | None
    invited: int
    answered: int
    reports: tuple[ReportStanding, ...]
    duties: tuple[EntityDuty, ...]
    attention: tuple[AttentionItem, ...]

    @property
    def states(self) -> dict[str, StepState]:
        """Done, the first one that is not, and what comes later."""
        is_closed = self.campaign is not None and self.campaign.state == CampaignState.CLOSED
        is_started = self.campaign is not None and self.campaign.state != CampaignState.DRAFT
        fixed = [row for row in self.reports if row.version.state != ReportState.DRAFT]
        filed = [row for row in self.reports if row.version.state == ReportState.FILED]
        done = {
            "staff": self.staff > 0,
            "campaign": is_started,
            "answers": is_closed,
            "check": bool(self.legal_entities) and len(fixed) == self.legal_entities,
            "file": bool(self.legal_entities) and len(filed) == self.legal_entities,
        }
        states, is_first = {}, True
        for name, is_done in done.items():
            states[name] = StepState.DONE if is_done else StepState.NOW if is_first else StepState.LATER
            is_first = is_first and is_done
        return states


def current_reporting_year(*, today: datetime.date) -> int:
    """The year whose report is due next: 2025 until 30 June 2026, then 2026."""
    years = reporting_years()
    due = (year for year in years if load_parameters(reporting_year=year).day("filing_deadline") >= today)
    return next(due, years[-1])


def yearly_path(
    *, organisation: Organisation, reporting_year: int, now: datetime.datetime, today: datetime.date
) -> YearlyPath:
    """The state of every step; a fixed number of queries. Raises `ReportingYearUnknown`."""
    deadline = load_parameters(reporting_year=reporting_year).day("filing_deadline")
    campaign = _campaign_of_year(organisation=organisation, reporting_year=reporting_year)
    weeks = list(campaign.weeks.all()) if campaign else []
    invited, answered = _response(organisation=organisation, campaign=campaign)
    reports = _reports(organisation=organisation, reporting_year=reporting_year)
    path = YearlyPath(
        reporting_year=reporting_year,
        years=reporting_years(),
        deadline=deadline,
        staff=Employee.objects.filter(organisation=organisation, left_at__isnull=True).count(),
        legal_entities=LegalEntity.objects.filter(organisation=organisation).count(),
        campaign=campaign,
        closes_at=max((week.closes_at for week in weeks), default=None),
        invited=invited,
        answered=answered,
        reports=reports,
        duties=tuple(entity_duties(organisation=organisation, reporting_year=reporting_year)),
        attention=(),
    )
    items = (
        *_waiting_mails(organisation, now=now),
        *_setup_items(path, now=now),
        *_report_items(path, today=today),
        *_retention_items(organisation, today=today),
    )
    return YearlyPath(**{**vars(path), "attention": items})


def _campaign_of_year(*, organisation: Organisation, reporting_year: int) -> Campaign | None:
    """The campaign behind a fixed report, else the year's newest that was started, else the newest draft."""
    fixed = Report.objects.filter(campaign=OuterRef("pk"), versions__state__in=[ReportState.FROZEN, ReportState.FILED])
    campaigns = Campaign.objects.filter(organisation=organisation, reporting_year=reporting_year)
    found: Campaign | None = (
        campaigns.annotate(is_reported=Exists(fixed), is_draft=Q(state=CampaignState.DRAFT))
        .order_by("-is_reported", "is_draft", "-created_at")
        .first()
    )
    return found


def _response(*, organisation: Organisation, campaign: Campaign | None) -> tuple[int, int]:
    if campaign is None:
        return 0, 0
    counts = Invitation.objects.filter(
        organisation=organisation, campaign=campaign, withdrawn_at__isnull=True
    ).aggregate(invited=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)))
    return counts["invited"], counts["answered"]


def _reports(*, organisation: Organisation, reporting_year: int) -> tuple[ReportStanding, ...]:
    versions = (
        ReportVersion.objects.filter(organisation=organisation, report__reporting_year=reporting_year)
        .select_related("report__legal_entity")
        .order_by("report__legal_entity__kvk_number", "-number")
    )
    newest: dict[int, ReportVersion] = {}
    for version in versions:
        newest.setdefault(version.report_id, version)
    open_cells = dict(
        ReportCell.objects.filter(
            organisation=organisation,
            version__in=[version.pk for version in newest.values()],
            origin=CellOrigin.UNDETERMINED,
        )
        .order_by()
        .values_list("version")
        .annotate(open_cells=Count("pk"))
    )
    return tuple(
        ReportStanding(report=version.report, version=version, open_cells=open_cells.get(version.pk, 0))
        for version in newest.values()
    )


def _waiting_mails(organisation: Organisation, *, now: datetime.datetime) -> Iterator[AttentionItem]:
    """Of any year: they leave within minutes."""
    for batch in waiting_batches(organisation=organisation, now=now):
        yield AttentionItem(
            kind=Attention.MAIL_WAITS, campaign=batch.step.campaign, batch=batch, moment=batch.releases_at
        )


def _setup_items(path: YearlyPath, *, now: datetime.datetime) -> Iterator[AttentionItem]:
    campaign = path.campaign
    if not path.legal_entities:
        yield AttentionItem(kind=Attention.NO_LEGAL_ENTITY)
    if campaign is None:
        return
    if campaign.state == CampaignState.DRAFT:
        yield AttentionItem(kind=Attention.CAMPAIGN_NOT_STARTED, campaign=campaign)
    elif campaign.state == CampaignState.PAUSED:
        yield AttentionItem(kind=Attention.CAMPAIGN_PAUSED, campaign=campaign)
    elif campaign.state == CampaignState.RUNNING and path.closes_at and path.closes_at - now <= CLOSING_NEAR:
        yield AttentionItem(
            kind=Attention.CAMPAIGN_CLOSES_SOON,
            campaign=campaign,
            moment=path.closes_at,
            count=path.invited - path.answered,
        )


def _retention_items(organisation: Organisation, *, today: datetime.date) -> Iterator[AttentionItem]:
    """Of any year: what was announced, with how many reports get final figures by it."""
    for state in retention_states(organisation=organisation, today=today):
        if state.announced_at is not None and state.run is None and state.hold is None:
            yield AttentionItem(
                kind=Attention.ROWS_GO_SOON,
                campaign=state.campaign,
                moment=state.dates.anonymous_on,
                count=len(draft_reports(organisation=organisation, campaign=state.campaign)),
            )


def _is_due(path: YearlyPath) -> bool:
    """Whether a report must still be filed; without staff nothing says that none must."""
    known = [duty for duty in path.duties if duty.has_staff]
    return len(known) < len(path.duties) or not known or any(duty.must_file for duty in known)


def _report_items(path: YearlyPath, *, today: datetime.date) -> Iterator[AttentionItem]:
    is_closed = path.campaign is not None and path.campaign.state == CampaignState.CLOSED
    for row in path.reports:
        if row.version.state != ReportState.DRAFT:
            continue
        if is_closed and row.report.campaign_id is None:
            yield AttentionItem(kind=Attention.SURVEY_NOT_CHOSEN, report=row.report)
        elif row.open_cells:
            yield AttentionItem(kind=Attention.CELLS_OPEN, report=row.report, count=row.open_cells)
    if path.states["file"] is StepState.DONE or not _is_due(path):
        return
    if path.deadline < today:
        yield AttentionItem(kind=Attention.DEADLINE_PASSED, moment=path.deadline)
    elif path.deadline - today <= DEADLINE_NEAR:
        yield AttentionItem(kind=Attention.DEADLINE_NEAR, moment=path.deadline, count=(path.deadline - today).days)
