"""A period of its own, a hold for an inspection, and two workers at once."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from surveys.domain.calendar import local_date
from surveys.models import Campaign, RetentionHold
from surveys.selectors.retention import retention_state
from surveys.services.retention import run as retention_run
from surveys.services.retention.holds import lift_hold, place_hold
from surveys.services.retention.plan import set_retention_period
from surveys.services.retention.refusals import (
    AlreadyGone,
    AlreadyHeld,
    HoldInThePast,
    HoldReasonMissing,
    NotHeld,
    PeriodRejected,
)
from tests.factories import as_owner, make_organisation, make_user
from tests.reporting.report_rows import NOW, make_report
from tests.reporting.services.retention.rows import DUE, TOLD, left, plan_of, run_of, tick, told_and_gone
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import call_system_function, organisation_scope

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def report():
    return make_report()


def do(service, report, *, now=NOW, **arguments):
    with organisation_scope(report.organisation):
        return service(organisation=report.organisation, actor=None, now=now, campaign=report.campaign, **arguments)


def state(report, now):
    with organisation_scope(report.organisation):
        return retention_state(campaign=report.campaign, today=local_date(now))


def actions(report):
    with as_owner(report.organisation):
        return list(AuditEvent.objects.filter(action__startswith="retention.").values_list("action", flat=True))


def test_a_hold_stops_the_announcement_and_the_run_and_is_audited(report):
    do(place_hold, report, reason="Inspection announced")
    told_and_gone(report.organisation)
    assert plan_of(report.campaign) is None
    assert run_of(report.campaign) is None
    do(lift_hold, report, now=DUE)
    assert actions(report) == ["retention.released", "retention.held"]


def test_after_a_hold_the_end_is_announced_anew(report):
    tick(report.organisation, TOLD)
    do(place_hold, report, now=TOLD, reason="Inspection announced")
    do(lift_hold, report, now=DUE)
    tick(report.organisation, DUE)
    assert run_of(report.campaign) is None
    assert state(report, DUE).dates.anonymous_on == local_date(DUE + 14 * DAY)
    tick(report.organisation, DUE + 14 * DAY)
    assert run_of(report.campaign).finished_at is not None


def test_a_hold_with_a_last_day_ends_by_itself(report):
    do(place_hold, report, reason="Inspection announced", until=local_date(DUE))
    tick(report.organisation, DUE)
    assert plan_of(report.campaign) is None
    tick(report.organisation, DUE + DAY)
    assert plan_of(report.campaign).announced_at == DUE + DAY
    do(place_hold, report, now=DUE + 2 * DAY, reason="Another inspection")
    with organisation_scope(report.organisation):
        assert RetentionHold.objects.filter(lifted_at__isnull=True).count() == 1


def test_a_hold_stops_a_run_half_way(report, monkeypatch):
    monkeypatch.setattr(retention_run, "PEOPLE_AT_ONCE", 2)
    monkeypatch.setattr("reporting.services.retention.due.MOST_CHUNKS", 1)
    told_and_gone(report.organisation)
    half = left(report.campaign)
    do(place_hold, report, now=DUE, reason="Inspection announced")
    tick(report.organisation, DUE + DAY)
    assert left(report.campaign) == half
    assert run_of(report.campaign).finished_at is None
    with organisation_scope(report.organisation), pytest.raises(DatabaseError, match="held"), transaction.atomic():
        call_system_function("forget_campaign", report.organisation.pk, report.campaign.pk, local_date(DUE), 10)


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"reason": "  "}, HoldReasonMissing),
        ({"reason": "x", "until": local_date(NOW - DAY)}, HoldInThePast),
    ],
)
def test_a_hold_needs_a_reason_and_a_day_to_come(report, arguments, refusal):
    with pytest.raises(refusal):
        do(place_hold, report, **arguments)


def test_two_holds_and_lifting_twice_are_refused(report):
    do(place_hold, report, reason="Inspection announced")
    with pytest.raises(AlreadyHeld):
        do(place_hold, report, reason="Once more")
    do(lift_hold, report)
    with pytest.raises(NotHeld):
        do(lift_hold, report)


def test_one_hold_at_a_time_by_constraint(report):
    do(place_hold, report, reason="Inspection announced")
    with as_owner(report.organisation), pytest.raises(IntegrityError), transaction.atomic():
        RetentionHold.objects.create(
            organisation=report.organisation, campaign=report.campaign, reason="x", placed_at=NOW
        )


def test_another_organisations_campaign_is_out_of_reach(report):
    other = make_organisation()
    with organisation_scope(other), pytest.raises(Campaign.DoesNotExist):
        place_hold(organisation=other, actor=make_user(), now=NOW, campaign=report.campaign, reason="x")
    with organisation_scope(other), pytest.raises(Campaign.DoesNotExist):
        set_retention_period(organisation=other, actor=None, now=NOW, campaign=report.campaign, months=2)


def test_a_campaign_has_a_period_of_its_own(report):
    do(set_retention_period, report, months=12)
    assert state(report, NOW).dates.planned_on == datetime.date(2027, 3, 16)
    do(set_retention_period, report, months=None)
    assert state(report, NOW).dates.planned_on == datetime.date(2028, 3, 16)
    assert actions(report) == ["retention.period_set"] * 2


def test_a_shorter_period_is_announced_first(report):
    """Months after the day would have been, the rows still wait for two weeks of notice."""
    late = datetime.datetime(2027, 9, 1, 12, tzinfo=datetime.UTC)
    do(set_retention_period, report, now=late, months=1)
    tick(report.organisation, late)
    assert run_of(report.campaign) is None
    tick(report.organisation, late + 13 * DAY)
    assert run_of(report.campaign) is None
    tick(report.organisation, late + 14 * DAY)
    assert run_of(report.campaign).finished_at is not None


def test_a_longer_period_makes_an_announcement_void(report):
    tick(report.organisation, TOLD)
    with as_owner(report.organisation):
        type(report.organisation).objects.filter(pk=report.organisation.pk).update(answers_kept_months=36)
    tick(report.organisation, DUE)
    assert run_of(report.campaign) is None
    assert state(report, DUE).announced_at is None
    assert state(report, DUE).dates.anonymous_on == datetime.date(2029, 3, 16)


@pytest.mark.parametrize("months", [0, -1, 85])
def test_a_period_is_one_to_84_months(report, months):
    with pytest.raises(PeriodRejected):
        do(set_retention_period, report, months=months)


def test_what_is_gone_can_be_neither_held_nor_given_another_period(report):
    told_and_gone(report.organisation)
    with pytest.raises(AlreadyGone):
        do(place_hold, report, now=DUE, reason="Too late")
    with pytest.raises(AlreadyGone):
        do(set_retention_period, report, now=DUE, months=80)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_let_go_once(monkeypatch):
    report = make_report()
    monkeypatch.setattr(retention_run, "PEOPLE_AT_ONCE", 2)
    tick(report.organisation, TOLD)
    before = left(report.campaign)

    def work(_number):
        try:
            return tick(report.organisation, DUE)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    run = run_of(report.campaign)
    assert run.finished_at is not None
    assert run.before == before
    assert {kind: rows for kind, rows in run.removed.items() if rows} == {k: n for k, n in before.items() if n}
    assert set(left(report.campaign).values()) == {0}
