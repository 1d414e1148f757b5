import datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from reporting.domain.matrix import build_matrix
from reporting.domain.report_inputs import inputs_hash
from reporting.models import ReportCell, ReportSource
from reporting.selectors.versions import stored_source_of
from reporting.services.filing import is_reproducible
from reporting.services.report_access import ReportNotDraft, ReportUnknown
from reporting.services.report_versions import build_report
from tests.factories import as_owner, make_employee, make_organisation
from tests.reporting.case_files import CASE_NAMES, load_case
from tests.reporting.report_rows import NOW, events, fill_in, freeze, make_report
from wpm_platform import SOFTWARE_VERSION
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

LATER = NOW + datetime.timedelta(hours=1)


def build(report, *, now=LATER):
    with organisation_scope(report.organisation):
        return build_report(organisation=report.organisation, actor=None, now=now, report=report)


@pytest.mark.parametrize("name", CASE_NAMES)
def test_stored_cells_are_those_of_the_case(name):
    report = make_report(case=name)
    expected = load_case(name)["expected"]
    with organisation_scope(report.organisation):
        stored = {
            cell.line: cell.value
            for cell in ReportCell.objects.filter(block=4)
            if cell.value != 0 and cell.value is not None
        }
    assert stored == {line: value for line, value in expected["cells"].items() if value}


def test_building_again_gives_the_same_cells_in_the_same_version():
    report = make_report()
    with organisation_scope(report.organisation):
        before = list(ReportCell.objects.values_list("block", "line", "value", "derivation"))
    version = build(report)
    with organisation_scope(report.organisation):
        assert list(ReportCell.objects.values_list("block", "line", "value", "derivation")) == before
        assert report.versions.count() == 1
    assert version.built_at == LATER
    assert events(report) == ["report.opened", "report.built"]


def test_a_new_colleague_moves_the_figures_and_the_hash():
    report = make_report(case="one_person")
    before = report.versions
    with organisation_scope(report.organisation):
        old = before.get()
        old_km = old.cells.filter(block=4).values_list("value", flat=True)
        old_total = sum(old_km)
    make_employee(report.organisation, legal_entity=report.legal_entity)
    version = build(report)
    headcount = load_case("one_person")["population"]["headcount"]
    with organisation_scope(report.organisation):
        total = sum(version.cells.filter(block=4).values_list("value", flat=True))
    assert total * headcount == old_total * (headcount + 1)
    assert version.inputs_hash != old.inputs_hash


def test_a_version_keeps_everything_it_follows_from():
    report = make_report(case="unknown_fuel")
    version = fill_in(report)
    with organisation_scope(report.organisation):
        inputs, parameters = stored_source_of(version)
    assert inputs_hash(inputs) == version.inputs_hash
    assert parameters.version == version.parameter_version
    assert version.software_version == SOFTWARE_VERSION
    assert build_matrix(inputs, parameters).is_complete
    with organisation_scope(report.organisation):
        assert is_reproducible(version)


def test_cells_stand_in_the_order_of_the_form():
    report = make_report()
    with organisation_scope(report.organisation):
        places = list(ReportCell.objects.values_list("block", "position"))
    assert places == [(block, position) for block in range(1, 5) for position in range(1, 12)]


def test_a_frozen_report_is_not_computed_again():
    report = make_report()
    freeze(report)
    with pytest.raises(ReportNotDraft):
        build(report)


def test_a_report_of_another_organisation_is_unknown():
    report, other = make_report(), make_organisation()
    with organisation_scope(other), pytest.raises(ReportUnknown):
        build_report(organisation=other, actor=None, now=NOW, report=report)


def test_number_of_queries_does_not_grow_with_staff():
    report = make_report(case="one_person")
    counts = []
    for people in (1, 3):
        for _ in range(people):
            make_employee(report.organisation, legal_entity=report.legal_entity)
        with organisation_scope(report.organisation), CaptureQueriesContext(connection) as queries:
            build_report(organisation=report.organisation, actor=None, now=NOW, report=report)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_hr_cannot_read_what_the_figures_follow_from():
    report = make_report()
    with pytest.raises(ProgrammingError, match="permission denied"), organisation_scope(report.organisation):
        ReportSource.objects.count()


def test_the_source_of_a_frozen_version_stays():
    report = make_report()
    freeze(report)
    with pytest.raises(IntegrityError, match="do not change any more"), as_owner(report.organisation):
        ReportSource.objects.update(document={})
