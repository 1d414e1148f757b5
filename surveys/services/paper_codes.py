"""Makes codes on paper. A code is in the clear only in what these return; printing again makes a new one."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.domain.paper_code import CodeText, new_code
from surveys.models import Campaign, Invitation, PaperCode, PaperList, SurveyWeek
from surveys.selectors.paper import PaperChoice, paper_week, people_for_paper
from surveys.services.campaign_lock import locked_campaign
from surveys.services.paper_secrets import hashed_secrets
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event

# Twenty sheets of twelve. Each code takes a slow hash, and HR waits for them: some seconds on a quiet machine.
MOST_SLIPS = 240


class PaperRefused(Exception):
    """No slips are made; the subclass says why."""


class NotOpenForPaper(PaperRefused):
    def __str__(self) -> str:
        return str(_("Codes can be made from the start of the campaign until it closes."))


class NobodyOnPaper(PaperRefused):
    """Nobody who was chosen still has to answer."""

    def __str__(self) -> str:
        return str(_("Nobody of them still has to answer. Choose another site or department."))


class TooManySlips(PaperRefused):
    """More people than fit in one list. count: how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def __str__(self) -> str:
        return str(
            _("These are %(count)s people; a list holds %(most)s. Make one per site or department.")
            % {"count": self.count, "most": MOST_SLIPS}
        )


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What is printed for one person."""

    invitation: Invitation
    code: CodeText


@transaction.atomic
def make_paper_list(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    campaign: Campaign,
    name: str,
    choice: PaperChoice,
) -> tuple[PaperList, list[Slip]]:
    """A list with a code for everybody who was chosen and still has to answer; codes they had before end.

    Raises `NotOpenForPaper`, `NobodyOnPaper` or `TooManySlips`.
    """
    people = people_for_paper(week=_week(campaign, now=now), choice=choice)
    chosen = list(people[:MOST_SLIPS])
    if len(chosen) == MOST_SLIPS and (count := people.count()) > MOST_SLIPS:
        raise TooManySlips(count)
    if not chosen:
        raise NobodyOnPaper
    texts = _new_texts(len(chosen))
    hashed = hashed_secrets(text.secret for text in texts)
    _lock(organisation=organisation, campaign=campaign, now=now)
    made = PaperList.objects.create(
        organisation=organisation, campaign=campaign, name=name, created_at=now, created_by=actor
    )
    slips = _print(made, invitations=chosen, texts=texts, hashed=hashed, now=now)
    record_event(
        organisation=organisation,
        actor=actor,
        action="paper_list.made",
        now=now,
        subject=str(made.code),
        detail={"campaign": str(campaign.code), "name": name, "rows": len(slips)},
    )
    return made, slips


@transaction.atomic
def replace_code(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    campaign: Campaign,
    invitation: Invitation,
) -> tuple[PaperList, list[Slip]]:
    """A new code for one person, on the list of the one before; that one ends. First codes share a list of their own.

    Raises `NotOpenForPaper`, or `NobodyOnPaper` for who has answered, left or is no longer asked.
    """
    _week(campaign, now=now)
    every = PaperChoice(only_without_address=False)
    if invitation.week.closes_at <= now:
        raise NotOpenForPaper
    chosen = list(people_for_paper(week=invitation.week, choice=every).filter(pk=invitation.pk))
    if not chosen:
        raise NobodyOnPaper
    texts = _new_texts(1)
    hashed = hashed_secrets(text.secret for text in texts)
    _lock(organisation=organisation, campaign=campaign, now=now)
    lists = PaperList.objects.filter(organisation=organisation, campaign=campaign)
    paper_list = lists.filter(codes__invitation=invitation).first() or _single_codes(campaign, actor=actor, now=now)
    slips = _print(paper_list, invitations=chosen, texts=texts, hashed=hashed, now=now)
    record_event(
        organisation=organisation,
        actor=actor,
        action="invitation.paper_code_made",
        now=now,
        subject=str(invitation.code),
        detail={"campaign": str(campaign.code), "name": paper_list.name},
    )
    return paper_list, slips


SINGLE_CODES = gettext_lazy("Single codes")


def _single_codes(campaign: Campaign, *, actor: User | None, now: datetime.datetime) -> PaperList:
    """The list of codes that were made one at a time."""
    found, _is_new = PaperList.objects.get_or_create(
        organisation=campaign.organisation,
        campaign=campaign,
        name=str(SINGLE_CODES),
        defaults={"created_at": now, "created_by": actor},
    )
    return found


def _week(campaign: Campaign, *, now: datetime.datetime) -> SurveyWeek:
    week = paper_week(campaign=campaign, now=now)
    if week is None:
        raise NotOpenForPaper
    return week


def _new_texts(count: int) -> list[CodeText]:
    return [new_code() for _number in range(count)]


def _lock(*, organisation: Organisation, campaign: Campaign, now: datetime.datetime) -> None:
    """One printer of the organisation at a time from here on, in a campaign that is open still.

    The slow hashing is done before, so that nobody waits for it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('surveys.paper:' || %s, 0))", [str(organisation.pk)]
        )
    _week(locked_campaign(organisation=organisation, campaign=campaign), now=now)


def _print(
    paper_list: PaperList,
    *,
    invitations: Sequence[Invitation],
    texts: Sequence[CodeText],
    hashed: Sequence[str],
    now: datetime.datetime,
) -> list[Slip]:
    """Put the codes in the place of those these people had; look-up parts that are in use are drawn again."""
    codes = PaperCode.objects.filter(organisation=paper_list.organisation_id)
    codes.filter(invitation__in=invitations).delete()
    taken = set(codes.values_list("lookup", flat=True))
    slips = []
    for invitation, text in zip(invitations, texts, strict=True):
        lookup = text.lookup if text.lookup not in taken else new_code(taken=taken).lookup
        taken.add(lookup)
        slips.append(Slip(invitation=invitation, code=CodeText(lookup=lookup, secret=text.secret)))
    PaperCode.objects.bulk_create(
        PaperCode(
            organisation_id=paper_list.organisation_id,
            paper_list=paper_list,
            invitation=slip.invitation,
            lookup=slip.code.lookup,
            secret_hash=secret_hash,
            created_at=now,
        )
        for slip, secret_hash in zip(slips, hashed, strict=True)
    )
    return slips
