from decimal import Decimal

import pytest

from reporting.domain.report_inputs import ManualTotal, ManualTotalRejected
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.models import BusinessTotal, ReportCell
from reporting.services.entered_totals import enter_business_totals, enter_commute_total
from reporting.services.report_access import ReportNotDraft, ReportUnknown
from tests.factories import make_member, make_organisation
from tests.reporting.report_rows import NOW, business_totals, events, freeze, in_scope, make_report
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def total(value, *, block=RvoBlock.FLEET, line=RvoLine.CAR_PETROL, note=""):
    return ManualTotal(block=block, line=line, value=value, note=note)


def cell(report, block, line):
    return ReportCell.objects.filter(version__report=report).get(block=block, line=line)


def test_totals_become_cells_entered_by_hand():
    report = make_report()
    with in_scope(report) as where:
        enter_business_totals(
            **where,
            totals=[
                total(12_500, note="Lease company, yearly overview"),
                total(Decimal("1234.50"), block=RvoBlock.EXPENSE_CLAIM, line=RvoLine.PUBLIC_TRANSPORT),
            ],
        )
        petrol = cell(report, 1, "car_petrol")
        tickets = cell(report, 3, "public_transport")
        assert (petrol.value, petrol.unit, petrol.origin) == (12_500, "km", "manual")
        assert petrol.derivation["note"] == "Lease company, yearly overview"
        assert (tickets.value, tickets.unit) == (Decimal("1234.50"), "euro")
        assert ReportCell.objects.filter(block__lt=4, origin="undetermined").count() == 31


def test_a_line_left_out_is_not_entered_any_more():
    report = make_report()
    with in_scope(report) as where:
        enter_business_totals(**where, totals=business_totals())
        enter_business_totals(**where, totals=[total(7)])
        assert BusinessTotal.objects.count() == 1
        assert cell(report, 2, "car_petrol").value is None


def test_saving_the_same_twice_keeps_who_entered_it():
    report = make_report()
    first, second = make_member(report.organisation), make_member(report.organisation)
    with in_scope(report) as where:
        for actor in (first, second):
            enter_business_totals(**{**where, "actor": actor}, totals=[total(7)])
        assert BusinessTotal.objects.get().entered_by == first
        changes = [event.detail["cells_changed"] for event in AuditEvent.objects.order_by("pk")[1:]]
    assert changes == [["fleet/car_petrol"], []]
    assert events(report) == ["report.opened", "report.business_totals_entered", "report.business_totals_entered"]


def test_commuting_is_not_business_travel():
    report = make_report()
    with in_scope(report) as where, pytest.raises(ManualTotalRejected):
        enter_business_totals(**where, totals=[total(1, block=RvoBlock.COMMUTE, note="Because")])


def test_a_line_entered_twice_is_refused_and_nothing_is_kept():
    report = make_report()
    with in_scope(report) as where:
        with pytest.raises(ManualTotalRejected):
            enter_business_totals(**where, totals=[total(1), total(2)])
        assert BusinessTotal.objects.count() == 0


def test_a_frozen_report_takes_no_totals():
    report = make_report()
    freeze(report)
    with in_scope(report) as where, pytest.raises(ReportNotDraft):
        enter_business_totals(**where, totals=business_totals())


def test_totals_for_a_report_of_another_organisation_are_refused():
    report, other = make_report(), make_organisation()
    with organisation_scope(other), pytest.raises(ReportUnknown):
        enter_business_totals(organisation=other, actor=None, now=NOW, report=report, totals=[])


def test_a_commuting_line_of_unknown_fuel_can_be_given_by_hand():
    report = make_report(case="unknown_fuel_alone")
    with in_scope(report) as where:
        open_lines = [RvoLine(row.line) for row in ReportCell.objects.filter(block=4, value__isnull=True)]
        for line in open_lines:
            enter_commute_total(**where, line=line, kilometres=120, reason="Asked the two people again")
        assert ReportCell.objects.filter(block=4, value__isnull=True).count() == 0
        found = cell(report, 4, open_lines[0].value)
        assert (found.value, found.origin, found.derivation["note"]) == (120, "manual", "Asked the two people again")


def test_a_commuting_figure_by_hand_needs_its_reason():
    report = make_report()
    with in_scope(report) as where, pytest.raises(ManualTotalRejected):
        enter_commute_total(**where, line=RvoLine.CAR_PETROL, kilometres=120, reason=" ")


def test_a_commuting_figure_by_hand_can_be_taken_away_and_leaves_the_rest():
    report = make_report()
    with in_scope(report) as where:
        computed = cell(report, 4, "car_petrol").value
        enter_business_totals(**where, totals=business_totals())
        enter_commute_total(**where, line=RvoLine.CAR_PETROL, kilometres=1, reason="Trip registration")
        assert cell(report, 4, "car_petrol").value == 1
        enter_commute_total(**where, line=RvoLine.CAR_PETROL, kilometres=None, reason="")
        assert cell(report, 4, "car_petrol").value == computed
        assert BusinessTotal.objects.count() == 33
