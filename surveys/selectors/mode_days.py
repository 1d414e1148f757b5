"""What HR's pages may know of the answers: days per main mode, over five people and more."""

from dataclasses import dataclass

from django.db import connection

from surveys.enums import Mode
from surveys.models import Campaign
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class ModeDays:
    """Days of travel with one main mode. most: the days of the mode used most, for a bar's length."""

    mode: str
    days: int
    most: int

    @property
    def label(self) -> str:
        return str(Mode(self.mode).label)


def mode_days(*, organisation: Organisation, campaign: Campaign) -> list[ModeDays]:
    """Days per main mode, most first. The database leaves out what fewer than five people used.

    There is no total on purpose: it would give away the modes left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mode, sum(days) FROM wpm.answer_sums WHERE organisation_id = %s AND campaign_id = %s"
            " GROUP BY mode ORDER BY 2 DESC, 1",
            [organisation.pk, campaign.pk],
        )
        rows = [(mode, int(days)) for mode, days in cursor.fetchall()]
    return [ModeDays(mode=mode, days=days, most=rows[0][1]) for mode, days in rows]
