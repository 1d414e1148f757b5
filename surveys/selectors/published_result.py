"""The result for employees: as it would be published now, and as it was."""

from django.db import connection

from surveys.domain.published_result import ResultFigures, figures_from_json
from surveys.models import Campaign, PublishedResult
from surveys.selectors.burden import burden_mean
from surveys.selectors.campaign_result import campaign_result


def result_to_publish(campaign: Campaign) -> ResultFigures | None:
    """The figures of a closed campaign; None while it is open, and when fewer than five people answered.

    What was published before stays as it was.
    """
    kept = PublishedResult.objects.filter(organisation=campaign.organisation_id, campaign=campaign).first()
    if kept is not None:
        return figures_from_json(kept.figures)
    result = campaign_result(campaign)
    if result is None:
        return None
    mean_km, home_percentage = _means(campaign)
    burden = burden_mean(organisation=campaign.organisation, campaign=campaign)
    return ResultFigures(
        people=result.people,
        answered=result.answered,
        shares=result.shares,
        mean_km=mean_km,
        home_percentage=home_percentage,
        burden=burden.mean if burden else None,
    )


def is_published(campaign: Campaign) -> bool:
    return PublishedResult.objects.filter(
        organisation=campaign.organisation_id, campaign=campaign, withdrawn_at__isnull=True
    ).exists()


def published_figures(campaign: Campaign) -> ResultFigures | None:
    """What employees may read; None before it is published, and while it is withdrawn."""
    found = PublishedResult.objects.filter(
        organisation=campaign.organisation_id, campaign=campaign, withdrawn_at__isnull=True
    ).first()
    return figures_from_json(found.figures) if found else None


def _means(campaign: Campaign) -> tuple[int | None, int | None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mean_km, home_percentage FROM wpm.week_means WHERE organisation_id = %s AND campaign_id = %s",
            [campaign.organisation_id, campaign.pk],
        )
        row = cursor.fetchone()
    return (row[0], row[1]) if row else (None, None)
