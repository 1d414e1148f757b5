import datetime
from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import IntegrityError, ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from reporting.domain.matrix import build_matrix
from reporting.domain.report_inputs import inputs_from_json, inputs_hash, inputs_to_json
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.models import ReportCell, ReportSource
from reporting.selectors.versions import stored_source_of
from reporting.services.entered_totals import enter_commute_total
from reporting.services.filing import ReportIncomplete, freeze_report, is_reproducible
from reporting.services.report_access import ReportNotDraft, ReportUnknown
from reporting.services.report_versions import build_report
from tests.factories import as_owner, make_employee, make_organisation
from tests.reporting.case_files import CASE_NAMES, load_case, survey_sums
from tests.reporting.report_rows import NOW, events, fill_in, freeze, in_scope, make_report
from wpm_platform import SOFTWARE_VERSION
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

LATER = NOW + datetime.timedelta(hours=1)


def build(report, *, now=LATER):
    with organisation_scope(report.organisation):
        return build_report(organisation=report.organisation, actor=None, now=now, report=report)


def exact_total(version):
    """Kilometres of block 4 before rounding."""
    return sum(Fraction(cell.derivation["exact_km"]) for cell in version.cells.filter(block=4))


@pytest.mark.parametrize("name", CASE_NAMES)
def test_stored_answers_give_the_cells_of_the_case(name):
    """The arithmetic of every case, few people included: `least_people` is all that stands between."""
    report = make_report(case=name)
    with organisation_scope(report.organisation):
        inputs, parameters = stored_source_of(report.versions.get())
    matrix = build_matrix(replace(inputs, least_people=1), parameters)
    computed = {cell.line.value: cell.value for cell in matrix.block(RvoBlock.COMMUTE) if cell.value}
    assert computed == {line: value for line, value in load_case(name)["expected"]["cells"].items() if value}


@pytest.mark.parametrize("name", CASE_NAMES)
def test_fewer_than_five_people_are_not_told_apart_in_a_stored_report(name):
    report = make_report(case=name)
    expected = load_case(name)["expected"]
    with organisation_scope(report.organisation):
        stored = list(ReportCell.objects.filter(block=4))
        assert is_reproducible(report.versions.get())
    if survey_sums(load_case(name)).people_at_least >= 5:
        values = {cell.line: cell.value for cell in stored if cell.value}
        assert values == {line: value for line, value in expected["cells"].items() if value}
        return
    assert {(cell.value, cell.origin, cell.derivation["undetermined_reason"]) for cell in stored} == {
        (None, "undetermined", "few_respondents")
    }
    for cell in stored:
        assert cell.derivation["week_metres"] is cell.derivation["respondents"] is None
        assert cell.derivation["flags"] == {}


def test_figures_of_a_few_people_are_entered_by_hand_with_a_reason_and_the_report_is_frozen():
    report = make_report(case="one_person")
    fill_in(report)
    with in_scope(report) as where, pytest.raises(ReportIncomplete):
        freeze_report(**where)
    for line in RvoLine:
        with in_scope(report) as where:
            enter_commute_total(**where, line=line, kilometres=7, reason="Declared")
    with in_scope(report) as where:
        version = freeze_report(**where)
    with organisation_scope(report.organisation):
        stored = version.cells.filter(block=4).values_list("value", "origin", "derivation__exact_km")
        assert set(stored) == {(7, "manual", None)}


def test_a_version_stored_without_a_least_number_keeps_its_figures_and_hash():
    report = make_report(case="one_person")
    with organisation_scope(report.organisation):
        inputs, _ = stored_source_of(report.versions.get())
    before = replace(inputs, least_people=1)
    assert "least_people" not in inputs_to_json(before)
    assert inputs_from_json(inputs_to_json(before)) == before
    assert inputs_from_json(inputs_to_json(inputs)) == inputs
    assert inputs_hash(before) != inputs_hash(inputs)


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
    report = make_report(case="several_fuels")
    before = report.versions
    with organisation_scope(report.organisation):
        old = before.get()
        old_total = exact_total(old)
    make_employee(report.organisation, legal_entity=report.legal_entity)
    version = build(report)
    headcount = load_case("several_fuels")["population"]["headcount"]
    with organisation_scope(report.organisation):
        total = exact_total(version)
    assert total * headcount == old_total * (headcount + 1)
    assert version.inputs_hash != old.inputs_hash


def test_a_version_keeps_everything_it_follows_from():
    report = make_report(case="several_fuels")
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
    report = make_report(case="several_fuels")
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
