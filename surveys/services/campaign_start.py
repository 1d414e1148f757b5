"""Starts a campaign: freezes who is asked, and makes an invitation per person and week."""

import datetime
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.domain.calendar import DAY
from surveys.domain.mail_limit import PlannedCount
from surveys.domain.staggered import Drawn, drawn_weeks
from surveys.enums import Asks, CampaignKind, CampaignState, MailStepState, TextKind
from surveys.models import Campaign, Employee, Invitation, MailStep, PopulationMember, SurveyWeek
from surveys.selectors.asking import asking_of
from surveys.selectors.mail_limit import planned_counts
from surveys.selectors.population import Candidate, candidates
from surveys.selectors.rosters import Rosters
from surveys.services.campaign_lock import locked_campaign
from surveys.services.campaign_texts import missing_texts
from surveys.services.mail_plan import expire_missed_announcement, lay_mail_plan
from surveys.services.mail_plan.refusals import limit_sentence
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.queue import enqueue

BATCH = 2000
MAIN_LANGUAGE = "nl"


class CampaignAlreadyStarted(Exception):
    """Only a draft can be started."""

    def __str__(self) -> str:
        return str(_("This campaign has already been started."))


class CampaignNotReady(Exception):
    """Something is missing before the campaign can start; the subclass says what."""


class WeeksMissing(CampaignNotReady):
    def __str__(self) -> str:
        return str(_("Choose the week to ask about first."))


class WeeksOver(CampaignNotReady):
    """The last day to answer lies in the past."""

    def __str__(self) -> str:
        return str(_("The last day to answer has passed. Choose a later moment for the invitation."))


class TextsMissing(CampaignNotReady):
    """The Dutch text of a mail that is planned is missing or cannot be sent. kinds: of which mails."""

    def __init__(self, kinds: list[str]) -> None:
        super().__init__(kinds)
        self.kinds = kinds

    def __str__(self) -> str:
        names = ", ".join(str(TextKind(kind).label) for kind in self.kinds)
        return str(_("The Dutch texts are not complete. Write these first: %(names)s.")) % {"names": names}


class PlanAboveLimit(CampaignNotReady):
    """Somebody would get more mails than the organisation promised. count: how many, and what was promised."""

    def __init__(self, count: PlannedCount) -> None:
        super().__init__(count)
        self.count = count

    def __str__(self) -> str:
        return limit_sentence(self.count)


class NobodyToInvite(CampaignNotReady):
    """No employee on the staff list can be invited."""

    def __str__(self) -> str:
        return str(_("Nobody on the staff list can be invited. Import your staff first, with e-mail addresses."))


@transaction.atomic
def start_campaign(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    today: datetime.date,
    campaign: Campaign,
) -> Campaign:
    """Freeze the population and let the invitations leave at the weeks' opening moments.

    Frozen with it are the days that each person's roster has in each week; a later change of it is for the next one.

    Raises `CampaignAlreadyStarted`, or the `CampaignNotReady` that says what is missing.
    """
    draft = locked_campaign(organisation=organisation, campaign=campaign)
    if draft.state != CampaignState.DRAFT:
        raise CampaignAlreadyStarted
    weeks = _weeks(draft, now=now)
    _check_texts(draft)
    found = candidates(
        organisation=organisation,
        mondays=[week.monday for week in weeks],
        today=today,
        on_paper=draft.answers_on_paper,
        asking=asking_of(draft),
    )
    if not any(candidate.is_invited for candidate in found):
        raise NobodyToInvite
    PopulationMember.objects.bulk_create((_member(draft, c) for c in found), batch_size=BATCH)
    rosters = Rosters(organisation)
    invited_people = [candidate.employee for candidate in found if candidate.is_invited]
    invitations = [
        Invitation(
            organisation=organisation,
            campaign=draft,
            week=week,
            employee=employee,
            asked_days=rosters.asked_days(employee.work_pattern_id, monday=week.monday),
        )
        for week, employee in _asked(draft, weeks=weeks, people=invited_people)
    ]
    Invitation.objects.bulk_create(invitations, batch_size=BATCH)
    lay_mail_plan(campaign=draft, now=now)
    expire_missed_announcement(campaign=draft, now=now)
    draft.state, draft.started_at = CampaignState.RUNNING, now
    draft.save(update_fields=["state", "started_at"])
    _check_limit(draft)
    record_event(
        organisation=organisation,
        actor=actor,
        action="campaign.started",
        now=now,
        subject=str(draft.code),
        detail=_started_detail(draft, found, invitations),
    )
    enqueue("surveys.advance_campaigns", organisation_id=organisation.pk)
    return draft


def _started_detail(
    campaign: Campaign, found: Sequence[Candidate], invitations: Sequence[Invitation]
) -> dict[str, object]:
    invited = sum(candidate.is_invited for candidate in found)
    detail: dict[str, object] = {
        "invited": invited,
        "not_invited": len(found) - invited,
        "invitations": len(invitations),
    }
    return detail if campaign.asks == Asks.EVERYBODY else {"asks": campaign.asks, **detail}


def _asked(
    campaign: Campaign, *, weeks: Sequence[SurveyWeek], people: Sequence[Employee]
) -> Iterator[tuple[SurveyWeek, Employee]]:
    """Who is asked about which week: everybody about each week they are employed in, or about one that is drawn."""
    if campaign.kind != CampaignKind.STAGGERED_YEAR:
        yield from ((week, person) for week in weeks for person in people if _is_employed_in(week, person))
        return
    drawn = drawn_weeks(
        [
            Drawn(
                person=str(person.code),
                site=str(person.site_id),
                weeks=tuple(place for place, week in enumerate(weeks) if _is_employed_in(week, person)),
            )
            for person in people
        ],
        weeks=len(weeks),
        seed=str(campaign.code),
    )
    yield from ((weeks[drawn[str(person.code)]], person) for person in people if str(person.code) in drawn)


def _weeks(campaign: Campaign, *, now: datetime.datetime) -> list[SurveyWeek]:
    weeks = list(SurveyWeek.objects.filter(organisation=campaign.organisation_id, campaign=campaign))
    if not weeks:
        raise WeeksMissing
    if any(week.closes_at <= now for week in weeks):
        raise WeeksOver
    return weeks


def _check_texts(campaign: Campaign) -> None:
    planned = MailStep.objects.filter(
        organisation=campaign.organisation_id, campaign=campaign, state=MailStepState.PLANNED
    )
    needed = {TextKind.INVITATION.value, *planned.values_list("kind", flat=True)}
    if campaign.has_reminders:
        needed.add(TextKind.REMINDER.value)
    missing = missing_texts(campaign=campaign, kinds=needed, language=MAIN_LANGUAGE)
    if missing:
        raise TextsMissing(missing)


def _check_limit(campaign: Campaign) -> None:
    for count in planned_counts(campaign=campaign):
        if count.is_exceeded:
            raise PlanAboveLimit(count)


def _member(campaign: Campaign, candidate: Candidate) -> PopulationMember:
    employee = candidate.employee
    return PopulationMember(
        organisation=campaign.organisation,
        campaign=campaign,
        employee=employee,
        legal_entity_id=employee.legal_entity_id,
        site_id=employee.site_id,
        department=employee.department,
        is_invited=candidate.is_invited,
        exclusion_reason="" if candidate.is_invited else candidate.reason.value,
        asked_because=candidate.because,
    )


def _is_employed_in(week: SurveyWeek, employee: Employee) -> bool:
    """Whether the person was employed on some day of this week of a panel."""
    starts_later = employee.employed_from is not None and employee.employed_from > week.monday + 6 * DAY
    left_before = employee.employed_until is not None and employee.employed_until < week.monday
    return not starts_later and not left_before
