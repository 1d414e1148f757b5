"""The last survey among everybody, for a year in which only joiners or a lot were asked."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db.models import Max

from reporting.domain.estimation.chosen_features import with_features
from reporting.domain.estimation.guard_rails import ANSWERS_FOR_AN_OWN_MODEL
from reporting.domain.estimation.people import People
from reporting.domain.parameters import Parameters
from reporting.selectors.estimation import estimation_people
from surveys.domain.population import MODELLED
from surveys.enums import Asks, CampaignState
from surveys.models import Campaign, PopulationMember, SurveyWeek
from wpm_platform.organisations.models import LegalEntity, Organisation

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, kw_only=True)
class LastSurvey:
    """people: who could answer it, with what they told. years: since then. turnover: the part of the staff that came
    since then.
    """

    people: People
    years: float
    turnover: float


def broad_campaign(campaign: Campaign) -> Campaign | None:
    """The last closed campaign before this one that asked everybody."""
    earlier = Campaign.objects.filter(
        organisation=campaign.organisation_id, state=CampaignState.CLOSED, asks=Asks.EVERYBODY
    )
    return earlier.filter(closed_at__lte=campaign.started_at).order_by("-closed_at", "-pk").first()


def last_survey(
    *,
    campaign: Campaign,
    legal_entity: LegalEntity,
    parameters: Parameters,
    features: Collection[str],
    people: People,
) -> LastSurvey | None:
    """The answers to that survey with the features that `people` have as well, enough to fit a model on.

    None without such a survey, with fewer than 75 answers to it, and once its rows about persons went.
    """
    broad = broad_campaign(campaign)
    if broad is None:
        return None
    organisation: Organisation = campaign.organisation
    found = estimation_people(
        organisation=organisation, campaign=broad, legal_entity=legal_entity, parameters=parameters
    )
    if found is None or found.people.respondents < ANSWERS_FOR_AN_OWN_MODEL:
        return None
    known = with_features(found, features).people
    known = replace(
        known,
        numeric={name: column for name, column in known.numeric.items() if name in people.numeric},
        categorical={name: column for name, column in known.categorical.items() if name in people.categorical},
    )
    return LastSurvey(
        people=known,
        years=max(0.0, (_last_monday(campaign) - _last_monday(broad)).days / DAYS_PER_YEAR),
        turnover=_turnover(campaign, broad=broad, legal_entity=legal_entity),
    )


def _last_monday(campaign: Campaign) -> datetime.date:
    weeks = SurveyWeek.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
    monday: datetime.date = weeks.aggregate(last=Max("monday"))["last"]
    return monday


def _turnover(campaign: Campaign, *, broad: Campaign, legal_entity: LegalEntity) -> float:
    """The part of those who could be asked now who could not be asked then, in whichever legal entity."""
    now = PopulationMember.objects.filter(
        organisation=campaign.organisation_id, campaign=campaign, legal_entity=legal_entity
    )
    could = now.filter(is_invited=True) | now.filter(exclusion_reason__in=[reason.value for reason in MODELLED])
    then = PopulationMember.objects.filter(organisation=campaign.organisation_id, campaign=broad)
    people = could.count()
    return could.exclude(employee__in=then.values("employee")).count() / people if people else 0.0
