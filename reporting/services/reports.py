"""Opening a report and choosing the survey that it rests on."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reporting.domain.parameter_files import load_parameters
from reporting.models import Report
from reporting.services.estimate_choice import refuse_beside_estimate
from reporting.services.report_access import draft_version, locked_report
from reporting.services.report_versions import write_draft
from surveys.domain.asking import WITH_JOINERS
from surveys.enums import CampaignState
from surveys.models import Campaign
from wpm_platform.organisations.models import LegalEntity, Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused


class LegalEntityUnknown(Refused):
    """This organisation has no such legal entity."""

    sentence = _("Your organisation has no such legal entity.")


class CampaignNotUsable(Refused):
    """Only a closed campaign of this organisation gives figures."""

    sentence = _("Close the campaign first. Its answers count once nobody can change them any more.")


def open_report(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    legal_entity: LegalEntity,
    reporting_year: int,
) -> Report:
    """The report of one KvK number for one year, with a first computed draft; opening it again returns the same.

    Where one campaign for that year is closed, the report takes it. Raises `LegalEntityUnknown` for another
    organisation's legal entity and `ReportingYearUnknown` for a year without parameters.
    """
    if legal_entity.organisation_id != organisation.pk:
        raise LegalEntityUnknown
    load_parameters(reporting_year=reporting_year)
    report: Report
    with transaction.atomic():
        report, is_new = Report.objects.get_or_create(
            organisation=organisation,
            legal_entity=legal_entity,
            reporting_year=reporting_year,
            defaults={
                "campaign": _only_closed_campaign(organisation=organisation, reporting_year=reporting_year),
                "created_at": now,
            },
        )
        if is_new:
            version = write_draft(organisation=organisation, report=report, now=now)
            record_event(
                organisation=organisation,
                actor=actor,
                action="report.opened",
                now=now,
                subject=str(report.code),
                detail={
                    "kvk_number": legal_entity.kvk_number,
                    "reporting_year": reporting_year,
                    "inputs_hash": version.inputs_hash,
                },
            )
    return report


def choose_campaign(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    campaign: Campaign | None,
) -> Report:
    """Take commuting from this campaign (None: from no survey) and compute the draft anew.

    Choosing the same campaign again only computes. Raises `ReportUnknown`, `ReportNotDraft`, `EstimateInTheWay`, and
    `CampaignNotUsable` for a campaign of another organisation or one that is not closed.
    """
    if campaign is not None and (campaign.organisation_id != organisation.pk or campaign.state != CampaignState.CLOSED):
        raise CampaignNotUsable
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        draft_version(report)
        refuse_beside_estimate(report, is_changed=campaign != report.campaign)
        if campaign != report.campaign and report.commute_week_from is not None:
            # The one week that counted is a week of the other survey.
            report.commute_week_from, report.method_reason = None, ""
            report.method_chosen_by, report.method_chosen_at = None, None
        report.campaign = campaign
        report.save()
        version = write_draft(organisation=organisation, report=report, now=now)
        record_event(
            organisation=organisation,
            actor=actor,
            action="report.campaign_chosen",
            now=now,
            subject=str(report.code),
            detail={
                "campaign": str(campaign.code) if campaign else None,
                "version": version.number,
                "inputs_hash": version.inputs_hash,
            },
        )
    return report


def _only_closed_campaign(*, organisation: Organisation, reporting_year: int) -> Campaign | None:
    # Joiners do not stand for everybody: such a survey is only taken when somebody chooses it.
    closed = list(
        Campaign.objects.filter(
            organisation=organisation, reporting_year=reporting_year, state=CampaignState.CLOSED
        ).exclude(asks__in=[asks.value for asks in WITH_JOINERS])[:2]
    )
    return closed[0] if len(closed) == 1 else None
