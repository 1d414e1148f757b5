"""The run itself: in chunks, each a transaction of its own; stopped anywhere, the next run goes on."""

import datetime

from django.db import connection, transaction

from surveys.domain.calendar import local_date
from surveys.domain.retention import is_held
from surveys.enums import CampaignState
from surveys.models import Campaign, RetentionHold, RetentionRun
from surveys.selectors.retention import NO_HASH, RetentionState, finished_runs, run_hash
from surveys.services.campaign_lock import locked_campaign
from surveys.services.retention.refusals import NotClosed
from surveys.services.retention.totals import keep_people_totals
from wpm_platform.organisations.models import Organisation
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.scoping import call_system_function

# Small enough that a mail or a page never waits long for a row.
PEOPLE_AT_ONCE = 500
CHAIN = "hashtextextended('surveys.retention:' || %s, 0)"


@transaction.atomic
def begin_run(*, organisation: Organisation, now: datetime.datetime, state: RetentionState) -> RetentionRun:
    """The run of a campaign whose day has come: the one under way, or a new one with its counts before.

    The totals that stay are kept first. Raises `NotClosed`, also when nobody was told.
    """
    campaign = locked_campaign(organisation=organisation, campaign=state.campaign)
    if campaign.state != CampaignState.CLOSED or state.announced_at is None:
        raise NotClosed
    found: RetentionRun | None = RetentionRun.objects.filter(organisation=organisation, campaign=campaign).first()
    if found is not None:
        return found
    keep_people_totals(organisation=organisation, campaign=campaign, now=now)
    run: RetentionRun = RetentionRun.objects.create(
        organisation=organisation,
        campaign=campaign,
        months=state.months,
        planned_on=state.dates.planned_on,
        announced_at=state.announced_at,
        started_at=now,
        before=rows_left(organisation=organisation, campaign=campaign),
    )
    return run


@transaction.atomic
def forget_some(*, organisation: Organisation, run: RetentionRun, now: datetime.datetime) -> bool:
    """Let the next people of a run go. Returns whether there may be more.

    A second worker waits for the first one's chunk and takes the next; of a finished run there is none. A hold that was
    placed meanwhile stops the run.
    """
    locked_campaign(organisation=organisation, campaign=run.campaign)
    locked = _locked(run)
    if locked.finished_at is not None or _is_held(run, today=local_date(now)):
        return False
    rows = call_system_function("forget_campaign", organisation.pk, run.campaign_id, local_date(now), PEOPLE_AT_ONCE)
    for row in rows:
        locked.removed[row["kind"]] = locked.removed.get(row["kind"], 0) + row["number"]
    locked.save(update_fields=["removed"])
    return bool(rows)


@transaction.atomic
def finish_run(*, organisation: Organisation, run: RetentionRun, now: datetime.datetime) -> RetentionRun:
    """Count what is left, seal the row with its hash and say so in the trail.

    Done twice, or while something is left, nothing changes.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({CHAIN})", [str(organisation.pk)])
    locked = _locked(run)
    if locked.finished_at is not None or _is_held(locked, today=local_date(now)):
        return locked
    locked.after = rows_left(organisation=organisation, campaign=locked.campaign)
    if any(locked.after.values()):
        return locked
    locked.finished_at = max(now, locked.started_at)
    before = [row.chain_hash for row in finished_runs(organisation_id=organisation.pk)]
    locked.chain_hash = run_hash(locked, previous=before[-1] if before else NO_HASH)
    locked.save(update_fields=["after", "finished_at", "chain_hash"])
    record_event(
        organisation=organisation,
        actor=None,
        action="retention.done",
        now=now,
        subject=str(locked.campaign.code),
        detail={"campaign": str(locked.campaign.code), "rows": sum(locked.removed.values())},
    )
    return locked


def rows_left(*, organisation: Organisation, campaign: Campaign) -> dict[str, int]:
    """Rows about persons of the campaign per kind, counted by PostgreSQL."""
    return {row["kind"]: row["number"] for row in call_system_function("retention_left", organisation.pk, campaign.pk)}


def _is_held(run: RetentionRun, *, today: datetime.date) -> bool:
    holds = RetentionHold.objects.filter(
        organisation=run.organisation_id, campaign=run.campaign_id, lifted_at__isnull=True
    )
    return any(is_held(until=hold.until, today=today) for hold in holds)


def _locked(run: RetentionRun) -> RetentionRun:
    found: RetentionRun = (
        RetentionRun.objects.select_for_update(of=("self",))
        .select_related("campaign")
        .get(organisation=run.organisation_id, pk=run.pk)
    )
    return found
