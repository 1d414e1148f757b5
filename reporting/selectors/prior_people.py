"""The answers with which one employer takes part in the shared model; read in its own scope."""

import datetime

from reporting.domain.estimation.people import People, PeopleUnusable
from reporting.domain.estimation.shared_prior import shareable
from reporting.domain.parameter_files import ReportingYearUnknown
from reporting.selectors.estimation import estimation_people
from reporting.selectors.parameters import parameters_of
from reporting.selectors.prior_consent import open_consent
from surveys.enums import Asks, CampaignState
from surveys.models import Campaign
from wpm_platform.organisations.models import LegalEntity, Organisation

# As for an employer's own model: after three years everybody is asked again.
NEWEST = datetime.timedelta(days=3 * 366)


def prior_people(*, organisation: Organisation, now: datetime.datetime) -> People | None:
    """Respondents of the latest closed survey among everybody; None without consent, or without a usable survey.

    Distance, contract days, and days and kilometres per mode: no name, number, site or date.
    """
    if open_consent(organisation=organisation) is None:
        return None
    campaign = (
        Campaign.objects.filter(
            organisation=organisation,
            # Joiners are no picture of an employer.
            asks=Asks.EVERYBODY,
            state=CampaignState.CLOSED,
            closed_at__gte=now - NEWEST,
            closed_at__lte=now,
        )
        .order_by("-closed_at", "-pk")
        .first()
    )
    if campaign is None:
        return None
    try:
        parameters = parameters_of(organisation=organisation, reporting_year=campaign.reporting_year)
        found = [
            estimation_people(organisation=organisation, campaign=campaign, legal_entity=entity, parameters=parameters)
            for entity in LegalEntity.objects.filter(organisation=organisation).order_by("pk")
        ]
    except (PeopleUnusable, ReportingYearUnknown):
        return None
    return shareable([survey.people for survey in found if survey is not None])
