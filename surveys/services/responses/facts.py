"""Facts that stay the same from week to week: workplace, home postcode, distance."""

import datetime

from surveys.domain.question_path import WeekAnswers
from surveys.enums import DistanceSource
from surveys.models import Invitation, TravelProfile
from surveys.services.responses.distances import recompute_distances
from surveys.services.responses.locking import OutOfStep, locked_week, one_change
from wpm_platform.organisations.models import Site

# What another answer replaces: all of it but whose it is.
REMEMBERED = ["site", "home_postcode", "one_way_metres", "distance_source", "updated_at", "address_changes"]


class NoFactsYet(OutOfStep):
    """There is nothing to confirm: the facts must be given first."""


@one_change
def record_facts(
    *,
    invitation: Invitation,
    site: Site,
    home_postcode: str,
    one_way_metres: int,
    distance_source: DistanceSource = DistanceSource.PERSON,
    now: datetime.datetime,
) -> WeekAnswers:
    """Store the facts for this week and for next time; every day's distance follows. Returns all answers as stored now.

    one_way_metres: the usual distance from home to the workplace. home_postcode: empty when not given.
    distance_source: what the person confirmed, or that they gave the distance themselves.
    Raises `CannotAnswer`, `NotStarted`.
    """
    week = locked_week(invitation, now=now)
    response = week.response
    profile = TravelProfile(
        organisation_id=response.organisation_id,
        employee_id=response.employee_id,
        site=site,
        home_postcode=home_postcode,
        one_way_metres=one_way_metres,
        distance_source=distance_source,
        updated_at=now,
        address_changes=response.address_changes,
    )
    TravelProfile.objects.bulk_create(
        [profile], update_conflicts=True, unique_fields=["employee"], update_fields=REMEMBERED
    )
    week.profile = profile
    response.site, response.one_way_metres, response.distance_source = site, one_way_metres, distance_source
    response.save(update_fields=["site", "one_way_metres", "distance_source"])
    recompute_distances(week)
    return week.answers


@one_change
def confirm_facts(*, invitation: Invitation, now: datetime.datetime) -> WeekAnswers:
    """Use the facts of last time for this week too. Returns all answers as stored now.

    Raises `NoFactsYet`, `CannotAnswer`, `NotStarted`."""
    week = locked_week(invitation, now=now)
    response, profile = week.response, week.profile
    if profile is None:
        raise NoFactsYet
    response.site, response.one_way_metres = profile.site, profile.one_way_metres
    response.distance_source = profile.distance_source
    response.save(update_fields=["site", "one_way_metres", "distance_source"])
    recompute_distances(week)
    return week.answers
