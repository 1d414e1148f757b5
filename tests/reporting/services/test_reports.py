import pytest

from reporting.domain.parameter_files import ReportingYearUnknown
from reporting.enums import CellOrigin, ReportState
from reporting.models import Report, ReportCell, ReportVersion
from reporting.services.report_access import ReportNotDraft, ReportUnknown
from reporting.services.reports import CampaignNotUsable, LegalEntityUnknown, choose_campaign, open_report
from surveys.enums import CampaignState
from tests.factories import NOW as ANSWERED_AT
from tests.factories import make_campaign, make_employee, make_legal_entity, make_member, make_organisation
from tests.reporting.report_rows import NOW, events, freeze, in_scope, make_report
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def open_for(organisation, legal_entity, *, year=2025, actor=None):
    with organisation_scope(organisation):
        return open_report(
            organisation=organisation, actor=actor, now=NOW, legal_entity=legal_entity, reporting_year=year
        )


def test_opening_computes_the_44_cells_from_the_only_closed_campaign():
    report = make_report(case="several_fuels")
    with organisation_scope(report.organisation):
        (version,) = report.versions.all()
        assert (version.number, version.state) == (1, ReportState.DRAFT)
        assert version.cells.count() == 44
        origins = {origin: version.cells.filter(origin=origin).count() for origin in CellOrigin.values}
    assert origins == {"observed": 11, "estimated": 0, "manual": 0, "undetermined": 33}
    assert report.campaign is not None


def test_opening_says_who_did_it():
    organisation = make_organisation()
    actor = make_member(organisation)
    report = open_for(organisation, make_legal_entity(organisation), actor=actor)
    with organisation_scope(organisation):
        event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.at) == ("report.opened", actor, NOW)
    assert event.subject == str(report.code)
    assert event.detail["reporting_year"] == 2025


def test_opening_twice_gives_the_same_report_and_one_version():
    organisation = make_organisation()
    legal_entity = make_legal_entity(organisation)
    first, second = open_for(organisation, legal_entity), open_for(organisation, legal_entity)
    assert first == second
    assert events(first) == ["report.opened"]
    with organisation_scope(organisation):
        assert ReportVersion.objects.count() == 1


def test_two_closed_campaigns_leave_the_choice_to_a_person():
    organisation = make_organisation()
    for _ in range(2):
        make_campaign(organisation, state=CampaignState.CLOSED, reporting_year=2025, closed_at=ANSWERED_AT)
    assert open_for(organisation, make_legal_entity(organisation)).campaign is None


def test_a_running_campaign_is_not_taken_by_itself():
    organisation = make_organisation()
    make_campaign(organisation, state=CampaignState.RUNNING, reporting_year=2025)
    assert open_for(organisation, make_legal_entity(organisation)).campaign is None


def test_a_legal_entity_of_another_organisation_is_unknown():
    with pytest.raises(LegalEntityUnknown):
        open_for(make_organisation(), make_legal_entity(make_organisation()))


def test_a_year_without_parameters_cannot_be_opened():
    organisation = make_organisation()
    with pytest.raises(ReportingYearUnknown):
        open_for(organisation, make_legal_entity(organisation), year=2019)
    with organisation_scope(organisation):
        assert Report.objects.count() == 0


def test_choosing_no_survey_leaves_commuting_undetermined_and_choosing_it_again_brings_it_back():
    report = make_report()
    campaign = report.campaign
    with in_scope(report) as where:
        choose_campaign(**where, campaign=None)
        assert ReportCell.objects.filter(block=4, value__isnull=False).count() == 0
        choose_campaign(**where, campaign=campaign)
        assert ReportCell.objects.filter(block=4, value__isnull=False).count() == 11
    assert events(report) == ["report.opened", "report.campaign_chosen", "report.campaign_chosen"]


def test_choosing_the_same_campaign_twice_gives_the_same_inputs():
    report = make_report()
    hashes = set()
    for _ in range(2):
        with in_scope(report) as where:
            choose_campaign(**where, campaign=report.campaign)
            hashes.add(report.versions.get().inputs_hash)
    assert len(hashes) == 1


@pytest.mark.parametrize("state", [CampaignState.DRAFT, CampaignState.RUNNING, CampaignState.PAUSED])
def test_only_a_closed_campaign_can_be_chosen(state):
    report = make_report()
    campaign = make_campaign(report.organisation, state=state, reporting_year=2025)
    with in_scope(report) as where, pytest.raises(CampaignNotUsable):
        choose_campaign(**where, campaign=campaign)


def test_a_campaign_of_another_organisation_cannot_be_chosen():
    report = make_report()
    theirs = make_campaign(make_organisation(), state=CampaignState.CLOSED, closed_at=ANSWERED_AT)
    with in_scope(report) as where, pytest.raises(CampaignNotUsable):
        choose_campaign(**where, campaign=theirs)


def test_a_frozen_report_keeps_its_campaign():
    report = make_report()
    freeze(report)
    with in_scope(report) as where, pytest.raises(ReportNotDraft):
        choose_campaign(**where, campaign=None)


def test_a_report_of_another_organisation_is_unknown():
    report, other = make_report(), make_organisation()
    make_employee(other)
    with organisation_scope(other), pytest.raises(ReportUnknown):
        choose_campaign(organisation=other, actor=None, now=NOW, report=report, campaign=None)
