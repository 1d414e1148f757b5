"""The follow-up of a campaign: who could be asked, how it stands, and one person's question."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from surveys.domain.calendar import local_date
from surveys.domain.eligibility import is_on_leave
from surveys.domain.mail_limit import counter_name
from surveys.models import Campaign, FollowUp, FollowUpAnswer, FollowUpQuestion, Invitation, RetentionRun
from surveys.selectors.mail_limit import mails_so_far
from wpm_platform.mailing.services.stops import stopped_addresses
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Silent:
    """silent: people without an answer; reachable: an invitation of each whom a mail may still go to."""

    silent: int
    reachable: tuple[Invitation, ...]


@dataclass(frozen=True, kw_only=True)
class FollowUpState:
    """How a follow-up stands; which of the asked answered is shown to nobody.

    has_deleted: somebody deleted their answer after the last day, so that no estimate reads the others any more.
    """

    follow_up: FollowUp
    asked: int
    answered: int
    is_open: bool
    has_deleted: bool


def silent_people(*, organisation: Organisation, campaign: Campaign, now: datetime.datetime) -> Silent:
    """Who answered in none of the campaign's weeks, each by their last invitation.

    Reachable is who has an address that works, still works here, is not on leave, wanted reminders, and has a mail
    left this year.
    """
    answered = Invitation.objects.filter(
        organisation=organisation, campaign=campaign, employee=OuterRef("employee"), answered_at__isnull=False
    )
    opted_out = Invitation.objects.filter(
        organisation=organisation, campaign=campaign, employee=OuterRef("employee"), opted_out_at__isnull=False
    )
    found = (
        Invitation.objects.filter(~Exists(answered), organisation=organisation, campaign=campaign, withdrawn_at=None)
        .annotate(has_opted_out=Exists(opted_out))
        .select_related("employee")
        .order_by("employee_id", "-week__monday")
        .distinct("employee_id")
    )
    people = list(found)
    had = mails_so_far(organisation=organisation, counter=counter_name(now))
    most = campaign.organisation.yearly_mail_limit
    stopped = stopped_addresses(
        organisation=organisation, addresses=[person.employee.email for person in people if person.employee.email]
    )
    reachable = [
        row
        for row in people
        if not row.has_opted_out
        and _may_be_mailed(row, now=now)
        and row.employee.email.lower() not in stopped
        and had[row.employee.code] < most
    ]
    return Silent(silent=len(people), reachable=tuple(reachable))


def follow_up_state(*, campaign: Campaign, now: datetime.datetime) -> FollowUpState | None:
    """None when nobody was asked."""
    follow_up = (
        FollowUp.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
        .annotate(
            asked_people=Count("questions"),
            answers=Count("questions", filter=Q(questions__answered_at__isnull=False)),
            deletions=Count("questions", filter=Q(questions__deleted_at__isnull=False)),
        )
        .first()
    )
    if follow_up is None:
        return None
    return FollowUpState(
        follow_up=follow_up,
        asked=follow_up.asked_people,
        answered=follow_up.answers,
        is_open=follow_up.closes_at > now,
        has_deleted=follow_up.deletions > 0,
    )


def is_going(campaign: Campaign) -> bool:
    """Whether the campaign's rows about persons go at the end of its period, or went: they say nothing true then."""
    return RetentionRun.objects.filter(organisation=campaign.organisation_id, campaign=campaign).exists()


def own_question(invitation: Invitation) -> FollowUpQuestion | None:
    """The follow-up question of the person whose scope this is, with its follow-up."""
    found: FollowUpQuestion | None = (
        FollowUpQuestion.objects.select_related("follow_up")
        .filter(organisation=invitation.organisation_id, invitation=invitation)
        .first()
    )
    return found


def own_usual_mode(question: FollowUpQuestion) -> str:
    """What the person answered; empty when they did not."""
    found = FollowUpAnswer.objects.filter(organisation=question.organisation_id, question=question)
    return found.values_list("usual_mode", flat=True).first() or ""


def _may_be_mailed(row: Invitation, *, now: datetime.datetime) -> bool:
    person, today = row.employee, local_date(now)
    is_gone = person.left_at is not None or (person.employed_until is not None and person.employed_until < today)
    is_away = is_on_leave(is_on_leave=person.is_on_leave, leave_until=person.leave_until, day=today)
    return bool(person.email) and not is_gone and not is_away and row.mail_stopped_at is None
