import io
from datetime import date
from itertools import pairwise

from openpyxl import load_workbook

from reporting.domain.report_inputs import ManualTotal
from reporting.domain.rvo import FORM_CELLS, RvoBlock, RvoLine
from reporting.exports.exported_report import ExportedStatus
from reporting.exports.xlsx import report_xlsx
from tests.reporting.reports import (
    make_business_totals,
    make_exported_report,
    make_labels,
    make_matrix,
    make_survey,
)


def sheets(**changes):
    content = report_xlsx(make_exported_report(**changes), labels=make_labels())
    workbook = load_workbook(io.BytesIO(content))
    return [[[cell.value for cell in row] for row in workbook[name].iter_rows()] for name in workbook.sheetnames]


def table(overview):
    start = next(number for number, row in enumerate(overview) if row[1] == "BLOCK")
    return overview[start + 1 :]


def facts(overview):
    return {row[1]: row[3] for row in overview if row[0] is None and row[1]}


def test_the_header_holds_what_the_form_asks_first():
    found = facts(sheets()[0])
    assert found["KVK_NUMBER"] == "12345678"
    assert found["REPORTING_YEAR"] == "2025"
    assert found["HEADCOUNT"] == 240
    assert found["REFERENCE_DATE"].date() == date(2025, 1, 1)


def test_the_header_states_method_and_version():
    found = facts(sheets()[0])
    assert found["METHOD"] == "SURVEY_ONE_WEEK"
    assert found["SURVEY_WEEKS"] == "10-03-2025"
    assert found["PARAMETER_VERSION"].startswith("2025-")
    assert "FILED_ON" not in found
    assert "REMARKS" not in found


def test_a_filed_report_names_date_and_reference():
    found = facts(sheets(status=ExportedStatus.FILED, filed_on=date(2026, 5, 4), filing_reference="=RVO-1")[0])
    assert (found["STATUS"], found["FILED_ON"].date(), found["FILING_REFERENCE"]) == (
        "FILED",
        date(2026, 5, 4),
        "=RVO-1",
    )


def test_mixed_methods_are_said():
    by_hand = ManualTotal(block=RvoBlock.COMMUTE, line=RvoLine.CAR_PETROL, value=1, note="Trip registration")
    matrix = make_matrix(manual=(*make_business_totals(), by_hand))
    assert facts(sheets(matrix=matrix)[0])["REMARKS"] == "MIXED_METHODS"


def test_the_cells_stand_in_the_forms_order_with_a_total_under_each_block():
    rows = table(sheets()[0])
    cells = [row for row in rows if row[2] is not None]
    totals = [row for row in rows if row[2] is None]
    assert [(row[0], row[2]) for row in cells] == [(block.value, line.number) for block, line in FORM_CELLS]
    assert [(row[0], row[3], row[4], row[5]) for row in totals] == [
        (1, "TOTAL", 11_066, "km"),
        (2, "TOTAL", 22_066, "km"),
        (3, "TOTAL", 30_055, "km"),
        (3, "TOTAL", 1234.5, "euro"),
        (4, "TOTAL", 697_590, "km"),
    ]
    assert all(before[0] <= after[0] for before, after in pairwise(rows))


def test_observed_and_manual_are_marked():
    origins = {(row[0], row[6]) for row in table(sheets()[0]) if row[2] is not None}
    assert origins == {(1, "MANUAL"), (2, "MANUAL"), (3, "MANUAL"), (4, "OBSERVED")}


def test_an_undetermined_cell_is_empty():
    row = table(sheets(matrix=make_matrix(manual=()))[0])[0]
    assert row[4:] == [None, "km", "UNDETERMINED"]


def test_the_second_sheet_explains_each_commute_cell():
    rows = sheets(matrix=make_matrix(survey=make_survey(copied_days=7)))[1]
    assert len(rows) == 12
    assert rows[2] == [
        "COMMUTE",
        "CAR_DIESEL",
        "OBSERVED",
        "SURVEY_ONE_WEEK",
        1000.001,
        45,
        100,
        230,
        103500.104,
        "COPIED_DAYS: 7",
        "Guidance for employers (RVO), summary, part 4: 'Kilometers berekenen'",
    ]


def test_the_second_sheet_holds_the_notes_of_entered_figures():
    note = ManualTotal(block=RvoBlock.FLEET, line=RvoLine.CAR_PETROL, value=5, note="=From the lease company")
    rows = sheets(matrix=make_matrix(manual=(note,), survey=None))[1]
    assert rows[1][:4] == ["FLEET", "CAR_PETROL", "MANUAL", "ENTERED_TOTAL"]
    assert rows[1][9] == "=From the lease company"
    assert rows[2][9] == "NO_SURVEY"


def test_a_hostile_name_stays_text():
    content = report_xlsx(make_exported_report(legal_entity_name='=HYPERLINK("x")'), labels=make_labels())
    cell = load_workbook(io.BytesIO(content))["OVERVIEW"]["D1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("x")', "s", True)


def test_the_same_report_gives_the_same_bytes():
    report, labels = make_exported_report(), make_labels()
    assert report_xlsx(report, labels=labels) == report_xlsx(report, labels=labels)
