"""Answering what stands out, taking it back, and freezing with it."""

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from reporting.models import FindingAnswer
from reporting.selectors.versions import stored_facts
from reporting.services.entered_totals import enter_business_totals
from reporting.services.filing import freeze_report, reopen_report
from reporting.services.plausibility import (
    FindingsOpen,
    FindingUnknown,
    ReasonNeeded,
    answer_finding,
    take_back_answer,
)
from reporting.services.report_access import ReportNotDraft, ReportUnknown
from tests.factories import make_member, make_organisation, make_user
from tests.reporting.report_rows import NOW, business_totals, events, in_scope, make_report, reasons_for_all
from tests.reporting.standing_out import make_report_that_stands_out, standing_out
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return make_report_that_stands_out()


def first(report):
    return standing_out(report)[0]


def answer(report, row, reason="They moved far away", **changes):
    with in_scope(report) as where:
        return answer_finding(**{**where, **changes}, fingerprint=row.finding.fingerprint, reason=reason)


def open_keys(report):
    return [row.finding.key for row in standing_out(report) if row.is_open]


def answer_events(report):
    with organisation_scope(report.organisation):
        return list(
            AuditEvent.objects.filter(action__startswith="report.finding")
            .order_by("pk")
            .values_list("action", "detail__finding", "detail__reason")
        )


def test_an_answer_is_kept_with_who_when_and_the_figures(report):
    actor, row = make_member(report.organisation), first(report)
    answer(report, row, "  They moved far away ", actor=actor)
    found = first(report).answer
    assert (found.reason, found.answered_by, found.answered_at) == ("They moved far away", actor, NOW)
    assert (found.finding, found.figures) == (row.finding.key, dict(row.finding.figures))
    assert answer_events(report)[-1] == ("report.finding_answered", row.finding.key, "They moved far away")


def test_the_same_answer_again_changes_nothing_and_another_takes_its_place(report):
    row, before = first(report), len(answer_events(report))
    assert answer(report, row).pk == answer(report, row).pk
    assert len(answer_events(report)) == before + 1
    answer(report, row, "Checked by phone")
    assert first(report).answer.reason == "Checked by phone"
    with organisation_scope(report.organisation):
        assert FindingAnswer.objects.filter(report=report, finding=row.finding.key).count() == 2


def test_an_answer_is_taken_back_once_and_stays_as_a_row(report):
    row = first(report)
    code = answer(report, row).code
    for _ in range(2):
        with in_scope(report) as where:
            take_back_answer(**where, code=code)
    assert first(report).is_open
    assert first(report).earlier.code == code
    assert [action for action, _, _ in answer_events(report)[-2:]] == [
        "report.finding_answered",
        "report.finding_reopened",
    ]


def test_an_answer_belongs_to_the_figures_it_was_given_about(report):
    row = next(row for row in standing_out(report) if row.finding.key == "change:1/car_petrol")
    answer(report, row)
    assert row.finding.key not in open_keys(report)
    with in_scope(report) as where:
        enter_business_totals(**where, totals=business_totals(2000))
    assert row.finding.key in open_keys(report)
    assert next(r for r in standing_out(report) if r.finding.key == row.finding.key).earlier.reason == (
        "They moved far away"
    )
    with in_scope(report) as where:
        enter_business_totals(**where, totals=business_totals(1000))
    assert row.finding.key not in open_keys(report)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_an_answer_needs_a_reason_of_some_length(report, reason):
    with pytest.raises(ReasonNeeded):
        answer(report, first(report), reason)
    assert first(report).is_open


def test_what_does_not_stand_out_cannot_be_answered(report):
    with in_scope(report) as where, pytest.raises(FindingUnknown):
        answer_finding(**where, fingerprint="0" * 64, reason="Because")
    with in_scope(report) as where, pytest.raises(FindingUnknown):
        take_back_answer(**where, code=uuid4())


def test_another_organisation_answers_nothing_here(report):
    row, other = first(report), make_organisation()
    code = answer(report, row).code
    with organisation_scope(other), pytest.raises(ReportUnknown):
        answer_finding(
            organisation=other, actor=None, now=NOW, report=report, fingerprint=row.finding.fingerprint, reason="x"
        )
    with organisation_scope(other), pytest.raises(ReportUnknown):
        take_back_answer(organisation=other, actor=None, now=NOW, report=report, code=code)
    with organisation_scope(other):
        assert FindingAnswer.objects.count() == 0


def test_freezing_asks_for_an_answer_to_each_finding_and_is_never_silent(report):
    with in_scope(report) as where, pytest.raises(FindingsOpen) as refusal:
        freeze_report(**where)
    assert [row.finding.key for row in refusal.value.findings] == open_keys(report)
    reasons = reasons_for_all(report)
    left_out = reasons.popitem()[0]
    with in_scope(report) as where, pytest.raises(FindingsOpen) as refusal:
        freeze_report(**where, reasons={**reasons, left_out: "  "})
    assert [row.finding.fingerprint for row in refusal.value.findings] == [left_out]
    assert "report.finding_answered" not in events(report)[-1:]


def test_findings_and_answers_enter_the_frozen_version_in_dutch_without_names(report):
    actor = make_member(report.organisation, user=make_user(name="Zeldzame Naam"))
    answer(report, first(report), "Verhuisd naar Limburg", actor=actor)
    expected = [row.finding.to_json() for row in standing_out(report)]
    with in_scope(report) as where:
        version = freeze_report(**{**where, "actor": actor}, reasons=reasons_for_all(report, "Klopt, nagevraagd"))
    with organisation_scope(report.organisation):
        kept = stored_facts(version)["warnings"]
    told = {"finding", "answer", "answered_on"}
    assert [{key: value for key, value in row.items() if key not in told} for row in kept] == expected
    assert [row["answer"] for row in kept] == ["Verhuisd naar Limburg"] + ["Klopt, nagevraagd"] * 4
    assert {row["answered_on"] for row in kept} == {"2026-05-04"}
    assert kept[0]["finding"].startswith("Minder dan vijf mensen gaven meer dan 40 km enkele reis op:")
    assert "Zeldzame" not in json.dumps(kept)


def test_a_frozen_report_takes_no_answers_and_a_reopened_one_keeps_them(report):
    row = first(report)
    with in_scope(report) as where:
        freeze_report(**where, reasons=reasons_for_all(report))
    with pytest.raises(ReportNotDraft):
        answer(report, row)
    with in_scope(report) as where:
        reopen_report(**where, reason="A contract was missing")
    assert open_keys(report) == []


def test_a_plain_report_freezes_without_a_question():
    report = make_report()
    with in_scope(report) as where:
        enter_business_totals(**where, totals=business_totals(1000))
        version = freeze_report(**where)
        assert stored_facts(version)["warnings"] == []


@pytest.mark.django_db(transaction=True)
def test_two_people_answering_at_once_leave_one_answer(report):
    row = first(report)

    def one(number):
        try:
            return answer(report, row, f"Answer {number}").reason
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(2)))
    with organisation_scope(report.organisation):
        holding = FindingAnswer.objects.filter(fingerprint=row.finding.fingerprint, withdrawn_at__isnull=True)
        assert holding.count() == 1
