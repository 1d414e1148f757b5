"""Files that lease companies, card providers and claim systems give, from bytes to cells."""

import json
from decimal import Decimal

import pytest
from django.utils import translation
from jsonschema import validate

from reporting.domain.business.steps import StepKind
from reporting.domain.business_file.subjects import FileSubject
from reporting.domain.commute import provided_kilometres
from reporting.domain.matrix import build_matrix
from reporting.domain.report_inputs import ManualTotal, ManualTotalRejected
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.exports.evidence_check import check_evidence
from reporting.exports.json import report_schema_bytes
from reporting.models import BusinessImport, FleetVehicle, ReportVersion
from reporting.selectors.versions import stored_matrix, stored_source_of
from reporting.services.business_access import BusinessFileNotOpen
from reporting.services.business_apply import apply_business_file, remove_business_file
from reporting.services.business_files import cancel_business_file, choose_columns, upload_business_file
from reporting.services.business_reading import hashed_reference
from reporting.services.entered_totals import enter_business_cell, enter_business_totals
from reporting.services.exports import report_file
from reporting.services.files import version_file
from reporting.services.filing import ReportIncomplete, freeze_report
from reporting.services.report_access import ReportNotDraft, ReportUnknown
from reporting.services.report_versions import build_report
from surveys.domain.staff_file import StaffFileUnreadable, read_table
from tests.factories import make_organisation
from tests.reporting.business_file_examples import (
    CARD_SPLIT,
    CARD_TRIPS,
    CLAIM_TOTALS,
    CLAIM_TRIPS,
    EXAMPLES,
    LEASE_CONTRACTS,
    LEASE_MIXED,
    LEASE_READINGS,
)
from tests.reporting.business_imports import applied, checked, figures, uploaded
from tests.reporting.report_rows import NOW, TODAY, business_totals, events, in_scope, make_report, reasons_for_all
from tests.surveys.domain.staff_file.files import separated
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def make_quiet_report():
    """A survey in which nobody drove a vehicle of the employer."""
    return make_report(case="six_at_home")


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_file_becomes_figures_by_choosing_columns_only(name):
    example = EXAMPLES[name]
    report = make_quiet_report()
    business_import = checked(report, example)
    assert business_import.outcome["wrong_rows"] == example.wrong_rows, business_import.errors
    applied(report, example)
    expected = {line: None if value is None else Decimal(str(value)) for line, value in example.figures.items()}
    assert figures(report, example.block) == expected
    assert figures(report, RvoBlock.COMMUTE) == {}


def test_the_newer_edition_of_a_file_takes_its_place_and_tells_the_difference():
    report = make_quiet_report()
    first = applied(report, LEASE_READINGS)
    rows = [list(row) for _, row in read_table(LEASE_READINGS.content, "x.xlsx").rows()]
    headers = ["Kenteken", "Merk en model", "Brandstofsoort", "Beginstand", "Eindstand", "Ingangsdatum", "Einddatum"]
    # XX-001-X drove more, XX002X went, XX-009-X came.
    rows[0][4] = "41000"
    rows[1][0] = "XX-009-X"
    newer = LEASE_READINGS._replace(content=separated([headers, *rows]), filename="nieuwer.csv")
    business_import = checked(report, newer)
    assert business_import.replaces_id == first.pk
    assert business_import.outcome["vehicles"] == {"new": 1, "changed": 1, "unchanged": 2, "gone": 1, "elsewhere": 0}
    with in_scope(report) as where:
        apply_business_file(**where, business_import=business_import, skips_wrong_rows=False)
        assert BusinessImport.objects.get(pk=first.pk).state == "replaced"
        assert FleetVehicle.objects.count() == 4
    assert figures(report, RvoBlock.FLEET)["car_petrol"] == 22_100


def test_a_vehicle_that_is_in_another_file_too_is_counted_and_said():
    report = make_quiet_report()
    applied(report, LEASE_READINGS)
    with in_scope(report) as where:
        business_import = uploaded(report, LEASE_READINGS)
        business_import = choose_columns(
            organisation=where["organisation"],
            business_import=business_import,
            report=report,
            mapping=business_import.mapping,
            replaces=None,
            today=TODAY,
        )
    assert business_import.outcome["vehicles"]["elsewhere"] == 4


def test_two_files_of_one_block_are_added_up():
    report = make_quiet_report()
    applied(report, CLAIM_TRIPS)
    applied(report, CLAIM_TOTALS)
    found = figures(report, RvoBlock.EXPENSE_CLAIM)
    # Both files together spread the 96 km of unknown fuel, now over electric cars as well.
    assert found["public_transport"] == Decimal("8553.65")
    assert (
        sum(found[line] for line in ("car_petrol", "car_diesel", "car_electric")) == 79_585
    )  # 79 585.5 km, rounded per line
    assert found["motorcycle_petrol"] == 310


def test_what_would_change_is_what_changes():
    report = make_quiet_report()
    business_import = checked(report, CARD_SPLIT)
    foretold = {row["line"]: row["after"] for row in business_import.outcome["lines"] if row["after"] != "0"}
    with in_scope(report) as where:
        apply_business_file(**where, business_import=business_import, skips_wrong_rows=True)
    assert {line: str(int(value)) for line, value in figures(report, CARD_SPLIT.block).items()} == foretold


def test_applying_twice_applies_once():
    report = make_quiet_report()
    business_import = applied(report, LEASE_READINGS)
    with in_scope(report) as where:
        with pytest.raises(BusinessFileNotOpen):
            apply_business_file(**where, business_import=business_import, skips_wrong_rows=True)
        assert FleetVehicle.objects.count() == 4
    assert events(report) == ["report.opened", "report.business_file_uploaded", "report.business_file_applied"]


def test_the_same_files_give_the_same_hash_and_the_draft_can_be_frozen_and_read_back():
    report = make_quiet_report()
    for example in (LEASE_READINGS, CARD_SPLIT, CLAIM_TOTALS):
        applied(report, example)
    with in_scope(report) as where:
        first = build_report(**where)
        again = build_report(**where)
        assert again.inputs_hash == first.inputs_hash
        frozen = freeze_report(**where)
        inputs, parameters = stored_source_of(frozen)
        assert build_matrix(inputs, parameters) == stored_matrix(frozen)
        assert [file.name for file in inputs.business.files] == [
            LEASE_READINGS.filename,
            CARD_SPLIT.filename,
            CLAIM_TOTALS.filename,
        ]
        assert "XX-001-X" not in str(inputs)


def test_the_exports_hold_the_steps_by_the_published_schema_and_the_same_bytes_each_time():
    report = make_quiet_report()
    applied(report, LEASE_READINGS)
    with in_scope(report):
        version = report.versions.get()
        content = report_file(version, file_format="json").content
        assert content == report_file(version, file_format="json").content
        document = json.loads(content)
        validate(document, json.loads(report_schema_bytes()))
        assert report_file(version, file_format="xlsx").content == report_file(version, file_format="xlsx").content
    petrol = document["cells"][0]["derivation"]
    assert petrol["method"] == "flat_rate"
    assert petrol["steps"] == [
        {"kind": "driven", "amount": "30000", "count": 1},
        {"kind": "private_flat_rate", "amount": "-8900", "count": 1},
    ]


def test_an_empty_cell_keeps_the_report_open_until_a_figure_with_a_reason_is_given():
    report = make_quiet_report()
    for example in (LEASE_READINGS, CARD_TRIPS, CLAIM_TOTALS):
        applied(report, example)
    with in_scope(report) as where:
        with pytest.raises(ReportIncomplete) as refusal:
            freeze_report(**where)
        assert [line for _, line, _ in refusal.value.cells] == ["moped_petrol", "moped_electric"]
        for line in (RvoLine.MOPED_PETROL, RvoLine.MOPED_ELECTRIC):
            cell = {"block": RvoBlock.MOBILITY_SERVICE, "line": line}
            with pytest.raises(ManualTotalRejected):
                enter_business_cell(**where, **cell, value=14, reason=" ")
            enter_business_cell(**where, **cell, value=14, reason="The provider says it is electric")
        assert freeze_report(**where).state == "frozen"


def test_a_block_without_a_file_is_entered_as_a_whole():
    report = make_quiet_report()
    with in_scope(report) as where, pytest.raises(ManualTotalRejected):
        enter_business_cell(**where, block=RvoBlock.FLEET, line=RvoLine.CAR_PETROL, value=5, reason="Because")


def test_totals_by_hand_for_a_block_with_a_file_are_refused():
    report = make_quiet_report()
    applied(report, LEASE_READINGS)
    total = ManualTotal(block=RvoBlock.FLEET, line=RvoLine.CAR_PETROL, value=5)
    with in_scope(report) as where, pytest.raises(ManualTotalRejected):
        enter_business_totals(**where, totals=[total])


def test_a_frozen_report_keeps_its_files():
    report = make_quiet_report()
    business_import = applied(report, LEASE_READINGS)
    waiting = checked(report, CLAIM_TRIPS)
    with in_scope(report) as where:
        enter_business_totals(**where, totals=[total for total in business_totals() if total.block != RvoBlock.FLEET])
        freeze_report(**where)
        for service, found, more in (
            (remove_business_file, business_import, {}),
            (apply_business_file, waiting, {"skips_wrong_rows": True}),
        ):
            with pytest.raises(ReportNotDraft):
                service(**where, business_import=found, **more)
        assert FleetVehicle.objects.count() == 4


def test_another_organisation_reaches_no_file():
    report, other = make_quiet_report(), make_organisation()
    business_import = checked(report, LEASE_READINGS)
    facts = {"organisation": other, "actor": None, "now": NOW, "report": report, "business_import": business_import}
    with organisation_scope(other):
        with pytest.raises(ReportUnknown):
            apply_business_file(**facts, skips_wrong_rows=True)
        with pytest.raises(BusinessFileNotOpen):
            cancel_business_file(**facts)
        with pytest.raises(ReportUnknown):
            upload_business_file(
                organisation=other,
                actor=None,
                now=NOW,
                report=report,
                subject=FileSubject.FLEET,
                filename="x.xlsx",
                content=LEASE_READINGS.content,
            )
        assert BusinessImport.objects.count() == 0


def test_an_earlier_file_that_was_not_applied_makes_way_and_leaves_no_bytes():
    report = make_quiet_report()
    first = uploaded(report, LEASE_READINGS)
    claims = uploaded(report, CLAIM_TRIPS)
    uploaded(report, LEASE_MIXED)
    with in_scope(report):
        states = dict(BusinessImport.objects.values_list("filename", "state"))
        assert BusinessImport.objects.get(pk=first.pk).content is None
    assert states == {
        first.filename: "cancelled",
        claims.filename: "uploaded",
        LEASE_MIXED.filename: "uploaded",
    }


def test_the_columns_are_remembered_for_the_next_file():
    report = make_quiet_report()
    applied(report, LEASE_CONTRACTS)
    assert uploaded(report, LEASE_CONTRACTS).mapping["contract_km"] == 4


def test_a_file_of_more_rows_than_a_person_waits_for_is_refused(monkeypatch):
    monkeypatch.setattr("reporting.services.business_reading.MOST_ROWS", 3)
    report = make_quiet_report()
    with pytest.raises(StaffFileUnreadable) as unreadable:
        checked(report, LEASE_READINGS)
    assert (unreadable.value.code, unreadable.value.detail) == ("too_large", "3")


def test_a_reference_is_recognised_in_one_organisation_only():
    assert hashed_reference("XX-001-X", organisation_id=1) == hashed_reference("xx 001 x", organisation_id=1)
    assert hashed_reference("XX-001-X", organisation_id=1) != hashed_reference("XX-001-X", organisation_id=2)


def test_employer_provided_commuting_of_the_survey_is_taken_off_its_fuel():
    report = make_report(case="several_fuels")
    applied(report, LEASE_READINGS)
    with in_scope(report):
        inputs, parameters = stored_source_of(report.versions.get())
        provided = provided_kilometres(
            survey=inputs.survey, headcount=inputs.headcount.commute_multiplier, parameters=parameters
        )
        cells = {cell.line: cell for cell in build_matrix(inputs, parameters).block(RvoBlock.FLEET)}
    by_line = {row.line: row.provided_km for row in provided if row.provided_km}
    assert by_line
    for line, kilometres in by_line.items():
        steps = {step.kind: step.amount for step in cells[line].derivation.steps}
        assert steps[StepKind.COMMUTE] == -kilometres


def test_the_evidence_of_a_report_with_files_is_computed_again_and_equal():
    report = make_report(case="several_fuels")
    for example in (LEASE_MIXED, CARD_SPLIT, CLAIM_TRIPS):
        applied(report, example)
    with in_scope(report) as where:
        open_cells = [(cell.block, cell.line) for cell in stored_matrix(report.versions.get()).undetermined]
        for block, line in open_cells:
            enter_business_cell(**where, block=block, line=line, value=14, reason="Asked the lease company")
        version = freeze_report(**where, reasons=reasons_for_all(report))
        found = ReportVersion.objects.select_related("report__legal_entity").get(pk=version.pk)
        with translation.override("nl"):
            check = check_evidence(version_file(found, file_format="zip").content)
    assert [str(difference) for difference in check.differences] == []
    assert check.is_equal
