"""What the summary for the works council is made from: the settings as they are, and the latest figures."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from reporting.method_statement import method_statement
from reporting.models import ReportVersion
from reporting.selectors.reports import legal_entities
from reporting.selectors.versions import stored_matrix, stored_source_of
from surveys.domain.published_result import ResultFigures
from surveys.enums import CampaignState
from surveys.models import Campaign
from surveys.selectors.published_result import is_published, result_to_publish
from surveys.selectors.retention import RetentionState, retention_states
from surveys.services.person_reads import KEPT
from wpm_platform.organisations.models import LegalEntity, Membership, Organisation


@dataclass(frozen=True, kw_only=True)
class CouncilFacts:
    """campaign: the latest that was started, running or over; None before the first. result: of the latest closed one.

    members: people per role. statement: how the figures of the newest report came about, in the language at hand.
    """

    organisation: Organisation
    today: datetime.date
    entities: tuple[LegalEntity, ...]
    members: Mapping[str, int]
    campaign: Campaign | None
    retention: tuple[RetentionState, ...]
    closed: Campaign | None
    result: ResultFigures | None
    is_published: bool
    report: ReportVersion | None
    statement: tuple[str, ...]
    mail_days: int
    read_days: int


def council_facts(*, organisation: Organisation, today: datetime.date) -> CouncilFacts:
    started = Campaign.objects.filter(organisation=organisation).exclude(state=CampaignState.DRAFT)
    closed = started.filter(state=CampaignState.CLOSED).select_related("organisation").first()
    report = (
        ReportVersion.objects.filter(organisation=organisation)
        .select_related("report__legal_entity")
        .order_by("-report__reporting_year", "-built_at")
        .first()
    )
    return CouncilFacts(
        organisation=organisation,
        today=today,
        entities=tuple(legal_entities(organisation=organisation)),
        members=dict(
            Membership.objects.filter(organisation=organisation)
            .order_by()
            .values_list("role")
            .annotate(people=Count("pk"))
        ),
        campaign=started.first(),
        retention=tuple(retention_states(organisation=organisation, today=today)),
        closed=closed,
        result=result_to_publish(closed) if closed else None,
        is_published=closed is not None and is_published(closed),
        report=report,
        statement=_statement(report) if report else (),
        mail_days=settings.MAIL_KEEP_DAYS,
        read_days=KEPT.days,
    )


def _statement(version: ReportVersion) -> tuple[str, ...]:
    inputs, parameters = stored_source_of(version)
    return method_statement(inputs=inputs, parameters=parameters, matrix=stored_matrix(version))
