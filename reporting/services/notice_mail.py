"""Sends the notices to members that are due: claim, commit, look again, hand over, record."""

import datetime
from typing import Any

import structlog
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from reporting.domain.parameter_files import load_parameters
from reporting.selectors.duty import entity_duties
from reporting.selectors.retention import draft_reports
from reporting.services.member_notices import ADDRESSED, DEADLINE_MAIL, NOTICE_KINDS
from surveys.domain.calendar import local_date
from surveys.models import Campaign
from surveys.selectors.retention import retention_state
from wpm_platform.mailing.domain.retries import Result
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.delivery import Outcome, hand_over
from wpm_platform.mailing.services.letters import Letter
from wpm_platform.mailing.services.outbox import claim_mail, withdraw_mail
from wpm_platform.mailing.services.outcomes import DATABASE_GONE, record_outcome
from wpm_platform.mailing.services.sweeping import resolve_interrupted
from wpm_platform.organisations.models import Membership, Organisation
from wpm_platform.scoping import organisation_scope

MOST_AT_ONCE = 200

log = structlog.get_logger(__name__)


def send_notices(*, organisation_id: int, now: datetime.datetime, sender: str) -> int:
    """Send what is due for one organisation; opens its own scopes, since each step commits. Returns how many went.

    A notice that was interrupted is not sent again: it would be the second of its occasion.
    """
    with organisation_scope(organisation_id):
        organisation = Organisation.objects.get(pk=organisation_id)
        resolve_interrupted(organisation=organisation, kinds=list(NOTICE_KINDS), repeatable_kinds=[], now=now)
    sent = 0
    for _turn in range(MOST_AT_ONCE):
        with organisation_scope(organisation_id):
            mail = claim_mail(organisation=organisation, kinds=NOTICE_KINDS, now=now)
        if mail is None:
            break
        sent += _send(mail, organisation=organisation, sender=sender, now=now)
    return sent


def _send(mail: OutgoingMail, *, organisation: Organisation, sender: str, now: datetime.datetime) -> bool:
    """Send, withdraw or give up a claimed mail. Returns whether it left."""
    letter = None
    try:
        with organisation_scope(organisation):
            letter = _letter(mail, organisation=organisation, sender=sender, now=now)
        if letter is None:
            return False
        outcome = hand_over(mail=mail, letter=letter)
    except DATABASE_GONE:
        raise
    except Exception as error:
        # One notice that cannot be written must not hold up the others.
        log.exception("mail_not_rendered", code=str(mail.code), kind=mail.kind, attempts=mail.attempts)
        outcome = Outcome(result=Result.FAULTY, reason=type(error).__name__)
    with organisation_scope(organisation):
        record_outcome(mail=mail, letter=letter, outcome=outcome, now=now, is_repeatable=False)
    return outcome.is_sent


def _letter(mail: OutgoingMail, *, organisation: Organisation, sender: str, now: datetime.datetime) -> Letter | None:
    """The notice as it is true now; None when it is not any more, or the member wants none."""
    member = Membership.objects.filter(
        organisation=organisation, code=mail.reference, role__in=ADDRESSED, gets_notices=True
    )
    context = None
    if member.exists():
        facts = _deadline if mail.kind == DEADLINE_MAIL else _retention
        context = facts(mail, organisation=organisation, now=now)
    if context is None:
        withdraw_mail(mail=mail, reason="no longer true")
        return None
    folder = mail.kind.partition(".")[2]
    context |= {"organisation": organisation, "off": _url(organisation, "settings_notices")}
    with translation.override(mail.language):
        return Letter(
            subject=" ".join(render_to_string(f"emails/{folder}/subject.txt", context).split()),
            text=render_to_string(f"emails/{folder}/body.txt", context),
            html=render_to_string(f"emails/{folder}/body.html", context),
            sender=sender,
        )


def _deadline(mail: OutgoingMail, *, organisation: Organisation, now: datetime.datetime) -> dict[str, Any] | None:
    year = int(mail.occasion.split(":")[1])
    deadline = load_parameters(reporting_year=year).day("filing_deadline")
    duties = [duty for duty in entity_duties(organisation=organisation, reporting_year=year) if duty.must_file]
    left = (deadline - local_date(now)).days
    if left < 0 or not duties:
        return None
    start = f"{_url(organisation, 'console_start')}?year={year}"
    return {"year": str(year), "deadline": deadline, "left": left, "duties": duties, "link": start}


def _retention(mail: OutgoingMail, *, organisation: Organisation, now: datetime.datetime) -> dict[str, Any] | None:
    campaign = Campaign.objects.filter(organisation=organisation, code=mail.occasion.split(":")[1]).first()
    if campaign is None:
        return None
    state = retention_state(campaign=campaign, today=local_date(now))
    if state.hold is not None or state.announced_at is None or state.run is not None:
        return None
    return {
        "state": state,
        "drafts": draft_reports(organisation=organisation, campaign=campaign),
        "link": _url(organisation, "campaign_retention", code=campaign.code),
    }


def _url(organisation: Organisation, name: str, **arguments: Any) -> str:
    return settings.BASE_URL + reverse(name, kwargs={"slug": organisation.slug, **arguments})
