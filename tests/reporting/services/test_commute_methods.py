"""Choosing how commuting is computed, from files to frozen evidence."""

import datetime

import pytest
from django.utils import translation

from reporting.domain.business_file.subjects import FileSubject
from reporting.domain.commute_method import CommuteMethod
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.exports.evidence_check import check_evidence
from reporting.models import BusinessImport, CommuteTotal, Report, ReportVersion
from reporting.selectors.method_page import method_page
from reporting.selectors.versions import stored_source_of
from reporting.services.business_apply import apply_business_file, remove_business_file
from reporting.services.business_files import choose_columns, upload_business_file
from reporting.services.commute_methods import (
    MethodNeedsReason,
    MethodUnknownThatYear,
    TooFewRhythms,
    WeekNotUsable,
    choose_commute_method,
)
from reporting.services.entered_totals import NotByRegistration, enter_registration_totals
from reporting.services.files import version_file
from reporting.services.report_access import ReportNotDraft, ReportUnknown
from reporting.services.report_versions import build_report
from reporting.services.reports import choose_campaign
from surveys.models import Campaign, Employee
from tests.factories import make_employee, make_organisation
from tests.reporting.business_imports import figures
from tests.reporting.report_rows import NOW, TODAY, events, freeze, in_scope, make_report
from tests.surveys.domain.staff_file.files import separated
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

HEAD = ["Personeelsnummer", "Reisdagen per week", "Enkele reis km", "Vervoermiddel", "Brandstof", "Van de werkgever"]
TOTALS = [
    ["Vervoermiddel", "Brandstof", "Woon-werkkilometers", "Van de werkgever", "Doel"],
    ["auto", "benzine", "120.000", "nee", "woon-werk"],
    ["auto", "elektrisch", "80.000", "ja", "woon-werk"],
    ["auto", "benzine", "30.000", "ja", "zakelijk"],
    ["fiets", "", "9.000", "", "woon-werk"],
]


def kept(report, rows, *, subject=FileSubject.RHYTHMS, filename="ritmes.csv"):
    """A file that was uploaded, checked with the columns that were found, and applied."""
    with in_scope(report) as where:
        found = upload_business_file(**where, subject=subject, filename=filename, content=separated(rows))
        found = choose_columns(
            organisation=where["organisation"],
            business_import=found,
            report=report,
            mapping=found.mapping,
            replaces=found.replaces,
            today=TODAY,
        )
        apply_business_file(**where, business_import=found, skips_wrong_rows=True)
        return BusinessImport.objects.get(pk=found.pk)


def staff_numbers(report):
    """The staff numbers of the legal entity's employees with a fixed workplace who count."""
    with organisation_scope(report.organisation):
        found = Employee.objects.filter(legal_entity=report.legal_entity, has_fixed_workplace=True)
        return list(found.exclude(monthly_hours__lt=20).values_list("staff_number", flat=True))


def rhythms(report, *, leave_out=0):
    numbers = staff_numbers(report)
    return [HEAD, *([number, "5", "10", "auto", "benzine", "nee"] for number in numbers[: len(numbers) - leave_out])]


def choose(report, method, *, reason="Bekend van iedereen", **choices):
    with in_scope(report) as where:
        return choose_commute_method(**where, method=method, reason=reason, **choices)


def test_rhythms_of_everybody_become_the_report():
    report = make_report(case="six_at_home")
    people = len(staff_numbers(report))
    found = kept(report, rhythms(report))
    assert found.outcome["coverage"] == {
        "known": people,
        "employees": people,
        "needed": -(-people * 4 // 5),
        "is_enough": True,
    }
    before = figures(report, RvoBlock.COMMUTE)
    choose(report, CommuteMethod.STANDARD_DAYS)
    assert before != figures(report, RvoBlock.COMMUTE) == {"car_petrol": people * 4280}
    with in_scope(report):
        inputs, _ = stored_source_of(ReportVersion.objects.get())
    assert (inputs.survey, inputs.register.with_rhythm, inputs.choice.reason) == (None, people, "Bekend van iedereen")
    assert inputs.choice.chosen_on == TODAY


def test_no_row_of_a_person_is_kept():
    report = make_report(case="six_at_home")
    found = kept(report, rhythms(report))
    assert found.content is None
    with in_scope(report):
        (row,) = CommuteTotal.objects.all()
        assert (row.kind, row.fuel, row.rows, row.people) == ("car", "petrol", *[len(staff_numbers(report))] * 2)
        assert not any(number in str(found.outcome) for number in staff_numbers(report) if len(number) > 3)


def test_below_eighty_percent_the_method_is_refused_with_its_numbers():
    report = make_report(case="six_at_home")
    people = len(staff_numbers(report))
    needed = -(-people * 4 // 5)
    kept(report, rhythms(report, leave_out=people - needed + 1))
    with pytest.raises(TooFewRhythms) as refused, translation.override("en"):
        choose(report, CommuteMethod.STANDARD_DAYS)
    assert (refused.value.known, refused.value.needed, refused.value.employees) == (needed - 1, needed, people)
    with in_scope(report):
        assert Report.objects.get().commute_method == "survey"
    kept(report, rhythms(report, leave_out=people - needed))
    choose(report, CommuteMethod.STANDARD_DAYS)
    assert figures(report, RvoBlock.COMMUTE) == {"car_petrol": people * 4280}


def test_a_register_that_becomes_too_small_leaves_the_cells_open():
    report = make_report(case="six_at_home")
    kept(report, rhythms(report))
    choose(report, CommuteMethod.STANDARD_DAYS)
    for _ in range(len(staff_numbers(report))):
        make_employee(report.organisation, legal_entity=report.legal_entity)
    with in_scope(report) as where:
        build_report(**where)
    assert set(figures(report, RvoBlock.COMMUTE).values()) == {None}


def test_who_is_not_on_the_list_or_does_not_count():
    report = make_report(case="six_at_home")
    rows = rhythms(report)
    temp = make_employee(report.organisation, legal_entity=report.legal_entity, contract_kind="hired_temp")
    mobile = make_employee(report.organisation, legal_entity=report.legal_entity, has_fixed_workplace=False)
    rows += [[who.staff_number, "5", "90", "auto", "diesel", "nee"] for who in (temp, mobile)]
    rows += [["onbekend-99", "5", "90", "auto", "diesel", "nee"], [rows[1][0], "5", "1", "fiets", "", ""]]
    found = kept(report, rows)
    assert [(error["code"], error["line"]) for error in found.errors] == [
        ("unknown_staff_number", len(rows) - 1),
        ("rhythm_twice", len(rows)),
    ]
    assert {row["reason"]: row["rows"] for row in found.outcome["left_out"]} == {
        "not_counted": 1,
        "no_fixed_workplace": 1,
    }
    choose(report, CommuteMethod.STANDARD_DAYS)
    assert set(figures(report, RvoBlock.COMMUTE)) == {"car_petrol"}


def test_a_newer_register_comes_in_the_place_of_the_first():
    report = make_report(case="six_at_home")
    first = kept(report, rhythms(report))
    second = kept(report, [HEAD, *([number, "5", "20", "fiets", "", ""] for number in staff_numbers(report))])
    with in_scope(report) as where:
        assert BusinessImport.objects.get(pk=first.pk).state == "replaced"
        assert CommuteTotal.objects.count() == 1
    choose(report, CommuteMethod.STANDARD_DAYS)
    assert set(figures(report, RvoBlock.COMMUTE)) == {"bicycle_walking"}
    with in_scope(report) as where:
        remove_business_file(**where, business_import=second)
    assert set(figures(report, RvoBlock.COMMUTE).values()) == {None}


def test_totals_of_a_trip_registration_become_the_report():
    report = make_report(case="six_at_home")
    found = kept(report, TOTALS, subject=FileSubject.COMMUTE_REGISTRATION, filename="ritregistratie.csv")
    assert found.outcome["left_out"] == [{"reason": "business_travel", "rows": 1}]
    choose(report, CommuteMethod.TRIP_REGISTRATION)
    assert figures(report, RvoBlock.COMMUTE) == {
        "car_petrol": 120_000,
        "car_electric": 80_000,
        "bicycle_walking": 9_000,
    }
    with in_scope(report):
        inputs, _ = stored_source_of(ReportVersion.objects.get())
    assert [file.name for file in inputs.register.files] == ["ritregistratie.csv"]


def test_typed_totals_of_a_trip_registration_keep_their_origin():
    report = make_report(case="six_at_home")
    kilometres = {line: 1000 + line.number for line in RvoLine}
    with in_scope(report) as where, pytest.raises(NotByRegistration):
        enter_registration_totals(**where, kilometres=kilometres, origin="Jaaroverzicht")
    choose(report, CommuteMethod.TRIP_REGISTRATION)
    with in_scope(report) as where:
        version = enter_registration_totals(**where, kilometres=kilometres, origin="Jaaroverzicht")
        cells = {(cell.line, cell.origin, cell.derivation["note"]) for cell in version.cells.filter(block=4)}
    assert cells == {(line.value, "manual", "Jaaroverzicht") for line in RvoLine}


def test_a_choice_needs_a_reason_and_is_written_down():
    report = make_report(case="six_at_home")
    with pytest.raises(MethodNeedsReason):
        choose(report, CommuteMethod.TRIP_REGISTRATION, reason="  ")
    choose(report, CommuteMethod.TRIP_REGISTRATION, reason="Nieuw systeem")
    choose(report, CommuteMethod.SURVEY, reason="Toch niet volledig")
    assert events(report)[-2:] == ["report.commute_method_chosen"] * 2
    with in_scope(report):
        details = [event.detail for event in AuditEvent.objects.filter(action="report.commute_method_chosen")]
        stored = Report.objects.get()
    changes = sorted((detail["before"], detail["method"], detail["reason"]) for detail in details)
    assert changes == [
        ("survey", "trip_registration", "Nieuw systeem"),
        ("trip_registration", "survey", "Toch niet volledig"),
    ]
    assert (stored.commute_method, stored.method_reason, stored.method_chosen_at) == (
        "survey",
        "Toch niet volledig",
        NOW,
    )


def test_choosing_the_same_again_gives_the_same_figures_and_hash():
    report = make_report(case="six_at_home")
    kept(report, rhythms(report))
    first = choose(report, CommuteMethod.STANDARD_DAYS)
    second = choose(report, CommuteMethod.STANDARD_DAYS)
    assert (first.pk, first.inputs_hash) == (second.pk, second.inputs_hash)


def test_a_frozen_report_keeps_its_method():
    report = make_report(case="six_at_home")
    freeze(report)
    with pytest.raises(ReportNotDraft):
        choose(report, CommuteMethod.TRIP_REGISTRATION)


def test_another_organisation_cannot_choose():
    report = make_report(case="six_at_home")
    other = make_organisation()
    with organisation_scope(other), pytest.raises(ReportUnknown):
        choose_commute_method(
            organisation=other, actor=None, now=NOW, report=report, method=CommuteMethod.SURVEY, reason="Waarom niet"
        )


def test_the_method_is_unknown_for_2024():
    report = make_report(case="six_at_home", reporting_year=2024)
    kept(report, rhythms(report))
    with pytest.raises(MethodUnknownThatYear):
        choose(report, CommuteMethod.STANDARD_DAYS)


@pytest.mark.parametrize("method", [CommuteMethod.STANDARD_DAYS, CommuteMethod.TRIP_REGISTRATION])
def test_the_evidence_names_the_method_and_computes_itself_again(method):
    report = make_report(case="six_at_home")
    kept(report, rhythms(report))
    kept(report, TOTALS, subject=FileSubject.COMMUTE_REGISTRATION, filename="ritregistratie.csv")
    choose(report, method, reason="Zo doen we het al jaren")
    freeze(report)
    with in_scope(report):
        version = ReportVersion.objects.select_related("report__legal_entity").get()
        content = version_file(version, file_format="zip").content
        again = version_file(version, file_format="zip").content
    assert content == again
    check = check_evidence(content)
    assert (check.cells, check.differences) == (44, ())
    words = {CommuteMethod.STANDARD_DAYS: "214 dagen", CommuteMethod.TRIP_REGISTRATION: "ritregistratie"}[method]
    text = content.decode("utf-8", "ignore")
    assert words in text
    assert "Zo doen we het al jaren" in text
    changed = content.replace(b'"metres": "', b'"metres": "1', 1)
    assert not check_evidence(changed).is_equal


def test_one_week_of_several_can_be_the_report_to_the_kilometre():
    report = make_report(case="several_weeks")
    with in_scope(report):
        page = method_page(organisation=report.organisation, report=report)
        pooled = figures(report, RvoBlock.COMMUTE)
    assert page.weeks is not None
    week = page.weeks.usable[0]
    version = choose(report, CommuteMethod.SURVEY, week_from=week.week_from)
    one_week = figures(report, RvoBlock.COMMUTE)
    assert one_week != pooled
    with in_scope(report):
        inputs, _ = stored_source_of(version)
        method = {cell.derivation["method"] for cell in version.cells.filter(block=4)}
    assert method == {"survey_one_week"}
    assert [counts.week_from for counts in inputs.survey.weeks] == [week.week_from]
    assert sum(one_week.values()) == week.annual_km == 63_000
    choose(report, CommuteMethod.SURVEY, reason="Alle weken samen")
    assert figures(report, RvoBlock.COMMUTE) == pooled


def test_a_week_that_is_hidden_or_not_of_the_survey_cannot_stand_alone():
    report = make_report(case="three_weeks_thin")
    for week_from in (datetime.date(2025, 3, 10), datetime.date(2025, 3, 31)):
        with pytest.raises(WeekNotUsable):
            choose(report, CommuteMethod.SURVEY, week_from=week_from)
    with pytest.raises(WeekNotUsable):
        choose(report, CommuteMethod.TRIP_REGISTRATION, week_from=datetime.date(2025, 3, 10))


def test_another_survey_has_no_week_of_the_first():
    report = make_report(case="several_weeks")
    with in_scope(report):
        week = method_page(organisation=report.organisation, report=report).weeks.usable[0]
    choose(report, CommuteMethod.SURVEY, week_from=week.week_from)
    with in_scope(report) as where:
        choose_campaign(**where, campaign=None)
        assert Report.objects.get().commute_week_from is None
        choose_campaign(**where, campaign=Campaign.objects.get())
        assert Report.objects.get().method_reason == ""
