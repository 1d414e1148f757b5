"""What files and evidence hold of an estimate, also when the answers are gone."""

import json
import zipfile
from io import BytesIO

import pytest

from reporting.domain.cell import CellMethod
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.exports.evidence_check import check_evidence, document_differences
from reporting.models import Report
from reporting.services.files import version_file
from reporting.services.filing import reopen_report
from reporting.services.report_versions import build_report
from tests.reporting import independent
from tests.reporting.report_rows import fill_in, freeze, in_scope
from tests.reporting.services.choosing import WHY, back, choose, few_by_train, newest, second_week
from tests.reporting.services.estimation.estimating import estimated, result_of
from tests.reporting.services.retention.rows import cells, evidence, told_and_gone
from tests.reporting.surveyed_employer import make_surveyed_report
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return make_surveyed_report(people=60, answered=40)


def test_lines_of_few_people_leave_nothing_but_their_figure():
    report = make_surveyed_report(people=60, answered=40, trip=few_by_train)
    run = estimated(report)
    choose(report, run)
    _, matrix, _ = newest(report)
    train = matrix.cell(block=RvoBlock.COMMUTE, line=RvoLine.PUBLIC_TRANSPORT).derivation.estimate
    petrol = matrix.cell(block=RvoBlock.COMMUTE, line=RvoLine.CAR_PETROL).derivation.estimate
    assert (train.is_hidden, petrol.is_hidden) == (True, True)
    raw = {row["name"]: row for row in result_of(run).estimate["lines"]}
    told = {raw["public_transport"][name] for name in ("observed", "lower", "upper", "plain_lower", "plain_upper")}
    fill_in(report)
    freeze(report)
    with zipfile.ZipFile(BytesIO(evidence(report))) as archive:
        document = json.loads(archive.read("onderbouwing.json"))
    numbers = set()

    def walk(value):
        if isinstance(value, dict):
            [walk(part) for key, part in value.items() if key != "model_card"]
        elif isinstance(value, list):
            [walk(part) for part in value]
        else:
            numbers.add(value)

    walk([document["inputs"]["estimate"], [cell["derivation"].get("estimate") for cell in document["report"]["cells"]]])
    assert not told & numbers - {0}


# The evidence.


def frozen_evidence(report):
    choose(report, estimated(report))
    freeze(report)
    return evidence(report)


def member(content, name="onderbouwing.json"):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def test_the_evidence_carries_estimate_and_card_and_computes_the_report_again(report):
    content = frozen_evidence(report)
    assert check_evidence(content).differences == ()
    document = json.loads(member(content))
    assert document["model_card"] == result_of(stored_run(report)).card != {}
    assert document["report"]["commute"]["estimate"]["reason"] == WHY
    assert document["report"]["commute"]["method"] == "survey_estimated"
    figures = independent.computed_report(document["inputs"], document["parameters"])
    for cell in document["report"]["cells"]:
        value = cell["value"]
        assert figures[cell["block"], cell["line_code"]] == (
            int(value.replace(".", "")) if isinstance(value, str) else value
        )


def stored_run(report):
    with organisation_scope(report.organisation):
        return Report.objects.select_related("estimation__organisation").get(pk=report.pk).estimation


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda document: document["model_card"].update(version="x"), "model_card"),
        (lambda document: document.pop("model_card"), "model_card"),
        (lambda document: document["inputs"]["estimate"].update(reason="x"), "inputs_sha256"),
        (lambda document: document["inputs"]["estimate"]["lines"][0].update(km=1), "cell 4/1"),
        (lambda document: document["inputs"]["estimate"]["lines"][0].update(upper=1), "cell 4/1"),
        (lambda document: document["inputs"]["estimate"]["total"].update(upper=1), "report estimate"),
        (lambda document: document["report"]["commute"].pop("estimate"), "report estimate"),
        (lambda document: document["report"]["cells"][33]["derivation"]["estimate"].update(observed=0), "cell 4/1"),
        (lambda document: document["report"]["cells"][33].update(origin="observed"), "cell 4/1"),
    ],
)
def test_a_changed_estimate_or_card_is_named(report, change, where):
    document = json.loads(member(frozen_evidence(report)))
    assert list(document_differences(document)) == []
    change(document)
    assert where in str([row.where for row in document_differences(document)])


def test_the_files_show_observed_estimated_and_interval(report):
    choose(report, estimated(report))
    version, matrix, _ = newest(report)
    cell = matrix.cell(block=RvoBlock.COMMUTE, line=RvoLine.CAR_PETROL)
    figures = cell.derivation.estimate
    with organisation_scope(report.organisation):
        csv = version_file(version, file_format="csv").content.decode("utf-8-sig")
        document = json.loads(version_file(version, file_format="json").content)
        assert version_file(version, file_format="pdf").content.startswith(b"%PDF")
        assert version_file(version, file_format="xlsx").content.startswith(b"PK")
    row = csv.splitlines()[34].replace('"', "").split(";")
    assert row[-4:] == [str(km) for km in (figures.observed, figures.km, figures.lower, figures.upper)]
    assert document["cells"][33]["derivation"]["estimate"] == figures.to_json()
    assert document["commute"]["estimate"]["total"]["km"] == result_of(stored_run(report)).estimate["total"]["km"]


# What goes does not take the estimate along.


def test_after_the_answers_are_gone_a_frozen_report_and_its_evidence_are_the_same(report):
    content, before = frozen_evidence(report), cells(report)
    told_and_gone(report.organisation)
    assert (evidence(report), cells(report)) == (content, before)
    with in_scope(report) as where:
        reopen_report(**where, reason="Typefout")
        build_report(**where)
    assert cells(report) == before


def test_after_the_answers_are_gone_a_draft_computes_the_same_and_can_choose_still(report):
    run = estimated(report)
    choose(report, run)
    before, checksum = cells(report), newest(report)[0].inputs_hash
    told_and_gone(report.organisation)
    with in_scope(report) as where:
        build_report(**where)
    assert (cells(report), newest(report)[0].inputs_hash) == (before, checksum)
    back(report)
    choose(report, run)
    assert cells(report) == before


def test_an_estimate_of_several_weeks_is_stated_and_verifies():
    """Of several weeks the estimation takes each person's mean, the guidance all weeks together: both stand there."""
    report = make_surveyed_report(people=60, answered=40)
    second_week(report)
    run = estimated(report)
    assert result_of(run).estimate["answers"] == 40
    choose(report, run)
    assert newest(report)[1].commute_method is CellMethod.SURVEY_ESTIMATED
    freeze(report)
    assert check_evidence(evidence(report)).differences == ()


def test_observed_beside_the_guidance_tells_nothing_that_the_guidance_does_not(report):
    """Of one week the observed kilometres are a fixed part of the guidance's: their difference gives nobody away."""
    choose(report, estimated(report))
    estimate = newest(report)[2][0].estimate
    for cell in newest(report)[1].block(RvoBlock.COMMUTE):
        figures = cell.derivation.estimate
        if not figures.is_hidden:
            part = figures.observed * estimate.population / estimate.answers
            assert abs(part - float(cell.derivation.exact_km)) <= estimate.population / estimate.answers
