"""What the answers add up to: sums of integer metres and counts, made by PostgreSQL, never row by row here.

Counted are submitted responses of people who were invited (the population as frozen at the start, which leaves out
staff without a fixed workplace). The legal entity is the one copied into the response, so that later changes of the
staff list neither move kilometres nor tell one person's answer by the difference.
"""

import datetime
import json
from dataclasses import replace
from typing import Any

from django.db import connection

from reporting.domain.survey_sums import SurveySums, WeekCounts, WeekSum, mode_sums
from reporting.models import KeptSurvey
from reporting.selectors.survey_statement import SUMS
from surveys.enums import CampaignKind, CampaignState
from surveys.models import Campaign
from wpm_platform.organisations.models import LegalEntity, Organisation
from wpm_platform.scoping import Role, organisation_scope

# In the row of a week, for the figure of week by week only.
_BESIDE = frozenset({"travellers", "mode_people"})


def survey_sums(
    *,
    organisation: Organisation,
    campaign: Campaign | None,
    legal_entity: LegalEntity,
    week_from: datetime.date | None = None,
) -> SurveySums | None:
    """The survey of one legal entity, or one week of it; None without a campaign, and until it is closed.

    A running campaign gives no sums: who computes twice and sees one more answer would know that answer.
    """
    if campaign is None or campaign.state != CampaignState.CLOSED:
        return None
    weeks, metres = kept_or_live_rows(organisation=organisation, campaign=campaign, legal_entity=legal_entity)
    found = sums_of_rows(weeks, metres, week_from=week_from)
    is_staggered = campaign.kind == CampaignKind.STAGGERED_YEAR and week_from is None
    return replace(found, has_one_week_each=True) if is_staggered else found


def sums_of_rows(
    weeks: list[dict[str, Any]], metres: list[dict[str, Any]], *, week_from: datetime.date | None = None
) -> SurveySums:
    """The sums of all weeks, or of one of them. Rows that were kept before there was a choice name no week: then there
    was one."""
    wanted = None if week_from is None else week_from.isoformat()
    counts = [week for week in weeks if wanted in (None, week["week_from"])]
    rows = [row for row in metres if wanted is None or row.get("week_from", wanted) == wanted]
    return SurveySums(
        weeks=tuple(
            WeekCounts(
                **{name: value for name, value in week.items() if name not in _BESIDE}
                | {"week_from": datetime.date.fromisoformat(week["week_from"])}
            )
            for week in counts
        ),
        sums=mode_sums(WeekSum(**{name: value for name, value in row.items() if name != "week_from"}) for row in rows),
    )


def kept_or_live_rows(
    *, organisation: Organisation, campaign: Campaign, legal_entity: LegalEntity
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Counts per week, and metres per mode: as kept before the first answer was deleted, else from the answers.

    The first deletion after the closing keeps them (`reporting/services/retention/keeping`), so that no computation
    afterwards differs by one person.
    """
    with organisation_scope(organisation, role=Role.REPORTING):
        kept = KeptSurvey.objects.filter(
            organisation=organisation, campaign=campaign, legal_entity=legal_entity
        ).first()
        if kept is not None:
            return kept.sums["weeks"], kept.sums["metres"]
        return live_rows(organisation=organisation, campaign=campaign, legal_entity=legal_entity)


def live_rows(
    *, organisation: Organisation, campaign: Campaign, legal_entity: LegalEntity
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The same from the answers as they are. Call it in a scope of `wpm_reporting`."""
    named = {"organisation": organisation.pk, "campaign": campaign.pk, "legal_entity": legal_entity.pk}
    with connection.cursor() as cursor:
        # For the rest of this transaction: compiling a statement that runs once takes longer than it saves, and the
        # days of a large employer are joined in memory instead of on disk.
        cursor.execute("SELECT set_config('jit', 'off', true), set_config('work_mem', '64MB', true)")
        cursor.execute(SUMS, named)
        weeks, metres = (json.loads(rows) for rows in cursor.fetchone())
    return weeks, metres
