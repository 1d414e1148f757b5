"""Whom no mail reaches, and who did not finish."""

import pytest

from surveys.models import BatchLine, Employee, Invitation, MailBatch, MailStep, PopulationMember
from surveys.selectors.work_list import WorkKind, work_count, work_list
from tests.factories import NOW, as_owner, make_employee, make_organisation, make_site, make_week
from tests.mailing.outbox_rows import report
from tests.surveys.mail_rows import HOUR, invited, mailed, running_campaign
from tests.wpm_platform.world import make_paper_code
from wpm_platform.mailing.enums import MailEventKind, MailState
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def rows(week, **wanted):
    with organisation_scope(week.organisation):
        return work_list(campaign=week.campaign, **wanted)[0]


def kinds(week, **wanted):
    return [str(row.kind) for row in rows(week, **wanted)]


def one_of_each(week, *, site=None):
    """A person of every kind, and three for whom all is well."""
    for kind in (MailEventKind.HARD_BOUNCE, MailEventKind.BLOCKED, MailEventKind.COMPLAINT, MailEventKind.DELIVERED):
        report(mailed(invited(week, site=site)), kind, detail="550 said so")
    mailed(invited(week, site=site), state=MailState.FAILED, reason="gave up")
    invited(week, site=site, email="")
    report(mailed(invited(week, site=site)), MailEventKind.AUTO_REPLY, detail="left")
    report(mailed(invited(week, site=site)), MailEventKind.AUTO_REPLY)
    for reason in ("limit_reached", "on_leave"):
        mailed(invited(week, site=site, invited_at=None), state=MailState.WITHDRAWN, reason=reason)
    mailed(invited(week, site=site, started_at=NOW))
    mailed(invited(week, site=site, mail_stopped_at=NOW))
    mailed(invited(week, site=site))


def test_every_kind_has_its_row_the_gravest_first():
    week = running_campaign()
    one_of_each(week)
    found = rows(week)
    assert [str(row.kind) for row in found] == [str(kind) for kind in WorkKind if kind != WorkKind.SKIPPED]
    assert kinds(week, kind="skipped") == ["skipped"]
    assert [row.words for row in found][:4] == ["", "550 said so", "550 said so", "gave up"]
    with organisation_scope(week.organisation):
        assert work_count(campaign=week.campaign) == len(WorkKind) - 1


def test_one_kind_is_chosen_and_the_counts_stay():
    week = running_campaign()
    one_of_each(week)
    with organisation_scope(week.organisation):
        found, counts = work_list(campaign=week.campaign, kind="blocked")
    assert [str(row.kind) for row in found] == ["blocked"]
    assert counts == {str(kind): 1 for kind in WorkKind}


def test_who_answered_left_or_is_no_longer_invited_has_no_row():
    week = running_campaign()
    for fields in ({"answered_at": NOW}, {"withdrawn_at": NOW, "withdrawn_reason": "left"}):
        report(mailed(invited(week, **fields)), MailEventKind.HARD_BOUNCE)
    gone = invited(week)
    report(mailed(gone), MailEventKind.HARD_BOUNCE)
    with as_owner(week.organisation):
        Employee.objects.filter(pk=gone.employee_id).update(left_at=NOW)
    assert rows(week) == []


def test_another_address_settles_a_bounce_and_a_refusal():
    week = running_campaign()
    bounced, blocked = invited(week), invited(week)
    report(mailed(bounced), MailEventKind.HARD_BOUNCE)
    report(mailed(blocked), MailEventKind.BLOCKED)
    assert kinds(week) == ["bounced", "blocked"]
    with as_owner(week.organisation):
        for number, invitation in enumerate((bounced, blocked)):
            Employee.objects.filter(pk=invitation.employee_id).update(email=f"nieuw{number}@voorbeeld.example")
    assert kinds(week) == []


def test_a_later_mail_that_arrived_settles_a_refusal_but_not_one_that_was_withheld():
    week = running_campaign()
    settled, open_still = invited(week), invited(week)
    for invitation, state in ((settled, MailState.DELIVERED), (open_still, MailState.WITHDRAWN)):
        report(mailed(invitation), MailEventKind.BLOCKED)
        mailed(invitation, state=state, occasion=f"reminder-1:{invitation.code}", due_at=NOW, kind="surveys.reminder")
    assert [row.invitation for row in rows(week)] == [open_still]


def test_a_full_mailbox_is_no_row_until_it_has_been_tried_for_two_days():
    week = running_campaign()
    mail = mailed(invited(week))
    for number in range(1, 5):
        report(mail, MailEventKind.SOFT_BOUNCE, after=number * HOUR, detail="452 full")
        assert kinds(week) == ([] if number < 4 else ["bounced"])


def listed(invitation, *, reason):
    """The list of the invitation, on which this person got no mail for this reason."""
    with as_owner(invitation.organisation):
        step, _is_new = MailStep.objects.get_or_create(
            organisation=invitation.organisation,
            campaign=invitation.campaign,
            week=invitation.week,
            kind="invitation",
            defaults={"due_at": NOW, "expires_at": invitation.week.closes_at, "state": "released"},
        )
        batch, _is_new = MailBatch.objects.get_or_create(
            organisation=invitation.organisation, step=step, defaults={"prepared_at": NOW, "releases_at": NOW}
        )
        BatchLine.objects.create(
            organisation=invitation.organisation,
            batch=batch,
            employee=invitation.employee,
            invitation=invitation,
            language="nl",
            reason=reason,
        )


def test_who_was_held_back_on_the_list_has_a_row_with_paper_for_action():
    week = running_campaign()
    reasons = ["limit_reached", "on_leave", "answered"]
    for reason in reasons:
        listed(invited(week, invited_at=None), reason=reason)
    found = rows(week)
    assert [(str(row.kind), row.needs_paper, row.has_bad_address) for row in found] == [
        ("limit_reached", True, False),
        ("away", True, False),
    ]


def test_who_was_held_back_needs_nothing_any_more_once_invited_given_paper_or_due_back():
    week = running_campaign()
    settled = [invited(week, invited_at=None) for _ in range(3)]
    for invitation in settled:
        mailed(invitation, state=MailState.WITHDRAWN, reason="on_leave")
    assert kinds(week) == ["away"] * 3
    with as_owner(week.organisation):
        Invitation.objects.filter(pk=settled[0].pk).update(invited_at=NOW)
        make_paper_code(settled[1])
        Employee.objects.filter(pk=settled[2].employee_id).update(leave_until=NOW.date())
    assert kinds(week) == []


def test_who_was_invited_and_gets_no_reminder_needs_nothing():
    week = running_campaign()
    mailed(invited(week), kind="surveys.reminder", state=MailState.WITHDRAWN, reason="limit_reached")
    assert rows(week) == []


def test_somebody_asked_about_several_weeks_has_one_row_the_gravest():
    week = running_campaign()
    second = make_week(week.campaign, monday=week.monday.replace(day=16))
    invitation = invited(week, started_at=NOW)
    with as_owner(week.organisation):
        again = type(invitation).objects.create(
            organisation=week.organisation, campaign=week.campaign, week=second, employee=invitation.employee
        )
    report(mailed(again), MailEventKind.BLOCKED)
    assert [(str(row.kind), row.invitation) for row in rows(week)] == [("blocked", again)]


def test_who_was_left_out_for_want_of_an_address_has_a_row_until_there_is_one():
    week = running_campaign()
    employee = make_employee(week.organisation, email="")
    with as_owner(week.organisation):
        PopulationMember.objects.create(
            organisation=week.organisation,
            campaign=week.campaign,
            employee=employee,
            legal_entity=employee.legal_entity,
            site=employee.site,
            is_invited=False,
            exclusion_reason="no_address",
        )
    assert [(str(row.kind), row.invitation) for row in rows(week)] == [("no_address", None)]
    with as_owner(week.organisation):
        Employee.objects.filter(pk=employee.pk).update(email="nu@voorbeeld.example")
    assert rows(week) == []


def test_of_one_site_and_by_words():
    week = running_campaign()
    utrecht, venlo = make_site(week.organisation), make_site(week.organisation)
    report(mailed(invited(week, site=utrecht, email="anna@voorbeeld.example")), MailEventKind.HARD_BOUNCE)
    report(mailed(invited(week, site=venlo, email="bob@voorbeeld.example")), MailEventKind.HARD_BOUNCE)
    emails = {site: [row.employee.email for row in rows(week, site_id=site.pk)] for site in (utrecht, venlo)}
    assert emails == {utrecht: ["anna@voorbeeld.example"], venlo: ["bob@voorbeeld.example"]}
    assert [row.employee.email for row in rows(week, text="BOB voorbeeld")] == ["bob@voorbeeld.example"]
    assert rows(week, text="carla") == []


def test_another_campaign_and_another_organisation_have_their_own_list():
    organisation = make_organisation()
    week, other = running_campaign(organisation), running_campaign(organisation)
    theirs = running_campaign()
    one_of_each(theirs)
    report(mailed(invited(other)), MailEventKind.BLOCKED)
    assert (rows(week), kinds(other)) == ([], ["blocked"])


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    week = running_campaign()
    one_of_each(week)
    with organisation_scope(week.organisation), django_assert_num_queries(8):
        work_list(campaign=week.campaign)
    one_of_each(week)
    one_of_each(week)
    with organisation_scope(week.organisation), django_assert_num_queries(8):
        work_list(campaign=week.campaign)
