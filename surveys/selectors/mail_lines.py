"""The list of a step: everyone it is about, with their language and moment, or the reason why they get nothing.

The number of queries does not depend on the number of people.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce

from surveys.domain.mail_kinds import INVITATION_MAIL, REMINDER_MAIL, occasion_prefix
from surveys.domain.mail_language import spoken_language
from surveys.domain.mail_lines import ALREADY_SENT, PersonInPlan, reason_for_none
from surveys.domain.work_pattern import Absence, OwnMoment, WorkCycle, cycle_from, own_moment
from surveys.enums import MailStepKind
from surveys.models import CampaignText, Invitation, MailStep, WorkPattern
from surveys.selectors.mail_limit import OF_EVERYBODY, UNCOUNTED, counter_of, mails_so_far, panel_name
from surveys.selectors.mail_settings import mail_hours
from wpm_platform.mailing.enums import MailEventKind, MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.stops import stopped_addresses

UNDONE = "undone"
# About a campaign as a whole: one mail per person, however many weeks they are asked about.
ONCE_PER_CAMPAIGN = OF_EVERYBODY
LONGEST_REASON = 20
FIELDS = (
    *("pk", "code", "employee_id", "invited_at", "answered_at", "withdrawn_at"),
    *("employee__code", "employee__email", "employee__language", "employee__left_at", "employee__employed_until"),
    *("employee__is_on_leave", "employee__leave_until", "employee__work_pattern_id"),
)


@dataclass(frozen=True, kw_only=True)
class MailLine:
    """One person in the list of a step. due_at: when their mail leaves; None when `reason` says why there is none."""

    invitation_id: int
    invitation_code: UUID
    employee_id: int
    employee_code: UUID
    recipient: str
    language: str
    due_at: datetime.datetime | None
    counter: str
    reason: str


def mail_lines(*, step: MailStep, planned_at: datetime.datetime, now: datetime.datetime) -> list[MailLine]:
    """Everyone whom the step is about, were it to leave at `planned_at`; by the order of the staff list."""
    people = list(_people(step).values(*FIELDS))
    known = _Known(step=step, people=people)
    return [_line(person, known=known, planned_at=planned_at, now=now) for person in people]


class _Known:
    """What is looked up once for the whole list."""

    def __init__(self, *, step: MailStep, people: Sequence[Mapping[str, Any]]) -> None:
        self.step, self.campaign = step, step.campaign
        self.codes = [person["code"] for person in people]
        self.asked = Invitation.objects.filter(organisation=step.organisation_id, campaign=step.campaign_id)
        self.counts: dict[str, Counter[UUID]] = {}
        self.moments: dict[Any, OwnMoment] = {}
        self.stops = stopped_addresses(
            organisation=self.campaign.organisation, addresses=[person["employee__email"] for person in people]
        )

    @cached_property
    def made(self) -> dict[UUID, str]:
        """What became of this step's mails that exist already; those that were undone may be made again."""
        mails = OutgoingMail.objects.filter(
            organisation=self.step.organisation_id,
            reference__in=self.codes,
            occasion__startswith=occasion_prefix(kind=self.step.kind, number=self.step.number),
        ).exclude(state=MailState.WITHDRAWN, reason=UNDONE)
        return {
            reference: reason[:LONGEST_REASON] if state == MailState.WITHDRAWN else ALREADY_SENT
            for reference, state, reason in mails.values_list("reference", "state", "reason")
        }

    @cached_property
    def opted_out(self) -> set[int]:
        return set(self.asked.filter(opted_out_at__isnull=False).values_list("employee_id", flat=True))

    @cached_property
    def mail_stopped(self) -> set[int]:
        return set(self.asked.filter(mail_stopped_at__isnull=False).values_list("employee_id", flat=True))

    @cached_property
    def answered(self) -> set[int]:
        """Who answered what this step is about: this week, or for the thanks any week."""
        asked = self.asked if self.step.kind in ONCE_PER_CAMPAIGN else self.asked.filter(week=self.step.week_id)
        return set(asked.filter(answered_at__isnull=False).values_list("employee_id", flat=True))

    @cached_property
    def last_mailed(self) -> dict[UUID, datetime.datetime]:
        """Of each person the last invitation or reminder about this week, besides those of this very step."""
        if self.step.kind != MailStepKind.REMINDER:
            return {}
        mails = (
            OutgoingMail.objects.filter(
                organisation=self.step.organisation_id,
                kind__in=[INVITATION_MAIL, REMINDER_MAIL],
                reference__in=self.codes,
            )
            .exclude(state__in=UNCOUNTED)
            .exclude(occasion__startswith=occasion_prefix(kind=self.step.kind, number=self.step.number))
        )
        return dict(mails.values_list("reference").annotate(last=Max(Coalesce("sent_at", "due_at"))))

    @cached_property
    def perhaps_invited(self) -> set[UUID]:
        """Whose invitation left for all we know, though no worker lived to note it: a reminder makes sense to them."""
        if self.step.kind != MailStepKind.REMINDER:
            return set()
        mails = OutgoingMail.objects.filter(
            organisation=self.step.organisation_id,
            kind=INVITATION_MAIL,
            reference__in=self.codes,
            state__in=[MailState.UNKNOWN, MailState.DELIVERED],
        )
        return set(mails.values_list("reference", flat=True))

    @cached_property
    def cycles(self) -> dict[int, WorkCycle | None]:
        patterns = WorkPattern.objects.filter(organisation=self.step.organisation_id)
        return {row.pk: cycle_from(starts_on=row.starts_on, weeks=row.weeks) for row in patterns}

    @cached_property
    def languages(self) -> set[str]:
        texts = CampaignText.objects.filter(organisation=self.step.organisation_id, campaign=self.campaign)
        return set(texts.filter(kind=self.step.kind).values_list("language", flat=True))

    def language(self, wanted: str) -> str:
        """The language in which the mail will be written; empty when there is no text at all."""
        return spoken_language(wanted, written=self.languages)

    def so_far(self, *, counter: str, person: UUID) -> int:
        if counter not in self.counts:
            self.counts[counter] = mails_so_far(organisation=self.step.organisation_id, counter=counter)
        return self.counts[counter][person]

    @cached_property
    def limit(self) -> int:
        own = self.campaign.mail_limit if panel_name(self.campaign) else None
        return self.campaign.organisation.yearly_mail_limit if own is None else own

    def moment(self, person: Mapping[str, Any], *, planned_at: datetime.datetime) -> OwnMoment:
        """People with the same pattern and leave have the same moment."""
        key = (
            person["employee__work_pattern_id"],
            person["employee__is_on_leave"],
            person["employee__leave_until"] if person["employee__is_on_leave"] else None,
        )
        if key not in self.moments:
            self.moments[key] = own_moment(
                planned_at=planned_at,
                expires_at=self.step.expires_at,
                cycle=self.cycles.get(key[0]) if key[0] else None,
                absence=Absence(is_on_leave=key[1], until=key[2]),
                hours=mail_hours(),
            )
        return self.moments[key]


def _people(step: MailStep) -> QuerySet[Invitation]:
    """One invitation per person: of the week, or the first of the campaign, for the thanks the last one."""
    asked = Invitation.objects.filter(organisation=step.organisation_id, campaign=step.campaign_id)
    if step.kind not in ONCE_PER_CAMPAIGN:
        return asked.filter(week=step.week_id).order_by("employee__staff_number")
    monday = F("week__monday").desc() if step.kind == MailStepKind.THANKS else F("week__monday").asc()
    chosen = asked.order_by("employee_id", F("withdrawn_at").asc(nulls_first=True), monday).distinct("employee_id")
    return asked.filter(pk__in=chosen.values("pk")).order_by("employee__staff_number")


def _line(
    person: Mapping[str, Any], *, known: _Known, planned_at: datetime.datetime, now: datetime.datetime
) -> MailLine:
    moment = known.moment(person, planned_at=planned_at)
    counter = counter_of(known.campaign, moment.at or planned_at)
    language = known.language(person["employee__language"])
    reason = reason_for_none(
        _in_plan(person, known=known, counter=counter), kind=known.step.kind, moment=moment, now=now
    )
    if not reason and not language:
        reason = "text_missing"
    return MailLine(
        invitation_id=person["pk"],
        invitation_code=person["code"],
        employee_id=person["employee_id"],
        employee_code=person["employee__code"],
        recipient=person["employee__email"],
        language=language or person["employee__language"],
        due_at=None if reason else moment.at,
        counter=counter,
        reason=reason,
    )


def _in_plan(person: Mapping[str, Any], *, known: _Known, counter: str) -> PersonInPlan:
    stop = known.stops.get(person["employee__email"])
    return PersonInPlan(
        made=known.made.get(person["code"], ""),
        is_withdrawn=person["withdrawn_at"] is not None,
        has_left=person["employee__left_at"] is not None,
        employed_until=person["employee__employed_until"],
        is_mail_stopped=person["employee_id"] in known.mail_stopped,
        has_opted_out=person["employee_id"] in known.opted_out,
        has_answered=person["employee_id"] in known.answered,
        has_address=bool(person["employee__email"]),
        stopped="" if stop is None else "complained" if stop == MailEventKind.COMPLAINT else "bounced",
        is_invited=person["invited_at"] is not None or person["code"] in known.perhaps_invited,
        last_mailed_at=known.last_mailed.get(person["code"]),
        mails_so_far=known.so_far(counter=counter, person=person["employee__code"]),
        limit=known.limit,
    )
