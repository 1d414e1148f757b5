import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from reporting.enums import ReportState
from reporting.models import ReportCell, ReportVersion
from reporting.services.entered_totals import enter_business_totals
from reporting.services.exports import report_file
from reporting.services.filing import (
    FiledUnderAnotherReference,
    ReasonMissing,
    ReportIncomplete,
    ReportNotClosed,
    ReportNotFrozen,
    ReportOutdated,
    freeze_report,
    mark_filed,
    reopen_report,
)
from reporting.services.filing_route import FILING_ROUTE, FilingDateInFuture, FilingReferenceMissing
from reporting.services.report_access import ReportNotDraft, ReportUnknown
from reporting.services.report_versions import build_report
from tests.factories import as_owner, make_employee, make_member, make_organisation
from tests.reporting.report_rows import (
    NOW,
    TODAY,
    business_totals,
    events,
    file,
    fill_in,
    freeze,
    in_scope,
    make_report,
)
from wpm_platform.organisations.models import AuditEvent, User
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def freeze_again(report):
    with in_scope(report) as where:
        return freeze_report(**where)


def reopen(report, reason="A lease contract was missing"):
    with in_scope(report) as where:
        return reopen_report(**where, reason=reason)


def test_a_complete_draft_is_frozen():
    report = make_report()
    actor = make_member(report.organisation)
    fill_in(report)
    with in_scope(report) as where:
        version = freeze_report(**{**where, "actor": actor})
    assert (version.state, version.frozen_at, version.frozen_by) == (ReportState.FROZEN, NOW, actor)
    assert events(report) == ["report.opened", "report.business_totals_entered", "report.frozen"]


def test_open_cells_block_freezing_and_are_named_with_their_reason():
    report = make_report()
    with in_scope(report) as where:
        enter_business_totals(**where, totals=business_totals()[1:])
        with pytest.raises(ReportIncomplete) as error:
            freeze_report(**where)
    assert error.value.cells == ((1, "car_petrol", "not_entered"),)


def test_freezing_twice_is_refused():
    report = make_report()
    freeze(report)
    with pytest.raises(ReportNotDraft):
        freeze_again(report)


def test_a_draft_that_is_out_of_date_is_not_frozen_until_computed_again():
    report = make_report()
    fill_in(report)
    make_employee(report.organisation, legal_entity=report.legal_entity)
    with pytest.raises(ReportOutdated):
        freeze_again(report)
    with in_scope(report) as where:
        build_report(**where)
    assert freeze_again(report).state == ReportState.FROZEN


def test_a_cell_that_was_tampered_with_blocks_freezing():
    report = make_report()
    fill_in(report)
    with organisation_scope(report.organisation):
        ReportCell.objects.filter(block=4, line="car_petrol").update(value=1)
    with pytest.raises(ReportOutdated):
        freeze_again(report)


def test_a_report_of_another_organisation_is_unknown_to_every_step():
    report, other = make_report(), make_organisation()
    where = {"organisation": other, "actor": None, "now": NOW, "report": report}
    with organisation_scope(other):
        with pytest.raises(ReportUnknown):
            freeze_report(**where)
        with pytest.raises(ReportUnknown):
            mark_filed(**where, today=TODAY, filed_on=TODAY, reference="RVO-1")
        with pytest.raises(ReportUnknown):
            reopen_report(**where, reason="Mistake")


def test_filing_keeps_day_and_reference():
    report = make_report()
    version = file(report)
    assert (version.state, version.filed_on, version.filing_reference) == ("filed", TODAY, "RVO-2026-0001")
    with organisation_scope(report.organisation):
        assert AuditEvent.objects.first().detail["reference"] == "RVO-2026-0001"


def test_a_filing_in_the_future_is_refused():
    report = make_report()
    freeze(report)
    with in_scope(report) as where, pytest.raises(FilingDateInFuture):
        mark_filed(**where, today=TODAY, filed_on=TODAY + datetime.timedelta(days=1), reference="RVO-1")


def test_a_filing_without_reference_is_refused():
    report = make_report()
    freeze(report)
    with in_scope(report) as where, pytest.raises(FilingReferenceMissing):
        mark_filed(**where, today=TODAY, filed_on=TODAY, reference="  ")


def test_a_draft_cannot_be_filed_and_a_filed_report_not_twice():
    report = make_report()
    with in_scope(report) as where:
        with pytest.raises(ReportNotFrozen):
            mark_filed(**where, today=TODAY, filed_on=TODAY, reference="RVO-1")
        file(report)
        with pytest.raises(FiledUnderAnotherReference):
            mark_filed(**where, today=TODAY, filed_on=TODAY, reference="RVO-2")


def test_filing_under_the_same_reference_again_changes_nothing():
    report = make_report()
    first = file(report)
    before = events(report)
    with in_scope(report) as where:
        again = mark_filed(
            **where, today=TODAY, filed_on=TODAY - datetime.timedelta(days=1), reference=" RVO-2026-0001 "
        )
    assert (again.pk, again.filed_on, again.filing_reference) == (first.pk, TODAY, "RVO-2026-0001")
    assert events(report) == before


def test_the_route_hands_over_the_figures_in_the_order_of_the_form():
    report = make_report()
    freeze(report)
    with organisation_scope(report.organisation):
        version = ReportVersion.objects.select_related("report__legal_entity").get(report=report)
        submission = FILING_ROUTE.submission(version)
        assert submission == report_file(version, file_format=FILING_ROUTE.file_format)


def test_reopening_starts_a_new_version_and_leaves_the_old_one_as_it_was():
    report = make_report()
    old = file(report)
    with organisation_scope(report.organisation):
        old_cells = list(old.cells.values_list("block", "line", "value"))
    draft = reopen(report)
    assert (draft.number, draft.state) == (2, ReportState.DRAFT)
    with organisation_scope(report.organisation):
        old = ReportVersion.objects.get(number=1)
        assert (old.state, old.reopened_reason) == (ReportState.REOPENED, "A lease contract was missing")
        assert (old.filed_on, old.filing_reference) == (TODAY, "RVO-2026-0001")
        assert list(old.cells.values_list("block", "line", "value")) == old_cells
        assert draft.inputs_hash == old.inputs_hash
    assert events(report)[-1] == "report.reopened"


def test_a_reopened_report_goes_the_whole_way_again():
    report = make_report()
    file(report)
    reopen(report)
    fill_in(report, value=5)
    assert freeze_again(report).number == 2
    with in_scope(report) as where:
        assert mark_filed(**where, today=TODAY, filed_on=TODAY, reference="RVO-2").state == "filed"


def test_a_draft_needs_no_reopening_and_reopening_twice_is_refused():
    report = make_report()
    with pytest.raises(ReportNotClosed):
        reopen(report)
    freeze(report)
    reopen(report)
    with pytest.raises(ReportNotClosed):
        reopen(report)


def test_reopening_needs_a_reason():
    report = make_report()
    freeze(report)
    with pytest.raises(ReasonMissing):
        reopen(report, reason=" ")


# --- PostgreSQL keeps what is frozen -------------------------------------------------------------


def refused(report, statement, parameters=(), *, as_the_owner=False):
    scope = as_owner(report.organisation) if as_the_owner else organisation_scope(report.organisation)
    with scope, pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    return True


@pytest.mark.parametrize("as_the_owner", [False, True])
def test_the_database_refuses_to_change_a_frozen_cell(as_the_owner):
    report = make_report()
    freeze(report)
    assert refused(report, "UPDATE reporting_reportcell SET value = 1", as_the_owner=as_the_owner)


def test_the_database_refuses_to_delete_or_add_a_frozen_cell():
    report = make_report()
    freeze(report)
    assert refused(report, "DELETE FROM reporting_reportcell WHERE line = 'car_petrol'")
    assert refused(
        report,
        "INSERT INTO reporting_reportcell"
        " (organisation_id, version_id, block, line, position, unit, origin, derivation)"
        " SELECT organisation_id, id, 4, 'walking', 12, 'km', 'manual', '{}' FROM reporting_reportversion",
    )


def test_the_database_refuses_to_change_what_a_frozen_version_says():
    report = make_report()
    freeze(report)
    assert refused(report, "UPDATE reporting_reportversion SET inputs_hash = 'x'")
    assert refused(report, "UPDATE reporting_reportversion SET software_version = 'x'", as_the_owner=True)
    assert refused(report, "UPDATE reporting_reportversion SET state = 'draft'")
    assert refused(
        report,
        "UPDATE reporting_reportversion SET state = 'filed', filed_on = now(), filing_reference = 'x',"
        " inputs_hash = 'x'",
    )


def test_the_database_refuses_to_change_the_reference_of_a_filed_version():
    report = make_report()
    file(report)
    assert refused(report, "UPDATE reporting_reportversion SET filing_reference = 'x'")
    assert refused(report, "UPDATE reporting_reportversion SET state = 'frozen'")


def test_the_database_refuses_to_file_a_draft():
    report = make_report()
    assert refused(
        report, "UPDATE reporting_reportversion SET state = 'filed', filed_on = now(), filing_reference = 'x'"
    )


def test_the_account_of_who_froze_it_can_be_removed():
    report = make_report()
    actor = make_member(report.organisation)
    fill_in(report)
    with in_scope(report) as where:
        freeze_report(**{**where, "actor": actor})
    with as_owner(report.organisation):
        User.objects.get(pk=actor.pk).delete()
        version = ReportVersion.objects.get()
    assert (version.state, version.frozen_by) == (ReportState.FROZEN, None)


def test_the_owner_of_the_tables_can_erase_a_whole_organisation():
    report = make_report()
    file(report)
    with as_owner(report.organisation), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reporting_reportcell")
        cursor.execute("DELETE FROM reporting_reportsource")
        cursor.execute("DELETE FROM reporting_reportversion")
        assert ReportVersion.objects.count() == 0
