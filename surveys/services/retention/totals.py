"""What HR's pages go on showing when answers, or all rows about persons, are gone: nothing finer than they show now."""

import datetime
from dataclasses import asdict
from typing import Any

from django.db import connection, transaction

from surveys.models import Campaign, CampaignTotals
from surveys.selectors.campaign_result import people_asked
from surveys.selectors.campaigns import mail_counts
from surveys.selectors.population import frozen_population
from surveys.selectors.response_counts import response_counts, week_counts
from wpm_platform.organisations.models import Organisation


@transaction.atomic
def keep_answer_totals(*, organisation: Organisation, campaign: Campaign, now: datetime.datetime) -> CampaignTotals:
    """Keep what HR's role may know of the answers; the first time stays. Call it under the lock of the campaign."""
    kept: CampaignTotals
    kept, _is_new = CampaignTotals.objects.get_or_create(
        organisation=organisation,
        campaign=campaign,
        # Read before the row is there: from then on the views give what it holds.
        defaults={"kept_at": now, "answers": _answer_totals(organisation, campaign)},
    )
    return kept


def keep_people_totals(*, organisation: Organisation, campaign: Campaign, now: datetime.datetime) -> None:
    """Keep how many were invited, answered, left out and mailed; the first time stays."""
    kept = keep_answer_totals(organisation=organisation, campaign=campaign, now=now)
    if kept.people is None:
        kept.people = _people_totals(organisation, campaign)
        kept.save(update_fields=["people"])


def _answer_totals(organisation: Organisation, campaign: Campaign) -> dict[str, Any]:
    named = [organisation.pk, campaign.pk]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mode, days, metres, people FROM wpm.answer_sums WHERE organisation_id = %s AND campaign_id = %s"
            " ORDER BY mode",
            named,
        )
        modes = [
            {"mode": mode, "days": days, "metres": int(metres), "people": people}
            for mode, days, metres, people in cursor.fetchall()
        ]
        cursor.execute(
            "SELECT mean, people FROM wpm.burden_means WHERE organisation_id = %s AND campaign_id = %s", named
        )
        burden = cursor.fetchone()
        cursor.execute(
            "SELECT people, mean_km, home_percentage FROM wpm.week_means"
            " WHERE organisation_id = %s AND campaign_id = %s",
            named,
        )
        week = cursor.fetchone()
    return {
        "modes": modes,
        "burden": {"mean": str(burden[0]), "people": burden[1]} if burden else None,
        "week": {"people": week[0], "mean_km": week[1], "home_percentage": week[2]} if week else None,
    }


def _people_totals(organisation: Organisation, campaign: Campaign) -> dict[str, Any]:
    counts = response_counts(organisation=organisation, campaign=campaign)
    population = frozen_population(campaign=campaign)
    people, answered = people_asked(campaign)
    return {
        "response": {
            "people": counts.people,
            "invited": counts.invited,
            "answered": counts.answered,
            "sites": asdict(counts.sites),
            "departments": asdict(counts.departments),
        },
        "asked": {"people": people, "answered": answered},
        "weeks": {
            str(row.week.code): {"invited": row.invited, "answered": row.answered}
            for row in week_counts(organisation=organisation, campaign=campaign)
        },
        "population": {
            "invited": population.invited,
            "excluded": [list(row) for row in population.excluded],
            "on_paper": population.on_paper,
            "because": [list(row) for row in population.because],
        },
        "mails": asdict(mail_counts(organisation=organisation, campaign=campaign)),
    }
