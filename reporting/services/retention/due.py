"""What the hourly tick does for one organisation: keep, announce, and let go of what is past its period."""

import datetime
from collections.abc import Callable

import structlog

from reporting.selectors.retention import draft_reports
from reporting.services.member_notices import plan_retention_notice
from reporting.services.retention.keeping import keep_facts, keep_sums
from surveys.domain.calendar import local_date
from surveys.enums import CampaignState
from surveys.models import Campaign, RetentionRun
from surveys.selectors.retention import RetentionState, retention_states
from surveys.services.retention.plan import announce_retention
from surveys.services.retention.run import begin_run, finish_run, forget_some
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import call_system_function, organisation_scope

# So that a task ends within minutes: the next tick goes on.
MOST_CHUNKS = 200

log = structlog.get_logger(__name__)


def retain_due(*, organisation_id: int, clock: Callable[[], datetime.datetime]) -> int:
    """Announce and carry out what is due for one organisation. Returns how many campaigns were finished.

    Opens its own scopes: each step commits, so that a worker that dies anywhere loses nothing, and the next tick goes
    on where it stopped. Two at once wait for each other.
    """
    with organisation_scope(organisation_id):
        organisation = Organisation.objects.get(pk=organisation_id)
        states = _open_states(organisation, now=clock())
    done = 0
    for state in states:
        today = local_date(clock())
        if state.announced_at is not None and today >= state.dates.anonymous_on:
            done += _let_go(organisation, state, clock=clock)
        elif state.announced_at is None and today >= state.dates.announce_on:
            _announce(organisation, state, now=clock())
    return done


def forget_requested(*, organisation_id: int, now: datetime.datetime) -> int:
    """Delete the answers of those who asked for it after the closing; figures are kept first. Returns how many."""
    with organisation_scope(organisation_id):
        organisation = Organisation.objects.get(pk=organisation_id)
        campaigns = list(Campaign.objects.filter(organisation=organisation, state=CampaignState.CLOSED))
    forgotten = 0
    for campaign in campaigns:
        with organisation_scope(organisation_id):
            if not call_system_function("has_forget_requests", organisation.pk, campaign.pk)[0]["has_requests"]:
                continue
            keep_sums(organisation=organisation, campaign=campaign, now=now)
            forgotten += call_system_function("forget_requested", organisation.pk, campaign.pk)[0]["forgotten"]
    return forgotten


def _open_states(organisation: Organisation, *, now: datetime.datetime) -> list[RetentionState]:
    states = retention_states(organisation=organisation, today=local_date(now))
    return [
        state
        for state in states
        if state.campaign.state == CampaignState.CLOSED and not state.is_gone and state.hold is None
    ]


def _announce(organisation: Organisation, state: RetentionState, *, now: datetime.datetime) -> None:
    with organisation_scope(organisation):
        drafts = draft_reports(organisation=organisation, campaign=state.campaign)
        announce_retention(organisation=organisation, now=now, state=state, drafts=len(drafts))
        plan_retention_notice(organisation=organisation, campaign=state.campaign, now=now)


def _let_go(organisation: Organisation, state: RetentionState, *, clock: Callable[[], datetime.datetime]) -> bool:
    with organisation_scope(organisation):
        keep_sums(organisation=organisation, campaign=state.campaign, now=clock())
        keep_facts(organisation=organisation, campaign=state.campaign)
        run = begin_run(organisation=organisation, now=clock(), state=state)
    for _chunk in range(MOST_CHUNKS):
        with organisation_scope(organisation):
            if not forget_some(organisation=organisation, run=run, now=clock()):
                break
    with organisation_scope(organisation):
        run = finish_run(organisation=organisation, run=run, now=clock())
    return _is_finished(run)


def _is_finished(run: RetentionRun) -> bool:
    if run.finished_at is not None:
        log.info("campaign_rows_gone", campaign=str(run.campaign.code), rows=sum(run.removed.values()))
    return run.finished_at is not None
