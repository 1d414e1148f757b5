"""Two people at once: one of them does it, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from reporting.models import FleetVehicle, Report, ReportVersion
from reporting.services.business_apply import apply_business_file
from reporting.services.estimate_choice import choose_estimate
from reporting.services.filing import freeze_report, mark_filed, reopen_report
from reporting.services.report_versions import build_report
from reporting.services.reports import open_report
from tests.factories import as_owner, make_legal_entity, make_organisation
from tests.reporting.business_file_examples import LEASE_READINGS
from tests.reporting.business_imports import checked
from tests.reporting.report_rows import NOW, TODAY, events, fill_in, freeze, in_scope, make_report, reasons_for_all
from tests.reporting.services.estimation.estimating import estimated
from tests.reporting.surveyed_employer import make_surveyed_report
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 4


def at_once(step: Callable[[], object]) -> list[str]:
    """What became of the same step by several people at the same moment, sorted."""
    start = Barrier(PEOPLE)

    def one(_number: int) -> str:
        try:
            start.wait(timeout=20)
            step()
        except Exception as error:
            return type(error).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=PEOPLE) as pool:
        return sorted(pool.map(one, range(PEOPLE)))


def test_a_report_is_opened_once():
    organisation = make_organisation()
    legal_entity = make_legal_entity(organisation)

    def step():
        with organisation_scope(organisation):
            open_report(organisation=organisation, actor=None, now=NOW, legal_entity=legal_entity, reporting_year=2025)

    assert at_once(step) == ["done"] * PEOPLE
    with as_owner(organisation):
        assert (Report.objects.count(), ReportVersion.objects.count()) == (1, 1)


def test_a_report_is_frozen_once():
    report = make_report(case="several_fuels")
    fill_in(report)

    def step():
        with in_scope(report) as where:
            freeze_report(**where)

    assert at_once(step) == ["ReportNotDraft"] * (PEOPLE - 1) + ["done"]


def test_a_report_is_reopened_once():
    report = make_report(case="several_fuels")
    freeze(report)

    def step():
        with in_scope(report) as where:
            reopen_report(**where, reason="A contract was missing")

    assert at_once(step) == ["ReportNotClosed"] * (PEOPLE - 1) + ["done"]
    with as_owner(report.organisation):
        assert ReportVersion.objects.count() == 2


def test_a_report_is_filed_once_however_many_send_the_same_reference():
    report = make_report(case="several_fuels")
    freeze(report)

    def step():
        with in_scope(report) as where:
            mark_filed(**where, today=TODAY, filed_on=TODAY, reference="RVO-1")

    assert at_once(step) == ["done"] * PEOPLE
    assert events(report).count("report.filed") == 1


def test_computing_at_once_leaves_44_cells():
    report = make_report(case="several_fuels")

    def step():
        with in_scope(report) as where:
            build_report(**where)

    assert at_once(step) == ["done"] * PEOPLE
    with as_owner(report.organisation):
        assert ReportVersion.objects.get().cells.count() == 44


def test_a_file_is_applied_once():
    report = make_report(case="six_at_home")
    business_import = checked(report, LEASE_READINGS)

    def step():
        with in_scope(report) as where:
            apply_business_file(**where, business_import=business_import, skips_wrong_rows=True)

    assert at_once(step) == ["BusinessFileNotOpen"] * (PEOPLE - 1) + ["done"]
    with as_owner(report.organisation):
        assert FleetVehicle.objects.count() == 4


def test_an_estimate_that_several_people_choose_at_once_is_in_the_report_once():
    report = make_surveyed_report(people=60, answered=40)
    run = estimated(report)

    def step():
        with in_scope(report) as where:
            choose_estimate(**where, run=run, reason="Wie ver weg woont, antwoordde minder")

    assert at_once(step) == ["done"] * PEOPLE
    with as_owner(report.organisation):
        assert ReportVersion.objects.count() == 1
        assert Report.objects.get().estimation_id == run.pk
    assert events(report).count("report.figures_chosen") == PEOPLE


def test_a_report_that_is_frozen_while_somebody_chooses_is_one_of_the_two():
    """Whoever comes second is refused or freezes the other figures: the frozen cells are those of the row."""
    report = make_surveyed_report(people=60, answered=40)
    run = estimated(report)
    fill_in(report)
    reasons = reasons_for_all(report)
    steps = iter([choose_estimate, freeze_report] * PEOPLE)

    def step():
        service = next(steps)
        with in_scope(report) as where:
            if service is choose_estimate:
                service(**where, run=run, reason="Wie ver weg woont, antwoordde minder")
            else:
                service(**where, reasons=reasons)

    at_once(step)
    with as_owner(report.organisation):
        origins = set(ReportVersion.objects.get().cells.filter(block=4).values_list("origin", flat=True))
        assert origins == {"estimated" if Report.objects.get().estimation_id else "observed"}
