"""Another last moment to answer, for a week of a campaign that runs."""

import datetime

from django.db import transaction

from surveys.domain.calendar import local_date, moment_of, working_days_after
from surveys.domain.campaign_plan import FEWEST_DAYS_TO_ANSWER, MOST_DAYS_TO_ANSWER
from surveys.domain.mail_steps import SENDING_TIME, THANKS_LAST
from surveys.enums import CampaignState, MailStepKind, MailStepState
from surveys.models import Campaign, MailStep, SurveyWeek
from surveys.selectors.plan_steps import OPEN
from surveys.services.campaign_lock import locked_campaign
from surveys.services.closing import hold_opening
from surveys.services.mail_plan.laying import NO_LONGER_FITS, lay_mail_plan
from surveys.services.mail_plan.refusals import CampaignOver, ClosingProblem, ClosingRejected
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event

CLOSED = "closed"


@transaction.atomic
def change_closing(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    week: SurveyWeek,
    closes_at: datetime.datetime,
) -> SurveyWeek:
    """Give people until another moment to answer. Reminders and thanks are planned anew; late ones expire.

    Raises `CampaignOver` for a draft too, whose weeks are changed with the campaign itself, or `ClosingRejected`.
    """
    hold_opening(campaign_id=week.campaign_id)
    campaign = locked_campaign(organisation=organisation, campaign=Campaign(pk=week.campaign_id))
    if campaign.state not in (CampaignState.RUNNING, CampaignState.PAUSED):
        raise CampaignOver
    found = SurveyWeek.objects.get(organisation=organisation, campaign=campaign, pk=week.pk)
    problem = _closing_problem(found, campaign=campaign, closes_at=closes_at, now=now)
    if problem is not None:
        raise ClosingRejected(problem)
    if closes_at == found.closes_at:
        return found
    earlier, found.closes_at = found.closes_at, closes_at
    found.save(update_fields=["closes_at"])
    _replan(campaign, now=now)
    record_event(
        organisation=organisation,
        actor=actor,
        action="campaign.closing_changed",
        now=now,
        subject=str(campaign.code),
        detail={"week": str(found), "from": earlier.isoformat(), "to": closes_at.isoformat()},
    )
    return found


def end_plan(*, campaign: Campaign, now: datetime.datetime) -> None:
    """The campaign is closed: what has not left expires, and the thanks follow on the next working day.

    Call it with the campaign locked. Thanks that HR moved, or that come sooner, stay where they are.
    """
    steps = MailStep.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
    steps.exclude(kind=MailStepKind.THANKS).filter(
        state__in=[MailStepState.PLANNED, MailStepState.UNDONE, MailStepState.PREPARED]
    ).update(state=MailStepState.EXPIRED, reason=CLOSED)
    thanked_at = moment_of(working_days_after(local_date(now), days=1), SENDING_TIME)
    steps.filter(kind=MailStepKind.THANKS, is_moved=False, due_at__gt=thanked_at, state__in=OPEN).update(
        due_at=thanked_at, expires_at=thanked_at + THANKS_LAST
    )


def _replan(campaign: Campaign, *, now: datetime.datetime) -> None:
    """Lay the plan anew; a reminder whose new moment has passed already is not sent."""
    changed = lay_mail_plan(campaign=campaign, now=now)
    missed = [step.pk for step in changed if step.kind == MailStepKind.REMINDER and step.due_at <= now]
    expired = MailStep.objects.filter(
        organisation=campaign.organisation_id, pk__in=missed, state=MailStepState.PLANNED
    ).update(state=MailStepState.EXPIRED, reason=NO_LONGER_FITS)
    if expired:
        # The reminder before it has its time back.
        lay_mail_plan(campaign=campaign, now=now)


def _closing_problem(
    week: SurveyWeek, *, campaign: Campaign, closes_at: datetime.datetime, now: datetime.datetime
) -> ClosingProblem | None:
    days = (local_date(closes_at) - local_date(week.opens_at)).days
    following = (
        SurveyWeek.objects.filter(organisation=campaign.organisation_id, campaign=campaign, monday__gt=week.monday)
        .order_by("monday")
        .first()
    )
    rules = (
        (week.closes_at <= now, ClosingProblem.WEEK_CLOSED),
        (closes_at <= now, ClosingProblem.PAST),
        (days < FEWEST_DAYS_TO_ANSWER, ClosingProblem.TOO_SOON),
        (days > MOST_DAYS_TO_ANSWER, ClosingProblem.TOO_LATE),
        (following is not None and closes_at >= following.opens_at, ClosingProblem.NEXT_WEEK),
    )
    return next((problem for is_wrong, problem in rules if is_wrong), None)
