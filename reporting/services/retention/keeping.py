"""Keeps what a closed survey adds up to before the first answer is deleted, so that no figure ever moves by it."""

import datetime
from typing import Any

from django.db import transaction

from reporting.domain.parameter_files import reporting_years
from reporting.models import KeptSurvey, Report
from reporting.selectors.evidence_facts import live_contributors
from reporting.selectors.parameters import parameters_of
from reporting.selectors.survey import live_rows, survey_sums
from reporting.selectors.survey_facts import live_facts
from surveys.models import Campaign, PopulationMember
from surveys.services.campaign_lock import locked_campaign
from surveys.services.retention.totals import keep_answer_totals
from wpm_platform.organisations.models import LegalEntity, Organisation
from wpm_platform.scoping import Role, organisation_scope


@transaction.atomic
def keep_sums(*, organisation: Organisation, campaign: Campaign, now: datetime.datetime) -> None:
    """Keep the sums of each legal entity, and what HR's pages show of the answers; the first time stays."""
    found = locked_campaign(organisation=organisation, campaign=campaign)
    keep_answer_totals(organisation=organisation, campaign=found, now=now)
    for entity in LegalEntity.objects.filter(organisation=organisation):
        _keep(organisation, found, entity, now=now)


@transaction.atomic
def keep_facts(*, organisation: Organisation, campaign: Campaign) -> None:
    """Keep the counts beside the figures as well, just before the rows about persons go; the first time stays."""
    found = locked_campaign(organisation=organisation, campaign=campaign)
    if not PopulationMember.objects.filter(organisation=organisation, campaign=found).exists():
        return
    for entity in LegalEntity.objects.filter(organisation=organisation):
        facts = live_facts(organisation=organisation, campaign=found, legal_entity=entity).to_json()
        with organisation_scope(organisation, role=Role.REPORTING):
            KeptSurvey.objects.filter(
                organisation=organisation, campaign=found, legal_entity=entity, facts__isnull=True
            ).update(facts=facts)


def _keep(organisation: Organisation, campaign: Campaign, entity: LegalEntity, *, now: datetime.datetime) -> None:
    contributors = _contributors(organisation, campaign, entity)
    named: dict[str, Any] = {"organisation": organisation, "campaign": campaign, "legal_entity": entity}
    with organisation_scope(organisation, role=Role.REPORTING):
        if KeptSurvey.objects.filter(**named).exists():
            return
        weeks, metres = live_rows(**named)
        KeptSurvey.objects.create(
            **named, kept_at=now, sums={"weeks": weeks, "metres": metres, "contributors": contributors}
        )


def _contributors(organisation: Organisation, campaign: Campaign, entity: LegalEntity) -> dict[str, Any]:
    """People behind each line, per reporting year that the campaign is, or was ever chosen, for."""
    survey = survey_sums(organisation=organisation, campaign=campaign, legal_entity=entity)
    reports = Report.objects.filter(organisation=organisation, campaign=campaign)
    years = set(reports.values_list("reporting_year", flat=True))
    found = {}
    # No report can be made for a year without parameters.
    for year in sorted((years | {campaign.reporting_year}) & set(reporting_years())):
        people = live_contributors(
            organisation=organisation,
            campaign=campaign,
            legal_entity=entity,
            survey=survey,
            parameters=parameters_of(organisation=organisation, reporting_year=year),
        )
        found[str(year)] = {line.value: number for line, number in people.items()}
    return found
