"""Shortcuts for tests about campaigns: a plan as HR would make it, mails sent, rows looked at."""

import datetime
from typing import Any

from django.db.models import Model

from surveys.domain.calendar import moment_of
from surveys.domain.campaign_plan import CampaignPlan
from surveys.models import Campaign, MailStep
from surveys.services.campaign_progress import advance_campaigns
from surveys.services.campaign_start import start_campaign
from surveys.services.campaigns import CampaignDetails, create_campaign
from surveys.services.survey_mail import send_next_mail
from tests.factories import as_owner
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import AuditEvent, Organisation
from wpm_platform.scoping import organisation_scope

MONDAY = datetime.date(2026, 3, 9)
DETAILS = CampaignDetails(name="Reisweek", sender_name="Voorbeeld Personeelszaken", reply_to="hr@voorbeeld.example")


def local(day: str, clock_time: str = "09:00") -> datetime.datetime:
    """The moment at which the Dutch clock shows this time on this day."""
    return moment_of(datetime.date.fromisoformat(day), datetime.time.fromisoformat(clock_time))


def plan(**fields: Any) -> CampaignPlan:
    fields.setdefault("kind", "one_week")
    fields.setdefault("reporting_year", 2026)
    fields.setdefault("mondays", (MONDAY,))
    return CampaignPlan(**fields)


def make_draft(organisation: Organisation, *, details: CampaignDetails = DETAILS, **fields: Any) -> Campaign:
    """A draft about the week of 9 March 2026, made by the real service."""
    with organisation_scope(organisation):
        return create_campaign(
            organisation=organisation, actor=None, now=local("2026-03-10"), plan=plan(**fields), details=details
        )


def make_started(organisation: Organisation, *, now: datetime.datetime | None = None, **fields: Any) -> Campaign:
    """A campaign that was started on Thursday 12 March 2026; its invitations leave on Monday 16 March, 09:00."""
    draft = make_draft(organisation, **fields)
    now = now or local("2026-03-12")
    with organisation_scope(organisation):
        return start_campaign(organisation=organisation, actor=None, now=now, today=now.date(), campaign=draft)


def send_all(organisation: Organisation, *, now: datetime.datetime) -> int:
    """Send what is due now; returns how many mails were sent or withdrawn."""
    count = 0
    while send_next_mail(organisation_id=organisation.pk, now=now):
        count += 1
    return count


def advance(organisation: Organisation, *, now: datetime.datetime) -> None:
    """What the tick does for the organisation, short of sending."""
    with organisation_scope(organisation):
        advance_campaigns(organisation=organisation, now=now)


def plan_step(organisation: Organisation, kind: str, *, number: int = 0, **filters: Any) -> MailStep:
    """The one step of the plan of this kind and number."""
    with as_owner(organisation):
        return MailStep.objects.select_related("campaign__organisation", "week").get(
            organisation=organisation, kind=kind, number=number, **filters
        )


def step_states(organisation: Organisation) -> list[tuple[str, int, str, str]]:
    """Kind, number, state and reason of every step, in order of time."""
    with as_owner(organisation):
        found = MailStep.objects.filter(organisation=organisation).order_by("due_at", "pk")
        return list(found.values_list("kind", "number", "state", "reason"))


def rows(model: type[Model], organisation: Organisation, *fields: str, **filters: Any) -> list[Any]:
    """The organisation's rows as the owner sees them, oldest first."""
    with as_owner(organisation):
        found = model.objects.filter(organisation=organisation, **filters).order_by("pk")
        return list(found.values_list(*fields, flat=len(fields) == 1)) if fields else list(found)


def mails(organisation: Organisation, *fields: str) -> list[Any]:
    return rows(OutgoingMail, organisation, *(fields or ("kind", "recipient", "state", "reason")))


def events(organisation: Organisation) -> list[str]:
    return rows(AuditEvent, organisation, "action")
