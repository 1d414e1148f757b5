import pytest

from reporting.domain.duty import DutyKind
from reporting.domain.parameter_files import ReportingYearUnknown
from reporting.models import ParameterOverride
from reporting.selectors.headcount import duty
from reporting.selectors.parameters import parameters_of
from reporting.services.filing import ReportOutdated, freeze_report
from reporting.services.settings import ParameterRejected, reset_parameter, set_parameter
from tests.factories import make_employee, make_legal_entity, make_organisation
from tests.reporting.report_rows import NOW, events, fill_in, in_scope, make_report
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

SOURCE = "Staatsblad 2026, 401"


def set_for(organisation, *, name="threshold_250", value="in_force", source=SOURCE, year=2026):
    with organisation_scope(organisation):
        return set_parameter(
            organisation=organisation,
            actor=None,
            now=NOW,
            reporting_year=year,
            name=name,
            value=value,
            source=source,
        )


def duty_kind(organisation, legal_entity, *, year=2026):
    with organisation_scope(organisation):
        parameters = parameters_of(organisation=organisation, reporting_year=year)
        return duty(legal_entity=legal_entity, parameters=parameters).kind


def test_switching_the_pending_threshold_changes_the_duty_of_this_organisation_alone():
    ours, theirs = make_organisation(), make_organisation()
    entities = {organisation.pk: make_legal_entity(organisation) for organisation in (ours, theirs)}
    for organisation in (ours, theirs):
        for _ in range(100):
            make_employee(organisation, legal_entity=entities[organisation.pk], has_mobility_provision=True)
    assert duty_kind(ours, entities[ours.pk]) is DutyKind.PENDING_LAW_CHANGE
    set_for(ours)
    assert duty_kind(ours, entities[ours.pk]) is DutyKind.VOLUNTARY
    assert duty_kind(theirs, entities[theirs.pk]) is DutyKind.PENDING_LAW_CHANGE


def test_the_population_rule_is_a_setting_with_its_source():
    organisation = make_organisation()
    set_for(organisation, name="commute_headcount_rule", value="survey_year", source="Advice of our agency")
    with organisation_scope(organisation):
        parameters = parameters_of(organisation=organisation, reporting_year=2026)
        event = AuditEvent.objects.get()
    changed = parameters.values["commute_headcount_rule"]
    assert (changed.value, changed.source, changed.is_entered) == ("survey_year", "Advice of our agency", True)
    assert (event.action, event.detail["value"]) == ("parameter.set", "survey_year")


def test_setting_twice_keeps_one_row_and_the_last_value():
    organisation = make_organisation()
    set_for(organisation, value="in_force")
    set_for(organisation, value="withdrawn")
    with organisation_scope(organisation):
        assert [row.value for row in ParameterOverride.objects.all()] == ["withdrawn"]


def test_reset_goes_back_to_the_shipped_value_and_a_second_reset_does_nothing():
    report = make_report()
    organisation = report.organisation
    set_for(organisation, name="sample_margin", value="0.05", year=2025)
    for _ in range(2):
        with organisation_scope(organisation):
            reset_parameter(organisation=organisation, actor=None, now=NOW, reporting_year=2025, name="sample_margin")
    assert events(report) == ["report.opened", "parameter.set", "parameter.reset"]


@pytest.mark.parametrize(
    ("name", "value", "source"),
    [
        ("weeks_per_year", "52", SOURCE),  # settled by the guidance
        ("threshold_100", "withdrawn", SOURCE),
        ("threshold_250", "perhaps", SOURCE),
        ("threshold_300", "in_force", SOURCE),
        ("commute_headcount_rule", "whenever", SOURCE),
        ("sample_margin", "many", SOURCE),
        ("threshold_250", "in_force", "  "),
        ("no_such_parameter", "1", SOURCE),
    ],
)
def test_what_is_no_setting_or_does_not_fit_is_refused(name, value, source):
    organisation = make_organisation()
    with pytest.raises(ParameterRejected):
        set_for(organisation, name=name, value=value, source=source)
    with organisation_scope(organisation):
        assert ParameterOverride.objects.count() == 0


def test_a_year_without_parameters_has_no_settings():
    with pytest.raises(ReportingYearUnknown):
        set_for(make_organisation(), year=2019)


def test_a_changed_setting_makes_a_draft_out_of_date():
    report = make_report()
    fill_in(report)
    set_for(report.organisation, name="commute_headcount_rule", value="survey_year", year=2025)
    with in_scope(report) as where, pytest.raises(ReportOutdated):
        freeze_report(**where)
