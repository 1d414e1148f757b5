"""Asks a few of the silent one question, and takes in what they answer."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.domain.calendar import sending_moment
from surveys.domain.follow_up import ASK_WITHIN, LARGEST_SIZE, LEAST_ANSWERS, SMALLEST_SIZE, drawn_silent, last_moment
from surveys.domain.mail_kinds import FOLLOW_UP_MAIL, planned_occasion
from surveys.domain.mail_limit import counter_name
from surveys.enums import CampaignState, UsualMode
from surveys.models import Campaign, FollowUp, FollowUpAnswer, FollowUpQuestion, Invitation
from surveys.selectors.follow_up import is_going, silent_people
from surveys.selectors.mail_settings import mail_hours
from surveys.services.campaign_lock import locked_campaign
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused
from wpm_platform.queue import enqueue


class FollowUpTooEarly(Refused):
    """The survey can still be answered, and silence may end by itself."""

    sentence = _("Close the campaign first: until then the silent can still answer all questions.")


class FollowUpTooLate(Refused):
    """The ordinary week of now is another one than the survey's."""

    sentence = _("It is too late for a follow-up: the campaign closed more than 60 days ago.")


class FollowUpGone(Refused):
    """What is about persons goes, or went: who was silent is not known any more."""

    sentence = _("The period of this campaign is over. What was about persons is gone, also that of a follow-up.")


class FollowUpAsked(Refused):
    """Once per campaign: a second lot would ask until the answers please."""

    sentence = _("The question has been sent already. It can be sent once.")


class FollowUpSize(Refused):
    """How many people can be asked has bounds."""

    sentence = _("Ask between 30 and 400 people.")


class NobodySilent(Refused):
    """There is nobody left to ask, or nobody whom a mail may go to."""

    sentence = _("There is nobody to ask: everybody answered, or no mail may go to who did not.")


class TooFewSilent(Refused):
    """So few can be asked that no estimate could use their answers: then nobody is."""

    sentence = _(
        "A mail may go to fewer than fifteen of the people who did not answer. An estimate takes a follow-up in from "
        "fifteen answers on, so nobody is asked."
    )


class QuestionClosed(Exception):
    """The person was not asked, or answers are no longer taken."""


def why_not(*, campaign: Campaign, now: datetime.datetime) -> Refused | None:
    """Why nobody can be asked now, whoever is silent; None when HR may ask. Who can be asked is looked at later."""
    if campaign.state != CampaignState.CLOSED or campaign.closed_at is None:
        return FollowUpTooEarly()
    if is_going(campaign):
        return FollowUpGone()
    if FollowUp.objects.filter(organisation=campaign.organisation_id, campaign=campaign).exists():
        return FollowUpAsked()
    return FollowUpTooLate() if campaign.closed_at + ASK_WITHIN < now else None


@transaction.atomic
def ask_follow_up(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, campaign: Campaign, size: int
) -> FollowUp:
    """Draw `size` of the silent and put a mail to each into the outbox; they have until the end of the 14th day.

    Where fewer than `size` can be asked, all of them are. Raises `FollowUpTooEarly`, `FollowUpGone`, `FollowUpAsked`,
    `FollowUpTooLate`, `FollowUpSize`, `NobodySilent` and `TooFewSilent`.
    """
    found = locked_campaign(organisation=organisation, campaign=campaign)
    if (refusal := why_not(campaign=found, now=now)) is not None:
        raise refusal
    if not SMALLEST_SIZE <= size <= LARGEST_SIZE:
        raise FollowUpSize
    silent = silent_people(organisation=organisation, campaign=found, now=now)
    by_person = {str(row.employee.code): row for row in silent.reachable}
    if not by_person:
        raise NobodySilent
    if len(by_person) < LEAST_ANSWERS:
        raise TooFewSilent
    drawn = [by_person[person] for person in drawn_silent(list(by_person), size=size, seed=str(found.code))]
    follow_up: FollowUp = FollowUp.objects.create(
        organisation=organisation,
        campaign=found,
        size=size,
        silent=len(by_person),
        asked_at=now,
        closes_at=last_moment(now),
        asked_by=actor,
    )
    FollowUpQuestion.objects.bulk_create(
        FollowUpQuestion(organisation=organisation, follow_up=follow_up, invitation=row, employee=row.employee)
        for row in drawn
    )
    due_at = sending_moment(now, hours=mail_hours())
    plan_mails(organisation=organisation, mails=[_mail(row, due_at=due_at) for row in drawn])
    record_event(
        organisation=organisation,
        actor=actor,
        action="campaign.follow_up_asked",
        now=now,
        subject=str(found.code),
        detail={"silent": silent.silent, "reachable": len(by_person), "asked": len(drawn)},
    )
    enqueue("surveys.send_due_mails", organisation_id=organisation.pk)
    return follow_up


@transaction.atomic
def answer_follow_up(*, invitation: Invitation, usual_mode: str, now: datetime.datetime) -> None:
    """Keep the answer of the person whose scope this is; another one takes its place. Raises `QuestionClosed`."""
    question = _locked_question(invitation)
    if question is None or question.follow_up.closes_at <= now:
        raise QuestionClosed
    FollowUpAnswer.objects.update_or_create(
        organisation_id=question.organisation_id,
        question=question,
        defaults={
            "employee_id": question.employee_id,
            "usual_mode": UsualMode(usual_mode).value,
            "answered_at": now,
        },
    )
    question.answered_at = now
    question.save(update_fields=["answered_at"])


@transaction.atomic
def delete_follow_up_answer(*, invitation: Invitation, now: datetime.datetime) -> None:
    """The person's answer goes at once, also after the last day; deleting twice changes nothing.

    After the last day estimates may have read it: the question is marked, so that no later one reads the others.
    """
    question = _locked_question(invitation)
    if question is None:
        return
    deleted, _models = FollowUpAnswer.objects.filter(organisation=question.organisation_id, question=question).delete()
    question.answered_at = None
    if deleted and question.follow_up.closes_at <= now:
        question.deleted_at = now
    question.save(update_fields=["answered_at", "deleted_at"])


def _mail(row: Invitation, *, due_at: datetime.datetime) -> PlannedMail:
    person = row.employee
    return PlannedMail(
        kind=FOLLOW_UP_MAIL,
        occasion=planned_occasion(kind=FOLLOW_UP_MAIL, number=0, invitation=row.code),
        reference=row.code,
        recipient=person.email,
        language=person.language,
        due_at=due_at,
        addressee=person.code,
        counter=counter_name(due_at),
    )


def _locked_question(invitation: Invitation) -> FollowUpQuestion | None:
    """The person's question; an answer and a deletion at the same moment wait for each other."""
    question: FollowUpQuestion | None = (
        FollowUpQuestion.objects.select_for_update(of=("self",))
        .select_related("follow_up")
        .filter(organisation=invitation.organisation_id, invitation=invitation)
        .first()
    )
    return question
