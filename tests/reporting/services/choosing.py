"""Choosing between the guidance's figures and an estimate, and what the report then holds."""

import datetime
import uuid

from reporting.domain.rvo import RvoBlock
from reporting.models import Report, ReportVersion
from reporting.selectors.versions import stored_matrix, stored_source_of
from reporting.services.estimate_choice import (
    choose_estimate,
    choose_guidance,
)
from surveys.models import Campaign, Response
from tests.factories import as_owner, make_week
from tests.reporting.report_rows import in_scope
from tests.reporting.surveyed_employer import MONDAY, Trip
from wpm_platform.scoping import organisation_scope

WHY = "Wie ver weg woont, antwoordde minder"


def choose(report, run, *, reason=WHY):
    with in_scope(report) as where:
        return choose_estimate(**where, run=run, reason=reason)


def back(report, *, reason="Toch de handreiking"):
    with in_scope(report) as where:
        return choose_guidance(**where, reason=reason)


def newest(report):
    with organisation_scope(report.organisation):
        version = ReportVersion.objects.select_related("report__legal_entity").filter(report=report).first()
        return version, stored_matrix(version), stored_source_of(version)


def commute(report):
    return {cell.line.value: cell.value for cell in newest(report)[1].block(RvoBlock.COMMUTE)}


def stored(report):
    with organisation_scope(report.organisation):
        return Report.objects.select_related("estimation", "campaign").get(pk=report.pk)


def few_by_train(number, chance):
    return Trip(mode="public_transport", days=5) if number in (0, 1, 2) else Trip(mode="car", fuel="petrol", days=4)


def second_week(report):
    """Five of those who answered told another week as well."""
    with as_owner(report.organisation):
        campaign = Campaign.objects.select_related("organisation").get(pk=report.campaign_id)
    week = make_week(campaign, monday=MONDAY + datetime.timedelta(days=7))
    with as_owner(report.organisation):
        for response in list(Response.objects.filter(campaign=report.campaign).order_by("pk")[:5]):
            days = list(response.days.all())
            invitation = response.invitation
            invitation.pk, invitation.code, invitation.week = None, uuid.uuid4(), week
            invitation.save(force_insert=True)
            response.pk, response.invitation, response.week = None, invitation, week
            response.save(force_insert=True)
            for day in days:
                day.pk, day.response, day.date = None, response, day.date + datetime.timedelta(days=7)
                day.save(force_insert=True)
