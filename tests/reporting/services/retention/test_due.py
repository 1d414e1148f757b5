"""The end of a campaign's period: announced first, then gone; figures stay, and a log proves it."""

import datetime
import json
import zipfile
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction

from reporting.exports.evidence_check import check_evidence
from reporting.models import KeptSurvey
from reporting.services.filing import reopen_report
from reporting.services.report_versions import build_report
from surveys.models import (
    BatchLine,
    Campaign,
    CampaignTotals,
    DayAnswer,
    Employee,
    Invitation,
    PopulationMember,
    Response,
    RetentionRun,
    TravelProfile,
)
from surveys.selectors.campaign_result import campaign_result
from surveys.selectors.campaigns import campaign_lines, mail_counts
from surveys.selectors.mode_days import mode_days
from surveys.selectors.population import frozen_population
from surveys.selectors.response_counts import response_counts, week_counts
from surveys.selectors.retention import retention_log
from surveys.services.retention import run as retention_run
from tests.factories import as_owner, make_campaign, make_organisation
from tests.reporting.report_rows import fill_in, freeze, in_scope, make_report
from tests.reporting.services.retention.rows import (
    BEFORE,
    DUE,
    PLANNED_ON,
    TOLD,
    cells,
    evidence,
    left,
    plan_of,
    run_of,
    tick,
    told_and_gone,
)
from wpm_platform.mailing.models import MailEvent, OutgoingMail
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import Role, call_system_function, organisation_scope

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def report():
    """A frozen report on a campaign of which people answered, with a mail to one of them."""
    found = make_report()
    with as_owner(found.organisation):
        invitation = Invitation.objects.first()
        mail = OutgoingMail.objects.create(
            organisation=found.organisation,
            kind="surveys.invitation",
            occasion=f"invitation:{invitation.code}",
            reference=invitation.code,
            addressee=invitation.employee.code,
            recipient=invitation.employee.email,
            state="sent",
            due_at=BEFORE,
        )
        MailEvent.objects.create(
            organisation=found.organisation,
            mail=mail,
            kind="delivered",
            source="smtp",
            happened_at=BEFORE,
            event_key="x",
        )
        AuditEvent.objects.create(
            organisation=found.organisation,
            at=BEFORE,
            action="person_mail.resent",
            subject=invitation.employee.staff_number,
            detail={"campaign": found.campaign.name},
        )
    freeze(found)
    return found


def test_nothing_happens_before_the_announcement(report):
    tick(report.organisation, BEFORE)
    assert plan_of(report.campaign) is None
    assert run_of(report.campaign) is None


def test_hr_is_told_two_weeks_before_and_nothing_goes_yet(report):
    tick(report.organisation, TOLD)
    assert plan_of(report.campaign).announced_at == TOLD
    tick(report.organisation, DUE - DAY)
    assert run_of(report.campaign) is None
    assert left(report.campaign)["answers"] > 0


def test_after_the_period_every_row_about_a_person_is_gone(report):
    before = left(report.campaign)
    assert all(
        before[kind] for kind in ("answers", "days", "invitations", "people", "mails", "trail_names", "remembered")
    )
    told_and_gone(report.organisation)
    assert set(left(report.campaign).values()) == {0}
    with as_owner(report.organisation):
        for model in (Response, DayAnswer, Invitation, PopulationMember, BatchLine, MailEvent, TravelProfile):
            assert not model.objects.filter(organisation=report.organisation).exists(), model
        assert not OutgoingMail.objects.filter(kind="surveys.invitation").exists()
        assert Employee.objects.filter(organisation=report.organisation).exists()
        assert AuditEvent.objects.get(action="person_mail.resent").subject == ""


def test_the_log_says_what_went_and_its_hash_proves_it(report):
    before = left(report.campaign)
    told_and_gone(report.organisation)
    run = run_of(report.campaign)
    assert (run.planned_on, run.months, run.announced_at) == (PLANNED_ON, 24, TOLD)
    assert run.before == before
    assert {kind: number for kind, number in run.removed.items() if number} == {k: n for k, n in before.items() if n}
    assert set(run.after.values()) == {0}
    with organisation_scope(report.organisation):
        (line,) = retention_log(organisation=report.organisation)
        assert line.is_genuine
        assert AuditEvent.objects.filter(action="retention.done").count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            RetentionRun.objects.update(removed={})


def test_a_row_of_the_log_that_was_changed_is_seen(report):
    told_and_gone(report.organisation)
    with organisation_scope(report.organisation):
        run = RetentionRun.objects.get()
    with as_owner(report.organisation):
        RetentionRun.objects.all().delete()
        run.removed, run.pk = {**run.removed, "answers": 1}, None
        run.save(force_insert=True)
    with organisation_scope(report.organisation):
        assert [line.is_genuine for line in retention_log(organisation=report.organisation)] == [False]


def test_done_twice_changes_nothing(report):
    told_and_gone(report.organisation)
    run = run_of(report.campaign)
    assert tick(report.organisation, DUE + 400 * DAY) == 0
    assert vars(run_of(report.campaign))["chain_hash"] == run.chain_hash


def test_killed_half_way_the_next_tick_goes_on(report, monkeypatch):
    """A worker that dies after the second chunk leaves what it committed; nothing is counted twice."""
    before = left(report.campaign)
    monkeypatch.setattr(retention_run, "PEOPLE_AT_ONCE", 2)
    monkeypatch.setattr("reporting.services.retention.due.MOST_CHUNKS", 2)
    tick(report.organisation, TOLD)
    assert tick(report.organisation, DUE) == 0
    half = left(report.campaign)
    assert 0 < half["invitations"] < before["invitations"]
    assert run_of(report.campaign).finished_at is None
    monkeypatch.setattr("reporting.services.retention.due.MOST_CHUNKS", 200)
    assert tick(report.organisation, DUE + DAY) == 1
    run = run_of(report.campaign)
    assert run.before == before
    assert run.removed["invitations"] == before["invitations"]


def test_the_evidence_is_the_same_and_verifies_afterwards(report):
    before, figures = evidence(report), cells(report)
    told_and_gone(report.organisation)
    after = evidence(report)
    assert after == before
    check = check_evidence(after)
    assert (check.cells, check.differences) == (44, ())
    assert cells(report) == figures


def test_a_report_that_is_reopened_afterwards_computes_the_same(report):
    figures = cells(report)
    with zipfile.ZipFile(BytesIO(evidence(report))) as archive:
        before = archive.read("onderbouwing.json")
    told_and_gone(report.organisation)
    with in_scope(report) as where:
        reopen_report(**where, reason="A contract was missing")
        build_report(**where)
    assert cells(report) == figures
    freeze(report)
    with zipfile.ZipFile(BytesIO(evidence(report, number=2))) as archive:
        after = archive.read("onderbouwing.json")
    told = _facts(after)
    assert told.pop("retention") == {
        "rows_gone_on": "2028-03-16",
        "rows_removed": run_of(report.campaign).removed,
        "run_sha256": run_of(report.campaign).chain_hash,
    }
    assert told == _facts(before)
    assert check_evidence(evidence(report, number=2)).is_equal


def _facts(document):
    return json.loads(document)["facts"]["survey"]


def test_a_draft_computes_the_same_afterwards_and_was_counted_in_the_announcement():
    draft = make_report()
    fill_in(draft)
    figures = cells(draft)
    tick(draft.organisation, TOLD)
    assert plan_of(draft.campaign).announced_drafts == 1
    tick(draft.organisation, DUE)
    fill_in(draft)
    assert cells(draft) == figures


def test_hrs_pages_go_on_showing_the_same_totals(report):
    def shown():
        with organisation_scope(report.organisation):
            named = {"organisation": report.organisation, "campaign": report.campaign}
            return (
                response_counts(**named),
                [(row.week.pk, row.invited, row.answered) for row in week_counts(**named)],
                mail_counts(**named),
                frozen_population(campaign=report.campaign),
                mode_days(**named),
                campaign_result(report.campaign),
                [(line.invited, line.answered) for line in campaign_lines(organisation=report.organisation)],
            )

    before = shown()
    told_and_gone(report.organisation)
    assert shown() == before


def test_hrs_role_reads_no_sum_finer_than_before(report):
    told_and_gone(report.organisation)
    with organisation_scope(report.organisation), pytest.raises(DatabaseError), transaction.atomic():
        list(KeptSurvey.objects.all())
    with organisation_scope(report.organisation, role=Role.REPORTING):
        assert KeptSurvey.objects.count() == 1


def test_another_organisation_and_another_campaign_keep_everything(report):
    other = make_report(organisation=make_organisation())
    with as_owner(report.organisation):
        Campaign.objects.filter(pk=other.campaign.pk).update(closed_at=DUE)
    second = make_campaign(report.organisation, state="closed", closed_at=DUE, started_at=TOLD)
    before = left(other.campaign)
    told_and_gone(report.organisation)
    tick(other.organisation, DUE)
    assert left(other.campaign) == before
    assert run_of(second) is None


def test_an_open_campaign_is_left_alone(report):
    with as_owner(report.organisation):
        Campaign.objects.filter(pk=report.campaign.pk).update(state="running", closed_at=None)
    told_and_gone(report.organisation)
    assert run_of(report.campaign) is None


@pytest.mark.parametrize("state", ["running", "closed"])
def test_postgresql_refuses_to_forget_without_a_run_that_began(report, state):
    with as_owner(report.organisation):
        Campaign.objects.filter(pk=report.campaign.pk).update(state=state)
    named = (report.organisation.pk, report.campaign.pk, PLANNED_ON, 10)
    with organisation_scope(report.organisation), pytest.raises(DatabaseError, match="No run"), transaction.atomic():
        call_system_function("forget_campaign", *named)


def test_the_totals_that_stay_hold_no_group_under_five(report):
    told_and_gone(report.organisation)
    with organisation_scope(report.organisation):
        kept = CampaignTotals.objects.get()
    assert all(row["people"] >= 5 for row in kept.answers["modes"])
    for groups in (kept.people["response"]["sites"], kept.people["response"]["departments"]):
        assert all(group["people"] >= 5 for group in groups["shown"])
