"""Whose address changed after their invitation had left gets it again: the link in the earlier mail has ended."""

import datetime

import pytest

from surveys.domain.staff_file import StaffRow
from surveys.enums import MailStepKind
from surveys.models import BatchLine, Campaign, Employee, Invitation, MailBatch, MailStep, SurveyWeek
from surveys.services.campaign_progress import advance_campaigns
from surveys.services.campaign_states import pause_campaign, resume_campaign
from surveys.services.campaign_texts import add_default_texts
from surveys.services.person_mail import correct_address, stop_mail
from surveys.services.readdressing import invite_readdressed
from surveys.services.staff_changes import change_employee, upsert_staff
from surveys.services.survey_mail import send_next_mail
from tests.factories import NOW, as_owner, make_member, make_organisation, personal_path
from tests.mailing.outbox_rows import report
from tests.surveys.mail_rows import HOUR, invited, mailed, running_campaign
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.mailing.enums import MailEventKind, MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.stops import stop_of
from wpm_platform.organisations.models import AuditEvent, Organisation
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
NEW = "nieuw@voorbeeld.example"
DAY = datetime.timedelta(days=1)


def invite(organisation, *, now=NOW):
    with organisation_scope(organisation):
        return invite_readdressed(organisation=organisation, now=now)


def change(row, **values):
    with as_owner(row.organisation):
        type(row).objects.filter(pk=row.pk).update(**values)


def mails(organisation):
    with as_owner(organisation):
        found = OutgoingMail.objects.filter(organisation=organisation).order_by("pk")
        return [(mail.occasion.split(":")[0], mail.state, mail.reason, mail.recipient) for mail in found]


def left(**fields):
    """Somebody whose invitation left, and then got another address."""
    week = running_campaign()
    invitation = invited(week, email="oud@voorbeeld.example", **fields)
    mailed(invitation)
    change(invitation.employee, email=NEW)
    return week.organisation, invitation


def by_page(employee):
    change_employee(employee=employee, actor=None, now=NOW, email=NEW)


def by_api(employee):
    row = StaffRow(staff_number=employee.staff_number, email=NEW)
    upsert_staff(organisation=employee.organisation, actor=None, rows=[row], fields=["email"], now=NOW)


def by_hand(employee):
    Employee.objects.filter(pk=employee.pk).update(email=NEW)


@pytest.mark.parametrize("door", [by_page, by_api, by_hand])
def test_whichever_way_the_address_changed_the_invitation_goes_to_the_new_one(door):
    week = running_campaign()
    invitation = invited(week, email="oud@voorbeeld.example")
    mailed(invitation)
    assert invite(week.organisation) == 0
    with organisation_scope(week.organisation):
        door(Employee.objects.select_related("organisation").get(pk=invitation.employee_id))
    with organisation_scope(week.organisation):
        advance_campaigns(organisation=Organisation.objects.get(pk=week.organisation.pk), now=NOW)
    assert mails(week.organisation)[1:] == [("readdressed-1", "queued", "", NEW)]
    with as_owner(week.organisation):
        mail = OutgoingMail.objects.get(occasion__startswith="readdressed")
        event = AuditEvent.objects.get(action="campaign.readdressed")
    assert (mail.kind, mail.due_at, mail.addressee, mail.counter) == (
        *("surveys.invitation", NOW, invitation.employee.code),
        "2026",
    )
    assert (event.subject, event.detail) == (str(week.campaign.code), {"mails": 1})


def test_it_leaves_with_the_link_that_works_and_goes_once(mailoutbox):
    organisation, invitation = left()
    with as_owner(organisation):
        add_default_texts(campaign=invitation.campaign)
    assert [invite(organisation), invite(organisation)] == [1, 0]
    assert send_next_mail(organisation_id=organisation.pk, now=NOW) is True
    assert [mail.to for mail in mailoutbox] == [[NEW]]
    with as_owner(organisation):
        fresh = Invitation.objects.select_related("employee", "organisation").get(pk=invitation.pk)
    assert personal_path(fresh) in mailoutbox[0].body
    assert personal_path(invitation) not in mailoutbox[0].body
    assert invite(organisation, now=NOW + HOUR) == 0
    assert [state for _name, state, *_rest in mails(organisation)] == ["sent", "sent"]


def test_another_address_again_is_another_mail():
    organisation, invitation = left()
    invite(organisation)
    with as_owner(organisation):
        OutgoingMail.objects.update(state=MailState.SENT, claimed_at=NOW)
    change(invitation.employee, email="nieuwer@voorbeeld.example")
    assert invite(organisation, now=NOW + HOUR) == 1
    assert [name for name, *_rest in mails(organisation)] == ["invitation", "readdressed-1", "readdressed-2"]


def test_in_quiet_hours_it_waits_for_the_morning():
    organisation, _invitation = left()
    invite(organisation, now=NOW.replace(hour=22))
    with as_owner(organisation):
        assert OutgoingMail.objects.latest("pk").due_at == NOW.replace(hour=7) + DAY


def test_above_the_yearly_limit_it_does_not_leave_and_is_not_tried_again(mailoutbox):
    organisation, invitation = left()
    change(invitation, invited_at=NOW)
    with as_owner(organisation):
        Organisation.objects.filter(pk=organisation.pk).update(yearly_mail_limit=1)
        OutgoingMail.objects.update(counter="2026")
    invite(organisation)
    send_next_mail(organisation_id=organisation.pk, now=NOW)
    assert mails(organisation)[1][:3] == ("readdressed-1", "withdrawn", "limit_reached")
    assert (invite(organisation), mailoutbox) == (0, [])


@pytest.mark.parametrize(
    "fields",
    [
        {"answered_at": NOW},
        {"opted_out_at": NOW},
        {"mail_stopped_at": NOW},
        {"withdrawn_at": NOW, "withdrawn_reason": "left"},
    ],
)
def test_who_answered_or_wants_no_mail_gets_none(fields):
    organisation, _invitation = left(**fields)
    assert (invite(organisation), len(mails(organisation))) == (0, 1)


@pytest.mark.parametrize(
    "values",
    [{"left_at": NOW}, {"is_on_leave": True}, {"employed_until": NOW.date() - DAY}, {"email": ""}],
)
def test_who_left_is_away_or_has_no_address_gets_none(values):
    organisation, invitation = left()
    change(invitation.employee, **values)
    assert (invite(organisation), len(mails(organisation))) == (0, 1)


def test_back_from_leave_they_do():
    organisation, invitation = left()
    change(invitation.employee, is_on_leave=True, leave_until=NOW.date())
    assert [invite(organisation), invite(organisation, now=NOW + DAY)] == [0, 1]


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_not_while_the_campaign_rests(state):
    organisation, _invitation = left()
    with as_owner(organisation):
        Campaign.objects.update(state=state)
    assert (invite(organisation), len(mails(organisation))) == (0, 1)


def test_not_after_the_week_closed():
    organisation, _invitation = left()
    with as_owner(organisation):
        SurveyWeek.objects.update(closes_at=NOW)
    assert (invite(organisation), len(mails(organisation))) == (0, 1)


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.AWAITING_RETRY, MailState.INFLIGHT])
def test_a_mail_on_its_way_leads_to_the_new_address_by_itself(state):
    week = running_campaign()
    invitation = invited(week, email="oud@voorbeeld.example")
    mailed(invitation, state=state)
    change(invitation.employee, email=NEW)
    assert (invite(week.organisation), len(mails(week.organisation))) == (0, 1)


@pytest.mark.parametrize("kind", ["invitation", "reminder"])
def test_a_mail_that_was_tried_at_the_old_address_does_not_go_to_the_new_one_itself(kind, mailoutbox):
    week = running_campaign()
    with as_owner(week.organisation):
        add_default_texts(campaign=week.campaign)
    invitation = invited(week, email="oud@voorbeeld.example")
    mail = mailed(invitation, kind=f"surveys.{kind}", state=MailState.AWAITING_RETRY, claimed_at=NOW)
    change(invitation.employee, email=NEW)
    assert send_next_mail(organisation_id=week.organisation.pk, now=NOW + HOUR) is True
    assert mails(week.organisation) == [("invitation", "withdrawn", "readdressed", "oud@voorbeeld.example")]
    assert [invite(week.organisation, now=NOW + HOUR) for _ in range(2)] == [1, 0]
    send_next_mail(organisation_id=week.organisation.pk, now=NOW + HOUR)
    assert [message.to for message in mailoutbox] == [[NEW]]
    # What comes back late about the old address says nothing about the new one, nor do its refusals add up.
    for number in range(4):
        report(mail, MailEventKind.SOFT_BOUNCE, after=(number + 1) * HOUR)
    report(mail, MailEventKind.HARD_BOUNCE, after=5 * HOUR)
    with organisation_scope(week.organisation):
        stopped = [stop_of(organisation=week.organisation, address=address) for address in (NEW, mail.recipient)]
    assert [stop and stop.kind for stop in stopped] == [None, "hard_bounce"]
    assert mails(week.organisation)[1][1:] == ("sent", "", NEW)


def test_capitals_that_change_during_the_retries_keep_the_mail(mailoutbox):
    week = running_campaign()
    with as_owner(week.organisation):
        add_default_texts(campaign=week.campaign)
    invitation = invited(week, email="anna@voorbeeld.example")
    mailed(invitation, state=MailState.AWAITING_RETRY)
    change(invitation.employee, email="Anna@voorbeeld.example")
    send_next_mail(organisation_id=week.organisation.pk, now=NOW + HOUR)
    assert [message.to for message in mailoutbox] == [["Anna@voorbeeld.example"]]


def test_a_reminder_that_reached_the_new_address_held_the_new_link():
    organisation, invitation = left()
    mailed(invitation, kind="surveys.reminder", occasion=f"reminder-1:{invitation.code}", recipient=NEW, claimed_at=NOW)
    assert (invite(organisation), len(mails(organisation))) == (0, 2)


def test_capitals_are_no_other_address():
    week = running_campaign()
    invitation = invited(week, email="een@voorbeeld.example")
    mailed(invitation, recipient="Een@Voorbeeld.example")
    change(invitation.employee, address_changes=1)
    assert invite(week.organisation) == 0


def test_a_forgotten_address_says_nothing():
    organisation, _invitation = left()
    with as_owner(organisation):
        OutgoingMail.objects.update(recipient="", purged_at=NOW)
    assert invite(organisation) == 0


def test_an_address_that_bounced_and_was_corrected_by_a_file_is_invited():
    week = running_campaign()
    invitation = invited(week, email="fout@voorbeeld.example", invited_at=None)
    report(mailed(invitation), MailEventKind.HARD_BOUNCE)
    change(invitation.employee, email=NEW)
    assert invite(week.organisation) == 1


def test_whoever_marked_a_mail_as_unwanted_is_not_mailed_elsewhere():
    week = running_campaign()
    invitation = invited(week, email="oud@voorbeeld.example")
    report(mailed(invitation), MailEventKind.COMPLAINT)
    change(invitation.employee, email=NEW)
    assert (invite(week.organisation), len(mails(week.organisation))) == (0, 1)


def test_a_stopped_new_address_gets_none():
    organisation, invitation = left()
    other = invited(invitation.week, email=NEW)
    report(mailed(other), MailEventKind.HARD_BOUNCE)
    assert invite(organisation) == 0


def test_who_had_no_address_when_the_list_was_made_is_invited_once_there_is_one():
    week = running_campaign()
    invitation = invited(week, email="", invited_at=None)
    with as_owner(week.organisation):
        step = MailStep.objects.create(
            organisation=week.organisation,
            campaign=week.campaign,
            week=week,
            kind=MailStepKind.INVITATION,
            due_at=week.opens_at,
            expires_at=week.closes_at,
            state="released",
        )
        batch = MailBatch.objects.create(
            organisation=week.organisation, step=step, prepared_at=week.opens_at, releases_at=week.opens_at
        )
        BatchLine.objects.create(
            organisation=week.organisation,
            batch=batch,
            employee=invitation.employee,
            invitation=invitation,
            language="nl",
            reason="no_address",
        )
    change(invitation.employee, email=NEW)
    assert [invite(week.organisation), invite(week.organisation)] == [1, 0]


def test_hr_can_stop_it_before_it_leaves_and_it_stays_away():
    organisation, invitation = left()
    invite(organisation, now=NOW.replace(hour=22))
    actor = make_member(organisation)
    with organisation_scope(organisation):
        stop_mail(organisation=organisation, actor=actor, now=NOW, employee=invitation.employee)
    assert mails(organisation)[1][:3] == ("readdressed-1", "withdrawn", "mail_stopped")
    assert invite(organisation, now=NOW + DAY) == 0


def test_correcting_the_address_in_the_work_list_sends_one_mail():
    week = running_campaign()
    invitation = invited(week, email="oud@voorbeeld.example")
    mailed(invitation)
    with organisation_scope(week.organisation):
        correct_address(organisation=week.organisation, actor=None, now=NOW, invitation=invitation, email=NEW)
    assert invite(week.organisation) == 0
    with as_owner(week.organisation):
        OutgoingMail.objects.update(state=MailState.SENT)
        OutgoingMail.objects.filter(occasion__startswith="resent").update(claimed_at=NOW)
    assert (invite(week.organisation), len(mails(week.organisation))) == (0, 2)


def test_a_pause_holds_it_and_going_on_lets_it_go():
    organisation, invitation = left()
    invite(organisation, now=NOW.replace(hour=22))
    campaign = invitation.campaign
    with organisation_scope(organisation):
        pause_campaign(organisation=organisation, actor=None, now=NOW, campaign=campaign)
    assert mails(organisation)[1][:3] == ("readdressed-1", "withdrawn", "paused")
    with organisation_scope(organisation):
        resume_campaign(organisation=organisation, actor=None, now=NOW + DAY, campaign=campaign)
    assert mails(organisation)[1][:3] == ("readdressed-1", "queued", "")
    with as_owner(organisation):
        assert OutgoingMail.objects.latest("pk").due_at == NOW + DAY


def test_another_organisation_sees_nothing_of_it():
    organisation, _invitation = left()
    other = make_organisation()
    assert (invite(other), len(mails(organisation))) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_make_one_mail():
    organisation, _invitation = left()
    at_once(lambda: invite(organisation), lambda: invite(organisation))
    assert [name for name, *_rest in mails(organisation)] == ["invitation", "readdressed-1"]
    with as_owner(organisation):
        assert Invitation.objects.count() == 1
        assert AuditEvent.objects.filter(action="campaign.readdressed").count() == 1
