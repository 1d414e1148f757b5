"""Publishes the result of a campaign for employees, and withdraws it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.domain.published_result import figures_to_json
from surveys.enums import CampaignState
from surveys.models import Campaign, PublishedResult
from surveys.selectors.published_result import result_to_publish
from surveys.services.campaign_lock import locked_campaign
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused


class ResultNotReady(Refused):
    """Only a closed campaign has a result."""

    sentence = _("Close the campaign first. While answers come in there is no result.")


class ResultTooSmall(Refused):
    """Fewer than five people answered."""

    sentence = _("Fewer than five people answered. A result could tell what somebody answered, so there is none.")


class ResultPublished(Refused):
    """It is published already."""

    sentence = _("The result is published already.")


class ResultNotPublished(Refused):
    """There is nothing to withdraw."""

    sentence = _("The result is not published, so there is nothing to withdraw.")


@transaction.atomic
def publish_result(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, campaign: Campaign
) -> PublishedResult:
    """Let employees read the result from their personal link. The figures of the first time stay, also when withdrawn.

    Raises `ResultNotReady`, `ResultTooSmall`, `ResultPublished`.
    """
    found = locked_campaign(organisation=organisation, campaign=campaign)
    if found.state != CampaignState.CLOSED:
        raise ResultNotReady
    result = _kept(found)
    if result is not None and result.withdrawn_at is None:
        raise ResultPublished
    figures = result_to_publish(found)
    if figures is None:
        raise ResultTooSmall
    result = result or PublishedResult(organisation=organisation, campaign=found, figures=figures_to_json(figures))
    result.published_at, result.published_by, result.withdrawn_at = now, actor, None
    result.save()
    _record(found, actor=actor, now=now, action="campaign.result_published")
    return result


@transaction.atomic
def withdraw_result(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, campaign: Campaign
) -> PublishedResult:
    """Nobody can read the result any more, until it is published again. Raises `ResultNotPublished`."""
    found = locked_campaign(organisation=organisation, campaign=campaign)
    result = _kept(found)
    if result is None or result.withdrawn_at is not None:
        raise ResultNotPublished
    result.withdrawn_at = now
    result.save(update_fields=["withdrawn_at"])
    _record(found, actor=actor, now=now, action="campaign.result_withdrawn")
    return result


def _kept(campaign: Campaign) -> PublishedResult | None:
    found: PublishedResult | None = PublishedResult.objects.filter(
        organisation=campaign.organisation_id, campaign=campaign
    ).first()
    return found


def _record(campaign: Campaign, *, actor: User | None, now: datetime.datetime, action: str) -> None:
    record_event(
        organisation=campaign.organisation, actor=actor, action=action, now=now, subject=str(campaign.code), detail={}
    )
