"""The evidence of a frozen report: made once, the same for good, also when the answers are gone."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from reporting.domain.rvo import RvoLine
from reporting.exports.evidence_check import check_evidence
from reporting.exports.evidence_zip import HASHES, MEMBERS
from reporting.models import ReportVersion
from reporting.services.entered_totals import enter_commute_total
from reporting.services.evidence import EvidenceNotReady
from reporting.services.files import version_file
from reporting.services.filing import freeze_report, reopen_report
from surveys.models import DayAnswer, Employee, Invitation, PopulationMember, Response
from tests.factories import as_owner, make_employee, make_legal_entity, make_organisation, make_site
from tests.reporting.answered_cases import add_population_member
from tests.reporting.case_files import CASE_NAMES
from tests.reporting.report_rows import file, fill_in, freeze, in_scope, make_report
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def evidence(report, *, number=1, language="nl"):
    with organisation_scope(report.organisation), translation.override(language):
        version = ReportVersion.objects.select_related("report__legal_entity").get(report=report, number=number)
        return version_file(version, file_format="zip")


def document(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return json.loads(archive.read("onderbouwing.json"))


def erase_answers(report):
    """What is left when a campaign was anonymised: nothing of what anybody answered, and no mail."""
    with as_owner(report.organisation):
        DayAnswer.objects.filter(organisation=report.organisation).delete()
        Response.objects.filter(organisation=report.organisation).delete()
        OutgoingMail.objects.filter(organisation=report.organisation).delete()
        Invitation.objects.filter(organisation=report.organisation).delete()
        PopulationMember.objects.filter(organisation=report.organisation).delete()


@pytest.fixture
def frozen():
    report = make_report()
    freeze(report)
    return report


def test_a_draft_has_no_evidence():
    report = make_report()
    fill_in(report)
    with pytest.raises(EvidenceNotReady):
        evidence(report)


def test_the_evidence_is_named_and_holds_all_its_parts(frozen):
    file = evidence(frozen)
    assert file.name == f"wpm-2025-{frozen.legal_entity.kvk_number}-versie-1-onderbouwing.zip"
    assert file.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert archive.namelist() == [*MEMBERS, HASHES]
        assert archive.read("rapport.pdf").startswith(b"%PDF-")
        assert f"KvK {frozen.legal_entity.kvk_number}" in archive.read("LEESMIJ.txt").decode()


@pytest.mark.parametrize("name", ["two_weeks_pooled", "unknown_fuel", "hybrid_line", "all_at_home"])
def test_every_cell_is_computed_again_from_the_file_alone(name):
    assert name in CASE_NAMES
    report = make_report(case=name)
    with in_scope(report) as where:
        for line in RvoLine:  # few people answered: no figure without one by hand
            enter_commute_total(**where, line=line, kilometres=100 * line.number, reason="Counted at the gate")
    freeze(report)
    check = check_evidence(evidence(report).content)
    assert (check.cells, check.differences) == (44, ())


def test_the_computed_figures_of_block_four_are_computed_again(frozen):
    content = evidence(frozen).content
    check = check_evidence(content)
    assert (check.cells, check.differences) == (44, ())
    cells = document(content)["report"]["cells"][33:]
    assert {cell["derivation"]["method"] for cell in cells} == {"survey_one_week"}
    assert sum(cell["value"] for cell in cells) > 0


def test_the_same_bytes_in_every_language_and_whatever_happens_to_answers_and_staff(frozen):
    before = evidence(frozen).content
    erase_answers(frozen)
    make_employee(frozen.organisation, legal_entity=frozen.legal_entity)
    with as_owner(frozen.organisation):
        Employee.objects.filter(organisation=frozen.organisation).update(monthly_hours=1)
    after = evidence(frozen, language="en").content
    assert after == before
    assert check_evidence(after).is_equal


def test_only_the_filing_changes_it(frozen):
    before = document(evidence(frozen).content)
    assert (before["report"]["status"], before["report"]["filed_on"]) == ("frozen", None)
    other = make_report(organisation=make_organisation())
    file(other)
    filed = document(evidence(other).content)["report"]
    assert (filed["status"], filed["filed_on"], filed["filing_reference"]) == ("filed", "2026-05-04", "RVO-2026-0001")


def test_a_reopened_version_keeps_its_evidence_and_the_next_one_tells_of_it(frozen):
    before = evidence(frozen).content
    with in_scope(frozen) as where:
        reopen_report(**where, reason="A contract was missing")
    assert evidence(frozen).content == before
    with in_scope(frozen) as where:
        freeze_report(**where)
    second = evidence(frozen, number=2)
    found = document(second.content)
    assert [(row["number"], row["reopened_on"], row["reason"]) for row in found["earlier_versions"]] == [
        (1, "2026-05-04", "A contract was missing")
    ]
    assert found["report"]["version"] == 2
    assert check_evidence(second.content).is_equal


def test_what_was_counted_is_kept_without_small_groups(frozen):
    facts = document(evidence(frozen).content)["facts"]
    assert facts["warnings"] == []
    survey = facts["survey"]
    assert survey["invited"] == survey["answered"]
    assert survey["sites"]["is_withheld"] is False
    counts = [row["people"] for row in survey["contributors"]]
    assert len(counts) == 11
    assert {count for count in counts if isinstance(count, int) and 0 < count < 5} == set()


def test_no_person_is_in_it():
    organisation = make_organisation()
    report = make_report(organisation=organisation)
    with as_owner(organisation):
        Employee.objects.filter(organisation=organisation).update(department="Zoekafdeling")
        people = list(Employee.objects.filter(organisation=organisation).values_list("staff_number", flat=True))
    freeze(report)
    content = evidence(report).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = {name: archive.read(name) for name in MEMBERS if name.endswith((".txt", ".csv", ".json"))}
    assert [name for name, text in texts.items() if b"@" in text] == []
    assert b"Zoekafdeling" not in content
    assert [number for number in people if number.encode() in content and len(number) > 6] == []


def test_the_command_says_equal_or_names_the_difference(frozen, tmp_path, capsys):
    path = tmp_path / "evidence.zip"
    path.write_bytes(evidence(frozen).content)
    call_command("verify_evidence", str(path))
    assert capsys.readouterr().out == "Equal: 44 cells, computed again from the file, and the hash of every member.\n"
    path.write_bytes(path.read_bytes().replace(b'"reporting_year": 2025', b'"reporting_year": 2026'))
    with pytest.raises(CommandError, match="differences"):
        call_command("verify_evidence", str(path))
    assert "DIFFERENT  onderbouwing.json" in capsys.readouterr().out
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_evidence", str(tmp_path / "nothing.zip"))


def add_people(report, *, site, legal_entity, people):
    """People who were invited and did not answer."""
    campaign = report.campaign
    campaign.organisation = report.organisation
    for _ in range(people):
        add_population_member(campaign, make_employee(report.organisation, site=site, legal_entity=legal_entity))


def sites_of(report):
    return document(evidence(report).content)["facts"]["survey"]["sites"]


def test_small_sites_stand_together_with_as_many_more_as_it_takes():
    report = make_report()
    organisation = report.organisation
    for name, people in (("Goes", 2), ("Venlo", 6), ("Breda", 12)):
        site = make_site(organisation, name=name)
        add_people(report, site=site, legal_entity=report.legal_entity, people=people)
    freeze(report)
    sites = sites_of(report)
    shown = {group["site"]: group["people"] for group in sites["groups"]}
    assert shown.get("Breda") == 12
    assert "Goes" not in shown
    assert "Venlo" not in shown
    assert (sites["rest"]["people"], sites["hidden_groups"], sites["is_withheld"]) == (8, 2, False)


def test_a_site_that_legal_entities_share_is_not_shown_when_one_has_few_people_there():
    report = make_report()
    other = make_legal_entity(report.organisation)
    site = make_site(report.organisation, name="Breda")
    add_people(report, site=site, legal_entity=report.legal_entity, people=20)
    add_people(report, site=site, legal_entity=other, people=3)
    freeze(report)
    assert (sites_of(report)["groups"], sites_of(report)["is_withheld"]) == ([], True)
    assert b"Breda" not in evidence(report).content


def test_contributors_are_different_people_and_few_are_a_sign():
    report = make_report(case="several_fuels")
    freeze(report)
    rows = document(evidence(report).content)["facts"]["survey"]["contributors"]
    found = {row["line"]: row["people"] for row in rows}
    assert found["car_diesel"] == "<5"
    assert found["motorcycle_petrol"] == 0
    assert set(found.values()) <= {0, "<5"}
