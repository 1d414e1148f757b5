"""The list of campaigns, and one campaign: state, what comes next, response."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from surveys.enums import AskedBecause, CampaignKind, CampaignState
from surveys.models import Campaign
from surveys.selectors.asking import asking_of
from surveys.selectors.burden import burden_mean
from surveys.selectors.campaign_timeline import campaign_timeline, near_steps
from surveys.selectors.campaigns import campaign_lines, holidays_in, mail_counts
from surveys.selectors.exclusion_labels import exclusion_label
from surveys.selectors.mode_days import mode_days
from surveys.selectors.population import PopulationCounts, expected_population, frozen_population
from surveys.selectors.response_counts import response_counts, week_counts
from surveys.selectors.retention import retention_preview, retention_state
from surveys.selectors.waiting_batches import waiting_batches
from surveys.selectors.work_list import work_count
from surveys.services.follow_up import FollowUpAsked, why_not
from surveys.views.campaigns.access import campaign_or_404
from surveys.views.campaigns.plan_at_start import plan_at_start
from wpm_platform import clock
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_CAMPAIGNS)
@require_safe
def campaign_list(request: ConsoleRequest) -> HttpResponse:
    lines = campaign_lines(organisation=request.organisation)
    return render(request, "campaigns/campaign_list.html", {"lines": lines})


@needs(Right.VIEW_CAMPAIGNS)
@require_safe
def campaign(request: ConsoleRequest, code: UUID) -> HttpResponse:
    found, site_id = campaign_or_404(request, code), request.place.site_id
    context = {
        "campaign": found,
        "weeks": list(found.weeks.all()),
        "steps": near_steps(campaign_timeline(campaign=found, now=clock.now())),
        "holidays": holidays_in(found, language=get_language()),
        "population": _population(found, site_id=site_id),
        "is_site_lead": site_id is not None,
    }
    if found.state == CampaignState.DRAFT:
        return render(request, "campaigns/campaign_draft.html", context | plan_at_start(found, now=clock.now()))
    context |= {
        "waiting": waiting_batches(organisation=request.organisation, campaign=found, now=clock.now()),
        "may_change": request.place.holds(Right.MANAGE_CAMPAIGNS),
        "counts": response_counts(
            organisation=request.organisation,
            campaign=found,
            site_id=site_id,
            opened_by=None if found.kind == CampaignKind.ONE_WEEK else clock.now(),
        ),
        "week_counts": week_counts(organisation=request.organisation, campaign=found),
        "mails": mail_counts(organisation=request.organisation, campaign=found),
    }
    if site_id is None:
        context["retention"] = retention_state(campaign=found, today=clock.today())
        context["retention_rows"] = retention_preview(campaign=found).rows
    if found.state != CampaignState.CLOSED and request.place.holds(Right.VIEW_STAFF):
        context["to_do"] = work_count(campaign=found, site_id=site_id)
    if found.state == CampaignState.CLOSED and site_id is None:
        context["modes"] = mode_days(organisation=request.organisation, campaign=found)
        context["burden"] = burden_mean(organisation=request.organisation, campaign=found)
        refusal = why_not(campaign=found, now=clock.now())
        context["leads_to_follow_up"] = refusal is None or isinstance(refusal, FollowUpAsked)
    return render(request, "campaigns/campaign.html", context)


def _population(found: Campaign, *, site_id: int | None) -> dict[str, object]:
    if found.state == CampaignState.DRAFT:
        mondays = [week.monday for week in found.weeks.all()]
        counts = expected_population(
            organisation=found.organisation,
            mondays=mondays,
            today=clock.today(),
            on_paper=found.answers_on_paper,
            asking=asking_of(found),
        )
    else:
        counts = frozen_population(campaign=found, site_id=site_id)
    return population_in_words(counts)


def population_in_words(counts: PopulationCounts) -> dict[str, object]:
    """Counts with the reasons for exclusion in the reader's language."""
    return {
        "invited": counts.invited,
        "by_mail": counts.invited - counts.on_paper,
        "on_paper": counts.on_paper,
        "because": [{"label": AskedBecause(reason).label, "count": count} for reason, count in counts.because],
        "excluded_total": counts.excluded_total,
        "excluded": [
            {"reason": reason, "label": exclusion_label(reason), "count": count} for reason, count in counts.excluded
        ],
    }
