"""HR decides about one person's mail."""

import datetime

import pytest

from surveys.models import Campaign, Employee, FollowUpQuestion, Invitation
from surveys.selectors.mail_reason_labels import mail_reason_label
from surveys.selectors.person_mail import mail_standing
from surveys.services.campaign_states import pause_campaign, resume_campaign
from surveys.services.person_mail import (
    AddressNotNew,
    MailNotPossible,
    MailWaiting,
    allow_mail,
    correct_address,
    resend_invitation,
    skip_person,
    stop_mail,
)
from tests.factories import NOW, as_owner, make_member, make_organisation, make_week
from tests.mailing.outbox_rows import report, stops
from tests.surveys.campaigns import rows
from tests.surveys.follow_ups import ASKED, CLOSED, ask, closed_survey, silent_invitations
from tests.surveys.mail_rows import HOUR, invited, mailed, running_campaign
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.mailing.enums import MailEventKind, MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.stops import ComplaintStays
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def do(service, week, *, now=NOW, **values):
    organisation = week.organisation
    actor = make_member(organisation)
    with organisation_scope(organisation):
        return service(organisation=organisation, actor=actor, now=now, **values)


def mails(invitation):
    with as_owner(invitation.organisation):
        found = OutgoingMail.objects.filter(reference=invitation.code).order_by("pk")
        return [(mail.occasion.split(":")[0], mail.state, mail.reason, mail.recipient) for mail in found]


def actions(organisation):
    with as_owner(organisation):
        return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def fresh(invitation):
    with as_owner(invitation.organisation):
        return Invitation.objects.select_related("employee").get(pk=invitation.pk)


def change(model, row, **values):
    with as_owner(row.organisation):
        model.objects.filter(pk=row.pk).update(**values)


# --- Again ------------------------------------------------------------------------------------


def test_an_invitation_goes_again_as_a_mail_of_its_own():
    week = running_campaign()
    invitation = invited(week)
    mailed(invitation, state=MailState.DELIVERED)
    do(resend_invitation, week, invitation=invitation)
    address = invitation.employee.email
    assert mails(invitation) == [
        ("invitation", "delivered", "", address),
        ("resent-1", "queued", "", address),
    ]
    with as_owner(week.organisation):
        mail = OutgoingMail.objects.get(occasion__startswith="resent")
        event = AuditEvent.objects.get()
    assert (mail.kind, mail.due_at, mail.addressee, mail.counter) == (
        "surveys.invitation",
        NOW,
        invitation.employee.code,
        "2026",
    )
    assert (event.action, event.subject, event.detail) == (
        "person_mail.resent",
        invitation.employee.staff_number,
        {"campaign": week.campaign.name},
    )


def test_asked_twice_it_goes_once():
    week = running_campaign()
    invitation = invited(week)
    do(resend_invitation, week, invitation=invitation)
    with pytest.raises(MailWaiting):
        do(resend_invitation, week, invitation=invitation)
    assert [name for name, *_rest in mails(invitation)] == ["resent-1"]
    with as_owner(week.organisation):
        OutgoingMail.objects.update(state=MailState.SENT)
    do(resend_invitation, week, invitation=invitation)
    assert [name for name, *_rest in mails(invitation)] == ["resent-1", "resent-2"]


def test_one_that_waits_for_another_try_is_hastened_instead():
    week = running_campaign()
    invitation = invited(week)
    mailed(invitation, state=MailState.AWAITING_RETRY, due_at=NOW + 10 * HOUR)
    do(resend_invitation, week, invitation=invitation)
    with as_owner(week.organisation):
        assert OutgoingMail.objects.get().due_at == NOW


def test_corrected_address_gets_a_mail_of_its_own_and_the_waiting_one_stays_behind():
    week = running_campaign()
    invitation = invited(week, email="oud@voorbeeld.example")
    mailed(invitation, state=MailState.AWAITING_RETRY, due_at=NOW + 10 * HOUR)
    assert do(correct_address, week, invitation=invitation, email="nieuw@voorbeeld.example") is True
    with as_owner(week.organisation):
        found = list(OutgoingMail.objects.order_by("pk").values_list("recipient", "state", "reason"))
    assert found == [
        ("oud@voorbeeld.example", "withdrawn", "readdressed"),
        ("nieuw@voorbeeld.example", "queued", ""),
    ]


def test_in_quiet_hours_it_waits_for_the_morning():
    week = running_campaign()
    invitation = invited(week)
    do(resend_invitation, week, invitation=invitation, now=NOW.replace(hour=22))
    with as_owner(week.organisation):
        due_at = OutgoingMail.objects.get().due_at
    assert due_at == NOW.replace(hour=7) + datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("model", "values", "reason"),
    [
        (Invitation, {"answered_at": NOW}, "answered"),
        (Invitation, {"opted_out_at": NOW}, "opted_out"),
        (Invitation, {"withdrawn_at": NOW}, "withdrawn"),
        (Invitation, {"mail_stopped_at": NOW}, "mail_stopped"),
        (Employee, {"email": ""}, "no_address"),
        (Employee, {"left_at": NOW}, "left"),
        (Employee, {"is_on_leave": True}, "on_leave"),
        (Campaign, {"state": "paused"}, "paused"),
        (Campaign, {"state": "closed"}, "closed"),
    ],
)
def test_what_stops_every_mail_stops_this_one_too(model, values, reason):
    week = running_campaign()
    invitation = invited(week)
    row = {Invitation: invitation, Employee: invitation.employee, Campaign: week.campaign}[model]
    change(model, row, **values)
    with pytest.raises(MailNotPossible) as caught:
        do(resend_invitation, week, invitation=invitation)
    assert (caught.value.reason, mails(invitation), actions(week.organisation)) == (reason, [], [])
    assert mail_reason_label(reason) in str(caught.value)


def test_a_stopped_address_gets_none():
    week = running_campaign()
    invitation = invited(week)
    report(mailed(invitation), MailEventKind.HARD_BOUNCE)
    with pytest.raises(MailNotPossible) as caught:
        do(resend_invitation, week, invitation=invitation)
    assert caught.value.reason == "bounced"


def test_another_organisation_can_do_nothing():
    week, other = running_campaign(), running_campaign()
    invitation = invited(week)
    with pytest.raises(Invitation.DoesNotExist):
        do(resend_invitation, other, invitation=invitation)
    with pytest.raises(Employee.DoesNotExist):
        do(correct_address, other, invitation=invitation, email="dief@elders.example")
    assert do(skip_person, other, invitation=invitation) is False
    assert do(stop_mail, other, employee=invitation.employee) is False
    assert do(allow_mail, other, employee=invitation.employee) is False
    assert (mails(invitation), fresh(invitation).mail_stopped_at, actions(week.organisation)) == ([], None, [])


# --- Another address -----------------------------------------------------------------------------


def test_a_corrected_address_is_invited():
    week = running_campaign()
    invitation = invited(week, email="fout@voorbeeld.example")
    report(mailed(invitation), MailEventKind.HARD_BOUNCE)
    assert do(correct_address, week, invitation=invitation, email="goed@voorbeeld.example") is True
    assert fresh(invitation).employee.email == "goed@voorbeeld.example"
    assert [(name, state, recipient) for name, state, _reason, recipient in mails(invitation)] == [
        ("invitation", "hard_bounce", "fout@voorbeeld.example"),
        ("resent-1", "queued", "goed@voorbeeld.example"),
    ]
    assert actions(week.organisation) == ["employee.changed"]
    assert stops(week.organisation) == ["hard_bounce"]


@pytest.mark.parametrize("email", ["zelfde@voorbeeld.example", "Zelfde@Voorbeeld.Example"])
def test_the_same_address_is_refused(email):
    week = running_campaign()
    invitation = invited(week, email="zelfde@voorbeeld.example")
    with pytest.raises(AddressNotNew):
        do(correct_address, week, invitation=invitation, email=email)
    assert (mails(invitation), actions(week.organisation)) == ([], [])


def test_who_has_answered_is_not_invited_at_the_new_address():
    week = running_campaign()
    invitation = invited(week, answered_at=NOW)
    assert do(correct_address, week, invitation=invitation, email="goed@voorbeeld.example") is False
    assert (mails(invitation), fresh(invitation).employee.email) == ([], "goed@voorbeeld.example")


def test_an_invitation_that_waits_goes_to_the_new_address_by_itself():
    week = running_campaign()
    invitation = invited(week, invited_at=None)
    mailed(invitation, state=MailState.QUEUED, sent_at=None, attempts=0)
    assert do(correct_address, week, invitation=invitation, email="goed@voorbeeld.example") is True
    assert len(mails(invitation)) == 1


def test_a_pause_holds_an_invitation_that_waits_for_the_morning_and_going_on_lets_it_leave():
    week = running_campaign()
    invitation = invited(week)
    do(resend_invitation, week, invitation=invitation, now=NOW.replace(hour=22))
    do(pause_campaign, week, campaign=week.campaign)
    assert mails(invitation)[0][1:3] == ("withdrawn", "paused")
    do(resume_campaign, week, campaign=week.campaign)
    assert mails(invitation)[0][1:3] == ("queued", "")


# --- Skip, stop, allow ----------------------------------------------------------------------------


def test_skipping_stops_every_week_of_this_campaign_and_withdraws_what_waits():
    organisation = make_organisation()
    week, elsewhere = running_campaign(organisation), running_campaign(organisation)
    second = make_week(week.campaign, monday=week.monday + datetime.timedelta(days=7))
    invitation = invited(week)
    with as_owner(organisation):
        later, other = (
            Invitation.objects.create(
                organisation=organisation, campaign=one.campaign, week=one, employee=invitation.employee
            )
            for one in (second, elsewhere)
        )
    for one in (invitation, later, other):
        mailed(one, state=MailState.QUEUED, sent_at=None, attempts=0)
    assert do(skip_person, week, invitation=invitation) is True
    assert do(skip_person, week, invitation=invitation, now=NOW + HOUR) is False
    assert [fresh(one).mail_stopped_at for one in (invitation, later, other)] == [NOW, NOW, None]
    assert [mails(one)[0][1:3] for one in (invitation, later, other)] == [
        ("withdrawn", "mail_stopped"),
        ("withdrawn", "mail_stopped"),
        ("queued", ""),
    ]
    assert actions(organisation) == ["person_mail.skipped"]


def test_a_link_that_the_person_asks_for_is_not_withheld_by_a_skip():
    week = running_campaign()
    invitation = invited(week)
    mailed(invitation, state=MailState.QUEUED, kind="surveys.own_link", occasion="own", attempts=0)
    do(skip_person, week, invitation=invitation)
    assert mails(invitation)[0][1] == "queued"


def test_undoing_a_skip_invites_who_was_held_back_and_repeats_no_reminder():
    week = running_campaign()
    invitation, reminded = invited(week, invited_at=None), invited(week)
    mailed(invitation, state=MailState.QUEUED, sent_at=None, attempts=0)
    mailed(reminded)
    mailed(reminded, state=MailState.QUEUED, kind="surveys.reminder", occasion="reminder-1:x", attempts=0)
    for one in (invitation, reminded):
        do(skip_person, week, invitation=one)
        assert do(allow_mail, week, employee=one.employee, campaign=week.campaign) is True
        assert do(allow_mail, week, employee=one.employee, campaign=week.campaign) is False
        assert fresh(one).mail_stopped_at is None
    assert [mail[:2] for mail in mails(invitation)] == [("invitation", "withdrawn"), ("resent-1", "queued")]
    assert [mail[:2] for mail in mails(reminded)] == [("invitation", "sent"), ("reminder-1", "withdrawn")]


def test_stopping_a_person_holds_for_open_campaigns_only():
    organisation = make_organisation()
    week = running_campaign(organisation)
    paused, closed = running_campaign(organisation, state="paused"), running_campaign(organisation, state="closed")
    invitation = invited(week)
    with as_owner(organisation):
        others = [
            Invitation.objects.create(
                organisation=organisation, campaign=one.campaign, week=one, employee=invitation.employee
            )
            for one in (paused, closed)
        ]
    assert do(stop_mail, week, employee=invitation.employee) is True
    assert do(stop_mail, week, employee=invitation.employee) is False
    assert [fresh(one).mail_stopped_at for one in (invitation, *others)] == [NOW, NOW, None]
    assert do(allow_mail, week, employee=invitation.employee) is True
    assert [fresh(one).mail_stopped_at for one in (invitation, *others)] == [None, None, None]
    assert actions(organisation) == ["person_mail.stopped", "person_mail.allowed"]


def test_stopping_a_person_holds_for_the_follow_up_of_a_survey_that_closed_lately(organisation):
    campaign = closed_survey(organisation, silent=40)
    stopped = silent_invitations(organisation)[0].employee
    with organisation_scope(organisation):
        assert stop_mail(organisation=organisation, actor=None, now=ASKED, employee=stopped)
        assert mail_standing(organisation=organisation, employee=stopped, now=ASKED).is_stopped_by_hr
    ask(organisation, campaign, size=40)
    asked = rows(FollowUpQuestion, organisation, "employee")
    assert len(asked) == 39
    assert stopped.pk not in asked


def test_stopping_a_person_withdraws_a_follow_up_that_waits(organisation):
    campaign = closed_survey(organisation, silent=40)
    at_night = datetime.datetime(2026, 3, 30, 23, 0, tzinfo=datetime.UTC)
    ask(organisation, campaign, size=40, now=at_night)
    stopped = silent_invitations(organisation)[0]
    with organisation_scope(organisation):
        assert stop_mail(organisation=organisation, actor=None, now=at_night, employee=stopped.employee)
    waited = [(occasion, state, reason) for occasion, state, reason, _ in mails(stopped) if "follow" in occasion]
    assert [(state, reason) for _, state, reason in waited] == [("withdrawn", "mail_stopped")]


def test_a_survey_that_closed_long_ago_is_nothing_to_stop(organisation):
    closed_survey(organisation, silent=15)
    person = silent_invitations(organisation)[0].employee
    later = CLOSED + datetime.timedelta(days=80)
    with organisation_scope(organisation):
        assert not mail_standing(organisation=organisation, employee=person, now=later).is_asked
        assert not stop_mail(organisation=organisation, actor=None, now=later, employee=person)


def test_allowing_lifts_a_bounced_address():
    week = running_campaign()
    invitation = invited(week)
    report(mailed(invitation), MailEventKind.HARD_BOUNCE)
    assert do(allow_mail, week, employee=invitation.employee) is True
    assert stops(week.organisation) == []


def test_a_complaint_is_not_lifted_by_anybody():
    week = running_campaign()
    invitation = invited(week)
    report(mailed(invitation), MailEventKind.COMPLAINT)
    with pytest.raises(ComplaintStays):
        do(allow_mail, week, employee=invitation.employee)
    do(stop_mail, week, employee=invitation.employee)
    assert do(allow_mail, week, employee=invitation.employee) is True
    assert (stops(week.organisation), fresh(invitation).mail_stopped_at) == (["complaint"], None)


def test_undoing_a_skip_lifts_no_bounce():
    week = running_campaign()
    invitation = invited(week)
    report(mailed(invitation), MailEventKind.HARD_BOUNCE)
    do(skip_person, week, invitation=invitation)
    do(allow_mail, week, employee=invitation.employee, campaign=week.campaign)
    assert stops(week.organisation) == ["hard_bounce"]


def test_allowing_whom_nothing_stops_changes_nothing():
    week = running_campaign()
    assert do(allow_mail, week, employee=invited(week).employee) is False
    assert actions(week.organisation) == []


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_at_once_sends_one_mail():
    week = running_campaign()
    invitation = invited(week)
    outcomes = at_once(*[lambda: do(resend_invitation, week, invitation=invitation)] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MailWaiting", "NoneType"]
    assert len(mails(invitation)) == 1
