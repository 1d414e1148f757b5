"""Makes and changes a campaign while it is a draft."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.domain.campaign_plan import CampaignPlan, PlanProblem, plan_problem, planned_weeks
from surveys.enums import Asks, CampaignState
from surveys.models import Campaign, MailStep, SurveyWeek
from surveys.services.campaign_asking import set_asking
from surveys.services.campaign_lock import locked_campaign
from surveys.services.campaign_texts import add_default_texts
from surveys.services.mail_plan import lay_mail_plan
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event

PLAN_MESSAGES: dict[PlanProblem, Promise | str] = {
    PlanProblem.NO_WEEK: _("Choose the week to ask about."),
    PlanProblem.NOT_A_MONDAY: _("A week begins on a Monday. Choose the Monday of the week."),
    PlanProblem.OTHER_YEAR: _("Monday to Friday must lie within the reporting year. Choose another week."),
    PlanProblem.MORE_THAN_ONE_WEEK: _("This kind of campaign asks about one week. Choose one."),
    PlanProblem.NOT_CONSECUTIVE: _("The weeks must follow each other. Choose a first week and a number of weeks."),
    PlanProblem.TOO_MANY_WEEKS: _("A campaign asks about 52 weeks at most. Choose fewer weeks."),
    PlanProblem.OPENS_TOO_EARLY: _(
        "The invitation asks about a week that is over. Let it leave on the Monday after that week, or later."
    ),
    PlanProblem.OPENS_AT_NIGHT: _("Mail leaves between 7:00 and 20:00. Choose a time between those hours."),
    PlanProblem.DAYS_TO_ANSWER: _("Give people between 2 and 60 days to answer."),
}


class PlanRejected(Exception):
    """The chosen weeks or moments cannot be. `problem` says which rule; the text says what to do."""

    def __init__(self, problem: PlanProblem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(PLAN_MESSAGES[self.problem])


class CampaignNotDraft(Exception):
    """The campaign has started; its weeks, sender and texts can no longer change."""

    def __str__(self) -> str:
        return str(_("This campaign has started. Its settings can no longer be changed."))


@dataclass(frozen=True, kw_only=True)
class CampaignDetails:
    """What HR fills in besides the weeks."""

    name: str
    sender_name: str
    reply_to: str
    has_reminders: bool = True
    answers_on_paper: bool = False
    asks: str = Asks.EVERYBODY.value
    anchor_size: int | None = None
    asked_since: Campaign | None = None


@transaction.atomic
def create_campaign(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    plan: CampaignPlan,
    details: CampaignDetails,
) -> Campaign:
    """A draft with its weeks, its mail plan and the default texts. Raises `PlanRejected` or `AskingRejected`."""
    _check(plan)
    campaign = Campaign(organisation=organisation, created_at=now)
    _fill(campaign, plan=plan, details=details)
    campaign.save()
    _set_weeks(campaign, plan=plan)
    lay_mail_plan(campaign=campaign, now=now)
    add_default_texts(campaign=campaign)
    record_event(
        organisation=organisation,
        actor=actor,
        action="campaign.created",
        now=now,
        subject=str(campaign.code),
        detail=_plan_detail(plan),
    )
    return campaign


@transaction.atomic
def update_campaign(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    campaign: Campaign,
    plan: CampaignPlan,
    details: CampaignDetails,
) -> Campaign:
    """Change a draft; its weeks and mails are laid anew, but for mails that HR moved and that still fit.

    Raises `PlanRejected`, `AskingRejected` or `CampaignNotDraft`.
    """
    _check(plan)
    draft = locked_draft(organisation=organisation, campaign=campaign)
    _fill(draft, plan=plan, details=details)
    draft.save()
    _set_weeks(draft, plan=plan)
    lay_mail_plan(campaign=draft, now=now)
    record_event(
        organisation=organisation,
        actor=actor,
        action="campaign.changed",
        now=now,
        subject=str(draft.code),
        detail=_plan_detail(plan),
    )
    return draft


def locked_draft(*, organisation: Organisation, campaign: Campaign) -> Campaign:
    """The locked campaign. Raises `CampaignNotDraft` once it has started."""
    found = locked_campaign(organisation=organisation, campaign=campaign)
    if found.state != CampaignState.DRAFT:
        raise CampaignNotDraft
    return found


def _check(plan: CampaignPlan) -> None:
    problem = plan_problem(plan)
    if problem is not None:
        raise PlanRejected(problem)


def _fill(campaign: Campaign, *, plan: CampaignPlan, details: CampaignDetails) -> None:
    campaign.kind, campaign.reporting_year = plan.kind, plan.reporting_year
    campaign.name, campaign.has_reminders = details.name.strip(), details.has_reminders
    campaign.answers_on_paper = details.answers_on_paper
    set_asking(campaign, asks=details.asks, anchor_size=details.anchor_size, asked_since=details.asked_since)
    # One line: this becomes part of the From header.
    campaign.sender_name, campaign.reply_to = " ".join(details.sender_name.split()), details.reply_to.strip()


def _set_weeks(campaign: Campaign, *, plan: CampaignPlan) -> None:
    """Give a draft the planned weeks; a week that stays keeps its row, and the mails that HR moved.

    `delete()` would look for answers to take along, and HR's role may not even ask whether there are any; nothing
    but the mail plan refers to a draft's weeks.
    """
    planned = {week.monday: week for week in planned_weeks(plan)}
    weeks = SurveyWeek.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
    gone = weeks.exclude(monday__in=planned)
    MailStep.objects.filter(organisation=campaign.organisation_id, week__in=gone).delete()
    gone._raw_delete(gone.db)
    for week in weeks:
        moments = planned.pop(week.monday)
        week.opens_at, week.closes_at = moments.opens_at, moments.closes_at
        week.save(update_fields=["opens_at", "closes_at"])
    SurveyWeek.objects.bulk_create(
        SurveyWeek(
            organisation=campaign.organisation,
            campaign=campaign,
            monday=week.monday,
            opens_at=week.opens_at,
            closes_at=week.closes_at,
        )
        for week in planned.values()
    )


def _plan_detail(plan: CampaignPlan) -> dict[str, object]:
    return {"kind": plan.kind, "reporting_year": plan.reporting_year, "mondays": [str(day) for day in plan.mondays]}
