"""How hard people found it to answer: one mean over five people and more."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from surveys.models import Campaign
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class BurdenMean:
    """mean: from 1 (very easy) to 5 (very hard), in tenths. people: how many answered this optional question."""

    mean: Decimal
    people: int


def burden_mean(*, organisation: Organisation, campaign: Campaign) -> BurdenMean | None:
    """The mean of a closed campaign; None below five people, which the database sees to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mean, people FROM wpm.burden_means WHERE organisation_id = %s AND campaign_id = %s",
            [organisation.pk, campaign.pk],
        )
        row = cursor.fetchone()
    return BurdenMean(mean=row[0], people=row[1]) if row else None
